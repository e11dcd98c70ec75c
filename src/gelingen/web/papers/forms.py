"""Forms of papers: what they say, their stations, results, what follows."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms

from gelingen.papers.chain import Outcome
from gelingen.papers.following import NewBody, NewTask, PlannedStructure
from gelingen.papers.writing import Given
from gelingen.terms.boards import BodyKind, Result
from gelingen.terms.papers import DeliberationRole, PaperKind
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Function, StructureKind
from gelingen.web.boards.meetings.forms import NEEDED, texts
from gelingen.web.editing.both import Edited
from gelingen.web.narrowing import Choices, DayField, LastDayField, Narrowing, choice
from gelingen.web.programme.forms import AmountField, count_field, text_field
from gelingen.workbook.raw import german_number

if TYPE_CHECKING:
    from gelingen.boards.models import Body
    from gelingen.papers.models import Deliberation, Paper
    from gelingen.register.models import Organisation

Texts = dict[str, list[str]]
_FUNCTION = "Funktion, kein Name."
_OPEN = ("", "keine Angabe")
# Which fields stand together, in the order of the form.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Kopf": (
        "subject", "kind", "number", "file_reference", "day", "public", "body", "submitter",
        "lead", "clerk",
    ),
    "Beschluss und Begründung": ("proposal", "facts"),
    "Geld": (
        "once_low", "once_high", "year_low", "year_high", "follow_up", "funding_low",
        "funding_high", "own_low", "own_high", "budget_line", "cover", "money_source",
    ),
    "Stellen": ("fte", "posts"),
    "Abwägung": ("alternatives", "refusal"),
}  # fmt: skip


class BothVersions(Edited):
    """A form of this area that two people may have open at once."""

    template = "papers/clash.html"


class ListForm(Narrowing):
    """Welche Vorlagen die Liste zeigt."""

    stand = choice("Stand")
    gremium = choice("Gremium")


def _long(label: str, rows: int, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=hint, widget=forms.Textarea(attrs={"rows": rows})
    )


def _one_of(label: str, choices: Iterable[tuple[str, str]] = (), *, required: bool = True) -> Any:  # noqa: ANN401 - a field
    return forms.ChoiceField(
        label=label, choices=list(choices), required=required, error_messages=NEEDED, widget=Choices
    )


class PaperForm(forms.Form):
    """Eine Vorlage."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    subject = text_field("Betreff", 300, required=True)
    kind = _one_of("Art", PaperKind.choices())
    number = text_field("Nummer der Vorlage", 60, hint="Wie sie das Haus vergibt.")
    file_reference = text_field("Aktenzeichen", 120)
    day = DayField(label="Datum", required=False)
    public = forms.BooleanField(label="Öffentlich", required=False)
    body = _one_of("Eingebracht von (Gremium)", required=False)
    submitter = text_field("Eingebracht von (Funktion)", 200, hint=_FUNCTION)
    lead = _one_of("Federführend", required=False)
    clerk = text_field("Bearbeitung (Funktion)", 200, hint=_FUNCTION)
    proposal = _long("Beschlussvorschlag", 6)
    facts = _long("Sachdarstellung", 12)
    once_low = AmountField("Einmalige Kosten von", help_text="Leer: nicht bekannt.")
    once_high = AmountField("Einmalige Kosten bis")
    year_low = AmountField("Laufende Kosten im Jahr von")
    year_high = AmountField("Laufende Kosten im Jahr bis")
    follow_up = AmountField("Folgekosten im Jahr")
    funding_low = AmountField("Förderung im Jahr von")
    funding_high = AmountField("Förderung im Jahr bis")
    own_low = AmountField("Eigenanteil im Jahr von")
    own_high = AmountField("Eigenanteil im Jahr bis")
    budget_line = text_field("Haushaltsstelle", 200)
    cover = _long("Deckung", 2, "Woraus das Geld kommt, wenn es nicht im Haushalt steht.")
    money_source = _long("Woher die Zahlen stammen", 4)
    fte = AmountField("Stellen (VZÄ)")
    posts = _long("Stellenplan", 3)
    alternatives = _long("Alternativen", 3)
    refusal = _long("Auswirkungen bei Ablehnung", 3)

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own options
        bodies: Iterable["Body"],
        organisations: Iterable["Organisation"],
        whole: bool,
        **named: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        super().__init__(*given, **named)
        self._bodies = {one.key: one for one in bodies}
        self._leads = {one.key: one for one in organisations}
        body, lead = (self.fields[name] for name in ("body", "lead"))
        offered = [(key, str(one)) for key, one in self._bodies.items()]
        # Who leads one body only writes for that body.
        body.choices = [*([_OPEN] if whole else []), *offered]  # type: ignore[attr-defined]  # a field of choices
        leads = [(key, str(one)) for key, one in self._leads.items()]
        lead.choices = [_OPEN, *leads]  # type: ignore[attr-defined]  # a field of choices

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Give the fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS.items()]

    def clean(self) -> dict[str, object]:
        """Refuse a range whose end lies below its beginning."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("once", "year", "funding", "own"):
            low, high = found.get(f"{name}_low"), found.get(f"{name}_high")
            if low is not None and high is not None and high < low:
                self.add_error(f"{name}_high", "Der größere Betrag steht hinter dem kleineren.")
        return found

    def given(self) -> Given:
        """Hand over what was typed."""
        values = {name: one for name, one in self.cleaned_data.items() if name != "stand"}
        values["body"] = self._bodies.get(values["body"])
        values["lead"] = self._leads.get(values["lead"])
        return Given(**values)


def paper_values(one: "Paper") -> Texts:
    """Give what the form shows of a paper."""
    values = {field.name: getattr(one, field.name) for field in fields(Given)}
    money = {name: value for name, value in values.items() if isinstance(value, Decimal)}
    found = texts({name: value for name, value in values.items() if name not in money})
    for name in ("body", "lead"):
        found[name] = [values[name].key] if values[name] else []
    return found | {name: [german_number(value)] for name, value in money.items()}


class NewStationForm(forms.Form):
    """Noch ein Gremium in der Beratungsfolge."""

    body = _one_of("Gremium")
    role = _one_of("Aufgabe", DeliberationRole.choices())
    planned = DayField(label="Geplant für", required=False)

    def __init__(self, *given: Any, bodies: Iterable["Body"], **named: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(*given, **named)
        self.bodies = {one.key: one for one in bodies}
        offered = [(key, str(one)) for key, one in self.bodies.items()]
        self.fields["body"].choices = offered  # type: ignore[attr-defined]  # a field of choices


class StationForm(forms.Form):
    """Was ein Gremium mit der Vorlage tun soll, und wann."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    role = _one_of("Aufgabe", DeliberationRole.choices())
    planned = DayField(label="Geplant für", required=False)


def station_values(one: "Deliberation") -> Texts:
    """Give what the form shows of a station."""
    return texts({"role": one.role, "planned": one.planned})


class ResultForm(forms.Form):
    """Was aus der Beratung geworden ist."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    result = _one_of("Ergebnis", [("", "bitte wählen"), *Result.choices()])
    on = DayField(label="Beraten am")
    adopted = _long("Wortlaut, wie beschlossen", 5, "Leer: wie vorgeschlagen.")
    yes = count_field("Ja", least=0, most=9999)
    no = count_field("Nein", least=0, most=9999)
    abstain = count_field("Enthaltung", least=0, most=9999)

    def outcome(self) -> Outcome:
        """Hand over what was typed."""
        values = {name: one for name, one in self.cleaned_data.items() if name != "stand"}
        return Outcome(**values)


def result_values(outcome: Outcome) -> Texts:
    """Give what the form shows of a result."""
    return texts({field.name: getattr(outcome, field.name) for field in fields(outcome)})


def station_result(one: "Deliberation") -> Texts:
    """Give what the form shows of a result that is stored."""
    return {
        "result": [one.result] if one.result else [],
        "on": [day(one.noted)] if one.noted else [],
        **texts({name: getattr(one, name) for name in ("adopted", "yes", "no", "abstain")}),
    }


class FollowForm(forms.Form):
    """Was außer beschlossenen Maßnahmen folgt; jede Zeile kann leer bleiben."""

    structure = text_field("Geplante Struktur: Name", 250)
    organisation = _one_of("Träger", required=False)
    kind = _one_of("Art der Struktur", [_OPEN, *StructureKind.choices()], required=False)
    function = _one_of("Was sie tut", Function.choices(), required=False)
    structure_starts = DayField(label="Struktur besteht ab", required=False)
    body = text_field("Neues Gremium: Name", 200)
    body_kind = _one_of("Art des Gremiums", BodyKind.choices(), required=False)
    body_starts = DayField(label="Gremium besteht ab", required=False)
    task = text_field("Auftrag: was ist zu tun", 300)
    who = text_field("Wer kümmert sich (Funktion)", 200)
    due = LastDayField(label="Bis wann", required=False, help_text="Letzter Tag.")

    def __init__(
        self,
        *given: Any,  # noqa: ANN401 - Django's own options
        organisations: Iterable["Organisation"],
        **named: Any,  # noqa: ANN401 - Django's own options
    ) -> None:
        named.setdefault(
            "initial", {"function": Function.DELIVERS, "body_kind": BodyKind.WORKING_GROUP}
        )
        super().__init__(*given, **named)
        self._owners = {one.key: one for one in organisations}
        offered = [_OPEN, *((key, str(one)) for key, one in self._owners.items())]
        self.fields["organisation"].choices = offered  # type: ignore[attr-defined]  # a field of choices

    def clean(self) -> dict[str, object]:
        """Ask for what a structure and a body need."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("structure"):
            for name, wrong in (
                ("organisation", "Bitte einen Träger wählen."),
                ("structure_starts", "Bitte sagen, ab wann es sie gibt."),
            ):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, wrong)
        if found.get("body") and not found.get("body_starts") and "body_starts" not in self.errors:
            self.add_error("body_starts", "Bitte sagen, ab wann es arbeitet.")
        return found

    def structures(self) -> tuple[PlannedStructure, ...]:
        """Hand over the structure, if one is named."""
        told = self.cleaned_data
        if not told["structure"]:
            return ()
        owner = self._owners[told["organisation"]]
        starts = told["structure_starts"]
        return (PlannedStructure(told["structure"], owner, told["function"], told["kind"], starts),)

    def bodies(self) -> tuple[NewBody, ...]:
        """Hand over the body, if one is named."""
        told = self.cleaned_data
        if not told["body"]:
            return ()
        return (NewBody(told["body"], told["body_kind"], told["body_starts"]),)

    def tasks(self) -> tuple[NewTask, ...]:
        """Hand over the task, if there is one."""
        told = self.cleaned_data
        return (NewTask(told["task"], told["who"], told["due"]),) if told["task"] else ()
