"""The network of organisations, and the quick entry of the ties of one of them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed, ever_allowed
from gelingen.config.day import today
from gelingen.findings.current import Current, current
from gelingen.history.recording import new_batch
from gelingen.register.lists import changeable
from gelingen.register.ties import (
    NewTie,
    Partner,
    Written,
    confirm_tie,
    get_organisation,
    partners_of,
    set_ties,
)
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import ReportedBy
from gelingen.topics.queries import topics
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.pictures import nodes
from gelingen.web.pictures.forms import NetworkForm, Offers, TiesForm
from gelingen.web.pictures.web_of_actors import STATES, OneSided, Web, web_on
from gelingen.web.records import ways
from gelingen.web.register.tabs import tabs
from gelingen.workbook.folding import fold

if TYPE_CHECKING:
    from gelingen.register.models import Organisation

COLUMNS = (
    Column("Organisation"),
    Column("Art"),
    Column("Verbindungen", number=True),
    Column("einseitig", number=True, meaning="Nur eine Seite nennt die Verbindung."),
    Column("Einbindung"),
    Column("Brücke", meaning="Ohne sie zerfällt ein Teil des Netzes."),
    Column("arbeitet zusammen mit", wide=True),
)


@staff
def network(request: StaffRequest) -> HttpResponse:
    """Show who works with whom as of a day."""
    known = current(request.user, request.tenant)
    form = NetworkForm(request, stand=today())
    offered = list(topics(request.user, request.tenant).values_list("key", "name"))
    form.offer("thema", offered)
    on = form.day("stand", today())
    topic, kind = form.text("thema"), form.text("art")
    web = web_on(known, on=on, topic=topic, kind=kind)
    way = ways(request, "organisation")
    title = f"Zusammenarbeit am {day(on)}"
    may = ever_allowed(request.user, May.EDIT_REGISTER, request.tenant)
    return page(
        request,
        "pictures/network.html",
        filters=form,
        tabs=tabs(request, "network"),
        answer=_answer(web, on),
        picture=nodes.network(web, way, title=title) if web.actors else "",
        key=nodes.key(),
        title=title,
        twin=_twin(web, way),
        one_sided=_one_sided(request, web, may=may),
        choices=_choices(request, known) if may else [],
        empty=not known.inputs.actors.frame.height,
    )


def _answer(web: Web, on: date) -> str:
    count = {name: sum(one.state == name for one in web.actors) for name in STATES}
    lone = len(web.one_sided)
    return (
        f"{len(web.actors)} Organisationen und {len(web.ties)} Verbindungen am {day(on)}: "
        f"{count['isolated']} isoliert, {count['not_known']} ohne bekannte Verbindung und nicht "
        f"befragt, {lone} einseitig genannt."
    )


def _twin(web: Web, way: Callable[[str], str]) -> Listing:
    names = {one.key: one.name for one in web.actors}
    rows: list[Row] = [
        (
            Cell(one.name, url=way(one.key)),
            one.kind,
            str(len(one.partners)),
            str(one.one_sided),
            STATES[one.state] or "in Verbindung",
            "Brücke" if one.bridge else "–",
            ", ".join(names[key] for key in one.partners) or "–",
        )
        for one in sorted(web.actors, key=lambda one: (fold(one.name), one.key))
    ]
    return Listing("Netz als Tabelle", COLUMNS, rows)


def _one_sided(request: StaffRequest, web: Web, *, may: bool) -> list[tuple[OneSided, bool]]:
    """Give the reports of one side, each with whether the person may answer for the other."""
    silent = [one.silent for one in web.one_sided]
    mine = changeable(request.user, request.tenant, "organisation", silent) if may else set()
    return [(one, one.silent in mine) for one in web.one_sided]


def _choices(request: StaffRequest, known: Current) -> Offers:
    """Organisations whose ties the person may enter, by name."""
    keys = known.inputs.actors.frame["organisation"].to_list()
    mine = changeable(request.user, request.tenant, "organisation", keys)
    found = [(key, known.name(key)) for key in keys if key in mine]
    return sorted(found, key=lambda pair: (fold(pair[1]), pair[0]))


@staff
@require_POST
def confirm(request: StaffRequest) -> HttpResponse:
    """Note that the other side says so too."""
    batch = new_batch()
    with transaction.atomic():
        done = [
            confirm_tie(actor=request.user, tenant=request.tenant, key=key, batch=batch)
            for key in request.POST.getlist("tie")
        ]
    if done:
        tell(request, f"Von beiden Seiten genannt: {done[0]}.", undo=batch)
    return HttpResponseRedirect(address(request, "network"))


@staff
def ties(request: StaffRequest) -> HttpResponse:
    """Enter the ties of one organisation in one go: tick those it works with."""
    given = request.POST or request.GET
    of = get_organisation(request.user, request.tenant, given.get("organisation", ""))
    on = today()
    partners = partners_of(request.user, of, on=on)
    offered = list(topics(request.user, request.tenant).values_list("key", "name"))
    form = TiesForm(request.POST or None, topics=offered, initial={"reported_by": ReportedBy.A})
    ticked = (
        set(request.POST.getlist("partner"))
        if request.method == "POST"
        else {one.key for one in partners if one.ties}
    )
    if "speichern" in request.POST and form.is_valid():
        try:
            written = set_ties(
                actor=request.user,
                of=of,
                before=request.POST.getlist("vorher"),
                ticked=ticked,
                terms=_terms(form),
                on=on,
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            return _done(request, of, written)
    return _sheet(request, of, form, partners, ticked)


def _sheet(
    request: StaffRequest,
    of: "Organisation",
    form: TiesForm,
    partners: Sequence[Partner],
    ticked: set[str],
) -> HttpResponse:
    search = (request.POST or request.GET).get("suche", "")
    wanted = fold(search)
    shown = [one for one in partners if wanted in fold(one.name)]
    found = {one.key for one in shown}
    return page(
        request,
        "pictures/ties.html",
        of=of,
        form=form,
        may=allowed(request.user, May.EDIT_REGISTER, of),
        rows=[(one, one.key in ticked) for one in sorted(shown, key=lambda one: not one.ties)],
        before=_before(request, partners),
        kept=[one.key for one in partners if one.key in ticked - found],
        search=search,
        tabs=tabs(request, "network"),
        on=today(),
        back=address(request, "network"),
    )


def _before(request: StaffRequest, partners: Sequence[Partner]) -> list[str]:
    """Tell who was ticked when the page was first shown; searching shows it again."""
    if request.method == "POST":
        return request.POST.getlist("vorher")
    return [one.key for one in partners if one.ties]


def _terms(form: TiesForm) -> NewTie:
    given = form.cleaned_data
    strength = given["intensity"]
    return NewTie(
        given["kind"],
        given["topic"],
        int(strength) if strength else None,
        ReportedBy.of(given["reported_by"]),
    )


def _done(request: StaffRequest, of: "Organisation", written: Written) -> HttpResponse:
    if written.begun or written.ended:
        said = f"{of}: neue Verbindungen {written.begun}, beendete {written.ended}."
        tell(request, said, undo=written.batch)
    else:
        tell(request, f"{of}: nichts geändert.")
    asked = urlencode({"organisation": of.key})
    return HttpResponseRedirect(f"{address(request, 'ties')}?{asked}")
