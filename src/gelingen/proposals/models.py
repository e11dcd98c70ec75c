"""Proposals of bodies, who supports them, and the stations of their way.

A proposal is public within the tenant. A station may be closed (`public` is false): everybody sees
that a body has the proposal and since when, and only whom `May.VIEW_CLOSED` reaches in that body
sees what was recommended to it and what it says; `proposals.queries` looks after that.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gelingen.access.record import Record, between
from gelingen.terms import term
from gelingen.terms.proposals import DECIDING, RECOMMENDING, Answer, Matter, StationTask

_BODY = term("body").one
_PROPOSAL = term("proposal").one


class Proposal(Record):
    """Vorschlag: a measure, a need or an opinion that a body puts forward.

    What is merged into another one stays as it was written and leads there.
    """

    personal: ClassVar[dict[str, str]] = {}

    body = models.ForeignKey(
        "boards.Body", models.PROTECT, verbose_name="Schlägt vor", related_name="proposals"
    )
    kind = models.CharField("Art", max_length=20, choices=Matter.choices())
    title = models.CharField("Titel", max_length=300)
    text = models.TextField("Worum es geht", blank=True)
    topics = models.ManyToManyField(
        "topics.Topic", blank=True, verbose_name=term("topic").many, related_name="proposals"
    )
    measure = models.ForeignKey(
        "plan.Measure",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=term("measure").one,
        related_name="proposals",
    )
    need = models.ForeignKey(
        "needs.Need",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=term("need").one,
        related_name="proposals",
    )
    made = models.DateField("Vorgeschlagen am")
    withdrawn = models.DateField("Zurückgezogen am", null=True, blank=True)
    withdrawn_why = models.CharField("Warum zurückgezogen", max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="Aufgegangen in",
        related_name="merged",
    )

    class Meta(Record.Meta):
        verbose_name = term("proposal").one
        verbose_name_plural = term("proposal").many
        ordering = ["-made", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="proposal_not_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                violation_error_message="Ein Vorschlag geht nicht in sich selbst auf.",
            ),
        ]


class Supporter(Record):
    """Unterstützung: a body stands behind the proposal of another one, with its own topics."""

    personal: ClassVar[dict[str, str]] = {}

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, verbose_name=_PROPOSAL, related_name="supporters"
    )
    body = models.ForeignKey(
        "boards.Body", models.PROTECT, verbose_name=_BODY, related_name="supports"
    )
    topics = models.ManyToManyField(
        "topics.Topic", blank=True, verbose_name=term("topic").many, related_name="+"
    )
    reason = models.TextField("Warum", blank=True)
    since = models.DateField("Seit")

    class Meta(Record.Meta):
        verbose_name = term("supporter").one
        verbose_name_plural = term("supporter").many
        ordering = ["proposal", "since", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["proposal", "body"],
                name="supporter_once",
                violation_error_message="Dieses Gremium unterstützt den Vorschlag schon.",
            ),
        ]

    def __str__(self) -> str:
        return f"{term('supporter').one} durch {self.body}"


class Station(Record):
    """Station: a body has the proposal, to advise, to recommend or to decide.

    `recommendation` and `priority` are what the body says that sends it; `due` is the first day
    after the last one on which an answer is in time.
    """

    personal: ClassVar[dict[str, str]] = {}

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, verbose_name=_PROPOSAL, related_name="stations"
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    body = models.ForeignKey(
        "boards.Body", models.PROTECT, verbose_name=_BODY, related_name="stations"
    )
    sender = models.ForeignKey(
        "boards.Body", models.PROTECT, verbose_name="Kommt von", related_name="+"
    )
    task = models.CharField("Wozu", max_length=20, choices=StationTask.choices())
    since = models.DateField("Seit")
    due = models.DateField("Bis wann", null=True, blank=True, help_text="Erster Tag danach.")
    recommendation = models.TextField("Empfehlung des Absenders", blank=True)
    priority = models.PositiveSmallIntegerField("Dringlichkeit", null=True, blank=True)
    answer = models.CharField("Antwort", max_length=20, choices=Answer.choices(), blank=True)
    answer_text = models.TextField("Wortlaut der Antwort", blank=True)
    answered = models.DateField("Beantwortet am", null=True, blank=True)
    item = models.ForeignKey(
        "boards.AgendaItem",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=term("agendaitem").one,
        related_name="stations",
    )
    public = models.BooleanField("Öffentlich", default=True)

    class Meta(Record.Meta):
        verbose_name = term("station").one
        verbose_name_plural = term("station").many
        ordering = ["proposal", "order", "key"]
        constraints = [
            *Record.Meta.constraints,
            between("station_priority", "priority", 1, 3),
            models.CheckConstraint(
                name="station_due",
                condition=Q(due__isnull=True) | Q(due__gt=F("since")),
                violation_error_message="Die Frist liegt vor dem Tag der Weiterleitung.",
            ),
            models.CheckConstraint(
                name="station_answer_fits",
                condition=Q(answer="")
                | Q(task=StationTask.DECIDE, answer__in=[one.value for one in DECIDING])
                | ~Q(task=StationTask.DECIDE) & Q(answer__in=[one.value for one in RECOMMENDING]),
                violation_error_message=(
                    "Eine Entscheidung nimmt an oder lehnt ab, eine Empfehlung empfiehlt oder "
                    "rät ab; beides ist nicht dasselbe."
                ),
            ),
            models.CheckConstraint(
                name="station_answered",
                condition=Q(answer="", answered__isnull=True)
                | ~Q(answer="") & Q(answered__isnull=False),
                violation_error_message="Zu einer Antwort gehört der Tag, an dem sie fiel.",
            ),
        ]

    def __str__(self) -> str:
        # The history, which more people read, names a station without what was said there.
        return f"Station {self.order}"
