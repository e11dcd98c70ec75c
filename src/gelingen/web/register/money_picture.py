"""The money of a structure over time: a bar for each source, filled by how sure it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gelingen.terms.spelling import day, last_day, number, period
from gelingen.web.patterns import PATTERNS
from gelingen.web.states import MONEY

if TYPE_CHECKING:
    from gelingen.register.models import Funding

_NAMES, _WIDTH, _ROW, _TOP = 190, 660, 38, 44
_LONGEST = 26
_PATTERNS = mark_safe(f"<defs>{PATTERNS}</defs>")  # noqa: S308 - nothing of it comes from a person
_LOOKS = {
    "secured": ('class="s-gesichert"', ""),
    "applied": ('fill="url(#muster-beantragt)"', "s-rand"),
    "planned": ('fill="url(#muster-geplant)"', "s-rand"),
    "unknown": ('class="p-grund"', "s-rand-u"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """One funding as it is drawn; `state` is a name of `states.MONEY`."""

    source: str
    starts: date | None
    ends: date | None
    state: str
    per_year: float | None


def span_of(line: "Funding", state: str) -> Span:
    """Take from a funding what is drawn."""
    amount = None if line.eur_per_year is None else float(line.eur_per_year)
    return Span(str(line), line.starts, line.ends, state, amount)


@dataclass(frozen=True, slots=True)
class _Scale:
    starts: date
    ends: date

    def x(self, value: date | None, otherwise: date) -> float:
        at = min(max(value or otherwise, self.starts), self.ends)
        share = (at - self.starts).days / (self.ends - self.starts).days
        return round(_NAMES + share * (_WIDTH - 8 - _NAMES), 1)


def money_picture(
    spans: Sequence[Span], *, of: str, on: date, horizon: date | None
) -> SafeString | None:
    """Draw the money; None if nothing of it has a day.

    Args:
        spans: in the order of the table.
        of: name of the structure.
        on: today, a solid line.
        horizon: first day after the planning horizon, a dashed line; None draws none.

    """
    days = [at for one in spans for at in (one.starts, one.ends) if at]
    if not days:
        return None
    around = [on, *days, *([last_day(horizon)] if horizon else [])]
    scale = _Scale(date(min(around).year, 1, 1), date(max(around).year + 1, 1, 1))
    sources = list(dict.fromkeys(one.source for one in spans))
    height = _TOP + _ROW * len(sources) + 6
    return format_html(
        '<svg width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" aria-labelledby="geld-t '
        'geld-d"><title id="geld-t">{title}</title><desc id="geld-d">{said}</desc>{defs}{years}'
        "{rows}{marks}</svg>",
        w=_WIDTH,
        h=height,
        title=f"Geld für {of}, {scale.starts.year} bis {last_day(scale.ends).year}",
        said=" ".join(_said(one) for one in spans),
        defs=_PATTERNS,
        years=_years(scale, height),
        rows=format_html_join(
            "",
            "{}",
            ((_row(source, spans, scale, place),) for place, source in enumerate(sources)),
        ),
        marks=_marks(scale, height, on, horizon),
    )


def _said(one: Span) -> str:
    return f"{one.source}: {MONEY[one.state].word}, {period(one.starts, one.ends)}."


def _years(scale: _Scale, height: int) -> SafeString:
    years = range(scale.starts.year, scale.ends.year)
    # Names of years need room; of many only each second or fifth is written.
    step = next(n for n in (1, 2, 5, 10, 50) if len(years) / n <= 11)  # noqa: PLR2004
    return format_html_join(
        "",
        '<line class="jahr" x1="{0}" x2="{0}" y1="26" y2="{1}"/>'
        '<text class="tb" x="{2}" y="39">{3}</text>',
        (
            (x, height - 6, x + 4, year if (year - years[0]) % step == 0 else "")
            for year in years
            for x in (scale.x(date(year, 1, 1), scale.starts),)
        ),
    )


def _row(source: str, spans: Sequence[Span], scale: _Scale, place: int) -> SafeString:
    top = _TOP + place * _ROW
    own = [one for one in spans if one.source == source]
    amounts = {one.per_year for one in own if one.per_year is not None}
    below = f"{number(max(amounts))} EUR im Jahr" if amounts else "Betrag nicht angegeben"
    name = source if len(source) <= _LONGEST else f"{source[: _LONGEST - 1]}…"
    return format_html(
        '<line class="gitter" x1="0" x2="{}" y1="{}" y2="{}"/><text x="4" y="{}">{}</text>'
        '<text class="t2" x="4" y="{}">{}</text>{}',
        _WIDTH - 8,
        top + _ROW,
        top + _ROW,
        top + 17,
        name,
        top + 31,
        below,
        format_html_join("", "{}", ((_bar(one, scale, top + 10),) for one in own)),
    )


def _bar(one: Span, scale: _Scale, y: int) -> SafeString:
    x, end = scale.x(one.starts, scale.starts), scale.x(one.ends, scale.ends)
    fill, edge = _LOOKS[one.state]
    wide = max(round(end - x, 1), 1)
    return format_html(
        '<g><title>{said}</title><rect {fill} x="{x}" y="{y}" width="{w}" height="16"/>{edge}'
        "{stop}</g>",
        said=_said(one),
        fill=mark_safe(fill),  # noqa: S308 - one of `_LOOKS`
        x=x,
        y=y,
        w=wide,
        edge=format_html(
            '<rect class="{}" x="{}" y="{}" width="{}" height="15"/>',
            edge, x + 0.5, y + 0.5, max(wide - 1, 0.5),
        )
        if edge
        else "",
        stop=format_html('<rect class="s-ende" x="{}" y="{}" width="3" height="22"/>', end, y - 3)
        if one.ends
        else "",
    )  # fmt: skip


def _marks(scale: _Scale, height: int, on: date, horizon: date | None) -> SafeString:
    marks = [(on, f"Heute {day(on)}", "heute", "fahne", 116)]
    if horizon:
        last = last_day(horizon)
        marks.append((last, f"Horizont {day(last)}", "horizont", "fahne fahne-h", 138))
    drawn = []
    for at, words, line, flag, wide in marks:
        x = scale.x(at, at)
        left = min(max(x - wide / 2, 0), _WIDTH - wide)
        drawn.append((line, x, height - 6, flag, left, wide, left + wide / 2, words))
    return format_html_join(
        "",
        '<line class="{0}" x1="{1}" x2="{1}" y1="18" y2="{2}"/><rect class="{3}" x="{4}" y="2" '
        'width="{5}" height="18" rx="2"/><text class="fahne-t" x="{6}" y="15" '
        'text-anchor="middle">{7}</text>',
        drawn,
    )
