"""Release a report, make a council paper of it, delete a draft."""

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in, require
from gelingen.boards.meetings import led
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.history.stored import whole
from gelingen.papers.chain import lay_chain
from gelingen.papers.writing import Given, add_annex, new_paper
from gelingen.reports.yearly import kept_content, read_told, written
from gelingen.web.pages import StaffRequest, address, done, staff, tell
from gelingen.web.yearly.writing import to_write
from gelingen.yearly import writing
from gelingen.yearly.council import draft_paper, measures_of
from gelingen.yearly.queries import get_file, get_report
from gelingen.yearly.subjects import missing, read_year

if TYPE_CHECKING:
    from gelingen.yearly.subjects import Year


_IN = (
    "Entwurf der Vorlage geschrieben. Der Bericht ist angehängt, aber nicht öffentlich: Er nennt "
    "Maßnahmen, die nicht öffentlich sind."
)


@staff
@require_POST
def release(request: StaffRequest, record: str) -> HttpResponse:
    """Release a report: its files are written and kept, and nothing of it changes any more."""
    sent = request.POST.get("stand", "")
    # Held while the files are written: what they say is what is concluded at the release.
    with whole():
        writing.hold(to_write(request, record))
        found = to_write(request, record)
        told = read_told(request.user, found, on=today())
        _refuse_unfinished(told.year)
        writing.release(
            actor=request.user,
            year=told.year,
            content=kept_content(told),
            files=written(told),
            on=today(),
            version=int(sent) if sent.isdecimal() else None,
        )
    return done(request, "Freigegeben. Der Bericht bleibt, wie er ist.", to="year-report",
                record=record)  # fmt: skip


def _refuse_unfinished(year: "Year") -> None:
    """Refuse before the files are written, which takes its time."""
    if lacks := missing(year):
        raise writing.ReportError(" ".join(["Noch nicht freigegeben.", *lacks]))


@staff
@require_POST
def to_paper(request: StaffRequest, record: str) -> HttpResponse:
    """Write the draft of a council paper about a released report, with the report as annex."""
    found = get_report(request.user, request.tenant, record)
    bodies = led(request.user, request.tenant)
    if not bodies:
        require(request.user, May.EDIT_BOARDS, request.tenant)
    year = read_year(request.user, found, on=today())
    given = draft_paper(year)
    told = {name: getattr(given, name) for name in given.__dataclass_fields__}
    if not allowed_in(request.user, May.EDIT_BOARDS, request.tenant):
        told["body"] = bodies[0]
    batch = new_batch()
    with get_file(found, "pdf").file.open() as file:
        content = ContentFile(file.read())
    with whole():
        made = new_paper(
            actor=request.user, tenant=request.tenant, given=Given(**told), batch=batch,
            measures=measures_of(year),
        )  # fmt: skip
        lay_chain(actor=request.user, paper=made, on=today(), batch=batch)
        # The report names every measure; who may read it is decided by them.
        public = all(one.measure.public for one in year.lines)
        add_annex(
            actor=request.user, paper=made, title=found.title[:200], name="bericht.pdf",
            content=content, public=public,
        )  # fmt: skip
    tell(request, "Entwurf der Vorlage geschrieben, der Bericht ist angehängt." if public else _IN)
    return HttpResponseRedirect(address(request, "council-paper", record=made.key))


@staff
@require_POST
def remove(request: StaffRequest, record: str) -> HttpResponse:
    """Delete a draft."""
    found, batch = to_write(request, record), new_batch()
    sent = request.POST.get("stand", "")
    found.version = int(sent) if sent.isdecimal() else found.version
    writing.remove_report(actor=request.user, report=found, batch=batch)
    return done(request, "Bericht gelöscht.", to="year-reports", undo=batch)
