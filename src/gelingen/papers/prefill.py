"""A paper written from the records: facts, costs with their source, posts, the proposal.

draft(measures, selection=..., on=...) -> Given
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from gelingen.papers.content import amount
from gelingen.papers.writing import Given
from gelingen.terms.spelling import day, number, period
from gelingen.terms.vocabulary import Maturity
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.plan.models import Measure
    from gelingen.programme.models import Selection
    from gelingen.register.models import Organisation

_CENT, _LONGEST = Decimal("0.01"), 300
_NOTHING = Decimal(0)
# Of what is over or given up no paper asks any more.
OVER = (Maturity.FINISHED, Maturity.HANDED_OVER, Maturity.DROPPED)


@dataclass(frozen=True, slots=True)
class Range:
    """An amount in EUR from low to high."""

    low: Decimal
    high: Decimal

    def __add__(self, other: "Range") -> "Range":
        """Add both ends."""
        return Range(self.low + other.low, self.high + other.high)


def _range(low: Decimal | None, high: Decimal | None) -> Range | None:
    """Give a range; where only one end is stated, it stands for both."""
    if low is None and high is None:
        return None
    first = low if low is not None else high
    last = high if high is not None else low
    return Range(first or _NOTHING, last or _NOTHING)


def once_of(one: "Measure") -> Range | None:
    """Give what a measure costs one time."""
    return _range(one.cost_once_low, one.cost_once_high)


def year_of(one: "Measure") -> Range | None:
    """Give what a measure costs every year."""
    return _range(one.cost_year_low, one.cost_year_high)


def funding_of(one: "Measure") -> Range | None:
    """Give what others pay of the yearly cost: by the share of funding, else what is not one's own.

    None where neither is stated, or where the yearly cost is not.
    """
    cost = year_of(one)
    if cost is None:
        return None
    if one.funding_percent is not None:
        return _part(cost, one.funding_percent)
    if one.own_share is not None:
        return Range(
            max(cost.low - one.own_share, _NOTHING), max(cost.high - one.own_share, _NOTHING)
        )
    return None


def own_of(one: "Measure") -> Range | None:
    """Give what is one's own of the yearly cost: as stated, else what funding leaves."""
    if one.own_share is not None:
        return Range(one.own_share, one.own_share)
    cost = year_of(one)
    if cost is None or one.funding_percent is None:
        return None
    return _part(cost, 100 - one.funding_percent)


def _part(cost: Range, percent: Decimal) -> Range:
    low, high = (
        (one * percent / 100).quantize(_CENT, ROUND_HALF_UP) for one in (cost.low, cost.high)
    )
    return Range(low, high)


def total(measures: Iterable["Measure"], of: Callable[["Measure"], Range | None]) -> Range | None:
    """Add an amount over measures; None where none of them states it."""
    known = [found for one in measures if (found := of(one)) is not None]
    return sum(known, Range(_NOTHING, _NOTHING)) if known else None


def draft(
    measures: Sequence["Measure"], *, selection: "Selection | None" = None, on: date
) -> Given:
    """Write a paper about measures as far as the records go.

    Args:
        measures: each with its lead, in the order in which they are to stand.
        selection: the year's selection that chose them.
        on: the day of the records.

    """
    sums = {
        name: total(measures, of)
        for name, of in (
            ("once", once_of), ("year", year_of), ("funding", funding_of), ("own", own_of)
        )
    }  # fmt: skip
    money: dict[str, Any] = {
        f"{name}_{end}": getattr(found, end) if found else None
        for name, found in sums.items()
        for end in ("low", "high")
    }
    staff = [one.fte for one in measures if one.fte is not None]
    return Given(
        subject=_subject(measures, selection),
        facts=_facts(measures, selection),
        proposal=_proposal(measures, selection, sums),
        **money,
        money_source=_source(measures, on),
        budget_line=_lines(measures),
        fte=sum(staff, _NOTHING) if staff else None,
        posts=_posts(measures),
        body=selection.body if selection else None,
        lead=_lead(measures),
        refusal=_refusal(measures),
    )


def _subject(measures: Sequence["Measure"], selection: "Selection | None") -> str:
    if selection is not None:
        return f"Maßnahmen {selection.year}: {counted(len(measures), 'Maßnahme', 'Maßnahmen')}"
    if not measures:
        return ""
    title = measures[0].title
    more = len(measures) - 1
    said = (
        f"{title} und {counted(more, 'weitere Maßnahme', 'weitere Maßnahmen')}" if more else title
    )
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"


def _lead(measures: Sequence["Measure"]) -> "Organisation | None":
    """Name the lead if all measures have the same one."""
    leads = {one.lead_id: one.lead for one in measures}
    return next(iter(leads.values())) if len(leads) == 1 else None


def _facts(measures: Sequence["Measure"], selection: "Selection | None") -> str:
    blocks = []
    if selection is not None and selection.decided:
        by = f" durch {selection.body}" if selection.body else ""
        blocks.append(
            f"Die Maßnahmen wurden am {day(selection.decided)}{by} für das Jahr "
            f"{selection.year} ausgewählt."
        )
    many = len(measures) > 1
    for place, one in enumerate(measures, 1):
        head = f"{place}. {one.title}" if many else one.title
        about = [text for text in (one.situation, one.description) if text]
        blocks.append("\n".join([head, *about, _told(one)]))
    return "\n\n".join(blocks)


def _told(one: "Measure") -> str:
    """Say in a line who leads a measure, when it runs and what it costs."""
    when = period(one.starts, one.ends) if one.starts or one.ends else ""
    parts = [
        f"Federführung: {one.lead}" if one.lead else "Federführung offen",
        f"Zeitraum: {when}" if when else "",
        f"Kosten: {_costs(one) or 'noch nicht angegeben'}",
    ]
    return ". ".join(part for part in parts if part) + "."


def _costs(one: "Measure") -> str:
    once, yearly = once_of(one), year_of(one)
    said = [
        f"einmalig {amount(once.low, once.high)}" if once else "",
        f"im Jahr {amount(yearly.low, yearly.high)}" if yearly else "",
        one.cost_note,
    ]
    return ", ".join(part for part in said if part)


def _proposal(
    measures: Sequence["Measure"],
    selection: "Selection | None",
    sums: dict[str, Range | None],
) -> str:
    if not measures:
        return ""
    when = f" im Jahr {selection.year}" if selection else ""
    if len(measures) == 1:
        said = f"Die Maßnahme „{measures[0].title}“ wird{when} durchgeführt."
    else:
        listed = "\n".join(f"{place}. {one.title}" for place, one in enumerate(measures, 1))
        said = f"Folgende Maßnahmen werden{when} durchgeführt:\n{listed}"
    once, yearly = sums["once"], sums["year"]
    money = [
        f"einmalig {amount(once.low, once.high)}" if once else "",
        f"jährlich {amount(yearly.low, yearly.high)}" if yearly else "",
    ]
    if any(money):
        needed = " und ".join(part for part in money if part)
        said += f"\nDafür werden {needed} bereitgestellt."
    return said


def _source(measures: Sequence["Measure"], on: date) -> str:
    """Say from what the sums come, measure by measure, and what is not stated."""
    if not measures:
        return ""
    lines = [f"Summe der Angaben im Plan, Stand {day(on)}:"]
    lines += [
        f"{one.title}: {_costs(one)}{_share(one)}{_cited(one)}" for one in measures if _costs(one)
    ]
    if lacking := [f"„{one.title}“" for one in measures if not _costs(one)]:
        lines.append(f"Ohne Angabe zu den Kosten und nicht enthalten: {', '.join(lacking)}.")
    return "\n".join(lines)


def _share(one: "Measure") -> str:
    said = [
        f"Förderquote {number(float(one.funding_percent), 1)} %"
        if one.funding_percent is not None
        else "",
        one.programme,
        f"Eigenanteil im Jahr {amount(one.own_share, one.own_share)}"
        if one.own_share is not None
        else "",
    ]
    told = ", ".join(part for part in said if part)
    return f"; {told}" if told else ""


def _cited(one: "Measure") -> str:
    return f" (Quelle: {' '.join(one.source.split())})" if one.source else ""


def _lines(measures: Sequence["Measure"]) -> str:
    found = dict.fromkeys(one.budget_line for one in measures if one.budget_line)
    return ", ".join(found)[:200]


def _posts(measures: Sequence["Measure"]) -> str:
    return "\n".join(
        f"{one.title}: {number(float(one.fte), 2)} VZÄ" for one in measures if one.fte is not None
    )


def _refusal(measures: Sequence["Measure"]) -> str:
    """Say which needs stay open: what the measures answer nobody else does by itself."""
    needs = dict.fromkeys(str(need) for one in measures for need in one.needs.all())
    if not needs:
        return ""
    return "Offen blieben diese Bedarfe:\n" + "\n".join(f"- {one}" for one in needs)
