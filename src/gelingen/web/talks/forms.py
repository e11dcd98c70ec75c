"""Forms of talks: what they were, what was said, which file comes with them."""

from typing import TYPE_CHECKING, Any

from django import forms

from gelingen.register.attachments import LARGEST
from gelingen.talks.commands import TalkGiven
from gelingen.talks.labels import Labels
from gelingen.terms.talks import Dimension
from gelingen.web.narrowing import Choices, DayField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gelingen.needs.models import Need
    from gelingen.talks.models import Code, Statement, Talk

REQUIRED = {"required": "Bitte ausfüllen."}
NOT_KNOWN = ("", "nicht angegeben")
FUNCTIONS = "Nur Funktionen, keine Namen."
_MOST_CODERS = 9
_SHORT = 100
STALE = (
    "Inzwischen hat jemand anders hier etwas geändert. Unten steht, was Sie eingegeben haben; "
    "wer noch einmal speichert, ersetzt die andere Fassung."
)
_COUNT = f"Bitte eine Zahl von 1 bis {_MOST_CODERS}."


def places(labels: Labels) -> list[tuple[str, str]]:
    """Offer the places of the tenant."""
    return [NOT_KNOWN, *((one.key, one.name) for one in labels.of(Dimension.PLACE))]


class TalkForm(forms.Form):
    """Was über ein Gespräch gesagt wird."""

    title = forms.CharField(label="Titel", max_length=200, error_messages=REQUIRED)
    day = DayField(label="Tag")
    territory = forms.ChoiceField(
        label="Ort", required=False, widget=Choices,
        help_text="Woher die Aussagen kommen, wenn sie selbst keinen Ort haben.",
    )  # fmt: skip
    participants = forms.CharField(
        label="Wer war dabei", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{FUNCTIONS} Eine Zeile je Funktion.",
    )  # fmt: skip
    moderator = forms.CharField(
        label="Gesprächsleitung", required=False, max_length=200, help_text=FUNCTIONS
    )
    planned = forms.IntegerField(
        label="Wie viele kodieren", min_value=1, max_value=_MOST_CODERS, initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=(
            "So viele kodieren, ohne einander zu sehen. Danach wird verglichen, und die Zahl steht "
            "fest."
        ),
        error_messages=REQUIRED | dict.fromkeys(("invalid", "min_value", "max_value"), _COUNT),
    )  # fmt: skip
    note = forms.CharField(
        label="Anmerkung", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, labels: Labels, **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        self.fields["territory"].choices = places(labels)  # type: ignore[attr-defined]  # a field of choices

    def given(self) -> TalkGiven:
        """Hand over what was typed."""
        values = {name: one for name, one in self.cleaned_data.items() if name != "stand"}
        return TalkGiven(**values)


def seen_anew(form: forms.Form, version: int) -> None:
    """Let a refused form stand on the version that is stored now."""
    form.data = {**{name: form.data[name] for name in form.data}, "stand": str(version)}


def values_of(talk: "Talk") -> dict[str, object]:
    """Give what a form shows of a talk."""
    return {
        "title": talk.title,
        "day": talk.day,
        "territory": talk.territory.key if talk.territory else "",
        "participants": talk.participants,
        "moderator": talk.moderator,
        "planned": talk.planned,
        "note": talk.note,
        "stand": talk.version,
    }


class StatementsForm(forms.Form):
    """Eine oder viele Aussagen."""

    text = forms.CharField(
        label="Aussagen", widget=forms.Textarea(attrs={"rows": 5}), error_messages=REQUIRED,
        help_text=(
            "Eine je Zeile; stehen Leerzeilen dazwischen, eine je Absatz. Auch viele auf einmal."
        ),
    )  # fmt: skip
    speaker = forms.CharField(
        label="Wer sagt es", required=False, max_length=200,
        help_text=f"Gilt für alle diese Aussagen. {FUNCTIONS}",
    )  # fmt: skip


class StatementForm(forms.Form):
    """Der Wortlaut einer Aussage und wer sie macht."""

    text = forms.CharField(
        label="Wortlaut", widget=forms.Textarea(attrs={"rows": 4}), error_messages=REQUIRED
    )
    speaker = forms.CharField(
        label="Wer sagt es", required=False, max_length=200, help_text=FUNCTIONS
    )
    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)


def values_of_statement(statement: "Statement") -> dict[str, object]:
    """Give what a form shows of a statement."""
    return {"text": statement.text, "speaker": statement.speaker, "stand": statement.version}


class CodeForm(forms.Form):
    """Ein freier Code."""

    label = forms.CharField(label="Wort", max_length=200, error_messages=REQUIRED)
    meaning = forms.CharField(
        label="Bedeutung", required=False, max_length=500,
        help_text="Wann dieser Code gilt, damit alle ihn gleich verwenden.",
    )  # fmt: skip
    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)


def values_of_code(code: "Code") -> dict[str, object]:
    """Give what a form shows of a code."""
    return {"label": code.label, "meaning": code.meaning, "stand": code.version}


class NeedForm(forms.Form):
    """Der Bedarf, der aus Aussagen wird."""

    statement = forms.CharField(
        label="Bedarf", widget=forms.Textarea(attrs={"rows": 3}), error_messages=REQUIRED,
        help_text="In eigenen Worten: wer braucht was. Vorgegeben ist die erste Aussage.",
    )  # fmt: skip
    topic = forms.ChoiceField(label="Themenfeld", widget=Choices, error_messages=REQUIRED)
    target_group = forms.ChoiceField(label="Zielgruppe", widget=Choices, error_messages=REQUIRED)
    territory = forms.ChoiceField(label="Gebiet", widget=Choices, error_messages=REQUIRED)
    group = forms.CharField(
        label="Wer spricht (Gruppe)", required=False, max_length=120,
        help_text="Für die Stimmen, zum Beispiel: Gemeinden.",
    )  # fmt: skip

    def __init__(self, *given: Any, labels: Labels, **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        kinds = {
            "topic": Dimension.TOPIC,
            "target_group": Dimension.GROUP,
            "territory": Dimension.PLACE,
        }
        for name, kind in kinds.items():
            offered = [(one.key, one.name) for one in labels.of(kind)]
            self.fields[name].choices = [("", "bitte wählen"), *offered]  # type: ignore[attr-defined]  # a field of choices

    def values(self) -> dict[str, object]:
        """Give the values of the need."""
        return {name: one for name, one in self.cleaned_data.items() if name != "group"}


class AttachForm(forms.Form):
    """Der Bedarf, zu dem Aussagen als Stimmen kommen."""

    need = forms.ChoiceField(
        label="Bestehender Bedarf",
        widget=Choices,
        error_messages={"required": "Bitte einen Bedarf wählen."},
        help_text="Offene Bedarfe nach Themenfeld; das Themenfeld der Aussagen zuerst.",
    )
    group = forms.CharField(
        label="Wer spricht (Gruppe)", required=False, max_length=120,
        help_text="Für die Stimmen, zum Beispiel: Gemeinden.",
    )  # fmt: skip

    def __init__(
        self, data: "Mapping[str, object] | None", *, needs: "Sequence[Need]", topic: str
    ) -> None:
        super().__init__(data, auto_id="id_zu_%s")
        groups: dict[tuple[bool, str], list[tuple[str, str]]] = {}
        for one in needs:
            place = (one.topic.key != topic, one.topic.name)
            groups.setdefault(place, []).append((one.key, _in_short(one)))
        offered = [(name, groups[other, name]) for other, name in sorted(groups)]
        self.fields["need"].choices = [("", "bitte wählen"), *offered]  # type: ignore[attr-defined]  # a field of choices


def _in_short(need: "Need") -> str:
    """Name a need in one line, with whom and where it is about."""
    text = need.statement if len(need.statement) <= _SHORT else f"{need.statement[:_SHORT]} …"
    return f"{text} ({need.target_group}, {need.territory})"


class TableForm(forms.Form):
    """Die Tabelle mit Aussagen, die eingelesen werden soll."""

    datei = forms.FileField(
        label="Tabelle mit Aussagen",
        help_text=f"XLSX, ODS oder CSV, höchstens {LARGEST // 1024 // 1024} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv"}),
        error_messages={
            "required": "Bitte eine Datei auswählen.",
            "empty": "Die Datei ist leer. Bitte eine Datei mit einer Tabelle auswählen.",
        },
    )
    andere = forms.BooleanField(
        label="Kodiert haben andere als in früher eingelesenen Tabellen", required=False,
        help_text=(
            "Ankreuzen, wenn jede Person ihre eigene Tabelle hat. Sonst gilt als dieselbe Person, "
            "wer alle schon eingelesenen Aussagen genauso kodiert hat."
        ),
    )  # fmt: skip


class TakeForm(forms.Form):
    """Was aus der Vorschau übernommen wird."""

    day = DayField(label="Tag der neuen Gespräche")
    tabelle = forms.CharField(widget=forms.HiddenInput)
    stand = forms.CharField(widget=forms.HiddenInput, required=False)
    andere = forms.BooleanField(widget=forms.HiddenInput, required=False)
