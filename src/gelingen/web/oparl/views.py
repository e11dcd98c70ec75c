"""The endpoint at the desk: whether it is open, what it shows, legislative terms."""

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in, require
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.oparl import commands
from gelingen.oparl.standing import Standing, standing
from gelingen.terms.spelling import day, last_day
from gelingen.web.boards.tabs import tabs
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.oparl.forms import EndpointForm, TermForm
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    done,
    page,
    sentence_of,
    staff,
    tell,
    whole_address,
)
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.oparl.models import Endpoint, LegislativeTerm

_STALE = "Inzwischen hat jemand diese Angaben geändert. Bitte ansehen und noch einmal speichern."
_COUNTS = (Column("Was", wide=True), Column("Öffentlich", number=True), Column("Was dazu gehört"))
_TERMS = (Column("Wahlperiode", wide=True), Column("Erster Tag"), Column("Letzter Tag"))


@staff
def settings(request: StaffRequest) -> HttpResponse:
    """Show whether the endpoint is open and what it shows; change it."""
    found = commands.endpoint(request.user, request.tenant)
    if request.method == "POST":
        require(request.user, May.EDIT_BOARDS, request.tenant)
        form = EndpointForm(request.POST)
        answer = _saved(request, form)
        if answer is not None:
            return answer
        return _page(request, found, form)
    return _page(request, found, EndpointForm(initial=_initial(found)))


def _initial(found: "Endpoint") -> dict[str, object]:
    names = ("switched_on", "contact_name", "contact_email", "website", "license")
    return {"stand": found.version} | {name: getattr(found, name) for name in names}


def _saved(request: StaffRequest, form: EndpointForm) -> HttpResponse | None:
    """Write what was sent; None if it is refused."""
    if not form.is_valid():
        return None
    given = dict(form.cleaned_data)
    stand, batch = given.pop("stand"), new_batch()
    try:
        commands.set_endpoint(
            actor=request.user,
            tenant=request.tenant,
            given=commands.Given(**given),
            at=timezone.now(),
            version=stand,
            batch=batch,
        )
    except LostUpdateError:
        form.add_error(None, _STALE)
        return None
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return None
    said = "eingeschaltet" if given["switched_on"] else "ausgeschaltet"
    return done(request, f"Gespeichert: Die Schnittstelle ist {said}.", to="oparl", undo=batch)


def _page(
    request: StaffRequest,
    found: "Endpoint",
    form: EndpointForm,
    adding: TermForm | None = None,
) -> HttpResponse:
    may = allowed_in(request.user, May.EDIT_BOARDS, request.tenant)
    shown = standing(request.user, request.tenant)
    root = reverse("oparl-system", kwargs={"tenant": request.tenant.pk})
    bound = adding if adding is not None and adding.is_bound else form
    return page(
        request,
        "oparl/endpoint.html",
        tabs=tabs(request, "oparl"),
        endpoint=found,
        answer=_answer(found, shown),
        root=whole_address(request, root),
        facts=_facts(found),
        counts=Listing("Was öffentlich ist", _COUNTS, _counts(shown)),
        terms=Listing("Wahlperioden", *_terms(request, may=may)),
        fields=form,
        adding=adding or TermForm(),
        may_edit=may,
        nothing=not shown.bodies,
        **({"form": bound} if bound.is_bound else {}),
    )


def _answer(found: "Endpoint", shown: Standing) -> str:
    many = ", ".join(
        (
            counted(shown.bodies, "Gremium", "Gremien"),
            counted(shown.meetings, "Sitzung", "Sitzungen"),
            counted(shown.items, "Punkt", "Punkte"),
            counted(shown.papers, "Vorlage", "Vorlagen"),
        )
    )
    if not found.switched_on:
        return f"Ausgeschaltet. Öffentlich wären: {many}."
    since = f" seit {day(timezone.localtime(found.since).date())}" if found.since else ""
    return f"Eingeschaltet{since}. Öffentlich sind: {many}."


def _facts(found: "Endpoint") -> list[tuple[str, object]]:
    return [
        ("Auskunft gibt", found.contact_name),
        ("Postfach", found.contact_email),
        ("Seite im Netz", found.website),
        ("Lizenz", found.license),
    ]


def _counts(shown: Standing) -> list[Row]:
    return [
        ("Gremien", str(shown.bodies), "„Öffentlich zeigen“ ist angekreuzt"),
        (
            "Sitzungen",
            str(shown.meetings),
            "alle eines öffentlichen Gremiums: Tag, Zeit, Ort; Einladung und Ergebnisse als Datei",
        ),
        (
            "Tagesordnungspunkte",
            str(shown.items),
            "öffentliche, sobald eingeladen ist; Ergebnisse nach der Genehmigung",
        ),
        (
            "Vorlagen",
            str(shown.papers),
            "öffentliche, solange sie freigegeben sind, mit ihrem ganzen Text als Datei",
        ),
    ]


def _terms(request: StaffRequest, *, may: bool) -> tuple[tuple[Column, ...], list[Row]]:
    found = commands.terms(request.user, request.tenant)
    if not may:
        return _TERMS, [_term(one) for one in found]
    rows: list[Row] = [
        (
            *_term(one),
            Cell(
                "Entfernen",
                url=address(request, "remove-legislative-term", record=one.key),
                heard=one.name,
            ),
        )
        for one in found
    ]
    return (*_TERMS, Column("Aktion")), rows


def _term(one: "LegislativeTerm") -> tuple[str, str, str]:
    ends = day(last_day(one.ends)) if one.ends else "–"
    return one.name, day(one.starts) if one.starts else "–", ends


@staff
@require_POST
def add_term(request: StaffRequest) -> HttpResponse:
    """Name a legislative term."""
    require(request.user, May.EDIT_BOARDS, request.tenant)
    form, batch = TermForm(request.POST), new_batch()
    if form.is_valid():
        try:
            made = commands.add_term(
                actor=request.user, tenant=request.tenant, batch=batch, **form.cleaned_data
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            return done(request, f"Gespeichert: {made.name}.", to="oparl", undo=batch)
    found = commands.endpoint(request.user, request.tenant)
    return _page(request, found, EndpointForm(initial=_initial(found)), form)


@staff
def remove_term(request: StaffRequest, record: str) -> HttpResponse:
    """Ask whether a legislative term shall go, and take it away."""
    require(request.user, May.EDIT_BOARDS, request.tenant)
    back = address(request, "oparl")
    found = next(
        (one for one in commands.terms(request.user, request.tenant) if one.key == record), None
    )
    if found is None:
        raise commands.UnknownTermError("Diese Wahlperiode gibt es nicht.")
    if request.method == "POST":
        batch = commands.remove_term(actor=request.user, term=found)
        tell(request, f"Entfernt: {found.name}.", undo=batch)
        return HttpResponseRedirect(back)
    return page(request, "oparl/remove_term.html", term=found, back=back)
