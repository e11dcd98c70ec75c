"""The one place in which counts of a survey are protected before anybody reads them.

Each question is one table, see `counting`. Tables of a survey share the number of answers by
column, which is always shown, because groups are put together until each is large enough. So no two
tables say more together than each for itself, with two exceptions:

- A question that is put only to some counts among the lines of another. It comes after that one,
  and it is withheld unless that one shows to how many it was put; see `branches`.
- The question about the group has the columns as its lines. It must not be among those that are
  protected: how many there are of each group is told by the columns.

Where all of a group gave the same answer to a question, its numbers would tell the answer of each
of them however large it is: such a question is shown for everybody only, not by group. What
everybody says is what the survey is about, and is shown.

Means and ranges are protected apart, see `measures`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from gelingen.analysis.disclosure.counts import CountTable
from gelingen.analysis.disclosure.diversity import of_one_mind
from gelingen.analysis.disclosure.protection import ProtectedTable, Rule, protect
from gelingen.analysis.tables import TableError
from gelingen.errors import UserError
from gelingen.surveys.branches import Branch, branch_of, parent_of
from gelingen.surveys.columns import Columns, safe_columns
from gelingen.surveys.counting import base_table, lines_by_group, question_table
from gelingen.surveys.said import Answer
from gelingen.surveys.tallies import Tally

# Means and ranges that are out: question, line ("": none), column, and what is told of it.
Measured = tuple[str, str, str, tuple[float, ...]]


class ProtectionError(UserError):
    """Nothing can be shown without telling a small number."""


@dataclass(frozen=True)
class Earlier:
    """What is out already.

    Attributes:
        members: columns of the last publication; see `Columns`.
        tables: by question the tables that went out, in their order; under "" the numbers of
            answers.
        measured: means and ranges that went out.

    """

    members: Mapping[str, Sequence[str]] = field(default_factory=dict)
    tables: Mapping[str, Sequence[ProtectedTable]] = field(default_factory=dict)
    measured: frozenset[Measured] = frozenset()

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
            a small number could be told even if it were empty. Before each, where the question was
            put only to some, how many these are.
        withheld: questions of which nothing is shown, not even an empty table.
        of_one_mind: questions that are not shown by group, as all of a group answered the same.

    """

    columns: Columns
    base: ProtectedTable
    tables: Mapping[str, Sequence[ProtectedTable]]
    withheld: frozenset[str] = frozenset()
    of_one_mind: frozenset[str] = frozenset()


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
        tallies: of each question what was answered, in the same order as the answers; a question
            stands after the one on which it depends, and without that one it is withheld.
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
    going = _Protection(stages, counted, rule, [*out, base], earlier.tables)
    for one in tallies:
        going.add(one)
    tables = {key: list(chain.from_iterable(found)) for key, found in going.found.items()}
    withheld = {one.asked.key for one in tallies} - tables.keys()
    return Protected(stages[-1], base, tables, frozenset(withheld), frozenset(going.of_one_mind))


@dataclass(frozen=True)
class _Protection:
    """A survey while its questions are protected, one after the other.

    Attributes:
        stages: columns of everybody, then with groups.
        bases: numbers of answers of each stage.
        rule: what must not get out.
        known: what is known of the numbers of answers.
        earlier: tables that are out, by question.
        tallies: questions that are protected.
        found: by question and stage its tables: to how many it was put if not to all, and what was
            answered. A later stage may be missing.
        of_one_mind: questions to which all of a group answered the same.

    """

    stages: Sequence[Columns]
    bases: Sequence[CountTable]
    rule: Rule
    known: Sequence[ProtectedTable]
    earlier: Mapping[str, Sequence[ProtectedTable]]
    tallies: dict[str, Tally] = field(default_factory=dict)
    found: dict[str, list[list[ProtectedTable]]] = field(default_factory=dict)
    of_one_mind: set[str] = field(default_factory=set)

    def add(self, one: Tally) -> None:
        """Protect a question with every stage that is safe; a part of others may be withheld.

        Raises:
            ProtectionError: it was put to all, and not even an empty table is safe.

        """
        key, parent = one.asked.key, parent_of(one.asked)
        branch = branch_of(one, self.tallies[parent]) if parent in self.found else None
        safe: list[list[ProtectedTable]] = []
        for at, columns in enumerate(self.stages):
            before = [*self.known, *self.earlier.get(key, ()), *chain.from_iterable(safe)]
            if not parent:
                table = question_table(one, columns, self.bases[at])
                pair = [_protect(table, self.rule, before)]
            elif branch:
                pair = self._part(branch, at, before)
            else:
                pair = []
            if pair and of_one_mind(pair[-1].table.values(), lines_by_group(one, columns)):
                self.of_one_mind.add(key)
            elif pair and pair[-1].audit.safe:
                safe.append(pair)
        if safe:
            self.tallies[key], self.found[key] = one, safe
        elif not parent:
            raise ProtectionError(
                f"Zu „{one.asked.german}“ ließe sich neben dem, was schon veröffentlicht ist, "
                "eine kleine Zahl errechnen, auch wenn nichts davon gezeigt wird."
            )

    def _part(
        self, branch: Branch, stage: int, before: Sequence[ProtectedTable]
    ) -> list[ProtectedTable]:
        """Protect a question that was put to some; nothing if that must not be told."""
        columns, parents = self.stages[stage], self.found[branch.parent.asked.key]
        if stage >= len(parents) or not branch.may_be_told(parents[stage][-1], columns):
            return []
        put = _protect(branch.table(columns, self.bases[stage]), self.rule, before)
        if _hides(put):
            return []
        table = question_table(branch.question, columns, put.table, branch.put())
        return [put, _protect(table, self.rule, [*before, put])]


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
