"""Everything a report on a plan tells, read once, and the sums of what leads reported."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gelingen.access.policy import Actor
from gelingen.findings.queries import ALL, FindingLine, finding_lines
from gelingen.places.queries import figures
from gelingen.programme.queries import selections
from gelingen.register.queries import fundings_with_funders
from gelingen.reports.yearly.indicators import Measured, read_measured
from gelingen.reports.yearly.saying import few
from gelingen.topics.queries import topics
from gelingen.yearly.queries import last_released, texts_of
from gelingen.yearly.subjects import Line, Year, read_year

if TYPE_CHECKING:
    from gelingen.places.models import Figure
    from gelingen.plan.models import Measure
    from gelingen.programme.models import Selection
    from gelingen.progress.models import ProgressReport
    from gelingen.register.models import Funding
    from gelingen.topics.models import Topic
    from gelingen.yearly.models import YearReport


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells.

    Attributes:
        year: the report with measures, goals and conclusions.
        texts: the county's own words by chapter.
        topics: in their order.
        findings: what the analyses found, the weightiest first, also what is solved.
        fundings: each with structure and funder.
        figures: about territories, up to the day of the report, without those of indicators that
            must not get out.
        measured: indicators that have values, by register and code.
        selection: the choice for the year that follows; None: there is none yet.
        chosen: what it chose, in the order of the plan.
        before: content of the last released report of this kind; empty: there is none.
        before_title: its title.

    """

    year: Year
    texts: dict[str, str]
    topics: "tuple[Topic, ...]"
    findings: tuple[FindingLine, ...]
    fundings: "tuple[Funding, ...]"
    figures: "tuple[Figure, ...]"
    measured: tuple[Measured, ...]
    selection: "Selection | None"
    chosen: "tuple[Measure, ...]"
    before: dict[str, Any]
    before_title: str

    @property
    def report(self) -> "YearReport":
        """The report."""
        return self.year.report

    @property
    def on(self) -> date:
        """Day of the states."""
        return self.year.on

    @property
    def lines(self) -> tuple[Line, ...]:
        """Measures in the order of the plan."""
        return self.year.lines

    def within(self, day: date | None) -> bool:
        """Tell whether a day lies in the period of the report."""
        return day is not None and self.report.starts <= day < self.report.ends


def read_told(actor: Actor, report: "YearReport", *, on: date) -> Told:
    """Read what a report tells. The number of queries depends on its years alone.

    Args:
        actor: who reads.
        report: with its plan and tenant.
        on: day of the states; a released report keeps that of its release.

    """
    on = report.released or on
    tenant, following = report.tenant, report.ends.year
    selection = selections(actor, tenant).filter(year=following).first()
    before = last_released(actor, report)
    measured, hidden = read_measured(actor, tenant, on=on)
    return Told(
        year=read_year(actor, report, on=on),
        texts={code: one.text for code, one in texts_of(report).items() if one.text.strip()},
        topics=tuple(topics(actor, tenant)),
        findings=tuple(finding_lines(actor, tenant, state=ALL)),
        fundings=tuple(fundings_with_funders(actor, tenant)),
        figures=tuple(one for one in figures(actor, tenant, on=on) if one.key not in hidden),
        measured=measured,
        selection=selection,
        chosen=_chosen(selection),
        before=dict(before.content) if before else {},
        before_title=before.title if before else "",
    )  # fmt: skip


def _chosen(selection: "Selection | None") -> "tuple[Measure, ...]":
    """Give the measures that a selection chose, in the order of the plan. One query."""
    if selection is None:
        return ()
    found = selection.candidates.filter(chosen=True).select_related("measure")
    return tuple(one.measure for one in found.order_by("measure__order", "measure__key"))


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over reports.

    Attributes:
        value: the sum; None where no report says anything.
        of: how many reports say something.
        records: their keys.

    """

    value: Decimal | None
    of: int
    records: tuple[str, ...]


# What is added up over reports: name of the field, and what it is called.
SUMMED = {
    "participants": "Teilnehmende",
    "fte": "Personal (VZÄ)",
    "hours": "Stunden",
    "cost": "Kosten",
    "funding": "davon Förderung",
}


def reported(lines: Iterable[Line]) -> "list[ProgressReport]":
    """Give all reports of the period, in the order of measures and years."""
    return [one.years[year] for one in lines for year in sorted(one.years)]


def added(reports: "Iterable[ProgressReport]", field: str) -> Sum:
    """Add a field over reports; what is not said is not taken for nothing.

    Numbers of people below five are left out, so that no sum gives them away.
    """
    said = [(one.key, getattr(one, field)) for one in reports]
    known = [(key, value) for key, value in said if value is not None and not few(field, value)]
    value = sum((Decimal(value) for _, value in known), Decimal(0)) if known else None
    return Sum(value, len(known), tuple(key for key, _ in known))


def stair_of(line: Line) -> int:
    """Give the highest stair of effect that reports prove: 0 nothing, 1 it took place, 2 used.

    That people learnt something or live otherwise no count of participants proves.
    """
    found = list(line.years.values())
    if any(one.participants for one in found):
        return 2
    took_place = any(one.hours or one.cost or one.effect.strip() for one in found)
    return 1 if took_place else 0


def by_state(lines: Iterable[Line], state_of: Callable[[Line], str]) -> dict[str, list[Line]]:
    """Gather measures by how they stand."""
    found: dict[str, list[Line]] = {}
    for one in lines:
        found.setdefault(state_of(one), []).append(one)
    return found
