"""From a finding to the measure that solves it: all that is known, written in one step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import polars as pl
from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.analysis.cells import CELL, matching
from gelingen.analysis.money import running
from gelingen.editing.commands import save_record
from gelingen.editing.records import sheet_of
from gelingen.findings.commands import judge
from gelingen.findings.current import Current
from gelingen.history.recording import new_batch
from gelingen.plan.queries import goals, plans
from gelingen.register.received import is_cited
from gelingen.terms.vocabulary import Decision, FindingKind, GapType, Maturity, MeasureKind
from gelingen.wording.proposals import goal_title, measure_title
from gelingen.wording.words import keys_of

if TYPE_CHECKING:
    from gelingen.findings.models import Finding

Values = Mapping[str, object]
_GONE = (GapType.FUNDING_CLIFF, GapType.ENDING, GapType.CAPACITY, GapType.UNKNOWN_FUNDING)
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class Proposal:
    """A measure as it could be entered.

    Attributes:
        measure: its values as `save_record` takes them.
        goal: values of an impact goal, where no goal answers the needs yet; None if one does, if
            the finding names no need, or if there is no plan.

    """

    measure: Values
    goal: Values | None


def propose_measure(actor: Actor, finding: "Finding", known: Current, *, on: date) -> Proposal:
    """Fill in everything that the records know about a measure against a finding. Two queries.

    Args:
        actor: who asks.
        finding: the finding, with its topic.
        known: the records of its tenant.
        on: the day.

    """
    values: Mapping[str, Any] = finding.values
    needs = tuple(dict.fromkeys(_keys(finding, "need")))
    topic = finding.topic.key if finding.topic else _first(values, "topic", "topics")
    groups = _all(values, "target_group", "target_groups")
    kind = FindingKind.of(finding.kind)
    answering = goals(actor, finding.tenant).filter(needs__key__in=needs).distinct()
    names = _names(finding, known)
    goal_keys = tuple(answering.values_list("key", flat=True)) if needs else ()
    measure = {
        "title": measure_title(kind, values, finding.evidence, names)[:_LONGEST_TITLE],
        "topic": topic or None,
        "needs": needs,
        "goals": goal_keys,
        "situation": finding.sentence,
        "target_groups": groups,
        "territories": _all(values, "place", "places"),
        "structures": _own_structures(finding, known) if _rests(kind, values) else (),
        "lead": _lead(finding, known, on=on),
        "kind": _new_or_more(kind, values).value,
        "maturity": Maturity.IDEA.value,
        "starts": _begins(values, on=on),
        "ends": known.horizon,
        "fte": values.get("fte"),
        "cost_year_low": values.get("eur_per_year"),
        "cost_year_high": values.get("eur_per_year"),
    }
    goal = None if goal_keys else _goal(actor, finding, known, needs, topic, groups)
    return Proposal(measure, goal)


def _keys(finding: "Finding", kind: str) -> list[str]:
    parts = [record.partition(":") for record in finding.evidence]
    return [key for of, _, key in parts if of == kind]


def _names(finding: "Finding", known: Current) -> Mapping[str, str]:
    """Names for a measure of one's own: what other tenants keep is told by where it is from."""
    inputs = known.inputs.discreet()
    gone = [key for key in _keys(finding, "structure") if is_cited(key) and key not in inputs.names]
    return inputs.names | dict.fromkeys(gone, "eine Struktur eines anderen Mandanten")


def _own_structures(finding: "Finding", known: Current) -> tuple[str, ...]:
    """Structures of the finding, without those that another tenant keeps."""
    own = set(known.inputs.inventory.structures.frame["structure"])
    return tuple(key for key in _keys(finding, "structure") if key in own)


def _all(values: Values, one: str, several: str) -> tuple[str, ...]:
    return tuple(keys_of(str(values.get(one) or values.get(several) or "")))


def _first(values: Values, one: str, several: str) -> str:
    return next(iter(_all(values, one, several)), "")


def _rests(kind: FindingKind, values: Values) -> bool:
    """Tell whether the measure would carry on what the structures of the finding do."""
    return kind is FindingKind.CLIFF or (kind is FindingKind.GAP and values.get("type") in _GONE)


def _new_or_more(kind: FindingKind, values: Values) -> MeasureKind:
    return MeasureKind.EXTENSION if _rests(kind, values) else MeasureKind.NEW


def _begins(values: Values, *, on: date) -> date:
    """First day on which it is needed: when what there is ends, else from now on."""
    told = values.get("until") or values.get("day") or values.get("on_day")
    day = date.fromisoformat(str(told)) if told else on
    return max(day, on)


def _lead(finding: "Finding", known: Current, *, on: date) -> str | None:
    """Who leads: the only lead of the cell, else who carries the only structure."""
    values = finding.values
    held = known.inputs.responsibilities.frame
    if all(values.get(name) for name in CELL):
        cell = pl.DataFrame({name: [str(values[name])] for name in CELL})
        leads = held.filter(running(on) & (pl.col("kind") == "lead"))
        found = matching(cell, leads, topics=known.inputs.inventory.topics)
        holders = found["organisation"].unique()
        if len(holders) == 1:
            return str(holders[0])
    structures = set(_keys(finding, "structure"))
    if finding.kind != FindingKind.CLIFF or len(structures) != 1:
        return None
    frame = known.inputs.inventory.structures.frame
    own = frame.filter(frame["structure"] == structures.pop())["organisation"].to_list()
    return own[0] if own else None


def _goal(  # noqa: PLR0913, PLR0917  one argument a part of the goal
    actor: Actor,
    finding: "Finding",
    known: Current,
    needs: tuple[str, ...],
    topic: str,
    groups: tuple[str, ...],
) -> Values | None:
    plan = plans(actor, finding.tenant).values_list("key", flat=True).first()
    if not needs or plan is None or not topic:
        return None
    return {
        "plan": plan,
        "topic": topic,
        "target_group": groups[0] if len(groups) == 1 else None,
        "title": goal_title([known.name(need) for need in needs]),
        "due": known.horizon,
        "needs": needs,
    }


def begin_measure(  # noqa: PLR0913  one argument a part of what is written
    *,
    actor: Actor,
    tenant: Tenant,
    finding: "Finding",
    measure: Values,
    goal: Values | None,
    reason: str,
    by_function: str,
    on: date,
) -> str:
    """Enter a measure that solves a finding, a goal if there is none, and the verdict, or nothing.

    Args:
        actor: who does it.
        tenant: whose plan.
        finding: the finding.
        measure: values of the measure.
        goal: values of a new impact goal that the measure serves besides those it names.
        reason: why the finding is to be solved.
        by_function: whose decision it is.
        on: the day of the decision.

    Returns:
        Number of the undertaking, with which all of it can be taken back.

    Raises:
        PermissionDenied: the actor may not change the plan, or not judge findings.
        ValidationError: a value or a rule is broken.
        UnknownRecordError, MissingReasonError.

    """
    batch = new_batch()
    common = {"actor": actor, "tenant": tenant, "batch": batch}
    with transaction.atomic():
        if goal is not None:
            made = save_record(sheet=sheet_of("impact_goal"), values=goal, **common)  # type: ignore[arg-type]  # common names
            named = cast("tuple[str, ...]", measure.get("goals") or ())
            measure = {**measure, "goals": (*named, made.key)}
        written = save_record(sheet=sheet_of("measure"), values=measure, **common)  # type: ignore[arg-type]  # common names
        judge(
            actor=actor,
            finding=finding,
            decision=Decision.TO_SOLVE,
            reason=reason,
            by_function=by_function,
            on=on,
            measure=written,  # type: ignore[arg-type]  # what the sheet of measures writes
            batch=batch,
        )
    return batch
