"""Lists as data: columns, rows of cells, order and pages; `{% listing %}` draws them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

T = TypeVar("T")
PAGE_SIZE = 50
ORDER = "ordnung"
PAGE = "seite"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, and `order` as the word in the address that sorts by it ("": never).

    `cut` keeps a row on one line where there is room for a table; the whole text is its title.
    """

    label: str
    order: str = ""
    number: bool = False
    wide: bool = False
    meaning: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is more than text: a link, a state (see `states.look`), a second line.

    `heard` is for ears only: to what a link leads, where many say the same.
    """

    text: str
    url: str = ""
    state: str = ""
    below: str = ""
    heard: str = ""


Row: TypeAlias = Sequence[Cell | str]


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of records; the first cell of each row is its title. Rows come in final order.

    With `ticks` every row begins with a box to tick: its value ("": none for this row) and what is
    heard; `form` names the form that gets the values as "wahl".
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    ticks: Sequence[tuple[str, str]] = ()
    form: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a list is sorted."""

    name: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.name}" if self.descending else self.name


def chosen_order(request: HttpRequest, columns: Sequence[Column], *, default: str) -> Order:
    """Order that the address asks for; the default where it asks for none that exists."""
    asked = request.GET.get(ORDER, "") or default
    name = asked.removeprefix("-")
    if name not in {column.order for column in columns if column.order}:
        return Order(default.removeprefix("-"), default.startswith("-"))
    return Order(name, asked.startswith("-"))


def in_order(items: Sequence[T], order: Order, keys: dict[str, Callable[[T], Any]]) -> list[T]:
    """Items sorted by the key of the order; equal ones keep the order in which they came."""
    return sorted(items, key=keys[order.name], reverse=order.descending)


def chosen_page(
    request: HttpRequest, items: Sequence[T] | QuerySet[Any], *, size: int = PAGE_SIZE
) -> Page[T]:
    """Page of the items that the address asks for; the nearest one where it does not exist.

    Of a query only the rows of the page are read, and all are counted.
    """
    return Paginator(items, size).get_page(request.GET.get(PAGE, "1"))
