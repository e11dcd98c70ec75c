"""Begin a report, change its period, write the county's own words for a chapter."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe

from gelingen.access.policy import May, require
from gelingen.boards.seen import earlier
from gelingen.config.day import today
from gelingen.desk.drafts import drop_draft, find_draft
from gelingen.documents import Document, html_fragment
from gelingen.errors import NotFoundError
from gelingen.history.recording import new_batch
from gelingen.plan.beginnings import NoPlanYetError
from gelingen.plan.queries import plans
from gelingen.reports.yearly import chapter_blocks, chapters_of, read_told
from gelingen.terms.yearly import Chapter, ReportKind
from gelingen.web.editing.both import Edited, Texts
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    done,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.programme.forms import count_field, text_field
from gelingen.yearly import writing
from gelingen.yearly.queries import get_report, texts_of
from gelingen.yearly.subjects import years_of

if TYPE_CHECKING:
    from gelingen.yearly.models import ReportText, YearReport

_FIRST, _LAST = 2000, 2100
# Reports on a year are written in the first half of the next one.
_HALF = 6


class UnknownChapterError(NotFoundError):
    """The report has no such chapter."""


class BothVersions(Edited):
    """A form of this area that two people may have open at once."""

    template = "yearly/clash.html"


class ReportForm(forms.Form):
    """Worüber berichtet wird."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Art", choices=ReportKind.choices(), widget=forms.RadioSelect)
    first = count_field("Von Jahr", least=_FIRST, most=_LAST)
    last = count_field("Bis Jahr", least=_FIRST, most=_LAST)
    title = text_field("Titel", 250, hint="Leer: Art und Jahr.")

    def clean(self) -> dict[str, Any]:
        """Ask for years in their order."""
        given = super().clean() or self.cleaned_data
        first = given.get("first")
        if first is None and not self.errors:
            self.add_error("first", "Bitte das Jahr nennen, über das berichtet wird.")
        elif first is not None and (given.get("last") or first) < first:
            self.add_error("last", "Das letzte Jahr liegt vor dem ersten.")
        return given

    def told(self) -> dict[str, Any]:
        """Give title and period as commands take them."""
        first = self.cleaned_data["first"]
        last = self.cleaned_data["last"] or first
        kind = ReportKind.of(self.cleaned_data.get("kind") or ReportKind.YEARLY)
        years = str(first) if first == last else f"{first} bis {last}"
        return {
            "title": self.cleaned_data["title"] or f"{kind.label} {years}",
            "starts": date(first, 1, 1),
            "ends": date(last + 1, 1, 1),
        }


def to_write(request: StaffRequest, record: str) -> "YearReport":
    """Find a report that the person may write.

    Raises:
        UnknownRecordError: there is none, or the person may not see it.
        PermissionDenied: the person may see it, but not write it.

    """
    found = get_report(request.user, request.tenant, record)
    require(request.user, May.EDIT_PLAN, found)
    return found


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Begin a report on a year, or an evaluation over several."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    plan = plans(request.user, request.tenant).first()
    if plan is None:
        raise NoPlanYetError("Berichtet wird über einen Plan; es gibt noch keinen.")
    year = today().year - (1 if today().month <= _HALF else 0)
    start: dict[str, Any] = {"kind": ReportKind.YEARLY.value, "first": year, "last": year}
    if draft := find_draft(request.user, request.tenant, request.path):
        start |= {name: texts[-1] for name, texts in draft.texts.items() if texts}
    form = ReportForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            made = writing.new_report(
                actor=request.user, tenant=request.tenant, plan=plan, batch=batch,
                kind=form.cleaned_data["kind"], **form.told(),
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            drop_draft(request.user, request.tenant, request.path)
            return done(request, "Begonnen.", to="year-report", undo=batch, record=made.key)
    return page(
        request, "yearly/edit.html", form=form, title="Bericht beginnen",
        back=address(request, "year-reports"), label="Bericht beginnen",
        answer="Zahlen, Stand und Gründe kommen aus dem Plan und den Sachständen.",
    )  # fmt: skip


def _values(report: "YearReport") -> dict[str, list[str]]:
    years = years_of(report)
    return {"first": [str(years[0])], "last": [str(years[-1])], "title": [report.title]}


@staff
def edit(request: StaffRequest, record: str) -> HttpResponse:
    """Change title and years of a draft."""
    found = to_write(request, record)
    writing.refuse_released(found)
    back = address(request, "year-report", record=record)

    def at(stand: str) -> Texts | None:
        before = earlier(found, stand)
        return _values(before) if before else None

    edited = BothVersions(request, _values(found), stand=str(found.version), at=at)
    form = ReportForm(edited.data, initial=edited.initial())
    del form.fields["kind"]
    if edited.stale:
        return edited.versions(form, thing=found.title, back=back)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            writing.change_report(actor=request.user, report=found, batch=batch, **form.told())
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, "Gespeichert.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request, "yearly/edit.html", form=form, draft=edited.draft, title="Bericht ändern",
        back=back, label="Speichern", report=found, answer=found.title,
    )  # fmt: skip


class TextForm(forms.Form):
    """Eigene Worte zu einem Kapitel."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Text",
        required=False,
        help_text=(
            "Leerzeile: neuer Absatz. # Überschrift, - Aufzählung, **fett**, [Wort](Adresse)."
        ),
        widget=forms.Textarea(attrs={"rows": 14}),
    )


@staff
def text(request: StaffRequest, record: str) -> HttpResponse:
    """Write the county's own words for the chapter that the address names."""
    found = to_write(request, record)
    writing.refuse_released(found)
    chapter = _chapter(found, request.GET.get("kapitel", ""))
    back = address(request, "year-report", record=record)
    stored = texts_of(found).get(chapter.value)

    def at(stand: str) -> Texts | None:
        before = earlier(stored, stand) if stored and stand != "0" else None
        return _text(before)

    stand = str(stored.version) if stored else "0"
    edited = BothVersions(request, _text(stored), stand=stand, at=at)
    form = TextForm(edited.data, initial=edited.initial())
    if edited.stale:
        return edited.versions(form, thing=chapter.label, back=back)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        writing.write_text(
            actor=request.user, report=found, chapter=chapter.value, batch=batch,
            text=form.cleaned_data["text"],
        )  # fmt: skip
        edited.saved()
        tell(request, f"Gespeichert: {chapter.label}.", undo=batch)
        return HttpResponseRedirect(back)
    return page(
        request, "yearly/text.html", form=form, draft=edited.draft, report=found, back=back,
        title=chapter.label, body=_facts(request, found, chapter),
    )  # fmt: skip


def _text(stored: "ReportText | None") -> dict[str, list[str]]:
    return {"text": [stored.text if stored else ""]}


def _chapter(report: "YearReport", code: str) -> Chapter:
    for one in chapters_of(report.kind):
        if one.value == code:
            return one
    raise UnknownChapterError("Dieses Kapitel hat der Bericht nicht.")


def _facts(request: StaffRequest, report: "YearReport", chapter: Chapter) -> str:
    """Set the chapter as it would be written now, with the words that are stored."""
    told = read_told(request.user, report, on=today())
    blocks = tuple(chapter_blocks(told, chapter))
    fragment = html_fragment(Document(title="Kapitel", blocks=blocks), level=3) if blocks else ""
    return mark_safe(fragment)  # noqa: S308 - our own writer, which escapes all text
