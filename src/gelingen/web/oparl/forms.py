"""Forms of the endpoint: whether it is open, legislative terms, the file to read in."""

from django import forms

from gelingen.web.narrowing import DayField, LastDayField


def _address() -> forms.TextInput:
    # No field of its own type: what is refused comes back as it was typed.
    return forms.TextInput(attrs={"inputmode": "url"})


class EndpointForm(forms.Form):
    """Ob die Schnittstelle offen ist und wer Fragen beantwortet; `stand` ist, was man sah."""

    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)
    switched_on = forms.BooleanField(
        label="Eingeschaltet",
        required=False,
        help_text="Dann liest jedes Programm ohne Anmeldung, was oben als öffentlich gezählt ist.",
    )
    contact_name = forms.CharField(
        label="Auskunft gibt (Stelle)",
        required=False,
        max_length=200,
        help_text="Keine Person. Zum Beispiel: Kreistagsbüro.",
    )
    contact_email = forms.EmailField(label="Postfach für Fragen", required=False)
    website = forms.URLField(
        label="Seite im Netz", required=False, assume_scheme="https", widget=_address()
    )
    license = forms.URLField(
        label="Adresse der Lizenz",
        required=False,
        assume_scheme="https",
        widget=_address(),
        help_text="Zum Beispiel https://www.govdata.de/dl-de/by-2-0.",
    )


class TermForm(forms.Form):
    """Eine Wahlperiode des Kreistags oder Stadtrats."""

    name = forms.CharField(label="Name", max_length=200, help_text="Zum Beispiel: 2014 bis 2020.")
    starts = DayField(label="Erster Tag")
    ends = LastDayField(label="Letzter Tag", required=False)


class AnswersForm(forms.Form):
    """Die gespeicherten Antworten."""

    datei = forms.FileField(
        label="Gespeicherte Antworten",
        help_text="Eine gespeicherte Antwort, oder mehrere in einem ZIP; höchstens 20 MB.",
        widget=forms.FileInput(attrs={"accept": ".json,.zip"}),
        error_messages={
            "required": "Bitte eine Datei auswählen.",
            "empty": "Die Datei ist leer.",
        },
    )
