"""Keep findings from run to run, and record what people decided about them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Max

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.findings.keys import stored_key
from gelingen.findings.models import Finding, Verdict
from gelingen.findings.observations import Observation
from gelingen.history.recording import Draft, change, change_many, new_batch
from gelingen.terms.vocabulary import Decision, Verb
from gelingen.topics import queries as topics_of

if TYPE_CHECKING:
    from gelingen.plan.models import Measure


class EarlierRunError(UserError):
    """A run for an earlier day than the last would tell the history of findings backwards."""


class MissingReasonError(UserError):
    """A verdict without reason helps nobody who reads it later."""


class MissingMeasureError(UserError):
    """A finding that shall be solved needs the measure that solves it."""


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a run changed, as keys of findings in order."""

    new: tuple[str, ...]
    reappeared: tuple[str, ...]
    resolved: tuple[str, ...]
    standing: tuple[str, ...]


def refresh(
    *, actor: Actor, tenant: Tenant, observations: Sequence[Observation], on: date
) -> Refreshed:
    """Store the observations of a run as findings; keys and verdicts survive.

    A finding that is not observed any more is told as resolved and kept; one that comes back
    keeps its history and is told as reappeared.

    Args:
        actor: who runs the analyses.
        tenant: whose findings.
        observations: everything the analyses see on the day; keys are unique.
        on: the day.

    Raises:
        PermissionDenied: the actor may not judge findings in this tenant.
        EarlierRunError: the last run was for a later day.

    """
    require(actor, May.JUDGE, tenant)
    with transaction.atomic():
        # Two runs at a time would both find the same things new; the second waits for the first.
        Tenant.objects.select_for_update().get(pk=tenant.pk)
        _refuse_earlier_day(tenant, on)
        return _refresh(actor, tenant, observations, on)


def _refresh(
    actor: Actor, tenant: Tenant, observations: Sequence[Observation], on: date
) -> Refreshed:
    stored = {finding.key: finding for finding in Finding.objects.filter(tenant=tenant)}
    topics = dict(topics_of.topics(actor, tenant).values_list("key", "pk"))
    seen = {stored_key(observation.key) for observation in observations}
    new: list[Draft] = []
    back: list[Draft] = []
    same: list[Draft] = []
    for observation in observations:
        key = stored_key(observation.key)
        found = stored.get(key)
        group = new if found is None else back if found.resolved else same
        finding = found or Finding(tenant=tenant, key=key, first_seen=on)
        draft = Draft(finding, before=finding.field_values() if found else {})
        _take_over(finding, observation, topics, on)
        if group is back:
            finding.resolved, finding.reappeared = None, on
        group.append(draft)
    gone = []
    for key in sorted(set(stored) - seen):
        if stored[key].resolved is None:
            gone.append(Draft(stored[key], before=stored[key].field_values()))
            stored[key].resolved = on
    batch = new_batch()
    altered = [draft for draft in same if draft.thing.field_values() != draft.before]
    for drafts, verb in (
        (new, Verb.FOUND),
        (back, Verb.REAPPEARED),
        (gone, Verb.RESOLVED),
        (altered, Verb.CHANGED),
    ):
        change_many(drafts, by=actor, verb=verb, batch=batch)
    return Refreshed(_keys(new), _keys(back), _keys(gone), _keys(same))


def _refuse_earlier_day(tenant: Tenant, on: date) -> None:
    last = Finding.objects.filter(tenant=tenant).aggregate(last=Max("last_seen"))["last"]
    if last is not None and on < last:
        raise EarlierRunError(
            f"Die Befunde wurden schon zum {last:%d.%m.%Y} festgehalten; für den {on:%d.%m.%Y} "
            "davor geht das nicht mehr. Zum Nachsehen ohne Festhalten: gelingen gaps --on …"
        )


def _keys(drafts: Sequence[Draft]) -> tuple[str, ...]:
    return tuple(str(draft.thing.field_values()["key"]) for draft in drafts)


def _take_over(
    finding: Finding, observation: Observation, topics: dict[str, int], on: date
) -> None:
    finding.kind = observation.kind
    finding.sentence = observation.sentence
    # As the database gives them back, so that the same run twice is seen to change nothing.
    finding.values = json.loads(json.dumps(dict(observation.values), cls=DjangoJSONEncoder))
    finding.evidence = list(observation.evidence)
    finding.weight = observation.weight
    finding.topic_id = topics.get(observation.topic)
    finding.last_seen = on


def judge(  # noqa: PLR0913  one argument a field of the verdict
    *,
    actor: Actor,
    finding: Finding,
    decision: Decision,
    reason: str,
    by_function: str,
    on: date,
    measure: "Measure | None" = None,
    batch: str = "",
) -> Verdict:
    """Record what was decided about a finding; earlier verdicts stay readable.

    Args:
        actor: who enters it.
        finding: the finding.
        decision: what was decided.
        reason: why, for those who read it later.
        by_function: whose decision it is, as a function, never a name.
        on: the day of the decision.
        measure: the measure that solves it, for `Decision.TO_SOLVE`.
        batch: number of the undertaking that the verdict belongs to.

    Raises:
        PermissionDenied: the actor may not judge findings in this tenant.
        MissingReasonError: the reason is empty.
        MissingMeasureError: no measure is given although one shall solve the finding.

    """
    require(actor, May.JUDGE, finding)
    if not reason.strip():
        raise MissingReasonError("Bitte die Bewertung begründen; ein Satz genügt.")
    if decision is Decision.TO_SOLVE and measure is None:
        raise MissingMeasureError("Bitte die Maßnahme angeben, die den Befund löst.")
    verdict = Verdict(tenant=finding.tenant, key=uuid4().hex, finding=finding)
    with change(by=actor, verb=Verb.JUDGED, of=verdict, reason=reason, batch=batch):
        verdict.decision = decision
        verdict.reason = reason.strip()
        verdict.by_function = by_function.strip()
        verdict.day = on
        verdict.measure = measure if decision is Decision.TO_SOLVE else None
    return verdict
