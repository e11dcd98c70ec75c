"""Whom one invites, and with which words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest

from gelingen.surveys.inviting import LONGEST_GROUP, Sought
from gelingen.surveys.letters import Words
from gelingen.terms.surveys import Language
from gelingen.terms.vocabulary import Level, OrganisationKind
from gelingen.web.narrowing import Narrowing, choice, one_of

NEEDED = {"required": "Bitte ausfüllen."}


class SoughtForm(Narrowing):
    """Welche Organisationen gesucht werden, und in welcher Sprache die Nachricht steht."""

    art = choice("Art", OrganisationKind.choices())
    ebene = choice("Ebene", Level.choices())
    thema = choice("Themenfeld")
    ort = choice("Ort")
    sprache = one_of("Sprache der Nachricht", [])
    weg = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        request: HttpRequest,
        *,
        topics: Sequence[tuple[str, str]],
        places: Sequence[tuple[str, str]],
        languages: Sequence[Language],
    ) -> None:
        super().__init__(request, sprache=Language.DE.value, weg="")
        sent = {name: request.POST[name] for name in self.fields if name in request.POST}
        self.data = {**self.data.dict(), **sent}  # type: ignore[attr-defined]  # a copy of the address
        self.offer("thema", list(topics))
        self.offer("ort", list(places))
        self.fields["sprache"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (one.value, one.label) for one in languages
        ]

    @property
    def typed(self) -> bool:
        """Whether mailboxes are typed by hand."""
        return self.text("weg") == "postfaecher"

    def sought(self) -> Sought:
        """Give what is sought."""
        return Sought(*map(self.text, ("art", "ebene", "thema", "ort")))

    def visible_fields(self) -> list[forms.BoundField]:
        """Give the filters; of mailboxes typed by hand nothing but the language is asked."""
        fields = super().visible_fields()
        return [one for one in fields if one.name == "sprache" or not self.typed]


class LetterForm(forms.Form):
    """Die Worte einer Nachricht."""

    subject = forms.CharField(label="Betreff", max_length=200, error_messages=NEEDED)
    text = forms.CharField(
        label="Text",
        max_length=5000,
        error_messages=NEEDED,
        help_text="Darunter stehen von selbst der Verweis, bis wann er gilt und was mit den "
        "Antworten geschieht.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )

    def __init__(self, words: Words, language: str, **given: Any) -> None:  # noqa: ANN401 - Django's own options
        initial = {**words._asdict(), **given.pop("initial", {})}
        super().__init__(initial=initial, **given)
        if language != Language.DE:
            self.fields["other"] = forms.CharField(
                label=f"Dasselbe auf {Language.of(language).label}",
                max_length=5000,
                error_messages=NEEDED,
                help_text="Steht unter dem deutschen Text. Der Vorschlag ist maschinell erstellt.",
                widget=forms.Textarea(
                    attrs={"rows": 7, "dir": "auto"},
                ),
            )

    def words(self) -> Words:
        """Give the words as they stand in the form, right or not."""
        shown = (str(self[name].value() or "") for name in Words._fields if name in self.fields)
        return Words(*shown)


class _InviteForm(LetterForm):
    group = forms.CharField(
        label="Gruppe",
        required=False,
        max_length=LONGEST_GROUP,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class OrganisationsForm(_InviteForm):
    """Welche Organisationen eingeladen werden."""

    wahl = forms.MultipleChoiceField(
        error_messages={"required": "Bitte mindestens eine Organisation wählen."}
    )

    def __init__(self, *given: Any, choices: list[tuple[str, str]], **more: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **more)
        self.fields["wahl"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields[
            "group"
        ].help_text = "Danach wird der Rücklauf gezählt. Leer: die Art der Organisation."


class MailboxesForm(_InviteForm):
    """Welche Postfächer eingeladen werden."""

    lines = forms.CharField(
        label="Postfächer",
        max_length=50_000,
        error_messages=NEEDED,
        help_text="Eines je Zeile. Mit Gruppe: Helferkreis; post@beispiel.de",
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )

    def __init__(self, *given: Any, **more: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **more)
        self.fields["group"].help_text = "Für Zeilen ohne eigene Gruppe. Danach wird gezählt."


class ReminderForm(forms.Form):
    """Die Worte der Erinnerung; je Sprache der Einladungen ein Text."""

    def __init__(self, words: dict[str, Words], **given: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**given)
        self.languages = list(words)
        for language, proposed in words.items():
            one = LetterForm(proposed, language)
            for name, field in one.fields.items():
                field.initial = getattr(proposed, name)
                if len(words) > 1 and name != "other":
                    field.label = f"{field.label} ({Language.of(language).label})"
                self.fields[f"{language}.{name}"] = field

    def words(self) -> dict[str, Words]:
        """Give the words by language as they stand in the form, right or not."""
        return {
            language: Words(
                *(
                    str(self[f"{language}.{name}"].value() or "")
                    for name in Words._fields
                    if f"{language}.{name}" in self.fields
                )
            )
            for language in self.languages
        }
