"""What stands on the page of a need, a goal or a measure, in German words."""

from datetime import date
from typing import TYPE_CHECKING

from gelingen.findings.current import Current
from gelingen.terms.spelling import day, last_day, rough_day
from gelingen.terms.vocabulary import GapType, Scenario
from gelingen.web.register.sheets import Fact, amount, provenance, stated
from gelingen.wording.gaps import gap_sentence

if TYPE_CHECKING:
    from gelingen.needs.models import Need
    from gelingen.plan.models import ImpactGoal

Facts = tuple[list[Fact], list[str]]


def need_view(need: "Need") -> Facts:
    """Put a need into words: what is stated, and the names of what is not."""
    return stated(
        [
            ("Themenfeld", need.topic.name),
            ("Zielgruppe", need.target_group.name),
            ("Gebiet", need.territory.name),
            ("Ebene", need.get_level_display()),
            ("Art", need.get_kind_display()),
            ("Menge", amount(need.quantity_low, need.quantity_high, need.unit)),
            ("Schwere", f"{need.severity} von 5" if need.severity else ""),
            ("Zur Schwere", need.severity_note),
            ("Besteht ab", day(need.starts) if need.starts else ""),
            ("Besteht bis", day(last_day(need.ends)) if need.ends else ""),
        ]
    )


def need_evidence(need: "Need") -> Facts:
    """Say who voiced a need, when and where, and from which source that is known."""
    return stated(
        [
            ("Wer", need.voice),
            ("Wann", rough_day(need.voiced, need.voiced_precision) if need.voiced else ""),
            ("Wo", need.voiced_where),
            *provenance(need),
        ]
    )


def coverage_of_need(known: Current, need: "Need", *, on: date) -> list[tuple[date, GapType, str]]:
    """Say how far a need is met today and on the last day of the horizon: day, type, sentence."""
    last = last_day(known.horizon) if known.horizon else on
    found = []
    for at in dict.fromkeys((on, max(on, last))):
        ends = last if at == on < last else None
        result = known.coverage(at, scenario=Scenario.SECURED, horizon=ends)
        frame = result.evidence.frame
        own = frame.filter((frame["record"] == "need") & (frame["key"] == need.key))
        for cell in own["cell"].unique().sort():
            why = result.explain(cell)
            sentence = gap_sentence(why.cell, known.inputs.names, why.records)
            found.append((at, GapType.of(str(why.cell["type"])), sentence))
    return found


def goal_view(goal: "ImpactGoal") -> Facts:
    """Put an impact goal into words."""
    return stated(
        [
            ("Themenfeld", goal.topic.name),
            ("Leitziel", goal.guiding_goal.title if goal.guiding_goal else ""),
            ("Zielgruppe", goal.target_group.name if goal.target_group else ""),
            ("Ausgangswert", goal.baseline),
            ("Zielwert", goal.aim),
            ("Bis wann", day(last_day(goal.due)) if goal.due else ""),
            ("Stufe der Wirkungstreppe", f"{goal.stair} von 7" if goal.stair else ""),
            ("Indikator", goal.indicator),
            *provenance(goal),
        ]
    )
