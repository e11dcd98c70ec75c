"""What became of measures: yearly reports, rounds in which they are asked for, states set by hand.

What a lead has begun to write stands in its request; a report is a record once it is sent.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gelingen.access.record import Record, valid_period
from gelingen.terms import term
from gelingen.terms.progress import Assessment, MeasureState

_MEASURE = term("measure").one
_KEPT = "bis die Maßnahme gelöscht wird"
_ASKED = "90 Tage nach dem Ende der Runde gelöscht"


class ProgressReport(Record):
    """Sachstand: what the lead of a measure reports for one year, in at most eight fields.

    Staff is one question and two fields: parts of a post, hours, or both. What is empty was not
    said; 0 is none.
    """

    personal: ClassVar[dict[str, str]] = {
        "by_function": f"Stelle oder Funktion, die berichtet; {_KEPT}",
        "effect": f"freier Text der federführenden Stelle; {_KEPT}",
        "obstacles": f"freier Text der federführenden Stelle; {_KEPT}",
        "next_step": f"freier Text der federführenden Stelle; {_KEPT}",
    }

    measure = models.ForeignKey(
        "plan.Measure", models.CASCADE, verbose_name=_MEASURE, related_name="reports"
    )
    starts = models.DateField("Beginn")
    ends = models.DateField("Ende", help_text="Erster Tag danach.")
    participants = models.PositiveIntegerField("Teilnehmende", null=True, blank=True)
    fte = models.DecimalField("VZÄ", max_digits=6, decimal_places=2, null=True, blank=True)
    hours = models.DecimalField("Stunden", max_digits=9, decimal_places=2, null=True, blank=True)
    cost = models.DecimalField("Kosten", max_digits=14, decimal_places=2, null=True, blank=True)
    funding = models.DecimalField(
        "davon Förderung", max_digits=14, decimal_places=2, null=True, blank=True
    )
    effect = models.TextField("Wirkung", blank=True)
    obstacles = models.TextField("Hindernisse", blank=True)
    next_step = models.TextField("Nächster Schritt", blank=True)
    assessment = models.CharField("Einschätzung", max_length=20, choices=Assessment.choices())
    by_function = models.CharField("Berichtet von (Funktion)", max_length=250)
    day = models.DateField("Berichtet am")

    class Meta(Record.Meta):
        verbose_name = term("progressreport").one
        verbose_name_plural = term("progressreport").many
        ordering = ["-starts", "measure", "key"]
        constraints = [
            *Record.Meta.constraints,
            valid_period("progress_report_period"),
            models.UniqueConstraint(
                fields=["measure", "starts"],
                name="progress_report_once",
                violation_error_message="Für dieses Jahr gibt es schon einen Sachstand.",
            ),
            models.CheckConstraint(
                name="progress_report_amounts",
                condition=(Q(cost__isnull=True) | Q(cost__gte=0))
                & (Q(funding__isnull=True) | Q(funding__gte=0))
                & (Q(fte__isnull=True) | Q(fte__gte=0))
                & (Q(hours__isnull=True) | Q(hours__gte=0)),
                violation_error_message="Beträge und Zeiten sind nicht kleiner als 0.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sachstand {self.starts.year}" if self.starts else "Sachstand"


class StateOverride(Record):
    """Festgelegter Stand: a state that somebody sets against the computed one, and why.

    It counts from `day` until `ends`; of several the latest. The computed one stays beside it.
    """

    personal: ClassVar[dict[str, str]] = {
        "by_function": f"Funktion, die den Stand festgelegt hat; {_KEPT}",
        "reason": f"freier Text; {_KEPT}",
    }

    measure = models.ForeignKey(
        "plan.Measure", models.CASCADE, verbose_name=_MEASURE, related_name="overrides"
    )
    state = models.CharField("Stand", max_length=20, choices=MeasureState.choices())
    reason = models.CharField("Begründung", max_length=300)
    day = models.DateField("Gilt ab")
    ends = models.DateField("Gilt bis", null=True, blank=True, help_text="Erster Tag danach.")
    by_function = models.CharField("Festgelegt von (Funktion)", max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("stateoverride").one
        verbose_name_plural = term("stateoverride").many
        ordering = ["measure", "-day", "-pk"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="state_override_period",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("day")),
                violation_error_message="Er kann nicht enden, bevor er gilt.",
            ),
        ]

    def __str__(self) -> str:
        return f"Festgelegt: {self.get_state_display()}"


class ProgressRound(Record):
    """Berichtsrunde: one year is asked about, with two reminders, until a day.

    `closes` is the first day on which no report can be sent by link any more.
    """

    personal: ClassVar[dict[str, str]] = {}

    year = models.PositiveSmallIntegerField("Berichtsjahr")
    asks_from = models.DateField("Gefragt wird ab")
    first_reminder = models.DateField("Erste Erinnerung")
    second_reminder = models.DateField("Zweite Erinnerung")
    closes = models.DateField("Endet", help_text="Erster Tag danach.")
    subject = models.CharField("Betreff", max_length=200, blank=True)
    text = models.TextField("Text der Nachricht", blank=True)
    # Where links of this round begin; reminders are written where no request tells the address.
    base = models.CharField("Anfang der Verweise", max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("progressround").one
        verbose_name_plural = term("progressround").many
        ordering = ["-year", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "year"],
                name="progress_round_once",
                violation_error_message="Für dieses Jahr gibt es schon eine Berichtsrunde.",
            ),
            models.CheckConstraint(
                name="progress_round_days",
                condition=Q(first_reminder__gt=F("asks_from"))
                & Q(second_reminder__gt=F("first_reminder"))
                & Q(closes__gt=F("second_reminder")),
                violation_error_message=(
                    "Die Tage müssen aufeinander folgen: fragen, erste Erinnerung, zweite "
                    "Erinnerung, Ende."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Berichtsrunde {self.year}"


class ProgressRequest(models.Model):
    """Bitte um Sachstand: one link for one measure in one round, and what was begun there.

    The link is the signed `ident`: the same in each reminder, and nobody can make it from what is
    stored. Measures and organisations are named by their keys, so that asking outlives them. The
    mailbox and the draft go after the round; that and when was asked stays.
    """

    personal: ClassVar[dict[str, str]] = {
        "mailbox": f"Postfach, kann auf eine Person schließen lassen; {_ASKED}",
        "draft": f"angefangener Sachstand; mit dem Absenden, sonst {_ASKED}",
    }

    tenant = models.ForeignKey(
        "access.Tenant", models.CASCADE, verbose_name="Mandant", related_name="+"
    )
    round = models.ForeignKey(
        ProgressRound,
        models.CASCADE,
        verbose_name=term("progressround").one,
        related_name="requests",
    )
    measure = models.CharField("Kennung der Maßnahme", max_length=200)
    organisation = models.CharField("Kennung der Organisation", max_length=200)
    name = models.CharField("Organisation", max_length=250)
    mailbox = models.EmailField("Postfach")
    ident = models.CharField("Kern des Verweises", max_length=64, unique=True)
    asked = models.DateField("Gefragt")
    first_reminded = models.DateField("Erste Erinnerung", null=True, blank=True)
    second_reminded = models.DateField("Zweite Erinnerung", null=True, blank=True)
    # Texts by name of the field, as they were typed.
    draft = models.JSONField("Entwurf", default=dict, blank=True)
    saved = models.DateTimeField("Zuletzt zwischengespeichert", null=True, blank=True)
    answered = models.DateTimeField("Beantwortet", null=True, blank=True)

    class Meta:
        verbose_name = "Bitte um Sachstand"
        verbose_name_plural = "Bitten um Sachstand"
        ordering = ["name", "measure", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "measure"], name="progress_request_once"),
        ]

    def __str__(self) -> str:
        return self.name
