"""Everything that is read about findings and what people decided about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.errors import NotFoundError
from gelingen.findings.keys import stored_key
from gelingen.findings.models import Finding, Verdict
from gelingen.history.queries import Change, events_of
from gelingen.history.trace import subject_of
from gelingen.terms.vocabulary import Decision, FindingKind

OPEN, JUDGED, RESOLVED, ALL = "offen", "beurteilt", "erledigt", "alle"
STATES = {
    OPEN: Q(resolved__isnull=True, decision__isnull=True),
    JUDGED: Q(resolved__isnull=True, decision__isnull=False),
    RESOLVED: Q(resolved__isnull=False),
    ALL: Q(),
}


class UnknownFindingError(NotFoundError):
    """There is no such finding, or the actor may not see it."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding in a list.

    Attributes:
        first_seen: day of the run that saw it first.
        reappeared: day of the run that saw it again after it was gone; None if that never was.
        resolved: day of the first run that saw it no more; None while it stands.
        decision: the latest verdict; None while nobody has judged it.

    """

    pk: int
    kind: FindingKind
    sentence: str
    topic: str
    weight: float
    first_seen: date
    reappeared: date | None
    resolved: date | None
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What people decided about a finding.

    Attributes:
        decision: the verdict.
        reason: why.
        by_function: whose decision it is.
        day: when it was decided.
        measure: key of the measure that solves the finding; None if none does.

    """

    decision: Decision
    reason: str
    by_function: str
    day: date
    measure: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many findings there are."""

    open: int
    judged: int
    resolved: int


@dataclass(frozen=True, slots=True)
class FindingSheet:
    """One finding with everything that is known about it.

    Attributes:
        finding: the finding with its topic.
        verdicts: the latest first.
        history: changes of the finding and its verdicts, the latest first.

    """

    finding: Finding
    verdicts: tuple[Verdict, ...]
    history: tuple[Change, ...]


def _judged(actor: Actor, tenant: Tenant) -> QuerySet[Finding]:
    latest = Verdict.objects.filter(finding=OuterRef("pk")).order_by("-day", "-pk")
    found: QuerySet[Finding] = within(actor, May.VIEW, Finding.objects.filter(tenant=tenant))
    judged: QuerySet[Finding] = found.annotate(decision=Subquery(latest.values("decision")[:1]))
    return judged


_COLUMNS = (
    "pk", "kind", "sentence", "topic__name", "weight", "first_seen", "reappeared", "resolved",
    "decision",
)  # fmt: skip


def _line(row: Sequence[Any]) -> FindingLine:
    pk, kind, sentence, topic, weight, first, back, gone, decision = row
    verdict = None if decision is None else Decision.of(decision)
    return FindingLine(
        pk, FindingKind.of(kind), sentence, topic or "", weight, first, back, gone, verdict
    )


def _lines(found: QuerySet[Finding]) -> list[FindingLine]:
    return [_line(row) for row in found.order_by("-weight", "key").values_list(*_COLUMNS)]


def finding_lines(
    actor: Actor, tenant: Tenant, *, state: str = OPEN, kind: str = "", topic: str = ""
) -> list[FindingLine]:
    """List findings, the most weighty first. One query.

    Args:
        actor: who asks.
        tenant: whose findings.
        state: a key of `STATES`.
        kind: only this kind; empty for all.
        topic: only this topic, by key; empty for all.

    """
    found = _judged(actor, tenant).filter(STATES[state])
    if kind:
        found = found.filter(kind=kind)
    if topic:
        found = found.filter(topic__key=topic)
    return _lines(found)


def findings_about(actor: Actor, tenant: Tenant, keys: list[str]) -> dict[str, FindingLine]:
    """Find findings by their stable keys, as far as there are any. One query."""
    wanted = {stored_key(key): key for key in keys}
    rows = _judged(actor, tenant).filter(key__in=wanted).values_list("key", *_COLUMNS)
    return {wanted[key]: _line(row) for key, *row in rows}


def judgements(actor: Actor, tenant: Tenant, *, on: date) -> dict[str, Judgement]:
    """Find the latest verdict on each standing finding up to a day, by stored key. One query."""
    verdicts = Verdict.objects.filter(
        tenant=tenant, finding__resolved__isnull=True, day__lte=on
    ).order_by("finding__key", "day", "pk")
    rows = within(actor, May.VIEW, verdicts).values_list(
        "finding__key", "decision", "reason", "by_function", "day", "measure__key"
    )
    return {key: Judgement(Decision.of(decision), *rest) for key, decision, *rest in rows}


def sentences(actor: Actor, tenant: Tenant, pks: Iterable[int]) -> dict[int, str]:
    """Give the sentences of findings, by number; those that are gone too. One query."""
    found = within(actor, May.VIEW, Finding.objects.filter(tenant=tenant, pk__in=list(pks)))
    return dict(found.values_list("pk", "sentence"))


def evidence_of(actor: Actor, tenant: Tenant, pks: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Say on which records findings rest ("structure:key"), by number. One query."""
    found = within(actor, May.VIEW, Finding.objects.filter(tenant=tenant, pk__in=list(pks)))
    return {pk: tuple(evidence) for pk, evidence in found.values_list("pk", "evidence")}


def findings_with(actor: Actor, tenant: Tenant, record: str) -> list[FindingLine]:
    """List standing findings that rest on a record ("structure:key"). One query."""
    standing = _judged(actor, tenant).filter(resolved__isnull=True).order_by("-weight", "key")
    # In Python, because not every database can look into lists.
    rows = standing.values_list("evidence", *_COLUMNS)
    return [_line(row) for evidence, *row in rows if record in evidence]


def findings_by_record(actor: Actor, tenant: Tenant) -> dict[str, list[FindingLine]]:
    """List standing findings by each record ("structure:key") on which they rest. One query."""
    standing = _judged(actor, tenant).filter(resolved__isnull=True).order_by("-weight", "key")
    found: dict[str, list[FindingLine]] = {}
    for evidence, *row in standing.values_list("evidence", *_COLUMNS):
        line = _line(row)
        for record in dict.fromkeys(evidence):
            found.setdefault(record, []).append(line)
    return found


def counts(actor: Actor, tenant: Tenant) -> Counts:
    """How many findings are open, judged and resolved. One query."""
    found = _judged(actor, tenant).aggregate(
        **{name: Count("pk", filter=STATES[name]) for name in (OPEN, JUDGED, RESOLVED)}
    )
    return Counts(found[OPEN], found[JUDGED], found[RESOLVED])


def last_run(actor: Actor, tenant: Tenant) -> date | None:
    """Day of the latest run of the analyses that saw anything; None if there was none."""
    found = within(actor, May.VIEW, Finding.objects.filter(tenant=tenant))
    last: date | None = found.aggregate(last=Max("last_seen"))["last"]
    return last


def get_finding(actor: Actor, tenant: Tenant, pk: int) -> Finding:
    """Find one finding. One query.

    Raises:
        UnknownFindingError: there is none, or the actor may not see it.

    """
    found = within(actor, May.VIEW, Finding.objects.filter(tenant=tenant, pk=pk))
    finding: Finding | None = found.select_related("topic").first()
    if finding is None:
        raise UnknownFindingError("Diesen Befund gibt es nicht.")
    return finding


def finding_sheet(actor: Actor, finding: Finding) -> FindingSheet:
    """Gather what is known about a finding. Two queries."""
    verdicts = within(actor, May.VIEW, Verdict.objects.filter(finding=finding))
    latest = tuple(verdicts.select_related("measure").order_by("-day", "-pk"))
    subjects = [subject_of(one) for one in (finding, *latest)]
    return FindingSheet(finding, latest, tuple(events_of(finding.tenant_id, subjects)))
