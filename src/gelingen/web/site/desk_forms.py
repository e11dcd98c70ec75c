"""Forms of the public site at the desk; `stand` is what the person saw."""

from typing import TYPE_CHECKING, Any

from django import forms

from gelingen.terms.site import (
    SITE_LANGUAGES,
    CheckMethod,
    Conformity,
    SitePage,
    TextOrigin,
)
from gelingen.terms.surveys import Language
from gelingen.web.boards.meetings.forms import ClockField
from gelingen.web.narrowing import DayField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gelingen.surveys.models import Survey

_MARKDOWN = "Leerzeile trennt Absätze, „## “ macht eine Überschrift, „- “ eine Aufzählung."
_NOT_CHOSEN = [("", "noch nicht angegeben")]


def _long(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StandForm(forms.Form):
    """Was alle haben: der Stand, den die Person sah."""

    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SettingsForm(StandForm):
    """Ob es die Webseite gibt und was ihr Rahmen sagt."""

    switched_on = forms.BooleanField(
        label="Eingeschaltet",
        required=False,
        help_text="Dann liest sie jeder. Titel, Ansprechstelle, Impressum und Datenschutz müssen "
        "vorher eingetragen sein.",
    )
    title = forms.CharField(label="Titel der Webseite", required=False, max_length=150)
    lead = forms.CharField(
        label="Worum es geht",
        required=False,
        widget=_long(3),
        help_text="Zwei oder drei Sätze am Anfang der Startseite.",
    )
    mandate = forms.CharField(label="Auftrag", required=False, widget=_long())
    period = forms.CharField(label="Zeitraum", required=False, max_length=150)
    partners = forms.CharField(label="Beteiligte", required=False, widget=_long())
    partner_region = forms.CharField(label="Partnerregion", required=False, widget=_long(2))
    support = forms.CharField(label="Wissenschaftliche Begleitung", required=False, widget=_long(2))
    funder_notice = forms.CharField(
        label="Hinweis der Förderung",
        required=False,
        widget=_long(2),
        help_text="So, wie ihn der Fördergeber verlangt.",
    )
    contact_name = forms.CharField(
        label="Ansprechstelle (Funktion)",
        required=False,
        max_length=200,
        help_text="Keine Person. Zum Beispiel: Integrationsbeauftragte des Landkreises.",
    )
    contact_email = forms.EmailField(label="Postfach der Stelle", required=False)
    contact_phone = forms.CharField(label="Telefon der Stelle", required=False, max_length=60)
    contact_address = forms.CharField(label="Anschrift", required=False, widget=_long(3))
    contact_hours = forms.CharField(label="Sprechzeiten", required=False, max_length=200)
    imprint = forms.CharField(
        label="Impressum", required=False, widget=_long(8), help_text=_MARKDOWN
    )
    privacy = forms.CharField(
        label="Datenschutz",
        required=False,
        widget=_long(8),
        help_text="Verantwortliche Stelle, Datenschutzbeauftragte, Rechte. Dass Lesen nichts "
        "hinterlässt, steht von selbst darunter.",
    )
    languages = forms.MultipleChoiceField(
        label="Weitere Sprachen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, one.label) for one in SITE_LANGUAGES if one is not Language.DE],
        help_text="Übersetzt ist der Rahmen; der Plan selbst bleibt deutsch und ist so markiert.",
    )
    checked_languages = forms.MultipleChoiceField(
        label="Geprüfte Sprachen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, one.label) for one in SITE_LANGUAGES if one is not Language.DE],
        help_text="In allen anderen steht „maschinell erstellt, nicht geprüft“.",
    )
    surveys = forms.MultipleChoiceField(
        label="Umfragen unter „Mitmachen“",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Umfragen mit offenem Verweis, an denen alle teilnehmen dürfen.",
    )
    embedding = forms.BooleanField(
        label="Stand der Ziele darf auf anderen Seiten eingebettet werden", required=False
    )

    def __init__(self, *args: Any, surveys: "Sequence[Survey]", **given: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*args, **given)
        choices = [(one.key, one.title) for one in surveys]
        self.fields["surveys"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["surveys"]


class StatementForm(StandForm):
    """Was die Erklärung zur Barrierefreiheit sagen muss."""

    conformity = forms.ChoiceField(
        label="Stand der Vereinbarkeit",
        required=False,
        choices=_NOT_CHOSEN + Conformity.choices(),
    )
    barriers = forms.CharField(
        label="Was nicht barrierefrei ist und warum",
        required=False,
        widget=_long(6),
        help_text="Je Inhalt: was, warum (unverhältnismäßige Belastung, nicht im "
        "Anwendungsbereich) und welche Alternative es gibt. " + _MARKDOWN,
    )
    check_method = forms.ChoiceField(
        label="Wie geprüft wurde", required=False, choices=_NOT_CHOSEN + CheckMethod.choices()
    )
    statement_on = DayField(label="Erklärung erstellt am", required=False)
    reviewed_on = DayField(
        label="Zuletzt überprüft am",
        required=False,
        help_text="Nach einem Jahr steht die Überprüfung an.",
    )
    enforcement = forms.CharField(
        label="Durchsetzungsstelle",
        required=False,
        widget=_long(),
        help_text="Name und Anschrift der Stelle Ihres Landes.",
    )


class NewsForm(StandForm):
    """Eine Nachricht."""

    title = forms.CharField(label="Überschrift", max_length=200)
    day = DayField(label="Tag", help_text="Vor diesem Tag ist sie nicht zu sehen.")
    text = forms.CharField(label="Text", required=False, widget=_long(10), help_text=_MARKDOWN)


class QuestionForm(StandForm):
    """Eine häufige Frage."""

    title = forms.CharField(label="Frage", max_length=250)
    text = forms.CharField(label="Antwort", required=False, widget=_long(6), help_text=_MARKDOWN)
    # No field of its own type: what is refused comes back as it was typed.
    order = forms.IntegerField(
        label="Reihenfolge",
        min_value=1,
        max_value=999,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "required"), "Bitte eine Zahl von 1 bis 999."
        ),
    )


class OccasionForm(StandForm):
    """Ein Termin zum Mitmachen."""

    title = forms.CharField(label="Was", max_length=200)
    day = DayField(label="Tag")
    begins = ClockField(label="Beginn")
    place = forms.CharField(label="Ort", required=False, max_length=200)
    text = forms.CharField(label="Text", required=False, widget=_long(6), help_text=_MARKDOWN)


class TextForm(StandForm):
    """Ein eigener Text am Anfang einer Seite."""

    page = forms.ChoiceField(label="Seite", choices=SitePage.choices())
    language = forms.ChoiceField(
        label="Sprache", choices=Language.choices(), initial=Language.DE.value
    )
    origin = forms.ChoiceField(
        label="Herkunft",
        choices=TextOrigin.choices(),
        initial=TextOrigin.PEOPLE.value,
        help_text="Was eine Maschine übersetzt und niemand geprüft hat, ist als solches markiert.",
    )
    text = forms.CharField(label="Text", widget=_long(12), help_text=_MARKDOWN)


FORMS: dict[str, type[StandForm]] = {
    "nachrichten": NewsForm,
    "fragen": QuestionForm,
    "termine": OccasionForm,
    "texte": TextForm,
}
