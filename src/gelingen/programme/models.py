"""The year's selection of measures: criteria, limits, candidates, ballots and what was chosen.

Amounts that a candidate takes, scores and comments stand in JSON, by key of the limit, the
criterion or the candidate; keys of what is no more are passed over when read:

    Candidate.amounts  {limit key: "12000.00"}
    Ballot.scores      {candidate key: {criterion key: 7}}; what is missing is an abstention
    Ballot.comments    {candidate key: "text"}
    Ballot.ranking     {candidate key: 1}, the place it is put on; equal places are equals
    Selection.frozen   what was decided, as `programme.deciding.Frozen` writes it
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from gelingen.access.record import Record, between, valid_period
from gelingen.history.recorded import Past
from gelingen.terms import term
from gelingen.terms.programme import (
    UNITS,
    Basis,
    Counting,
    Resource,
    SelectionState,
    Showing,
    Voting,
)

_SELECTION = term("selection").one
_SINGLE_KEPT = (
    "bis zwei Jahre nach der Entscheidung, ohne sie bis zwei Jahre nach Ende des Jahres; nicht "
    "abgegeben bis zur Entscheidung"
)


class Selection(Record):
    """Jahresauswahl: the measures of one year, chosen by a body.

    Groups score from `starts` on and no longer on `ends`.
    """

    personal: ClassVar[dict[str, str]] = {}

    title = models.CharField("Titel", max_length=200)
    year = models.PositiveSmallIntegerField("Jahr")
    body = models.ForeignKey(
        "boards.Body",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Wählt aus",
        related_name="selections",
    )
    state = models.CharField(
        "Stand",
        max_length=20,
        choices=SelectionState.choices(),
        default=SelectionState.PREPARING,
    )
    starts = models.DateField("Bewertung ab", null=True, blank=True)
    ends = models.DateField("Bewertung bis", null=True, blank=True)
    showing = models.CharField(
        "Andere Bewertungen sieht man",
        max_length=20,
        choices=Showing.choices(),
        default=Showing.AFTERWARDS,
    )
    basis = models.CharField(
        "Gruppen vergeben", max_length=20, choices=Basis.choices(), default=Basis.POINTS
    )
    middle = models.CharField(
        "Es zählt", max_length=20, choices=Counting.choices(), default=Counting.MEAN
    )
    voting = models.CharField(
        "Es bewertet", max_length=20, choices=Voting.choices(), default=Voting.GROUPS
    )
    # Bodies that score: each gives one ballot, or each of its members does, as `voting` says.
    groups = models.ManyToManyField(
        "boards.Body", blank=True, verbose_name="Bewertende Gruppen", related_name="scores_in"
    )
    decided = models.DateField("Entschieden am", null=True, blank=True)
    frozen = models.JSONField("Festgehaltenes Programm", default=dict, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("selection").one
        verbose_name_plural = term("selection").many
        ordering = ["-year", "key"]
        constraints = [*Record.Meta.constraints, valid_period("selection_period")]


class Criterion(Record):
    """Kriterium: what candidates are scored by, from 0 to `top`; more is always better."""

    personal: ClassVar[dict[str, str]] = {}

    selection = models.ForeignKey(
        Selection, models.CASCADE, verbose_name=_SELECTION, related_name="criteria"
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    name = models.CharField("Kriterium", max_length=120)
    meaning = models.CharField("Woran man es erkennt", max_length=400, blank=True)
    weight = models.PositiveSmallIntegerField("Gewicht", default=1)
    top = models.PositiveSmallIntegerField("Höchste Punktzahl", default=10)

    class Meta(Record.Meta):
        verbose_name = term("criterion").one
        verbose_name_plural = term("criterion").many
        ordering = ["selection", "order", "key"]
        constraints = [
            *Record.Meta.constraints,
            between("criterion_weight", "weight", 1, 100),
            between("criterion_top", "top", 1, 100),
        ]


class Limit(Record):
    """Grenze: how much of one thing there is in the year, from one source."""

    personal: ClassVar[dict[str, str]] = {}

    selection = models.ForeignKey(
        Selection, models.CASCADE, verbose_name=_SELECTION, related_name="limits"
    )
    order = models.PositiveSmallIntegerField("Reihenfolge", default=1)
    resource = models.CharField("Was", max_length=20, choices=Resource.choices())
    origin = models.CharField("Woher", max_length=200, blank=True)
    amount = models.DecimalField("Wie viel", max_digits=14, decimal_places=2)

    class Meta(Record.Meta):
        verbose_name = term("limit").one
        verbose_name_plural = term("limit").many
        ordering = ["selection", "order", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="limit_amount",
                condition=Q(amount__gte=0),
                violation_error_message="Eine Grenze ist nicht kleiner als null.",
            ),
        ]

    def __str__(self) -> str:
        unit = UNITS[Resource.of(self.resource)]
        return f"{self.origin} ({unit})" if self.origin else str(self.get_resource_display())


class TopicMinimum(Record):
    """Mindestzahl: how many measures of a topic are to be chosen at least."""

    personal: ClassVar[dict[str, str]] = {}

    selection = models.ForeignKey(
        Selection, models.CASCADE, verbose_name=_SELECTION, related_name="minima"
    )
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, verbose_name=term("topic").one, related_name="+"
    )
    count = models.PositiveSmallIntegerField("Mindestens", default=1)

    class Meta(Record.Meta):
        verbose_name = term("topicminimum").one
        verbose_name_plural = term("topicminimum").many
        ordering = ["selection", "topic", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["selection", "topic"],
                name="topic_minimum_once",
                violation_error_message="Für dieses Themenfeld steht schon eine Mindestzahl fest.",
            ),
        ]

    def __str__(self) -> str:
        return f"mindestens {self.count} aus {self.topic}"


class Candidate(Record):
    """Vorschlag zur Auswahl: a measure that may be chosen for the year."""

    personal: ClassVar[dict[str, str]] = {}

    selection = models.ForeignKey(
        Selection, models.CASCADE, verbose_name=_SELECTION, related_name="candidates"
    )
    measure = models.ForeignKey(
        "plan.Measure", models.PROTECT, verbose_name=term("measure").one, related_name="chosen_in"
    )
    amounts = models.JSONField("Aufwand", default=dict, blank=True)
    duty = models.BooleanField("Gesetzt", default=False)
    duty_reason = models.CharField("Warum gesetzt", max_length=300, blank=True)
    needs = models.ManyToManyField(
        "self", symmetrical=False, blank=True, verbose_name="Nur zusammen mit", related_name="+"
    )
    excludes = models.ManyToManyField(
        "self", symmetrical=True, blank=True, verbose_name="Nicht zusammen mit"
    )
    # What the body decided; None until it has.
    chosen = models.BooleanField("Ausgewählt", null=True, blank=True)
    reason = models.TextField("Begründung", blank=True)

    class Meta(Record.Meta):
        verbose_name = term("candidate").one
        verbose_name_plural = term("candidate").many
        ordering = ["selection", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["selection", "measure"],
                name="candidate_once",
                violation_error_message="Diese Maßnahme steht schon zur Wahl.",
            ),
            models.CheckConstraint(
                name="candidate_duty_reason",
                condition=Q(duty=False) | ~Q(duty_reason=""),
                violation_error_message="Bitte sagen, warum die Maßnahme gesetzt ist.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.measure)


class Said(models.Model):
    """What a group or a member says about the candidates."""

    scores = models.JSONField("Punkte", default=dict, blank=True)
    comments = models.JSONField("Bemerkungen", default=dict, blank=True)
    ranking = models.JSONField("Reihenfolge", default=dict, blank=True)
    sent = models.DateField("Abgegeben am", null=True, blank=True)

    class Meta:
        abstract = True


class Ballot(Said, Record):
    """Bewertung: what one group says about the candidates."""

    personal: ClassVar[dict[str, str]] = {
        "comments": "Bemerkungen einer Gruppe; bis die Auswahl gelöscht wird",
        "sent_by": "Konto, das für die Gruppe abgegeben hat; bis die Auswahl gelöscht wird",
    }

    selection = models.ForeignKey(
        Selection, models.CASCADE, verbose_name=_SELECTION, related_name="ballots"
    )
    body = models.ForeignKey(
        "boards.Body", models.PROTECT, verbose_name=term("body").one, related_name="ballots"
    )
    sent_by = models.CharField("Abgegeben von", max_length=150, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("ballot").one
        verbose_name_plural = term("ballot").many
        ordering = ["selection", "body", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["selection", "body"],
                name="ballot_once",
                violation_error_message="Diese Gruppe hat schon eine Bewertung.",
            ),
        ]

    def __str__(self) -> str:
        # The history, which more people read, names a ballot without what it says.
        return f"Bewertung von {self.body}"

    @classmethod
    def keeps_its_present(cls, pasts: Sequence[Past]) -> Iterator[str]:
        """Refuse to change what a group said, by taking something back, once scoring is over."""
        for past in pasts:
            said = past.changed.keys() & {"scores", "ranking", "comments", "sent"}
            stored = cls._base_manager.filter(tenant=past.tenant, key=past.key)
            if said and stored.exclude(selection__state=SelectionState.SCORING).exists():
                yield "Die Bewertung ist abgeschlossen; was eine Gruppe gesagt hat, steht fest."
                return


class MemberBallot(Said):
    """Bewertung eines Mitglieds: what one person says as a member of one group.

    Nobody but the person reads it. It is no record with a history: what a member gave and changed
    would stand in there for everybody who leads the selection.
    """

    personal: ClassVar[dict[str, str]] = {
        "person": f"Konto des Mitglieds, dessen Punkte oder Reihenfolge es sind; {_SINGLE_KEPT}",
        "comments": f"Bemerkungen eines Mitglieds; {_SINGLE_KEPT}",
    }

    selection = models.ForeignKey(
        Selection, models.CASCADE, verbose_name=_SELECTION, related_name="member_ballots"
    )
    body = models.ForeignKey(
        "boards.Body", models.PROTECT, verbose_name=term("body").one, related_name="+"
    )
    # Without an account what was said stays, and nobody can say any more whose it is.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        verbose_name="Konto",
        related_name="+",
    )
    version = models.PositiveIntegerField("Stand", default=0, editable=False)

    class Meta:
        verbose_name = term("memberballot").one
        verbose_name_plural = term("memberballot").many
        ordering = ["selection", "body", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["selection", "body", "person"],
                name="member_ballot_once",
                violation_error_message="Dieses Mitglied hat schon eine Bewertung.",
            ),
        ]

    def __str__(self) -> str:
        # Nobody's name: what is said is found by the person alone.
        return f"Bewertung eines Mitglieds von {self.body}"

    @property
    def key(self) -> str:
        """Give what names it for the person itself, who has one a group."""
        return f"{self.selection.key}_{self.body.key}"
