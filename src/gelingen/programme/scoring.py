"""Groups say what candidates are worth to them: saved as they go, sent once, open to change."""

from collections.abc import Collection, Mapping
from datetime import date

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require, within
from gelingen.access.record import UnknownRecordError
from gelingen.errors import UserError
from gelingen.history.recording import change
from gelingen.programme.models import Ballot, Selection
from gelingen.programme.queries import scoring_open
from gelingen.terms.programme import Basis
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean_lines

Points = Mapping[str, Mapping[str, int | None]]


class ScoringError(UserError):
    """It cannot be scored, or not now."""


def get_ballot(actor: Actor, tenant: Tenant, selection: Selection, body: str) -> Ballot:
    """Find the ballot of a group for which the actor may score; raises UnknownRecordError."""
    ballots = Ballot.objects.filter(tenant=tenant, selection=selection, body__key=body)
    mine = within(actor, May.CHOOSE, ballots).select_related("body", "selection")
    found: Ballot | None = mine.first()
    if found is None:
        raise UnknownRecordError("Diese Bewertung gibt es nicht.")
    return found


def save_scores(  # noqa: PLR0913 - what a ballot consists of
    *,
    actor: Actor,
    ballot: Ballot,
    points: Points,
    comments: Mapping[str, str],
    ranking: Mapping[str, int | None] | None = None,
    on: date,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Keep what a group says so far; what is not named stays as it was.

    Args:
        actor: who scores for the group.
        ballot: its ballot.
        points: by key of the candidate and of the criterion; None: the group abstains.
        comments: by key of the candidate.
        ranking: the place by key of the candidate, from 1; None: it is put on none.
        on: the day.
        version: the ballot that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not score for this group.
        ScoringError: it is not the time, or points are out of range.
        LostUpdateError: somebody else of the group changed it since.

    """
    require(actor, May.CHOOSE, ballot)
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
    with change(by=actor, verb=Verb.CHANGED, of=ballot, batch=batch):
        ballot.scores = {key: given for key, given in scores.items() if given}
        said = {**ballot.comments, **{key: clean_lines(text) for key, text in comments.items()}}
        ballot.comments = {key: text for key, text in said.items() if text and key in known}
        ballot.ranking = places


def _placed(
    ballot: Ballot, given: Mapping[str, int | None], known: Collection[str]
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


def send_ballot(*, actor: Actor, ballot: Ballot, on: date, batch: str = "") -> None:
    """Give the ballot; it can be taken back while the scoring is open.

    Raises:
        PermissionDenied: the actor may not score for this group.
        ScoringError: it is not the time, or nothing is scored.

    """
    require(actor, May.CHOOSE, ballot)
    _require_open(ballot, on)
    said = ballot.scores if ballot.selection.basis == Basis.POINTS else ballot.ranking
    if not said:
        raise ScoringError("Es ist noch nichts bewertet.")
    with change(by=actor, verb=Verb.CHANGED, of=ballot, batch=batch):
        ballot.sent, ballot.sent_by = on, str(actor)


def take_ballot_back(*, actor: Actor, ballot: Ballot, on: date, batch: str = "") -> None:
    """Open a ballot that was given, to change it; raises as `send_ballot`."""
    require(actor, May.CHOOSE, ballot)
    _require_open(ballot, on, sent=True)
    with change(by=actor, verb=Verb.CHANGED, of=ballot, batch=batch):
        ballot.sent, ballot.sent_by = None, ""


def _require_open(ballot: Ballot, on: date, *, sent: bool = False) -> None:
    if not scoring_open(ballot.selection, on=on):
        raise ScoringError("Die Bewertung ist nicht offen.")
    if ballot.sent is not None and not sent:
        raise ScoringError(
            "Die Bewertung ist abgegeben. Wer noch etwas ändern will, nimmt sie zuerst zurück."
        )
