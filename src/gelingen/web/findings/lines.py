"""Rows of the list of findings: one below the other, or gathered by cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from gelingen.findings.current import Current
from gelingen.findings.queries import FindingLine, evidence_of
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import FindingKind
from gelingen.web.findings.causes import Group, by_cause
from gelingen.web.pages import BACK, StaffRequest, address
from gelingen.web.records import record_url
from gelingen.web.shell import Link

# Kinds of findings that say that something ends.
_ENDING = (FindingKind.CLIFF,)
_CAUSES = ("structure", "organisation")


@dataclass(frozen=True, slots=True)
class Line:
    """One finding of the list.

    Attributes:
        finding: the finding.
        since: since when it stands.
        url: address of its page, which takes the verdict.
        solve: address at which it is made into a measure.
        following: number of the finding that takes its place when it leaves; 0 if none does.

    """

    finding: FindingLine
    since: str
    url: str
    solve: str
    following: int


@dataclass(frozen=True, slots=True)
class Section:
    """Findings with one cause; `cause` is None where they have none in common."""

    title: str
    cause: Link | None
    lines: list[Line]


def one_list(request: StaffRequest, found: Sequence[FindingLine]) -> list[Section]:
    """Give findings as one section, in their order."""
    return [Section("", None, _lines(request, found))]


def sections_by_cause(
    request: StaffRequest, known: Current, found: Sequence[FindingLine]
) -> list[Section]:
    """Gather findings by cause. One query."""
    evidence = evidence_of(request.user, request.tenant, [one.pk for one in found])
    homes = dict(known.inputs.served.tranches.frame.select("funding", "structure").rows())
    records = {pk: _causes(behind, homes) for pk, behind in evidence.items()}
    ending = frozenset(
        records[one.pk][0] for one in found if one.kind in _ENDING and records.get(one.pk)
    )
    lines = {one.pk: one for one in found}
    groups = by_cause([one.pk for one in found], records, ending)
    return [_section(request, known, group, lines, ends=group.cause in ending) for group in groups]


def _causes(evidence: Sequence[str], homes: dict[str, str]) -> list[str]:
    """Name what can be the cause: structures, organisations, and for money its structure."""
    found = []
    for record in evidence:
        kind, _, key = record.partition(":")
        if kind == "funding" and key in homes:
            found.append(f"structure:{homes[key]}")
        elif kind in _CAUSES:
            found.append(record)
    return list(dict.fromkeys(found))


def _section(
    request: StaffRequest,
    known: Current,
    group: Group,
    lines: dict[int, FindingLine],
    *,
    ends: bool,
) -> Section:
    kind, _, key = group.cause.partition(":")
    own = _lines(request, [lines[pk] for pk in group.findings])
    count = "1 Befund" if len(own) == 1 else f"{len(own)} Befunde"
    if not group.cause:
        return Section(f"Ohne gemeinsame Ursache: {count}", None, own)
    link = Link(known.name(key), record_url(request, kind, key))
    return Section(f"endet oder verliert Geld: {count}" if ends else count, link, own)


def _lines(request: StaffRequest, found: Sequence[FindingLine]) -> list[Line]:
    """Give lines; where one is judged and leaves, the next takes its place."""
    base, back = address(request, "findings"), urlencode({BACK: request.get_full_path()})
    following = [*(one.pk for one in found[1:]), *(one.pk for one in found[-2:-1]), 0]
    return [
        Line(one, _since(one), f"{base}{one.pk}/", f"{base}{one.pk}/massnahme/?{back}", after)
        for one, after in zip(found, following, strict=False)
    ]


def _since(one: FindingLine) -> str:
    since = f"wieder seit {day(one.reappeared)}" if one.reappeared else day(one.first_seen)
    return f"{since}, bis {day(one.resolved)}" if one.resolved else since
