"""Texts of the chapters: all of them with their state, one with its preview beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString, mark_safe

from gelingen.access.policy import May, allowed_in
from gelingen.desk.drafts import drop_draft, find_draft
from gelingen.documents import Document, from_markdown, html_fragment
from gelingen.editing import save_record, sheet_of
from gelingen.errors import NotFoundError
from gelingen.history.recording import new_batch
from gelingen.plan.beginnings import NoPlanYetError
from gelingen.plan.queries import chapter_texts, plans
from gelingen.reports.masterplan.paper import CHAPTERS
from gelingen.topics.queries import topics
from gelingen.web.editing.saving import Part, part_of
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.pages import StaffRequest, address, page, staff, tell
from gelingen.web.plan.tabs import tabs

if TYPE_CHECKING:
    from gelingen.plan.models import ChapterText, Plan

COLUMNS = (
    Column("Kapitel"),
    Column("Stand"),
    Column("Wörter", number=True),
    Column("Beginn des Textes", wide=True),
)
BEGINNING = 90


class UnknownChapterError(NotFoundError):
    """The Masterplan has no such chapter."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its code, its title, and what the county has written for it so far."""

    code: str
    title: str
    texts: "tuple[ChapterText, ...]" = ()
    draft: bool = False

    @property
    def words(self) -> int:
        """How many words are written."""
        return sum(len(one.text.split()) for one in self.texts)

    @property
    def state(self) -> str:
        """How far it is."""
        if self.draft:
            return "Ihr Entwurf, nicht gespeichert"
        return "geschrieben" if self.words else "leer"


def chapters(request: StaffRequest, plan: "Plan | None") -> list[Chapter]:
    """Give all chapters in the order of the paper, then the sections of its topics."""
    written: dict[str, list[ChapterText]] = {}
    for one in chapter_texts(request.user, request.tenant, plan=plan) if plan else ():
        written.setdefault(one.chapter.strip().casefold(), []).append(one)
    named = dict(CHAPTERS)
    for topic in topics(request.user, request.tenant):
        named.setdefault(topic.key.casefold(), f"Themenfeld: {topic.name}")
    return [Chapter(code, title, tuple(written.get(code, ()))) for code, title in named.items()]


# Version of a text that is not there yet: whoever is first wins, the second sees both.
NOTHING_YET = 0


@staff
def texts(request: StaffRequest) -> HttpResponse:
    """List all chapters with what is written and what is empty."""
    plan = plans(request.user, request.tenant).first()
    found = chapters(request, plan)
    written = sum(bool(one.words) for one in found)
    rows = [_row(request, one) for one in found]
    return page(
        request,
        "plan/texts.html",
        tabs=tabs(request, "plan-texts"),
        listing=Listing("Kapitel in der Reihenfolge des Masterplans", COLUMNS, rows),
        answer=f"Zu {written} von {len(found)} Kapiteln ist ein eigener Text geschrieben.",
        plan=plan,
    )


def _row(request: StaffRequest, one: Chapter) -> tuple[Cell | str, ...]:
    start = " ".join(" ".join(text.text for text in one.texts).split())
    return (
        Cell(one.title, url=address(request, "plan-text", chapter=one.code)),
        Cell(one.state, state="confirmed" if one.words else "draft"),
        str(one.words or ""),
        start if len(start) <= BEGINNING else f"{start[:BEGINNING].rsplit(' ', 1)[0]} …",
    )


@staff
def text(request: StaffRequest, chapter: str) -> HttpResponse:
    """Write the text of one chapter; "Vorschau" shows it as it will be set."""
    plan = plans(request.user, request.tenant).first()
    one = next((one for one in chapters(request, plan) if one.code == chapter), None)
    if one is None:
        raise UnknownChapterError("Dieses Kapitel hat der Masterplan nicht.")
    if not allowed_in(request.user, May.EDIT_PLAN, request.tenant):
        if request.method == "POST":
            raise PermissionDenied("Texte des Masterplans ändern")
        return _shown(request, one, None)
    previewing = "vorschau" in request.POST
    if request.htmx and previewing:
        preview = rendered([request.POST.get("text", "")])
        return page(request, "plan/text_preview.html", preview=preview)
    if not one.texts:
        return _first(request, one, plan, previewing=previewing)
    sent = request.POST if request.method == "POST" else None
    edited = part_of(request, "chapter", one.texts[0].key, ("text",), sent=sent)
    if sent is not None and not previewing:
        if batch := edited.saved():
            return _saved(request, one, batch)
        if edited.stale:
            return edited.versions(address(request, "plan-texts"))
    return _shown(request, one, edited)


def _first(
    request: StaffRequest, one: Chapter, plan: "Plan | None", *, previewing: bool
) -> HttpResponse:
    """Write the first text of a chapter."""
    if plan is None:
        raise NoPlanYetError(
            "Es gibt noch keinen Plan. Legen Sie zuerst einen Plan mit Planungshorizont an."
        )
    written = request.POST.get("text", "")
    if request.method == "POST" and not previewing and written.strip():
        batch = new_batch()
        save_record(
            actor=request.user,
            tenant=request.tenant,
            sheet=sheet_of("chapter"),
            values={"plan": plan.key, "chapter": one.code, "text": written},
            batch=batch,
        )
        return _saved(request, one, batch)
    return _shown(request, one, None)


def _saved(request: StaffRequest, one: Chapter, batch: str) -> HttpResponse:
    drop_draft(request.user, request.tenant, request.path)
    tell(request, f"Gespeichert: {one.title}.", undo=batch)
    target = "plan-text" if request.POST.get("danach") == "bleiben" else "plan-texts"
    more = {"chapter": one.code} if target == "plan-text" else {}
    return HttpResponseRedirect(address(request, target, **more))


def _shown(request: StaffRequest, one: Chapter, edited: Part | None) -> HttpResponse:
    """Show the editor with the text as it was sent, kept as draft, or stored."""
    kept = find_draft(request.user, request.tenant, request.path)
    stored = one.texts[0].text if one.texts else ""
    written = kept.texts.get("text", [stored])[-1] if kept else stored
    written = request.POST.get("text", written)
    stand = request.POST.get("stand") or (kept.texts.get("stand", [""])[-1] if kept else "")
    return page(
        request,
        "plan/text.html",
        one=one,
        form=edited.form if edited else None,
        written=written,
        stand=stand or (one.texts[0].version if one.texts else NOTHING_YET),
        draft=kept if request.method == "GET" else None,
        further=rendered(text.text for text in one.texts[1:]),
        preview=rendered([written]),
        may_edit=allowed_in(request.user, May.EDIT_PLAN, request.tenant),
    )


def rendered(written: Iterable[str]) -> SafeString:
    """Set Markdown as the paper will set it; whatever else is typed stays text."""
    blocks = tuple(block for one in written for block in from_markdown(one, heading_level=2))
    if not blocks:
        return SafeString()
    fragment = html_fragment(Document(title="Vorschau", blocks=blocks), level=3)
    return mark_safe(fragment)  # noqa: S308 - written by our own writer, which escapes all text
