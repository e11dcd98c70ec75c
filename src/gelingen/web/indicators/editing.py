"""Take over the catalogue, write a sheet, enter a value, add and remove what stands beside."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.errors import NotFoundError
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.indicators import commands
from gelingen.indicators.catalogue import catalogue as entries
from gelingen.indicators.commands import Value
from gelingen.indicators.queries import (
    blank,
    get_addition,
    get_indicator,
)
from gelingen.indicators.queries import indicators as sheets
from gelingen.places.queries import own_places
from gelingen.plan.queries import goals, measures
from gelingen.terms.indicators import Beside
from gelingen.terms.spelling import day
from gelingen.web.indicators.forms import FORMS, WRITTEN, IndicatorForm, Offered, ValueForm
from gelingen.web.indicators.forms import beginning as values_of
from gelingen.web.indicators.words import entry_listing
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    done,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.indicators.models import Indicator

_STALE = (
    "Inzwischen hat jemand dieses Blatt geändert. Bitte ansehen, was jetzt dort steht, und noch "
    "einmal speichern."
)


class UnknownPartError(NotFoundError):
    """Nothing of this kind stands beside an indicator."""


@staff
def catalogue(request: StaffRequest) -> HttpResponse:
    """Offer the catalogue, and take over what is ticked or all of it."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    there = set(sheets(request.user, request.tenant).values_list("code", flat=True))
    left = [one for one in entries() if one.code not in there]
    if request.method == "POST":
        codes = None if "alle" in request.POST else request.POST.getlist("wahl")
        batch = new_batch()
        try:
            made = commands.take_over(
                actor=request.user, tenant=request.tenant, codes=codes, batch=batch
            )
        except REFUSALS as error:
            messages.warning(request, sentence_of(error))
        else:
            if made:
                said = counted(len(made), "Indikator", "Indikatoren")
                return done(request, f"Übernommen: {said}.", to="indicators", undo=batch)
            messages.warning(request, "Bitte zuerst Indikatoren auswählen.")
        return HttpResponseRedirect(address(request, "indicator-catalogue"))
    return page(
        request,
        "indicators/catalogue.html",
        listing=entry_listing(left),
        answer=f"{len(left)} von {len(entries())} Indikatoren sind noch nicht übernommen.",
    )


def _offered(request: StaffRequest) -> Offered:
    user, tenant = request.user, request.tenant
    return {
        "measure": list(measures(user, tenant).values_list("key", "title")),
        "goal": list(goals(user, tenant).values_list("key", "title")),
        "above": list(sheets(user, tenant).values_list("key", "name")),
    }


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Write a new sheet."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    return _sheet(request, blank(request.tenant), "Indikator anlegen")


@staff
def edit(request: StaffRequest, record: str) -> HttpResponse:
    """Change a sheet."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    return _sheet(request, get_indicator(request.user, request.tenant, record), "Blatt ändern")


def _sheet(request: StaffRequest, one: "Indicator", title: str) -> HttpResponse:
    back = address(request, "indicator", record=one.key) if one.key else ""
    form = IndicatorForm(request.POST or None, initial=values_of(one))
    form.offer(_offered(request))
    if request.method == "POST" and form.is_valid() and (batch := _saved(request, form, one)):
        return done(request, f"Gespeichert: {one.name}.", to="indicator", undo=batch,
                    record=one.key)  # fmt: skip
    return page(
        request, "indicators/form.html", form=form, title=title, deed="Speichern",
        name=one.name, up=back, back=back or address(request, "indicators"),
    )  # fmt: skip


def _saved(request: StaffRequest, form: IndicatorForm, one: "Indicator") -> str:
    given, batch, stored = form.cleaned_data, new_batch(), one.version
    user, tenant = request.user, request.tenant
    found = {
        "measure": measures(user, tenant).filter(key=given["measure"]).first(),
        "goal": goals(user, tenant).filter(key=given["goal"]).first(),
        "above": sheets(user, tenant).filter(key=given["above"]).first(),
    }
    values = {**{name: given[name] for name in WRITTEN}, **found}
    try:
        commands.save_sheet(
            actor=user, indicator=one, values=values, version=given["stand"], batch=batch
        )
    except LostUpdateError:
        form.add_error(None, _STALE)
        # What is sent again was sent in sight of what stands there now.
        form.data = {**{name: form.data[name] for name in form.data}, "stand": stored}
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
    else:
        return batch
    return ""


@staff
def value(request: StaffRequest, record: str) -> HttpResponse:
    """Enter a value."""
    require(request.user, May.EDIT_BASICS, request.tenant)
    one = get_indicator(request.user, request.tenant, record)
    places = list(own_places(request.user, request.tenant))
    first = {"territory": places[0].key if places else "", "reference": day(today())}
    form = ValueForm(request.POST or None, initial={**first, "source": one.source})
    form.fields["territory"].choices = [(place.key, place.name) for place in places]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given, batch = form.cleaned_data, new_batch()
        low, high, about = given["value"]
        place = next(each for each in places if each.key == given["territory"])
        entered = Value(
            place, given["reference"], low, high, given["source"], given["base"], given["note"],
            about, given["published"],
        )  # fmt: skip
        try:
            commands.enter(actor=request.user, indicator=one, value=entered, batch=batch)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            return done(request, f"Eingetragen: {one.name}, {place.name}.", to="indicator",
                        undo=batch, record=one.key)  # fmt: skip
    return _beside_form(request, form, one, "Wert eintragen")


def _beside_form(request: StaffRequest, form: object, one: "Indicator", title: str) -> HttpResponse:
    back = address(request, "indicator", record=one.key)
    return page(
        request, "indicators/form.html", form=form, title=title, deed="Eintragen", name=one.name,
        up=back, back=back,
    )  # fmt: skip


def _kind(word: str) -> Beside:
    if word not in {one.value for one in Beside}:
        raise UnknownPartError("Das gibt es zu einem Indikator nicht.")
    return Beside.of(word)


@staff
def addition(request: StaffRequest, record: str, beside: str) -> HttpResponse:
    """Add a rule, a break, a target or a planned collection."""
    require(request.user, May.EDIT_PLAN, request.tenant)
    one, which = get_indicator(request.user, request.tenant, record), _kind(beside)
    form = FORMS[which](request.POST or None)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            commands.add(
                actor=request.user, indicator=one, kind=which, values=form.cleaned_data,
                batch=batch,
            )  # fmt: skip
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            return done(request, f"Eingetragen: {which.label}.", to="indicator", undo=batch,
                        record=one.key)  # fmt: skip
    return _beside_form(request, form, one, which.label)


@staff
@require_POST
def remove(request: StaffRequest, beside: str, record: str) -> HttpResponse:
    """Remove a rule, a break, a target or a planned collection."""
    found = get_addition(request.user, request.tenant, _kind(beside), record)
    batch = new_batch()
    try:
        commands.drop(actor=request.user, addition=found, batch=batch)
    except REFUSALS as error:
        messages.warning(request, sentence_of(error))
    else:
        tell(request, f"Entfernt: {_kind(beside).label}.", undo=batch)
    return HttpResponseRedirect(address(request, "indicator", record=found.indicator.key))
