"""The Masterplan: horizon and periods, goals, measures, chances and risks, chapter texts."""

from typing import ClassVar

from django.db import models

from gelingen.access.record import Record, between, valid_period, valid_range
from gelingen.terms import term
from gelingen.terms.vocabulary import (
    DatePrecision,
    Level,
    Light,
    Maturity,
    MeasureKind,
    Obligation,
    PlanState,
    Priority,
    RiskKind,
    Term,
)

_TOPIC = term("topic").one
_GROUP = term("targetgroup").one
_PLACE = term("territory").one


class Plan(Record):
    """Plan: a Masterplan with its horizon."""

    personal: ClassVar[dict[str, str]] = {}

    title = models.CharField("Titel", max_length=250)
    horizon = models.DateField("Planungshorizont", help_text="Erster Tag danach.")
    state = models.CharField(
        "Stand", max_length=20, choices=PlanState.choices(), default=PlanState.DRAFT
    )

    class Meta(Record.Meta):
        verbose_name = term("plan").one
        verbose_name_plural = term("plan").many
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class PlanningPeriod(Record):
    """Planungsabschnitt: a part of the time up to the horizon."""

    personal: ClassVar[dict[str, str]] = {}

    plan = models.ForeignKey(
        Plan, models.CASCADE, verbose_name=term("plan").one, related_name="periods"
    )
    name = models.CharField("Name", max_length=200)
    starts = models.DateField("Beginn")
    ends = models.DateField("Ende")

    class Meta(Record.Meta):
        verbose_name = term("planningperiod").one
        verbose_name_plural = term("planningperiod").many
        ordering = ["starts", "key"]
        constraints = [*Record.Meta.constraints, valid_period("planning_period")]


class ChapterText(Record):
    """Kapiteltext: the county's own words for one chapter of the plan, in Markdown."""

    personal: ClassVar[dict[str, str]] = {}

    plan = models.ForeignKey(
        Plan, models.CASCADE, verbose_name=term("plan").one, related_name="texts"
    )
    chapter = models.CharField("Kapitel", max_length=40)
    text = models.TextField("Text", blank=True)

    class Meta(Record.Meta):
        verbose_name = term("chaptertext").one
        verbose_name_plural = term("chaptertext").many
        ordering = ["chapter", "key"]


class GuidingGoal(Record):
    """Leitziel: a long-term direction."""

    personal: ClassVar[dict[str, str]] = {}

    plan = models.ForeignKey(
        Plan, models.CASCADE, verbose_name=term("plan").one, related_name="guiding_goals"
    )
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, verbose_name=_TOPIC
    )
    title = models.TextField("Leitziel")
    order = models.PositiveIntegerField("Reihenfolge", default=0)

    class Meta(Record.Meta):
        verbose_name = term("guidinggoal").one
        verbose_name_plural = term("guidinggoal").many
        ordering = ["order", "key"]


class ImpactGoal(Record):
    """Wirkungsziel: a change at a target group that answers needs."""

    personal: ClassVar[dict[str, str]] = {}

    plan = models.ForeignKey(
        Plan, models.CASCADE, verbose_name=term("plan").one, related_name="impact_goals"
    )
    guiding_goal = models.ForeignKey(
        GuidingGoal,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=term("guidinggoal").one,
        related_name="impact_goals",
    )
    topic = models.ForeignKey("topics.Topic", models.PROTECT, verbose_name=_TOPIC)
    target_group = models.ForeignKey(
        "topics.TargetGroup", models.PROTECT, null=True, blank=True, verbose_name=_GROUP
    )
    title = models.TextField("Wirkungsziel")
    baseline = models.CharField("Ausgangswert", max_length=200, blank=True)
    aim = models.CharField("Zielwert", max_length=200, blank=True)
    due = models.DateField("Bis wann", null=True, blank=True)
    stair = models.PositiveSmallIntegerField("Stufe der Wirkungstreppe", null=True, blank=True)
    indicator = models.CharField("Indikator", max_length=250, blank=True)
    order = models.PositiveIntegerField("Reihenfolge", default=0)
    needs = models.ManyToManyField(
        "needs.Need", blank=True, verbose_name=term("need").many, related_name="goals"
    )

    class Meta(Record.Meta):
        verbose_name = term("impactgoal").one
        verbose_name_plural = term("impactgoal").many
        ordering = ["order", "key"]
        constraints = [*Record.Meta.constraints, between("impact_goal_stair", "stair", 1, 7)]

    def __str__(self) -> str:
        return self.title


class Measure(Record):
    """Maßnahme: a planned action with one lead, dates, cost and the goals it serves."""

    personal: ClassVar[dict[str, str]] = {
        "progress_by": "Funktion der berichtenden Stelle; bis die Maßnahme gelöscht wird",
    }

    title = models.CharField("Titel", max_length=300)
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, verbose_name=_TOPIC, related_name="measures"
    )
    cross_topics = models.ManyToManyField(
        "topics.Topic", blank=True, verbose_name="Querschnittsthemen", related_name="+"
    )
    needs = models.ManyToManyField(
        "needs.Need", blank=True, verbose_name=term("need").many, related_name="measures"
    )
    goals = models.ManyToManyField(
        ImpactGoal, blank=True, verbose_name=term("impactgoal").many, related_name="measures"
    )
    situation = models.TextField("Ausgangslage", blank=True)
    description = models.TextField("Beschreibung", blank=True)
    target_groups = models.ManyToManyField(
        "topics.TargetGroup", blank=True, verbose_name="Zielgruppen", related_name="measures"
    )
    level = models.CharField("Ebene", max_length=20, choices=Level.choices(), blank=True)
    territories = models.ManyToManyField(
        "places.Territory", blank=True, verbose_name="Gebiete", related_name="measures"
    )
    lead = models.ForeignKey(
        "register.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Federführung",
        related_name="leads",
    )
    partners = models.ManyToManyField(
        "register.Organisation", blank=True, verbose_name="Beteiligte", related_name="takes_part"
    )
    structures = models.ManyToManyField(
        "register.Structure", blank=True, verbose_name="getragen von", related_name="measures"
    )
    depends_on = models.ManyToManyField(
        "self", symmetrical=False, blank=True, verbose_name="setzt voraus", related_name="enables"
    )
    addressee = models.CharField("Adressat", max_length=200, blank=True)
    obligation = models.CharField(
        "Verbindlichkeit", max_length=20, choices=Obligation.choices(), blank=True
    )
    kind = models.CharField("Art", max_length=20, choices=MeasureKind.choices(), blank=True)
    maturity = models.CharField(
        "Reifegrad", max_length=20, choices=Maturity.choices(), default=Maturity.IDEA
    )
    priority = models.CharField("Priorität", max_length=20, choices=Priority.choices(), blank=True)
    quick_win = models.BooleanField("schnell umsetzbar", default=False)
    term = models.CharField("Zeithorizont", max_length=20, choices=Term.choices(), blank=True)
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)
    fte = models.DecimalField("VZÄ", max_digits=6, decimal_places=2, null=True, blank=True)
    hours = models.DecimalField(
        "Stunden im Jahr", max_digits=9, decimal_places=2, null=True, blank=True
    )
    cost_once_low = models.DecimalField(
        "Kosten einmalig von", max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_once_high = models.DecimalField(
        "Kosten einmalig bis", max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_year_low = models.DecimalField(
        "Kosten im Jahr von", max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_year_high = models.DecimalField(
        "Kosten im Jahr bis", max_digits=14, decimal_places=2, null=True, blank=True
    )
    cost_note = models.CharField("Zu den Kosten", max_length=250, blank=True)
    programme = models.CharField("Förderprogramm", max_length=250, blank=True)
    funding_percent = models.DecimalField(
        "Förderquote in Prozent", max_digits=5, decimal_places=2, null=True, blank=True
    )
    own_share = models.DecimalField(
        "Eigenanteil im Jahr", max_digits=14, decimal_places=2, null=True, blank=True
    )
    funding_ends = models.DateField("Bewilligt bis", null=True, blank=True)
    budget_line = models.CharField("Haushaltsstelle", max_length=100, blank=True)
    indicators = models.TextField("Indikatoren", blank=True)
    risks = models.TextField("Risiken und Abhängigkeiten", blank=True)
    light = models.CharField("Umsetzungsstand", max_length=20, choices=Light.choices(), blank=True)
    light_reason = models.CharField("Begründung zum Stand", max_length=300, blank=True)
    progress = models.TextField("Letzter Sachstand", blank=True)
    progress_day = models.DateField("Tag des Sachstands", null=True, blank=True)
    progress_by = models.CharField("Sachstand von (Funktion)", max_length=200, blank=True)
    resolutions = models.TextField("Beschlüsse", blank=True)
    continuation = models.TextField("Verstetigung nach Förderende", blank=True)
    public = models.BooleanField("veröffentlichen", default=False)
    order = models.PositiveIntegerField("Reihenfolge", default=0)

    class Meta(Record.Meta):
        verbose_name = term("measure").one
        verbose_name_plural = term("measure").many
        ordering = ["order", "key"]
        constraints = [
            *Record.Meta.constraints,
            valid_period("measure_period"),
            valid_range("measure_cost_once", "cost_once"),
            valid_range("measure_cost_year", "cost_year"),
            between("measure_funding", "funding_percent", 0, 100),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(Record):
    """Meilenstein: something that shall be reached by a day."""

    personal: ClassVar[dict[str, str]] = {}

    measure = models.ForeignKey(
        Measure, models.CASCADE, verbose_name=term("measure").one, related_name="milestones"
    )
    title = models.CharField("Meilenstein", max_length=250)
    due = models.DateField("Bis wann", null=True, blank=True)
    done = models.DateField("Erreicht am", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("milestone").one
        verbose_name_plural = term("milestone").many
        ordering = ["due", "key"]


class Chance(Record):
    """Chance oder Risiko: what migration offers or endangers, and which goals answer it."""

    personal: ClassVar[dict[str, str]] = {}

    kind = models.CharField("Art", max_length=20, choices=RiskKind.choices())
    title = models.TextField("Aussage")
    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, verbose_name=_TOPIC
    )
    territory = models.ForeignKey(
        "places.Territory", models.PROTECT, null=True, blank=True, verbose_name=_PLACE
    )
    evidence = models.TextField("Beleg", blank=True)
    goals = models.ManyToManyField(
        ImpactGoal, blank=True, verbose_name=term("impactgoal").many, related_name="chances"
    )

    class Meta(Record.Meta):
        verbose_name = term("chance").one
        verbose_name_plural = term("chance").many
        ordering = ["kind", "key"]


class OtherPlan(Record):
    """Andere Planung: a plan beside this one that shares topics or measures with it."""

    personal: ClassVar[dict[str, str]] = {}

    title = models.CharField("Name", max_length=250)
    subject = models.CharField("Art der Planung", max_length=200, blank=True)
    organisation = models.ForeignKey(
        "register.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=term("organisation").one,
    )
    day = models.DateField("Stand", null=True, blank=True)
    day_precision = models.CharField(
        "Genauigkeit", max_length=10, choices=DatePrecision.choices(), blank=True
    )
    topics = models.ManyToManyField(
        "topics.Topic", blank=True, verbose_name=term("topic").many, related_name="other_plans"
    )
    measures = models.ManyToManyField(
        Measure, blank=True, verbose_name=term("measure").many, related_name="other_plans"
    )

    class Meta(Record.Meta):
        verbose_name = term("otherplan").one
        verbose_name_plural = term("otherplan").many
        ordering = ["key"]
