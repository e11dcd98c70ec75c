"""Rows of the worklist as the page shows them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.http import urlencode

from gelingen.access.policy import May, allowed_in
from gelingen.terms.desk import ChoreKind
from gelingen.terms.spelling import day
from gelingen.web.pages import BACK, StaffRequest, address
from gelingen.web.records import record_url
from gelingen.web.register.extending import proposal
from gelingen.web.today.forms import RowForm, later
from gelingen.workbook.dates import read_span
from gelingen.worklist import Chore, Stage, Worklist

SHOWN = 12
DONE, TOLD = "nach", "gesagt"  # asked for and named in addresses
_ROW = "zeile-"
_ANSWERS = {
    ChoreKind.CONFIRM: "confirm",
    ChoreKind.PROPOSAL: "decide",
    ChoreKind.AGREEMENT: "agree",
}
# What these lead to is said in what they tell.
_TOLD = {
    ChoreKind.BALLOT,
    ChoreKind.SELECTION,
    ChoreKind.STATION,
    ChoreKind.REPLY,
    ChoreKind.PROGRESS,
    ChoreKind.REPORT,
    ChoreKind.SITE,
}


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: what it says, where it leads, what can be done in place.

    Attributes:
        chore: what waits.
        ident: name of the row on the page.
        url: the page that shows it.
        act: which form stands in the row: extend, judge, lead, confirm, decide, agree or "".
        ways: labels and addresses of what is done on another page.
        given: texts for the form, the ones just sent if they were refused.
        wrong: why they were refused.

    """

    chore: Chore
    ident: str
    url: str
    act: str
    ways: tuple[tuple[str, str], ...]
    given: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class StageView:
    """The rows of one stage; `more` is how many are not shown."""

    title: str
    ident: str
    rows: tuple[RowView, ...]
    number: int
    minutes: int
    more: int


def stages(
    request: StaffRequest,
    found: Worklist,
    *,
    all_: bool,
    refused: RowForm | None,
) -> list[StageView]:
    """Put the worklist into stages; of each only the first rows unless all are asked for."""
    views = []
    numbers = {one.row: number for number, one in enumerate(found.chores, start=1)}
    for stage in Stage:
        chores = found.at(stage)
        shown = chores if all_ else chores[:SHOWN]
        if chores:
            rows = tuple(
                row_view(request, one, found, f"{_ROW}{numbers[one.row]}", refused=refused)
                for one in shown
            )
            minutes = sum(one.minutes for one in chores)
            more = len(chores) - len(shown)
            ident = f"stufe-{stage.name.lower()}"
            views.append(StageView(stage.value, ident, rows, len(chores), minutes, more))
    return views


@dataclass(frozen=True, slots=True)
class Told:
    """Where on the page it is told what was done: at the row where it was done.

    Attributes:
        row: name of the row that stands there now.
        after: whether it is told below that row, because it was the last one.
        back: address that leads there again.

    """

    row: str
    after: bool
    back: str


def told_at(request: StaffRequest, views: list[StageView], *, all_: bool) -> Told | None:
    """Find the place of the row that was done; None if none was, or none is left.

    What is done leaves the list, and the next row takes its number.
    """
    done = request.POST.get("naechste") or request.GET.get(DONE) or ""
    named = re.fullmatch(rf"{_ROW}([0-9]{{1,6}})", done)
    shown = [row.ident for stage in views for row in stage.rows]
    if not shown or not named:
        return None
    at = next((one for one in shown if int(one.removeprefix(_ROW)) >= int(named[1])), None)
    asked = urlencode(({"alle": "ja"} if all_ else {}) | {DONE: done})
    back = f"{address(request, 'today')}?{asked}#{TOLD}"
    return Told(at or shown[-1], at is None, back)


def row_view(
    request: StaffRequest, chore: Chore, found: Worklist, ident: str, *, refused: RowForm | None
) -> RowView:
    """Say what a row offers."""
    act, given = _in_place(chore, found.names)
    given |= {"later": day(later(found.on)), "today": day(found.on)}
    wrong = ""
    if refused is not None and refused.data.get("row") == chore.row:
        given |= {name: str(refused.data.get(name)) for name in refused.data}
        wrong = refused.wrong()
    ways = tuple(_ways(request, chore))
    return RowView(chore, ident, _home(request, chore), act, ways, given, wrong)


def _home(request: StaffRequest, chore: Chore) -> str:
    kind, _, key = (chore.home or chore.record).partition(":")
    told = dict(chore.told)
    if chore.kind in _TOLD:
        return _told_home(request, chore.kind, key, told)
    if kind in {"process", "finding", "feedback"}:
        number = {"record": int(key)} if key else {}  # the process is one for all
        return address(request, kind, **number)
    if kind == "action":
        shown = "zu-bestaetigen" if told["confirm"] else "meine"
        return f"{address(request, 'actions')}?stand={shown}#auftrag-{key}"
    if chore.kind is ChoreKind.MINUTES and not chore.home:
        return address(request, "minutes", record=key)
    return record_url(request, kind, key)


def _told_home(request: StaffRequest, kind: ChoreKind, key: str, told: Mapping[str, str]) -> str:
    """Give the page of what is no record with a page of its own, by what is told about it."""
    if kind is ChoreKind.BALLOT:
        return address(request, "ballot", record=told["selection"], body=told["body"])
    if kind is ChoreKind.SELECTION:
        return address(request, told["page"], record=key)
    if kind is ChoreKind.PROGRESS:
        return _progress_home(request, told)
    if kind is ChoreKind.REPORT:
        begun = told["report"]
        return address(request, "year-report" if begun else "new-year-report", **_record(begun))
    if kind is ChoreKind.SITE:
        return address(request, "site-statement")
    return f"{address(request, 'proposal', record=told['proposal'])}#station-{told['station']}"


def _record(key: str) -> dict[str, str]:
    return {"record": key} if key else {}


def _progress_home(request: StaffRequest, told: Mapping[str, str]) -> str:
    """Give the page on which it is asked, reported, or said how a measure goes on."""
    if told["reason"] == "ask":
        return address(request, "ask-round", year=told["year"])
    if told["reason"] == "continue":
        way = address(request, "measure-section", record=told["measure"], part="wirkung")
        return f"{way}?feld=continuation"
    return address(request, "write-report", record=told["measure"], year=told["year"])


def _in_place(chore: Chore, names: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    told = dict(chore.told)
    match chore.kind:
        case ChoreKind.ENDING if chore.record.startswith("funding:"):
            return "extend", {"until": proposal(read_span(told["last"]).after)}
        case ChoreKind.FINDING:
            return "judge", {"by_function": "Integrationsbeauftragte"}
        case ChoreKind.INCOMPLETE if "Federführung" in told["missing"]:
            return "lead", {"lead": names.get(told["lead"], "")}
        case ChoreKind.CONFIRM | ChoreKind.PROPOSAL | ChoreKind.AGREEMENT:
            return _ANSWERS[chore.kind], told
    return "", {}


def _ways(request: StaffRequest, chore: Chore) -> list[tuple[str, str]]:
    kind, _, key = chore.record.partition(":")
    back = {BACK: address(request, "today")}
    may_ask = allowed_in(request.user, May.EDIT_REGISTER, request.tenant)

    def edit(label: str) -> list[tuple[str, str]]:
        if chore.kind is ChoreKind.OVERDUE and kind == "measure":  # its state alone clears it
            way = address(request, "measure-section", record=key, part="umsetzung")
            return [(label, f"{way}?feld=light")]
        here = address(request, "edit", kind=kind, record=key)
        return [(label, f"{here}?{urlencode(back)}")]

    def new(label: str, of: str, **known: str) -> list[tuple[str, str]]:
        return [(label, f"{address(request, 'create', kind=of)}?{urlencode({**known, **back})}")]

    match chore.kind:
        case ChoreKind.ENDING | ChoreKind.OVERDUE | ChoreKind.INCOMPLETE:
            return edit("Ergänzen" if chore.kind is ChoreKind.INCOMPLETE else "Ändern")
        case ChoreKind.NO_GOAL | ChoreKind.NO_MEASURE:
            goal = chore.kind is ChoreKind.NO_GOAL
            given = ("Ziel anlegen", "impact_goal") if goal else ("Maßnahme anlegen", "measure")
            return new(*given, **{"needs" if goal else "goals": key})
        case ChoreKind.CONFIRM:
            whom = urlencode({"traeger": key})
            asked = [("Bestätigen lassen", f"{address(request, 'ask')}?{whom}")] if may_ask else []
            return [*asked, ("Ansehen", f"{address(request, 'structures')}?{whom}")]
        case ChoreKind.SURVEY | ChoreKind.REVIEW:
            remind = chore.kind is ChoreKind.SURVEY
            way = address(request, "survey-remind", record=key) if remind else _home(request, chore)
            return [("Erinnern" if remind else "Sichten", way)]
        case ChoreKind.FINDING:  # is judged in its row
            return []
    return [_onward(request, chore)]


def _onward(request: StaffRequest, chore: Chore) -> tuple[str, str]:
    """Give the way to where it is done."""
    kind, _, key = chore.record.partition(":")
    if kind == "proposal":
        return "Ansehen", f"{address(request, 'proposals')}#{key}"
    way = _home(request, chore)
    if chore.kind in {ChoreKind.SEAT, ChoreKind.TERM}:
        return "Besetzen", f"{way}#sitze"
    if chore.kind is ChoreKind.SITE:
        return "Überprüfen", way
    if chore.kind is ChoreKind.REPORT and not dict(chore.told)["report"]:
        return "Beginnen", way
    approve = chore.kind is ChoreKind.MINUTES and chore.home
    return "Genehmigen" if approve else "Ansehen", way
