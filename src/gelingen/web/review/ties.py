"""Review of told ties: each name is settled once, for all who used it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.html import format_html_join

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.register.queries import organisations
from gelingen.review import ties as known
from gelingen.review.names import Likely
from gelingen.review.ties import NEW, Told
from gelingen.terms.vocabulary import CooperationKind
from gelingen.web.lists import PAGE_SIZE, chosen_page
from gelingen.web.needs.tabs import tabs
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.review.parts import parts
from gelingen.wording.matching import say_evidence

LEAVE, OTHER = "spaeter", "andere"


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
        other: key and name of the organisation that was chosen from all, before a refusal.
        means: the organisation that is meant, where it is settled and written otherwise.
        also: other spellings of the same, as one line.

    """

    ident: str
    written: str
    told: Sequence[tuple[str, str, str]]
    choices: Sequence[Choice]
    other: tuple[str, str]
    means: str
    also: str


@staff
def review(request: StaffRequest) -> HttpResponse:
    """Show what organisations told of their cooperation; take what is ticked."""
    require(request.user, May.ASK, request.tenant)
    wrong = ""
    if request.method == "POST":
        batch = new_batch()
        try:
            message = _decided(request, batch)
        except REFUSALS as error:
            wrong = sentence_of(error)
        else:
            tell(request, message, undo=batch)
            return HttpResponseRedirect(address(request, "review-ties"))
    waiting = known.waiting(request.user, request.tenant, on=today())
    # Everybody who told the same name, in the order of `review.ties.waiting`.
    names = [list(told) for _, told in groupby(waiting, key=lambda one: (one.settled, one.written))]
    leaf = chosen_page(request, names, size=PAGE_SIZE)
    unclear = any(not told[0].settled for told in leaf.object_list)
    everyone = _everyone(request) if unclear else {}
    rows = [_name(request, told, everyone) for told in leaf.object_list]
    answer = page(
        request,
        "review/ties.html",
        answer=_answer(waiting),
        leaf=leaf,
        unclear=[one for one in rows if one.choices],
        settled=[one for one in rows if not one.choices],
        other=OTHER,
        # Spelled once for all names of the page: there may be fifty, and hundreds to choose from.
        everyone=format_html_join("", '<option value="{}">{}</option>', everyone.items()),
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


def _everyone(request: StaffRequest) -> dict[str, str]:
    """All organisations that a name may mean, names by key, by name. One query."""
    rows = organisations(request.user, request.tenant).values_list("key", "name")
    return dict(sorted(rows, key=lambda row: (row[1].casefold(), row[0])))


def _name(request: StaffRequest, told: Sequence[Told], everyone: Mapping[str, str]) -> Name:
    first = told[0]
    kinds = dict(CooperationKind.choices())
    ident = _ident(first.written)
    other = request.POST.get(_other(ident), "")
    return Name(
        ident=ident,
        written=first.written,
        told=[(one.subject, one.said.name, kinds.get(one.kind, "")) for one in told],
        choices=() if first.settled else _choices(request, ident, first),
        other=(other, everyone[other]) if other in everyone else ("", ""),
        means=_means(first),
        also=", ".join(first.meaning.also) if first.meaning else "",
    )


def _ident(written: str) -> str:
    """Name a name in the form, so that it is known again whatever else waits by then."""
    return f"name-{sha256(written.encode()).hexdigest()[:16]}"


def _other(ident: str) -> str:
    """Name the list of all organisations that stands at a name."""
    return f"{ident}-{OTHER}"


def _means(one: Told) -> str:
    sure = one.meaning.sure if one.meaning else None
    return sure.name if sure and sure.name != one.written else ""


def _choices(request: StaffRequest, ident: str, one: Told) -> list[Choice]:
    likely = one.meaning.likely if one.meaning else ()
    first = next((two.key for two in likely[:1] if _points_there(two)), LEAVE)
    ticked = request.POST.get(ident, first)
    found = [(two.key, two.name, say_evidence(two.evidence)) for two in likely]
    found += [
        (OTHER, "eine andere Organisation:", ""),
        (NEW, "neu anlegen", ""),
        (LEAVE, "später entscheiden", ""),
    ]
    return [Choice(value, label, why, value == ticked) for value, label, why in found]


def _points_there(one: Likely) -> bool:
    """Whether a suggestion is ticked at first: likely, and no other known one fits as well."""
    return one.probability > 0.5 and "several_known" not in one.evidence  # noqa: PLR2004 - even odds


def _decided(request: StaffRequest, batch: str) -> str:
    """Enter or set aside what was ticked; a name left for later stays, and so does a new one."""
    ticked = request.POST.getlist("verbindung")
    if request.POST.get("tun") == "ablehnen":
        number = known.decline(
            actor=request.user,
            tenant=request.tenant,
            subjects=ticked,
            reason=request.POST.get("grund", ""),
            on=today(),
            batch=batch,
        )
        return f"{number} {'Verbindung' if number == 1 else 'Verbindungen'} nicht übernommen."
    means = _said(request, ticked)
    number = known.accept(
        actor=request.user,
        tenant=request.tenant,
        subjects=[one for one in ticked if means.get(one) != LEAVE],
        means=means,
        on=today(),
        batch=batch,
    )
    return f"{number} {'Verbindung' if number == 1 else 'Verbindungen'} übernommen."


def _said(request: StaffRequest, ticked: Sequence[str]) -> dict[str, str]:
    """Read by tie what was said about its name; what was not asked is left, unless it is clear."""
    waiting = known.waiting(request.user, request.tenant, on=today())
    unclear = {one.subject: _ident(one.written) for one in waiting if not one.settled}
    return {one: _meant(request, unclear[one]) for one in ticked if one in unclear}


def _meant(request: StaffRequest, ident: str) -> str:
    """Read what one name means; "" where another organisation is meant and none is chosen."""
    said = request.POST.get(ident, LEAVE)
    return request.POST.get(_other(ident), "") if said == OTHER else said
