"""What a report has to conclude something for: goals and measures, each with its facts.

read_year(actor, report, on=...) -> Year: measures with state and reports, goals, conclusions
missing(year) -> [sentence]: what stands in the way of a release
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.policy import Actor
from gelingen.editions.states import state_of_goal
from gelingen.plan.queries import goals_with_needs, measures_in_full
from gelingen.progress.queries import State, reports_of, states
from gelingen.progress.rounds import had_begun
from gelingen.terms.progress import MeasureState
from gelingen.terms.vocabulary import Maturity
from gelingen.terms.yearly import ReportKind, Verdict
from gelingen.wording.words import counted
from gelingen.yearly.models import Conclusion, YearReport
from gelingen.yearly.queries import conclusions_of

if TYPE_CHECKING:
    from gelingen.plan.models import ImpactGoal, Measure
    from gelingen.progress.models import ProgressReport

# What does not go as planned, or is not known, is not passed over with a tick.
_EXPLAINED = frozenset(
    {MeasureState.LATE, MeasureState.BLOCKED, MeasureState.DROPPED, MeasureState.UNKNOWN}
)
_PROPOSING = frozenset({Verdict.CHANGE, Verdict.DECIDE, Verdict.STOP})
_OVER = (Maturity.FINISHED, Maturity.HANDED_OVER, Maturity.DROPPED)


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in a report.

    Attributes:
        measure: with topic, lead and all it names.
        state: how it stands on the day of the report.
        years: what its lead reported for each year of the period, by year; empty: nothing.
        before: what its lead reported for the year before the period; None: nothing.
        title: of the measure; in a released report as it was at the release.

    """

    measure: "Measure"
    state: State
    years: "dict[int, ProgressReport]"
    before: "ProgressReport | None"
    title: str

    @property
    def latest(self) -> "ProgressReport | None":
        """What was reported for the latest year; None: nothing."""
        return self.years[max(self.years)] if self.years else None


@dataclass(frozen=True, slots=True)
class Subject:
    """A goal or a measure for which a report concludes something.

    Attributes:
        thing: such as "measure:m01".
        goal: whether it is a goal.
        title: as people read it.
        topic: name of its topic.
        state: how it stands; of a goal, how the measures that serve it stand together.
        reason: why, in one German sentence.
        conclusion: what is concluded; None: nothing yet.

    """

    thing: str
    goal: bool
    title: str
    topic: str
    state: MeasureState
    reason: str
    conclusion: Conclusion | None

    @property
    def needs_text(self) -> bool:
        """Whether a verdict alone does not say enough."""
        if self.conclusion is None:
            return False
        proposing = self.conclusion.verdict in _PROPOSING
        return self.goal or proposing or self.state in _EXPLAINED

    @property
    def settled(self) -> bool:
        """Whether everything is said that a release asks for."""
        if self.conclusion is None:
            return False
        return bool(self.conclusion.text.strip()) or not self.needs_text


@dataclass(frozen=True, slots=True)
class Year:
    """What a report is about.

    Attributes:
        report: the report.
        on: day of the states.
        lines: measures in the order of the plan.
        goals: impact goals in the order of the plan.
        subjects: goals, then measures, each in the order of the plan.

    """

    report: YearReport
    on: date
    lines: tuple[Line, ...]
    goals: "tuple[ImpactGoal, ...]"
    subjects: tuple[Subject, ...]

    @property
    def silent(self) -> list[Line]:
        """Measures that had begun and of which nothing was reported for the period."""
        last = years_of(self.report)[-1]
        return [
            one
            for one in self.lines
            if not one.years and not _is_over(one) and had_begun(one.measure, last)
        ]


def years_of(report: YearReport) -> range:
    """Give the years that a report touches."""
    last = report.ends.year - (1 if (report.ends.month, report.ends.day) == (1, 1) else 0)
    return range(report.starts.year, last + 1)


def read_year(actor: Actor, report: YearReport, *, on: date) -> Year:
    """Read what a report is about. The number of queries depends on its years alone.

    Args:
        actor: who reads.
        report: with its plan and tenant.
        on: day on which the states are asked for; reports that came later do not count. A released
            report keeps the day of its release, and what it said then about each subject.

    """
    on = report.released or on
    tenant = report.tenant
    every = measures_in_full(actor, tenant)
    stand = states(actor, every, on=on)
    told = {year: _until(on, reports_of(actor, tenant, year=year)) for year in years_of(report)}
    earlier = _until(on, reports_of(actor, tenant, year=report.starts.year - 1))
    all_lines = [
        Line(
            one,
            stand[one.pk],
            {year: found[one.pk] for year, found in told.items() if one.pk in found},
            earlier.get(one.pk),
            one.title,
        )
        for one in every
    ]
    goals = tuple(goals_with_needs(actor, tenant, plan=report.plan))
    conclusions = conclusions_of(report)
    kept = _kept(report, conclusions)
    if kept is None:
        lines = tuple(one for one in all_lines if _belongs(one, report))
        subjects = tuple(_subjects(report, lines, goals, conclusions))
        return Year(report, on, lines, goals, subjects)
    told_of = {one.thing for one in kept}
    goals = tuple(one for one in goals if f"goal:{one.key}" in told_of)
    return Year(report, on, tuple(_as_kept(report, all_lines, kept)), goals, kept)


def _until(on: date, found: "dict[int, ProgressReport]") -> "dict[int, ProgressReport]":
    """Leave out what was reported after a day."""
    return {pk: one for pk, one in found.items() if one.day <= on}


def _kept(report: YearReport, conclusions: dict[str, Conclusion]) -> tuple[Subject, ...] | None:
    """Give the subjects as they were at the release; None for drafts and what kept none."""
    if not report.released or "subjects" not in report.content:
        return None
    return tuple(
        Subject(
            one["thing"], one["thing"].startswith("goal:"), one["title"], one["topic"],
            MeasureState.of(one["state"]), one["reason"], conclusions.get(one["thing"]),
        )
        for one in report.content["subjects"]
    )  # fmt: skip


def _as_kept(report: YearReport, lines: Iterable[Line], kept: Iterable[Subject]) -> Iterator[Line]:
    """Give the lines that a released report has, with state, reason and title as they were then.

    What the records say today chooses none and leaves none out. An evaluation kept no titles of
    measures; they are called as today.
    """
    states, reasons = report.content["states"], report.content["reasons"]
    titles = {one.thing: one.title for one in kept}
    for line in lines:
        if (key := line.measure.key) in states:
            stood = replace(line.state, state=MeasureState.of(states[key]), reason=reasons[key])
            yield replace(line, state=stood, title=titles.get(f"measure:{key}", line.title))


def _belongs(line: Line, report: YearReport) -> bool:
    """Whether a measure was more than an idea, and not over before the period.

    What was reported for the period always belongs to it.
    """
    measure = line.measure
    if line.years:
        return True
    if measure.maturity == Maturity.IDEA:
        return False
    if measure.maturity not in _OVER and not _is_over(line):
        return True
    if line.before and line.before.assessment in (MeasureState.DONE, MeasureState.DROPPED):
        return False  # Told for the year before, though perhaps only written in this one.
    # Where nobody recorded the last day, it ended when its lead said so.
    ended = measure.ends or line.state.day
    return ended is None or ended > report.starts


def _is_over(line: Line) -> bool:
    return line.state.state in (MeasureState.DONE, MeasureState.DROPPED)


def serve(goal: "ImpactGoal", lines: Iterable[Line]) -> list[Line]:
    """Give those of some measures that serve a goal."""
    return [one for one in lines if goal in one.measure.goals.all()]


def _subjects(
    report: YearReport,
    lines: Iterable[Line],
    goals: "Iterable[ImpactGoal]",
    conclusions: dict[str, Conclusion],
) -> Iterator[Subject]:
    lines = tuple(lines)
    for goal in goals:
        own, thing = serve(goal, lines), f"goal:{goal.key}"
        state = MeasureState.of(state_of_goal(one.state.state for one in own))
        yield Subject(
            thing, True, goal.title, str(goal.topic), state, _why(own), conclusions.get(thing)  # noqa: FBT003
        )  # fmt: skip
    if report.kind == ReportKind.EVALUATION:
        return  # It weighs goals; single measures are the business of each year.
    for line in lines:
        one, thing = line.measure, f"measure:{line.measure.key}"
        yield Subject(
            thing, False, one.title, str(one.topic), line.state.state, line.state.reason,  # noqa: FBT003
            conclusions.get(thing),
        )  # fmt: skip


def _why(own: list[Line]) -> str:
    """Say how the measures of a goal stand."""
    if not own:
        return "Keine Maßnahme dient diesem Ziel."
    counts = [(state, sum(one.state.state is state for one in own)) for state in MeasureState]
    said = ", ".join(f"{number} {state.label}" for state, number in counts if number)
    return f"{counted(len(own), 'Maßnahme', 'Maßnahmen')}: {said}."


def missing(year: Year) -> list[str]:
    """Say what is to be done before a report is released, in German sentences."""
    if not year.subjects:
        return [
            "Im Plan steht weder ein Wirkungsziel noch eine Maßnahme, über die zu berichten ist."
        ]
    told = []
    for goal, one, many in (
        (True, "Wirkungsziel", "Wirkungsziele"),
        (False, "Maßnahme", "Maßnahmen"),
    ):
        own = [subject for subject in year.subjects if subject.goal is goal]
        if silent := sum(subject.conclusion is None for subject in own):
            told.append(f"Für {counted(silent, one, many)} fehlt die Folgerung.")
        if bare := sum(bool(subject.conclusion) and not subject.settled for subject in own):
            told.append(f"Für {counted(bare, one, many)} fehlt die Begründung der Folgerung.")
    return told
