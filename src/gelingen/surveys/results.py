"""What came out of a survey, question by question, as it may be read.

Two views. *Internal*, for those who may ask: of a named survey every number; of an anonymous one
only from as many answers as the threshold, and protected. *Public*, what leaves the house: always
protected, and checked against what is out already.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean, median, quantiles

from gelingen.access.policy import Actor, May, require
from gelingen.analysis.proportions import Share, ci_proportion
from gelingen.surveys.earlier import earlier_of
from gelingen.surveys.models import Survey
from gelingen.surveys.protecting import (
    ALL,
    ANSWERED,
    Columns,
    Earlier,
    Protected,
    base_table,
    cell,
    line_row,
    mean_is_safe,
    plain_columns,
    protect_survey,
    question_table,
    safe_columns,
)
from gelingen.surveys.questions import Asked, questions_of
from gelingen.surveys.said import Answer, answers_to
from gelingen.surveys.tallies import Tally, tally
from gelingen.terms.surveys import QuestionKind, SurveyMode
from gelingen.topics.queries import topics

# A range of numbers needs twice the threshold: its ends are answers of single organisations.
_FOR_SPREAD = 2
_DIGITS = 2  # of a protected range that are told apart


@dataclass(frozen=True, slots=True)
class Cell:
    """A count.

    Attributes:
        count: None if it is hidden.
        of: among how many; None if that is hidden.
        hidden: why: small, sums, difference or withheld; "" if it is shown.

    """

    count: int | None
    of: int | None
    hidden: str = ""

    @property
    def share(self) -> Share | None:
        """The count as a share with its range; None if it cannot be told."""
        if self.count is None or not self.of:
            return None
        return ci_proportion(self.count, self.of)


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean and median of ratings, and of how many."""

    number: int
    mean: float
    median: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Between which numbers the middle half of the answers lies, and how many there are."""

    number: int
    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """One thing that could be answered, by column; topics carry the mean of their ratings."""

    code: str
    label: str
    cells: Mapping[str, Cell]
    means: Mapping[str, Mean | None] = field(default_factory=dict)


@dataclass(frozen=True)
class QuestionResult:
    """What came out of one question.

    Attributes:
        asked: the question.
        answered: by column how many answered it, among all who answered the survey.
        lines: in the order of reading; topics and what is missing by weight. They count among those
            who answered the question; where that number is hidden, among all answers.
        means: of a scale by column; None where hidden.
        spreads: of a number by column; None where hidden or too few.
        steps: how many steps a rating has.

    """

    asked: Asked
    answered: Mapping[str, Cell]
    lines: Sequence[Line]
    means: Mapping[str, Mean | None]
    spreads: Mapping[str, Spread | None]
    steps: int | None

    @property
    def hides(self) -> bool:
        """Whether anything is hidden."""
        cells = [*self.answered.values(), *(c for one in self.lines for c in one.cells.values())]
        return any(one.hidden for one in cells)


@dataclass(frozen=True)
class Results:
    """What came out of a survey.

    Attributes:
        survey: the survey.
        public: whether it may leave the house.
        sizes: answers by column; under "" all of them.
        columns: groups with what was put together in them.
        questions: in their order; none if there are too few answers.
        protected: the tables behind it, None where every number is shown.
        too_few: whether there are too few answers to show anything.
        offered: groups that could be shown.

    """

    survey: Survey
    public: bool
    sizes: Mapping[str, int]
    columns: Columns
    questions: Sequence[QuestionResult]
    protected: Protected | None
    too_few: bool = False
    offered: Sequence[str] = ()

    @property
    def anonymous(self) -> bool:
        """Whether nobody may know who answered what."""
        return self.survey.mode == SurveyMode.ANONYMOUS


def results(
    actor: Actor,
    survey: Survey,
    *,
    public: bool,
    groups: bool = True,
    only: str = "",
) -> Results:
    """Say what came out of a survey. Nine queries at most.

    Args:
        actor: who asks.
        survey: read before.
        public: as it may leave the house; otherwise for those who may ask.
        groups: whether groups are wanted; to protect them takes seconds a question.
        only: key of the one question that is wanted; "": all.

    Raises:
        PermissionDenied: the actor may not ask.
        ProtectionError: nothing can be shown without telling a small number.

    """
    require(actor, May.ASK, survey)
    answers = answers_to(actor, survey)
    hides = public or survey.mode == SurveyMode.ANONYMOUS
    if not answers or (hides and len(answers) < survey.threshold):
        none = Columns([ALL] * len(answers), {})
        return Results(survey, public, none.sizes(), none, (), None, too_few=bool(answers))
    names = dict(topics(actor, survey.tenant).values_list("key", "name"))
    asked = [one for one in questions_of(survey) if only in ("", one.key)]
    tallies = [tally(one, answers, names) for one in asked]
    if not hides:
        return _plain(survey, answers, tallies, groups=groups)
    earlier = earlier_of(survey, [one.key for one in asked]) if public else Earlier()
    protected = protect_survey(
        answers,
        tallies,
        survey=survey.key,
        threshold=survey.threshold,
        groups=groups,
        earlier=earlier,
    )
    found = [_protected(one, protected, survey.threshold) for one in tallies]
    return Results(
        survey,
        public,
        protected.columns.sizes(),
        protected.columns,
        found,
        protected,
        offered=list(safe_columns(answers, survey.threshold, earlier.members).members),
    )


def _plain(
    survey: Survey, answers: Sequence[Answer], tallies: Sequence[Tally], *, groups: bool
) -> Results:
    every = plain_columns(answers)
    columns = every if groups else every.without_groups()
    base = base_table(columns, survey.key)
    found = []
    for one in tallies:
        values = question_table(one, columns, base).values()
        shown = {key: (count, "") for key, count in values.items()}
        found.append(_result(one, columns, shown, None))
    return Results(
        survey,
        public=False,
        sizes=columns.sizes(),
        columns=columns,
        questions=found,
        protected=None,
        offered=list(every.members),
    )


def _protected(one: Tally, protected: Protected, threshold: int) -> QuestionResult:
    frame = protected.tables[one.asked.key][-1].cells.frame
    rows = frame.select("cell", "count", "reason").rows()
    shown = {key: (count, "" if why == "shown" else why) for key, count, why in rows}
    return _result(one, protected.columns, shown, threshold)


Shown = Mapping[str, tuple[int | None, str]]


def _result(one: Tally, columns: Columns, shown: Shown, threshold: int | None) -> QuestionResult:
    """Put the result of a question together; with a threshold, means and ranges are protected."""
    key, names = one.asked.key, columns.names
    sizes = columns.sizes()
    answered = {name: Cell(*_of(shown, cell(name, key, ANSWERED), sizes[name])) for name in names}
    among = {
        name: sizes[name] if found.count is None else found.count
        for name, found in answered.items()
    }
    lines = [
        Line(
            code,
            label,
            {
                name: Cell(*_of(shown, cell(name, key, line_row(code)), among[name]))
                for name in names
            },
        )
        for code, label in one.lines.items()
    ]
    rated = {code: _ratings(one, columns, code) for code in one.lines}
    lines = [
        Line(
            line.code, line.label, line.cells, _topic_means(one, line, rated[line.code], threshold)
        )
        for line in lines
    ]
    means = _scale_means(one, columns, lines, hides=threshold is not None)
    spreads = _spreads(one, columns, answered, threshold)
    ordered = sorted(lines, key=_rank) if one.asked.kind in _RANKED else lines
    return QuestionResult(one.asked, answered, ordered, means, spreads, one.steps)


_RANKED = frozenset({QuestionKind.TOPICS, QuestionKind.MISSING})


def _rank(line: Line) -> tuple[float, int, str]:
    """Order by what is shown, never by what is hidden."""
    found = line.means.get(ALL)
    return (-(found.mean if found else 0), -(line.cells[ALL].count or 0), line.label)


def _of(shown: Shown, name: str, among: int | None) -> tuple[int | None, int | None, str]:
    count, why = shown.get(name, (None, "withheld"))
    return count, among, why


def _ratings(one: Tally, columns: Columns, code: str) -> dict[str, list[int]]:
    """Collect ratings by column; under "" those of a scale."""
    found: dict[str, list[int]] = {name: [] for name in columns.names}
    for column, rated in zip(columns.of, one.ratings, strict=False):
        if code in rated:
            found[ALL].append(rated[code])
            if column != ALL:
                found[column].append(rated[code])
    return found


def _mean(steps: Sequence[int]) -> Mean | None:
    return Mean(len(steps), mean(steps), float(median(steps))) if steps else None


def _topic_means(
    one: Tally, line: Line, rated: Mapping[str, Sequence[int]], threshold: int | None
) -> dict[str, Mean | None]:
    """Give the means of a topic; of groups only all together, for one could be told from all."""
    if one.asked.kind is not QuestionKind.TOPICS:
        return {}
    if threshold is None:
        return {name: _mean(steps) for name, steps in rated.items()}
    safe = {
        name: not line.cells[name].hidden
        and (not steps or len(steps) >= threshold)
        and mean_is_safe(Counter(steps), one.steps or 0, threshold)
        for name, steps in rated.items()
    }
    groups = all(safe.values())
    return {
        name: _mean(steps) if safe[name] and (groups or name == ALL) else None
        for name, steps in rated.items()
    }


def _scale_means(
    one: Tally, columns: Columns, lines: Iterable[Line], *, hides: bool
) -> dict[str, Mean | None]:
    """Give the means of a scale; a mean beside hidden steps would tell them."""
    if one.asked.kind is not QuestionKind.SCALE:
        return {}
    rated = _ratings(one, columns, "")
    whole = {name: not any(line.cells[name].hidden for line in lines) for name in columns.names}
    return {
        name: _mean(steps) if whole[name] or not hides else None for name, steps in rated.items()
    }


def _spreads(
    one: Tally, columns: Columns, answered: Mapping[str, Cell], threshold: int | None
) -> dict[str, Spread | None]:
    """Say between which numbers the middle half lies; of few, nothing is said outside."""
    if one.asked.kind is not QuestionKind.NUMBER:
        return {}
    found: dict[str, Spread | None] = {}
    for name in columns.names:
        there = [
            given
            for column, given in zip(columns.of, one.ranges, strict=True)
            if given is not None and name in (ALL, column)
        ]
        if not there or (threshold and (answered[name].hidden or _few(len(there), threshold))):
            found[name] = None
            continue
        low = _quarter([given.low for given in there], 0)
        high = _quarter([given.high for given in there], 2)
        ends = (_coarse(low), _coarse(high)) if threshold else (low, high)
        found[name] = Spread(len(there), *ends)
    return found


def _few(number: int, threshold: int) -> bool:
    return number < _FOR_SPREAD * threshold


def _quarter(values: Sequence[float], place: int) -> float:
    return values[0] if len(values) == 1 else quantiles(values, n=4, method="inclusive")[place]


def _coarse(value: float) -> float:
    """Keep two digits, so that no single answer is read off."""
    return float(f"{value:.{_DIGITS}g}")
