"""Papers of meetings as files to download, in a public and a full version."""

from datetime import date
from typing import TYPE_CHECKING, cast

from django import forms
from django.http import HttpResponse
from django.utils.text import slugify

from gelingen.boards import seen
from gelingen.boards.queries import get_body
from gelingen.config.day import today
from gelingen.documents import Document, Format, write
from gelingen.errors import NotFoundError
from gelingen.reports.boards import writing
from gelingen.terms.vocabulary import PaperFormat, ShelfFormat
from gelingen.web.documents.views import MEDIA_TYPES
from gelingen.web.narrowing import DayField, LastDayField
from gelingen.web.pages import REFUSALS, StaffRequest, page, sentence_of, staff

if TYPE_CHECKING:
    from gelingen.boards.models import Meeting

FULL = "fassung"  # "voll": with what is not public


class UnknownFormatError(NotFoundError):
    """Papers are not written in such a format."""


class PeriodForm(forms.Form):
    """Welche Sitzungen in den Band kommen, und wie er geschrieben wird."""

    starts = DayField(label="Erster Tag", required=False)
    ends = LastDayField(label="Letzter Tag", required=False)
    art = forms.ChoiceField(label="Dateiart", choices=PaperFormat.choices())
    voll = forms.BooleanField(label="Mit dem nichtöffentlichen Teil", required=False)

    def clean(self) -> dict[str, object]:
        """Refuse a period that ends before it begins."""
        found = super().clean() or {}
        starts, ends = found.get("starts"), found.get("ends")
        if isinstance(starts, date) and isinstance(ends, date) and ends <= starts:
            self.add_error("ends", "Der letzte Tag liegt vor dem ersten.")
        return found


@staff
def invitation(request: StaffRequest, record: str, fmt: str) -> HttpResponse:
    """Hand out the invitation to a meeting."""
    found = seen.get_meeting(request.user, request.tenant, record)
    full = _full(request)
    paper = writing.invitation_for(request.user, found, full=full, on=today())
    return _file(paper, fmt, _stem("einladung", found, full=full))


@staff
def minutes(request: StaffRequest, record: str, fmt: str) -> HttpResponse:
    """Hand out the minutes of a meeting."""
    found = seen.get_meeting(request.user, request.tenant, record)
    full = _full(request)
    paper = writing.minutes_for(request.user, found, full=full, on=today())
    return _file(paper, fmt, _stem("niederschrift", found, full=full))


@staff
def series(request: StaffRequest, record: str) -> HttpResponse:
    """Ask for a period, and hand out the minutes of it in one volume."""
    body = get_body(request.user, request.tenant, record)
    form = PeriodForm(request.POST or None, initial={"art": PaperFormat.PDF.value})
    sees_closed = seen.sees_closed(request.user, body)
    if not sees_closed:
        del form.fields["voll"]
    if request.method == "POST" and form.is_valid():
        full = bool(form.cleaned_data.get("voll"))
        starts, ends = form.cleaned_data["starts"], form.cleaned_data["ends"]
        try:
            paper = writing.series_for(
                request.user, body, starts=starts, ends=ends, full=full, on=today()
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            stem = f"niederschriften-{slugify(body.name) or 'gremium'}"
            return _file(paper, form.cleaned_data["art"], _version(stem, full=full))
    return page(request, "meetings/papers/series.html", body=body, form=form)


def _full(request: StaffRequest) -> bool:
    return request.GET.get(FULL) == "voll"


def _stem(kind: str, found: "Meeting", *, full: bool) -> str:
    name = slugify(found.body.name) or "gremium"
    return _version(f"{kind}-{name}-{found.day}", full=full)


def _version(stem: str, *, full: bool) -> str:
    """Name a file so that nobody sends the wrong version by mistake."""
    return f"{stem}-{'nichtoeffentlich' if full else 'oeffentlich'}"


def _file(paper: Document, fmt: str, stem: str) -> HttpResponse:
    """Hand out a paper as a file, never inside a page."""
    if fmt not in {one.value for one in PaperFormat}:
        raise UnknownFormatError("In dieser Dateiart gibt es das Papier nicht.")
    made = write(paper, cast("Format", fmt))
    answer = HttpResponse(made, content_type=MEDIA_TYPES[ShelfFormat.of(fmt)])
    answer["Content-Disposition"] = f'attachment; filename="{stem}.{fmt}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
