"""Questions that are put only to those who answered another one so: whom they count.

Whoever knows how many answered such a question knows at least how many chose the lines that lead to
it. So it is shown only where these numbers are shown anyway:

- Every line that leads to it is shown, in every column. Then the question divides a number that is
  known, and says nothing of what is hidden beside it.
- Where several lines of a question with several answers lead to it, no sum of lines says to how
  many it was put; both together would tell how many chose two lines. So all of that question must
  be shown, and no combination of these lines may be small.
- Nobody may have answered it to whom it was not put.

Otherwise the question is withheld, and with it whatever depends on it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gelingen.analysis.disclosure.counts import CountTable
from gelingen.analysis.disclosure.protection import ProtectedTable
from gelingen.surveys.columns import ALL, Columns
from gelingen.surveys.counting import ASKED, cell, line_row, table_beside
from gelingen.surveys.questions import Asked
from gelingen.surveys.tallies import Tally


def parent_of(asked: Asked) -> str:
    """Give the key of the question on which one depends; "" if it is put to everybody."""
    return str(asked.condition.get("question", ""))


def with_parents(asked: Sequence[Asked], key: str) -> list[Asked]:
    """Give a question and all on which it depends, in their order; with "" all questions."""
    by_key, given = {one.key: one for one in asked}, key
    wanted: set[str] = set()
    while key in by_key and key not in wanted:
        wanted.add(key)
        key = parent_of(by_key[key])
    return [one for one in asked if one.key in wanted or not given]


@dataclass(frozen=True)
class Branch:
    """The answers of those to whom a question was put.

    Attributes:
        question: what was put to them.
        parent: the question on which it depends.
        codes: lines of the parent that lead to it.

    """

    question: Tally
    parent: Tally
    codes: frozenset[str]

    def put(self) -> list[bool]:
        """Say of each answer whether the question was put to it."""
        return [bool(codes and codes & self.codes) for codes in self.parent.said]

    def strays(self) -> bool:
        """Whether anybody answered it to whom it was not put."""
        both = zip(self.question.said, self.put(), strict=True)
        return any(said is not None and not put for said, put in both)

    def may_be_told(self, parent: ProtectedTable, columns: Columns) -> bool:
        """Tell whether it follows from the protected parent to how many it was put.

        Args:
            parent: the table of the parent with these columns.
            columns: of the answers.

        """
        counts = dict(parent.outside().rows())
        if not self.codes or self.strays():
            return False
        if not self.parent.one_line and len(self.codes) > 1:
            return None not in counts.values() and not self._mixes(columns, parent.rule.threshold)
        key = self.parent.asked.key
        lines = [cell(name, key, line_row(code)) for name in columns.names for code in self.codes]
        return all(counts.get(one) is not None for one in lines)

    def _mixes(self, columns: Columns, threshold: int) -> bool:
        """Whether a combination of the lines that lead to it is small."""
        counted: Counter[tuple[str, frozenset[str]]] = Counter()
        for column, codes in zip(columns.of, self.parent.said, strict=True):
            if codes is not None:
                counted.update((name, codes & self.codes) for name in {ALL, column})
        return min(counted.values(), default=threshold) < threshold

    def table(self, columns: Columns, base: CountTable) -> CountTable:
        """Count to how many it was put.

        Args:
            columns: of the answers.
            base: how many answers there are of each column.

        """
        key = self.question.asked.key
        both = zip(columns.of, self.put(), strict=True)
        counted = Counter(name for column, put in both if put for name in {ALL, column})
        cells = {cell(name, key, ASKED): counted[name] for name in columns.names}
        parts = [cell(name, key, ASKED) for name in columns.members]
        return table_beside(base, cells, [(cell(ALL, key, ASKED), parts)] if parts else [])


def branch_of(question: Tally, parent: Tally) -> Branch:
    """Say on which lines of its parent a question depends."""
    wanted = {str(code) for code in question.asked.condition.get("is", ())}
    return Branch(question, parent, frozenset(wanted & parent.lines.keys()))
