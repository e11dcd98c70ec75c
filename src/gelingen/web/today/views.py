"""Heute: everything that waits for the person, the most urgent first, done in place."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import accumulate, takewhile

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today as the_day
from gelingen.confirmations import proposals
from gelingen.editing import get_record, save_record, sheet_of
from gelingen.errors import UserError
from gelingen.findings import queries as findings
from gelingen.findings.commands import judge as judge_finding
from gelingen.findings.current import Current, current
from gelingen.history.queries import events_since
from gelingen.history.recording import new_batch
from gelingen.register.commands import confirm as confirm_structure
from gelingen.register.commands import extend_funding
from gelingen.register.inventory_pages import get_structure
from gelingen.register.waiting import get_funding
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Decision, Verb
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.today.forms import ExtendRowForm, JudgeForm, LaterForm, LeadForm, RowForm
from gelingen.web.today.happened import News, news
from gelingen.web.today.rows import DONE, TOLD, stages, told_at
from gelingen.web.words import spelled
from gelingen.worklist import Seen, Worklist, note_visit, postpone, take_up, worklist

DAYS_BACK = 14
CHANGES, SHOWN = 200, 12
SITTING = 20  # minutes
# What a run of the analyses finds waits on the list itself.
OF_ITSELF = frozenset({Verb.FOUND, Verb.RESOLVED, Verb.REAPPEARED})


@staff
def today(request: StaffRequest) -> HttpResponse:
    """Show what waits for the person."""
    return _shown(request)


def _shown(request: StaffRequest, refused: RowForm | None = None) -> HttpResponse:
    on = the_day()
    known = current(request.user, request.tenant)
    found = worklist(request.user, request.tenant, known, on=on)
    all_ = _all(request)
    if refused is not None and refused.data.get("row") not in {one.row for one in found.chores}:
        # Somebody has done it meanwhile, or the row is folded away.
        messages.error(request, refused.wrong())
    views = stages(request, found, all_=all_, refused=refused)
    answer = page(
        request,
        "today/today.html#arbeit",
        answer=_answer(found),
        # Who is asked something has it before them, also while nothing is recorded yet.
        empty=not known.inputs.inventory.structures.frame.height and not found.chores,
        stages=views,
        told=told_at(request, views, all_=all_),
        organisations=_organisations(known),
        decisions=[one for one in Decision if one is not Decision.TO_SOLVE],
        happened=_happened(request, found.seen),
        seen=found.seen,
        put_off=found.put_off,
        all=all_,
    )
    if refused is not None:
        answer.status_code = 422
    return answer


def _answer(found: Worklist) -> str:
    if not found.chores:
        return f"{day(found.on)}. Nichts wartet auf Sie."
    many = len(found.chores)
    points = "Ein Punkt wartet" if many == 1 else f"{spelled(many).capitalize()} Punkte warten"
    sitting = takewhile(
        lambda total: total <= SITTING, accumulate(one.minutes for one in found.chores)
    )
    first = sum(1 for _ in sitting)
    if first == many:
        return f"{day(found.on)}. {points}, zusammen etwa {found.minutes} Minuten."
    return (
        f"{day(found.on)}. {points}, das Dringendste oben. "
        f"Die ersten {spelled(first)} dauern etwa {SITTING} Minuten."
    )


def _organisations(known: Current) -> dict[str, str]:
    """Name the organisations as they are offered: each differently, by its key if need be."""
    names = {key: known.name(key) for key in known.inputs.actors.frame["organisation"].to_list()}
    often = Counter(names.values())
    return {key: name if often[name] == 1 else f"{name} ({key})" for key, name in names.items()}


def _happened(request: StaffRequest, seen: Seen | None) -> News:
    """Tell what others changed since the person noted that it was seen, the latest first.

    Who sees no entries is told nothing; accounts, roles and invitations are for those who see them.
    """
    if not allowed_in(request.user, May.VIEW, request.tenant):
        return News([], 0, None)
    people = allowed_in(request.user, May.VIEW_PEOPLE, request.tenant)
    since = seen.at if seen else timezone.now() - timedelta(days=DAYS_BACK)
    found = events_since(
        request.tenant.pk,
        since,
        not_by=request.user,
        without=OF_ITSELF,
        # Talks are coded by the hundred, and not everybody may know of them.
        without_apps=("talks",) if people else ("talks", "access"),
        most=CHANGES,
    )
    return news(found, cut=len(found) == CHANGES, most=None if _all(request) else SHOWN)


def _key(form: RowForm) -> str:
    """Key of the record that the row is about."""
    return str(form.cleaned_data["row"]).split(":", 2)[-1]


class NoMomentError(UserError):
    """It was not said until when changes were seen."""


class NotWaitingError(UserError):
    """A row was done or went away since the page was shown."""


def act_on(
    request: StaffRequest, form: RowForm, act: Callable[[str], str], *, recorded: bool = True
) -> HttpResponse:
    """Do something to a row; `act` gets the undertaking's number and gives the message.

    What is refused stands in the row. What is not `recorded` cannot be taken back.
    """
    if not form.is_valid():
        return _shown(request, form)
    batch = new_batch()
    try:
        message = act(batch)
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return _shown(request, form)
    return _done(request, message, undo=batch if recorded else "")


def _done(request: StaffRequest, message: str, *, undo: str = "") -> HttpResponse:
    tell(request, message, undo=undo)
    if request.htmx:
        return _shown(request)
    given = {"alle": "ja"} if _all(request) else {}
    row = request.POST.get("naechste", "")
    if row:
        given[DONE] = row
    asked = f"?{urlencode(given)}" if given else ""
    return HttpResponseRedirect(address(request, "today") + asked + (f"#{TOLD}" if row else ""))


def _all(request: StaffRequest) -> bool:
    """Say whether all rows are unfolded; what is done to one of them keeps them so."""
    return "ja" in (request.GET.get("alle"), request.POST.get("alle"))


@staff
@require_POST
def confirm(request: StaffRequest) -> HttpResponse:
    """Note that the entries of an organisation are still true."""
    form = RowForm(request.POST)

    def act(batch: str) -> str:
        known = current(request.user, request.tenant)
        found = worklist(request.user, request.tenant, known, on=the_day())
        row = next((one for one in found.chores if one.row == form.cleaned_data["row"]), None)
        if row is None:
            raise NotWaitingError("Diese Einträge warten nicht mehr auf eine Bestätigung.")
        keys = dict(row.told)["keys"].split(";")
        with transaction.atomic():
            for key in keys:
                structure = get_structure(request.user, request.tenant, key)
                confirm_structure(
                    actor=request.user, structure=structure, on=the_day(), batch=batch
                )
        many = "Ein Eintrag ist" if len(keys) == 1 else f"{len(keys)} Einträge sind"
        return f"{many} bestätigt."

    return act_on(request, form, act)


@staff
@require_POST
def extend(request: StaffRequest) -> HttpResponse:
    """Move the end of a funding."""
    form = ExtendRowForm(request.POST)

    def act(batch: str) -> str:
        funding = get_funding(request.user, request.tenant, _key(form))
        extend_funding(actor=request.user, funding=funding, ends=form.ends(), batch=batch)
        return f"Verlängert bis {day(last_day(form.ends()))}: {funding}."

    return act_on(request, form, act)


@staff
@require_POST
def judge(request: StaffRequest) -> HttpResponse:
    """Take the verdict on a finding."""
    form = JudgeForm(request.POST)

    def act(batch: str) -> str:
        finding = findings.get_finding(request.user, request.tenant, int(_key(form)))
        given = {name: form.cleaned_data[name] for name in ("decision", "reason", "by_function")}
        judge_finding(actor=request.user, finding=finding, on=the_day(), batch=batch, **given)
        return f"Bewertet als „{given['decision'].label}“."

    return act_on(request, form, act)


@staff
@require_POST
def lead(request: StaffRequest) -> HttpResponse:
    """Give a measure its lead."""
    form = LeadForm(
        request.POST, organisations=_organisations(current(request.user, request.tenant))
    )

    def act(batch: str) -> str:
        sheet = sheet_of("measure")
        measure = save_record(
            actor=request.user,
            tenant=request.tenant,
            sheet=sheet,
            values={"lead": form.cleaned_data["lead"]},
            of=get_record(request.user, request.tenant, sheet, _key(form)),
            batch=batch,
        )
        return f"Federführung eingetragen: {measure}."

    return act_on(request, form, act)


@staff
@require_POST
def accept(request: StaffRequest) -> HttpResponse:
    """Write what an organisation proposes into its entry."""
    form = RowForm(request.POST)

    def act(batch: str) -> str:
        proposal = proposals.get_proposal(request.user, request.tenant, _key(form))
        proposals.accept(actor=request.user, proposal=proposal, on=the_day(), batch=batch)
        return f"Übernommen: {proposal}."

    return act_on(request, form, act)


@staff
@require_POST
def refuse(request: StaffRequest) -> HttpResponse:
    """Leave the entry as it is, whatever was proposed."""
    form = RowForm(request.POST)

    def act(batch: str) -> str:
        proposal = proposals.get_proposal(request.user, request.tenant, _key(form))
        proposals.refuse(actor=request.user, proposal=proposal, on=the_day(), batch=batch)
        return f"Abgelehnt: {proposal} bleibt, wie es ist."

    return act_on(request, form, act)


@staff
@require_POST
def later(request: StaffRequest) -> HttpResponse:
    """Put a row off."""
    form = LaterForm(request.POST)

    def act(_: str) -> str:
        row = form.cleaned_data["row"]
        postpone(request.user, request.tenant, row, until=form.day(), on=the_day())
        return f"Zurückgestellt bis {day(form.day())}."

    return act_on(request, form, act, recorded=False)


@staff
@require_POST
def again(request: StaffRequest) -> HttpResponse:
    """Show a row again that was put off."""
    take_up(request.user, request.tenant, request.POST.get("row", ""))
    return _done(request, "Der Punkt steht wieder auf der Liste.")


@staff
@require_POST
def saw(request: StaffRequest) -> HttpResponse:
    """Note that the person has seen what others changed, as far as it stood on the page."""
    try:
        until = parse_datetime(request.POST.get("bis", ""))
    except ValueError:
        until = None
    if until is None or timezone.is_naive(until):
        raise NoMomentError("Bis wann das gesehen ist, fehlt. Bitte die Seite neu laden.")
    note_visit(request.user, request.tenant, at=min(until, timezone.now()), on=the_day())
    return _done(request, "Gesehen. Ab jetzt steht hier, was danach geschieht.")
