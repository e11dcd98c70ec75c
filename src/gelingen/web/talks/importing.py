"""Take in a table of coded statements: send it, look at what would be new, take all or nothing.

The table itself is kept nowhere: what was read travels, signed, with the page of the preview.
"""

from dataclasses import asdict
from typing import cast

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, require
from gelingen.errors import UserError
from gelingen.history.recording import new_batch
from gelingen.talks import importing
from gelingen.talks.hints import hint_of
from gelingen.talks.segments import Segment, read_segments
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.needs.tabs import tabs
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.sent_table import LargeTableError, read_sent
from gelingen.web.talks.forms import TableForm, TakeForm
from gelingen.web.talks.words import begun, many

_SALT = "gelingen.talks.table"
_MOST_SIGNED = 2_000_000  # characters; what Django takes in a form, less the rest of it
_COLUMNS = (
    Column("Gespräch", wide=True),
    Column("neue Aussagen", number=True),
    Column("schon da", number=True),
    Column("neue Kodierungen", number=True),
)


@staff
def start(request: StaffRequest) -> HttpResponse:
    """Take a table, show what it would add, and add it."""
    require(request.user, May.ASK, request.tenant)
    form = TableForm()
    if request.method == "POST" and "tabelle" in request.POST:
        return _taken(request)
    if request.method == "POST":
        form = TableForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                read = read_sent(form.cleaned_data["datei"], read_segments)
                others = form.cleaned_data["andere"]
                return _preview(request, read.segments, read.left_out, others=others)
            except UserError as error:
                form.add_error("datei", str(error))
    return page(request, "talks/import.html", form=form, tabs=tabs(request, "talks"))


def _preview(
    request: StaffRequest,
    segments: tuple[Segment, ...],
    left_out: tuple[tuple[str, str], ...] = (),
    form: TakeForm | None = None,
    *,
    others: bool,
) -> HttpResponse:
    planned = importing.plan(request.user, request.tenant, segments, others=others)
    signed = signing.dumps([asdict(one) for one in segments], salt=_salt(request), compress=True)
    if len(signed) > _MOST_SIGNED:
        raise LargeTableError("Das ist zu viel Text auf einmal. Bitte die Tabelle aufteilen.")
    form = form or TakeForm()
    answer = page(
        request,
        "talks/import_preview.html",
        form=form,
        planned=planned,
        answer=_answer(planned),
        listing=_listing(request, planned),
        left_out=left_out,
        others=others,
        hint=hint_of(*(word for one in segments for word in (one.document, one.speaker, one.text))),
        nothing=not planned.added and not planned.codings,
        signed=signed,
    )
    answer.status_code = 422 if form.errors else 200
    return answer


def _salt(request: StaffRequest) -> str:
    return f"{_SALT}:{request.tenant.pk}:{request.user.pk}"


def _answer(planned: importing.Plan) -> str:
    said = begun(many(planned.added, "eine neue Aussage", "neue Aussagen"))
    return f"{said} in {len(planned.talks)} {_talks(len(planned.talks))}. Noch nichts geschrieben."


def _talks(number: int) -> str:
    return "Gespräch" if number == 1 else "Gesprächen"


def _listing(request: StaffRequest, planned: importing.Plan) -> Listing:
    rows = []
    for one in planned.talks:
        url = address(request, "talk", record=one.key) if one.key else ""
        coded = sum(len(said.codings) for said in one.statements)
        known = len(one.statements) - one.added
        below = "" if one.key else "neu"
        cells = (Cell(one.title, url=url, below=below), str(one.added), str(known), str(coded))
        rows.append(cells)
    return Listing("Gespräche der Tabelle", _COLUMNS, rows)


def _taken(request: StaffRequest) -> HttpResponse:
    """Add what the preview said; if it would say something else by now, show it again."""
    form = TakeForm(request.POST)
    try:
        rows = signing.loads(
            request.POST.get("tabelle", ""), salt=_salt(request), max_age=24 * 60 * 60
        )
    except signing.BadSignature:
        again = TableForm({})
        again.add_error(None, "Bitte die Datei noch einmal auswählen; die Vorschau ist zu alt.")
        return page(request, "talks/import.html", form=again, tabs=tabs(request, "talks"))
    segments = tuple(_segment(row) for row in cast("list[dict[str, object]]", rows))
    others = "andere" in request.POST
    if not form.is_valid():
        return _preview(request, segments, form=form, others=others)
    planned = importing.plan(request.user, request.tenant, segments, others=others)
    if planned.digest != form.cleaned_data["stand"]:
        form.add_error(None, "Inzwischen hat sich etwas geändert. Bitte die Vorschau neu ansehen.")
        return _preview(request, segments, form=form, others=others)
    batch = new_batch()
    try:
        importing.write(
            actor=request.user, tenant=request.tenant, planned=planned,
            day=form.cleaned_data["day"], batch=batch,
        )  # fmt: skip
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return _preview(request, segments, form=form, others=others)
    tell(request, f"Eingelesen: {many(planned.added, 'eine Aussage', 'Aussagen')}.", undo=batch)
    return HttpResponseRedirect(address(request, "talks"))


def _segment(row: dict[str, object]) -> Segment:
    given = row | {"codes": tuple(tuple(path) for path in cast("list[list[str]]", row["codes"]))}
    return Segment(**given)  # type: ignore[arg-type]  # as `asdict` wrote it
