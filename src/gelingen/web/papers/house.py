"""The rules of a house for its papers: who releases, and the template they are filled into."""

from typing import TYPE_CHECKING

from django import forms
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.access.record import UnknownRecordError
from gelingen.boards.seen import earlier
from gelingen.history.recording import new_batch
from gelingen.papers.queries import rules_of
from gelingen.papers.rules import drop_template, set_rules, set_template, template_of
from gelingen.reports.papers import filled_from
from gelingen.reports.papers.filling import check_template, example_template
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.papers.forms import BothVersions, Texts

if TYPE_CHECKING:
    from gelingen.papers.models import Paper, PaperRules

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class RulesForm(forms.Form):
    """Was das Haus von seinen Vorlagen verlangt."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    second_person = forms.BooleanField(
        label="Eine zweite Person gibt frei", required=False,
        help_text="Freigeben darf dann nicht, wer zuletzt geschrieben hat.",
    )  # fmt: skip


class TemplateForm(forms.Form):
    """Die Dokumentvorlage des Hauses."""

    file = forms.FileField(
        label="Dokumentvorlage", help_text="Eine DOCX-Datei mit Platzhaltern, höchstens 5 MB.",
        error_messages={"required": "Bitte eine Datei wählen.", "empty": "Die Datei ist leer."},
    )  # fmt: skip


def _texts(rules: "PaperRules") -> Texts:
    return {"second_person": ["on"] if rules.second_person else []}


@staff
def rules(request: StaffRequest) -> HttpResponse:
    """Say whether a second person releases papers."""
    return _shown(request)


def _shown(request: StaffRequest, template: TemplateForm | None = None) -> HttpResponse:
    require(request.user, May.EDIT_BOARDS, request.tenant)
    found, back = rules_of(request.tenant), address(request, "council-papers")

    def at(stand: str) -> Texts | None:
        before = earlier(found, stand)
        return _texts(before) if before else None

    own = template is None
    edited = BothVersions(request, _texts(found), stand=str(found.version), at=at)
    form = RulesForm(edited.data if own else None, initial=edited.initial())
    if own and edited.stale:
        return edited.versions(form, thing="Regeln für Vorlagen", back=back)
    if own and request.method == "POST" and form.is_valid():
        batch = new_batch()
        set_rules(
            actor=request.user, tenant=request.tenant, batch=batch,
            second_person=form.cleaned_data["second_person"],
        )  # fmt: skip
        edited.saved()
        tell(request, "Gespeichert: Regeln für Vorlagen.", undo=batch)
        return HttpResponseRedirect(address(request, "paper-rules"))
    answer = page(
        request,
        "papers/rules.html",
        rules=form,
        kept=template_of(request.user, request.tenant),
        upload=template or TemplateForm(),
        back=back,
    )
    if template is not None:
        answer.status_code = 422
    return answer


@staff
@require_POST
def upload(request: StaffRequest) -> HttpResponse:
    """Take a template, or use the built-in one again."""
    require(request.user, May.EDIT_BOARDS, request.tenant)
    batch = new_batch()
    if "entfernen" in request.POST:
        drop_template(actor=request.user, tenant=request.tenant, batch=batch)
        tell(request, "Es gilt wieder die Beispielvorlage.", undo=batch)
        return HttpResponseRedirect(address(request, "paper-rules"))
    form = TemplateForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            check_template(content)
            set_template(
                actor=request.user, tenant=request.tenant, name=file.name, content=content,
                batch=batch,
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error("file", sentence_of(error))
        else:
            tell(request, "Dokumentvorlage geprüft und übernommen.", undo=batch)
            return HttpResponseRedirect(address(request, "paper-rules"))
    return _shown(request, form)


@staff
def current(request: StaffRequest) -> HttpResponseBase:
    """Hand out the template of the house."""
    require(request.user, May.EDIT_BOARDS, request.tenant)
    found = template_of(request.user, request.tenant)
    if found is None:
        raise UnknownRecordError("Eine eigene Dokumentvorlage ist nicht hochgeladen.")
    given = FileResponse(
        found.file.open(), as_attachment=True, filename="hausvorlage.docx", content_type=_DOCX
    )
    given["X-Content-Type-Options"] = "nosniff"
    return given


@staff
def example(request: StaffRequest) -> HttpResponse:  # noqa: ARG001 - as every page
    """Hand out a template to begin with: it has every placeholder."""
    return _file(example_template(), "beispielvorlage")


def hand_out_filled(request: StaffRequest, paper: "Paper") -> HttpResponse:
    """Hand out a paper on the template of the house, or on the built-in one."""
    kept = template_of(request.user, request.tenant)
    if kept is None:
        template = example_template()
    else:
        with kept.file.open() as file:
            template = file.read()
    return _file(filled_from(request.user, paper, template), "vorlage-haus")


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=_DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
