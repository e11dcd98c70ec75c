"""Put forward a proposal, warn of a similar one, change it, withdraw it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import MEANINGS, May, require
from gelingen.boards.meetings import get_led, led
from gelingen.boards.seen import earlier
from gelingen.config.day import today
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.needs.queries import needs
from gelingen.plan.queries import measures
from gelingen.proposals import making
from gelingen.proposals.queries import get_proposal
from gelingen.search.similar import similar_proposals
from gelingen.terms.proposals import Matter
from gelingen.topics.queries import topics
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    came_from,
    done,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.proposals.forms import (
    STALE,
    ProposalForm,
    Texts,
    Versions,
    WithdrawForm,
    proposal_values,
)

if TYPE_CHECKING:
    from gelingen.proposals.models import Proposal
    from gelingen.web.proposals.forms import Offered

_LONGEST = 100


def offered(request: StaffRequest) -> "dict[str, Offered]":
    """Read what a proposal can be about: topics, measures and open needs. Three queries."""
    user, tenant = request.user, request.tenant
    said = needs(user, tenant).filter(state="open").order_by("statement", "key")
    return {
        "topics": list(topics(user, tenant).values_list("key", "name")),
        "measure": list(
            measures(user, tenant).order_by("title", "key").values_list("key", "title")
        ),
        "need": [(key, name[:_LONGEST]) for key, name in said.values_list("key", "statement")],
    }


@staff
def similar(request: StaffRequest) -> HttpResponse:
    """Warn of proposals of a similar title; a part of a page."""
    found = similar_proposals(request.user, request.tenant, request.GET.get("title", ""))
    return page(request, "proposals/similar.html", similar=found)


@staff
def new(request: StaffRequest) -> HttpResponse:
    """Put forward a proposal of a body that one leads; warn once of a similar one."""
    mine = led(request.user, request.tenant)
    if not mine:
        raise PermissionDenied(MEANINGS[May.EDIT_BOARDS])
    edited = Versions(request, _beginning(request), stand="", at=lambda _: None)
    form = ProposalForm(
        edited.data,
        initial=edited.initial(several=("topics",)),
        bodies=mine,
        offered=offered(request),
    )
    warned: list[object] = []
    if request.method == "POST" and form.is_valid():
        title = form.cleaned_data["title"]
        if request.POST.get("trotzdem") != title:
            warned = [*similar_proposals(request.user, request.tenant, title)]
        if not warned and (made := _made(request, form, edited)):
            return made
    return page(
        request,
        "proposals/new.html",
        form=form,
        similar=warned,
        anyway=request.POST.get("title", "") if warned else "",
        draft=edited.draft,
        back=came_from(request, address(request, "body-proposals")),
    )


def _beginning(request: StaffRequest) -> Texts:
    """Give what a new proposal begins with; the address may say about what it is."""
    start: Texts = {name: [] for name in ("title", "text", "topics")}
    start["kind"] = [Matter.MEASURE.value]
    for name, asked in (("body", "gremium"), ("measure", "massnahme"), ("need", "bedarf")):
        start[name] = request.GET.getlist(asked)[:1]
    if start["need"] and not start["measure"]:
        start["kind"] = [Matter.NEED.value]
    return start


def _made(request: StaffRequest, form: ProposalForm, edited: Versions) -> HttpResponse | None:
    body = get_led(request.user, request.tenant, form.cleaned_data["body"])
    batch = new_batch()
    try:
        made = making.make(
            actor=request.user, body=body, given=form.given(), on=today(), batch=batch
        )
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return None
    edited.saved()
    return done(request, f"Vorgeschlagen: {made}.", to="proposal", undo=batch, record=made.key)


def _own(request: StaffRequest, record: str) -> "Proposal":
    """Find a proposal of a body that one leads.

    Raises:
        UnknownRecordError: there is none.
        PermissionDenied: it is that of another body.

    """
    found = get_proposal(request.user, request.tenant, record)
    require(request.user, May.EDIT_BOARDS, found)
    return found


@staff
def edit(request: StaffRequest, record: str) -> HttpResponse:
    """Change what is told about a proposal."""
    found = _own(request, record)
    back = address(request, "proposal", record=record)
    keys = list(found.topics.values_list("key", flat=True))
    edited = Versions(
        request,
        proposal_values(found, keys),
        stand=str(found.version),
        at=lambda stand: _at(found, stand),
    )
    form = ProposalForm(
        edited.data,
        initial=edited.initial(several=("topics",)),
        bodies=None,
        offered=offered(request),
    )
    if edited.stale:
        return edited.versions(form, thing=found.title, back=back)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            making.change_proposal(
                actor=request.user, proposal=found, given=form.given(), batch=batch
            )
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            edited.saved()
            tell(request, "Gespeichert.", undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request, "proposals/edit.html", form=form, proposal=found, draft=edited.draft, back=back
    )


def _at(found: "Proposal", stand: str) -> Texts | None:
    before = earlier(found, stand)
    if before is None:
        return None
    # Which topics it had is not kept with the version; what differs is shown.
    return {name: one for name, one in proposal_values(before, ()).items() if name != "topics"}


@staff
def withdraw(request: StaffRequest, record: str) -> HttpResponse:
    """Ask why a proposal is withdrawn, and write it."""
    found = _own(request, record)
    form = WithdrawForm(request.POST or None, initial={"stand": found.version})

    def save(batch: str) -> None:
        making.withdraw(
            actor=request.user,
            proposal=found,
            why=form.cleaned_data["why"],
            on=today(),
            version=form.cleaned_data["stand"],
            batch=batch,
        )

    return asked(request, found, form, save, title="Vorschlag zurückziehen", said="Zurückgezogen.")


def asked(  # noqa: PLR0913 - what the pages differ in
    request: StaffRequest,
    found: "Proposal",
    form: forms.Form,
    save: Callable[[str], object],
    *,
    title: str,
    said: str,
    answer: str = "",
    stand: int | None = None,
) -> HttpResponse:
    """Show a form about a proposal, or do what was sent; `save` gets the undertaking's number.

    `stand` is what stands there now, for a form that somebody sends a second time in sight of it.
    """
    back = address(request, "proposal", record=found.key)
    if request.method == "POST" and form.is_valid():
        batch = new_batch()
        try:
            save(batch)
        except LostUpdateError:
            form.add_error(None, STALE)
            now = found.version if stand is None else stand
            # What is sent again was sent in sight of what stands there now.
            form.data = request.POST.copy()
            form.data["stand"] = str(now)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            tell(request, said, undo=batch)
            return HttpResponseRedirect(back)
    return page(
        request,
        "proposals/deed.html",
        form=form,
        proposal=found,
        title=title,
        answer=answer or found.title,
        back=back,
    )
