"""Observations about gaps, and about measures that lose what carries them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from gelingen.analysis.carrying import PlanRecords, find_losses
from gelingen.analysis.coverage import CoverageResult, coverage
from gelingen.analysis.systematic import find_systematic
from gelingen.findings.inputs import Inputs
from gelingen.findings.keys import gap_key
from gelingen.findings.observations.observation import Observation, nearness
from gelingen.terms.vocabulary import FindingKind, GapType
from gelingen.wording.gaps import gap_sentence, loss_sentence, systematic_sentence

# How urgent a gap is beside its severity of 1 to 5: what nobody does comes before what ends.
_URGENCY: dict[str, float] = {
    GapType.STRUCTURAL: 5.0,
    GapType.FUNDING_CLIFF: 4.0,
    GapType.ACCESS: 3.0,
    GapType.CAPACITY: 3.0,
    GapType.ENDING: 2.0,
    GapType.UNKNOWN_FUNDING: 1.0,
}
_SEVERITY = 4.5  # more than urgency can make up for
_UNKNOWN_SEVERITY = 2.5


def gaps(inputs: Inputs, *, on: date, ends: date) -> Iterator[Observation]:
    """Give every gap of the day and everything that is met now but not until the horizon.

    Args:
        inputs: the records.
        on: the day.
        ends: first day after the horizon.

    """
    result = coverage(inputs.served, on=on, horizon=ends - timedelta(days=1))
    told: dict[str, Observation] = {}
    for cell in result.gaps().frame.iter_rows(named=True):
        found = _gap(cell, result, inputs)
        other = told.get(found.key)
        told[found.key] = _joined(other, found) if other else found
    yield from told.values()
    for row in find_systematic(result.cells).frame.iter_rows(named=True):
        yield Observation(
            key=str(row["key"]),
            kind=FindingKind.SYSTEMATIC,
            sentence=systematic_sentence(row, inputs.names),
            evidence=tuple(dict.fromkeys(map(gap_key, str(row["cells"]).split(";")))),
            values=row,
            topic=str(row["value"]) if row["along"] == "topic" else "",
            weight=_URGENCY[str(row["type"])] * float(row["gaps"]),
        )


def _gap(cell: dict[str, object], result: CoverageResult, inputs: Inputs) -> Observation:
    key = str(cell["cell"])
    return Observation(
        key=gap_key(key),
        kind=FindingKind.GAP,
        sentence=gap_sentence(cell, inputs.names, result.explain(key).records),
        evidence=_evidence(result, key),
        values={
            name: cell[name]
            for name in (
                "topic", "target_group", "place", "kind", "type", "severity", "measure",
                "demand_low", "demand_high", "unmet_low", "unmet_high", "ended", "until",
            )
        },
        topic=str(cell["topic"]),
        weight=_weight(cell),
    )  # fmt: skip


def _weight(cell: dict[str, object]) -> float:
    """Weigh a gap: what is more severe comes first, and of one severity what is more urgent.

    A gap whose severity nobody judged stands by its urgency among those of middle severity.
    """
    severity, urgency = cell["severity"], _URGENCY[str(cell["type"])]
    if not isinstance(severity, int):
        return _UNKNOWN_SEVERITY * urgency
    return _SEVERITY * severity + urgency / 2


def _joined(one: Observation, other: Observation) -> Observation:
    """Tell two gaps in one field, counted in different measures, as the heavier of them."""
    heavy, light = sorted((one, other), key=lambda found: -found.weight)
    return replace(heavy, evidence=tuple(dict.fromkeys((*heavy.evidence, *light.evidence))))


def _evidence(result: CoverageResult, cell: str) -> tuple[str, ...]:
    rows = result.evidence.frame.filter(result.evidence.frame["cell"] == cell)
    return tuple(dict.fromkeys(f"{r['record']}:{r['key']}" for r in rows.iter_rows(named=True)))


def losses(inputs: Inputs, *, on: date, ends: date) -> Iterator[Observation]:
    """Give every measure that loses its lead, a needed structure or its secured money."""
    plan = PlanRecords(inputs.measures, inputs.measure_structures, inputs.responsibilities)
    found = find_losses(plan, inputs.inventory, on=on, horizon=ends - timedelta(days=1))
    for row in found.frame.iter_rows(named=True):
        kind = {"lead": "organisation", "structure": "structure"}.get(str(row["loses"]))
        record = (f"{kind}:{row['record']}",) if kind and row["record"] else ()
        yield Observation(
            key=str(row["key"]),
            kind=FindingKind.CARRYING,
            sentence=loss_sentence(row, inputs.names),
            evidence=(f"measure:{row['measure']}", *record),
            values=row,
            weight=nearness(row["on_day"], on=on),
        )
