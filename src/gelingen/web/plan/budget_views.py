"""Money and staff of the plan by year, with the measures behind each figure."""

from datetime import date

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe

from gelingen.config.day import today
from gelingen.documents.pictures import Series, stacked
from gelingen.plan.budget import Cost, Share, Span, Year, budget, costs
from gelingen.plan.queries import plans
from gelingen.reports.counting import counted
from gelingen.terms.spelling import day, last_day, number, number_range
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import StaffRequest, page, staff
from gelingen.web.plan.tabs import tabs
from gelingen.web.records import ways

YEARS = 5
COLUMNS = (
    Column("Jahr"),
    Column("gesichert, EUR", number=True),
    Column("offen, EUR", number=True),
    Column("gesichert, VZÄ", number=True),
    Column("offen, VZÄ", number=True),
    Column("Maßnahmen", number=True),
)
BEHIND = (
    Column("Maßnahme"),
    Column("gesichert, EUR", number=True),
    Column("offen, EUR", number=True),
    Column("gesichert, VZÄ", number=True),
    Column("offen, VZÄ", number=True),
)
PARTS = {"gesichert": "gesichert", "offen": "offen"}


@staff
def money(request: StaffRequest) -> HttpResponse:
    """Show what the plan needs year by year; a year opens the measures behind it."""
    plan = plans(request.user, request.tenant).first()
    first = date(today().year, 1, 1)
    ends = plan.horizon if plan and plan.horizon > first else date(first.year + YEARS, 1, 1)
    given = costs(request.user, request.tenant)
    years = budget(given, starts=first, ends=ends)
    asked = next((one for one in years if str(one.year) == request.GET.get("jahr")), None)
    part = PARTS.get(request.GET.get("teil", ""), "")
    return page(
        request,
        "plan/budget.html",
        tabs=tabs(request, "plan-budget"),
        answer=_answer(given, years, ends),
        listing=Listing("Bedarf des Plans nach Kalenderjahren", COLUMNS, [_row(y) for y in years]),
        svg=_picture(years),
        asked=asked,
        part=part,
        behind=_behind(request, asked, part) if asked else None,
        silent=[one for one in given if not one.stated],
        ends=last_day(ends),
    )


def _answer(given: list[Cost], years: list[Year], ends: date) -> str:
    """Say in one sentence what is secured and what is open."""
    secured = sum((one.secured for one in years), Span())
    open_ = sum((one.open for one in years), Span())
    priced = sum(one.stated for one in given)
    return (
        f"Bis {day(last_day(ends))} sind {_eur(secured) or '0'} EUR gesichert und "
        f"{_eur(open_) or '0'} EUR offen. Kosten sind zu {priced} von "
        f"{counted(len(given), 'Maßnahme', 'Maßnahmen')} genannt."
    )


def _eur(span: Span) -> str:
    return number_range(span.low, span.high) if span.high else ""


def _fte(value: float) -> str:
    return number(value, 1) if value else ""


def _row(one: Year) -> Row:
    def cell(text: str, part: str) -> Cell | str:
        return Cell(text, url=f"?jahr={one.year}&teil={part}#dahinter") if text else ""

    whole = f"?jahr={one.year}#dahinter"
    return (
        Cell(str(one.year), url=whole if one.shares else ""),
        cell(_eur(one.secured), "gesichert"),
        cell(_eur(one.open), "offen"),
        cell(_fte(one.fte_secured), "gesichert"),
        cell(_fte(one.fte_open), "offen"),
        Cell(str(len(one.shares)), url=whole) if one.shares else "",
    )


def _behind(request: StaffRequest, year: Year, part: str) -> Listing:
    """List the measures behind the figures of a year."""
    way = ways(request, "measure")
    kept = {
        "gesichert": [one for one in year.shares if one.any_secured],
        "offen": [one for one in year.shares if one.any_open],
    }.get(part, list(year.shares))
    rows = [_share(one, way(one.measure)) for one in kept]
    return Listing(f"Maßnahmen im Jahr {year.year}", BEHIND, rows)


def _share(one: Share, url: str) -> Row:
    return (
        Cell(one.title, url=url),
        _eur(one.secured),
        _eur(one.open),
        _fte(one.fte_secured),
        _fte(one.fte_open),
    )


def _picture(years: list[Year]) -> SafeString:
    """Draw the money year by year; nothing where no amount is known."""
    if not any(one.secured.high or one.open.high for one in years):
        return SafeString()
    drawn = stacked(
        [str(one.year) for one in years],
        [
            Series("secured", tuple(one.secured.middle for one in years)),
            Series("open", tuple(one.open.middle for one in years)),
        ],
        title="Geld des Plans nach Kalenderjahren",
        unit="EUR",
    )
    return mark_safe(drawn.svg)  # noqa: S308 - drawn here; every text in it is escaped
