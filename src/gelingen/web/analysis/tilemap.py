"""The municipalities as tiles: how far each is served."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gelingen.analysis.coverage import CoverageResult
from gelingen.config.day import today
from gelingen.findings.current import Current, current
from gelingen.places.queries import municipalities
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import GapType, Scenario
from gelingen.topics.queries import target_groups, topics
from gelingen.web.analysis.choice import last_of_plan
from gelingen.web.analysis.fields import NO_NEEDS, OPEN, RANKS, STATES
from gelingen.web.analysis.forms import MapForm
from gelingen.web.analysis.tiles import Position, Tile, tiles
from gelingen.web.findings.tabs import tabs
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.states import State, look
from gelingen.wording.gaps import gap_sentence

if TYPE_CHECKING:
    from gelingen.places.models import Territory

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality: its state, how many of its cells are in it, the way to its fields."""

    key: str
    name: str
    state: str
    worst: int
    of: int
    url: str
    tile: Tile | None

    @property
    def look(self) -> State:
        """Word and shape of the state."""
        return look(self.state)

    @property
    def spot(self) -> str:
        """Names of the row and the column of the grid, both from 1."""
        return f"g-r{self.tile.row + 1} g-s{self.tile.column + 1}" if self.tile else ""


@dataclass(frozen=True, slots=True)
class Inside:
    """One cell of an opened municipality: what it is about, its type, and the sentence."""

    about: str
    kind: GapType
    sentence: str


@staff
def tile_map(request: StaffRequest) -> HttpResponse:
    """Show the municipalities in the state of a topic, a group or one need."""
    known = current(request.user, request.tenant)
    form = _form(request, known)
    on, scenario = form.day("stand", today()), Scenario.of(form.text("geld"))
    found = list(municipalities(request.user, request.tenant))
    last = last_of_plan(known)
    result = known.coverage_inside(
        [one.key for one in found], on, scenario=scenario, horizon=last if on < last else None
    )
    cells = _cells(known, form, result)
    shown = _places(request, form, found, result, cells)
    opened = next((one for one in shown if one.key == request.GET.get("gemeinde")), None)
    inside = _inside(known, result, cells.get(opened.key, [])) if opened else []
    return page(
        request,
        "analysis/map.html#karte",
        filters=form,
        tabs=tabs(request, "map"),
        answer=_answer(shown, on),
        places=shown,
        picture=_drawn(shown, opened),
        states=[name for name in (*RANKS, "no-demand") if any(p.state == name for p in shown)],
        basis=result.basis,
        scenario=scenario,
        opened=opened,
        inside=[one for one in inside if one.kind is not GapType.COVERED],
        covered=[one for one in inside if one.kind is GapType.COVERED],
        close=address(request, "map") + _query(form),
    )


def _query(form: MapForm, **more: str) -> str:
    names = ("thema", "zielgruppe", "bedarf", "stand", "geld")
    return "?" + urlencode({name: form.data[name] for name in names if form.data.get(name)} | more)


def _form(request: StaffRequest, known: Current) -> MapForm:
    form = MapForm(request, stand=today(), geld=Scenario.SECURED.value)
    form.offer("thema", list(topics(request.user, request.tenant).values_list("key", "name")))
    groups = target_groups(request.user, request.tenant).values_list("key", "name")
    form.offer("zielgruppe", list(groups))
    keys = known.inputs.inventory.needs.frame["need"].to_list()
    names = sorted(((key, known.name(key)) for key in keys), key=lambda one: one[1].casefold())
    form.offer("bedarf", [(key, name[:LONGEST]) for key, name in names])
    return form


def _cells(known: Current, form: MapForm, result: CoverageResult) -> dict[str, list[str]]:
    """Give the keys of the cells with a need, by place, as far as the form asks for them."""
    topic, group, need = (form.text(name) for name in ("thema", "zielgruppe", "bedarf"))
    frame = known.inputs.inventory.needs.frame
    asked = set(frame.filter(frame["need"] == need).select("topic", "target_group", "kind").rows())
    found: dict[str, list[str]] = {}
    rows = result.cells.frame.select("cell", "place", "topic", "target_group", "kind", "type")
    for cell, place, of_topic, of_group, kind, code in rows.rows():
        fits = topic in ("", of_topic) and group in ("", of_group)
        if (
            fits
            and (not need or (of_topic, of_group, kind) in asked)
            and GapType.of(code) in STATES
        ):
            found.setdefault(place, []).append(cell)
    return found


def _places(
    request: StaffRequest,
    form: MapForm,
    found: "list[Territory]",
    result: CoverageResult,
    cells: dict[str, list[str]],
) -> list[Place]:
    codes = result.cells.frame.select("cell", "type").rows()
    kinds = {cell: GapType.of(code) for cell, code in codes}
    where = tiles(
        {
            one.key: Position(float(one.latitude), float(one.longitude))
            for one in found
            if one.latitude is not None and one.longitude is not None
        }
    )
    base = address(request, "map")
    places = []
    for one in found:
        own = [STATES[kinds[cell]] for cell in cells.get(one.key, [])]
        worst = min(own, key=RANKS.index, default="no-demand")
        url = f"{base}{_query(form, gemeinde=one.key)}"
        spot = where.get(one.key)
        places.append(Place(one.key, one.name, worst, own.count(worst), len(own), url, spot))
    return places


def _drawn(places: list[Place], opened: Place | None) -> SafeString:
    """Draw the tiles; a tile is a way to what stands behind it."""
    drawn = (
        (
            one.spot,
            one.look.shape,
            one.url,
            mark_safe(' aria-current="true"') if one == opened else "",
            one.name,
            one.look.shape,
            one.look.word,
            f" {one.worst} von {one.of}" if one.of > 1 else "",
        )
        for one in places
        if one.tile
    )
    return format_html(
        '<ul class="g-kacheln">{}</ul>',
        format_html_join(
            "",
            '<li class="{} g-m--{}"><a href="{}"{} data-hx-get="{}" data-hx-target="#karte" '
            'data-hx-swap="outerHTML" data-hx-push-url="true"><strong>{}</strong>'
            '<span class="g-z g-z--{}">{}</span><small>{}</small></a></li>',
            ((spot, shape, url, here, url, *rest) for spot, shape, url, here, *rest in drawn),
        ),
    )


def _inside(known: Current, result: CoverageResult, cells: list[str]) -> list[Inside]:
    """Say what is the case in each cell, the worst first."""
    names = known.inputs.names
    found = []
    for cell in cells:
        explained = result.explain(cell)
        row = explained.cell
        about = f"{known.name(str(row['topic']))}, {known.name(str(row['target_group']))}"
        sentence = gap_sentence(row, names, explained.records)
        found.append(Inside(about, GapType.of(str(row["type"])), sentence))
    return sorted(found, key=lambda one: (RANKS.index(STATES[one.kind]), one.about))


def _answer(places: list[Place], on: date) -> str:
    needy = [one for one in places if one.of]
    if not needy:
        return NO_NEEDS
    gaps = sum(one.state in OPEN for one in needy)
    blind = sum(one.state in ("not-known", "unknown-funding") for one in needy)
    many = f"{gaps} von {len(needy)} Gemeinden mit Bedarf"
    rest = f"; bei {blind} ist nicht bekannt, ob der Bedarf gedeckt ist" if blind else ""
    return f"Am {day(on)} gibt es in {many} eine Lücke{rest}."
