"""Surveys at the desk: the list of all, a new one, and one with its questions page by page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in
from gelingen.history.recording import new_batch
from gelingen.surveys import building
from gelingen.surveys.fixed import FIXED
from gelingen.surveys.opening import NAMING
from gelingen.surveys.queries import get_survey, questions
from gelingen.surveys.queries import surveys as surveys_of
from gelingen.surveys.questions import minutes
from gelingen.surveys.shipped import templates
from gelingen.terms.spelling import number, period
from gelingen.terms.surveys import QuestionKind, SurveyMode, SurveyState
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.needs.tabs import tabs
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff
from gelingen.web.surveys.fields import USES
from gelingen.web.surveys.forms import EMPTY, ROUND, TEMPLATE, NewSurveyForm
from gelingen.web.surveys.tabs import survey_tabs

if TYPE_CHECKING:
    from gelingen.surveys.models import Question, Survey

COLUMNS = (
    Column("Umfrage", wide=True),
    Column("Stand"),
    Column("Art"),
    Column("Offen"),
    Column("Eingeladen", number=True),
    Column("Beantwortet", number=True),
)


def require_asking(request: StaffRequest) -> None:
    """Let only those reach a page who run surveys.

    Raises:
        PermissionDenied.

    """
    if not allowed_in(request.user, May.ASK, request.tenant):
        raise PermissionDenied("Umfragen führen")


@staff
def surveys(request: StaffRequest) -> HttpResponse:
    """List all surveys: open ones, drafts, closed ones."""
    require_asking(request)
    found = list(surveys_of(request.user, request.tenant))
    rows = [
        (
            Cell(one.title, url=address(request, "survey", record=one.key)),
            SurveyState.of(one.state).label,
            SurveyMode.of(one.mode).label,
            period(one.opens, one.closes) if one.opens or one.closes else "",
            number(getattr(one, "invited", 0)),
            number(getattr(one, "answered", 0)),
        )
        for one in found
    ]
    opened = sum(one.state == SurveyState.OPEN for one in found)
    answer = f"{opened} von {len(found)} sind offen." if found else ""
    return page(
        request,
        "surveys/surveys.html",
        listing=Listing("Umfragen", COLUMNS, rows),
        answer=answer,
        tabs=tabs(request, "surveys"),
    )


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Begin a survey: from a template, as the next round of an earlier one, or empty."""
    require_asking(request)
    earlier = list(surveys_of(request.user, request.tenant))
    form = NewSurveyForm(request.POST or None, earlier=earlier)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            made = _made(request, form, batch)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            return done(request, f"Angelegt: {made}.", to="survey", record=made.key, undo=batch)
    return page(request, "surveys/new.html", form=form, templates=templates())


def _made(request: StaffRequest, form: NewSurveyForm, batch: str) -> "Survey":
    given = form.cleaned_data
    way, _, name = given["beginn"].partition(":")
    if way == ROUND:
        before = get_survey(request.user, request.tenant, name)
        title = given["title"] or before.title
        return building.next_round(actor=request.user, survey=before, title=title, batch=batch)
    title = given["title"]
    if way == TEMPLATE and not title:
        title = next((one.title for one in templates() if one.name == name), "")
    return building.new_survey(
        actor=request.user,
        tenant=request.tenant,
        title=title,
        mode=SurveyMode.of(given["mode"]) if given["mode"] else None,
        template=name if way != EMPTY else "",
        batch=batch,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One question in the list of a survey."""

    key: str
    ident: str
    number: int
    text: str
    kind: str
    required: bool
    when: str
    first: bool
    last: bool
    opens_page: bool


@staff
def survey(request: StaffRequest, record: str) -> HttpResponse:
    """Show one survey with its questions, page by page."""
    one = get_survey(request.user, request.tenant, record)
    asked = questions(one)
    kinds = [QuestionKind.of(question.kind) for question in asked]
    offered = [
        (kind, kind.label, USES[kind])
        for kind in QuestionKind
        if one.mode == SurveyMode.NAMED or kind not in NAMING
    ]
    return page(
        request,
        "surveys/survey.html",
        survey=one,
        pages=lines_by_page(asked),
        offered=offered,
        is_draft=one.state == SurveyState.DRAFT,
        fixed=FIXED,
        answer=answer_of(one, kinds),
        focus=request.GET.get("bei", ""),
        tabs=survey_tabs(request, one.key, "survey"),
    )


def answer_of(survey: "Survey", kinds: list[QuestionKind]) -> str:
    """Say in one line what kind of survey it is, how far it is and how long it takes."""
    state, mode = SurveyState.of(survey.state).label, SurveyMode.of(survey.mode).label
    many = f"{len(kinds)} Fragen" if len(kinds) != 1 else "1 Frage"
    lasts = f", etwa {minutes(kinds)} Minuten" if kinds else ""
    return f"{state}; {mode}; {many}{lasts}."


def lines_by_page(asked: "list[Question]") -> list[tuple[int, list[Line]]]:
    """Put questions into lines, page by page, numbered through."""
    by_key = {one.key: one for one in asked}
    found: list[tuple[int, list[Line]]] = []
    for place, one in enumerate(asked):
        begins = place == 0 or asked[place - 1].page != one.page
        if begins:
            found.append((len(found) + 1, []))
        line = Line(
            key=one.key,
            ident=f"frage-{one.pk}",
            number=place + 1,
            text=str(one),
            kind=QuestionKind.of(one.kind).label,
            required=one.required,
            when=condition_in_words(one, by_key),
            first=place == 0,
            last=place == len(asked) - 1,
            opens_page=begins,
        )
        found[-1][1].append(line)
    return found


def condition_in_words(question: "Question", by_key: "dict[str, Question]") -> str:
    """Say when a question is asked; "" means always."""
    condition = question.condition
    if condition.get("register"):
        return "nur, wenn die Organisation Einträge hat"
    if "question" not in condition:
        return ""
    other = by_key.get(condition["question"])
    if other is None:
        return "nur nach einer Frage, die es nicht mehr gibt"
    words = other.texts.get("de", {}).get("options", {})
    answers = " oder ".join(f"„{words.get(code, code)}“" for code in condition.get("is", ()))
    return f"nur nach {answers} bei „{other}“"
