"""The voices of a need on its page, and a page that adds one."""

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, allowed_in
from gelingen.editing import get_record, may_change, sheet_of
from gelingen.history.recording import new_batch
from gelingen.needs.voices import add_voice, groups_of, said_of, voices_of
from gelingen.register.queries import organisations
from gelingen.terms.spelling import day
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.narrowing import Choices, DayField
from gelingen.web.needs.weights import UNKNOWN, groups_in_words
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    came_from,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.workbook.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gelingen.needs.models import Need, Voice

_COLUMNS = (
    Column("Wer (Funktion)", wide=True),
    Column("Gruppe", wide=True),
    Column("Wann"),
    Column("Wo", wide=True),
    Column("Schwere", number=True),
    Column("Herkunft"),
)
# By the beginning of an origin: what it is, and the name of its page.
_ORIGINS = {"survey": ("Umfrage", "survey"), "statement": ("Gespräch", "statement")}
BY_HAND = "von Hand"


class VoiceForm(forms.Form):
    """Wer sagt, dass es den Bedarf gibt."""

    group = forms.CharField(
        label="Gruppe", max_length=120, help_text="Art der Stelle: Gemeinde, Schule, Verein."
    )
    function = forms.CharField(
        label="Wer sagt es (Funktion)", max_length=300, help_text="Eine Funktion, nie ein Name."
    )
    day = DayField(label="Wann gesagt", required=False)
    where = forms.CharField(
        label="Wo gesagt", max_length=300, required=False, help_text="Sitzung, Brief, Anruf."
    )
    severity = forms.TypedChoiceField(
        label="Schwere aus dieser Sicht",
        choices=[("", "nicht gesagt"), *((str(one), f"{one} von 5") for one in range(1, 6))],
        coerce=int,
        empty_value=None,
        required=False,
        widget=Choices,
    )
    speaker = forms.ChoiceField(
        label="Organisation",
        required=False,
        widget=Choices,
        help_text="Nur wenn sie unter ihrem Namen spricht; zwei ihrer Stimmen zählen einmal.",
    )

    def __init__(
        self,
        data: "Mapping[str, object] | None",
        *,
        bodies: list[tuple[str, str]],
        groups: list[str],
    ) -> None:
        super().__init__(data)
        self.fields["speaker"].choices = [("", "keine"), *bodies]  # type: ignore[attr-defined]  # a field of choices
        self.fields["group"].widget.attrs["list"] = "gruppen"
        self.groups = groups


def voices_on(request: StaffRequest, need: "Need") -> dict[str, object]:
    """Give what the page of a need shows of its voices. Two queries.

    Which organisation speaks is shown to those who may ask it.
    """
    found = voices_of(request.user, need)
    said = said_of(request.user, request.tenant, key=need.key).get(need.key)
    named = allowed_in(request.user, May.ASK, request.tenant)
    may = allowed_in(request.user, May.EDIT_NEEDS, request.tenant)
    rows = [_row(request, one, named=named, may=may) for one in found]
    columns = [*_COLUMNS, Column("Aktion")] if may else _COLUMNS
    groups = said.groups if said else ()
    number = said.number if said else 0
    many = "Eine unabhängige Stimme" if number == 1 else f"{number} unabhängige Stimmen"
    told = f"{many}: {groups_in_words(groups)}." if number else "Noch hat es niemand gesagt."
    return {
        "voices": Listing("Weitere Stimmen", columns, rows) if rows else None,
        "voices_said": told,
        "may_voice": may,
    }


def _row(request: StaffRequest, voice: "Voice", *, named: bool, may: bool) -> Row:
    who = voice.function or "ohne Angabe"
    below = str(voice.speaker) if named and voice.speaker else ""
    row: list[Cell | str] = [
        Cell(who, below=below),
        voice.group or UNKNOWN,
        day(voice.day) if voice.day else "–",
        voice.where or "–",
        str(voice.severity or "–"),
        _origin(request, voice.origin, named=named),
    ]
    if may:
        url = address(request, "edit", kind="voice", record=voice.key)
        row.append(Cell("Ändern", url=f"{url}?zurueck={request.path}", heard=f"Stimme {who}"))
    return row


def _origin(request: StaffRequest, origin: str, *, named: bool) -> Cell | str:
    """Say where a voice comes from, with the way there for those who may see it."""
    kind, _, rest = origin.partition(":")
    if kind not in _ORIGINS:
        return BY_HAND
    word, name = _ORIGINS[kind]
    return Cell(word, url=address(request, name, record=rest)) if named and rest else word


@staff
def add(request: StaffRequest, record: str) -> HttpResponse:
    """Add a voice to a need."""
    need: Need = get_record(request.user, request.tenant, sheet_of("need"), record)  # type: ignore[assignment]  # of that sheet
    if not may_change(request.user, need):
        raise PermissionDenied("Stimme eintragen")
    back = came_from(request, address(request, "need", record=need.key))
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            add_voice(request.user, need, origin="", batch=batch, **form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, "Stimme eingetragen.", undo=batch)
            return HttpResponseRedirect(back)
    return page(request, "needs/voice.html", form=form, need=need, back=back)


def _form(request: StaffRequest) -> VoiceForm:
    bodies = organisations(request.user, request.tenant).values_list("key", "name")
    groups = groups_of(said_of(request.user, request.tenant).values())
    return VoiceForm(
        request.POST or None,
        bodies=sorted(bodies, key=lambda pair: fold(pair[1])),
        groups=[group for group, _ in groups if group],
    )
