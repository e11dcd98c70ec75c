"""Do something with several needs, or with one: ask, show what would happen, write."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.errors import NotFoundError
from gelingen.history.recording import new_batch
from gelingen.needs.deeds import chosen, plan_carry, plan_state, plan_topic, title
from gelingen.needs.merging import plan_merge
from gelingen.register.steps import Plan, carry_out
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import NeedState
from gelingen.topics.queries import topics
from gelingen.web.lists import Column, Listing
from gelingen.web.narrowing import Choices, DayField
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

if TYPE_CHECKING:
    from gelingen.needs.models import Need

STAMP, SEEN = "stempel", "vorschau"
_STEPS = (Column("Was geschieht", wide=True), Column("Art"), Column("Eintrag"))


class UnknownDeedError(NotFoundError):
    """What was asked for cannot be done with needs."""


class DeedForm(forms.Form):
    """Was mit den Bedarfen geschehen soll; jede Handlung fragt nur, was sie braucht."""

    state = forms.ChoiceField(
        label="Stand",
        choices=[
            (one.value, one.label) for one in (NeedState.MET, NeedState.DROPPED, NeedState.OPEN)
        ],
        widget=Choices,
    )
    topic = forms.ChoiceField(label="Themenfeld", widget=Choices)
    kept = forms.ChoiceField(label="Dieser Bedarf bleibt", widget=Choices)
    on = DayField(label="Ab welchem Tag", required=True)
    reason = forms.CharField(
        label="Begründung",
        required=False,
        max_length=1000,
        help_text="Steht im Verlauf, zum Beispiel: Kurs läuft seit Mai mit genug Plätzen.",
    )

    def __init__(
        self,
        data: Mapping[str, object] | None,
        *,
        wanted: Sequence[str],
        offered: Mapping[str, list[tuple[str, str]]],
    ) -> None:
        super().__init__(data, initial={"on": day(today())})
        for name in [one for one in self.fields if one not in wanted]:
            del self.fields[name]
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done: what it asks, and how it becomes a plan."""

    title: str
    asks: tuple[str, ...]
    plan: "Callable[[StaffRequest, list[Need], DeedForm], Plan]"
    least: int = 1


def _on(form: DeedForm) -> date:
    found: date = form.cleaned_data.get("on") or today()
    return found


def _state(request: StaffRequest, things: "list[Need]", form: DeedForm) -> Plan:
    del request
    return plan_state(things, state=NeedState.of(form.cleaned_data["state"]), on=_on(form))


def _carry(request: StaffRequest, things: "list[Need]", form: DeedForm) -> Plan:
    return plan_carry(request.user, request.tenant, things, on=_on(form))


def _topic(request: StaffRequest, things: "list[Need]", form: DeedForm) -> Plan:
    found = topics(request.user, request.tenant).get(key=form.cleaned_data["topic"])
    return plan_topic(things, topic=found, on=today())


def _merge(request: StaffRequest, things: "list[Need]", form: DeedForm) -> Plan:
    del request
    kept = next(one for one in things if one.key == form.cleaned_data["kept"])
    return plan_merge(kept, [one for one in things if one != kept], on=today())


_DEEDS = {
    "state": Deed("Stand setzen", ("state", "on", "reason"), _state),
    "carry": Deed("In die nächste Runde weiterführen", ("on", "reason"), _carry),
    "topic": Deed("Themenfeld setzen", ("topic", "reason"), _topic),
    "merge": Deed("Zusammenführen", ("kept", "reason"), _merge, least=2),
}


@staff
@require_POST
def deed(request: StaffRequest) -> HttpResponse:
    """Show what would happen to the ticked needs, and write it once the person has seen it."""
    require(request.user, May.EDIT_NEEDS, request.tenant)
    back = came_from(request, address(request, "needs"))
    found = chosen(request.user, request.tenant, request.POST.getlist("wahl"))
    wanted = _DEEDS.get(request.POST.get("tat", ""))
    if wanted is None:
        raise UnknownDeedError("Das lässt sich mit Bedarfen nicht machen.")
    if len(found) < wanted.least:
        many = "mindestens zwei Bedarfe" if wanted.least > 1 else "Bedarfe"
        messages.warning(request, f"Bitte zuerst in der Liste {many} ankreuzen.")
        return HttpResponseRedirect(back)
    form = _form(request, wanted, found)
    shown: dict[str, object] = {}
    if form.is_bound and form.is_valid():
        try:
            plan = wanted.plan(request, found, form)
            if request.POST.get(STAMP) == plan.stamp:
                return _written(request, plan, form, back)
            shown = _preview(plan, stale=STAMP in request.POST)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
    many = title(found[0]) if len(found) == 1 else f"{len(found)} Bedarfe"
    return page(
        request,
        "needs/deed.html",
        title=f"{many}: {wanted.title}",
        deed=request.POST["tat"],
        keys=[one.key for one in found],
        fields=form,
        back=back,
        # Only what was sent can be refused; the first time nothing is wrong yet.
        **({"form": form} if form.is_bound else {}),
        **shown,
    )


def _form(request: StaffRequest, wanted: Deed, found: "list[Need]") -> DeedForm:
    offered = {}
    if "topic" in wanted.asks:
        known = topics(request.user, request.tenant)
        offered["topic"] = list(known.values_list("key", "name"))
    if "kept" in wanted.asks:
        offered["kept"] = [(one.key, title(one)) for one in found]
    # The first time the list sends only what is ticked; then nothing is wrong yet.
    sent = request.POST if SEEN in request.POST else None
    return DeedForm(sent, wanted=wanted.asks, offered=offered)


def _preview(plan: Plan, *, stale: bool) -> dict[str, object]:
    number = len(plan.steps)
    changes = "Eine Änderung" if number == 1 else f"{number or 'Keine'} Änderungen"
    return {
        "plan": plan,
        "stale": stale,
        "said": f"{plan.sentence} {changes}.",
        "write": "Eine Änderung schreiben" if number == 1 else f"{number} Änderungen schreiben",
        "steps": Listing(
            "Was geschieht", _STEPS, [(one.said, one.kind, one.effect) for one in plan.steps]
        ),
    }


def _written(request: StaffRequest, plan: Plan, form: DeedForm, back: str) -> HttpResponse:
    batch = new_batch()
    sentence, number = plan.sentence, len(plan.steps)
    reason = form.cleaned_data.get("reason", "")
    carry_out(actor=request.user, plan=plan, reason=reason, batch=batch)
    many = "eine Änderung" if number == 1 else f"{number} Änderungen"
    tell(request, f"Gespeichert: {many}. {sentence}", undo=batch)
    return HttpResponseRedirect(back)
