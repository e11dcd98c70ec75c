"""The Masterplan as a page of the desk, as it would be written now."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.http import HttpResponse
from django.utils.safestring import mark_safe

from gelingen.config.day import today
from gelingen.documents import (
    Block,
    Document,
    Heading,
    Landscape,
    Picture,
    Table,
    html_fragment,
)
from gelingen.findings.inputs import horizon_of
from gelingen.reports.masterplan import masterplan
from gelingen.reports.masterplan.paper import CHAPTERS
from gelingen.terms.spelling import day, last_day
from gelingen.web.pages import StaffRequest, page, staff
from gelingen.web.plan.tabs import tabs
from gelingen.web.shell import Link


@staff
def preview(request: StaffRequest) -> HttpResponse:
    """Show the Masterplan as of today, with its contents at the side."""
    horizon = horizon_of(request.user, request.tenant)
    shown: dict[str, object] = {"tabs": tabs(request, "plan-preview"), "answer": _answer(horizon)}
    if horizon and horizon > today():
        paper = masterplan(request.user, request.tenant, on=today(), horizon=horizon)
        # The writer escapes every text and sets classes only.
        shown |= {"paper": paper, "body": mark_safe(html_fragment(paper)), "contents": _ways(paper)}  # noqa: S308
    return page(request, "plan/preview.html", **shown)


def _answer(horizon: date | None) -> str:
    if horizon is None:
        return "Dafür fehlt ein Plan mit Planungshorizont."
    if horizon <= today():
        return f"Der Planungshorizont ({day(last_day(horizon))}) liegt nicht in der Zukunft."
    return f"So würde er heute geschrieben: Stand {day(today())}, bis {day(last_day(horizon))}."


@staff
def contents(request: StaffRequest, chapter: str) -> HttpResponse:
    """List the tables and pictures that a chapter will contain besides its own text."""
    horizon = horizon_of(request.user, request.tenant)
    found: list[str] = []
    if horizon and horizon > today():
        paper = masterplan(request.user, request.tenant, on=today(), horizon=horizon)
        found = contained(paper, f"kapitel-{chapter}")
    title = CHAPTERS.get(chapter, "Themenfeld")
    return page(request, "plan/contents.html#liste", found=found, title=title, chapter=chapter)


def contained(paper: Document, key: str) -> list[str]:
    """Titles of the tables and pictures below a chapter's heading, in their order."""
    found: list[str] = []
    inside = False
    for block in _flat(paper.blocks):
        if isinstance(block, Heading) and block.level == 1:
            inside = block.key == key
        elif inside and isinstance(block, Picture):
            found.append(f"Bild: {block.title}")
        elif inside and isinstance(block, Table) and block.caption:
            found.append(f"Tabelle: {block.caption}")
    return found


def _flat(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Landscape):
            yield from _flat(block.blocks)
        else:
            yield block


def _ways(paper: Document) -> list[Link]:
    """Give the ways to the chapters, in their order."""
    return [
        Link(block.text, f"#k-{block.key}")
        for block in paper.blocks
        if isinstance(block, Heading) and block.level == 1 and block.key
    ]
