"""Forms of editions: what a draft is called and rests on, and why one is withdrawn."""

from typing import TYPE_CHECKING

from django import forms

from gelingen.terms.spelling import day
from gelingen.web.boards.meetings.forms import NEEDED
from gelingen.web.editing.both import Edited
from gelingen.web.narrowing import DAY_FORMAT, Choices, DayField
from gelingen.web.programme.forms import text_field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gelingen.editions.models import Edition
    from gelingen.papers.models import Paper

Texts = dict[str, list[str]]


class BothVersions(Edited):
    """A form of this area that two people may have open at once."""

    template = "editions/clash.html"


class EditionForm(forms.Form):
    """Ein Entwurf."""

    stand = forms.CharField(required=False, widget=forms.HiddenInput)
    title = text_field("Titel", 250, required=True)
    on = DayField(label="Stand der Angaben", help_text="Der Tag, von dem die Ausgabe erzählt.")
    resolution = forms.CharField(
        label="Beschluss", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Steht auf dem Titelblatt: wer hat wann was beschlossen.",
    )  # fmt: skip
    paper = forms.ChoiceField(
        label="Vorlage", required=False, widget=Choices, error_messages=NEEDED,
        help_text="Nur für das Haus; öffentlich wird der Text des Beschlusses.",
    )  # fmt: skip

    def __init__(self, *given: object, papers: "Iterable[Paper]", **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # Django's own options
        self.papers = {one.key: one for one in papers}
        offered = [(key, _named(one)) for key, one in self.papers.items()]
        self.fields["paper"].choices = [("", "keine"), *offered]  # type: ignore[attr-defined]  # a field of choices

    def clean_paper(self) -> "Paper | None":
        """Give the chosen paper."""
        return self.papers.get(self.cleaned_data["paper"])


def _named(paper: "Paper") -> str:
    number = f"{paper.number}: " if paper.number else ""
    when = f" ({day(paper.day)})" if paper.day else ""
    return f"{number}{paper.subject[:100]}{when}"


def edition_values(edition: "Edition") -> Texts:
    """Give an edition as the form sends it."""
    return {
        "title": [edition.title],
        "on": [f"{edition.on:{DAY_FORMAT}}"],
        "resolution": [edition.resolution] if edition.resolution else [],
        "paper": [edition.paper.key] if edition.paper else [],
    }


class WithdrawForm(forms.Form):
    """Warum eine Ausgabe von der Webseite verschwindet."""

    stand = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = forms.CharField(
        label="Warum", widget=forms.Textarea(attrs={"rows": 3}), error_messages=NEEDED,
        help_text="Nur für das Haus.",
    )  # fmt: skip
