"""Review of told ties: each name is settled once, for all who used it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import MEANINGS, May, allowed_in
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.review import ties as known
from gelingen.review.names import Likely
from gelingen.review.ties import NEW, Told
from gelingen.terms.vocabulary import CooperationKind
from gelingen.web.needs.tabs import tabs
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.review.parts import parts
from gelingen.wording.matching import say_evidence

LEAVE = "spaeter"


@dataclass(frozen=True, slots=True)
class Choice:
    """A way to settle a name: value, label, why, and whether it is ticked."""

    value: str
    label: str
    why: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Name:
    """One name that organisations told, with everybody who told it.

    Attributes:
        ident: names it in the form.
        written: the name.
        told: each tie: its subject, name of the teller, kind of cooperation.
        choices: ways to settle it; empty: it is settled.
        means: the organisation that is meant, where it is settled and written otherwise.
        also: other spellings of the same, as one line.

    """

    ident: str
    written: str
    told: Sequence[tuple[str, str, str]]
    choices: Sequence[Choice]
    means: str
    also: str


@staff
def review(request: StaffRequest) -> HttpResponse:
    """Show what organisations told of their cooperation; take what is ticked."""
    if not allowed_in(request.user, May.ASK, request.tenant):
        raise PermissionDenied(MEANINGS[May.ASK])
    waiting = known.waiting(request.user, request.tenant, on=today())
    wrong = ""
    if request.method == "POST":
        batch = new_batch()
        try:
            message = _decided(request, waiting, batch)
        except REFUSALS as error:
            wrong = sentence_of(error)
        else:
            tell(request, message, undo=batch)
            return HttpResponseRedirect(address(request, "review-ties"))
    names = _names(request, waiting)
    answer = page(
        request,
        "review/ties.html",
        answer=_answer(waiting),
        unclear=[one for one in names if one.choices],
        settled=[one for one in names if not one.choices],
        number=len(waiting),
        leave=LEAVE,
        wrong=wrong,
        tabs=tabs(request, "review"),
        parts=parts(request, "review-ties"),
    )
    if wrong:
        answer.status_code = 422
    return answer


def _answer(waiting: Sequence[Told]) -> str:
    if not waiting:
        return "Keine genannte Verbindung wartet auf eine Entscheidung."
    unclear = len({one.written for one in waiting if not one.settled})
    many = "Eine Verbindung wartet" if len(waiting) == 1 else f"{len(waiting)} Verbindungen warten"
    if not unclear:
        return f"{many}. Alle Namen sind bekannt."
    names = "Bei einem Namen ist" if unclear == 1 else f"Bei {unclear} Namen ist"
    return f"{many}. {names} zu sagen, wer gemeint ist."


def _names(request: StaffRequest, waiting: Sequence[Told]) -> list[Name]:
    """Put together who told the same name; the order is that of `review.ties.waiting`."""
    return [
        _name(request, number, list(told))
        for number, (_, told) in enumerate(groupby(waiting, key=lambda one: one.written), start=1)
    ]


def _name(request: StaffRequest, number: int, told: Sequence[Told]) -> Name:
    first = told[0]
    kinds = dict(CooperationKind.choices())
    return Name(
        ident=f"name{number}",
        written=first.written,
        told=[(one.subject, one.said.name, kinds.get(one.kind, "")) for one in told],
        choices=() if first.settled else _choices(request, f"name{number}", first),
        means=_means(first),
        also=", ".join(first.meaning.also) if first.meaning else "",
    )


def _means(one: Told) -> str:
    sure = one.meaning.sure if one.meaning else None
    return sure.name if sure and sure.name != one.written else ""


def _choices(request: StaffRequest, ident: str, one: Told) -> list[Choice]:
    likely = one.meaning.likely if one.meaning else ()
    first = next((two.key for two in likely[:1] if _points_there(two)), LEAVE if likely else NEW)
    ticked = request.POST.get(ident, first)
    found = [(two.key, two.name, say_evidence(two.evidence)) for two in likely]
    found += [(NEW, "neu anlegen", ""), (LEAVE, "später entscheiden", "")]
    return [Choice(value, label, why, value == ticked) for value, label, why in found]


def _points_there(one: Likely) -> bool:
    """Whether a suggestion is ticked at first: likely, and no other known one fits as well."""
    return one.probability > 0.5 and "several_known" not in one.evidence  # noqa: PLR2004 - even odds


def _decided(request: StaffRequest, waiting: Sequence[Told], batch: str) -> str:
    """Enter or set aside what was ticked; a name left for later stays."""
    ticked = set(request.POST.getlist("verbindung"))
    if request.POST.get("tun") == "ablehnen":
        number = known.decline(
            actor=request.user,
            tenant=request.tenant,
            subjects=sorted(ticked),
            reason=request.POST.get("grund", ""),
            on=today(),
            batch=batch,
        )
        return f"{number} {'Verbindung' if number == 1 else 'Verbindungen'} nicht übernommen."
    means = {
        subject: request.POST.get(name.ident, LEAVE)
        for name in _names(request, waiting)
        if name.choices
        for subject, *_ in name.told
    }
    taken = [one for one in sorted(ticked) if means.get(one) != LEAVE]
    number = known.accept(
        actor=request.user,
        tenant=request.tenant,
        subjects=taken,
        means={one: value for one, value in means.items() if value != LEAVE},
        on=today(),
        batch=batch,
    )
    return f"{number} {'Verbindung' if number == 1 else 'Verbindungen'} übernommen."
