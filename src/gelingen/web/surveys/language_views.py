"""Languages: which texts are there for a survey, and which language somebody has checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in
from gelingen.access.record import UnknownRecordError
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.surveys import building, translating
from gelingen.surveys.languages import direction_of, tag_of
from gelingen.surveys.queries import earlier, get_survey, questions, releases
from gelingen.surveys.shipped import templates
from gelingen.terms.spelling import day
from gelingen.terms.surveys import OWN_NAMES, Language
from gelingen.web.editing.both import Edited, Texts
from gelingen.web.needs.tabs import tabs
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.surveys.forms import OfferedForm, ReleaseForm
from gelingen.web.surveys.tabs import survey_tabs
from gelingen.web.surveys.views import require_asking

if TYPE_CHECKING:
    from gelingen.surveys.models import Question, Survey

OTHERS = tuple(one for one in Language if one != Language.DE)
MACHINE_MADE = "maschinell erstellt, nicht geprüft"


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language as it is listed: its names, whether it is checked, what is missing or old."""

    language: Language
    own: str
    checked: str
    by: str = ""
    missing: int = 0
    outdated: int = 0
    offered: bool = False

    @property
    def tag(self) -> str:
        """Code of the language as HTML knows it."""
        return tag_of(self.language)


@staff
def languages(request: StaffRequest) -> HttpResponse:
    """Show which languages there are, and whether somebody has checked their texts."""
    require_asking(request)
    return _languages(request, None)


def _languages(request: StaffRequest, refused: ReleaseForm | None) -> HttpResponse:
    done = releases(request.user, request.tenant)
    shipped = {
        one: [template.title for template in templates() if one in template.texts] for one in OTHERS
    }
    rows = [
        (
            Tongue(
                one,
                OWN_NAMES[one],
                checked=day(done[one].day) if one in done else "",
                by=done[one].by if one in done else "",
            ),
            shipped[one],
            ReleaseForm(initial={"sprache": one}, auto_id=f"id_{one}_%s"),
        )
        for one in OTHERS
    ]
    return page(
        request,
        "surveys/languages.html",
        rows=rows,
        form=refused,
        machine_made=MACHINE_MADE,
        may_release=allowed_in(request.user, May.RELEASE_LANGUAGE, request.tenant),
        tabs=tabs(request, "surveys"),
    )


def _language(code: str) -> Language:
    if code not in OTHERS:
        raise UnknownRecordError("Diese Sprache gibt es hier nicht.")
    return Language.of(code)


@staff
@require_POST
def release(request: StaffRequest) -> HttpResponse:
    """Release a language, or take that back."""
    batch = new_batch()
    if "zuruecknehmen" in request.POST:
        language = _language(request.POST["zuruecknehmen"])
        translating.take_back_release(
            actor=request.user, tenant=request.tenant, language=language, batch=batch
        )
        tell(request, f"Nicht mehr freigegeben: {language.label}.", undo=batch)
        return HttpResponseRedirect(address(request, "languages"))
    form = ReleaseForm(request.POST)
    if form.is_valid():
        language = Language.of(form.cleaned_data["sprache"])
        try:
            translating.release_language(
                actor=request.user,
                tenant=request.tenant,
                language=language,
                by=form.cleaned_data["by"],
                on=today(),
                batch=batch,
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, f"Freigegeben: {language.label}.", undo=batch)
            return HttpResponseRedirect(address(request, "languages"))
    return _languages(request, form)


@staff
def of_survey(request: StaffRequest, record: str) -> HttpResponse:
    """Choose in which languages a survey is offered, and see what is missing in each."""
    survey = get_survey(request.user, request.tenant, record)
    form = OfferedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = [Language.DE.value, *form.cleaned_data["languages"]]
        batch = new_batch()
        building.change_survey(
            actor=request.user, survey=survey, values={"languages": chosen}, batch=batch
        )
        tell(request, "Gespeichert: die angebotenen Sprachen.", undo=batch)
        return HttpResponseRedirect(request.path)
    asked, done = questions(survey), releases(request.user, request.tenant)
    rows = [
        Tongue(
            one,
            OWN_NAMES[one],
            checked=day(done[one].day) if one in done else "",
            missing=translating.missing(survey, asked, one),
            outdated=translating.outdated(survey, asked, one),
            offered=one in survey.languages,
        )
        for one in OTHERS
    ]
    return page(
        request,
        "surveys/survey_languages.html",
        survey=survey,
        rows=rows,
        total=len(translating.passages(survey, asked, Language.DE)),
        machine_made=MACHINE_MADE,
        tabs=survey_tabs(request, survey.key, "survey-languages"),
    )


class TranslationForm(forms.Form):
    """Alle Texte einer Umfrage in einer Sprache, neben dem deutschen."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        passages: Sequence[translating.Passage],
        language: Language,
        **given: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        super().__init__(**given)
        self.passages = passages
        attrs = {
            "rows": 1,
            "lang": tag_of(language),
            "dir": direction_of(language),
        }
        for one in passages:
            self.fields[_field(one)] = forms.CharField(
                label=f"{one.label}: {one.german}",
                required=False,
                widget=forms.Textarea(attrs=attrs),
            )
            if one.outdated:
                self.fields[_fits(one)] = forms.BooleanField(
                    label="passt auch zum neuen Wortlaut", required=False
                )

    def rows(self) -> list[tuple[translating.Passage, Any, Any]]:
        """Give each text with its field, and with the box that says that it still fits."""
        return [
            (one, self[_field(one)], self[_fits(one)] if one.outdated else None)
            for one in self.passages
        ]

    def values(self) -> dict[tuple[str, str], str]:
        """Give the texts by owner and name."""
        return {
            (one.owner, one.name): self.cleaned_data[_field(one)].replace("\r\n", "\n").strip()
            for one in self.passages
        }

    def fitting(self) -> list[tuple[str, str]]:
        """Give owner and name of the texts that are said to fit although the German changed."""
        found = [one for one in self.passages if one.outdated and self.cleaned_data[_fits(one)]]
        return [(one.owner, one.name) for one in found]


def _field(passage: translating.Passage) -> str:
    """Name a field by its text: questions may be moved while somebody has the page open."""
    return f"text_{passage.ident}"


def _fits(passage: translating.Passage) -> str:
    return f"passt_{passage.ident}"


@staff
def translation(request: StaffRequest, record: str) -> HttpResponse:
    """Write the texts of a survey in one language beside the German ones."""
    survey = get_survey(request.user, request.tenant, record)
    code = request.GET.get("sprache", "")
    language = next((one for one in OTHERS if one == code), OTHERS[0])
    asked = questions(survey)
    passages = translating.passages(survey, asked, language)
    edited = Edited(
        request,
        _texts(passages),
        stand=_stand(survey, asked),
        at=lambda stand: _texts_at(survey, asked, language, passages, stand),
    )
    form = TranslationForm(passages, language, data=edited.data, initial=edited.initial())
    if edited.stale:
        return edited.versions(form, thing=survey, back=request.get_full_path())
    if request.method == "POST" and form.is_valid():
        _translated(request, survey, asked, language, form)
        edited.saved()
        back = address(request, "survey-translate", record=survey.key)
        return HttpResponseRedirect(f"{back}?{urlencode({'sprache': language.value})}")
    return page(
        request,
        "surveys/translation.html",
        survey=survey,
        form=form,
        language=language,
        own=OWN_NAMES[language],
        draft=edited.draft,
        here=request.get_full_path(),
        machine_made="" if language in releases(request.user, request.tenant) else MACHINE_MADE,
        missing=sum(not one.text for one in passages),
        outdated=sum(one.outdated for one in passages),
    )


def _translated(
    request: StaffRequest,
    survey: "Survey",
    asked: "Sequence[Question]",
    language: Language,
    form: TranslationForm,
) -> None:
    batch = new_batch()
    translating.translate(
        actor=request.user,
        survey=survey,
        asked=asked,
        language=language,
        texts=form.values(),
        fitting=form.fitting(),
        batch=batch,
    )
    tell(request, f"Gespeichert: {language.label}.", undo=batch)


def _texts(passages: Sequence[translating.Passage]) -> Texts:
    boxes: dict[str, list[str]] = {_fits(one): [] for one in passages if one.outdated}
    return boxes | {_field(one): [one.text] if one.text else [] for one in passages}


def _stand(survey: "Survey", asked: "Sequence[Question]") -> str:
    """Name the version of every record whose texts the form shows."""
    return " ".join([f"0:{survey.version}", *(f"{one.pk}:{one.version}" for one in asked)])


def _texts_at(
    survey: "Survey",
    asked: "Sequence[Question]",
    language: Language,
    passages: Sequence[translating.Passage],
    stand: str,
) -> Texts | None:
    """Give the texts from which somebody started: of each record that was changed since."""
    seen: Mapping[str, str] = dict(
        part.split(":", 1) for part in stand.split() if part.count(":") == 1
    )
    owners: list[Survey | Question] = [survey, *asked]
    before: list[Any] = []
    for one in owners:
        version = seen.get("0" if one is survey else str(one.pk), "")
        known = version.isdecimal() and version != str(one.version)
        old = earlier(one, int(version)) if known else one
        before.append(old or one)
    # A question that came since was not on the page: nobody has left its texts empty.
    there = [one for one in before[1:] if str(one.pk) in seen]
    texts = _texts(translating.passages(before[0], there, language))
    return {name: texts.get(name, []) for name in _texts(passages)}
