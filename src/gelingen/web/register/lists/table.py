"""A list of the inventory as data: its columns, filters and words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from django.http import HttpRequest

from gelingen.access.models import Tenant, User
from gelingen.findings.current import Money
from gelingen.register.received import Received
from gelingen.terms.spelling import day, last_day, number
from gelingen.terms.vocabulary import EndKind, Level
from gelingen.web.lists import Cell, Column, Order
from gelingen.web.pages import StaffRequest
from gelingen.web.register.lists.forms import COLUMNS, ONLY, SOURCE, ListForm
from gelingen.web.register.tabs import tabs
from gelingen.web.shell import Link
from gelingen.workbook.folding import fold

# Short words where a column is narrow; the long ones stand in the filter and on the sheet.
SHORT_LEVELS = {
    **dict(Level.choices()),
    Level.COUNTY.value: "Kreis",
    Level.NEIGHBOURHOOD.value: "Ortsteil",
}
LEVELS = {level.value: position for position, level in enumerate(Level)}


class Line(Protocol):
    """One record of a list."""

    @property
    def key(self) -> str:
        """Key of the record."""
        ...


L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True)
class Around:
    """What cells tell besides their line.

    Attributes:
        on: the day as of which is told.
        structure: address of a structure by its key.
        organisation: address of an organisation by its key.
        need: address of a need by its key.
        money: how each structure is paid on the day, by key.
        more: what the cells of this list alone need; see `Table.more`.

    """

    on: date
    structure: Callable[[str], str]
    organisation: Callable[[str], str]
    need: Callable[[str], str]
    money: Mapping[str, Money] = field(default_factory=dict)
    more: object = None


@dataclass(frozen=True, slots=True)
class Field(Generic[L]):
    """One column: how it is named in the address, what it shows, by what it sorts.

    Lines without a sort value (None) come last whatever the order.
    """

    name: str
    column: Column
    cell: Callable[[L, Around], Cell | str]
    value: Callable[[L, Around], Any] | None = None
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Area:
    """Where a list belongs.

    Attributes:
        label: name of the area.
        page: name of its first page in the address table.
        tabs: its pages; gets the name of the one on the screen.
        prefix: what the names of the pages of its lists begin with, which then name no kind.

    """

    label: str
    page: str
    tabs: Callable[[StaffRequest, str], list[Link]]
    prefix: str = ""


INVENTORY = Area("Bestand", "structures", tabs)


@dataclass(frozen=True, slots=True)
class Table(Generic[L]):
    """One list.

    Attributes:
        kind: name of the workbook's sheet of these records.
        page: name of the list in the address table.
        one: German name of a record, with its article in the fourth case ("eine Struktur").
        many: German name of several.
        create: words of the button that enters a new one.
        fields: columns, the one that names a record first.
        form: the filters.
        lines: reads the records.
        narrow: by name of a filter, which lines stay.
        words: everything of a line in which is searched.
        name: what a line is called.
        offer: fills the filters that depend on the records.
        answer: the sentence above the list.
        received: makes lines of what other tenants show, if the list can hold such records.
        deeds: what can be done with several at once: names of `register.bulk.Deed`, and buttons.
        area: where the list belongs.
        changeable: which of several records the actor may change, if not the register knows it.
        more: works out what the cells need beside their line, from the address and all lines.
        tools: template with more tools above the list.
        below: template with what is to be known of the cells, below the list.

    """

    kind: str
    page: str
    one: str
    many: str
    create: str
    fields: tuple[Field[L], ...]
    form: type[ListForm]
    lines: Callable[..., list[L]]
    narrow: Mapping[str, Callable[[L, str, Around], bool]]
    words: Callable[[L], str]
    name: Callable[[L], str]
    offer: Callable[[ListForm, Sequence[L]], None]
    answer: Callable[[Sequence[L], Around], str]
    deeds: tuple[tuple[str, str], ...]
    needs_money: bool = False
    received: Callable[..., list[L]] | None = None
    area: Area = INVENTORY
    changeable: Callable[[User, Tenant, Sequence[str]], set[str]] | None = None
    more: Callable[[HttpRequest, Sequence[L]], object] | None = None
    tools: str = ""
    below: str = ""


def read(  # noqa: PLR0913 - one argument a thing it depends on
    table: Table[L],
    actor: User,
    tenant: Tenant,
    form: ListForm,
    received: Sequence[Received],
    *,
    on: date,
) -> list[L]:
    """Read the records of a list; those that are over or to come only if the address says so.

    What other tenants show is among them only if the address asks for it.
    """
    every, wanted = bool(form.text("zeigen")), form.text(SOURCE) if received else ""
    own = [] if wanted == ONLY else table.lines(actor, tenant, on=on, every=every)
    if not wanted or table.received is None:
        return own
    return own + table.received(received, on=on, every=every)


def in_order(lines: Sequence[L], table: Table[L], order: Order, around: Around) -> list[L]:
    """Sort lines; equal ones by name, those without a value last."""
    by_name = sorted(lines, key=lambda line: (fold(table.name(line)), line.key))
    value = next(one.value for one in table.fields if one.name == order.name)
    if value is None:
        return by_name
    valued = [(value(line, around), line) for line in by_name]
    known = [(given, line) for given, line in valued if given is not None]
    known.sort(key=lambda pair: pair[0], reverse=order.descending)
    return [line for _, line in known] + [line for given, line in valued if given is None]


def chosen_fields(request: HttpRequest, table: Table[L]) -> list[Field[L]]:
    """Columns that the address asks for, in the order of the list; the standard ones without.

    The column that names a record is always there.
    """
    asked = {name for given in request.GET.getlist(COLUMNS) for name in given.split(",")}
    known = {one.name for one in table.fields}
    if not asked & known:
        mixed = bool(request.GET.get(SOURCE))
        return [one for one in table.fields if one.shown or (mixed and one.name == SOURCE)]
    first, *rest = table.fields
    return [first, *(one for one in rest if one.name in asked)]


def end_value(ends: date | None, kind: str) -> date | None:
    """Sort what never ends behind every day, and what is not known last."""
    if ends is None and kind in (EndKind.UNLIMITED, EndKind.FURTHER_NOTICE):
        return date.max
    return ends


def day_cell(value: date | None) -> str:
    """Write a day; a dash if it is not known."""
    return day(value) if value else "–"


def last_cell(ends: date | None) -> str:
    """Write the last day of a period; a dash if it is open or not known."""
    return day(last_day(ends)) if ends else "–"


def amount_cell(value: float | None, digits: int = 0) -> str:
    """Write a number; a dash if it is not known."""
    return "–" if value is None else number(value, digits)


def is_over(ends: date | None, on: date) -> bool:
    """Whether something with this end has ended by a day."""
    return ends is not None and ends <= on


def pairs(found: Sequence[tuple[str | None, str | None]]) -> list[tuple[str, str]]:
    """Give each key and name once, by name, as a filter offers them."""
    known = {key: name for key, name in found if key and name}
    return sorted(known.items(), key=lambda pair: (fold(pair[1]), pair[0]))
