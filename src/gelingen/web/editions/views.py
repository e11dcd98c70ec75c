"""Editions: the list, one with what it makes public, and its documents."""

from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.editions.queries import (
    Rows,
    files_of,
    get_edition,
    get_file,
    hidden,
    last_released,
    rows_of,
)
from gelingen.editions.queries import editions as editions_of
from gelingen.editions.releasing import hints, missing, next_number, places
from gelingen.editions.tables import word
from gelingen.history.queries import events_of
from gelingen.history.trace import subject_of
from gelingen.jobs import release_edition
from gelingen.plan.queries import plans
from gelingen.reports.editions import edition_document
from gelingen.terms.editions import EditionState
from gelingen.terms.editions import EditionTableName as Name
from gelingen.terms.spelling import day
from gelingen.web.documents.direct import hand_out_paper, require_format
from gelingen.web.documents.progress import progress_of
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.plan.tabs import tabs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gelingen.editions.models import Edition

COLUMNS = (
    Column("Ausgabe"), Column("Stand der Angaben"), Column("Freigegeben"), Column("Stand"),
    Column("Beschluss", cut=True),
)  # fmt: skip
# The words of the reason come from whoever reported: they are read here before they go out.
MEASURES = (
    Column("Maßnahme"), Column("Stand"), Column("Begründung", wide=True), Column("Federführung"),
)  # fmt: skip


@staff
def editions(request: StaffRequest) -> HttpResponse:
    """List the editions, the one begun last first."""
    found = list(editions_of(request.user, request.tenant))
    may = allowed_in(request.user, May.EDIT_PLAN, request.tenant)
    released = [one for one in found if one.state == EditionState.RELEASED]
    return page(
        request,
        "editions/editions.html",
        tabs=tabs(request, "editions"),
        listing=Listing("Ausgaben", COLUMNS, [_row(request, one) for one in found]),
        any=bool(found),
        may_edit=may,
        plan=plans(request.user, request.tenant).first() if may else None,
        draft=next((one for one in found if one.state == EditionState.DRAFT), None),
        released=released,
        answer=_answer(released),
    )


def _answer(released: "Sequence[Edition]") -> str:
    if not released:
        return "Noch ist keine Ausgabe öffentlich."
    newest = max(released, key=lambda one: one.number or 0)
    return f"Öffentlich ist {newest} vom {day(newest.released_on)}."


def _row(request: StaffRequest, one: "Edition") -> tuple[Cell | str, ...]:
    name = f"Ausgabe {one.number}: {one.title}" if one.number else one.title
    return (
        Cell(name, url=address(request, "edition", record=one.key)),
        day(one.on),
        day(one.released_on) if one.released_on else "–",
        one.get_state_display(),
        one.resolution or "–",
    )


@staff
def edition(request: StaffRequest, record: str) -> HttpResponse:
    """Show an edition: what it makes public, what is missing, how far its release is."""
    found = get_edition(request.user, request.tenant, record)
    may, job = _may(request), request.GET.get("auftrag", "")
    draft, rows = found.state == EditionState.DRAFT, rows_of(found)
    progress = (
        progress_of(job, tenant=request.tenant.pk, order=release_edition) if job and may else None
    )
    kept_in = hidden(request.tenant) if draft else 0
    return page(
        request,
        "editions/edition.html#stand",
        edition=found,
        draft=draft,
        may_edit=may,
        title=str(found),
        answer=_told(found),
        facts=_facts(found, may=may),
        lacks=missing(found, rows) if draft else [],
        hints=hints(rows, kept_in) if draft else [],
        number=next_number(request.tenant) if draft else found.number,
        counts=places(rows),
        measures=_measures(rows),
        texts=[row["chapter"] for row in rows[Name.TEXTS]],
        files=files_of(found),
        compare_with=last_released(request.tenant) if draft else found.previous,
        progress=progress,
        again=f"{address(request, 'edition', record=record)}?auftrag={job}",
        part_of=subject_of(found),
        history=events_of(request.tenant.pk, [subject_of(found)]) if may else [],
        may_undo=may and draft,
    )


def _may(request: StaffRequest) -> bool:
    return allowed_in(request.user, May.EDIT_PLAN, request.tenant)


def _told(one: "Edition") -> str:
    if one.state == EditionState.DRAFT:
        return f"Entwurf mit dem Stand {day(one.on)}. Öffentlich wird er erst mit der Freigabe."
    if one.state == EditionState.WITHDRAWN:
        return f"Zurückgezogen am {day(one.withdrawn_on)}; auf der Webseite steht sie nicht mehr."
    return f"Freigegeben am {day(one.released_on)}. An dieser Ausgabe ändert sich nichts mehr."


def _facts(one: "Edition", *, may: bool) -> list[tuple[str, str]]:
    paper = f"Vorlage {one.paper.number}".strip() if may and one.paper else ""
    told = [
        ("Titel", one.title),
        ("Stand der Angaben", day(one.on)),
        ("Plan", str(one.plan)),
        ("Beschluss", one.resolution),
        ("Vorlage", paper),
        ("Vorige Ausgabe", str(one.previous or "")),
        ("Freigegeben von", one.released_by if may else ""),
        ("Warum zurückgezogen", one.withdrawn_why if may else ""),
    ]
    return [(name, value) for name, value in told if value]


def _measures(rows: Rows) -> Listing:
    return Listing(
        "Öffentliche Maßnahmen",
        MEASURES,
        [
            (
                row["title"],
                word(Name.MEASURES, "state", row["state"]),
                row["state_reason"] or "–",
                row["lead"] or "–",
            )
            for row in rows[Name.MEASURES]
        ],
    )


@staff
def file(request: StaffRequest, record: str, fmt: str) -> HttpResponseBase:
    """Hand out the document of an edition; of a draft as it would be now."""
    found = get_edition(request.user, request.tenant, record)
    require_format(fmt)
    if found.state == EditionState.DRAFT:
        number = next_number(request.tenant)
        document = edition_document(found, rows_of(found), number=number)
        return hand_out_paper(document, fmt, name=f"entwurf-{today()}")
    kept = get_file(found, fmt)
    given = FileResponse(
        kept.attachment.file.open(), as_attachment=True, filename=kept.name,
        content_type=kept.media_type,
    )  # fmt: skip
    given["X-Content-Type-Options"] = "nosniff"
    return given
