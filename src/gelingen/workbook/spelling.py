"""Values spelled as people read them: last days, ranges, labels."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from gelingen.terms.vocabulary import DatePrecision, EndKind
from gelingen.workbook.declare import Column, Kind, Sheet
from gelingen.workbook.folding import clean, clean_lines, fold
from gelingen.workbook.raw import german_number, means_nothing

__all__ = ["Names", "Spelled", "spell_cells"]

Spelled = str | Decimal | date
Records = Sequence[Mapping[str, object]]


class Names:
    """How references are written: by label where it leads back to the same row, else by key."""

    def __init__(self, sheets: Sequence[Sheet], rows: Mapping[str, Records]) -> None:
        """Find out which labels are unmistakable among the rows that are written together."""
        self._names: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for sheet in sheets:
            if sheet.label:
                self._names[sheet.name] = _unmistakable(sheet, rows.get(sheet.name, ()))

    def of(self, sheet: str, key: object) -> str:
        """Name a row of a sheet."""
        return self._names[sheet].get(str(key), str(key))


def _unmistakable(sheet: Sheet, records: Records) -> dict[str, str]:
    key_name = sheet.columns[0].name
    labels = {str(record[key_name]): clean(str(record.get(sheet.label))) for record in records}
    often = Counter(fold(label) for label in labels.values())
    keys = {fold(key) for key in labels}
    return {
        key: label
        for key, label in labels.items()
        if often[fold(label)] == 1 and fold(label) not in keys and _is_plain(label)
    }


def _is_plain(label: str) -> bool:
    has_letters = any(letter.isalpha() for letter in label)
    return has_letters and ";" not in label and not means_nothing(label)


def spell_cells(sheet: Sheet, record: Mapping[str, object], names: Names) -> list[Spelled]:
    """Spell the cells of one record, in the order of the columns; empty cells are "".

    Args:
        sheet: declaration of the record.
        record: its values as declare.Kind describes them; missing ones are empty.
        names: how references are written.

    """
    return [_spell(column, record, names) for column in sheet.columns]


def _spell(column: Column, record: Mapping[str, object], names: Names) -> Spelled:
    if column.kind in _SPELLERS:
        return _SPELLERS[column.kind](record.get(column.name))
    if column.kind in _PAIR_SPELLERS:
        first, second = (record.get(name) for name in column.fields)
        return _PAIR_SPELLERS[column.kind](first, second)
    value = record.get(column.name)
    if column.kind is Kind.CHOICE:
        return _spell_choice(column, value)
    keys = value if isinstance(value, tuple | list) else [value] if value else []
    return "; ".join(names.of(column.refers, key) for key in keys)


def _decimal(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _spell_line(value: object) -> Spelled:
    return "" if value is None else clean(str(value))


def _spell_lines(value: object) -> Spelled:
    return "" if value is None else clean_lines(str(value))


def _spell_number(value: object) -> Spelled:
    number = _decimal(value)
    return "" if number is None else number


def _spell_percent(value: object) -> Spelled:
    """Write shares below one percent as text: a bare 0.5 could mean fifty percent."""
    number = _decimal(value)
    if number is not None and 0 < number < 1:
        return f"{german_number(number)} %"
    return _spell_number(number)


def _spell_boolean(value: object) -> Spelled:
    return "ja" if value else "nein"


def _spell_first_day(value: object) -> Spelled:
    return value if isinstance(value, date) else ""


def _spell_last_day(value: object) -> Spelled:
    return value - timedelta(days=1) if isinstance(value, date) else ""


def _spell_range(lowest: object, highest: object) -> Spelled:
    low, high = _decimal(lowest), _decimal(highest)
    if low is None and high is None:
        return ""
    if low is None or high is None:
        bound = "bis zu" if low is None else "mindestens"
        return f"{bound} {german_number(next(n for n in (low, high) if n is not None))}"
    return low if low == high else f"{german_number(low)}–{german_number(high)}"


def _spell_open_end(value: object, kind: object) -> Spelled:
    if isinstance(value, date):
        return _spell_last_day(value)
    for known in (EndKind.UNLIMITED, EndKind.FURTHER_NOTICE):
        if kind == known:
            return known.label
    return ""


def _spell_partial(value: object, precision: object) -> Spelled:
    if not isinstance(value, date):
        return ""
    if precision == DatePrecision.YEAR:
        return f"{value.year}"
    if precision == DatePrecision.MONTH:
        return f"{value:%m/%Y}"
    return value


def _spell_choice(column: Column, value: object) -> Spelled:
    for member in column.choices or ():
        if member == value:
            return member.label
    return ""


_SPELLERS: dict[Kind, Callable[[object], Spelled]] = {
    Kind.KEY: _spell_line,
    Kind.TEXT: _spell_line,
    Kind.LONG_TEXT: _spell_lines,
    Kind.INTEGER: _spell_number,
    Kind.NUMBER: _spell_number,
    Kind.PERCENT: _spell_percent,
    Kind.EUR: _spell_number,
    Kind.BOOLEAN: _spell_boolean,
    Kind.FIRST_DAY: _spell_first_day,
    Kind.LAST_DAY: _spell_last_day,
}

_PAIR_SPELLERS: dict[Kind, Callable[[object, object], Spelled]] = {
    Kind.RANGE: _spell_range,
    Kind.OPEN_END: _spell_open_end,
    Kind.PARTIAL_DATE: _spell_partial,
}
