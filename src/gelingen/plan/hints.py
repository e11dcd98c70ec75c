"""What needs, goals and measures of a plan lack: one sentence and one step to mend it each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from gelingen.plan.activities import activity_in
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Maturity, Vocabulary

PROVING = 4  # the first stair of the results chain on which something changes for people
OVER = (Maturity.FINISHED, Maturity.HANDED_OVER, Maturity.DROPPED)


class HintKind(Vocabulary):
    """What is missing or doubtful, as the count above the plan names it."""

    NO_GOAL = "no_goal", "Bedarf ohne Ziel"
    ACTIVITY = "activity", "Ziel nennt eine Tätigkeit"
    NO_NEED = "no_need", "Ziel ohne Bedarf"
    NO_MEASURE = "no_measure", "Ziel ohne Maßnahme"
    NO_PROOF = "no_proof", "kein Nachweis über Stufe 3 hinaus"
    NO_PURPOSE = "no_purpose", "Maßnahme ohne Ziel"
    NO_LEAD = "no_lead", "Federführung fehlt"
    SEVERAL_LEADS = "several_leads", "mehrere Federführungen"
    NO_TERM = "no_term", "Zeitraum fehlt"
    TOO_LATE = "too_late", "reicht über den Horizont"
    NO_COST = "no_cost", "Kosten fehlen"
    UNSECURED = "unsecured", "Geld nicht gesichert"


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint.

    Attributes:
        kind: which rule found it.
        sentence: what is missing, in German.
        remedy: what to do about it, as the words of a link.
        field: the field that mends it, by its English name; "" where something new is needed.

    """

    kind: HintKind
    sentence: str
    remedy: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class SaidGoal:
    """What is said about an impact goal; `needs` and `measures` are numbers of linked records."""

    title: str
    stair: int | None = None
    indicator: str = ""
    needs: int = 0
    measures: int = 0


@dataclass(frozen=True, slots=True)
class SaidMeasure:
    """What is said about a measure.

    Attributes:
        lead: name of the lead; "" if there is none.
        rivals: names of others that take part and hold the lead for the same topic.
        goals: number of impact goals it serves.
        starts: first day.
        ends: first day after.
        costed: whether any cost is given.
        funding_ends: first day without approved money; None: none is given.
        maturity: how far it is.

    """

    lead: str = ""
    rivals: tuple[str, ...] = ()
    goals: int = 0
    starts: date | None = None
    ends: date | None = None
    costed: bool = False
    funding_ends: date | None = None
    maturity: str = ""


def need_hints(*, answered: bool) -> list[Hint]:
    """Say what a need lacks that goals and measures answer, or none."""
    if answered:
        return []
    sentence = "Diesen Bedarf beantwortet noch kein Wirkungsziel."
    return [Hint(HintKind.NO_GOAL, sentence, "Ziel schreiben")]


def goal_hints(goal: SaidGoal) -> list[Hint]:
    """Say what an impact goal lacks, in the order of the rules."""
    return [hint for rule in _GOAL_RULES for hint in rule(goal)]


def _change(goal: SaidGoal) -> Iterator[Hint]:
    if word := activity_in(goal.title):
        sentence = f"Das Ziel nennt eine Tätigkeit („{word}“), keine Veränderung bei Menschen."
        yield Hint(HintKind.ACTIVITY, sentence, "Ziel umschreiben", "title")


def _answers(goal: SaidGoal) -> Iterator[Hint]:
    if not goal.needs:
        sentence = "Zu diesem Ziel ist kein Bedarf genannt."
        yield Hint(HintKind.NO_NEED, sentence, "Bedarf zuordnen", "needs")


def _served(goal: SaidGoal) -> Iterator[Hint]:
    if not goal.measures:
        sentence = "Zu diesem Ziel gibt es noch keine Maßnahme."
        yield Hint(HintKind.NO_MEASURE, sentence, "Maßnahme ergänzen")


def _proven(goal: SaidGoal) -> Iterator[Hint]:
    stated = goal.stair or 0
    if goal.indicator and stated >= PROVING:
        return
    if goal.indicator and goal.stair:
        sentence = f"Der Indikator misst Stufe {stated}, nicht die Veränderung ab Stufe {PROVING}."
        yield Hint(HintKind.NO_PROOF, sentence, "Indikator wählen", "indicator")
        return
    if goal.indicator:
        sentence = "Für den Indikator ist keine Stufe der Wirkungstreppe genannt."
        yield Hint(HintKind.NO_PROOF, sentence, "Stufe angeben", "stair")
        return
    sentence = "Kein Indikator über Stufe 3 hinaus zeigt, ob sich etwas verändert."
    yield Hint(HintKind.NO_PROOF, sentence, "Indikator wählen", "indicator")


def measure_hints(measure: SaidMeasure, *, horizon: date | None) -> list[Hint]:
    """Say what a measure lacks, in the order of the rules; nothing once it is over.

    Args:
        measure: what is said about it.
        horizon: first day after the planning horizon; None if there is no plan.

    """
    if measure.maturity in OVER:
        return []
    return [hint for rule in _MEASURE_RULES for hint in rule(measure, horizon)]


def _purpose(measure: SaidMeasure, horizon: date | None) -> Iterator[Hint]:
    del horizon
    if not measure.goals:
        sentence = "Diese Maßnahme dient noch keinem Wirkungsziel."
        yield Hint(HintKind.NO_PURPOSE, sentence, "Ziel zuordnen", "goals")


def _lead(measure: SaidMeasure, horizon: date | None) -> Iterator[Hint]:
    del horizon
    if not measure.lead:
        yield Hint(HintKind.NO_LEAD, "Die Federführung fehlt.", "Federführung angeben", "lead")
    if measure.lead and measure.rivals:
        names = " und ".join((measure.lead, *measure.rivals))
        sentence = f"Mehrere Federführungen: {names}."
        yield Hint(HintKind.SEVERAL_LEADS, sentence, "Eine Federführung wählen", "lead")


def _term(measure: SaidMeasure, horizon: date | None) -> Iterator[Hint]:
    if measure.starts is None and measure.ends is None:
        yield Hint(HintKind.NO_TERM, "Der Zeitraum fehlt.", "Zeitraum angeben", "starts")
    late = [one for one in (measure.starts, measure.ends) if one and horizon and one > horizon]
    if late and horizon:
        sentence = f"Sie reicht über den Planungshorizont ({day(last_day(horizon))}) hinaus."
        yield Hint(HintKind.TOO_LATE, sentence, "Zeitraum prüfen", "ends")


def _money(measure: SaidMeasure, horizon: date | None) -> Iterator[Hint]:
    if not measure.costed:
        yield Hint(HintKind.NO_COST, "Die Kosten fehlen.", "Kosten angeben", "cost_year")
        return
    until = measure.ends or horizon
    if measure.funding_ends is None:
        sentence = "Das Geld ist nicht gesichert: Es ist keine Bewilligung genannt."
        yield Hint(HintKind.UNSECURED, sentence, "Bewilligung angeben", "funding_ends")
    elif until and measure.funding_ends < until:
        sentence = f"Das Geld ist nur bis {day(last_day(measure.funding_ends))} gesichert."
        yield Hint(HintKind.UNSECURED, sentence, "Bewilligung angeben", "funding_ends")


_GOAL_RULES: tuple[Callable[[SaidGoal], Iterator[Hint]], ...] = (
    _change,
    _answers,
    _served,
    _proven,
)
_MEASURE_RULES: tuple[Callable[[SaidMeasure, date | None], Iterator[Hint]], ...] = (
    _purpose,
    _lead,
    _term,
    _money,
)
