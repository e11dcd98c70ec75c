"""Questions of a survey: add, change, copy, remove one, and bring them into an order."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gelingen.access.record import UnknownRecordError
from gelingen.history.recording import new_batch
from gelingen.surveys import building, composing
from gelingen.surveys.fixed import FIXED
from gelingen.surveys.layout import broken, joined, pages_of, put_before, stepped
from gelingen.surveys.opening import CHOOSING, NAMING
from gelingen.surveys.queries import earlier, get_question, get_survey, questions
from gelingen.terms.surveys import Language, QuestionKind, SurveyMode, SurveyState
from gelingen.topics.queries import topics
from gelingen.web.editing.both import Edited, Texts
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.surveys.fields import REGISTER, QuestionForm, fields_of

if TYPE_CHECKING:
    from gelingen.surveys.models import Question, Survey

_LISTS = ("condition", "topics")
Group = tuple[str, Sequence[tuple[str, str]]]


class NoKindError(UnknownRecordError):
    """There is no such kind of question, or not in this survey."""


@staff
def add(request: StaffRequest, record: str) -> HttpResponse:
    """Add a question of a kind."""
    survey = get_survey(request.user, request.tenant, record)
    kind = _kind(request.GET.get("art", ""), survey)
    asked = questions(survey)
    if survey.state != SurveyState.DRAFT:
        raise building.FixedSurveyError(FIXED)
    stored = fields_of(kind, {}, _USUAL.get(kind, {}), {}, required=False)
    edited = Edited(request, stored, stand="", at=lambda _: None)
    form = _form(request, kind, edited, _conditions(survey, asked))
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            made = composing.add_question(
                actor=request.user,
                survey=survey,
                kind=kind,
                values=form.values(),
                new_page="neue_seite" in request.POST,
                batch=batch,
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, f"Angelegt: {made}", undo=batch)
            if request.POST.get("danach") == "weitere":
                return HttpResponseRedirect(request.get_full_path())
            return _back(request, survey.key, made)
    return _shown(request, survey, form, edited)


_USUAL = {
    QuestionKind.SCALE: {"steps": 5},
    QuestionKind.TIES: {"rows": 5},
    QuestionKind.MISSING: {"rows": 3},
}


def _kind(code: str, survey: "Survey") -> QuestionKind:
    try:
        kind = QuestionKind.of(code or QuestionKind.CHOICE)
    except KeyError:
        raise NoKindError("Diese Art von Frage gibt es nicht.") from None
    if survey.mode == SurveyMode.ANONYMOUS and kind in NAMING:
        raise NoKindError(
            "Diese Art von Frage nennt die Organisation und geht nicht in einer anonymen Umfrage."
        )
    return kind


def _form(
    request: StaffRequest, kind: QuestionKind, edited: Edited, conditions: Sequence[Group]
) -> QuestionForm:
    offered = (
        list(topics(request.user, request.tenant).values_list("key", "name"))
        if kind == QuestionKind.TOPICS
        else []
    )
    return QuestionForm(
        kind,
        topics=offered,
        conditions=conditions,
        data=edited.data,
        initial=edited.initial(_LISTS),
    )


def _conditions(
    survey: "Survey", asked: Sequence["Question"], *, of: "Question | None" = None
) -> list[Group]:
    """Offer what may decide whether a question is asked: answers on earlier pages, the register.

    What decides now is offered too, even if it has come to stand behind the question.
    """
    now = of.condition.get("question") if of else ""
    found: list[Group] = []
    if survey.mode == SurveyMode.NAMED:
        found.append(("Bestand", [(REGISTER, "die Organisation Einträge im Bestand hat")]))
    for one in asked:
        if one.kind in CHOOSING and (of is None or one.page < of.page or one.key == now):
            words = one.texts.get(Language.DE, {}).get("options", {})
            codes = one.settings.get("options", ())
            found.append(
                (str(one), [(f"{one.key}={code}", words.get(code, code)) for code in codes])
            )
    return found


def _shown(
    request: StaffRequest,
    survey: "Survey",
    form: QuestionForm,
    edited: Edited,
    question: "Question | None" = None,
) -> HttpResponse:
    conditions = form["condition"].value() or [] if "condition" in form.fields else []
    return page(
        request,
        "surveys/question.html",
        survey=survey,
        question=question,
        kind=form.kind,
        form=form,
        conditions=_groups(form, conditions),
        draft=edited.draft,
        here=request.get_full_path(),
        is_draft=survey.state == SurveyState.DRAFT,
        fixed=FIXED,
    )


def _groups(form: QuestionForm, ticked: Sequence[str]) -> list[tuple[str, list[object]]]:
    """Give the conditions as groups of boxes: value, words, whether it is ticked."""
    if "condition" not in form.fields:
        return []
    choices: Sequence[Group] = form.fields["condition"].choices  # type: ignore[attr-defined]  # a field of choices
    return [
        (title, [(value, words, value in ticked) for value, words in entries])
        for title, entries in choices
    ]


@staff
def edit(request: StaffRequest, record: str) -> HttpResponse:
    """Change a question; what somebody else changed meanwhile is never overwritten."""
    question = get_question(request.user, request.tenant, record)
    survey, kind = question.survey, QuestionKind.of(question.kind)
    edited = Edited(
        request,
        _texts(question),
        stand=str(question.version),
        at=lambda stand: _texts_at(question, stand),
    )
    conditions = _conditions(survey, questions(survey), of=question)
    form = _form(request, kind, edited, conditions)
    back = f"{address(request, 'survey', record=survey.key)}#frage-{question.pk}"
    if edited.stale:
        return edited.versions(form, thing=question, back=back)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            composing.change_question(
                actor=request.user,
                question=question,
                values=form.values(question.texts, question.settings.get("options", ())),
                batch=batch,
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, f"Gespeichert: {question}", undo=batch)
            return _back(request, survey.key, question)
    return _shown(request, survey, form, edited, question)


def _texts(question: "Question") -> Texts:
    return fields_of(
        QuestionKind.of(question.kind),
        question.texts,
        question.settings,
        question.condition,
        required=question.required,
    )


def _texts_at(question: "Question", stand: str) -> Texts | None:
    before = earlier(question, int(stand)) if stand.isdigit() else None
    return _texts(before) if before is not None else None  # type: ignore[arg-type]  # of a question


@staff
@require_POST
def copy(request: StaffRequest, record: str) -> HttpResponse:
    """Put a copy of a question behind it."""
    question = get_question(request.user, request.tenant, record)
    batch = new_batch()
    made = composing.copy_question(actor=request.user, question=question, batch=batch)
    tell(request, f"Kopiert: {made}", undo=batch)
    return _back(request, question.survey.key, made)


@staff
@require_POST
def remove(request: StaffRequest, record: str) -> HttpResponse:
    """Remove a question; it can be brought back at once."""
    question = get_question(request.user, request.tenant, record)
    name, batch = str(question), new_batch()
    composing.remove_question(actor=request.user, question=question, batch=batch)
    tell(request, f"Gelöscht: {name}", undo=batch)
    return HttpResponseRedirect(address(request, "survey", record=question.survey.key))


@staff
@require_POST
def arrange(request: StaffRequest, record: str) -> HttpResponse:
    """Move a question a step, before another one, or begin a page with it."""
    survey = get_survey(request.user, request.tenant, record)
    asked = {one.key: one for one in questions(survey)}
    key = request.POST.get("zeile", "").partition(":")[2]
    if key not in asked:
        raise UnknownRecordError("Diese Frage gibt es nicht (mehr).")
    pages, way = pages_of(list(asked.values())), request.POST.get("richtung", "")
    if way in {"auf", "ab"}:
        wished = stepped(pages, key, back=way == "auf")
    elif way == "neue_seite":
        wished = broken(pages, key)
    elif way == "zur_seite_davor":
        wished = joined(pages, key)
    else:
        wished = put_before(pages, key, request.POST.get("vor", ""))
    batch = new_batch()
    if composing.arrange(actor=request.user, survey=survey, pages=wished, batch=batch):
        number = next(place for place, one in enumerate(wished, start=1) if key in one)
        tell(request, f"Verschoben: {asked[key]}, jetzt auf Seite {number}.", undo=batch)
    return _back(request, survey.key, asked[key])


def _back(request: StaffRequest, survey: str, question: "Question") -> HttpResponse:
    """Go to the list with the focus on a question.

    Named by a part of the address behind "#" it would be scrolled to, but not get the focus.
    """
    here = address(request, "survey", record=survey)
    return HttpResponseRedirect(f"{here}?{urlencode({'bei': f'frage-{question.pk}'})}")
