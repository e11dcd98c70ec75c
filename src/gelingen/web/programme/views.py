"""The list of selections, a new one, and one of them while it is prepared."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in, require
from gelingen.boards.queries import bodies
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.programme.preparing import close_scoring, missing, new_selection, open_scoring
from gelingen.programme.queries import Whole, get_selection, whole
from gelingen.programme.watching import SelectionLine, selection_lines
from gelingen.terms.programme import SelectionState
from gelingen.terms.spelling import day, period
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff
from gelingen.web.programme.forms import BothVersions, SelectionForm, new_values
from gelingen.web.programme.tabs import parts
from gelingen.web.shell import Link
from gelingen.wording.selection import say_amount
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.programme.models import Candidate, Selection

COLUMNS = (
    Column("Auswahl", cut=True),
    Column("Jahr", number=True),
    Column("Stand"),
    Column("Wählt aus", cut=True),
    Column("Zur Wahl", number=True),
    Column("Bewertungen"),
    Column("Entschieden am"),
)


@staff
def selections(request: StaffRequest) -> HttpResponse:
    """List the selections, the latest year first."""
    lines = selection_lines(request.user, request.tenant)
    return page(
        request,
        "programme/selections.html",
        listing=Listing("Jahresauswahlen", COLUMNS, [_row(request, one) for one in lines]),
        answer=_answer(lines),
        may_edit=allowed_in(request.user, May.CHOOSE, request.tenant),
    )


def _answer(lines: list[SelectionLine]) -> str:
    if not lines:
        return ""
    open_ = sum(one.selection.state == SelectionState.SCORING for one in lines)
    said = counted(len(lines), "Auswahl", "Auswahlen")
    return f"{said}, {open_ or 'keine'} davon in der Bewertung."


def _row(request: StaffRequest, line: SelectionLine) -> Row:
    one = line.selection
    return (
        Cell(one.title, url=address(request, "selection", record=one.key)),
        str(one.year),
        one.get_state_display(),
        Cell(one.body.name, url=address(request, "body", record=one.body.key)) if one.body else "–",
        str(line.candidates or "–"),
        f"{line.sent} von {line.groups}" if line.groups else "–",
        day(one.decided) if one.decided else "–",
    )


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Begin the selection of a year."""
    require(request.user, May.CHOOSE, request.tenant)
    year = (today() + timedelta(days=366)).year
    edited = BothVersions(request, new_values(year), stand="", at=lambda _: None)
    form = SelectionForm(
        edited.data,
        initial=edited.initial(several=("groups",)),
        bodies=bodies(request.user, request.tenant),
    )
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            made = new_selection(
                actor=request.user, tenant=request.tenant, given=form.given(), batch=batch
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            return done(request, f"Angelegt: {made}.", to="selection", undo=batch, record=made.key)
    return page(
        request, "programme/form.html", form=form, draft=edited.draft, title="Neue Jahresauswahl",
        answer="Die Kriterien der letzten Auswahl werden übernommen.",
        back=address(request, "selections"),
    )  # fmt: skip


@staff
def selection(request: StaffRequest, record: str) -> HttpResponse:
    """Show one selection: what stands for choice, by what it is scored, within which limits."""
    return _shown(request, get_selection(request.user, request.tenant, record))


def _shown(request: StaffRequest, found: "Selection", *, wrong: str = "") -> HttpResponse:
    seen = whole(request.user, found)
    preparing = found.state == SelectionState.PREPARING
    answer = page(
        request,
        "programme/selection.html",
        selection=found,
        seen=seen,
        parts=parts(request, found, "selection"),
        answer=_state(found),
        missing=_missing(request, found) if seen.leads and preparing else [],
        listing=_candidates(request, seen),
        sums=_sums(seen),
        facts=_facts(seen),
        may_edit=seen.leads and found.state != SelectionState.DECIDED,
        may_open=seen.leads and preparing,
        may_close=seen.leads and found.state == SelectionState.SCORING,
        wrong=wrong,
    )
    if wrong:
        answer.status_code = 422
    return answer


def _state(found: "Selection") -> str:
    who = f" Es wählt aus: {found.body}." if found.body else ""
    state = found.get_state_display()
    return f"{found.year}, {state}.{who}"


def _missing(request: StaffRequest, found: "Selection") -> list[tuple[str, Link]]:
    """Give each thing that is missing, and the way to where it is done."""
    ways = {
        "Kriterium": ("selection-criteria", "Kriterien"),
        "Maßnahmen": ("selection-pick", "Maßnahmen zur Wahl stellen"),
        "Gruppen": ("selection-facts", "Gruppen nennen"),
        "Grenze": ("selection-limits", "Grenzen"),
    }
    return [
        (
            one,
            next(
                Link(label, address(request, name, record=found.key))
                for word, (name, label) in ways.items()
                if word in one
            ),
        )
        for one in missing(found)
    ]


def _facts(seen: Whole) -> list[tuple[str, object]]:
    found = seen.selection
    scoring = period(found.starts, found.ends) if found.starts or found.ends else ""
    return [
        ("Jahr", found.year),
        ("Wählt aus", str(found.body or "")),
        ("Bewertende Gruppen", ", ".join(name for _, _, name in seen.groups)),
        ("Es bewertet", found.get_voting_display()),
        ("Bewertung", scoring),
        ("Andere sieht man", found.get_showing_display()),
        ("Gruppen vergeben", found.get_basis_display()),
        ("Es zählt", found.get_middle_display()),
        ("Entschieden am", day(found.decided) if found.decided else ""),
    ]


def _candidates(request: StaffRequest, seen: Whole) -> Listing:
    columns = (
        Column("Maßnahme", cut=True),
        Column("Themenfeld", cut=True),
        *(Column(str(one), number=True) for one in seen.limits),
        Column("Gesetzt"),
        Column("Nur zusammen mit", wide=True),
        Column("Nicht zusammen mit", wide=True),
        *((Column("Aktion"),) if _edits(seen) else ()),
    )
    return Listing(
        "Maßnahmen zur Wahl", columns, [_line(request, seen, x) for x in seen.candidates]
    )


def _edits(seen: Whole) -> bool:
    return seen.leads and seen.selection.state != SelectionState.DECIDED


def _line(request: StaffRequest, seen: Whole, one: "Candidate") -> Row:
    names = {each.key: str(each.measure) for each in seen.candidates}
    needs, excludes = seen.links[one.key]
    cells: list[Cell | str] = [
        Cell(one.measure.title, url=address(request, "measure", record=one.measure.key)),
        str(one.measure.topic),
        *(
            say_amount(limit.resource, Fraction(one.amounts[limit.key]))
            if limit.key in one.amounts
            else "–"
            for limit in seen.limits
        ),
        f"ja: {one.duty_reason}" if one.duty else "–",
        ", ".join(sorted(names[key] for key in needs if key in names)) or "–",
        ", ".join(sorted(names[key] for key in excludes if key in names)) or "–",
    ]
    if _edits(seen):
        change = address(
            request, "selection-candidate", record=seen.selection.key, candidate=one.key
        )
        cells.append(Cell("Ändern", url=change, heard=one.measure.title))
    return cells


def _sums(seen: Whole) -> list[tuple[str, str, str]]:
    """Say for each limit how much there is, and how much all candidates together would take."""
    return [
        (
            str(limit),
            say_amount(limit.resource, Fraction(limit.amount)),
            say_amount(
                limit.resource,
                sum((Fraction(x.amounts.get(limit.key) or 0) for x in seen.candidates), Fraction()),
            ),
        )
        for limit in seen.limits
    ]


# How far it is


@staff
@require_POST
def open_(request: StaffRequest, record: str) -> HttpResponse:
    """Let the groups score."""
    return _step(request, record, open_scoring, "Die Bewertung ist eröffnet.")


@staff
@require_POST
def close(request: StaffRequest, record: str) -> HttpResponse:
    """End the scoring."""
    return _step(request, record, close_scoring, "Die Bewertung ist abgeschlossen.")


def _step(
    request: StaffRequest, record: str, command: Callable[..., None], said: str
) -> HttpResponse:
    found = get_selection(request.user, request.tenant, record)
    batch = new_batch()
    try:
        command(actor=request.user, selection=found, batch=batch)
    except REFUSALS as error:
        return _shown(
            request,
            get_selection(request.user, request.tenant, record),
            wrong=sentence_of(error),
        )
    return done(request, said, to="selection", undo=batch, record=record)
