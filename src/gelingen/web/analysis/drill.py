"""What stands behind one field of the matrix."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from gelingen.findings.current import Current
from gelingen.findings.keys import gap_key
from gelingen.findings.queries import FindingLine, findings_about
from gelingen.terms.vocabulary import GapType
from gelingen.web.analysis.axes import PARTS
from gelingen.web.analysis.choice import Chosen
from gelingen.web.analysis.fields import Field, Pair
from gelingen.web.analysis.people import Holder, responsible
from gelingen.web.findings.forms import ShortVerdictForm, short_verdict
from gelingen.web.pages import BACK, StaffRequest, address
from gelingen.web.records import Evidence, evidence
from gelingen.web.shell import Link
from gelingen.wording.gaps import gap_sentence, option_sentence

# Fields of a new structure's reach, which may be several, by those of a cell.
_SEVERAL = {"topic": "topics", "target_group": "target_groups", "territory": "territories"}
# What an option is called; in the order in which one should look.
WAYS = {
    "spare": "Freie Plätze nutzen",
    "lead": "Federführung klären",
    "extension": "Finanzierung verlängern",
    "successor": "Nachfolge schaffen",
    "new": "Neue Maßnahme",
}
KINDS = {"strategic": "Steuerung", "operational": "Angebot"}
SHOWN_OPTIONS = 6
WORST = {GapType.STRUCTURAL: 0, GapType.FUNDING_CLIFF: 1, GapType.CAPACITY: 2}


@dataclass(frozen=True, slots=True)
class Way:
    """One option to close a gap."""

    name: str
    sentence: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class CellSheet:
    """One cell of a field.

    Attributes:
        title: what the field does not say of the cell already.
        sentences: what is the case on the first and on the second day, without repetition.
        now, then: types on both days.
        evidence: the records behind it on the first day.
        holders: who is responsible there on the first day, those who lead first.
        ways: what could close it, in order.
        finding: the stored finding about it, if there is one.
        form: asks for a verdict on it; None if there is none or one may not judge.
        steps: what can be entered here, with everything filled in that is known.
        unasked: the way to note that somebody asked, where nobody has.

    """

    title: str
    sentences: tuple[str, ...]
    now: GapType
    then: GapType
    evidence: list[Evidence]
    holders: list[Holder]
    ways: list[Way]
    more_ways: int
    finding: FindingLine | None
    form: ShortVerdictForm | None
    steps: list[Link]
    unasked: str


@dataclass(frozen=True, slots=True)
class FieldSheet:
    """One field of the matrix with its cells, the worst first."""

    title: str
    kicker: str
    on: date
    then: date
    url: str
    back: str
    cells: list[CellSheet]


@dataclass(frozen=True, slots=True)
class Desk:
    """What may be done from here: judge findings, and enter which kinds of records."""

    may_judge: bool
    may_enter: frozenset[str]


def field_sheet(  # noqa: PLR0913  one argument a thing it is made from
    request: StaffRequest,
    known: Current,
    chosen: Chosen,
    halves: tuple[dict[Pair, Field], dict[Pair, Field]],
    desk: Desk,
    *,
    back: str,
) -> FieldSheet:
    """Gather what stands behind the opened field. One query.

    Args:
        request: who asks.
        known: the records.
        chosen: what the address chooses, with the field.
        halves: fields of both days.
        desk: what may be done.
        back: address to which what is done returns.

    """
    none = Field()
    keys = [key for half in halves for key in half.get(chosen.opened, none).cells]
    keys = list(dict.fromkeys(keys))
    about = findings_about(request.user, request.tenant, [gap_key(key) for key in keys])
    cells = [
        _cell_sheet(request, known, chosen, key, about.get(gap_key(key)), desk, back)
        for key in keys
    ]
    order = list(GapType)
    row, column = chosen.opened
    return FieldSheet(
        title=dict(chosen.rows.items).get(row, row),
        kicker=dict(chosen.columns.items).get(column, column),
        on=chosen.on,
        then=chosen.then,
        url=address(request, "cell") + chosen.field_query(chosen.opened),
        back=back,
        cells=sorted(cells, key=lambda one: (WORST.get(one.now, 9), order.index(one.now))),
    )


def _cell_sheet(  # noqa: PLR0913, PLR0917  one argument a thing it is made from
    request: StaffRequest,
    known: Current,
    chosen: Chosen,
    key: str,
    finding: FindingLine | None,
    desk: Desk,
    back: str,
) -> CellSheet:
    explained = [chosen.result(known, at).explain(key) for at in (chosen.on, chosen.then)]
    rows = [one.cell for one in explained]
    names = known.inputs.names
    sentences = [gap_sentence(one.cell, names, one.records) for one in explained]
    ways = _ways(request, known, chosen, rows[0])
    judged = finding is not None and desk.may_judge
    return CellSheet(
        title=_title(known, chosen, rows[0]),
        sentences=tuple(dict.fromkeys(sentences)),
        now=GapType.of(str(rows[0]["type"])),
        then=GapType.of(str(rows[1]["type"])),
        evidence=evidence(request, known, _records(explained[0].records)),
        holders=responsible(request, known, rows[0], on=chosen.on),
        ways=ways[:SHOWN_OPTIONS],
        more_ways=max(len(ways) - SHOWN_OPTIONS, 0),
        finding=finding,
        form=short_verdict(request, finding.pk) if finding and judged else None,
        steps=_steps(request, rows[0], desk, back),
        unasked=_unasked(request, rows[0], desk, back),
    )


def _title(known: Current, chosen: Chosen, cell: Mapping[str, object]) -> str:
    """Name of a cell what the axes leave open, and its kind."""
    said = {PARTS.get(axis.word) for axis in (chosen.rows, chosen.columns)}
    parts = [known.name(str(cell[part])) for part in PARTS.values() if part not in said]
    return ", ".join([*parts, KINDS[str(cell["kind"])]])


def _records(behind: Mapping[str, Sequence[str]]) -> list[str]:
    """Name the records behind a cell, needs first; what only could come later is left out."""
    order = ("need", "structure", "funding", "inquiry")
    shown = [name for name in behind if not name.endswith((":other_time", ":part"))]
    ranked = sorted(shown, key=lambda name: order.index(name.partition(":")[0]))
    return [f"{name.partition(':')[0]}:{key}" for name in ranked for key in behind[name]]


def _ways(
    request: StaffRequest, known: Current, chosen: Chosen, row: Mapping[str, object]
) -> list[Way]:
    horizon = chosen.then if chosen.on < chosen.then else None
    options = known.options(chosen.on, scenario=chosen.scenario, horizon=horizon).frame
    own = options.filter(options["cell"] == row["cell"]).sort("rank")
    return [
        Way(
            WAYS[option["kind"]],
            option_sentence(option, row, known.inputs.names),
            Link(known.name(option["key"]), address(request, "structure", record=option["key"]))
            if option["key"]
            else None,
        )
        for option in own.iter_rows(named=True)
    ]


def _filled(cell: Mapping[str, object], back: str) -> QueryDict:
    """Fill in what the cell says, as the forms of records take it."""
    query = QueryDict(mutable=True)
    query.update(
        {
            "topic": str(cell["topic"]),
            "target_group": str(cell["target_group"]),
            "territory": str(cell["place"]),
            BACK: back,
        }
    )
    return query


def _steps(request: StaffRequest, cell: Mapping[str, object], desk: Desk, back: str) -> list[Link]:
    query = _filled(cell, back)
    steps = []
    if "need" in desk.may_enter:
        query["kind"] = str(cell["kind"])
        url = address(request, "create", kind="need")
        steps.append(Link("Bedarf anlegen", f"{url}?{query.urlencode()}"))
        del query["kind"]
    if "structure" in desk.may_enter:
        asked = urlencode({name: query[one] for one, name in _SEVERAL.items()} | {BACK: back})
        url = f"{address(request, 'new-structure')}?{asked}"
        steps.append(Link("Struktur mit dieser Reichweite anlegen", url))
    return steps


def _unasked(request: StaffRequest, cell: Mapping[str, object], desk: Desk, back: str) -> str:
    """Address at which to note that somebody asked; empty if somebody has, or one may not."""
    if cell["reason"] != "not_asked" or "inquiry" not in desk.may_enter:
        return ""
    return f"{address(request, 'create', kind='inquiry')}?{_filled(cell, back).urlencode()}"
