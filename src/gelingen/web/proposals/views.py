"""The list of proposals, and one with its way."""

from typing import TYPE_CHECKING

from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in, bodies_of
from gelingen.boards.meetings import led
from gelingen.boards.origins import items_from
from gelingen.boards.queries import bodies
from gelingen.config.day import today
from gelingen.history.queries import events_of
from gelingen.history.trace import subject_of
from gelingen.proposals.queries import Stop, Way, proposals, way, ways
from gelingen.terms.proposals import Matter, Standing
from gelingen.terms.spelling import day
from gelingen.topics.queries import topics
from gelingen.web.boards.tabs import tabs
from gelingen.web.lists import Cell, Column, Listing, Row, chosen_page
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.proposals.forms import ListForm
from gelingen.web.proposals.words import Line, lies, line_of
from gelingen.web.records import record_link
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.boards.models import AgendaItem
    from gelingen.topics.models import Topic

COLUMNS = (
    Column("Vorschlag", cut=True),
    Column("Art"),
    Column("Schlägt vor", cut=True),
    Column("Liegt bei", cut=True),
    Column("Seit"),
    Column("Stand"),
    Column("Unterstützt von", wide=True),
)


@staff
def proposal_list(request: StaffRequest) -> HttpResponse:
    """List proposals: of one's own bodies, of one body, of one topic, or by how they stand."""
    on = today()
    form = _narrowing(request)
    every = ways(request.user, request.tenant, proposals(request.user, request.tenant))
    mine = set(bodies_of(request.user)) if form.text("meine") else None
    found = [one for one in every if _fits(one, form, mine)]
    leaf = chosen_page(request, found)
    return page(
        request,
        "proposals/proposals.html",
        tabs=tabs(request, "body-proposals"),
        narrowing=form,
        listing=Listing("Vorschläge", COLUMNS, [_row(request, one) for one in leaf]),
        leaf=leaf,
        there=bool(every),
        leads=bool(led(request.user, request.tenant)),
        answer=_answer(found, sum(one.overdue(on) for one in found)),
    )


def _narrowing(request: StaffRequest) -> ListForm:
    form = ListForm(request)
    known = bodies(request.user, request.tenant).order_by("name", "key")
    form.offer("gremium", list(known.values_list("key", "name")))
    form.offer("stand", Standing.choices())
    form.offer("thema", list(topics(request.user, request.tenant).values_list("key", "name")))
    return form


def _fits(way: Way, form: ListForm, mine: set[int] | None) -> bool:
    """Whether a proposal is asked for; what went into another one only by its own state."""
    asked, kind, body = form.text("stand"), form.text("art"), form.text("gremium")
    if way.standing is Standing.MERGED and asked != Standing.MERGED:
        return False
    concerned = [way.proposal.body, *(one.body for one in way.supporters)]
    every = [*concerned, *(one.station.body for one in way.stops)]
    named = {one.key for one in (*way.topics, *_topics(way))}
    return (
        asked in {"", way.standing}
        and kind in {"", way.proposal.kind}
        and (not body or body in {one.key for one in every})
        and form.text("thema") in {"", *named}
        and (mine is None or bool(mine & {one.pk for one in concerned}))
    )


def _topics(way: Way) -> "list[Topic]":
    return [one for supporter in way.supporters for one in supporter.topics.all()]


def _answer(found: list[Way], late: int) -> str:
    if not found:
        return ""
    asked = sum(one.standing in {Standing.ASKED, Standing.POSTPONED} for one in found)
    word = "wartet" if asked <= 1 else "warten"
    overdue = f" Bei {late if late > 1 else 'einem'} ist die Frist vorbei." if late else ""
    many = counted(len(found), "Vorschlag", "Vorschläge")
    return f"{many}, davon {word} {asked or 'keiner'} auf Antwort.{overdue}"


def _row(request: StaffRequest, way: Way) -> Row:
    one = way.proposal
    return (
        Cell(one.title, url=address(request, "proposal", record=one.key)),
        one.get_kind_display(),
        Cell(one.body.name, url=address(request, "body", record=one.body.key)),
        "–" if way.over else way.lies_with.name,
        "–" if way.over else day(way.since),
        Cell(way.standing.label, below="Frist vorbei" if way.overdue(today()) else ""),
        ", ".join(each.body.name for each in way.supporters) or "–",
    )


@staff
def proposal(request: StaffRequest, record: str) -> HttpResponse:
    """Show one proposal: what it says, who stands behind it, and its way."""
    on = today()
    seen = way(request.user, request.tenant, record)
    one = seen.proposal
    led_ones = led(request.user, request.tenant)
    behind = {one.body_id, *(each.body_id for each in seen.supporters)}
    return page(
        request,
        "proposals/proposal.html",
        way=seen,
        proposal=one,
        answer=lies(seen, on),
        facts=_facts(request, seen),
        lines=_lines(request, seen),
        supporters=[
            (each, any(body.pk == each.body_id for body in led_ones)) for each in seen.supporters
        ],
        may_support=not seen.over and any(body.pk not in behind for body in led_ones),
        may_merge=not seen.over and allowed_in(request.user, May.EDIT_BOARDS, request.tenant),
        may_send=_may_send(seen),
        may_result=_may_result(request, seen),
        merged=list(proposals(request.user, request.tenant).filter(merged_into=one)),
        may_edit=_may_change(seen),
        may_withdraw=seen.leads and not seen.over and seen.standing is not Standing.ADOPTED,
        may_undo=seen.leads,
        history=events_of(request.tenant.pk, [subject_of(one)]),
    )


def _lines(request: StaffRequest, seen: Way) -> list[Line]:
    """Put the stations into words, each with the item whose result can be taken over."""
    on = today()
    waiting = any(one.leads for one in seen.waiting)
    there = items_from(request.user, request.tenant, [seen.origin]) if waiting else []
    return [line_of(request, seen, one, on, _result(one, there)) for one in seen.stops]


def _result(stop: Stop, there: "list[AgendaItem]") -> "AgendaItem | None":
    """Find the item of the same body that says the answer, or that still waits for one."""
    station = stop.station
    for one in there:
        held = one.meeting.day if one.meeting else None
        if one.body_id == station.body_id and (held is None or held >= station.since):
            return one
    return None


def _facts(request: StaffRequest, seen: Way) -> list[tuple[str, object]]:
    one = seen.proposal
    facts: list[tuple[str, object]] = [
        ("Art", one.get_kind_display()),
        ("Schlägt vor", record_link(request, "body", one.body.key, one.body)),
        ("Am", day(one.made)),
        ("Themenfelder", ", ".join(str(each) for each in seen.topics)),
    ]
    if one.measure:
        facts.append(("Maßnahme", record_link(request, "measure", one.measure.key, one.measure)))
    if one.need:
        facts.append(("Bedarf", record_link(request, "need", one.need.key, one.need.statement)))
    return facts


def _may_change(seen: Way) -> bool:
    """Whether the person can change it: nobody has answered it yet."""
    answered = any(one.station.answer for one in seen.stops)
    return seen.leads and not seen.over and not answered


def _may_send(seen: Way) -> bool:
    """Whether the person can send it on: what is decided stays where it is."""
    done = {Standing.ADOPTED, Standing.REJECTED}
    return seen.sends and not seen.over and seen.standing not in done


def _may_result(request: StaffRequest, seen: Way) -> bool:
    """Whether a measure or a need can come of it now: it was adopted, and there is none yet."""
    one = seen.proposal
    if seen.standing is not Standing.ADOPTED or not seen.leads:
        return False
    if one.kind == Matter.MEASURE:
        return one.measure is None and allowed_in(request.user, May.EDIT_PLAN, request.tenant)
    needs = allowed_in(request.user, May.EDIT_NEEDS, request.tenant)
    return one.kind == Matter.NEED and one.need is None and needs
