"""Pages of the public site that a released edition fills: start, goals, way, documents."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from csp.decorators import csp_replace
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from gelingen.documents.pictures.card import card as drawn_card
from gelingen.editions.published import published, released
from gelingen.errors import NotFoundError
from gelingen.site.public import news_of, reports_of
from gelingen.terms.boards import PhaseState
from gelingen.terms.site import SitePage
from gelingen.terms.vocabulary import ShelfFormat
from gelingen.web.documents.views import MEDIA_TYPES
from gelingen.web.site.frame import Row, Shown, Site, public
from gelingen.web.site.measures import Line, line
from gelingen.web.site.words import (
    STATES,
    Standing,
    Word,
    day_of,
    phase_standing,
    said_day,
    said_last,
    said_period,
    standing,
)
from gelingen.web.site.written import html_of

if TYPE_CHECKING:
    from gelingen.editions.models import EditionFile
    from gelingen.site.models import SiteReport
    from gelingen.yearly.models import YearReport

TILES, NEWS, LATER = 9, 3, 5
_FORMATS = ("pdf", "docx", "html")
# Phases that have begun; one that is late perhaps has not.
_GOES_ON = (PhaseState.RUNNING, PhaseState.RESTING)


def counted(rows: Iterable[Row]) -> list[tuple[Standing, int]]:
    """Count rows by their state; states without any are left out, in a fixed order."""
    many = Counter(standing(row.get("state")).code for row in rows)
    return [(one, many[one.code]) for one in STATES.values() if many[one.code]]


def tiles(site: Site) -> list[Mapping[str, Any]]:
    """Give the goals of the edition in the order of the plan, each as a tile shows it."""
    serving = Counter(key for row in site.rows("measures") for key in row["goals"])
    ordered = sorted(site.rows("goals"), key=lambda row: row["order"])
    return [
        {
            "key": row["key"],
            "title": row["title"],
            "aim": row["aim"],
            "baseline": row["baseline"],
            "group": row["target_group"],
            "due": said_last(row["due"]),
            "state": standing(row["state"]),
            "measures": serving[row["key"]],
            "url": f"{site.url('site-measures')}?ziel={row['key']}",
            "topic": row["topic"],
        }
        for row in ordered
    ]


@public
def start(site: Site) -> Shown:
    """Show goals and how far they are, the way, topics and news. Seven queries."""
    goals = tiles(site)
    return Shown(
        "site/start.html",
        {
            "text": html_of(site, SitePage.START),
            "goals": goals[:TILES],
            "all_goals": len(goals),
            "counts": counted(site.rows("goals")),
            "measures": len(site.rows("measures")),
            "phases": _phases(site),
            "topics": _topics(site),
            "news": news_of(site.tenant, on=site.on, drafts=site.preview)[:NEWS],
        },
    )


@public
def card(site: Site) -> HttpResponse:
    """Draw the picture that stands beside a shared link: the site, and how far its goals are."""
    states = ", ".join(f"{many} {one.word}" for one, many in counted(site.rows("goals")))
    below = [f"{_('Unsere Ziele')}: {states}"] if states else []
    picture = drawn_card(str(site.tenant), site.title, below)
    return HttpResponse(picture, content_type="image/png")


@public
def project(site: Site) -> Shown:
    """Show what the project is about: mandate, period, partners, who accompanies and pays."""
    own = site.settings
    facts: list[tuple[Word, str]] = [
        (_("Auftrag"), own.mandate),
        (_("Zeitraum"), own.period),
        (_("Beteiligte"), own.partners),
        (_("Partnerregion"), own.partner_region),
        (_("Wissenschaftliche Begleitung"), own.support),
        (_("Förderung"), own.funder_notice),
    ]
    return Shown(
        "site/project.html",
        {
            "text": html_of(site, SitePage.PROJECT),
            "facts": [one for one in facts if one[1]],
            "plan": next(iter(site.rows("plan")), None),
        },
    )


@public
def chances(site: Site) -> Shown:
    """Show what the plan sees as opportunities and as risks."""
    names = {row["key"]: row["name"] for row in site.rows("topics")}
    found = [{**row, "topic": names.get(row["topic"], "")} for row in site.rows("chances")]
    parts = [
        (_("Chancen"), [row for row in found if row["kind"] == "opportunity"]),
        (_("Risiken"), [row for row in found if row["kind"] == "risk"]),
    ]
    values = {"text": html_of(site, SitePage.CHANCES), "parts": parts, "any": bool(found)}
    return Shown("site/chances.html", values)


def _topics(site: Site) -> list[dict[str, Any]]:
    """List topics in their order with their measures and how far these are."""
    every = site.rows("measures")
    found = []
    for row in sorted(site.rows("topics"), key=lambda row: row["order"]):
        own = [one for one in every if row["key"] in {one["topic"], *one["cross_topics"]}]
        found.append(
            {
                "key": row["key"],
                "name": row["name"],
                "measures": len(own),
                "counts": counted(own),
                "goals": [one for one in site.rows("goals") if one["topic"] == row["key"]],
                "url": f"{site.url('site-measures')}?thema={row['key']}",
            }
        )
    return found


@public
def topics(site: Site) -> Shown:
    """Show the topics, each with its goals and the state of its measures."""
    values = {"text": html_of(site, SitePage.TOPICS), "topics": _topics(site)}
    return Shown("site/topics.html", values)


@public
def goals(site: Site) -> Shown:
    """Show all goals by topic."""
    every = tiles(site)
    names = {row["key"]: row["name"] for row in site.rows("topics")}
    order = [key for key in names if any(goal["topic"] == key for goal in every)]
    parts = [(names[key], [goal for goal in every if goal["topic"] == key]) for key in order]
    loose = [goal for goal in every if goal["topic"] not in names]
    if loose:
        parts.append((_("Ohne Thema"), loose))
    return Shown(
        "site/goals.html",
        {
            "text": html_of(site, SitePage.GOALS),
            "parts": parts,
            "counts": counted(site.rows("goals")),
        },
    )


def _phases(site: Site) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "period": said_period(row, on=site.on, goes_on=row["state"] in _GOES_ON),
            "standing": phase_standing(row["state"]),
            "events": [{**one, "said": said_day(one["day"] or one["planned"])}
                       for one in row["events"]],
        }
        for row in sorted(site.rows("phases"), key=lambda row: row["order"])
    ]  # fmt: skip


@public
def timeline(site: Site) -> Shown:
    """Show the phases with what took place, and the meetings of public bodies."""
    met = [{**row, "said": said_day(row["day"])} for row in site.rows("meetings")]
    coming = [row for row in met if (day_of(row["day"]) or site.on) >= site.on]
    past = [row for row in met if row not in coming]
    return Shown(
        "site/timeline.html",
        {
            "text": html_of(site, SitePage.TIMELINE),
            "phases": _phases(site),
            "coming": coming,
            "past": list(reversed(past)),
        },
    )


@public
def documents(site: Site) -> Shown:
    """Show the editions that are out with their files, and where the figures come from."""
    editions = released(site.tenant)
    found = [published(site.tenant, one.number) for one in editions[:LATER]]
    return Shown(
        "site/documents.html",
        {
            "text": html_of(site, SitePage.DOCUMENTS),
            "editions": [
                (one.edition, [(file, _ending(file.name).upper(),
                                site.url("site-document", number=one.edition.number,
                                         file=file.name))
                               for file in sorted(one.files, key=_usual)])
                for one in found if one
            ],
            "reports": _reports(site),
            "sources": [{**row, "said": said_day(row["reference"])}
                        for row in site.rows("sources")],
        },
    )  # fmt: skip


def _reports(site: Site) -> list[tuple["YearReport", list[tuple["SiteReport", str]]]]:
    """List the reports that are out, each with its files and their addresses. One query."""
    found: dict[int, tuple[YearReport, list[tuple[SiteReport, str]]]] = {}
    for one in reports_of(site.tenant):
        url = site.url("site-report", file=f"{one.report.key}.{one.format}")
        found.setdefault(one.report_id, (one.report, []))[1].append((one, url))
    return list(found.values())


def _ending(name: str) -> str:
    return name.rpartition(".")[2]


def _usual(file: "EditionFile") -> tuple[str, int]:
    """Put first what most people read: PDF, then what they change, then the rest."""
    ending = _ending(file.name)
    return file.kind, _FORMATS.index(ending) if ending in _FORMATS else len(_FORMATS)


def _sandboxed(answer: HttpResponseBase) -> HttpResponseBase:
    """Let nothing that is in a file run here; what somebody has kept is bound likewise."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


@public
def _document(site: Site, number: int, file: str) -> HttpResponseBase:
    found = published(site.tenant, number)
    one = next((one for one in found.files if one.name == file), None) if found else None
    if one is None:
        raise NotFoundError(_("Diese Datei gibt es nicht."))
    opened = one.attachment.file.open("rb")
    return _sandboxed(FileResponse(opened, filename=one.name, content_type=one.media_type))


@wraps(_document)
def document(request: HttpRequest, **values: Any) -> HttpResponseBase:  # noqa: ANN401  parts of addresses
    """Hand out a file of an edition that is out.

    Browsers take over the headers of the answer that what they have is still right.
    """
    answer = _document(request, **values)
    return _sandboxed(answer) if answer.status_code == HTTPStatus.NOT_MODIFIED else answer


@public
def _report(site: Site, file: str) -> HttpResponseBase:
    every = reports_of(site.tenant)
    one = next((one for one in every if f"{one.report.key}.{one.format}" == file), None)
    if one is None:
        raise NotFoundError(_("Diese Datei gibt es nicht."))
    name = f"{slugify(one.report.title) or 'bericht'}.{one.format}"
    opened, kind = one.file.open("rb"), ShelfFormat.of(one.format)
    return _sandboxed(FileResponse(opened, filename=name, content_type=MEDIA_TYPES[kind]))


@wraps(_report)
def report(request: HttpRequest, **values: Any) -> HttpResponseBase:  # noqa: ANN401  parts of addresses
    """Hand out the public version of a report."""
    answer = _report(request, **values)
    return _sandboxed(answer) if answer.status_code == HTTPStatus.NOT_MODIFIED else answer


@public
def _embedded(site: Site) -> Shown:
    if not site.settings.embedding:
        raise NotFoundError(_("Diese Seite lässt sich nicht einbetten."))
    values = {"goals": tiles(site), "counts": counted(site.rows("goals"))}
    return Shown("site/embed.html", values)


@wraps(_embedded)
def embed(request: HttpRequest, **values: Any) -> HttpResponseBase:  # noqa: ANN401  parts of addresses
    """Show the one page that pages of others may show in a frame, if the county lets them."""
    answer = _embedded(request, **values)
    if answer.status_code == HTTPStatus.NOT_FOUND:
        return answer
    framed = csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(lambda _: answer))
    return framed(request)


def lines_of(site: Site, rows: Iterable[Row]) -> list[Line]:
    """Give measures as lists show them."""
    return [line(site, row) for row in rows]
