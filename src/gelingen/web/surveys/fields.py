"""The form of a question: what every question has, and what its kind adds."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from gelingen.surveys.opening import CHOOSING
from gelingen.surveys.options import codes_for
from gelingen.terms.surveys import Language, QuestionKind
from gelingen.web.editing.both import Texts

NEEDED = {"required": "Bitte ausfüllen.", "invalid": "Bitte eine ganze Zahl eingeben."}
REGISTER = "register"
STEPS = (3, 4, 5, 7, 10)
# What each kind is good for, in one line.
USES = {
    QuestionKind.CHOICE: "genau eine von mehreren Antworten",
    QuestionKind.SEVERAL: "ankreuzen, was zutrifft",
    QuestionKind.SCALE: "zum Beispiel von 1 (gar nicht) bis 5 (sehr)",
    QuestionKind.NUMBER: "eine Zahl oder „10 bis 15“",
    QuestionKind.DATE: "ein Tag",
    QuestionKind.TEXT: "mit eigenen Worten",
    QuestionKind.TOPICS: "wie dringend in jedem Themenfeld mehr geschehen muss",
    QuestionKind.ENTRIES: "die eingetragenen Angebote bestätigen oder ändern",
    QuestionKind.TIES: "Organisationen, Art und Stärke der Zusammenarbeit",
    QuestionKind.MISSING: "Bedarfe mit Thema, Zielgruppe, Ort und Dringlichkeit",
}
_ENDS = ("low", "high")


def _number(label: str, least: int, most: int, hint: str = "") -> forms.IntegerField:
    wrong = {
        **NEEDED,
        "min_value": f"Mindestens {least}.",
        "max_value": f"Höchstens {most}.",
    }
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, help_text=hint,
        error_messages=wrong,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


def _line(label: str, hint: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=200, required=required, help_text=hint, error_messages=NEEDED
    )


def _options() -> forms.CharField:
    return forms.CharField(
        label="Antworten zur Wahl",
        help_text="Eine je Zeile, in dieser Reihenfolge.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages=NEEDED,
    )


def _scale() -> dict[str, forms.Field]:
    return {
        "steps": forms.TypedChoiceField(
            label="Stufen", choices=[(one, str(one)) for one in STEPS], coerce=int
        ),
        "low": _line("Die erste Stufe heißt", "Zum Beispiel: gar nicht."),
        "high": _line("Die letzte Stufe heißt", "Zum Beispiel: sehr gut."),
    }


def _bounds() -> dict[str, forms.Field]:
    return {
        "unit": _line("Einheit", "Zum Beispiel: Personen.", required=False),
        "least": _number("Kleinster Wert", -1_000_000, 1_000_000_000),
        "most": _number("Größter Wert", -1_000_000, 1_000_000_000),
        "range": forms.BooleanField(label="Auch eine Spanne ist möglich", required=False),
    }


def _topics(offered: Sequence[tuple[str, str]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Themenfelder",
        required=False,
        choices=offered,
        help_text="Keines angekreuzt: alle.",
        widget=forms.CheckboxSelectMultiple,
    )


def _of_kind(kind: QuestionKind, topics: Sequence[tuple[str, str]]) -> dict[str, forms.Field]:
    """Give the fields that only this kind has."""
    most = _number("Höchstens so viele", 1, 50, "Leer: beliebig viele.")
    rows = _number("Zeilen am Anfang", 1, 20, "Weitere lassen sich beim Antworten öffnen.")
    long = forms.BooleanField(label="Platz für mehrere Zeilen", required=False)
    by_kind: dict[QuestionKind, dict[str, forms.Field]] = {
        QuestionKind.CHOICE: {"options": _options()},
        QuestionKind.SEVERAL: {"options": _options(), "most": most},
        QuestionKind.SCALE: _scale(),
        QuestionKind.NUMBER: _bounds(),
        QuestionKind.TEXT: {"long": long},
        QuestionKind.TOPICS: {"topics": _topics(topics)},
        QuestionKind.TIES: {"rows": rows},
        QuestionKind.MISSING: {"rows": rows},
    }
    return by_kind.get(kind, {})


class QuestionForm(forms.Form):
    """Eine Frage: ihr Text zuerst, dann was ihre Art braucht, zuletzt wann sie gestellt wird."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label="Frage", error_messages=NEEDED, widget=forms.Textarea(attrs={"rows": 2})
    )
    help = forms.CharField(
        label="Erklärung dazu",
        required=False,
        help_text="Steht klein unter der Frage. Leer: keine.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    required = forms.BooleanField(label="Muss beantwortet werden", required=False)

    def __init__(
        self,
        kind: QuestionKind,
        *,
        topics: Sequence[tuple[str, str]],
        conditions: Sequence[tuple[str, Sequence[tuple[str, str]]]],
        **given: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        super().__init__(**given)
        self.kind = kind
        required = self.fields.pop("required")
        self.of_kind = _of_kind(kind, topics)
        self.fields |= self.of_kind
        self.fields["required"] = required
        if conditions:
            self.fields["condition"] = forms.MultipleChoiceField(
                label="Nur stellen, wenn",
                required=False,
                choices=list(conditions),
                widget=forms.CheckboxSelectMultiple,
            )

    def clean_condition(self) -> list[str]:
        """Refuse answers to two questions at once: only one of them can decide."""
        chosen: list[str] = self.cleaned_data["condition"]
        if len({one.partition("=")[0] for one in chosen}) > 1:
            raise forms.ValidationError(
                "Bitte Antworten auf nur eine Frage wählen: Nur eine kann entscheiden."
            )
        return chosen

    def values(
        self, before: Mapping[str, Any] | None = None, order: Sequence[str] = ()
    ) -> dict[str, Any]:
        """Give the values of the record; `before` are its texts so far, by language.

        `order` is that of its options: databases do not keep the order of texts.
        """
        given, texts = self.cleaned_data, dict(before or {})
        german = {"text": given["text"], "help": given["help"]}
        known = texts.get(Language.DE, {}).get("options", {})
        options = self._options({code: known[code] for code in order if code in known} or known)
        texts[Language.DE] = {
            **{name: words.replace("\r\n", "\n") for name, words in german.items() if words},
            **({"options": options} if options else {}),
        }
        return {
            "texts": texts,
            "required": given["required"],
            "settings": self._settings(options),
            "condition": _condition_of(given.get("condition", [])),
        }

    def _options(self, before: Mapping[str, str]) -> dict[str, str]:
        if self.kind == QuestionKind.SCALE:
            return {end: self.cleaned_data[end] for end in _ENDS}
        if self.kind in CHOOSING:
            return codes_for(self.cleaned_data["options"].splitlines(), before)
        return {}

    def _settings(self, options: Mapping[str, str]) -> dict[str, Any]:
        """Give the settings of the kind; what was left empty is left out."""
        chosen = {
            name: self.cleaned_data[name]
            for name in self.of_kind
            if name not in _ENDS and self.cleaned_data[name] not in (None, "", [], False)
        }
        return {**chosen, "options": list(options)} if self.kind in CHOOSING else chosen


def _condition_of(chosen: Sequence[str]) -> dict[str, Any]:
    if not chosen:
        return {}
    if REGISTER in chosen:
        return {"register": "entries"}
    key = chosen[0].partition("=")[0]
    return {"question": key, "is": [one.partition("=")[2] for one in chosen]}


def fields_of(
    kind: QuestionKind,
    texts: Mapping[str, Any],
    settings: Mapping[str, Any],
    condition: Mapping[str, Any],
    *,
    required: bool,
) -> Texts:
    """Give what a question has as the form would send it."""
    german = texts.get(Language.DE, {})
    options = german.get("options", {})
    known: dict[str, list[str]] = {
        "text": _one(german.get("text")),
        "help": _one(german.get("help")),
        "required": ["on"] if required else [],
        "condition": _ticked(condition),
    }
    for name in _of_kind(kind, ()):
        value = options.get(name) if name in _ENDS else settings.get(name)
        if name == "options":
            known[name] = _one("\n".join(options.get(code, "") for code in value or ()))
        elif isinstance(value, bool):
            known[name] = ["on"] if value else []
        elif isinstance(value, list):
            known[name] = [str(one) for one in value]
        else:
            known[name] = _one(value)
    return known


def _one(value: object) -> list[str]:
    return [] if value in (None, "") else [str(value)]


def _ticked(condition: Mapping[str, Any]) -> list[str]:
    if condition.get("register"):
        return [REGISTER]
    return [f"{condition.get('question')}={code}" for code in condition.get("is", ())]
