"""The timeline as SVG: names with their links, bars, today, the horizon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gelingen.documents.fonts import text_width
from gelingen.documents.pictures.drawing import shortened
from gelingen.terms.spelling import day, last_day
from gelingen.web.patterns import PATTERNS
from gelingen.web.pictures.stretches import Stretch
from gelingen.web.states import MONEY

WIDTH, NAMES, TOP, ROW = 1036, 300, 48, 25
PRINTED = 20  # rows in one picture: what fits a page in landscape
_RIGHT = WIDTH - 8
_TEXT, _SMALL = 13, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A structure: its name, the address of its page and its stretches."""

    name: str
    url: str
    stretches: Sequence[Stretch]


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under one head; without a head they stand alone."""

    head: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Span:
    """The time that the picture shows: whole years, [starts, ends)."""

    starts: date
    ends: date

    def x(self, at: date) -> float:
        """Place a day; days outside stand at the edge."""
        inside = min(max(at, self.starts), self.ends)
        share = (inside - self.starts).days / (self.ends - self.starts).days
        return round(NAMES + share * (_RIGHT - NAMES), 1)


def timeline(
    groups: Sequence[Group], span: Span, *, on: date, horizon: date | None, title: str
) -> SafeString:
    """Draw the timeline.

    Args:
        groups: from top to bottom.
        span: the years shown.
        on: today, a solid line.
        horizon: first day after the planning horizon; its last day is a dashed line.
        title: the name of the picture.

    """
    # Every word is escaped where it is put in.
    return mark_safe(  # noqa: S308
        "".join(
            _part(part, number, span, (on, horizon), title)
            for number, part in enumerate(_parts(groups))
        )
    )


def _parts(groups: Sequence[Group]) -> list[list[Group]]:
    """Share the bars out to pictures that fit a printed page; a head stands above its bars."""
    parts: list[list[Group]] = [[]]
    room = PRINTED
    for group in groups:
        rest = list(group.bars)
        while rest:
            head = bool(group.head)
            if room <= head:
                parts.append([])
                room = PRINTED
            taken, rest = rest[: room - head], rest[room - head :]
            parts[-1].append(Group(group.head, taken))
            room -= len(taken) + head
    return parts


def _part(
    groups: Sequence[Group],
    number: int,
    span: Span,
    marks: tuple[date, date | None],
    title: str,
) -> str:
    rows = sum(bool(group.head) + len(group.bars) for group in groups)
    height = TOP + ROW * rows + 6
    shapes, y = years(span, height), TOP
    for group in groups:
        if group.head:
            shapes += _head(group.head, y)
            y += ROW
        for bar in group.bars:
            shapes += _row(bar, span, y)
            y += ROW
    shapes += flags(span, *marks, height)
    told = (
        "Für jede Struktur ein Balken von Beginn bis Ende; Muster und Wort sagen, wie sicher das "
        "Geld ist. Dieselben Angaben stehen in der Tabelle darunter."
    )
    name = f"{title}, Fortsetzung {number}" if number else title
    end = f"-{number}" if number else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="group" aria-labelledby="zs-t{end} zs-d{end}">'
        f'<title id="zs-t{end}">{escape(name)}</title><desc id="zs-d{end}">{told}</desc>'
        # The other parts refer to the patterns of the first.
        f"{'' if number else f'<defs>{PATTERNS}</defs>'}{shapes}</svg>"
    )


def years(span: Span, height: int) -> str:
    """Draw the lines and numbers of the years above a picture of this height."""
    shapes = ""
    step = 1 if span.ends.year - span.starts.year <= 20 else 5  # noqa: PLR2004 - room for words
    for year in range(span.starts.year, span.ends.year + 1):
        x = span.x(date(year, 1, 1))
        shapes += f'<line class="jahr" x1="{x}" x2="{x}" y1="28" y2="{height - 6}"/>'
        if year < span.ends.year and not year % step:
            shapes += f'<text class="tb" x="{x + 4}" y="41">{year}</text>'
    return shapes + f'<line class="jahr" x1="0" x2="{WIDTH}" y1="{TOP}" y2="{TOP}"/>'


def _head(text: str, y: int) -> str:
    return (
        f'<rect class="band" x="0" y="{y}" width="{WIDTH}" height="{ROW - 1}"/>'
        f'<text class="tb" x="8" y="{y + 17}">{escape(text)}</text>'
    )


def _row(bar: Bar, span: Span, y: int) -> str:
    name = escape(shortened(bar.name, NAMES - 28, _TEXT))
    shapes = (
        f'<line class="gitter" x1="0" x2="{WIDTH}" y1="{y + ROW}" y2="{y + ROW}"/>'
        f'<a href="{escape(bar.url)}"><title>{escape(bar.name)}</title>'
        f'<text x="8" y="{y + 17}">{name}</text></a>'
    )
    shapes += "".join(_stretch(one, span, y + 5) for one in bar.stretches)
    return shapes + "".join(
        f'<rect class="s-ende" x="{span.x(one.ends)}" y="{y + 2}" width="3" height="20"/>'
        for one, after in zip(bar.stretches, [*bar.stretches[1:], None], strict=True)
        if span.starts < one.ends < span.ends
        and one.state != "open"
        and (after is None or after.state == "open")
    )


def _stretch(one: Stretch, span: Span, y: float) -> str:
    left, right = span.x(one.starts), span.x(one.ends)
    wide = max(right - left, 1)
    word = MONEY[one.state].word
    said = f"{word} {day(one.starts)} bis {day(last_day(one.ends))}"
    shapes = _LOOKS[one.state].format(x=left, y=y, w=round(wide, 1), m=y + 7, r=right)
    if one.state == "open":
        word = f"offen ab {one.starts:%m/%Y}"
    if text_width(word, _SMALL) + 10 <= wide:
        shapes += _word(word, one.state, left + 4, y)
    return f"<g><title>{escape(said)}</title>{shapes}</g>"


_LOOKS = {
    "secured": '<rect class="s-gesichert" x="{x}" y="{y}" width="{w}" height="14"/>',
    "applied": (
        '<rect fill="url(#muster-beantragt)" x="{x}" y="{y}" width="{w}" height="14"/>'
        '<rect class="s-rand" x="{x}" y="{y}" width="{w}" height="14"/>'
    ),
    "planned": (
        '<rect fill="url(#muster-geplant)" x="{x}" y="{y}" width="{w}" height="14"/>'
        '<rect class="s-rand" x="{x}" y="{y}" width="{w}" height="14"/>'
    ),
    "unknown": '<rect class="s-rand-u" x="{x}" y="{y}" width="{w}" height="14"/>',
    "open": '<line class="s-offen" x1="{x}" x2="{r}" y1="{m}" y2="{m}"/>',
}


def _word(word: str, state: str, x: float, y: float) -> str:
    """Write the word of a state into its bar, on plain ground where the bar has a pattern."""
    shape = {"secured": "s-wort", "open": "offen-t"}.get(state, "t2")
    ground = (
        ""
        if state == "secured"
        else f'<rect class="p-grund" x="{x - 2}" y="{y + 1}" '
        f'width="{text_width(word, _SMALL) + 4:.1f}" height="12"/>'
    )
    return f'{ground}<text class="{shape}" x="{x}" y="{y + 11}">{escape(word)}</text>'


def flags(span: Span, on: date, horizon: date | None, height: int) -> str:
    """Draw today and the horizon as lines with a flag, where they lie in the picture."""
    shapes = ""
    if span.starts <= on < span.ends:
        shapes += _flag(span.x(on), height, f"Heute {day(on)}", "heute", "fahne")
    if horizon and span.starts < horizon <= span.ends:
        text = f"Horizont {day(last_day(horizon))}"
        shapes += _flag(span.x(horizon), height, text, "horizont", "fahne-h")
    return shapes


def _flag(x: float, height: int, text: str, line: str, flag: str) -> str:
    wide = text_width(text, _SMALL) + 16
    left = min(max(x - wide / 2, NAMES), WIDTH - wide)
    return (
        f'<line class="{line}" x1="{x}" x2="{x}" y1="20" y2="{height - 6}"/>'
        f'<rect class="{flag}" x="{left:.1f}" y="2" width="{wide:.1f}" height="18" rx="2"/>'
        f'<text class="fahne-t" x="{left + wide / 2:.1f}" y="15" text-anchor="middle">'
        f"{escape(text)}</text>"
    )
