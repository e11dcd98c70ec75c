"""Definition sheets of indicators; their values are `places.Figure`, found by the name `figure`."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gelingen.access.record import Record, between, valid_period, valid_range
from gelingen.terms import term
from gelingen.terms.indicators import (
    IndicatorKind,
    LowestLevel,
    MigrationDefinition,
    Periodicity,
    Register,
    Wanted,
)

_INDICATOR = term("indicator").one
_CONTEXT, _MEASURE = Register.CONTEXT.value, Register.MEASURE.value


def _fits_register() -> models.CheckConstraint:
    """Demand that nothing of the state of integration is tied to a measure, and no other way."""
    free = Q(kind="", stair__isnull=True, measure__isnull=True, goal__isnull=True)
    tied = Q(measure__isnull=False) | Q(goal__isnull=False)
    return models.CheckConstraint(
        name="indicator_register",
        condition=(Q(register=_CONTEXT) & free) | (Q(register=_MEASURE) & ~Q(kind="") & tied),
        violation_error_message=(
            "Ein Indikator der Lage gehört zu keiner Maßnahme, keinem Ziel und keiner Stufe; einer "
            "der Umsetzung braucht eine Art und eine Maßnahme oder ein Ziel."
        ),
    )


class Indicator(Record):
    """Indikator: its definition sheet.

    `figure` is the name under which its values stand in the store, `denominator_figure` that of
    the number it is a share of. Only one sheet reads a name, so the registers cannot share values.
    Of an indicator that is split, the parts are indicators too: `above` is the whole, `part` the
    group.
    """

    personal: ClassVar[dict[str, str]] = {}

    code = models.CharField("Kürzel", max_length=60)
    name = models.CharField("Name", max_length=200)
    register = models.CharField("Verzeichnis", max_length=20, choices=Register.choices())
    figure = models.CharField("Name in den Kennzahlen", max_length=200)
    kind = models.CharField("Art", max_length=20, choices=IndicatorKind.choices(), blank=True)
    stair = models.PositiveSmallIntegerField("Stufe der Wirkungstreppe", null=True, blank=True)
    measure = models.ForeignKey(
        "plan.Measure",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=term("measure").one,
        related_name="indicator_sheets",
    )
    goal = models.ForeignKey(
        "plan.ImpactGoal",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Wirkungsziel",
        related_name="indicator_sheets",
    )
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="Teil von", related_name="parts"
    )
    part = models.CharField("Aufgegliedert nach", max_length=200, blank=True)
    definition = models.TextField("Definition")
    numerator = models.CharField("Zähler", max_length=300, blank=True)
    denominator = models.CharField("Nenner", max_length=300, blank=True)
    denominator_figure = models.CharField("Nenner in den Kennzahlen", max_length=200, blank=True)
    relevance = models.TextField("Bedeutung", blank=True)
    periodicity = models.CharField("Rhythmus", max_length=20, choices=Periodicity.choices())
    lowest = models.CharField("Kleinste Ebene", max_length=20, choices=LowestLevel.choices())
    migration_definition = models.CharField(
        "Bestimmung des Migrationshintergrunds",
        max_length=20,
        choices=MigrationDefinition.choices(),
    )
    unit = models.CharField("Einheit", max_length=60, blank=True)
    wanted = models.CharField(
        "Gewünschte Richtung", max_length=10, choices=Wanted.choices(), default=Wanted.NONE.value
    )
    method = models.TextField("Hinweise zur Methode", blank=True)

    class Meta(Record.Meta):
        verbose_name = term("indicator").one
        verbose_name_plural = term("indicator").many
        ordering = ["register", "code", "key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "code"],
                name="indicator_code_once",
                violation_error_message="Dieses Kürzel gibt es schon.",
            ),
            models.UniqueConstraint(
                fields=["tenant", "figure"],
                name="indicator_figure_once",
                violation_error_message=(
                    "Diese Kennzahlen gehören schon zu einem Indikator; die Verzeichnisse teilen "
                    "sich keine Werte."
                ),
            ),
            between("indicator_stair", "stair", 0, 7),
            _fits_register(),
        ]


class DenominatorRule(Record):
    """Regel für den Nenner: what counted as the denominator in a time; law and counts change."""

    personal: ClassVar[dict[str, str]] = {}

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, verbose_name=_INDICATOR, related_name="rules"
    )
    rule = models.CharField("Regel", max_length=300)
    starts = models.DateField("Gilt ab", null=True, blank=True)
    ends = models.DateField("Gilt bis", null=True, blank=True, help_text="Erster Tag danach.")

    class Meta(Record.Meta):
        verbose_name = term("denominatorrule").one
        verbose_name_plural = term("denominatorrule").many
        ordering = ["indicator", F("starts").asc(nulls_first=True), "key"]
        constraints = [*Record.Meta.constraints, valid_period("denominator_rule_period")]

    def __str__(self) -> str:
        return self.rule


class IndicatorBreak(Record):
    """Bruch in einer Reihe: a day from which values are not compared with those before."""

    personal: ClassVar[dict[str, str]] = {}

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, verbose_name=_INDICATOR, related_name="breaks"
    )
    day = models.DateField("Ab wann")
    why = models.CharField("Warum", max_length=300)

    class Meta(Record.Meta):
        verbose_name = term("indicatorbreak").one
        verbose_name_plural = term("indicatorbreak").many
        ordering = ["indicator", "day", "key"]

    def __str__(self) -> str:
        return self.why


class IndicatorTarget(Record):
    """Zielwert: from a value, to a value, or both, by a day; several make the path."""

    personal: ClassVar[dict[str, str]] = {}

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, verbose_name=_INDICATOR, related_name="targets"
    )
    due = models.DateField("Stichtag des Ziels")
    value_low = models.DecimalField(
        "Ziel von", max_digits=18, decimal_places=4, null=True, blank=True
    )
    value_high = models.DecimalField(
        "Ziel bis", max_digits=18, decimal_places=4, null=True, blank=True
    )

    class Meta(Record.Meta):
        verbose_name = term("indicatortarget").one
        verbose_name_plural = term("indicatortarget").many
        ordering = ["indicator", "due", "key"]
        constraints = [
            *Record.Meta.constraints,
            valid_range("indicator_target_range", "value"),
            models.CheckConstraint(
                name="indicator_target_value",
                condition=Q(value_low__isnull=False) | Q(value_high__isnull=False),
                violation_error_message="Ein Ziel braucht einen Wert.",
            ),
            models.UniqueConstraint(
                fields=["indicator", "due"],
                name="indicator_target_once",
                violation_error_message="Für diesen Tag gibt es schon einen Zielwert.",
            ),
        ]

    def __str__(self) -> str:
        return f"Zielwert {self.due.year}" if self.due else "Zielwert"


class CollectionPlan(Record):
    """Geplante Erhebung: who has the value of a day until when; done once there is such a value."""

    personal: ClassVar[dict[str, str]] = {
        "who": "Funktion, die erhebt; bis der Indikator gelöscht wird"
    }

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, verbose_name=_INDICATOR, related_name="collections"
    )
    reference = models.DateField("Für welchen Stichtag")
    due = models.DateField("Bis wann", help_text="Erster Tag danach.")
    who = models.CharField("Wer (Funktion)", max_length=200)
    hours = models.DecimalField(
        "Aufwand in Stunden", max_digits=6, decimal_places=1, null=True, blank=True
    )

    class Meta(Record.Meta):
        verbose_name = term("collectionplan").one
        verbose_name_plural = term("collectionplan").many
        ordering = ["due", "key"]

    def __str__(self) -> str:
        return f"Erhebung: {self.who}"
