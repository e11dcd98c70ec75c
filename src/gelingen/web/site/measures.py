"""Measures on the public site: found, narrowed and ordered in the address; one on its own page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gelingen.editions.tables import word
from gelingen.errors import NotFoundError
from gelingen.terms.site import SitePage
from gelingen.web.site.frame import Row, Shown, Site, public
from gelingen.web.site.words import (
    STATES,
    Standing,
    Word,
    said_day,
    said_last,
    said_period,
    standing,
)
from gelingen.web.site.written import html_of
from gelingen.workbook.folding import fold

EACH = 30
# Names in the address.
SEARCH, TOPIC, STATE, PLACE, GROUP, GOAL, ORDER, PAGE = (
    "q", "thema", "stand", "gebiet", "zielgruppe", "ziel", "sortierung", "seite",
)  # fmt: skip
_SEARCHED = ("title", "description", "situation", "lead", "key")
_NAMES = ("partners", "territories", "target_groups")
# Of what is late or not reported nobody knows that it has begun.
_RUNNING = ("on_course", "blocked")
_ORDERS: dict[str, Callable[[Row], Any]] = {
    "plan": lambda row: row["order"],
    "titel": lambda row: fold(row["title"]),
    "stand": lambda row: list(STATES).index(standing(row["state"]).code),
    "ende": lambda row: row["ends"] or "9999",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in a list: its row, how far it is, its topic, its period and its address."""

    row: Row
    state: Standing
    topic: str
    period: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose from in a form: what it is called, its name, what it offers, what is."""

    label: Word
    name: str
    options: Sequence[tuple[str, Word]]
    chosen: str
    german: bool = True


def line(site: Site, row: Row) -> Line:
    """Give a measure as lists show it."""
    names = {one["key"]: one["name"] for one in site.rows("topics")}
    url = site.url("site-measure", record=row["key"])
    state = standing(row["state"])
    period = said_period(row, on=site.on, goes_on=state.code in _RUNNING)
    return Line(row, state, names.get(row["topic"], ""), period, url)


def found_in(rows: Sequence[Row], asked: QueryDict) -> list[Row]:
    """Keep the measures that were asked for, in the order that was asked for."""
    words = fold(asked.get(SEARCH, "")).split()
    tests: list[Callable[[Row], bool]] = [lambda row: all(one in _text(row) for one in words)]
    if topic := asked.get(TOPIC):
        tests.append(lambda row: topic in {row["topic"], *row["cross_topics"]})
    if state := asked.get(STATE):
        tests.append(lambda row: standing(row["state"]).code == state)
    for name, column in ((PLACE, "territories"), (GROUP, "target_groups"), (GOAL, "goals")):
        if wanted := asked.get(name):
            tests.append(_among(column, wanted))
    kept = [row for row in rows if all(test(row) for test in tests)]
    return sorted(kept, key=_ORDERS.get(asked.get(ORDER, ""), _ORDERS["plan"]))


def _among(column: str, wanted: str) -> Callable[[Row], bool]:
    return lambda row: wanted in row[column]


def _text(row: Row) -> str:
    """Give all that a search looks through, folded."""
    named = [one for column in _NAMES for one in row[column]]
    return fold(" ".join([*(str(row[column]) for column in _SEARCHED), *named]))


@public
def measures(site: Site) -> Shown:
    """Show the measures that were asked for, with their state and why."""
    asked = site.request.GET
    rows = site.rows("measures")
    found = found_in(rows, asked)
    page = Paginator(found, EACH).get_page(asked.get(PAGE))
    goal = next((one for one in site.rows("goals") if one["key"] == asked.get(GOAL)), None)
    return Shown(
        "site/measures.html",
        {
            "text": html_of(site, SitePage.MEASURES),
            "all": len(rows),
            "found": len(found),
            "lines": [line(site, row) for row in page.object_list],
            "page": page,
            "ways": _ways(page, asked),
            "search": asked.get(SEARCH, ""),
            "choices": _choices(site, asked),
            "goal": goal,
            "narrowed": any(asked.get(name) for name in (SEARCH, TOPIC, STATE, PLACE, GROUP, GOAL)),
        },
    )


def _ways(page: Page[Row], asked: QueryDict) -> list[tuple[str, str]]:
    """Give the ways to the page before and the page after, each with what it is."""
    found = []
    if page.has_previous():
        found.append((_("Vorige Seite"), _at(asked, page.previous_page_number())))
    if page.has_next():
        found.append((_("Nächste Seite"), _at(asked, page.next_page_number())))
    return found


def _at(asked: QueryDict, number: int) -> str:
    query = asked.copy()
    query[PAGE] = str(number)
    return f"?{query.urlencode()}"


def _choices(site: Site, asked: QueryDict) -> list[Choice]:
    """Offer what the measures of the edition can be narrowed by, and how they are ordered."""
    rows = site.rows("measures")
    used = {row["topic"] for row in rows} | {key for row in rows for key in row["cross_topics"]}
    topics = [(one["key"], one["name"]) for one in site.rows("topics") if one["key"] in used]
    states = {standing(row["state"]).code for row in rows}

    def names(column: str) -> list[tuple[str, Word]]:
        every = {name for row in rows for name in row[column]}
        return [(name, name) for name in sorted(every, key=fold)]

    of_states: list[tuple[str, Word]] = [
        (one.code, one.word) for one in STATES.values() if one.code in states
    ]
    orders: list[tuple[str, Word]] = [
        ("plan", _("wie im Plan")), ("titel", _("nach dem Titel")),
        ("stand", _("nach dem Stand")), ("ende", _("nach dem Ende")),
    ]  # fmt: skip
    offered = [
        Choice(_("Thema"), TOPIC, topics, asked.get(TOPIC, "")),
        Choice(_("Stand"), STATE, of_states, asked.get(STATE, ""), german=False),
        Choice(_("Gebiet"), PLACE, names("territories"), asked.get(PLACE, "")),
        Choice(_("Für wen"), GROUP, names("target_groups"), asked.get(GROUP, "")),
    ]
    order = Choice(_("Reihenfolge"), ORDER, orders, asked.get(ORDER, "plan"), german=False)
    return [one for one in offered if len(one.options) > 1] + [order]


@public
def measure(site: Site, record: str) -> Shown:
    """Show one measure with its state and why, its goals, who leads and its milestones."""
    row = next((one for one in site.rows("measures") if one["key"] == record), None)
    if row is None:
        raise NotFoundError(_("Diese Maßnahme steht nicht in der Ausgabe."))
    goals = [one for one in site.rows("goals") if one["key"] in row["goals"]]
    shown = line(site, row)
    return Shown(
        "site/measure.html",
        {
            "row": row,
            "line": shown,
            "since": said_day(row["state_day"]),
            "goals": [(one, standing(one["state"])) for one in goals],
            "facts": _facts(site, shown),
            "stones": [
                (one["title"], said_last(one["due"]), said_day(one["done"]))
                for one in row["milestones"]
            ],
        },
    )


def _facts(site: Site, shown: Line) -> list[tuple[Word, str, SafeString | str]]:
    """Give what is known of a measure: what it is, the value, and the mark of its language."""
    row = shown.row
    names = {one["key"]: one["name"] for one in site.rows("topics")}
    topics = [names.get(key, "") for key in (row["topic"], *row["cross_topics"])]
    pairs: list[tuple[Word, str]] = [
        (_("Federführung"), row["lead"]),
        (_("Partner"), ", ".join(row["partners"])),
        (_("Thema"), ", ".join(one for one in topics if one)),
        (_("Für wen"), ", ".join(row["target_groups"])),
        (_("Gebiet"), ", ".join(row["territories"])),
        (_("Zeitraum"), shown.period),
        (_("Art"), word("measures", "kind", row["kind"])),
        (_("Vorrang"), word("measures", "priority", row["priority"])),
        (_("Förderung"), row["programme"]),
    ]
    return [
        (name, value, "" if value == shown.period else site.german)
        for name, value in pairs
        if value
    ]
