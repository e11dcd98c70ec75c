"""The ballot of a group or of a member: saved as it is filled in, sent, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from gelingen.access.record import Record, UnknownRecordError
from gelingen.boards.seen import earlier
from gelingen.config.day import today
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.programme.behind import Behind, needs_behind
from gelingen.programme.members import by_members, own_ballot
from gelingen.programme.queries import Whole, get_selection, scoring_open, whole
from gelingen.programme.scoring import (
    ScoringError,
    get_ballot,
    save_scores,
    send_ballot,
    take_ballot_back,
)
from gelingen.terms.spelling import day, last_day
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.programme.ballot_form import (
    PLACE,
    BallotForm,
    ballot_values,
    orders,
)
from gelingen.web.programme.forms import BothVersions, Texts
from gelingen.wording.selection import NO_NEED, say_need

if TYPE_CHECKING:
    from gelingen.programme.models import Ballot, Candidate, MemberBallot

OneBallot: TypeAlias = "Ballot | MemberBallot"
_MOST_NEEDS = 5
UNDERTAKING = "vorgang"
SEND, BACK = "abgeben", "zuruecknehmen"


@staff
def ballot(request: StaffRequest, record: str, body: str) -> HttpResponse:
    """Show what a group says, or the person as its member; who scores fills it in and sends it."""
    if request.method == "POST":
        return _sent(request, record, body)
    selection = get_selection(request.user, request.tenant, record)
    seen = whole(request.user, selection)
    found: OneBallot | None
    if by_members(selection):
        found = own_ballot(request.user, selection, body)
    else:
        found = next((one for one in seen.ballots if one.body.key == body), None)
    if found is None:
        raise UnknownRecordError("Diese Bewertung gibt es nicht, oder sie ist nicht zu sehen.")
    return _ballot(request, found, seen)


def _ballot(
    request: StaffRequest,
    found: OneBallot,
    seen: Whole,
    *,
    form: BallotForm | None = None,
    wrong: str = "",
) -> HttpResponse:
    selection = seen.selection
    may = found.body_id in seen.scores and scoring_open(selection, on=today())
    writes = may and found.sent is None
    if writes and form is None:
        start = {name: one[0] for name, one in ballot_values(found, seen).items() if one}
        form = BallotForm(initial={**start, "stand": found.version}, seen=seen)
    behind = _behind(request, seen)
    answer = page(
        request,
        "programme/ballot.html",
        selection=selection,
        ballot=found,
        title=f"Bewertung: {found.body}",
        answer=_ballot_answer(found, seen, writes=writes),
        alone=by_members(selection),
        heads=_heads(seen),
        columns=len(_heads(seen)) + 1,
        orders=orders(seen),
        scoring=form if writes else None,
        rows=[
            (*row, behind[row[0].key])
            for row in (form.rows() if writes and form else _read(found, seen))
        ],
        mark=_sealed(request, found),
        may_take_back=may and found.sent is not None,
        wrong=wrong,
    )
    if wrong:
        answer.status_code = 422
    return answer


def _behind(request: StaffRequest, seen: Whole) -> dict[str, str]:
    """Say by candidate which needs stand behind it: what is asked, how severe and by how many.

    Without links: they would stand between two fields for everybody who fills in by keyboard.
    """
    return {
        key: _say_needs(found)
        for key, found in needs_behind(request.user, request.tenant, seen, on=today()).items()
    }


def _say_needs(found: Sequence[Behind]) -> str:
    if not found:
        return NO_NEED
    said = [
        f"{one.statement} ({say_need(one.severities, one.judged, one.voices)})"
        for one in found[:_MOST_NEEDS]
    ]
    if more := len(found) - len(said):
        said.append(f"und {more} weitere" if more > 1 else "und ein weiterer")
    return f"{'Bedarf' if len(found) == 1 else 'Bedarfe'}: {'; '.join(said)}"


def _ballot_answer(found: OneBallot, seen: Whole, *, writes: bool) -> str:
    keys = {one.key for one in seen.candidates}
    said = found.ranking if orders(seen) else found.scores
    number = sum(bool(given) for key, given in said.items() if key in keys)
    if found.sent is not None:
        return f"Abgegeben am {day(found.sent)}: {number} von {len(keys)} Maßnahmen bewertet."
    ends = seen.selection.ends
    until = f" Bis {day(last_day(ends))} ändern und abgeben." if writes and ends else ""
    return f"{number} von {len(keys)} Maßnahmen bewertet.{until}"


def _heads(seen: Whole) -> list[tuple[str, str]]:
    """Give for each column of fields its head, and what may be typed."""
    if orders(seen):
        return [(PLACE, f"1 bis {len(seen.candidates)}")]
    return [(one.name, f"0 bis {one.top}, Gewicht {one.weight}") for one in seen.criteria]


def _read(found: OneBallot, seen: Whole) -> list[tuple["Candidate", list[tuple[str, str]], str]]:
    return [
        (
            one,
            [(PLACE, str(found.ranking.get(one.key, "–")))]
            if orders(seen)
            else [
                (c.name, str(found.scores.get(one.key, {}).get(c.key, "–"))) for c in seen.criteria
            ],
            found.comments.get(one.key, ""),
        )
        for one in seen.candidates
    ]


# What was sent


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person sent, beside what is stored.

    Attributes:
        form: with what was sent.
        stored: what is stored, by field.
        base: what the person saw when the page was shown; `stored` where that was not kept.
        given: what was sent, by field.

    """

    form: BallotForm
    stored: Texts
    base: Texts
    given: Mapping[str, str]

    @property
    def mine(self) -> set[str]:
        """Fields that the person changed."""
        return {name for name, text in self.given.items() if text != _one(self.base, name)}

    @property
    def new(self) -> set[str]:
        """Fields that the person changed and that are not stored so yet."""
        return {name for name in self.mine if self.given[name] != _one(self.stored, name)}

    @property
    def clashes(self) -> list[str]:
        """Fields that another of the group changed too, to something else."""
        return sorted(name for name in self.new if _one(self.base, name) != _one(self.stored, name))


def _one(texts: Mapping[str, list[str]], name: str) -> str:
    return "".join(texts.get(name, ()))


def _sent(request: StaffRequest, record: str, body: str, *, again: bool = True) -> HttpResponse:
    selection = get_selection(request.user, request.tenant, record)
    # Only who scores for the group finds its ballot this way.
    found = get_ballot(request.user, request.tenant, selection, body)
    seen = whole(request.user, selection)
    here = address(request, "ballot", record=record, body=body)
    if request.POST.get("tun") == BACK:
        return _taken_back(request, found, seen, here)
    edited, sent = _compared(request, found, seen)
    if sent.clashes and not request.htmx:
        return edited.versions(sent.form, thing=f"{selection}: {found}", back=here)
    batch, wrong = _undertaking(request, found), ""
    sends = request.POST.get("tun") == SEND and not request.htmx
    try:
        _keep(request, found, sent, batch)
        if sends:
            send_ballot(actor=request.user, ballot=found, on=today(), batch=batch)
    except LostUpdateError as error:
        # Somebody stored in this very moment, perhaps this page itself.
        if again:
            return _sent(request, record, body, again=False)
        wrong = sentence_of(error)
    except REFUSALS as error:
        wrong = sentence_of(error)
    if request.htmx:
        return _told(request, found, seen, sent, wrong=wrong)
    if wrong:
        return _ballot(request, found, seen, form=sent.form, wrong=wrong)
    undo = batch if isinstance(found, Record) else ""
    tell(request, "Abgegeben. Danke." if sends else "Gespeichert.", undo=undo)
    return HttpResponseRedirect(here)


def _compared(request: StaffRequest, found: OneBallot, seen: Whole) -> tuple[BothVersions, Sent]:
    """Put what was sent beside what is stored and what the person saw."""
    stored = ballot_values(found, seen)

    def at(stand: str) -> Texts | None:
        before = earlier(found, stand) if isinstance(found, Record) else None
        return ballot_values(before, seen) if before else None

    edited = BothVersions(request, stored, stand=str(found.version), at=at)
    data = edited.data or request.POST
    return edited, Sent(
        BallotForm(data, seen=seen),
        stored,
        at(data.get("stand", "")) or stored,
        {name: data.get(name, "").strip() for name in stored if name in data},
    )


def _keep(request: StaffRequest, found: OneBallot, sent: Sent, batch: str) -> None:
    """Store what the person changed, beside what another of the group changed meanwhile.

    Raises:
        ScoringError: something cannot be read, or both changed the same; the sentence says what.
        LostUpdateError: somebody else stored in this very moment.

    """
    if not sent.form.is_valid():
        raise ScoringError(_wrong(sent.form))
    if sent.clashes:
        raise ScoringError(_say_clash(sent))
    if sent.new:
        save_scores(
            actor=request.user,
            ballot=found,
            points=sent.form.points(sent.new),
            comments=sent.form.comments(sent.new),
            ranking=sent.form.places(sent.new),
            on=today(),
            version=_version(found, sent),
            batch=batch,
        )


def _version(found: OneBallot, sent: Sent) -> int | None:
    """Give the version that a member saw; for a group texts are compared one by one."""
    stand = sent.form.data.get("stand", "")
    alone = not isinstance(found, Record) and stand.isdecimal()
    return int(stand) if alone else None


def _taken_back(request: StaffRequest, found: OneBallot, seen: Whole, here: str) -> HttpResponse:
    batch = new_batch()
    try:
        take_ballot_back(actor=request.user, ballot=found, on=today(), batch=batch)
    except REFUSALS as error:
        return _ballot(request, found, seen, wrong=sentence_of(error))
    undo = batch if isinstance(found, Record) else ""
    tell(request, "Zurückgenommen. Die Bewertung lässt sich wieder ändern.", undo=undo)
    return HttpResponseRedirect(here)


def _told(
    request: StaffRequest, found: OneBallot, seen: Whole, sent: Sent, *, wrong: str
) -> HttpResponse:
    """Say below the form what became of it; what another of the group changed is shown at once."""
    now = ballot_values(found, seen)
    shown = BallotForm(initial={name: _one(now, name) for name in now}, seen=seen)
    theirs = sorted(name for name, text in sent.given.items() if text != _one(now, name))
    return page(
        request,
        "programme/ballot_saved.html",
        ballot=found,
        wrong=wrong,
        answer=_ballot_answer(found, seen, writes=True),
        fields=[shown[name].as_widget(attrs={"data-hx-swap-oob": "true"}) for name in theirs],
        at=timezone.localtime(),
    )


def _say_clash(sent: Sent) -> str:
    first = sent.clashes[0]
    there = _one(sent.stored, first) or "nichts"
    return (
        f"{sent.form[first].label}: Jemand anderes aus der Gruppe hat hier gerade „{there}“ "
        "eingetragen. „Speichern“ zeigt beide Fassungen."
    )


def _wrong(form: BallotForm) -> str:
    return " ".join(f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items())


# All that one person fills in on one page is one undertaking.


def _salt(request: StaffRequest, found: OneBallot) -> str:
    return f"ballot {request.user.pk} {found.pk}"


def _sealed(request: StaffRequest, found: OneBallot) -> str:
    return signing.dumps(new_batch(), salt=_salt(request, found))


def _undertaking(request: StaffRequest, found: OneBallot) -> str:
    try:
        return str(signing.loads(request.POST.get(UNDERTAKING, ""), salt=_salt(request, found)))
    except signing.BadSignature:
        return new_batch()
