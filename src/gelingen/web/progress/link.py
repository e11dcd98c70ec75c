"""The page that a lead's link opens: eight questions, last year's values beside, no account."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gelingen.access.tokens import UnknownLinkError
from gelingen.config.day import today
from gelingen.errors import NotFoundError, UserError
from gelingen.history.recording import LostUpdateError
from gelingen.progress.answering import Asked, asked_by, keep, send, stamp
from gelingen.progress.links import ClosedRoundError, open_link
from gelingen.terms.spelling import day, last_day
from gelingen.web import outside
from gelingen.web.editing.forms import STAND
from gelingen.web.pages import REFUSALS, page, sentence_of
from gelingen.web.progress.forms import QUESTIONS, ReportForm, report_values, said_in
from gelingen.web.progress.ticks import SEEN, STEPS, sent_ticks, shown_ticks

if TYPE_CHECKING:
    from gelingen.progress.models import ProgressReport

P = ParamSpec("P")
_CONFLICT = 409


class LinkRequest(HttpRequest):
    """A request that comes through a link."""

    token: str
    asked: Asked


def by_link(
    view: Callable[Concatenate[LinkRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let whoever has a good link reach a view, and nobody guess."""

    @wraps(view)
    def guarded(request: LinkRequest, token: str, **values: object) -> HttpResponse:
        try:
            request.asked = asked_by(open_link(token, on=today()), on=today())
        except UnknownLinkError:
            return outside.lost(request, _closed)
        except ClosedRoundError as error:
            return outside.private(_closed(request, "over", status=410, round=error.request.round))
        except NotFoundError:
            return outside.private(_closed(request, "gone", status=410))
        request.token = token
        # That the address table fits the view, no type can say.
        return outside.private(view(request, **values))  # type: ignore[arg-type, call-arg]

    # The link itself is the right; there is no session that could be misused, and no cookie.
    return csrf_exempt(guarded)


def _closed(request: HttpRequest, why: str, *, status: int, **more: object) -> HttpResponse:
    return render(request, "progress/closed.html", {"why": why, **more}, status=status)


def _way(request: LinkRequest, name: str) -> str:
    return reverse(name, kwargs={"token": request.token})


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: LinkRequest) -> HttpResponse:
    """Ask the eight questions; keep what was typed, or send it."""
    if request.method != "POST":
        return _shown(request, _begun(request.asked))
    if "zwischen" in request.POST:
        return _kept(request)
    form = ReportForm(request.POST)
    if form.is_valid():
        seen = form.cleaned_data["stand"]
        try:
            send(
                request.asked,
                form.answer(),
                ticks=sent_ticks(request.POST),
                version=int(seen) if seen.isdecimal() else 0,
                on=today(),
                at=timezone.now(),
            )
        except LostUpdateError as error:
            form.add_error(None, str(error))
            return _shown(request, form, now=request.asked.report)
        except REFUSALS as error:
            form.add_error(None, sentence_of(error))
        else:
            return HttpResponseRedirect(_way(request, "report-sent"))
    return _shown(request, form)


def _begun(asked: Asked) -> ReportForm:
    """Begin with the draft, in sight of what it was begun, or with what was sent."""
    texts = asked.request.draft or report_values(asked.report)
    first = {name: given[-1] if given else "" for name, given in texts.items()}
    return ReportForm(initial={**first, STAND: first.get(STAND) or str(asked.version)})


def _shown(
    request: LinkRequest,
    form: ReportForm,
    *,
    now: "ProgressReport | None" = None,
    told: str = "",
) -> HttpResponse:
    asked = request.asked
    sent = request.POST if request.method == "POST" else None
    ticks = shown_ticks(asked.steps, sent, asked.request.draft)
    return page(
        request,
        "progress/link.html",
        form=form,
        rows=_rows(form, asked.before, now),
        asked=asked,
        year=asked.request.round.year,
        steps=[
            (
                one,
                one.key in ticks.now,
                one.key in asked.tickable,
                day(last_day(one.due)) if one.due else "",
            )
            for one in asked.steps
        ],
        last_day=last_day(asked.request.round.closes),
        money_day=day(last_day(asked.money_ends)) if asked.money_ends else "",
        # What is sent again was sent in sight of what stands there now.
        stand=asked.version if now else form[STAND].value(),
        seen=sorted(ticks.seen),
        draft=_draft_stamp(request),
        told=told,
        keep=_way(request, "report-keep"),
    )


def _draft_stamp(request: LinkRequest) -> str:
    sent = request.POST.get("entwurf")
    return stamp(request.asked.request) if sent is None else sent


def _rows(
    form: ReportForm, before: "ProgressReport | None", now: "ProgressReport | None"
) -> list[tuple[BoundField, str, str]]:
    """Give each question with what was said last year, and what somebody else has just sent."""
    earlier: Mapping[str, str] = said_in(before) if before else {}
    other: Mapping[str, str] = said_in(now) if now else {}
    return [(form[name], earlier.get(name, ""), other.get(name, "")) for name in QUESTIONS]


def _kept(request: LinkRequest) -> HttpResponse:
    """Keep what was typed, and show the page again."""
    form = ReportForm(initial={name: request.POST.get(name, "") for name in (*QUESTIONS, STAND)})
    try:
        _keep(request)
    except UserError as error:
        return _shown(request, form, told=str(error))
    return HttpResponseRedirect(f"{_way(request, 'report-link')}?gespeichert=ja#gespeichert")


def _keep(request: LinkRequest) -> str:
    texts = {name: request.POST.getlist(name) for name in (*QUESTIONS, STAND, STEPS, SEEN)}
    return keep(
        request.asked.request, texts, seen=request.POST.get("entwurf", ""), at=timezone.now()
    )


@by_link
@require_POST
def keep_draft(request: LinkRequest) -> HttpResponse:
    """Keep what was typed while somebody types; for the script of the page."""
    try:
        kept = _keep(request)
    except UserError as error:
        return JsonResponse({"gesagt": str(error)}, status=_CONFLICT)
    said = f"Zwischengespeichert um {timezone.localtime():%H:%M} Uhr, noch nicht abgesendet."
    return JsonResponse({"entwurf": kept, "gesagt": said})


@by_link
@require_safe
def sent(request: LinkRequest) -> HttpResponse:
    """Thank, say what happens now, and lead on to the other measures of the same office."""
    asked = request.asked
    said = said_in(asked.report) if asked.report else {}
    labels: Any = ReportForm.base_fields
    return page(
        request,
        "progress/sent.html",
        asked=asked,
        year=asked.request.round.year,
        facts=[(labels[name].label, said[name]) for name in QUESTIONS if said.get(name)],
        last_day=last_day(asked.request.round.closes),
        back=_way(request, "report-link"),
    )
