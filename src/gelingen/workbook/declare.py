"""What a workbook consists of: sheets and columns, declared once.

The same declaration writes the template, reads and checks a file, and exports the records.
"""

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from gelingen.terms.vocabulary import Vocabulary


class Kind(Enum):
    """What a column holds and how its values look inside.

    A column named `x` yields these values of a row (empty cells yield None or the empty text):
    """

    KEY = auto()  # x: str; empty: derived from Sheet.key_from
    TEXT = auto()  # x: str, one line
    LONG_TEXT = auto()  # x: str, line breaks kept
    INTEGER = auto()  # x: int | None
    NUMBER = auto()  # x: Decimal | None
    RANGE = auto()  # x_low, x_high: Decimal | None ("ca. 4000–6000", "10-15 %", "120")
    PERCENT = auto()  # x: Decimal | None, 0 to 100 ("10 %", "0,1" stays 0.1)
    EUR = auto()  # x: Decimal | None ("1.234,50 €")
    BOOLEAN = auto()  # x: bool ("ja", "nein", "x"; empty: False)
    FIRST_DAY = auto()  # x: date | None; "7/2019" is 2019-07-01, "2019" is 2019-01-01
    LAST_DAY = auto()  # x: date | None, the day after: "2019" is 2020-01-01
    OPEN_END = (
        auto()
    )  # x as LAST_DAY and x_kind: EndKind ("unbefristet", "bis auf Weiteres", empty)
    PARTIAL_DATE = auto()  # x: date | None (first day) and x_precision: DatePrecision | ""
    CHOICE = auto()  # x: the code of a Vocabulary, or ""
    REFERENCE = auto()  # x: key of a row of the sheet `refers`, or None
    REFERENCES = auto()  # x: tuple of such keys, in the order written, split at ";"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes:
        name: English name; equals the field of the record.
        head: German head as written in the template.
        kind: what it holds.
        meaning: one German sentence, shown as a note in the head's cell.
        required: whether an empty cell is a mistake.
        synonyms: other heads under which county lists keep this column.
        choices: the closed list of a CHOICE.
        choice_synonyms: other words for a code of that list, as (word, code).
        refers: name of the sheet a REFERENCE(S) points to.
        example: what the example line shows.

    """

    name: str
    head: str
    kind: Kind
    meaning: str
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: type[Vocabulary] | None = None
    choice_synonyms: tuple[tuple[str, str], ...] = ()
    refers: str = ""
    example: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the values that a row holds for this column."""
        suffixes = _SUFFIXES.get(self.kind, ("",))
        return tuple(self.name + suffix for suffix in suffixes)


_SUFFIXES = {
    Kind.RANGE: ("_low", "_high"),
    Kind.OPEN_END: ("", "_kind"),
    Kind.PARTIAL_DATE: ("", "_precision"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a table of records of one kind.

    Attributes:
        name: English name, as in Column.refers.
        title: German title of the sheet (at most 31 characters).
        meaning: one German sentence for the sheet "Anleitung".
        columns: in the order of the template; the first is the KEY.
        key_from: names of the columns from which an empty key is derived, joined by "|" after
            folding to lower-case ASCII letters, digits and "_".
        label: name of the column by which people name a row; references may use it instead of
            the key ("" if there is none).
        synonyms: other sheet titles or CSV file names.
        official_keys: True if keys are official keys, which spreadsheets rob of their leading zero
            and people write as names ("Lkr. Coburg").

    """

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    key_from: tuple[str, ...]
    label: str = ""
    synonyms: tuple[str, ...] = ()
    official_keys: bool = False

    def column(self, name: str) -> Column:
        """Find a column by its English name; raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def only(self, *names: str) -> "Sheet":
        """Give the sheet with these columns alone, in this order; raises KeyError."""
        return replace(self, columns=tuple(self.column(name) for name in names))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that is wrong or doubtful.

    Attributes:
        sheet: German title of the sheet.
        cell: "C14", or "" for the sheet as a whole.
        found: what stands there.
        remedy: one German sentence: what would be right.
        serious: an error stops the import; otherwise it is a hint.

    """

    sheet: str
    cell: str
    found: str
    remedy: str
    serious: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One checked row: its place in the file, its key, and its values as Kind describes them."""

    line: int
    key: str
    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Book:
    """A checked file.

    Attributes:
        rows: rows by English sheet name; a sheet that the file does not have is absent.
        problems: ordered by sheet and cell.
        extra: (sheet title, head) of columns that no declared column takes.
        columns: by English sheet name, the names of the columns that the file has; rows hold the
            values of an empty cell for all others.

    """

    rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    columns: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether nothing stops an import."""
        return not any(problem.serious for problem in self.problems)
