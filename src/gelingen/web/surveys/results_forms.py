"""What of the results is shown, who publishes them, and how a free text may be read outside."""

from django import forms

from gelingen.web.narrowing import Choices, Narrowing

OUTSIDE = "aussen"
SIDE_BY_SIDE = "*"
BY = "Ihre Funktion, zum Beispiel „Integrationsbeauftragte“. Kein Name."


class ShownForm(Narrowing):
    """Welche Ergebnisse: eine Frage oder alle, für wen, für innen oder außen."""

    ansicht = forms.ChoiceField(
        label="Ansicht", required=False, widget=Choices, choices=[("", "intern")]
    )
    frage = forms.ChoiceField(label="Frage", required=False, widget=Choices)
    gruppe = forms.ChoiceField(label="Gruppe", required=False, widget=Choices)


class ReportForm(forms.Form):
    """Wer die Veröffentlichung verantwortet."""

    by = forms.CharField(label="Wer veröffentlicht (Funktion)", max_length=200, help_text=BY)


class TextForm(forms.Form):
    """Wie ein freier Text außen gelesen wird."""

    text = forms.CharField(
        label="Wortlaut, wie er erscheint",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text="Namen, Orte und alles, woran man die Person erkennt, bitte herausnehmen.",
    )
    by = forms.CharField(label="Wer gibt frei (Funktion)", max_length=200, help_text=BY)
