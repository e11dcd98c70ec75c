"""What stands on the pages of indicators, in German words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from gelingen.indicators.queries import Line, Sheet
from gelingen.indicators.series import FEW, Point, Series
from gelingen.indicators.shares import share_base
from gelingen.terms.indicators import Beside, LowestLevel, Register
from gelingen.terms.spelling import day, last_day, number, number_range, period
from gelingen.web.boards.sheet import changing
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import StaffRequest, address
from gelingen.web.records import record_link
from gelingen.web.register.sheets import Fact
from gelingen.web.site import charts
from gelingen.wording.statistics import say_trend
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.indicators.catalogue import Entry
    from gelingen.indicators.models import Indicator

NONE = "–"
LINES = (
    Column("Indikator", wide=True),
    Column("Neuester Wert", number=True),
    Column("Stichtag"),
    Column("Gebiete", number=True),
    Column("Rhythmus"),
)
_STAIR = Column("Stufe")
VALUES = (
    Column("Gebiet", wide=True),
    Column("Stichtag"),
    Column("Wert", number=True),
    Column("Zählung"),
    Column("Quelle", wide=True),
)
ENTRIES = (
    Column("Indikator", wide=True),
    Column("Quelle", wide=True),
    Column("Kleinste Ebene"),
    Column("Aktion"),
)
SMALL, MOST = 2, 40


def said(one: Point, unit: str = "") -> str:
    """Write a value as it is known: "ca. 40 bis 60 Prozent"."""
    low, high = float(one.low), float(one.high)
    text = number_range(low, high, charts.digits_of([low, high]))
    about = "ca. " if one.approximate else ""
    return f"{about}{text} {unit}".strip()


def list_answer(lines: Sequence[Line]) -> str:
    """Say how many indicators have values."""
    if not lines:
        return ""
    there = sum(one.last is not None for one in lines)
    word = "Indikator" if len(lines) == 1 else "Indikatoren"
    return f"{len(lines)} {word}, {there} davon mit Werten."


def indicator_listing(request: StaffRequest, lines: Iterable[Line], register: Register) -> Listing:
    """List the indicators of one register."""
    tied = register is Register.MEASURE
    rows: list[Row] = []
    for one in lines:
        sheet = one.indicator
        about = sheet.measure or sheet.goal
        row: Row = (
            Cell(sheet.name, url=address(request, "indicator", record=sheet.key),
                 below=" · ".join(filter(None, (sheet.code, str(about or ""))))),
            said(one.last, one.last.unit or sheet.unit) if one.last else NONE,
            one.last.day_said if one.last else NONE,
            str(one.places or NONE),
            sheet.get_periodicity_display(),
        )  # fmt: skip
        stair = "" if sheet.stair is None else f"{sheet.stair}: {sheet.get_kind_display()}"
        rows.append((*row, stair) if tied else row)
    return Listing(register.label, (*LINES, _STAIR) if tied else LINES, rows)


def sheet_answer(found: Sheet) -> str:
    """Say the newest value, its direction and how far it is from the target."""
    main = found.main
    if main is None or main.last is None:
        return "Noch kein Wert."
    last = main.last
    value = said(last, last.unit or found.indicator.unit)
    parts = [f"{main.name}: {value}, {last.day_said}."]
    if not last.interpretable:
        parts.append(f"Nicht interpretierbar: Der Nenner ist kleiner als {FEW}.")
    parts.append(trend_said(main))
    away = found.distance
    if away is not None:
        gap = float(away.missing)
        much = number(gap, charts.digits_of([gap]))
        parts.append(
            f"Das Ziel zum {day(away.due)} ist erreicht." if not gap else
            f"Das Ziel zum {day(away.due)} ist um {much} überschritten." if away.over else
            f"Bis zum Ziel am {day(away.due)} fehlen {much}."
        )  # fmt: skip
    parts.append(_kept_in(found))
    return " ".join(filter(None, parts))


def _kept_in(found: Sheet) -> str:
    """Say which shares are not published as nobody can tell how many are behind them."""
    lone = sum(
        one.denominator is None
        and one.least is None
        and not one.published
        and share_base(one.unit) is not None
        for part in found.series
        for one in part.points
    )
    if not lone:
        return ""
    many = counted(lone, "Wert wird", "Werte werden")
    return (
        f"{many} nicht veröffentlicht: Ein Anteil geht nur hinaus, wenn sein Nenner in den "
        "Kennzahlen steht oder die Statistik ihn selbst veröffentlicht hat."
    )


def trend_said(one: Series) -> str:
    """Say where a series goes, or why nothing is said."""
    if one.trend is None:
        return "Für einen Trend braucht es mindestens acht vergleichbare Werte in gleichem Abstand."
    return say_trend(one.trend)


def chart(found: Sheet) -> SafeString | str:
    """Draw the series of the own territory; without a second value there is none."""
    main = found.main
    if main is None or len(main.points) < SMALL:
        return ""
    targets = [
        charts.Point(one.due, float(low), float(one.value_high if one.value_high is not None
                                                else low))
        for one in found.targets
        for low in [one.value_low if one.value_low is not None else one.value_high]
        if low is not None
    ]  # fmt: skip
    drawn = charts.over_time(
        _drawn(main), unit=found.indicator.unit, breaks=[one.day for one in main.breaks],
        targets=targets, name=f"{found.indicator.name}, {main.name}",
    )  # fmt: skip
    return mark_safe(drawn)  # noqa: S308 - every word is escaped where it is drawn


def _drawn(one: Series) -> list[charts.Point]:
    return [
        charts.Point(of.reference, float(of.low), float(of.high), way=" ".join(of.strand))
        for of in one.points
    ]


def smalls(every: Sequence[tuple[str, Series]]) -> list[SafeString]:
    """Draw series beside each other with the same bounds; those of one value only as bars."""
    shown = [(name, one) for name, one in every if one.points][:MOST]
    points = [point for _, one in shown for point in _drawn(one)]
    if not points:
        return []
    days = (min(one.day for one in points), max(one.day for one in points))
    bounds = charts.span_of(points)
    return [
        mark_safe(charts.small(  # noqa: S308 - every word is escaped where it is drawn
            _drawn(one), bounds, days, breaks=[of.day for of in one.breaks], title=name,
        ))
        for name, one in shown
    ]  # fmt: skip


def bars(found: Sheet) -> SafeString | str:
    """Compare the newest values of all territories, where those beside the own have only one."""
    below = [one for one in found.series[1:] if one.last is not None]
    if any(len(one.points) > 1 for one in below):
        return ""
    # Only what is counted in the same way stands in one picture.
    ways = Counter(one.last.strand for one in below if one.last is not None)
    same = {way for way, _ in ways.most_common(1)}
    rest = [one for one in found.series if one.last is not None and one.last.strand in same]
    if len(rest) < SMALL:
        return ""
    rows = [(one.name, one.last.middle) for one in rest if one.last is not None][:MOST]
    name = f"{found.indicator.name}, neueste Werte"
    drawn = charts.side_by_side(rows, unit=found.indicator.unit, name=name)
    return mark_safe(drawn)  # noqa: S308 - every word is escaped where it is drawn


def value_listing(request: StaffRequest, found: Sheet, *, may: bool) -> Listing:
    """List all values, the newest first in each territory; whoever may comes to change them."""
    rows: list[Row] = []
    for part in found.series:
        for one in reversed(part.points):
            warning = "" if one.interpretable else "kleiner Nenner, nicht interpretierbar"
            rows.append((
                part.name,
                one.day_said,
                Cell(
                    said(one, one.unit), below=warning,
                    url=changing(request, "figure", one.key) if may else "",
                    heard=f"ändern, {part.name}, {one.day_said}" if may else "",
                ),
                one.base or NONE,
                Cell(one.source or NONE, below=one.note),
            ))  # fmt: skip
    return Listing("Werte", VALUES, rows)


def break_lines(found: Sheet) -> list[tuple[str, str, str]]:
    """Give all breaks in the series that is shown first: day, reason, why."""
    if found.main is None:
        return []
    return [(day(one.day), one.reason.label, one.why) for one in found.main.breaks]


def beside(request: StaffRequest, found: Sheet) -> list[dict[str, object]]:
    """Give what stands beside the values, by kind, each with the ways to add and to remove."""
    lines: dict[Beside, list[tuple[str, str]]] = {
        Beside.TARGET: [(one.key, _target(one.value_low, one.value_high, day(one.due)))
                        for one in found.targets],
        Beside.COLLECTION: [
            (one.key, f"Wert zum {day(one.reference)} bis {day(last_day(one.due))}, {one.who}"
             + (f", {number(float(one.hours), 1)} Stunden" if one.hours is not None else ""))
            for one in found.plans
        ],
        Beside.BREAK: [(one.key, f"ab {day(one.day)}: {one.why}") for one in found.breaks],
        Beside.RULE: [
            (one.key, f"{one.rule}{_time(one.starts, one.ends)}") for one in found.rules
        ],
    }  # fmt: skip
    return [
        {
            "label": kind.label,
            "add": address(
                request, "add-to-indicator", record=found.indicator.key, beside=kind.value
            ),
            "lines": [
                (text, address(request, "remove-from-indicator", beside=kind.value, record=key))
                for key, text in held
            ],
        }
        for kind, held in lines.items()
    ]


def _target(low: object, high: object, due: str) -> str:
    ends = [None if one is None else float(str(one)) for one in (low, high)]
    digits = charts.digits_of([one for one in ends if one is not None])
    return f"{number_range(ends[0], ends[1], digits)} bis {due}"


def _time(starts: object, ends: object) -> str:
    text = period(starts, ends) if starts or ends else ""  # type: ignore[arg-type]
    return f" ({text})" if text else ""


def sheet_facts(request: StaffRequest, one: "Indicator") -> list[Fact]:
    """Give the definition sheet."""
    goal, measure, above = one.goal, one.measure, one.above
    return [
        ("Kürzel", one.code),
        ("Verzeichnis", one.get_register_display()),
        ("Art", one.get_kind_display()),
        ("Stufe", "" if one.stair is None else str(one.stair)),
        ("Maßnahme", record_link(request, "measure", measure.key, measure) if measure else ""),
        ("Wirkungsziel", goal.title if goal else ""),
        ("Teil von", record_link(request, "indicator", above.key, above) if above else ""),
        ("Aufgegliedert nach", one.part),
        ("Zähler", one.numerator),
        ("Nenner", one.denominator),
        ("Bedeutung", one.relevance),
        ("Quelle", one.source),
        ("Rhythmus", one.get_periodicity_display()),
        ("Kleinste Ebene", one.get_lowest_display()),
        ("Migrations\u00adhintergrund", one.get_migration_definition_display()),
        ("Einheit", one.unit),
        ("Richtung", one.get_wanted_display()),
        ("Name in den Kennzahlen", one.figure),
        ("Hinweise zur Methode", one.method),
    ]


def entry_listing(entries: "Sequence[Entry]") -> Listing:
    """List what the catalogue offers that is not there yet, each with a box to tick."""
    rows: list[Row] = [
        (
            Cell(one.name, below=f"{one.code} · {one.definition}"),
            one.source,
            dict(LowestLevel.choices())[one.lowest],
        )
        for one in entries
    ]
    ticks = [(one.code, one.name) for one in entries]
    return Listing("Katalog", ENTRIES[:-1], rows, ticks=ticks, form="katalog")
