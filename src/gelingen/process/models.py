"""The process of making and carrying out a plan, as it was meant and as it went."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gelingen.access.record import Record, valid_period
from gelingen.terms import term
from gelingen.terms.boards import EventKind, PhaseKind
from gelingen.terms.spelling import rough_day, rough_end
from gelingen.terms.vocabulary import DatePrecision

_PHASE = term("phase").one


class Phase(Record):
    """Phase: a part of the process with what it is to bring, planned and as it was.

    `resting_since` and `resting_why` say that it is interrupted now; what rested before is told by
    its events and by the history.
    """

    personal: ClassVar[dict[str, str]] = {
        "responsible": "Funktion, die verantwortet; bis die Phase gelöscht wird"
    }

    plan = models.ForeignKey(
        "plan.Plan",
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=term("plan").one,
        related_name="phases",
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    name = models.CharField("Name", max_length=200)
    kind = models.CharField("Art", max_length=20, choices=PhaseKind.choices())
    planned_starts = models.DateField("Geplanter Beginn", null=True, blank=True)
    planned_ends = models.DateField("Geplantes Ende", null=True, blank=True)
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)
    resting_since = models.DateField("Ruht seit", null=True, blank=True)
    resting_why = models.CharField("Warum sie ruht", max_length=300, blank=True)
    responsible = models.CharField("Verantwortlich (Funktion)", max_length=200, blank=True)
    aim = models.TextField("Was sie bringen soll", blank=True)
    result = models.TextField("Was sie gebracht hat", blank=True)

    class Meta(Record.Meta):
        verbose_name = term("phase").one
        verbose_name_plural = term("phase").many
        ordering = ["order", "key"]
        constraints = [
            *Record.Meta.constraints,
            valid_period("phase_period"),
            models.CheckConstraint(
                name="phase_planned",
                condition=Q(planned_starts__isnull=True)
                | Q(planned_ends__isnull=True)
                | Q(planned_ends__gt=F("planned_starts")),
                violation_error_message="Das geplante Ende muss nach dem Beginn liegen.",
            ),
        ]


class Event(Record):
    """Ereignis: one thing that takes place in the process."""

    personal: ClassVar[dict[str, str]] = {
        "responsible": "Funktion, die verantwortet; bis das Ereignis gelöscht wird"
    }

    phase = models.ForeignKey(
        Phase,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_PHASE,
        related_name="events",
    )
    kind = models.CharField("Art", max_length=20, choices=EventKind.choices())
    title = models.CharField("Titel", max_length=250)
    planned = models.DateField("Geplant für", null=True, blank=True)
    planned_precision = models.CharField(
        "Genauigkeit des Plans", max_length=10, choices=DatePrecision.choices(), blank=True
    )
    day = models.DateField("War am", null=True, blank=True)
    day_precision = models.CharField(
        "Genauigkeit des Tages", max_length=10, choices=DatePrecision.choices(), blank=True
    )
    place = models.CharField("Ort", max_length=200, blank=True)
    responsible = models.CharField("Verantwortlich (Funktion)", max_length=200, blank=True)
    result = models.TextField("Ergebnis", blank=True)
    public = models.BooleanField("Öffentlich zeigen", default=False)

    class Meta(Record.Meta):
        verbose_name = term("event").one
        verbose_name_plural = term("event").many
        ordering = ["day", "planned", "key"]

    @property
    def day_said(self) -> str:
        """Write when it was, as a month or a year where no more is known; "" if it is open."""
        return rough_day(self.day, self.day_precision) if self.day else ""

    @property
    def planned_said(self) -> str:
        """Write likewise for when it is planned."""
        return rough_day(self.planned, self.planned_precision) if self.planned else ""

    @property
    def planned_until(self) -> date | None:
        """Give the last day for which it may be planned: of a month or a year its last."""
        return rough_end(self.planned, self.planned_precision) if self.planned else None


class Step(Record):
    """Schritt: what is to be done in a phase, or for an event."""

    personal: ClassVar[dict[str, str]] = {"who": "Funktion, die es tut; bis er gelöscht wird"}

    phase = models.ForeignKey(
        Phase, models.CASCADE, null=True, blank=True, verbose_name=_PHASE, related_name="steps"
    )
    event = models.ForeignKey(
        Event,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=term("event").one,
        related_name="steps",
    )
    title = models.CharField("Was zu tun ist", max_length=300)
    who = models.CharField("Wer (Funktion)", max_length=200, blank=True)
    due = models.DateField("Bis wann", null=True, blank=True, help_text="Erster Tag danach.")
    done = models.DateField("Getan am", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("step").one
        verbose_name_plural = term("step").many
        ordering = ["due", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="step_belongs",
                condition=Q(phase__isnull=False) | Q(event__isnull=False),
                violation_error_message="Ein Schritt gehört zu einer Phase oder zu einem Ereignis.",
            ),
        ]

    @property
    def where(self) -> str:
        """To what it belongs, by name: its event, else its phase."""
        return str(self.event or self.phase)


class Support(Record):
    """Begleitung: somebody from outside who accompanies the process under a contract."""

    personal: ClassVar[dict[str, str]] = {}

    organisation = models.ForeignKey(
        "register.Organisation",
        models.PROTECT,
        verbose_name=term("organisation").one,
        related_name="supports",
    )
    task = models.CharField("Wofür", max_length=300)
    contract = models.CharField("Vertrag", max_length=200, blank=True)
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)
    cost = models.DecimalField("Kosten", max_digits=12, decimal_places=2, null=True, blank=True)
    paid_from = models.CharField("Bezahlt aus", max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("support").one
        verbose_name_plural = term("support").many
        ordering = ["starts", "key"]
        constraints = [*Record.Meta.constraints, valid_period("support_period")]

    def __str__(self) -> str:
        return self.task
