"""Share out the seats of a council's delegates among its groups, and make the seats fit."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, require
from gelingen.analysis.apportionment import Apportionment, apportion
from gelingen.boards.delegates import council_lines, decided, held, plan_delegates
from gelingen.boards.queries import SeatLine, get_body, seat_lines
from gelingen.config.day import today
from gelingen.register.steps import carry_out
from gelingen.terms.selection import SeatMethod
from gelingen.terms.spelling import day, number
from gelingen.web.boards.extending import SEEN, STAMP, preview
from gelingen.web.lists import Column, Listing, Row
from gelingen.web.narrowing import Choices, DayField
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.wording.apportionment import MEANINGS, say_open
from gelingen.wording.words import counted
from gelingen.workbook.folding import clean, fold

if TYPE_CHECKING:
    from gelingen.boards.models import Body

COLUMNS = (
    Column("Gruppe", wide=True),
    Column("Mitglieder", number=True),
    Column("Rechnerischer Anteil", number=True),
    Column("Sitze", number=True),
    Column("Bisher", number=True),
)
_LINE = re.compile(r"^(?P<name>.*\S)[\s:;,=]+(?P<number>\d{1,6})$")
_MOST_SEATS, _MOST_GROUPS = 200, 40
_SEATS = 4


class DelegatesForm(forms.Form):
    """Wie stark die Gruppen sind, und wie viele Sitze zu verteilen sind."""

    groups = forms.CharField(
        label="Gruppen mit der Zahl ihrer Mitglieder",
        help_text="Je Zeile eine, zum Beispiel: Fraktion A 20.",
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    seats = forms.IntegerField(
        label="Sitze",
        min_value=1,
        max_value=_MOST_SEATS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Bitte eine ganze Zahl."},
    )
    method = forms.ChoiceField(label="Verfahren", choices=SeatMethod.choices(), widget=Choices)
    since = DayField(label="Ab wann")
    chosen = forms.MultipleChoiceField(
        label="Wer die offenen Sitze bekommt", required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(
        label="Wie es entschieden wurde",
        required=False,
        max_length=300,
        help_text="Zum Beispiel: Los in der Sitzung am 12.07.2021. Steht im Verlauf.",
    )

    def clean_groups(self) -> dict[str, int]:
        """Read names and numbers; a line without a number or a name twice is refused."""
        found: dict[str, int] = {}
        for line in filter(None, map(clean, self.cleaned_data["groups"].splitlines())):
            read = _LINE.match(line)
            if read is None:
                raise ValidationError(f"In der Zeile „{line}“ fehlt die Zahl der Mitglieder.")
            name = read["name"].rstrip(" :;,=")
            if fold(name) in map(fold, found):
                raise ValidationError(f"„{name}“ steht zweimal da.")
            if len(name) > _LONGEST:
                raise ValidationError(f"„{name[:40]}…“ ist zu lang.")
            found[name] = int(read["number"])
        if len(found) > _MOST_GROUPS:
            raise ValidationError(f"Bitte höchstens {_MOST_GROUPS} Gruppen.")
        if not any(found.values()):
            raise ValidationError("Ohne Mitglieder lassen sich keine Sitze verteilen.")
        return found

    def method_chosen(self) -> SeatMethod:
        """Give the way of sharing out; only of a form that is right."""
        return SeatMethod.of(self.cleaned_data["method"])

    def shared(self) -> Apportionment:
        """Share out; what is open is offered in the form."""
        given = self.cleaned_data
        found = apportion(given["groups"], given["seats"], self.method_chosen())
        self.offer(found)
        return found

    def offer(self, found: Apportionment | None) -> None:
        """Ask who gets the open seats, if there are any."""
        if found is None or not found.open:
            del self.fields["chosen"], self.fields["why"]
        else:
            self.fields["chosen"].choices = [(one, one) for one in found.tied]  # type: ignore[attr-defined]  # a field of choices


_LONGEST = 200


@staff
def delegates(request: StaffRequest, record: str) -> HttpResponse:
    """Ask how strong the groups are, show who gets how many seats, and make the seats fit."""
    require(request.user, May.EDIT_BOARDS, request.tenant)
    body = get_body(request.user, request.tenant, record)
    lines = seat_lines(request.user, request.tenant, on=today(), body=body)
    back = address(request, "body", record=record)
    form = DelegatesForm(request.POST if SEEN in request.POST else None, initial=_begin(lines))
    form.fields["chosen"].choices = [(one, one) for one in request.POST.getlist("chosen")]  # type: ignore[attr-defined]  # a field of choices
    shown: dict[str, object] = {}
    found: Apportionment | None = None
    if form.is_bound and form.is_valid():
        found = form.shared()
        shown = _result(form, found, lines)
        try:
            batch, more = _arranged(request, form, found, body, lines)
        except REFUSALS as error:
            if "chosen" in request.POST or "why" in request.POST:
                form.add_error("chosen", sentence_of(error))
        else:
            if batch:
                tell(request, f"Gespeichert: {more}", undo=batch)
                return HttpResponseRedirect(back)
            shown |= more if isinstance(more, dict) else {}
    else:
        form.offer(None)
    return page(
        request,
        "boards/delegates.html",
        body=body,
        fields=form,
        back=back,
        meaning=[(one.label, MEANINGS[one]) for one in SeatMethod],
        **({"form": form} if form.is_bound else {}),
        **shown,
    )


def _begin(lines: list[SeatLine]) -> dict[str, object]:
    """Propose what is there: the groups that send, and as many seats."""
    there = council_lines(lines, today())
    return {
        "groups": "\n".join(f"{name} " for name in held(lines, today())),
        "seats": len(there) or _SEATS,
        "since": day(today()),
    }


def _arranged(
    request: StaffRequest,
    form: DelegatesForm,
    found: Apportionment,
    body: "Body",
    lines: list[SeatLine],
) -> tuple[str, "str | dict[str, object]"]:
    """Write what the person has seen, or give the preview of it."""
    given = form.cleaned_data
    why = given.get("why", "")
    wanted = decided(found, given.get("chosen", ()), why)
    plan = plan_delegates(body, lines, wanted, on=given["since"])
    if request.POST.get(STAMP) != plan.stamp or not plan.steps:
        return "", preview(request, plan, form)
    reason = ". ".join(filter(None, (_basis(form, given["groups"]), why)))
    return carry_out(actor=request.user, plan=plan, reason=reason), plan.sentence


def _basis(form: DelegatesForm, groups: Mapping[str, int]) -> str:
    """Say on what the seats rest, for the history."""
    strong = ", ".join(f"{name} {count}" for name, count in groups.items())
    return f"{form.method_chosen().label}, Mitglieder: {strong}"


def _result(form: DelegatesForm, found: Apportionment, lines: list[SeatLine]) -> dict[str, object]:
    """Put the seats into a table and a sentence."""
    groups, seats = form.cleaned_data["groups"], form.cleaned_data["seats"]
    before = {fold(name): count for name, count in held(lines, today()).items()}
    whole = sum(groups.values())
    rows: list[Row] = [
        (
            name,
            number(count),
            number(count * seats / whole, 2),
            _seats(found, name),
            str(before.get(fold(name), 0)),
        )
        for name, count in groups.items()
    ]
    certain = ", ".join(f"{name} {count}" for name, count in found.certain.items() if count)
    sure = f" {certain}." if certain else ""
    return {
        "table": Listing("Sitze der Gruppen", COLUMNS, rows),
        "answer": (
            f"{counted(seats, 'Sitz', 'Sitze')} nach {form.method_chosen().label}:{sure} "
            f"{say_open(found, {})}"
        ).strip(),
    }


def _seats(found: Apportionment, name: str) -> str:
    sure = found.certain[name]
    return f"{sure} oder {sure + 1}" if name in found.tied else str(sure)
