"""What comes of an adopted proposal: a new measure or need, or one that is there already."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse

from gelingen.access.policy import EDITS, MEANINGS, May, require
from gelingen.config.day import today
from gelingen.editing import offers, save_record, sheet_of
from gelingen.history.recording import new_batch
from gelingen.proposals.making import ProposalError, link_result
from gelingen.proposals.queries import Way, way
from gelingen.terms.boards import BodyKind
from gelingen.terms.proposals import Matter, Standing
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Maturity
from gelingen.web.boards.meetings.forms import NEEDED
from gelingen.web.pages import REFUSALS, StaffRequest, address, done, page, sentence_of, staff
from gelingen.web.proposals.editing import offered
from gelingen.web.proposals.forms import NOTHING, offer, one_of

if TYPE_CHECKING:
    from gelingen.proposals.models import Proposal, Station

_WORDS = {Matter.MEASURE: ("Maßnahme", "title"), Matter.NEED: ("Bedarf", "statement")}


class ResultForm(forms.Form):
    """Was aus einem angenommenen Vorschlag wird."""

    there = one_of("Es gibt sie schon", required=False)
    name = forms.CharField(label="Titel", required=False, error_messages=NEEDED)
    topic = one_of("Themenfeld", required=False)
    target_group = one_of("Zielgruppe", required=False)
    territory = one_of("Ort", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for what a new record needs, where none is chosen."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("there"):
            for name in set(self.fields) - {"there"}:
                if not given.get(name):
                    self.add_error(name, NEEDED["required"])
        return given


@staff
def carry_out(request: StaffRequest, record: str) -> HttpResponse:
    """Enter the measure or need that a proposal became, or link the one that is there."""
    seen = way(request.user, request.tenant, record)
    one = seen.proposal
    require(request.user, May.EDIT_BOARDS, one)
    if one.kind not in _WORDS or seen.standing is not Standing.ADOPTED:
        raise ProposalError("Umgesetzt wird, was als Maßnahme oder Bedarf angenommen ist.")
    word, _ = _WORDS[Matter.of(one.kind)]
    require(request.user, EDITS[_app(one)], request.tenant)
    form = _form(request, seen)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            with transaction.atomic():
                key = form.cleaned_data.get("there") or _created(request, seen, form, batch)
                link_result(actor=request.user, proposal=one, batch=batch, **{one.kind: key})
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            said = "Verbunden" if form.cleaned_data.get("there") else "Angelegt"
            return done(request, f"{said}: {word}.", to=one.kind, undo=batch, record=key)
    return page(
        request,
        "proposals/deed.html",
        form=form,
        proposal=one,
        title=f"Als {word} anlegen",
        answer="Vorausgefüllt aus dem Vorschlag. Gibt es sie schon, wählen Sie sie oben.",
        back=address(request, "proposal", record=record),
    )


def _app(one: "Proposal") -> str:
    return "plan" if one.kind == Matter.MEASURE else "needs"


def _form(request: StaffRequest, seen: Way) -> ResultForm:
    one = seen.proposal
    word, _ = _WORDS[Matter.of(one.kind)]
    first = seen.topics[0].key if seen.topics else ""
    begin = {"name": one.title, "topic": first}
    form = ResultForm(request.POST or None, initial=begin)
    form.fields["there"].label = f"Diesen {word} gibt es schon"
    if one.kind == Matter.MEASURE:
        form.fields["there"].label = "Diese Maßnahme gibt es schon"
    form.fields["name"].label = "Titel" if one.kind == Matter.MEASURE else "Bedarf"
    offer(form, "there", [NOTHING, *offered(request)[one.kind]])
    columns = offers(request.user, request.tenant, sheet_of(one.kind))
    for name in ("topic", "target_group", "territory"):
        if one.kind == Matter.MEASURE and name != "topic":
            del form.fields[name]
        else:
            offer(form, name, [("", "bitte wählen"), *columns[name]])
    return form


def _maturity(decided: "Station | None") -> Maturity:
    """Say how far a measure is: what a council or its committee adopted is decided.

    What a steering group or another body adopts is planned, and a paper brings it to the council.
    """
    councils = {BodyKind.COUNCIL, BodyKind.COMMITTEE}
    final = decided is not None and decided.body.kind in councils
    return Maturity.DECIDED if final else Maturity.PLANNED


def _created(request: StaffRequest, seen: Way, form: ResultForm, batch: str) -> str:
    """Write the new record through the room it belongs to; gives its key."""
    one, given = seen.proposal, form.cleaned_data
    decided = next((each.station for each in reversed(seen.stops) if not each.waits), None)
    where = f", angenommen am {day(decided.answered)}" if decided and decided.answered else ""
    values: dict[str, object] = {
        _WORDS[Matter.of(one.kind)][1]: given["name"],
        "source": f"Vorschlag „{one.title}“ von {one.body}{where}",
        "topic": given["topic"],
    }
    if one.kind == Matter.MEASURE:
        values |= {
            "description": one.text,
            "maturity": _maturity(decided).value,
            "needs": (one.need.key,) if one.need else (),
        }
    else:
        values |= {name: given[name] for name in ("target_group", "territory")}
        values["starts"] = today()
    if "topic" not in form.fields:
        raise PermissionDenied(MEANINGS[May.EDIT_BASICS])
    sheet = sheet_of(one.kind)
    made = save_record(
        actor=request.user, tenant=request.tenant, sheet=sheet, values=values, batch=batch
    )
    return made.key
