"""The network as SVG: actors with their links, ties, and who works alone."""

from collections.abc import Callable, Sequence
from math import ceil

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gelingen.analysis.picture import draw
from gelingen.documents.fonts import text_width
from gelingen.documents.pictures.drawing import shortened
from gelingen.web.pictures.web_of_actors import SECTORS, STATES, Actor, Web

WIDTH, HEIGHT = 1036, 600  # of those who work with others; the rest stands below in rows
_EDGE, _LABEL, _SIZE = 90, 150, 12
_COLUMNS, _LINE, _HEAD = 4, 24, 40
_Frame = tuple[float, float, float, float]


def network(web: Web, way: Callable[[str], str], *, title: str) -> SafeString:
    """Draw actors and their ties; names stand where they hide no other, else as title only.

    Args:
        web: the network.
        way: gives the address of an actor's page by key.
        title: the name of the picture.

    """
    tied = [one for one in web.actors if one.partners]
    places = _places(tied, web)
    shapes = "".join(_tie(places[a], places[b], sure=sure) for a, b, sure in web.ties)
    taken = [(x - 8, y - 8, x + 8, y + 8) for x, y in places.values()]
    for one in sorted(tied, key=lambda one: (-one.weight, -len(one.partners), one.key)):
        at = places[one.key]
        shapes += _node(one, at, way(one.key), _name(one.name, *at, taken))
    top = HEIGHT if tied else 0
    alone = sorted(
        (one for one in web.actors if not one.partners),
        key=lambda one: (one.state != "isolated", one.name.casefold(), one.key),
    )
    shapes += _rows(alone, top, way)
    height = top + (_HEAD + _LINE * ceil(len(alone) / _COLUMNS) if alone else 0)
    told = (
        f"Netz aus {len(web.actors)} Organisationen und {len(web.ties)} Verbindungen. "
        "Gestrichelt ist, was nur eine Seite nennt. Dieselben Angaben stehen in der Tabelle."
    )
    # Every word is escaped where it is put in.
    return mark_safe(  # noqa: S308
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="group" aria-labelledby="nz-t nz-d">'
        f'<title id="nz-t">{escape(title)}</title><desc id="nz-d">{told}</desc>{shapes}</svg>'
    )


def key() -> list[tuple[SafeString, str]]:
    """Explain shapes: drawing and word."""
    shown = [(_sign(name, 9, 9), word) for name, word in SECTORS.items()]
    shown.append((_sign("others", 9, 9) + _alone(9, 9), STATES["isolated"]))
    return [
        (
            # Drawn from numbers alone.
            mark_safe(  # noqa: S308
                '<svg class="g-netz-zeichen" width="18" height="18" viewBox="0 0 18 18" '
                f'aria-hidden="true">{shape}</svg>'
            ),
            word,
        )
        for shape, word in shown
    ]


def _places(tied: Sequence[Actor], web: Web) -> dict[str, tuple[float, float]]:
    """Spread those who work with others over the whole width."""
    if not tied:
        return {}
    pairs = [(a, b) for a, b, _ in web.ties]
    spots = draw([one.key for one in tied], pairs).frame
    columns = ((spots["x"].to_list(), WIDTH), (spots["y"].to_list(), HEIGHT))
    xs, ys = (
        [
            round(_EDGE + (at - min(line)) / ((max(line) - min(line)) or 1) * (size - 2 * _EDGE), 1)
            for at in line
        ]
        for line, size in columns
    )
    return dict(zip(spots["organisation"], zip(xs, ys, strict=True), strict=True))


def _rows(alone: Sequence[Actor], top: int, way: Callable[[str], str]) -> str:
    """Write those without a known tie in rows, who works alone first."""
    if not alone:
        return ""
    shapes = f'<text class="tb" x="8" y="{top + 20}">Ohne bekannte Verbindung</text>'
    wide = WIDTH / _COLUMNS
    for number, one in enumerate(alone):
        x = 16 + number % _COLUMNS * wide
        y = top + _HEAD + 8 + number // _COLUMNS * _LINE
        word = f" ({STATES[one.state]})" if one.state == "isolated" else ""
        text = shortened(one.name, wide - 40 - text_width(word, _SIZE), _SIZE) + word
        label = f'<text class="n-name" x="{x + 14}" y="{y + 4}">{escape(text)}</text>'
        shapes += _node(one, (x, y), way(one.key), label)
    return shapes


def _tie(one: tuple[float, float], other: tuple[float, float], *, sure: bool) -> str:
    look = "n-kante" if sure else "n-kante n-kante--eine"
    return f'<line class="{look}" x1="{one[0]}" y1="{one[1]}" x2="{other[0]}" y2="{other[1]}"/>'


def _node(one: Actor, place: tuple[float, float], url: str, label: str) -> str:
    x, y = place
    word = STATES[one.state]
    bridge = "Brücke" if one.bridge else ""
    partners = f"{len(one.partners)} Verbindungen" if len(one.partners) != 1 else "1 Verbindung"
    said = ", ".join(filter(None, (one.name, one.kind, partners, word, bridge)))
    shapes = _sign(one.sector, x, y) + (_alone(x, y) if one.state == "isolated" else "")
    return (
        # The title is the name: beside a label of its own, a shortened text would contradict it.
        f'<a href="{escape(url)}"><title>{escape(said)}</title>{shapes}{label}</a>'
    )


def _sign(sector: str, x: float, y: float) -> str:
    match sector:
        case "public":
            return f'<rect class="n-voll" x="{x - 5}" y="{y - 5}" width="10" height="10"/>'
        case "providers":
            return f'<circle class="n-voll" cx="{x}" cy="{y}" r="5.5"/>'
        case "civil":
            return f'<circle class="n-leer" cx="{x}" cy="{y}" r="5"/>'
        case "economy":
            return f'<path class="n-voll" d="M{x} {y - 7}l7 7-7 7-7-7z"/>'
        case _:
            return f'<path class="n-leer" d="M{x} {y - 6}l6 11h-12z"/>'


def _alone(x: float, y: float) -> str:
    """Mark who works alone: a dashed frame around the sign."""
    return f'<rect class="n-allein" x="{x - 8}" y="{y - 8}" width="16" height="16"/>'


def _name(label: str, x: float, y: float, taken: list[_Frame]) -> str:
    """Write a name right, left, above or below its sign, where it is free; else leave it out."""
    text = shortened(label, _LABEL, _SIZE)
    wide = text_width(text, _SIZE)
    spots = (
        (x + 10, y + 4, "start", x + 10),
        (x - 10, y + 4, "end", x - 10 - wide),
        (x, y - 11, "middle", x - wide / 2),
        (x, y + 20, "middle", x - wide / 2),
    )
    for left, base, anchor, begin in spots:
        frame = (begin, base - 10, begin + wide, base + 3)
        inside = begin >= 0 and begin + wide <= WIDTH and base < HEIGHT
        if inside and not any(_meet(frame, other) for other in taken):
            taken.append(frame)
            return (
                f'<text class="n-name" x="{left:.1f}" y="{base:.1f}" text-anchor="{anchor}">'
                f"{escape(text)}</text>"
            )
    return ""


def _meet(one: _Frame, other: _Frame) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
