"""What came out of a survey, question by question, as it may be read.

Two views. *Internal*, for those who may ask: of a named survey every number; of an anonymous one
once it is over, from as many answers as the threshold, and as if it left the house. *Public*, what
leaves the house: always protected, and checked against what is out already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gelingen.access.policy import Actor, May, require
from gelingen.analysis.proportions import Share, ci_proportion
from gelingen.surveys.anonymous import finish
from gelingen.surveys.branches import with_parents
from gelingen.surveys.columns import ALL, Columns, plain_columns, safe_columns
from gelingen.surveys.counting import (
    ANSWERED,
    base_table,
    cell,
    line_row,
    lines_by_group,
    question_table,
)
from gelingen.surveys.earlier import earlier_of
from gelingen.surveys.links import Closed, closed_why
from gelingen.surveys.measures import (
    Guard,
    Mean,
    Spread,
    guard_of,
    scale_means,
    spreads,
    topic_means,
)
from gelingen.surveys.models import Survey
from gelingen.surveys.protecting import Earlier, Protected, protect_survey
from gelingen.surveys.questions import Asked, questions_of
from gelingen.surveys.said import Answer, answers_to
from gelingen.surveys.tallies import Tally, tally
from gelingen.terms.surveys import QuestionKind, SurveyMode
from gelingen.topics.queries import topics


@dataclass(frozen=True, slots=True)
class Cell:
    """A count.

    Attributes:
        count: None if it is hidden.
        of: among how many; None if that is hidden.
        hidden: why: small, sums, difference, withheld or alike; "" if it is shown.

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
        withheld: whether nothing of it may be shown, because it was put only to some.

    """

    asked: Asked
    answered: Mapping[str, Cell]
    lines: Sequence[Line]
    means: Mapping[str, Mean | None]
    spreads: Mapping[str, Spread | None]
    steps: int | None
    withheld: bool = False

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
        questions: in their order; none if there are too few answers. Where numbers are protected,
            without the question about the group: its lines are the columns.
        protected: the tables behind it, None where every number is shown.
        too_few: whether there are too few answers to show anything.
        offered: groups that could be shown.
        running: whether nothing but the number of answers may be shown, and that not if it is
            small, because an anonymous survey is not over.

    """

    survey: Survey
    public: bool
    sizes: Mapping[str, int]
    columns: Columns
    questions: Sequence[QuestionResult]
    protected: Protected | None
    too_few: bool = False
    offered: Sequence[str] = ()
    running: bool = False

    @property
    def anonymous(self) -> bool:
        """Whether nobody may know who answered what."""
        return self.survey.mode == SurveyMode.ANONYMOUS


def results(  # noqa: PLR0913 - what is asked for, and by whom
    actor: Actor,
    survey: Survey,
    *,
    public: bool,
    on: date,
    groups: bool = True,
    only: str = "",
) -> Results:
    """Say what came out of a survey. Ten queries at most, if no anonymous answer waits.

    Anonymous answers that still wait when their survey is over are put among the others before.

    Args:
        actor: who asks.
        survey: read before.
        public: as it may leave the house; otherwise for those who may ask.
        on: the day.
        groups: whether groups are wanted; to protect them takes seconds a question.
        only: key of the one question that is wanted; "": all.

    Raises:
        PermissionDenied: the actor may not ask.
        ProtectionError: nothing can be shown without telling a small number.

    """
    require(actor, May.ASK, survey)
    anonymous = survey.mode == SurveyMode.ANONYMOUS
    running = is_running(survey, on=on)
    waiting = anonymous and not running and survey.waiting.exists() and finish(survey, on=on)
    answers = answers_to(actor, survey)
    hides = public or anonymous
    few = hides and len(answers) < survey.threshold
    if running:
        return _nothing(survey, [] if few else answers, public=public, running=True)
    if few or not answers:
        return _nothing(survey, answers, public=public, too_few=bool(answers or waiting))
    names = dict(topics(actor, survey.tenant).values_list("key", "name"))
    asked = with_parents(questions_of(survey), only)
    if not hides:
        tallies = [tally(one, answers, names) for one in asked if only in ("", one.key)]
        return _plain(survey, answers, tallies, groups=groups)
    told = [one for one in asked if one.key != survey.group_question]
    earlier = earlier_of(survey, [one.key for one in told])
    tallies = [tally(one, answers, names) for one in told]
    found = protected_results(
        survey, answers, tallies, public=public, groups=groups, earlier=earlier
    )
    return replace(found, questions=[one for one in found.questions if only in ("", one.asked.key)])


def is_running(survey: Survey, *, on: date) -> bool:
    """Whether nothing that was answered may be read yet: an anonymous survey is not over."""
    anonymous = survey.mode == SurveyMode.ANONYMOUS
    return anonymous and closed_why(survey, on=on) is not Closed.OVER


def _nothing(
    survey: Survey,
    answers: Sequence[Answer],
    *,
    public: bool,
    too_few: bool = False,
    running: bool = False,
) -> Results:
    none = Columns([ALL] * len(answers), {})
    return Results(survey, public, none.sizes(), none, (), None, too_few=too_few, running=running)


def protected_results(  # noqa: PLR0913 - what is counted, and what is out
    survey: Survey,
    answers: Sequence[Answer],
    tallies: Sequence[Tally],
    *,
    public: bool,
    groups: bool,
    earlier: Earlier,
) -> Results:
    """Protect what was answered and say what may be read of it.

    Args:
        survey: read before.
        answers: all answers, at least as many as the threshold.
        tallies: see `protect_survey`.
        public: see `results`.
        groups: see `results`.
        earlier: what is out already.

    Raises:
        ProtectionError: nothing can be shown without telling a small number.

    """
    protected = protect_survey(
        answers,
        tallies,
        survey=survey.key,
        threshold=survey.threshold,
        groups=groups,
        earlier=earlier,
    )
    guard = guard_of(survey.threshold, earlier)
    return Results(
        survey,
        public,
        protected.columns.sizes(),
        protected.columns,
        [_protected(one, protected, guard) for one in tallies],
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


def _protected(one: Tally, protected: Protected, guard: Guard) -> QuestionResult:
    key = one.asked.key
    if key in protected.withheld:
        # Even that somebody said something may be known only where it is a line.
        return replace(_result(one, protected.columns, {}, guard), lines=(), withheld=True)
    frame = protected.tables[key][-1].cells.frame
    rows = frame.select("cell", "count", "reason").rows()
    shown = {name: (count, "" if why == "shown" else why) for name, count, why in rows}
    if key in protected.of_one_mind:
        groups = lines_by_group(one, protected.columns)
        cells = [cell for whole, lines in groups.items() for cell in (whole, *lines)]
        shown |= dict.fromkeys(cells, (None, "alike"))
    return _result(one, protected.columns, shown, guard)


Shown = Mapping[str, tuple[int | None, str]]


def _result(one: Tally, columns: Columns, shown: Shown, guard: Guard | None) -> QuestionResult:
    """Put the result of a question together; with a guard, means and ranges are protected."""
    key, names = one.asked.key, columns.names
    sizes = columns.sizes()
    answered = {name: Cell(*_of(shown, cell(name, key, ANSWERED), sizes[name])) for name in names}
    among = {
        name: sizes[name] if found.count is None else found.count
        for name, found in answered.items()
    }
    lines = []
    for code, label in one.lines.items():
        rows = {name: cell(name, key, line_row(code)) for name in names}
        cells = {name: Cell(*_of(shown, row, among[name])) for name, row in rows.items()}
        means = topic_means(one, columns, code, _hidden(cells), guard)
        lines.append(Line(code, label, cells, means))
    steps_hidden = {name for line in lines for name in _hidden(line.cells)}
    return QuestionResult(
        one.asked,
        answered,
        sorted(lines, key=_rank) if one.asked.kind in _RANKED else lines,
        scale_means(one, columns, steps_hidden, guard),
        spreads(one, columns, _hidden(answered), guard),
        one.steps,
    )


def _hidden(cells: Mapping[str, Cell]) -> set[str]:
    return {name for name, found in cells.items() if found.hidden}


_RANKED = frozenset({QuestionKind.TOPICS, QuestionKind.MISSING})


def _rank(line: Line) -> tuple[float, int, str]:
    """Order by what is shown, never by what is hidden."""
    found = line.means.get(ALL)
    return (-(found.mean if found else 0), -(line.cells[ALL].count or 0), line.label)


def _of(shown: Shown, name: str, among: int | None) -> tuple[int | None, int | None, str]:
    count, why = shown.get(name, (None, "withheld"))
    return count, among, why
