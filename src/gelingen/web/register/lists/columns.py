"""Kinds of columns that several lists have: words, choices, days, amounts, the key."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from gelingen.web.lists import Cell, Column
from gelingen.web.register.lists.table import (
    LEVELS,
    SHORT_LEVELS,
    Around,
    Field,
    L,
    amount_cell,
    day_cell,
    is_over,
    last_cell,
)
from gelingen.web.states import ENTRY
from gelingen.workbook.folding import fold

KEY: Field[Any] = Field(
    "kennung",
    Column("Kennung", order="kennung"),
    lambda line, _: line.key,
    lambda line, _: line.key,
    shown=False,
)


def words(  # noqa: PLR0913  as many as a column has sides
    name: str,
    head: str,
    value: Callable[[L], str | None],
    *,
    none: str = "–",
    link: Callable[[L, Around], str] | None = None,
    cut: bool = True,
    shown: bool = True,
) -> Field[L]:
    """Show words, sorted as people look them up; `none` where nothing is known."""

    def cell(line: L, around: Around) -> Cell | str:
        text = value(line) or none
        return Cell(text, url=link(line, around)) if link else text

    def folded(line: L, _: Around) -> str | None:
        text = value(line)
        return fold(text) if text else None

    return Field(name, Column(head, order=name, cut=cut), cell, folded, shown=shown)


def choice(  # noqa: PLR0913  as many as a column has sides
    name: str,
    head: str,
    names: Mapping[str, str],
    value: Callable[[L], str | None],
    *,
    ranks: Mapping[str, int] | None = None,
    cut: bool = False,
    shown: bool = True,
) -> Field[L]:
    """Show the word of a vocabulary, sorted by that word or by rank."""
    order: Mapping[str, str | int] = names if ranks is None else ranks
    return Field(
        name,
        Column(head, order=name, cut=cut),
        lambda line, _: names.get(value(line) or "", "–"),
        lambda line, _: order.get(value(line) or ""),
        shown=shown,
    )


def level(value: Callable[[L], str | None], *, meaning: str = "") -> Field[L]:
    """Show a level by its short word, the lowest first."""
    return Field(
        "ebene",
        Column("Ebene", order="ebene", meaning=meaning),
        lambda line, _: SHORT_LEVELS.get(value(line) or "", "–"),
        lambda line, _: LEVELS.get(value(line) or ""),
        shown=False,
    )


def moment(
    name: str, head: str, value: Callable[[L], date | None], *, shown: bool = True
) -> Field[L]:
    """Show a day."""
    return Field(
        name,
        Column(head, order=name),
        lambda line, _: day_cell(value(line)),
        lambda line, _: value(line),
        shown=shown,
    )


def amount(  # noqa: PLR0913  as many as a column has sides
    name: str,
    head: str,
    value: Callable[[L], float | None],
    *,
    meaning: str = "",
    digits: int = 0,
    shown: bool = True,
) -> Field[L]:
    """Show a number."""
    return Field(
        name,
        Column(head, order=name, number=True, meaning=meaning),
        lambda line, _: amount_cell(value(line), digits),
        lambda line, _: value(line),
        shown=shown,
    )


def last(name: str, head: str, ends: Callable[[L], date | None], *, shown: bool = True) -> Field[L]:
    """Show the last day, and that it is over if it is."""

    def cell(line: L, around: Around) -> Cell | str:
        text = last_cell(ends(line))
        if is_over(ends(line), around.on):
            return Cell(f"{ENTRY['ended'].word} {text}", state="ended")
        return text

    return Field(name, Column(head, order=name), cell, lambda line, _: ends(line), shown)
