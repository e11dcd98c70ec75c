"""Money and staff that a plan needs by calendar year: what is secured and what is open."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.analysis.schema import Structures, Tranches
from gelingen.analysis.years import amounts
from gelingen.plan.queries import measures
from gelingen.terms.vocabulary import FundingState, Maturity, Scenario

_SECURED, _OPEN = FundingState.APPROVED, FundingState.PLANNED


@dataclass(frozen=True, slots=True)
class Cost:
    """What one measure costs, in EUR; `ends` and `funding_ends` are the first day after.

    Nothing is None where it is not stated. `funding_ends` None: no money is approved.
    """

    measure: str
    title: str
    starts: date | None = None
    ends: date | None = None
    year_low: float | None = None
    year_high: float | None = None
    once_low: float | None = None
    once_high: float | None = None
    fte: float | None = None
    funding_ends: date | None = None

    @property
    def stated(self) -> bool:
        """Whether any cost is stated."""
        values = (self.year_low, self.year_high, self.once_low, self.once_high)
        return any(value is not None for value in values)


@dataclass(frozen=True, slots=True)
class Span:
    """An amount in EUR from low to high."""

    low: float = 0.0
    high: float = 0.0

    def __add__(self, other: "Span") -> "Span":
        """Add both ends."""
        return Span(self.low + other.low, self.high + other.high)

    @property
    def middle(self) -> float:
        """The middle, for pictures."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Share:
    """What one measure takes in one calendar year; staff in full-time posts over the year."""

    measure: str
    title: str
    year: int
    secured: Span = Span()
    open: Span = Span()
    fte_secured: float = 0.0
    fte_open: float = 0.0

    @property
    def any_secured(self) -> bool:
        """Whether secured money or staff is in it."""
        return bool(self.secured.high or self.fte_secured)

    @property
    def any_open(self) -> bool:
        """Whether open money or staff is in it."""
        return bool(self.open.high or self.fte_open)


@dataclass(frozen=True, slots=True)
class Year:
    """What all measures take in one calendar year."""

    year: int
    secured: Span
    open: Span
    fte_secured: float
    fte_open: float
    shares: tuple[Share, ...]


def costs(actor: Actor, tenant: Tenant) -> list[Cost]:
    """Read what the measures of the plan cost, dropped ones left out, in their order. One query."""
    rows = (
        measures(actor, tenant)
        .exclude(maturity=Maturity.DROPPED)
        .values_list(
            "key", "title", "starts", "ends", "cost_year_low", "cost_year_high", "cost_once_low",
            "cost_once_high", "fte", "funding_ends",
        )
    )  # fmt: skip
    return [
        Cost(
            key, title, starts, ends, _float(year_low), _float(year_high), _float(once_low),
            _float(once_high), _float(fte), funding_ends,
        )
        for (
            key, title, starts, ends, year_low, year_high, once_low, once_high, fte, funding_ends,
        ) in rows
    ]  # fmt: skip


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def budget(given: Sequence[Cost], *, starts: date, ends: date) -> list[Year]:
    """Spread costs over the calendar years touched by [starts, ends), ordered by year.

    Yearly costs and staff count by the days on which the measure runs, a cost that occurs once in
    the year in which it begins; a measure without first day runs from `starts`, one without last
    day to `ends`. Secured is what falls before the day on which the approved money ends; all else
    is open. Where only one end of a cost is stated, it stands for both.

    Args:
        given: costs, each measure once.
        starts: first day counted.
        ends: first day not counted any more, later than `starts`.

    """
    of = {cost.measure: cost for cost in given}
    found: dict[int, list[Share]] = {}
    for measure, year, secured, open_ in _parts(given, starts=starts, ends=ends):
        share = _share(
            of[measure], year, secured, open_, first=max(of[measure].starts or starts, starts)
        )
        if share.any_secured or share.any_open:
            found.setdefault(year, []).append(share)
    last = date.fromordinal(ends.toordinal() - 1).year
    return [_year(year, found.get(year, [])) for year in range(starts.year, last + 1)]


def _share(cost: Cost, year: int, secured: float, open_: float, *, first: date) -> Share:
    per_year = _span(cost.year_low, cost.year_high)
    once = _span(cost.once_low, cost.once_high)
    begins = first.year == year and (cost.starts is None or cost.starts == first)
    paid = cost.funding_ends is not None and first < cost.funding_ends
    return Share(
        cost.measure,
        cost.title,
        year,
        _times(per_year, secured) + (once if begins and paid else Span()),
        _times(per_year, open_) + (once if begins and not paid else Span()),
        (cost.fte or 0) * secured,
        (cost.fte or 0) * open_,
    )


def _span(low: float | None, high: float | None) -> Span:
    first = low if low is not None else high
    last = high if high is not None else low
    return Span(first or 0.0, last or 0.0)


def _times(span: Span, part: float) -> Span:
    return Span(span.low * part, span.high * part)


def _year(year: int, shares: Sequence[Share]) -> Year:
    return Year(
        year,
        sum((one.secured for one in shares), Span()),
        sum((one.open for one in shares), Span()),
        sum(one.fte_secured for one in shares),
        sum(one.fte_open for one in shares),
        tuple(shares),
    )


def _parts(
    given: Sequence[Cost], *, starts: date, ends: date
) -> Iterable[tuple[str, int, float, float]]:
    """Measure, year, and the parts of that year with and without approved money, in order.

    The days are counted as those of structures and their money are.
    """
    if not given:
        return []
    running = Structures.from_rows(
        (one.measure, "", "delivers", *(None,) * 6, one.starts, one.ends) for one in given
    )
    pieces = [piece for one in given for piece in _pieces(one)]
    money = Tranches.from_rows(
        (f"{key}|{state}", key, "", state, None, None, 1.0, first, until)
        for key, state, first, until in pieces
    )
    frame = amounts(money, running, starts=starts, ends=ends, scenario=Scenario.OPTIMISTIC)
    parts = {
        (funding, year): part
        for funding, year, part in frame.select("funding", "year", "part").iter_rows()
    }
    years = sorted({year for _, year in parts})
    return [
        (one.measure, year, secured, open_)
        for one in given
        for year in years
        if (secured := parts.get((f"{one.measure}|{_SECURED}", year), 0.0))
        + (open_ := parts.get((f"{one.measure}|{_OPEN}", year), 0.0))
    ]


def _pieces(one: Cost) -> Iterator[tuple[str, FundingState, date | None, date | None]]:
    """Cut a measure where its approved money ends."""
    if one.funding_ends is None:
        yield one.measure, _OPEN, None, None
        return
    yield one.measure, _SECURED, None, one.funding_ends
    yield one.measure, _OPEN, one.funding_ends, None
