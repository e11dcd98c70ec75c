"""Two versions of a record side by side, where two people changed the same."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from gelingen.editing import Clash, Merge, Row, texts_of
from gelingen.web.editing.forms import STAND
from gelingen.workbook.declare import Column, Kind, Sheet

CHOICE = "wahl_"
THEIRS = "andere"
Offered = Mapping[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Pair:
    """One field that both changed, in the words of both."""

    name: str
    head: str
    mine: str
    theirs: str


def pairs(sheet: Sheet, clashes: tuple[Clash, ...], offered: Offered) -> list[Pair]:
    """Put what both changed into words."""
    return [
        Pair(
            one.column.name,
            one.column.head,
            _said(sheet, one.column, one.mine, offered),
            _said(sheet, one.column, one.theirs, offered),
        )
        for one in clashes
    ]


def _said(sheet: Sheet, column: Column, values: Row, offered: Offered) -> str:
    text = texts_of(sheet, values)[column.name]
    if column.kind is Kind.BOOLEAN:
        return "ja" if text else "nein"
    names = dict(offered.get(column.name, ()))
    if column.kind is Kind.CHOICE and column.choices:
        names = {str(code): label for code, label in column.choices.choices()}
    words = text if isinstance(text, list) else [text]
    said = ", ".join(names.get(str(word), str(word)) for word in words if word)
    return said or "keine Angabe"


def hidden(sheet: Sheet, merged: Merge, version: int) -> list[tuple[str, str]]:
    """Give all values as a form sends them, with the version that they now start from."""
    sent = [(STAND, str(version))]
    for name, value in texts_of(sheet, merged.values).items():
        if isinstance(value, list):
            sent += [(name, str(one)) for one in value]
        elif value is True:
            sent.append((name, "on"))
        elif value:
            sent.append((name, str(value)))
    return sent


def chosen(sheet: Sheet, sent: QueryDict, stored: Row) -> QueryDict:
    """Put the other person's values where they were chosen."""
    wanted = [
        name.removeprefix(CHOICE)
        for name, value in sent.items()
        if name.startswith(CHOICE) and value == THEIRS
    ]
    if not wanted:
        return sent
    texts, result = texts_of(sheet, stored), sent.copy()
    for name in set(wanted) & set(texts):
        value = texts[name]
        result.setlist(name, [str(one) for one in value] if isinstance(value, list) else [])
        if not isinstance(value, list) and value:
            result[name] = "on" if value is True else str(value)
    return result
