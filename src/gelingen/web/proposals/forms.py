"""Forms of proposals: what is proposed, where it goes, what a body answers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from gelingen.proposals.forwarding import Answered, Sent
from gelingen.proposals.making import ProposalGiven
from gelingen.terms.proposals import Answer, Matter, StationTask, answers_to
from gelingen.web.boards.meetings.forms import NEEDED, BothVersions
from gelingen.web.narrowing import Choices, DayField, LastDayField, Narrowing, choice

if TYPE_CHECKING:
    from gelingen.boards.models import Body
    from gelingen.proposals.models import Proposal, Station

Texts = dict[str, list[str]]
Offered = list[tuple[str, str]]
NOTHING = ("", "keine Angabe")
_URGENT = [("", "keine Angabe"), ("1", "hoch"), ("2", "mittel"), ("3", "gering")]
STALE = "Inzwischen hat jemand hier geantwortet. Bitte ansehen und noch einmal speichern."


class Versions(BothVersions):
    """A proposal that two people may have open at once."""

    template = "proposals/versions.html"


def _text(label: str, rows: int = 4, *, hint: str = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=required, error_messages=NEEDED,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _several(label: str, hint: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, help_text=hint, widget=forms.CheckboxSelectMultiple
    )


def one_of(label: str, *, hint: str = "", required: bool = True) -> forms.ChoiceField:
    """Ask for one of several that are known later."""
    return forms.ChoiceField(
        label=label, required=required, help_text=hint, error_messages=NEEDED, widget=Choices
    )


def offer(form: forms.Form, name: str, offered: Iterable[tuple[str, str]]) -> None:
    """Set what a field offers; a field without anything to offer goes."""
    choices = list(offered)
    if any(key for key, _ in choices):
        form.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices
    else:
        del form.fields[name]


class ListForm(Narrowing):
    """Was die Liste der Vorschläge zeigt."""

    gremium = choice("Gremium")
    stand = choice("Stand")
    art = choice("Art", Matter.choices())
    thema = choice("Themenfeld")
    meine = choice("Wessen", [("ja", "meiner Gremien")])


class ProposalForm(forms.Form):
    """Was ein Gremium vorschlägt."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    body = one_of("Welches Gremium schlägt vor")
    kind = forms.ChoiceField(label="Was ist es", choices=Matter.choices(), widget=Choices)
    title = forms.CharField(
        label="Titel", max_length=300, error_messages=NEEDED,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    text = _text("Worum es geht", 5, hint="Was soll geschehen, für wen, und warum?")
    topics = _several("Themenfelder")
    measure = one_of("Es geht um diese Maßnahme", required=False)
    need = one_of("Es geht um diesen Bedarf", required=False)

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own options
        bodies: "Iterable[Body] | None",
        offered: Mapping[str, Offered],
        **named: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        super().__init__(*given, **named)
        offer(self, "body", [(one.key, one.name) for one in bodies or ()])
        offer(self, "topics", offered["topics"])
        for name in ("measure", "need"):
            offer(self, name, [NOTHING, *offered[name]])

    def given(self) -> ProposalGiven:
        """Hand over what was typed."""
        values = self.cleaned_data
        return ProposalGiven(
            values["kind"],
            values["title"],
            values["text"],
            tuple(values.get("topics", ())),
            values.get("measure", ""),
            values.get("need", ""),
        )


def proposal_values(one: "Proposal", topics: Sequence[str]) -> Texts:
    """Give what the form shows of a proposal; `topics` are keys."""
    return {
        "kind": [one.kind],
        "title": [one.title],
        "text": [one.text] if one.text else [],
        "topics": sorted(topics),
        "measure": [one.measure.key] if one.measure else [],
        "need": [one.need.key] if one.need else [],
    }


class WithdrawForm(forms.Form):
    """Warum ein Vorschlag zurückgezogen wird."""

    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(
        label="Warum", max_length=300, error_messages=NEEDED,
        help_text="Ein Satz für alle, die ihn unterstützt haben.",
    )  # fmt: skip


class SupportForm(forms.Form):
    """Welches Gremium hinter einem Vorschlag steht."""

    body = one_of("Welches Gremium unterstützt")
    topics = _several(
        "Themenfelder dieses Gremiums",
        "Dieselbe Idee kann Gruppen aus verschiedenen Gründen wichtig sein.",
    )
    reason = _text("Warum", 3)


class ForwardForm(forms.Form):
    """Wohin ein Vorschlag geht, wozu und mit welcher Empfehlung."""

    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)
    to = one_of("An welches Gremium")
    task = forms.ChoiceField(
        label="Erbeten wird", choices=StationTask.choices(), widget=Choices,
        help_text="Wer entscheiden soll, bindet; wer empfiehlt oder Stellung nimmt, rät.",
    )  # fmt: skip
    due = LastDayField(label="Antwort bis", required=False, help_text="Letzter Tag.")
    recommendation = _text("Was Sie empfehlen", 4)
    priority = forms.ChoiceField(
        label="Dringlichkeit", choices=_URGENT, required=False, widget=Choices
    )
    closed = forms.BooleanField(
        label="Nichtöffentlich", required=False,
        help_text="Empfehlung und Antwort sehen dann nur Mitglieder des Gremiums, das gefragt "
        "ist, und wer Nichtöffentliches sehen darf.",
    )  # fmt: skip

    def given(self) -> Sent:
        """Hand over what was typed."""
        values = self.cleaned_data
        urgent = values["priority"]
        return Sent(
            values["task"],
            values["due"],
            values["recommendation"],
            int(urgent) if urgent else None,
            not values["closed"],
        )


class AnswerForm(forms.Form):
    """Was ein Gremium zu einem Vorschlag sagt."""

    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)
    answer = one_of("Antwort")
    text = _text("Wortlaut", 5, hint="So, wie es das Gremium gesagt oder beschlossen hat.")
    on = DayField(label="Am")
    due = LastDayField(
        label="Zurückgestellt bis", required=False, help_text="Nur, wenn es zurückgestellt ist."
    )
    closed = forms.BooleanField(
        label="Nichtöffentlich", required=False,
        help_text="Sehen nur Mitglieder des Gremiums und wer Nichtöffentliches sehen darf.",
    )  # fmt: skip

    def __init__(self, *given: Any, station: "Station", **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        # Nothing is chosen beforehand: an answer that nobody gave would stand there for good.
        answers = [(one.value, one.label) for one in answers_to(station.task)]
        offer(self, "answer", [("", "bitte wählen"), *answers])

    def given(self) -> Answered:
        """Hand over what was typed."""
        values = self.cleaned_data
        put_off = values["answer"] == Answer.POSTPONED
        return Answered(
            values["answer"],
            values["text"],
            not values["closed"],
            values["due"] if put_off else None,
        )
