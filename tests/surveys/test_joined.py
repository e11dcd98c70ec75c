"""Alles zusammen gerechnet: Aus sämtlichen gezeigten Zahlen einer Umfrage folgt keine kleine.

The attacker puts one system of equations together from everything that is printed: a question, one
that is put only to those who answered it so, and the groups with the question about them.
"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gelingen.analysis.disclosure.attack import OPEN, intervals
from gelingen.analysis.disclosure.world import World, describe
from gelingen.surveys.columns import ALL, REST
from gelingen.surveys.languages import Spoken
from gelingen.surveys.models import Survey
from gelingen.surveys.protecting import Earlier
from gelingen.surveys.questions import Asked
from gelingen.surveys.results import protected_results
from gelingen.surveys.said import Answer
from gelingen.surveys.tallies import tally
from gelingen.terms.surveys import Language, QuestionKind

THRESHOLD = 5
FIRST, AFTER, GROUP = "u.erst", "u.dann", "u.gruppe"
LINES = ("a", "b", "c")


def asked(key, lines=LINES, kind=QuestionKind.CHOICE, **condition):
    options = {code: Spoken(code) for code in lines}
    words = {"text": Spoken("?"), "help": Spoken(""), "language": Language.DE, "german": "?"}
    return Asked(
        key=key, kind=kind, page=1, required=False, options=options, settings={},
        condition=condition, **words,
    )  # fmt: skip


def given_by(first, *, group="k", then=None):
    values = {GROUP: group, FIRST: first, AFTER: then}
    return Answer("", group, {key: value for key, value in values.items() if value is not None})


class Attack:
    """What an outsider knows, as cells and equations.

    Arguments name the answers, the first question, the lines that lead to the second, and what
    somebody might have forgotten: the condition, or to leave out the question about the group.
    """

    def __init__(self, answers, first, codes, *, forgotten=()):
        self.answers, self.first, self.codes = answers, first, set(codes)
        after = asked(AFTER, ("x", "y"), question=FIRST, **{"is": list(codes)})
        if "condition" in forgotten:
            after = replace(after, condition={})
        questions = [first, after]
        self.groups = sorted({one.group for one in answers})
        if "group" in forgotten:
            questions.append(asked(GROUP, self.groups))
        self.found = protected_results(
            Survey(key="u", threshold=THRESHOLD),
            answers,
            [tally(one, answers, {}) for one in questions],
            public=True,
            groups=True,
            earlier=Earlier(),
        )
        self.columns = self.found.columns
        self.values, self.floors, self.sums = {}, {}, set()
        self._sizes()
        self._question(FIRST, first.options, "all")
        self._question(AFTER, ("x", "y"), "put")
        self._put()

    def _of(self, column):
        return [
            one
            for one, at in zip(self.answers, self.columns.of, strict=True)
            if column in (ALL, at)
        ]

    def _said(self, one):
        value = one.values.get(FIRST)
        return set(value) if isinstance(value, list) else {value} - {None}

    def _cell(self, name, count, *, shown=False, least=0):
        self.values["u", name] = count
        if not shown:
            self.floors["u", name] = least

    def _sum(self, total, *parts):
        self.sums.add((("u", total), tuple(("u", part) for part in sorted(parts))))

    def _sizes(self):
        told = {line.code: line for one in self.found.questions for line in one.lines
                if one.asked.key == GROUP}  # fmt: skip
        listed = [one for part in self.columns.members.values() for one in part]
        for column in self.columns.names:
            self._cell(f"all {column}", len(self._of(column)), shown=True)
        for group in self.groups:
            shown = group in told and told[group].cells[ALL].count is not None
            many = sum(one.group == group for one in self.answers)
            self._cell(f"group {group}", many, shown=shown, least=group in listed)
        for column, part in self.columns.members.items():
            self._sum(f"all {column}", *(f"group {one}" for one in part))
        self._sum(f"all {ALL}", *(f"group {one}" for one in self.groups))

    def _question(self, key, lines, whole):
        """Add the cells of a question: what is printed of it, and the least of what is hidden."""
        tables = self.found.protected.tables.get(key, ())
        last = tables[-1] if tables else None
        counts = dict(last.outside().rows()) if last else {}
        least = 0 if last is None or last.method == "withheld" else 1
        several = key == FIRST and self.first.kind is QuestionKind.SEVERAL
        rows = ["+", "-", *(f"={one}" for one in lines), *(f"!{one}" for one in lines if several)]
        for column in self.columns.names:
            for row in rows:
                there = f"{column}|{key}|{row}" in counts
                shown = counts.get(f"{column}|{key}|{row}") is not None
                count = self._count(key, column, row)
                self._cell(f"{key} {row} {column}", count, shown=shown, least=least * there)
            at = {row: f"{key} {row} {column}" for row in rows}
            self._sum(f"{whole} {column}", at["+"], at["-"])
            if several:
                for one in lines:
                    self._sum(at["+"], at[f"={one}"], at[f"!{one}"])
            else:
                self._sum(at["+"], *(at[f"={one}"] for one in lines))
        for row in rows:
            self._over_columns(f"{key} {row}")
        self._printed(key)

    def _over_columns(self, name):
        if self.columns.members:
            self._sum(f"{name} {ALL}", *(f"{name} {column}" for column in self.columns.members))

    def _printed(self, key):
        """Whatever is printed is among what the attacker knows."""
        (one,) = [each for each in self.found.questions if each.asked.key == key]
        rows = {"+": one.answered, **{f"={line.code}": line.cells for line in one.lines}}
        for row, cells in rows.items():
            for column, cell in cells.items():
                name = f"{key} {row} {column}"
                assert cell.count is None or ("u", name) not in self.floors
                assert cell.count in (None, self.values["u", name])

    def _count(self, key, column, row):
        found = 0
        for one in self._of(column):
            said = self._said(one) if key == FIRST else {one.values.get(AFTER)} - {None}
            if key == AFTER and not self._said(one) & self.codes:
                continue
            there = key in one.values
            fits = {"+": there, "-": not there, "=": row[1:] in said,
                    "!": there and row[1:] not in said}  # fmt: skip
            found += fits[row[0]]
        return found

    def _put(self):
        """To how many the second was put follows from the first; beside it who chose two lines."""
        for column in self.columns.names:
            those = [self._said(one) & self.codes for one in self._of(column)]
            self._cell(f"put {column}", sum(map(bool, those)))
            if self.first.kind is QuestionKind.CHOICE or len(self.codes) == 1:
                self._sum(f"put {column}", *(f"{FIRST} ={one} {column}" for one in self.codes))
                continue
            parts = [{one} for one in sorted(self.codes)] + [self.codes]
            names = [f"both {''.join(sorted(part))} {column}" for part in parts]
            for part, name in zip(parts, names, strict=True):
                self._cell(name, sum(one == part for one in those))
            for one, alone in zip(sorted(self.codes), names[:-1], strict=True):
                self._sum(f"{FIRST} ={one} {column}", alone, names[-1])
            self._sum(f"put {column}", *names)
        self._over_columns("put")

    def leaks(self):
        """Name the small counts that are shown, determined, or known too well."""
        world = World(self.values, self.floors, {}, frozenset(self.sums))
        system = describe(world, {})
        hidden = np.flatnonzero(system.fixed)
        found = intervals(system, system.fixed, hidden)
        room = {
            system.names[at]: np.inf if high == OPEN else high - low
            for at, low, high in zip(hidden, found.low, found.high, strict=True)
        }
        # Combinations of lines are not tabulated: they must not be told, that is all.
        return {
            name: room.get(name, 0)
            for name, count in self.values.items()
            if 1 <= count < THRESHOLD
            and room.get(name, 0) < (1 if name[1].startswith("both") else THRESHOLD - 2)
        }


MANY = st.sampled_from([0, 0, 1, 2, 3, 5, 6, 9, 14])


@st.composite
def small_surveys(draw):
    several = draw(st.booleans())
    kind = QuestionKind.SEVERAL if several else QuestionKind.CHOICE
    said = [["a"], ["b"], ["a", "b"], ["c"]] if several else list(LINES)
    codes = draw(st.sampled_from([("a",), ("a", "b")]))
    answers = [given_by("c" if not several else ["c"]) for _ in range(THRESHOLD)]
    for group in draw(st.sampled_from(["k", "kv", "kvc", "kvcd"])):
        for value in [None, *said]:
            put = value is not None and bool(set(value) & set(codes))
            for then in [None, "x", "y"] if put else [None]:
                for _ in range(draw(MANY)):
                    answers.append(given_by(value, group=group, then=then))  # noqa: PERF401
    return answers, asked(FIRST, kind=kind), codes


@settings(deadline=None, max_examples=40, derandomize=True)
@given(small_surveys())
def test_aus_allem_gezeigten_zusammen_folgt_keine_kleine_zahl(made):
    assert Attack(*made).leaks() == {}


def times(many, *given_, **more):
    return [given_by(*given_, **more) for _ in range(many)]


def test_die_rechnung_faende_die_folgefrage_die_eine_kleine_zahl_verraet():
    # Three said a, seven b, and what only those were asked tells that they are seven.
    made = times(3, "a") + times(7, "b", then="x") + times(20, "c")
    assert Attack(made, asked(FIRST), ("b",)).leaks() == {}
    assert Attack(made, asked(FIRST), ("b",), forgotten=("condition",)).leaks()


def test_die_rechnung_faende_die_frage_nach_der_gruppe():
    # Two are equally large: one hides the small group as a column, the other would as a line.
    made = times(6, "a", group="k") + times(6, "a", group="m") + times(2, "a", group="v")
    assert Attack(made, asked(FIRST), ("b",)).leaks() == {}
    leaks = Attack(made, asked(FIRST), ("b",), forgotten=("group",)).leaks()
    assert ("u", "group v") in leaks


def test_auch_zusammengefasste_gruppen_lassen_jeder_genug_werte():
    # Five of three groups: none could be more than three.
    made = times(9, "a", group="k") + times(8, "a", group="m")
    for group, many in (("v", 2), ("c", 2), ("d", 1)):
        made += times(many, "a", group=group)
    found = Attack(made, asked(FIRST), ("b",))
    assert found.leaks() == {}
    assert found.found.sizes == {"": 22, "k": 9, REST: 13}


@pytest.mark.parametrize("both", [2, 6])
def test_die_rechnung_faende_wer_zwei_antworten_gab(both):
    several = asked(FIRST, kind=QuestionKind.SEVERAL)
    made = times(9, ["a"], then="x") + times(9, ["b"], then="x") + times(9, ["c"])
    made += times(both, ["a", "b"], then="x")
    found = Attack(made, several, ("a", "b"))
    assert found.leaks() == {}
    assert bool(found.found.protected.withheld) is (both == 2)
