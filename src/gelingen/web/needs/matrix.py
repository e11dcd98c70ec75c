"""The needs as a matrix: topics and target groups, how many, how severe, and what nobody asked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from django.http import HttpResponse, QueryDict

from gelingen.needs.asked import Asked, asked_until
from gelingen.needs.lists import NeedLine
from gelingen.terms.spelling import day, number_range
from gelingen.topics.queries import heirs, target_groups, topics
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.needs.listing import TABLE
from gelingen.web.needs.tabs import tabs
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.register.lists.pages import Selection, select

Items = Sequence[tuple[str, str]]
Cells = Mapping[tuple[str, str], Sequence[NeedLine]]
NOT_ASKED, NONE_NAMED = "nicht gefragt", "keiner genannt"
_AXES = ("thema", "gruppe")


@staff
def matrix(request: StaffRequest) -> HttpResponse:
    """Count the needs of the list by topic and target group."""
    chosen = select(request, TABLE)
    on, found = chosen.around.on, chosen.found.items
    followed = heirs(request.user, request.tenant, on=on)
    asked = asked_until(request.user, request.tenant, on=on, heirs=followed)
    cells = _cells(found)
    rows, columns = _axes(request, chosen, cells)
    return page(
        request,
        "needs/matrix.html#liste",
        table=TABLE,
        selection=chosen,
        tabs=tabs(request, TABLE.page),
        answer=TABLE.answer(found, chosen.around),
        listing=_listing(request, chosen, rows, columns, cells, asked),
        not_asked=NOT_ASKED,
        none_named=NONE_NAMED,
    )


def _cells(found: Sequence[NeedLine]) -> Cells:
    """Sort needs into cells; where a topic was split, a need stands in each of its parts."""
    cells: dict[tuple[str, str], list[NeedLine]] = defaultdict(list)
    for line in found:
        for topic, _ in line.topics:
            cells[topic, line.target_group_key].append(line)
    return cells


def _axes(request: StaffRequest, chosen: Selection[NeedLine], cells: Cells) -> tuple[Items, Items]:
    """Give all topics that hold on the day and all groups, or those that the address asks for.

    A topic that is over is there only if a need still stands in it.
    """
    on = chosen.around.on
    used = {topic for topic, _ in cells}
    rows = [
        (one.key, one.name)
        for one in topics(request.user, request.tenant)
        if one.key in used
        or ((one.starts is None or one.starts <= on) and (one.ends is None or one.ends > on))
    ]
    columns = list(target_groups(request.user, request.tenant).values_list("key", "name"))
    wanted = [chosen.form.text(name) for name in _AXES]
    return tuple(  # type: ignore[return-value]  # two of them
        [item for item in items if not word or item[0] == word]
        for items, word in zip((rows, columns), wanted, strict=True)
    )


def _listing(  # noqa: PLR0913, PLR0917 - everything the table consists of
    request: StaffRequest,
    chosen: Selection[NeedLine],
    rows: Items,
    columns: Items,
    cells: Cells,
    asked: Asked,
) -> Listing:
    place = chosen.form.text("gebiet")
    base = _base(request, chosen)

    def one(topic: tuple[str, str], group: tuple[str, str]) -> Cell:
        here = cells.get((topic[0], group[0]), ())
        if here:
            url = f"{base}thema={quote(topic[0])}&gruppe={quote(group[0])}"
            heard = f"{topic[1]}, {group[1]}"
            return Cell(_many(here), url=url, below=_severity(here), heard=heard)
        return Cell(NONE_NAMED if asked.about(topic[0], group[0], place=place) else NOT_ASKED)

    def whole(of: Sequence[NeedLine], url: str, heard: str) -> Cell:
        return Cell(_many(of), url=url, below=_severity(of), heard=heard) if of else Cell("–")

    body: list[Row] = []
    for topic in rows:
        every = [line for group in columns for line in cells.get((topic[0], group[0]), ())]
        last = whole(every, f"{base}thema={quote(topic[0])}", topic[1])
        body.append([topic[1], *(one(topic, group) for group in columns), last])
    sums = []
    for key, name in columns:
        lines = [line for topic, _ in rows for line in cells.get((topic, key), ())]
        unique = list(dict.fromkeys(lines))
        sums.append(whole(unique, f"{base}gruppe={quote(key)}", name))
    body.append(["Zusammen", *sums, whole(chosen.found.items, base, "alle")])
    return Listing(
        f"Bedarfe nach Themenfeld und Zielgruppe, Stand am {day(chosen.around.on)}",
        [Column("Themenfeld"), *(Column(name) for _, name in columns), Column("Zusammen")],
        body,
    )


def _base(request: StaffRequest, chosen: Selection[NeedLine]) -> str:
    """Address of the list with all filters but those of the axes, ready for more."""
    kept = QueryDict(chosen.query, mutable=True)
    for name in _AXES:
        kept.pop(name, None)
    start = address(request, TABLE.page)
    return f"{start}?{kept.urlencode()}&" if kept else f"{start}?"


def _many(lines: Sequence[NeedLine]) -> str:
    return "1 Bedarf" if len(lines) == 1 else f"{len(lines)} Bedarfe"


def _severity(lines: Sequence[NeedLine]) -> str:
    known = [one for line in lines for one in line.severities or ()]
    return f"Schwere {number_range(min(known), max(known))}" if known else "Schwere nicht gesagt"
