"""Groups or members say what candidates are worth: saved as they go, sent once, open to change."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require, within
from gelingen.access.record import UnknownRecordError
from gelingen.errors import UserError
from gelingen.history.recording import LostUpdateError, change
from gelingen.programme.members import by_members, may_score, own_ballot
from gelingen.programme.models import Ballot, MemberBallot, Said, Selection
from gelingen.programme.queries import scoring_open
from gelingen.terms.programme import Basis
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean_lines

Points = Mapping[str, Mapping[str, int | None]]


class ScoringError(UserError):
    """It cannot be scored, or not now."""


def get_ballot(
    actor: Actor, tenant: Tenant, selection: Selection, body: str
) -> Ballot | MemberBallot:
    """Find the ballot that the actor may fill in for a group, or for itself as a member of it.

    One of a member is new and not stored yet if the member begins it.

    Raises:
        UnknownRecordError: there is none.

    """
    found: Ballot | MemberBallot | None
    if by_members(selection):
        found = own_ballot(actor, selection, body)
    else:
        ballots = Ballot.objects.filter(tenant=tenant, selection=selection, body__key=body)
        mine = within(actor, May.CHOOSE, ballots).select_related("body", "selection")
        found = mine.first()
    if found is None:
        raise UnknownRecordError("Diese Bewertung gibt es nicht.")
    return found


def save_scores(  # noqa: PLR0913 - what a ballot consists of
    *,
    actor: Actor,
    ballot: Ballot | MemberBallot,
    points: Points,
    comments: Mapping[str, str],
    ranking: Mapping[str, int | None] | None = None,
    on: date,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Keep what a group or a member says so far; what is not named stays as it was.

    Args:
        actor: who scores for the group, or for itself.
        ballot: the ballot.
        points: by key of the candidate and of the criterion; None: an abstention.
        comments: by key of the candidate.
        ranking: the place by key of the candidate, from 1; None: it is put on none.
        on: the day.
        version: the ballot that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not score for this group.
        ScoringError: it is not the time, or points are out of range.
        LostUpdateError: somebody else of the group changed it since, or another window.

    """
    _require_own(actor, ballot)
    _require_open(ballot, on)
    tops = dict(ballot.selection.criteria.values_list("key", "top"))
    known = set(ballot.selection.candidates.values_list("key", flat=True))
    places = _placed(ballot, ranking or {}, known)
    scores = {key: dict(given) for key, given in ballot.scores.items() if key in known}
    for key, given in points.items():
        if key not in known or set(given) - tops.keys():
            raise ScoringError("Diese Maßnahme oder dieses Kriterium steht nicht mehr zur Wahl.")
        for criterion, value in given.items():
            _put(scores.setdefault(key, {}), criterion, value, tops[criterion])
    ballot.version = ballot.version if version is None else version
    with _written(actor, ballot, on, batch):
        ballot.scores = {key: given for key, given in scores.items() if given}
        said = {**ballot.comments, **{key: clean_lines(text) for key, text in comments.items()}}
        ballot.comments = {key: text for key, text in said.items() if text and key in known}
        ballot.ranking = places


def _require_own(actor: Actor, ballot: Ballot | MemberBallot) -> None:
    if isinstance(ballot, Ballot):
        require(actor, May.CHOOSE, ballot)
    elif not may_score(actor, ballot):
        raise PermissionDenied("Bewerten kann ein Mitglied nur für sich selbst.")


@contextmanager
def _written(actor: Actor, ballot: Ballot | MemberBallot, on: date, batch: str) -> Iterator[None]:
    """Store what changes within, if nobody has stored since; what a member says has no history."""
    with transaction.atomic():
        # Who ends the scoring meanwhile comes before or after, never in between.
        there = Selection.objects.select_for_update().get(pk=ballot.selection_id)
        _require_scoring(there, on)
        if isinstance(ballot, Ballot):
            with change(by=actor, verb=Verb.CHANGED, of=ballot, batch=batch):
                yield
            return
        seen = None if ballot.pk is None else (ballot.pk, ballot.version)
        yield
        ballot.version += 1
        _store(ballot, seen)


def _store(ballot: MemberBallot, seen: tuple[int, int] | None) -> None:
    try:
        with transaction.atomic():
            there = MemberBallot.objects.select_for_update().filter(
                selection=ballot.selection, body=ballot.body, person=ballot.person_id
            )
            if there.values_list("pk", "version").first() != seen:
                raise _elsewhere()
            ballot.save()
    except IntegrityError:
        raise _elsewhere() from None  # both windows began the ballot in the same moment


def _elsewhere() -> LostUpdateError:
    return LostUpdateError(
        "Ihre Bewertung wurde inzwischen in einem anderen Fenster geändert. Bitte die Seite neu "
        "laden."
    )


def _placed(
    ballot: Said, given: Mapping[str, int | None], known: Collection[str]
) -> dict[str, int]:
    if lost := [key for key in given if key not in known]:
        raise ScoringError(f"Diese Maßnahme steht nicht mehr zur Wahl: {lost[0]}.")
    if wrong := [one for one in given.values() if one is not None and not 1 <= one <= len(known)]:
        raise ScoringError(f"Plätze gehen von 1 bis {len(known)}; {wrong[0]} ist keiner.")
    placed = {**ballot.ranking, **given}
    return {key: place for key, place in placed.items() if key in known and place is not None}


def _put(scores: dict[str, int], criterion: str, value: int | None, top: int) -> None:
    if value is None:
        scores.pop(criterion, None)
        return
    if not 0 <= value <= top:
        raise ScoringError(f"Punkte gehen von 0 bis {top}.")
    scores[criterion] = value


def send_ballot(*, actor: Actor, ballot: Ballot | MemberBallot, on: date, batch: str = "") -> None:
    """Give the ballot; it can be taken back while the scoring is open.

    Raises:
        PermissionDenied: the actor may not score for this group.
        ScoringError: it is not the time, or nothing is scored.

    """
    _require_own(actor, ballot)
    _require_open(ballot, on)
    said = ballot.scores if ballot.selection.basis == Basis.POINTS else ballot.ranking
    if not said:
        raise ScoringError("Es ist noch nichts bewertet.")
    with _written(actor, ballot, on, batch):
        ballot.sent = on
        if isinstance(ballot, Ballot):
            ballot.sent_by = str(actor)


def take_ballot_back(
    *, actor: Actor, ballot: Ballot | MemberBallot, on: date, batch: str = ""
) -> None:
    """Open a ballot that was given, to change it; raises as `send_ballot`."""
    _require_own(actor, ballot)
    _require_open(ballot, on, sent=True)
    with _written(actor, ballot, on, batch):
        ballot.sent = None
        if isinstance(ballot, Ballot):
            ballot.sent_by = ""


def _require_open(ballot: Ballot | MemberBallot, on: date, *, sent: bool = False) -> None:
    _require_scoring(ballot.selection, on)
    if ballot.sent is not None and not sent:
        raise ScoringError(
            "Die Bewertung ist abgegeben. Wer noch etwas ändern will, nimmt sie zuerst zurück."
        )


def _require_scoring(selection: Selection, on: date) -> None:
    if not scoring_open(selection, on=on):
        raise ScoringError("Die Bewertung ist nicht offen.")
