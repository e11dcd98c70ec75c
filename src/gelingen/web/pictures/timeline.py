"""The timeline: structures and how sure their money is, over years."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import HttpResponse

from gelingen.config.day import today
from gelingen.findings.current import Current, Money, current
from gelingen.register.lists import StructureLine, structure_lines
from gelingen.terms.spelling import day, last_day, period
from gelingen.web.lists import Cell, Column, Listing, Row, chosen_page
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.pictures.bars import Bar, Group, Span, timeline
from gelingen.web.pictures.falling import falling_away
from gelingen.web.pictures.forms import TimelineForm
from gelingen.web.pictures.stretches import Stretch, stretches_of
from gelingen.web.records import ways
from gelingen.web.register.tabs import tabs
from gelingen.web.shell import Link
from gelingen.web.states import MONEY
from gelingen.workbook.folding import fold

BACK, AHEAD, MOST = 2, 3, 60  # years shown before and after today; years at most
BARS = 60  # on one page
EARLIEST, LATEST = 1950, 2100
NO_TOPIC = "ohne Themenfeld"
COLUMNS = (
    Column("Struktur"),
    Column("Träger", wide=True),
    Column("Themenfeld", wide=True),
    Column("Geld"),
    Column("Zeitraum", wide=True),
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address chooses; `first` and `last` are the years shown, both included."""

    form: TimelineForm
    first: int
    last: int

    @property
    def span(self) -> Span:
        """The time shown."""
        return Span(date(self.first, 1, 1), date(self.last + 1, 1, 1))

    def query(self, first: int, last: int) -> str:
        """Write the choice with other years as the end of an address."""
        names = ("gruppen", "thema", "traeger", "ebene", "dauer")
        given = {name: self.form.text(name) for name in names}
        kept = {name: value for name, value in given.items() if value}
        return "?" + urlencode({"von": first, "bis": last, **kept})


def _choose(request: StaffRequest, known: Current, lines: list[StructureLine]) -> Chosen:
    on = today()
    end = last_day(known.horizon).year if known.horizon else on.year + AHEAD
    form = TimelineForm(request, von=on.year - BACK, bis=max(end, on.year + 1), gruppen="thema")
    used = {key for line in lines for key, _ in line.topics}
    plan = known.inputs.inventory.topics.frame["topic"]
    form.offer("thema", [(key, known.name(key)) for key in plan if key in used])
    carriers = {line.organisation_key: line.organisation for line in lines}
    form.offer("traeger", sorted(carriers.items(), key=lambda pair: fold(pair[1])))
    first = _year(form.text("von"), on.year - BACK)
    last = max(_year(form.text("bis"), end), first)
    return Chosen(form, first, min(last, first + MOST - 1))


def _year(text: str, otherwise: int) -> int:
    number = int(text) if text.strip().isdecimal() else otherwise
    return min(max(number, EARLIEST), LATEST)


@staff
def over_time(request: StaffRequest) -> HttpResponse:
    """Show structures as bars over years."""
    known = current(request.user, request.tenant)
    lines = structure_lines(request.user, request.tenant, on=today(), every=True)
    chosen = _choose(request, known, lines)
    span = chosen.span
    found = stretches_of(known.inputs.inventory, starts=span.starts, ends=span.ends)
    shown = [line for line in _narrowed(lines, chosen, known) if found.get(line.key)]
    leaf = chosen_page(request, sorted(shown, key=_order(chosen)), size=BARS)
    title = f"Strukturen und ihr Geld, {chosen.first} bis {chosen.last}"
    groups = _groups(request, leaf, chosen, found)
    falling, order = falling_away(request, known, {line.key for line in shown}, found)
    return page(
        request,
        "pictures/timeline.html",
        filters=chosen.form,
        tabs=tabs(request, "timeline"),
        answer=_answer(known, shown, chosen),
        picture=timeline(groups, span, on=today(), horizon=known.horizon, title=title),
        title=title,
        twin=_twin(request, leaf, found),
        leaf=leaf,
        falling=falling,
        order=order,
        steps=_steps(chosen),
        states=list(MONEY),
        empty=not lines,
        found=bool(shown),
        url=address(request, "timeline"),
    )


def _narrowed(lines: list[StructureLine], chosen: Chosen, known: Current) -> list[StructureLine]:
    topic, carrier, level = (chosen.form.text(name) for name in ("thema", "traeger", "ebene"))
    money = known.money(today()) if chosen.form.text("dauer") else {}
    return [
        line
        for line in lines
        if (not topic or topic in dict(line.topics))
        and carrier in ("", line.organisation_key)
        and level in ("", line.level)
        and (not chosen.form.text("dauer") or _is_limited(line, money.get(line.key)))
    ]


def _is_limited(line: StructureLine, money: Money | None) -> bool:
    """Whether a day is known on which the structure or its money ends."""
    return line.ends is not None or (money is not None and money.until is not None)


def _head(line: StructureLine, chosen: Chosen) -> str:
    """Head under which a structure stands: of several topics the first, or the one asked for."""
    match chosen.form.text("gruppen"):
        case "traeger":
            return line.organisation
        case "ohne":
            return ""
        case _:
            names = dict(line.topics)
            asked = names.get(chosen.form.text("thema"))
            return asked or next(iter(names.values()), NO_TOPIC)


def _order(chosen: Chosen) -> Callable[[StructureLine], tuple[int, str, str, str]]:
    topics = [name for _, name in chosen.form.fields["thema"].choices]  # type: ignore[attr-defined]  # a field of choices

    def key(line: StructureLine) -> tuple[int, str, str, str]:
        head = _head(line, chosen)
        place = topics.index(head) if head in topics else len(topics)
        return place, fold(head), fold(line.name), line.key

    return key


def _groups(
    request: StaffRequest,
    leaf: Page[StructureLine],
    chosen: Chosen,
    found: dict[str, list[Stretch]],
) -> list[Group]:
    way = ways(request, "structure")
    groups: dict[str, list[Bar]] = {}
    for line in leaf:
        bar = Bar(line.name, way(line.key), found[line.key])
        groups.setdefault(_head(line, chosen), []).append(bar)
    return [Group(head, bars) for head, bars in groups.items()]


def _twin(
    request: StaffRequest, leaf: Page[StructureLine], found: dict[str, list[Stretch]]
) -> Listing:
    """Give the same as a table: one row for each stretch."""
    way = ways(request, "structure")
    rows: list[Row] = [
        (
            Cell(line.name, url=way(line.key)),
            line.organisation,
            ", ".join(name for _, name in line.topics) or "–",
            Cell(MONEY[one.state].word, state=one.state, below=one.note),
            period(one.starts, one.ends),
        )
        for line in leaf
        for one in found[line.key]
    ]
    return Listing("Zeitstrahl als Tabelle", COLUMNS, rows)


def _answer(known: Current, shown: list[StructureLine], chosen: Chosen) -> str:
    keys = {line.key for line in shown}
    many = "Eine Struktur" if len(keys) == 1 else f"{len(keys)} Strukturen"
    start = f"{many} von {chosen.first} bis {chosen.last}."
    if known.horizon is None or known.horizon <= today():
        return start
    frame = known.losses(today(), ends=known.horizon).frame
    lost = len(keys & set(frame["structure"]))
    if not lost:
        return f"{start} Bis zum Horizont endet kein gesichertes Geld."
    verb = "endet gesichertes Geld einer Struktur" if lost == 1 else "verlieren"
    who = "" if lost == 1 else f" {lost} Strukturen gesichertes Geld oder enden"
    return f"{start} Bis zum {day(last_day(known.horizon))} {verb}{who}."


def _steps(chosen: Chosen) -> list[Link]:
    """Zoom and move by a year."""
    first, last = chosen.first, chosen.last
    steps = [
        ("Früher", first - 1, last - 1),
        ("Später", first + 1, last + 1),
        ("Mehr Jahre (−)", first - 1, last + 1),
    ]
    if last - first > 1:
        steps.append(("Weniger Jahre (+)", first + 1, last - 1))
    return [Link(label, chosen.query(a, b)) for label, a, b in steps]
