"""Show a list of the inventory, and hand out exactly what it shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic
from urllib.parse import quote

from django.core.paginator import Page
from django.http import HttpResponse, QueryDict

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.desk.views import may_share, saved_views
from gelingen.editing import may_create, sheet_of
from gelingen.errors import NotFoundError
from gelingen.findings.current import current
from gelingen.register.lists import changeable
from gelingen.search.matching import Choice, choose
from gelingen.transfer.extracts import extract
from gelingen.web.lists import (
    PAGE,
    Cell,
    Column,
    Listing,
    Order,
    chosen_order,
    chosen_page,
)
from gelingen.web.narrowing import DAY_FORMAT
from gelingen.web.pages import BACK, StaffRequest, address, page
from gelingen.web.records import ways
from gelingen.web.register.lists import (
    cooperation,
    fundings,
    organisations,
    responsibilities,
    structures,
)
from gelingen.web.register.lists.forms import COLUMNS, SOURCE, ListForm, ViewForm
from gelingen.web.register.lists.table import Around, Field, L, Table, chosen_fields, in_order, read
from gelingen.web.workbooks import written_workbook
from gelingen.workbook.folding import fold

PAGE_SIZE = 400
BULK = "sammel"  # the form that gets the ticked rows
TABLES: dict[str, Table[Any]] = {
    module.TABLE.kind: module.TABLE
    for module in (structures, organisations, fundings, responsibilities, cooperation)
}
_LAST = Column("Aktion")


class UnknownListError(NotFoundError):
    """There is no list of this kind of record."""


def table_of(kind: str) -> Table[Any]:
    """Find the list of a kind of record.

    Raises:
        UnknownListError: there is none.

    """
    if kind not in TABLES:
        raise UnknownListError("Diese Liste gibt es nicht.")
    return TABLES[kind]


@dataclass(frozen=True, slots=True)
class Selection(Generic[L]):
    """What the address of a list asks for.

    Attributes:
        form: the filters.
        around: what cells need.
        nothing: whether there is no record at all, whatever the filters.
        found: the lines that fit, in the order asked for.
        order: that order.
        query: the address behind the "?", without what is empty or goes without saying.

    """

    form: ListForm
    around: Around
    nothing: bool
    found: Choice[L]
    order: Order
    query: str


def select(request: StaffRequest, table: Table[L]) -> Selection[L]:
    """Read, narrow and sort the records of a list as its address says."""
    asked = table.form(request, stand=today())
    on = asked.day("stand", today())
    known = current(request.user, request.tenant)
    received = known.inputs.received if table.needs_money else ()

    def reading() -> list[L]:
        return read(table, request.user, request.tenant, asked, received, on=on)

    # Other days are asked for once; they would drive out what is asked for again and again.
    name = f"{table.kind} {on} {bool(asked.text('zeigen'))} {asked.text(SOURCE)}"
    lines = known.keep(name, reading) if on == today() else reading()
    # What a form has once checked it does not check again, so the offers need a fresh one.
    form = table.form(request, stand=today())
    if not received:
        form.fields.pop(SOURCE, None)
    table.offer(form, lines)
    query = _plain_query(request)
    back = f"?{BACK}={quote(f'{request.path}?{query}')}" if query else ""
    around = Around(
        on,
        _with(ways(request, "structure"), back),
        _with(ways(request, "organisation"), back),
        _with(ways(request, "need"), back),
        known.money(on) if table.needs_money else {},
        table.more(request, lines) if table.more else None,
    )
    wanted = [(keep, form.text(name)) for name, keep in table.narrow.items() if form.text(name)]
    left = [line for line in lines if all(keep(line, word, around) for keep, word in wanted)]
    order = chosen_order(request, [one.column for one in table.fields], default="name")
    ordered = in_order(left, table, order, around)
    found = choose(form.text("suche"), ordered, text=table.words, names=table.name)
    return Selection(form, around, not lines, found, order, query)


def _with(way: Callable[[str], str], back: str) -> Callable[[str], str]:
    return (lambda key: f"{way(key)}{back}") if back else way


def _plain_query(request: StaffRequest) -> str:
    """Give what the address asks for, without empty filters and the day of the installation."""
    asked = request.GET.copy()
    for name in {PAGE, *(name for name, value in asked.items() if not value)}:
        asked.pop(name, None)
    if asked.get("stand") == f"{today():{DAY_FORMAT}}":
        del asked["stand"]
    return asked.urlencode()


def show(request: StaffRequest, table: Table[L]) -> HttpResponse:
    """Show a list."""
    chosen = select(request, table)
    leaf = chosen_page(request, chosen.found.items, size=PAGE_SIZE)
    fields = chosen_fields(request, table)
    here = f"{request.path}?{chosen.query}" if chosen.query else request.path
    return page(
        request,
        "register/list.html#liste",
        table=table,
        selection=chosen,
        tabs=table.area.tabs(request, table.page),
        listing=_listing(request, table, chosen, leaf, fields, here),
        order=chosen.order,
        leaf=leaf,
        answer=table.answer(chosen.found.items, chosen.around),
        instead=_instead(chosen),
        here=here,
        **_tools(request, table, chosen, fields),
    )


def _listing(  # noqa: PLR0913, PLR0917 - everything a row consists of
    request: StaffRequest,
    table: Table[L],
    chosen: Selection[L],
    leaf: Page[L],
    fields: Sequence[Field[L]],
    here: str,
) -> Listing:
    """Draw up the rows: the chosen columns, a box to tick and a way to change the record."""
    lines = list(leaf)
    may = _changeable(request, table, [line.key for line in lines])
    start = address(request, "edit", kind=table.kind, record="x").removesuffix("x/aendern/")
    back = f"?{BACK}={quote(here)}"
    rows = [[one.cell(line, chosen.around) for one in fields] for line in lines]
    columns = [one.column for one in fields]
    caption = f"{table.many}, Stand am {chosen.around.on:{DAY_FORMAT}}"
    if not may:
        return Listing(caption, columns, rows)
    named = [(line, table.name(line)) for line in lines]
    for row, (line, name) in zip(rows, named, strict=True):
        url = f"{start}{quote(line.key)}/aendern/{back}"
        row.append(Cell("Ändern", url=url, heard=name) if line.key in may else "")
    ticks = [(line.key if line.key in may else "", name) for line, name in named]
    return Listing(caption, [*columns, _LAST], rows, ticks, BULK)


def _changeable(request: StaffRequest, table: Table[L], keys: Sequence[str]) -> set[str]:
    if table.changeable:
        return table.changeable(request.user, request.tenant, keys)
    return changeable(request.user, request.tenant, table.kind, keys)


def way(request: StaffRequest, table: Table[Any], name: str, **values: object) -> str:
    """Address of what every list has: its views, its bulk changes, its workbook."""
    if table.area.prefix:
        return address(request, f"{table.area.prefix}{name}", **values)
    return address(request, name, kind=table.kind, **values)


def _tools(
    request: StaffRequest, table: Table[L], chosen: Selection[L], fields: Sequence[Field[L]]
) -> dict[str, object]:
    """Gather what stands above a list: columns, views, export, a new record."""
    shown = {one.name for one in fields}
    kept = QueryDict(chosen.query, mutable=True)
    kept.pop(COLUMNS, None)
    plain = kept.urlencode()
    return {
        "columns": [(one.name, one.column.label, one.name in shown) for one in table.fields[1:]],
        "kept": list(kept.items()),
        "standard": f"{request.path}?{plain}" if plain else request.path,
        "ways": {
            "views": way(request, table, "views"),
            "file": way(request, table, "list-workbook"),
            "bulk": way(request, table, "bulk") if table.deeds else "",
        },
        "views": saved_views(request.user, request.tenant, page=table.kind),
        "view_form": ViewForm(may_share=may_share(request.user, request.tenant)),
        "may_create": may_create(request.user, request.tenant, sheet_of(table.kind)),
        "may_export": allowed_in(request.user, May.EXCHANGE, request.tenant),
    }


def _instead(chosen: Selection[L]) -> str:
    """Give the address that searches for what might be meant; empty if there is no proposal."""
    if not chosen.found.proposal:
        return ""
    asked = QueryDict(chosen.query, mutable=True)
    asked["suche"] = chosen.found.proposal
    return f"?{asked.urlencode()}"


def hand_out(request: StaffRequest, table: Table[L]) -> HttpResponse:
    """Hand out the records of a list, those of all its pages, as a workbook."""
    keys = [line.key for line in select(request, table).found.items]
    name = fold(f"{request.tenant.name} {table.many}").replace(" ", "-")
    return written_workbook(
        lambda path: extract(
            request.user, path, tenant=request.tenant, sheet=sheet_of(table.kind), keys=keys
        ),
        f"{name}-{today():%Y-%m-%d}.xlsx",
    )
