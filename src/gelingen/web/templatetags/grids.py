"""Lists and matrices: drawn in Python, because a template tag per cell costs too much time.

Measured for 400 rows of 8 cells: see tests/web/test_components.py, which bounds it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape as plain_escape

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gelingen.web.lists import ORDER, PAGE, Cell, Column, Listing, Order
from gelingen.web.states import look

register = template.Library()


@lru_cache(maxsize=10_000)
def escape(text: str) -> str:
    """Escape as Django does, without its care for lazy texts, which costs half of a list."""
    return plain_escape(text)


def _inner(cell: Cell | str) -> str:
    if isinstance(cell, str):
        return escape(cell)
    inner: str = escape(cell.text)
    if cell.state:
        inner = f'<span class="g-z g-z--{look(cell.state).shape}">{inner}</span>'
    if cell.heard:
        inner += f'<span class="kern-sr-only"> {escape(cell.heard)}</span>'
    if cell.url:
        inner = f'<a href="{escape(cell.url)}">{inner}</a>'
    if cell.below:
        inner += f'<span class="g-unter">{escape(cell.below)}</span>'
    return inner


def _row(cells: Sequence[Cell | str], opened: Sequence[str], tick: str = "") -> str:
    body = "".join(
        f"{start}{_titled(cell) if start[-1] != '>' else ''}{_inner(cell)}</td>"
        for start, cell in zip(opened[1:], cells[1:], strict=True)
    )
    title = _titled(cells[0]) if opened[0][-1] != ">" else ""
    return f"<tr>{tick}{opened[0]}{title}{_inner(cells[0])}</th>{body}</tr>"


def _titled(cell: Cell | str) -> str:
    """End the tag of a cell that may be cut."""
    return f' title="{escape(cell if isinstance(cell, str) else cell.text)}">'


def _opening(column: Column) -> str:
    """Begin a cell; one that may be cut still lacks its title."""
    shape = "g-zahl" if column.number else "g-ganz g-breit" if column.wide else ""
    shape = "g-mittel" if column.cut else shape
    styled = f' class="{shape}"' if shape else ""
    return f'<td data-k="{escape(column.label)}"{styled}' + ("" if column.cut else ">")


def _heading(column: Column) -> str:
    """Begin the cell that names a row."""
    return '<th scope="row" class="g-lang"' if column.cut else '<th scope="row">'


def _tick(value: str, heard: str, form: str) -> str:
    if not value:
        return '<td class="g-hakzelle"></td>'
    return (
        '<td class="g-hakzelle"><input class="g-hak" type="checkbox" name="wahl"'
        f' value="{escape(value)}" form="{form}" aria-label="{escape(heard)} auswählen"></td>'
    )


def _head(column: Column, order: Order | None, asked: QueryDict) -> SafeString:
    label: SafeString = format_html("{}", column.label)
    if column.meaning:
        label = format_html('<abbr title="{}">{}</abbr>', column.meaning, column.label)
    shape = mark_safe(' class="g-zahl"') if column.number else ""
    if not column.order or order is None:
        return format_html('<th scope="col"{}>{}</th>', shape, label)
    current = order.name == column.order
    query = asked.copy()
    query[ORDER] = str(Order(column.order, descending=current and not order.descending))
    query.pop(PAGE, None)
    sorting = ""
    if current:
        way = "descending" if order.descending else "ascending"
        sorting = format_html(' aria-sort="{}"', way)
    return format_html(
        '<th scope="col"{}{}><a href="?{}">{}</a></th>', shape, sorting, query.urlencode(), label
    )


@register.simple_tag(takes_context=True)
def listing(context: Context, of: Listing, *, order: Order | None = None) -> SafeString:
    """Draw a list of records; with `order`, heads are links that sort. Cards on a phone."""
    asked: QueryDict = context["request"].GET
    heads = format_html_join("", "{}", ((_head(column, order, asked),) for column in of.columns))
    if of.ticks:
        heads = format_html('<td class="g-hakzelle"></td>{}', heads)
    opened = [_heading(of.columns[0]), *(_opening(column) for column in of.columns[1:])]
    ticks = [_tick(*one, of.form) for one in of.ticks] or [""] * len(of.rows)
    rows = (_row(row, opened, tick) for row, tick in zip(of.rows, ticks, strict=True))
    body = mark_safe("".join(rows))  # noqa: S308 - escaped by cell
    return format_html(
        '<div class="g-rolle"{}><table class="g-tab g-tab--liste"><caption>{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>",
        "" if order or of.ticks or _leads_on(of) else _reachable(of.caption),
        of.caption,
        heads,
        body,
    )


def _leads_on(of: Listing) -> bool:
    """Tell whether a row has a link: then the keyboard gets into the list and scrolls it."""
    return any(isinstance(cell, Cell) and cell.url for row in of.rows for cell in row)


def _reachable(caption: str) -> SafeString:
    return format_html(' role="group" aria-label="{}" tabindex="0"', caption)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell of two halves: names of states now and at the horizon; equal ones become one.

    `notes` say more about each half, for example how many of several are in that state; `turn`
    tells whether the field opens or closes between the two days.
    """

    now: str
    then: str
    url: str = ""
    current: bool = False
    notes: tuple[str, str] = ("", "")
    turn: str = ""


# A sign and a word for each turn.
TURNS = {"opens": ("+", "öffnet sich"), "closes": ("−", "schließt sich")}


@dataclass(frozen=True, slots=True)
class Matrix:
    """Two axes and what stands where they meet; `rows` are pairs of name and cells.

    `days` is what ears hear before each half.
    """

    caption: str
    corner: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[MatrixCell]]]
    days: tuple[str, str] = ("heute", "am Horizont")


def _half(name: str, spoken: str, extra: str = "", below: str = "") -> SafeString:
    seen = look(name)
    word = "" if name == "no-demand" else seen.word
    silent = f" {seen.word}" if name == "no-demand" else ""
    return format_html(
        '<span class="g-band{} g-m--{}"><span class="kern-sr-only">{}{} </span>'
        '<span class="g-z g-z--{}">{}</span>{}</span>',
        extra,
        seen.shape,
        spoken,
        silent,
        seen.shape,
        word,
        format_html("<small>{}</small>", below) if below else "",
    )


def _turn(name: str) -> SafeString:
    sign, word = TURNS[name]
    return format_html(
        '<span class="g-wende g-wende--{}"><span aria-hidden="true">{}</span> {}</span>',
        name,
        sign,
        word,
    )


def _field(cell: MatrixCell, column: str, target: str, days: tuple[str, str]) -> SafeString:
    if (cell.now, cell.notes[0]) == (cell.then, cell.notes[1]):
        stays = "" if cell.now == "no-demand" else f"{cell.notes[0]} bleibt".strip()
        halves = _half(cell.now, f"{column}, {days[0]}", " g-band--ganz", stays)
    else:
        halves = _half(cell.now, f"{column}, {days[0]}", "", cell.notes[0]) + _half(
            cell.then, days[1], "", cell.notes[1]
        )
    if cell.turn:
        halves += _turn(cell.turn)
    if not cell.url:
        return format_html('<td><span class="g-zelle">{}</span></td>', halves)
    here = mark_safe(' aria-current="true"') if cell.current else ""
    exchange = (
        format_html(
            ' data-hx-get="{}" data-hx-target="{}" data-hx-swap="outerHTML"'
            ' data-hx-push-url="true"',
            cell.url,
            target,
        )
        if target
        else ""
    )
    return format_html(
        '<td><a class="g-zelle" href="{}"{}{}>{}</a></td>', cell.url, here, exchange, halves
    )


@register.simple_tag
def matrix(of: Matrix, *, target: str = "") -> SafeString:
    """Draw a matrix; it scrolls in its own region where the screen is narrow.

    `target` is the part of the page that htmx exchanges when a cell is opened.
    """
    heads = format_html_join("", '<th scope="col">{}</th>', ((name,) for name in of.columns))
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (
                name,
                format_html_join(
                    "",
                    "{}",
                    (
                        (_field(cell, column, target, of.days),)
                        for cell, column in zip(cells, of.columns, strict=True)
                    ),
                ),
            )
            for name, cells in of.rows
        ),
    )
    return format_html(
        '<div class="g-rolle" role="region" aria-label="Matrix" tabindex="0">'
        '<table class="g-matrix"><caption>{}</caption><thead><tr><th scope="col">{}</th>{}</tr>'
        "</thead><tbody>{}</tbody></table></div>",
        of.caption,
        of.corner,
        heads,
        rows,
    )
