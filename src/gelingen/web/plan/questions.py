"""Six questions to a measure: which are answered, and what is missing."""

from typing import TYPE_CHECKING

from gelingen.plan.hints import Hint, SaidMeasure, measure_hints
from gelingen.plan.outline import Outline

if TYPE_CHECKING:
    from gelingen.plan.models import Measure

BOXES = ("Ziel", "Wer", "Wann", "Geld", "Wirkung", "Umsetzung")


def hints_of(one: "Measure", outline: Outline, leads: frozenset[tuple[str, str]]) -> list[Hint]:
    """Say what a measure lacks; `leads` as `Outline.leads`."""
    rivals = (
        partner.name
        for partner in outline.named(one, "partners")
        if partner.pk != one.lead_id and (partner.key, one.topic.key) in leads
    )
    said = SaidMeasure(
        lead=one.lead.name if one.lead else "",
        rivals=tuple(rivals),
        goals=len(outline.named(one, "goals")),
        starts=one.starts,
        ends=one.ends,
        costed=_costed(one),
        funding_ends=one.funding_ends,
        maturity=one.maturity,
    )
    return measure_hints(said, horizon=outline.plan.horizon if outline.plan else None)


def _costed(one: "Measure") -> bool:
    money = (
        one.cost_year_low,
        one.cost_year_high,
        one.cost_once_low,
        one.cost_once_high,
        one.own_share,
    )
    return any(value is not None for value in money)


def filled_boxes(one: "Measure", outline: Outline) -> dict[str, bool]:
    """Say which of the six questions to a measure have an answer."""
    answers = (
        bool(outline.named(one, "goals")),
        one.lead_id is not None,
        bool(one.starts or one.ends),
        _costed(one),
        bool(one.indicators),
        bool(one.light or one.progress),
    )
    return dict(zip(BOXES, answers, strict=True))
