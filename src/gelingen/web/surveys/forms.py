"""Forms of surveys: begin one, its texts and days, its languages."""

from typing import TYPE_CHECKING, Any

from django import forms

from gelingen.surveys.fixed import FREE
from gelingen.surveys.shipped import templates
from gelingen.terms.spelling import last_day
from gelingen.terms.surveys import Language, QuestionKind, SurveyMode, SurveyState
from gelingen.web.editing.both import Texts
from gelingen.web.narrowing import DAY_FORMAT, DayField, LastDayField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gelingen.surveys.models import Question, Survey
    from gelingen.surveys.shipped import Template

EMPTY, TEMPLATE, ROUND = "leer", "vorlage", "runde"
_NEEDED = {"required": "Bitte ausfüllen."}


class NewSurveyForm(forms.Form):
    """Womit eine Umfrage beginnt."""

    beginn = forms.ChoiceField(label="Womit beginnen?", widget=forms.RadioSelect)
    title = forms.CharField(
        label="Titel",
        max_length=200,
        required=False,
        help_text="So sehen ihn die Befragten. Leer: der Titel der Vorlage.",
    )
    mode = forms.ChoiceField(
        label="Art",
        required=False,
        choices=[("", "wie es zur Vorlage passt"), *SurveyMode.choices()],
        help_text="Namentlich antwortet eine Organisation und kann ihre Antwort bis zum Schluss "
        "ändern. Anonym lässt sich niemand einer Antwort zuordnen. Nach dem Öffnen bleibt die Art "
        "fest.",
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own options
        earlier: "Sequence[Survey]",
        **given: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **given)
        shipped = [(f"{TEMPLATE}:{one.name}", _told(one)) for one in templates()]
        rounds = [(f"{ROUND}:{one.key}", f"neue Runde von „{one}“") for one in earlier]
        empty = (EMPTY, "leer, eigene Fragen")
        self.fields["beginn"].choices = [*shipped, *rounds, empty]  # type: ignore[attr-defined]  # a field of choices
        self.fields["beginn"].initial = shipped[0][0]


def _told(template: "Template") -> str:
    """Say what a template is; a title that is a question has its sign already."""
    sign = "" if template.title.endswith(("?", "!", ".")) else "."
    return f"{template.title}{sign} {template.meaning}"


class SurveyForm(forms.Form):
    """Texte, Tage und Regeln einer Umfrage."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="Titel", max_length=200, error_messages=_NEEDED)
    purpose = forms.CharField(
        label="Wozu gefragt wird",
        required=False,
        help_text="Zwei, drei Sätze, die auf der ersten Seite stehen.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contact = forms.CharField(
        label="Ansprechstelle",
        max_length=200,
        required=False,
        help_text="Eine Funktion mit Postfach oder Telefon, kein Name einer Person.",
    )
    mode = forms.ChoiceField(label="Art", choices=SurveyMode.choices(), widget=forms.RadioSelect)
    opens = DayField(
        label="Erster Tag", required=False, help_text="Leer: sobald sie geöffnet wird."
    )
    closes = LastDayField(label="Letzter Tag", required=False, help_text="Zum Beispiel 31.12.2019.")
    keep_until = DayField(
        label="Antworten löschen am",
        required=False,
        help_text="Ab diesem Tag gibt es keine einzelnen Antworten und Postfächer mehr.",
    )
    legal_basis = forms.CharField(
        label="Rechtsgrundlage",
        required=False,
        help_text="Nötig, wenn namentlich gefragt wird.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    notice = forms.CharField(
        label="Hinweise zum Datenschutz",
        required=False,
        help_text="Wer verantwortlich ist, was gespeichert wird, wie lange, und welche Rechte "
        "Befragte haben.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    threshold = forms.IntegerField(
        label="Kleinste gezeigte Zahl",
        min_value=3,
        max_value=50,
        help_text="Was weniger Befragte betrifft, zeigen Auswertungen nicht.",
        error_messages={
            **_NEEDED,
            "invalid": "Bitte eine ganze Zahl eingeben.",
            "min_value": "Mindestens 3.",
            "max_value": "Höchstens 50.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    group_question = forms.ChoiceField(
        label="Frage nach der Gruppe",
        required=False,
        help_text="Sie sagt, zu welcher Gruppe gehört, wer über den offenen Verweis kommt.",
    )
    open_link = forms.BooleanField(
        label="Offener Verweis",
        required=False,
        help_text="Wer ihn hat, kann ohne Einladung antworten, zum Beispiel über einen QR-Code.",
    )

    def __init__(
        self,
        survey: "Survey",
        asked: "Sequence[Question]",
        **given: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        super().__init__(**given)
        groups = [(one.key, str(one)) for one in asked if one.kind == QuestionKind.CHOICE]
        self.fields["group_question"].choices = [("", "keine"), *groups]  # type: ignore[attr-defined]  # a field of choices
        if survey.state != SurveyState.DRAFT:
            for name in [name for name in self.fields if name not in {*FREE, "stand"}]:
                del self.fields[name]

    def values(self) -> dict[str, Any]:
        """Give the values by field of the record."""
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name != "stand"
        }


def survey_texts(survey: "Survey") -> Texts:
    """Give what a survey has as the form would send it; a fixed one only what may still change."""
    closes = last_day(survey.closes) if survey.closes else None
    given: dict[str, object] = {
        **{
            name: getattr(survey, name)
            for name in (
                "title", "purpose", "contact", "mode", "opens", "keep_until", "legal_basis",
                "notice", "threshold", "group_question",
            )
        },
        "closes": closes,
        "open_link": "on" if survey.open_link else "",
    }  # fmt: skip
    return {
        name: [_shown(value)] if value not in (None, "") else []
        for name, value in given.items()
        if survey.state == SurveyState.DRAFT or name in FREE
    }


def _shown(value: object) -> str:
    return f"{value:{DAY_FORMAT}}" if hasattr(value, "year") else str(value)


class OfferedForm(forms.Form):
    """In welchen Sprachen gefragt wird."""

    languages = forms.MultipleChoiceField(
        label="Angeboten werden",
        required=False,
        choices=[one for one in Language.choices() if one[0] != Language.DE],
        widget=forms.CheckboxSelectMultiple,
    )


class ReleaseForm(forms.Form):
    """Wer eine Sprache geprüft hat."""

    sprache = forms.ChoiceField(
        label="Sprache", choices=[one for one in Language.choices() if one[0] != Language.DE]
    )
    by = forms.CharField(
        label="Wer hat geprüft?",
        max_length=200,
        help_text="Eine Funktion, kein Name, zum Beispiel: Dolmetscherdienst.",
        error_messages=_NEEDED,
    )
