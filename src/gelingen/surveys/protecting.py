"""The one place in which counts of a survey are protected before anybody reads them.

Each question is one table: columns are everybody and the groups, rows are who answered, who did
not, and each line; where one answer may stand in several lines, each line has its counterpart, so
that "answered, but not this" counts as small too. All tables of a survey share nothing but the
number of answers by column. These numbers are always shown, because groups are put together until
each is large enough; so no two tables say more together than each for itself.

Means are protected apart: whoever knows how many answered and their mean must not be able to tell
a small count of one step, see `mean_is_safe`. A mean beside its own distribution is shown only if
the whole distribution is.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gelingen.analysis.disclosure.counts import Counts, CountTable, Sums
from gelingen.analysis.disclosure.protection import ProtectedTable, Rule, protect
from gelingen.analysis.tables import TableError
from gelingen.errors import UserError
from gelingen.surveys.said import Answer
from gelingen.surveys.tallies import Tally

ALL = ""  # the column of everybody
ANSWERED, NOT_ANSWERED = "+", "-"  # rows of a question beside its lines
REST = "übrige Gruppen"
NO_GROUP = "ohne Gruppe"


class ProtectionError(UserError):
    """Nothing can be shown without telling a small number."""


@dataclass(frozen=True)
class Columns:
    """Groups as they are shown.

    Attributes:
        of: of each answer the column; ALL if there are no columns beside that of everybody.
        members: by column the groups that were put together in it.

    """

    of: Sequence[str]
    members: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> list[str]:
        """Columns in the order of reading, that of everybody first."""
        return [ALL, *self.members]

    def sizes(self) -> dict[str, int]:
        """Count the answers of each column."""
        counted = Counter(self.of)
        return {ALL: len(self.of), **{name: counted[name] for name in self.members}}

    def without_groups(self) -> "Columns":
        """Put all together."""
        return Columns([ALL] * len(self.of), {})


def plain_columns(answers: Sequence[Answer]) -> Columns:
    """Take groups as they are, the largest first; one group alone is no column."""
    groups = Counter(one.group or NO_GROUP for one in answers)
    if len(groups) < 2:  # noqa: PLR2004 - a column beside the same column
        return Columns([ALL] * len(answers), {})
    order = sorted(groups, key=lambda name: (-groups[name], name))
    return Columns([one.group or NO_GROUP for one in answers], {name: (name,) for name in order})


def safe_columns(
    answers: Sequence[Answer], threshold: int, before: Mapping[str, Sequence[str]] | None = None
) -> Columns:
    """Put groups together until none has fewer answers than the threshold.

    Args:
        answers: all answers.
        threshold: the fewest answers of a column.
        before: columns of an earlier publication, by name; what was together stays together, for
            else the difference would say what the column does not.

    """
    groups = Counter(one.group or NO_GROUP for one in answers)
    known = {name: [one for one in part if one in groups] for name, part in (before or {}).items()}
    taken = {one for part in known.values() for one in part}
    parts = [*known.items(), *((name, [name]) for name in groups if name not in taken)]
    sized = sorted(
        ((sum(groups[one] for one in part), name, part) for name, part in parts if part),
        key=lambda entry: (-entry[0], entry[1]),
    )
    kept = [entry for entry in sized if entry[0] >= threshold]
    small = [entry for entry in sized if entry[0] < threshold]
    while kept and small and sum(size for size, _, _ in small) < threshold:
        small.append(kept.pop())
    if small:
        small += [entry for entry in kept if entry[1] == REST]
        kept = [entry for entry in kept if entry[1] != REST]
    members = {name: tuple(sorted(part)) for _, name, part in kept}
    if small and kept:
        members[REST] = tuple(sorted(one for _, _, part in small for one in part))
    if len(members) < 2:  # noqa: PLR2004 - a column beside the same column
        return Columns([ALL] * len(answers), {})
    column = {one: name for name, part in members.items() for one in part}
    return Columns([column[one.group or NO_GROUP] for one in answers], members)


def base_table(columns: Columns, universe: str, **nested: tuple[str, ...]) -> CountTable:
    """Count the answers of each column.

    Args:
        columns: of all answers.
        universe: whom we count.
        nested: `contains` and `inside`, see `CountTable`.

    """
    sizes = columns.sizes()
    rows = sorted((cell(name), size) for name, size in sizes.items())
    sums = [(0, cell(ALL), cell(name)) for name in columns.members]
    return CountTable(Counts.from_rows(rows), Sums.from_rows(sums), universe, **nested)


def question_table(tally: Tally, columns: Columns, base: CountTable) -> CountTable:
    """Count what was answered to a question, with every sum that holds.

    Args:
        tally: the answers.
        columns: of the same answers.
        base: how many answers there are of each column.

    """
    rows = [ANSWERED, NOT_ANSWERED, *_rows(tally)]
    counted: Counter[tuple[str, str]] = Counter()
    for column, codes in zip(columns.of, tally.said, strict=True):
        for row in _rows_of(tally, codes):
            counted[ALL, row] += 1
            if columns.members:
                counted[column, row] += 1
    sums = [(one, parts) for name in columns.names for one, parts in _sums(tally, name)]
    if columns.members:
        sums += [
            (_cell(tally, ALL, row), [_cell(tally, name, row) for name in columns.members])
            for row in rows
        ]
    cells = [
        (_cell(tally, name, row), counted[name, row]) for name in columns.names for row in rows
    ]
    counts = sorted([*cells, *base.values().items()])
    numbered = [
        (number, total, part)
        for number, (total, parts) in enumerate([*sums, *base.equations()])
        for part in parts
    ]
    return CountTable(
        Counts.from_rows(counts),
        Sums.from_rows(numbered),
        base.universe,
        base.contains,
        base.inside,
    )


def cell(column: str, question: str = "", row: str = "") -> str:
    """Name a cell of a table: a column, of a question, one of its rows."""
    return f"{column}|{question}|{row}" if question else column


def line_row(code: str) -> str:
    """Name the row of a line."""
    return f"={code}"


def _cell(tally: Tally, column: str, row: str) -> str:
    return cell(column, tally.asked.key, row)


def _rows(tally: Tally) -> Iterable[str]:
    for code in tally.lines:
        yield line_row(code)
        if not tally.one_line:
            yield f"!{code}"


def _rows_of(tally: Tally, codes: frozenset[str] | None) -> Iterable[str]:
    """Say in which rows an answer counts."""
    if codes is None:
        return [NOT_ANSWERED]
    rows = [ANSWERED, *map(line_row, codes)]
    return rows if tally.one_line else [*rows, *(f"!{one}" for one in tally.lines.keys() - codes)]


def _sums(tally: Tally, column: str) -> Iterable[tuple[str, list[str]]]:
    """Give the sums that hold in a column."""
    answered = _cell(tally, column, ANSWERED)
    yield cell(column), [answered, _cell(tally, column, NOT_ANSWERED)]
    if not tally.one_line:
        for code in tally.lines:
            pair = (line_row(code), f"!{code}")
            yield answered, [_cell(tally, column, row) for row in pair]
    elif tally.lines:
        yield answered, [_cell(tally, column, line_row(code)) for code in tally.lines]


@dataclass(frozen=True)
class Earlier:
    """What is out already.

    Attributes:
        members: columns of the last publication; see `Columns`.
        tables: by question the tables that went out, in their order; under "" the numbers of
            answers.

    """

    members: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tables: Mapping[str, Sequence[ProtectedTable]] = field(default_factory=dict)

    def universes(self) -> list[str]:
        """Name whom earlier publications counted."""
        return [one.table.universe for one in self.tables.get("", ())]


@dataclass(frozen=True)
class Protected:
    """What may be shown of a survey: columns, numbers of answers, and the tables of each question.

    Attributes:
        columns: groups, put together where needed.
        base: how many answers there are of each column.
        tables: by question; that of everybody, then that with groups, which has all of it, unless
            a small number could be told even if it were empty.

    """

    columns: Columns
    base: ProtectedTable
    tables: Mapping[str, Sequence[ProtectedTable]]


def protect_survey(  # noqa: PLR0913 - what is counted, and what it must not tell
    answers: Sequence[Answer],
    tallies: Sequence[Tally],
    *,
    survey: str,
    threshold: int,
    groups: bool = True,
    earlier: Earlier,
) -> Protected:
    """Protect everything that is counted of a survey.

    What everybody said comes first and groups second, as if the one had been published before the
    other: so it is the same whether groups are shown or not, and never hidden for their sake.

    Args:
        answers: all answers, at least as many as the threshold.
        tallies: of each question what was answered, in the same order as the answers.
        survey: key of the survey.
        threshold: counts from 1 up to below it are not shown.
        groups: whether groups are wanted.
        earlier: what is out already.

    Raises:
        ProtectionError: whatever were shown, a small number could be told from it and from what is
            out already.

    """
    rule = Rule(threshold=threshold)
    universe = f"{survey}, {len(answers)} Antworten"
    nested = _nested(len(answers), earlier.universes())
    wanted = safe_columns(answers, threshold, earlier.members)
    out = earlier.tables.get("", ())
    stages = [wanted.without_groups()]
    base = _protect(base_table(stages[0], universe, **nested), rule, out)
    if _hides(base):
        raise ProtectionError(
            f"Seit der letzten Veröffentlichung sind weniger als {threshold} Antworten "
            "dazugekommen oder weggefallen. Neue Zahlen daneben würden sie verraten."
        )
    if groups and wanted.members:
        both = _protect(base_table(wanted, universe, **nested), rule, out)
        if not _hides(both):
            stages, base = [*stages, wanted], both
    counted = [base_table(columns, universe, **nested) for columns in stages]
    tables = {
        one.asked.key: _protect_question(
            one,
            [question_table(one, *pair) for pair in zip(stages, counted, strict=True)],
            rule,
            [*out, *earlier.tables.get(one.asked.key, ()), base],
        )
        for one in tallies
    }
    return Protected(stages[-1], base, tables)


def _protect_question(
    one: Tally, stages: Iterable[CountTable], rule: Rule, before: Sequence[ProtectedTable]
) -> list[ProtectedTable]:
    """Protect the table of everybody, then that with groups; unsafe ones are left out.

    Raises:
        ProtectionError: not even an empty table is safe.

    """
    safe: list[ProtectedTable] = []
    for table in stages:
        found = _protect(table, rule, [*before, *safe])
        if found.audit.safe:
            safe.append(found)
    if not safe:
        raise ProtectionError(
            f"Zu „{one.asked.german}“ ließe sich neben dem, was schon veröffentlicht ist, "
            "eine kleine Zahl errechnen, auch wenn nichts davon gezeigt wird."
        )
    return safe


def _hides(one: ProtectedTable) -> bool:
    return one.cells.frame["count"].null_count() > 0


def _nested(number: int, universes: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Say which earlier answers are among these, and among which these are."""
    sized = {one: int(one.rpartition(", ")[2].partition(" ")[0]) for one in universes}
    return {
        "contains": tuple(one for one, size in sized.items() if size < number),
        "inside": tuple(one for one, size in sized.items() if size > number),
    }


def _protect(table: CountTable, rule: Rule, published: Sequence[ProtectedTable]) -> ProtectedTable:
    try:
        return protect(table, rule, published=published)
    except TableError as error:
        raise ProtectionError(
            "Seit der letzten Veröffentlichung sind Antworten geändert oder zurückgezogen worden. "
            "Neue Zahlen daneben würden verraten, welche."
        ) from error


def mean_is_safe(counts: Mapping[int, int], steps: int, threshold: int) -> bool:
    """Tell whether mean and number of answers leave every small count of a step open.

    The outsider is given the exact sum of all steps, which is more than a rounded mean says. Each
    count from 1 to below the threshold must have room for as many values as in a protected table.

    Args:
        counts: how many chose each step.
        steps: 1 to this many.
        threshold: counts below it are small.

    """
    number = sum(counts.values())
    total = sum(step * many for step, many in counts.items())
    wanted = Rule(threshold=threshold).wanted()
    for step, many in counts.items():
        if 1 <= many < threshold:
            reach = _sums_of(tuple(one for one in range(1, steps + 1) if one != step), number)
            fits = [k for k in range(number + 1) if _is_in(reach[number - k], total - k * step)]
            if max(fits) - min(fits) < wanted:
                return False
    return True


@lru_cache(maxsize=64)
def _sums_of(steps: tuple[int, ...], number: int) -> list[int]:
    """Give for 0, 1, … answers all sums they can have, as bits of a number."""
    found = [1]
    for _ in range(number):
        found.append(0)
        for step in steps:
            found[-1] |= found[-2] << step
    return found


def _is_in(bits: int, total: int) -> bool:
    return total >= 0 and bool(bits >> total & 1)
