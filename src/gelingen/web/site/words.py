"""Words of the public site's frame, and how states look there; all of them are translated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gelingen.terms.spelling import day, last_day

Word = str | Promise
_WHOLE_DAY, _WHOLE_MONTH = len("2017-06-01"), len("2017-06")

# Pages by their name in the address table, in the order of the menu.
MENU: Mapping[str, Word] = {
    "site": _("Start"),
    "site-project": _("Das Projekt"),
    "site-topics": _("Themen"),
    "site-goals": _("Ziele"),
    "site-measures": _("Maßnahmen"),
    "site-figures": _("Zahlen"),
    "site-timeline": _("Der Weg"),
    "site-documents": _("Dokumente"),
    "site-news": _("Neues"),
    "site-take-part": _("Mitmachen"),
}
FOOT: Mapping[str, Word] = {
    "site-contact": _("Kontakt"),
    "site-questions": _("Häufige Fragen"),
    "site-chances": _("Chancen und Risiken"),
    "site-easy": _("Einfache Sprache"),
    "site-open-data": _("Offene Daten"),
    "site-accessibility": _("Erklärung zur Barrierefreiheit"),
    "site-privacy": _("Datenschutz"),
    "site-imprint": _("Impressum"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a state looks: its code, its shape in states.css, the edge of its tile, its word."""

    code: str
    shape: str
    tone: str
    word: Word


STATES: Mapping[str, Standing] = {
    one.code: one
    for one in (
        Standing("on_course", "implan", "gut", _("im Plan")),
        Standing("late", "verspaetet", "achtung", _("verzögert")),
        Standing("blocked", "blockiert", "fehlt", _("stockt")),
        Standing("done", "erledigt", "gut", _("abgeschlossen")),
        Standing("dropped", "aufgegeben", "offen", _("eingestellt")),
        Standing("unknown", "unklar", "offen", _("nicht berichtet")),
    )
}
PHASES: Mapping[str, Standing] = {
    one.code: one
    for one in (
        Standing("planned", "nichtbegonnen", "offen", _("noch nicht begonnen")),
        Standing("running", "implan", "gut", _("läuft")),
        Standing("late", "verspaetet", "achtung", _("verzögert")),
        Standing("resting", "ruht", "offen", _("ruht")),
        Standing("done", "erledigt", "gut", _("abgeschlossen")),
    )
}


def standing(code: object) -> Standing:
    """Give how the state of a goal or measure looks; what is not known is not reported."""
    return STATES.get(str(code), STATES["unknown"])


def phase_standing(code: object) -> Standing:
    """Give how the state of a phase looks."""
    return PHASES.get(str(code), PHASES["planned"])


def has_day(text: object) -> TypeGuard[str]:
    """Tell whether `day_of` gives a day, without reading it."""
    return isinstance(text, str) and text[:4].isdecimal()


def day_of(text: object) -> date | None:
    """Read a day as an edition writes it: "2017-06-01"; of a year or a month the first day.

    None if there is none.
    """
    if not has_day(text):
        return None
    year, month, on = [*text[:10].split("-"), "01", "01"][:3]
    return date(int(year), int(month), int(on))


def said_day(text: object) -> str:
    """Write a day of an edition for people, as far as it is known: 01.06.2017, 06/2017, 2017.

    "" if there is none. Digits alone: it stands on pages in six languages.
    """
    found = day_of(text)
    if found is None:
        return ""
    known = len(str(text))
    if known >= _WHOLE_DAY:
        return day(found)
    return f"{found:%m}/{found.year:04d}" if known >= _WHOLE_MONTH else f"{found.year:04d}"


def said_last(text: object) -> str:
    """Write the end of a half-open period by its last day; "" if there is none."""
    found = day_of(text)
    return day(last_day(found)) if found else ""


def said_period(row: Mapping[str, object], *, on: date, goes_on: bool = True) -> str:
    """Write the period of a row by its first and last day, in the language of the page.

    "01.01.2017 – 31.12.2019", "seit 01.01.2017", "ab 01.01.2018", "bis 31.12.2019", or "".

    Args:
        row: with `starts` and `ends`.
        on: the day.
        goes_on: whether it has begun and is not over; without, "seit" would not be true.

    """
    starts, ends = said_day(row.get("starts")), said_last(row.get("ends"))
    if starts and ends:
        return f"{starts} – {ends}"
    if ends:
        return str(_("bis %(day)s")) % {"day": ends}
    if not starts:
        return ""
    begun = goes_on and (day_of(row.get("starts")) or on) <= on
    said = _("seit %(day)s") if begun else _("ab %(day)s")
    return str(said) % {"day": starts}
