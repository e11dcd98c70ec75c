"""The responsibility matrix, and what stands behind one of its cells."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gelingen.access.policy import May, ever_allowed
from gelingen.config.day import today
from gelingen.editing import offers, sheet_of
from gelingen.findings.current import current
from gelingen.register.agreements import open_agreements
from gelingen.register.queries import responsibilities_in_words
from gelingen.terms.spelling import day
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.pictures.arranging import arrange_form
from gelingen.web.pictures.cases import (
    AXES,
    NAMES,
    STATES,
    Case,
    cases_on,
    level_names,
    on_axis,
    urgency,
    worst,
)
from gelingen.web.pictures.forms import MatrixForm, Offers
from gelingen.web.register.tabs import tabs

if TYPE_CHECKING:
    from django.forms import BaseForm

MUNICIPALITY = 8  # digits of a municipality's official key
SHOWN = 2
Grid = dict[tuple[str, str], list[Case]]
# Patterns of the cells; "led" is plain, so that what is not settled stands out.
_LOOKS = {"several": "mehrfach", "none": "luecke", "wider": "weiter", "led": "klar"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address chooses."""

    form: MatrixForm
    on: date
    rows: str
    columns: str
    topic: str

    def query(self, **more: str) -> str:
        """Write the choice as the end of an address."""
        chosen = {"zeilen": self.rows, "spalten": self.columns, "stand": day(self.on)}
        given = {**chosen, "thema": self.topic, **more}
        return "?" + urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Opened:
    """One opened cell: its cases, and a form for `case`, the one that is to be settled."""

    title: str
    kicker: str
    cases: list[Case]
    case: Case | None
    form: "BaseForm | None"
    url: str


def _choose(request: StaffRequest, offered: dict[str, Offers]) -> Chosen:
    form = MatrixForm(request, stand=today(), zeilen="thema", spalten="ebene")
    form.offer("thema", offered["topic"])
    return Chosen(
        form=form,
        on=form.day("stand", today()),
        rows=form.text("zeilen"),
        columns=form.text("spalten"),
        topic=form.text("thema"),
    )


@staff
def leading(request: StaffRequest) -> HttpResponse:
    """Show who leads what: tasks or topics by level, unit or territory, as of a day."""
    known = current(request.user, request.tenant)
    offered = offers(request.user, request.tenant, sheet_of("responsibility"))
    chosen = _choose(request, offered)
    found = cases_on(known, responsibilities_in_words(request.user, request.tenant), on=chosen.on)
    shown = [case for case in found if chosen.topic in ("", case.keys[1])]
    grid = _grid(shown, chosen)
    rows, columns = _axes(request, chosen, offered, grid)
    return page(
        request,
        "pictures/leading.html",
        filters=chosen.form,
        tabs=tabs(request, "leading"),
        answer=_answer(shown, chosen),
        matrix=_drawn(chosen, grid, rows, columns, _asked(request)),
        looks=[(word, _LOOKS[name]) for name, word in STATES.items()],
        twin=[(case, _way(case, chosen)) for case in sorted(shown, key=urgency)],
        opened=_opened(request, chosen, offered, grid),
        close=address(request, "leading") + chosen.query(),
        agreements=open_agreements(request.user, request.tenant),
        empty=not found,
        on=chosen.on,
    )


def _asked(request: StaffRequest) -> tuple[str, str]:
    return request.GET.get("zeile", ""), request.GET.get("spalte", "")


def _grid(cases: list[Case], chosen: Chosen) -> Grid:
    """Sort cases into the cells of the matrix; a case stands in every column it has to do with."""
    grid: Grid = {}
    for case in cases:
        pairs = {(on_axis(row, chosen.rows), on_axis(row, chosen.columns)) for row in case.rows}
        for pair in sorted(pairs):
            grid.setdefault(pair, []).append(case)
    for found in grid.values():
        found.sort(key=urgency)
    return grid


def _axes(
    request: StaffRequest, chosen: Chosen, offered: dict[str, Offers], grid: Grid
) -> tuple[Offers, Offers]:
    """Rows in the order of the plan; of units and territories those that occur, and all levels."""
    used = {column for _, column in grid}
    rows = offered[AXES[chosen.rows]]
    if chosen.topic:
        held = {row for row, _ in grid} | {chosen.topic}
        rows = [one for one in rows if one[0] in held]
    if chosen.columns == "ebene":
        return rows, [one for one in level_names() if one[0] in used or one[0] != "ohne"]
    own = request.tenant.key
    return rows, [
        (key, name)
        for key, name in offered[AXES[chosen.columns]]
        if key in used
        or (chosen.columns == "gebiet" and len(key) == MUNICIPALITY and key.startswith(own))
    ]


def _answer(cases: list[Case], chosen: Chosen) -> str:
    count = {name: sum(case.state == name for case in cases) for name in STATES}
    return (
        f"{len(cases)} Zuständigkeiten nach Aufgabe, Zielgruppe und Gebiet am {day(chosen.on)}: "
        f"{count['several']} mit mehreren Federführungen, {count['none']} ohne Federführung."
    )


def _drawn(
    chosen: Chosen, grid: Grid, rows: Offers, columns: Offers, asked: tuple[str, str]
) -> SafeString:
    """Draw the matrix; every cell is a link that opens it beside the matrix."""
    base = escape(chosen.query())
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for _, name in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(
            _cell(
                f"{base}&amp;{escape(urlencode({'zeile': key, 'spalte': column}))}#lade",
                grid.get((key, column), []),
                chosen,
                column,
                here=(key, column) == asked,
            )
            for column, _ in columns
        )
        + "</tr>"
        for key, name in rows
    )
    corner = "Aufgabe" if chosen.rows == "aufgabe" else "Themenfeld"
    # Every word is escaped above and in `_cell`.
    return mark_safe(  # noqa: S308
        '<div class="g-rolle" role="region" aria-label="Matrix der Zuständigkeiten" tabindex="0">'
        f'<table class="g-matrix g-fmatrix"><caption>Zuständigkeiten am {day(chosen.on)}</caption>'
        f'<thead><tr><th scope="col">{corner}</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _way(case: Case, chosen: Chosen) -> str:
    """Address that opens a case beside the matrix."""
    first = case.rows[0]
    row, column = on_axis(first, chosen.rows), on_axis(first, chosen.columns)
    return f"{chosen.query(zeile=row, spalte=column, fall='|'.join(case.keys))}#lade"


def _cell(url: str, cases: list[Case], chosen: Chosen, column: str, *, here: bool) -> str:
    current_ = ' aria-current="true"' if here else ""
    if not cases:
        silent = '<span class="kern-sr-only">nichts eingetragen, Federführung vereinbaren</span>'
        return f'<td><a class="g-fz g-fz--leer" href="{url}"{current_}>{silent}</a></td>'
    state = worst(cases)
    of = sum(case.state == state for case in cases)
    count = f" {of} von {len(cases)}" if len(cases) > 1 else ""
    word = "" if state == "led" else f"<strong>{STATES[state]}{count}</strong>"
    return (
        f'<td><a class="g-fz g-fz--{_LOOKS[state]}" href="{url}"{current_}>{word}'
        f"{_who(cases, chosen, column)}</a></td>"
    )


def _who(cases: list[Case], chosen: Chosen, column: str) -> str:
    """Say who leads and who takes part, as far as there is room."""
    rows = [row for case in cases for row in case.rows if on_axis(row, chosen.columns) == column]
    if chosen.columns == "stelle":
        words = dict.fromkeys(row.get_kind_display() for row in rows)
        return f"<span>{escape(', '.join(words))}</span>"
    leads = list(dict.fromkeys(row.organisation.name for row in rows if row.kind == "lead"))
    parts = list(dict.fromkeys(row.organisation.name for row in rows if row.kind != "lead"))
    said = "".join(f"<span>{escape(name)}</span>" for name in leads[:SHOWN])
    more = len(leads) - SHOWN
    said += f"<small>und {more} weitere</small>" if more > 0 else ""
    beside = [name for name in parts if name not in leads]
    room = ", ".join(beside[:SHOWN]) + (" …" if len(beside) > SHOWN else "")
    return said + (f"<small>außerdem: {escape(room)}</small>" if beside else "")


def _opened(
    request: StaffRequest, chosen: Chosen, offered: dict[str, Offers], grid: Grid
) -> Opened | None:
    row, column = _asked(request)
    names = (dict(offered[AXES[chosen.rows]]), _column_names(chosen, offered))
    if row not in names[0] or column not in names[1]:
        return None
    cases = grid.get((row, column), [])
    wanted = tuple(request.GET.get("fall", "").split("|"))
    case = next((one for one in cases if one.keys == wanted), cases[0] if cases else None)
    form = None
    if ever_allowed(request.user, May.EDIT_REGISTER, request.tenant):
        initial = _begins(chosen, case, row, column)
        form = arrange_form(None, offered, case, initial | {"starts": day(chosen.on)})
    url = chosen.query(zeile=row, spalte=column)
    return Opened(names[0][row], names[1][column], cases, case, form, url)


def _begins(chosen: Chosen, case: Case | None, row: str, column: str) -> dict[str, object]:
    """Begin the form with the case, or in an empty cell with what its axes say."""
    if case:
        return dict(zip(NAMES, case.keys, strict=True))
    given = {"topic": chosen.topic, AXES[chosen.columns]: column, AXES[chosen.rows]: row}
    return {**given, "lead": column if chosen.columns == "stelle" else ""}


def _column_names(chosen: Chosen, offered: dict[str, Offers]) -> dict[str, str]:
    if chosen.columns == "ebene":
        return dict(level_names())
    return dict(offered[AXES[chosen.columns]])
