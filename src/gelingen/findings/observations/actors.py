"""Observations about leads, structures that do the same, and actors who work alone."""

from collections.abc import Iterator
from datetime import date

from gelingen.analysis.isolation import find_isolation
from gelingen.analysis.leads import find_leads
from gelingen.analysis.overlaps import find_overlaps
from gelingen.findings.inputs import Inputs
from gelingen.findings.keys import lead_key, pair_key
from gelingen.findings.observations.observation import Observation
from gelingen.terms.vocabulary import FindingKind
from gelingen.wording.isolation import say_actor, say_bridge, say_one_sided
from gelingen.wording.overlaps import say_lead, say_pair, say_side_by_side
from gelingen.wording.words import keys_of

_SEVERAL = ("several", "several_tasks")
_NONE = ("none", "none_task")
# Several leads of one task need an answer before several leads of different tasks.
_WEIGHT = {"several": 12.0, "none": 8.0, "none_task": 7.0, "several_tasks": 3.0}


def leads(inputs: Inputs, *, on: date) -> Iterator[Observation]:
    """Give the cells with several leads or none; cells about which nothing is recorded are left."""
    found = find_leads(inputs.responsibilities, inputs.inventory, on=on)
    for row in found.cells.frame.iter_rows(named=True):
        if row["kind"] not in (*_SEVERAL, *_NONE):
            continue
        several = row["kind"] in _SEVERAL
        yield Observation(
            key=lead_key(row),
            kind=FindingKind.SEVERAL_LEADS if several else FindingKind.NO_LEAD,
            sentence=say_lead(row, inputs.names),
            evidence=_lead_evidence(inputs, row),
            values=row,
            topic=str(row["topic"]),
            weight=_WEIGHT[str(row["kind"])],
        )


def _lead_evidence(inputs: Inputs, row: dict[str, object]) -> tuple[str, ...]:
    """Name the records: needs that are there, responsibilities, or structures that decide."""
    needs = set(inputs.inventory.needs.frame["need"])
    holder = "structure" if row["role"] == "decides" else "responsibility"
    return tuple(
        f"{'need' if key in needs else holder}:{key}" for key in keys_of(str(row["evidence"]))
    )


def pairs(inputs: Inputs, *, on: date) -> Iterator[Observation]:
    """Give structures of different organisations that do much the same.

    Where quantities prove that two offer more than is needed, each pair is told. Where quantities
    are missing, all that stand side by side in one field are told together: one question, not
    twenty. Pairs that are both needed are not worth a verdict and are left out.
    """
    found = find_overlaps(
        inputs.served,
        on=on,
        ties=inputs.ties,
        actors=inputs.actors,
        groups=inputs.group_sizes,
        places=inputs.place_sizes,
    )
    side_by_side: dict[str, list[dict[str, object]]] = {}
    for row in found.pairs.frame.iter_rows(named=True):
        if row["verdict"] == "needed" or row["contact"] == "same_organisation":
            continue
        if row["verdict"] == "not_known":
            side_by_side.setdefault(pair_key(row), []).append(row)
        else:
            yield _pair(row, inputs)
    for key, rows in side_by_side.items():
        yield _field(key, rows, inputs)


def _pair(row: dict[str, object], inputs: Inputs) -> Observation:
    duplicate = row["verdict"] == "duplicate"
    return Observation(
        key=pair_key(row),
        kind=FindingKind.DUPLICATE if duplicate else FindingKind.OVERLAP,
        sentence=say_pair(row, inputs.names),
        evidence=(
            f"structure:{row['a']}",
            f"structure:{row['b']}",
            *(f"need:{key}" for key in keys_of(str(row["needs"]))),
        ),
        values=row,
        topic=next(iter(keys_of(str(row["topics"]))), ""),
        weight=(10.0 if duplicate else 6.0) * float(str(row["score"])),
    )


def _field(key: str, rows: list[dict[str, object]], inputs: Inputs) -> Observation:
    structures = sorted({str(row[side]) for row in rows for side in "ab"})
    untold = sum(row["contact"] != "in_touch" for row in rows)
    return Observation(
        key=key,
        kind=FindingKind.OVERLAP,
        sentence=say_side_by_side(rows[0], structures, inputs.names),
        evidence=tuple(f"structure:{key}" for key in structures),
        values={"structures": structures, "pairs": len(rows), "not_in_touch": untold},
        topic=next(iter(keys_of(str(rows[0]["topics"]))), ""),
        weight=2.0 + len(structures) / 10,
    )


def network(inputs: Inputs, *, on: date) -> Iterator[Observation]:
    """Give isolated actors, actors who alone hold parts together, and ties only one side names."""
    found = find_isolation(
        inputs.actors,
        inputs.ties,
        inputs.inventory,
        on=on,
        responsibilities=inputs.responsibilities,
        groups=inputs.group_sizes,
        places=inputs.place_sizes,
    )
    for row in found.actors.frame.iter_rows(named=True):
        evidence = (
            f"organisation:{row['organisation']}",
            *(f"cooperation:{key}" for key in keys_of(str(row["evidence"]))),
        )
        if row["state"] == "isolated":
            sentence = say_actor(row, inputs.names)
            key = f"isolated:{row['organisation']}"
            yield Observation(key, FindingKind.ISOLATED, sentence, evidence, row, weight=6.0)
        if row["bridge"]:
            sentence = say_bridge(row, inputs.names)
            key = f"bridge:{row['organisation']}"
            weight = 2.0 + 4.0 * float(row["between"])
            yield Observation(key, FindingKind.BRIDGE, sentence, evidence, row, weight=weight)
    for row in found.one_sided.frame.iter_rows(named=True):
        if not row["other_asked"]:
            continue
        yield Observation(
            key=f"one_sided:{row['told_by']}|{row['other']}",
            kind=FindingKind.ONE_SIDED,
            sentence=say_one_sided(row, inputs.names),
            evidence=tuple(f"cooperation:{key}" for key in keys_of(str(row["evidence"]))),
            values=row,
            weight=1.0,
        )
