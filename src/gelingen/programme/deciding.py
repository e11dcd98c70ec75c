"""The body decides, also against the lists, and the year's programme is held fast."""

from collections.abc import Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import NotRequired, TypedDict, cast

from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.analysis.selection.plain import unmet
from gelingen.history.many import new_batch
from gelingen.history.recording import change
from gelingen.programme.behind import needs_behind
from gelingen.programme.models import Candidate, Selection
from gelingen.programme.preparing import PreparingError, refuse_decided
from gelingen.programme.queries import Whole, whole
from gelingen.programme.reckoning import Lists, reckon
from gelingen.terms.programme import SelectionState
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean_lines


class FrozenNeed(TypedDict):
    """A need behind a candidate as it was; the fields are those of `behind.Behind`."""

    key: str
    statement: str
    severities: list[int]
    judged: list[str]
    voices: int


class FrozenLine(TypedDict):
    """One candidate as it was when the body decided.

    Points are text such as "1737/20", "" where nobody scored it; `by` and `comments` are by key of
    the group, `lists` names those of `LISTS` that it stands on, `duty` says why it is fixed, "" if
    it is not. `needs`, the most severe first, is missing in what was decided before they were kept.
    """

    key: str
    measure: str
    title: str
    amounts: dict[str, str]
    duty: str
    points: str
    by: dict[str, str]
    comments: dict[str, str]
    chosen: bool
    reason: str
    lists: list[str]
    needs: NotRequired[list[FrozenNeed]]


class FrozenLimit(TypedDict):
    """One limit as it was; the amount as text."""

    key: str
    name: str
    resource: str
    amount: str


class FrozenCriterion(TypedDict):
    """One criterion as it was."""

    key: str
    name: str
    meaning: str
    weight: int
    top: int


class Frozen(TypedDict):
    """A programme, whole in itself: nothing that is changed afterwards changes it.

    `groups` are the names of those that gave a ballot, by key; `asked` counts all that could;
    `unmet` names the topics of which too little was chosen, `few` the keys of groups of which too
    few members scored for them to be shown by themselves.
    """

    limits: list[FrozenLimit]
    criteria: list[FrozenCriterion]
    groups: dict[str, str]
    ballots: list[str]
    asked: int
    unmet: list[str]
    lines: list[FrozenLine]
    few: NotRequired[list[str]]


LISTS = ("most", "fair", "order")


def choose(  # noqa: PLR0913 - what is noted about each candidate
    *,
    actor: Actor,
    selection: Selection,
    chosen: Mapping[str, bool],
    reasons: Mapping[str, str],
    versions: Mapping[str, int] | None = None,
    batch: str = "",
) -> int:
    """Note what the body chooses, before it is decided; gives how many candidates changed.

    Args:
        actor: who notes it.
        selection: while it is weighed.
        chosen: by key of the candidate.
        reasons: by key of the candidate.
        versions: the candidates that the person saw, by key.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not lead this selection.
        PreparingError: it is not the time.
        LostUpdateError: somebody else chose meanwhile.

    """
    require(actor, May.CHOOSE, selection)
    refuse_decided(selection)
    batch = batch or new_batch()
    number = 0
    with transaction.atomic():
        for one in selection.candidates.filter(key__in=chosen):
            reason = clean_lines(reasons.get(one.key, one.reason))
            if (one.chosen, one.reason) != (chosen[one.key], reason):
                one.version = (versions or {}).get(one.key, one.version)
                with change(by=actor, verb=Verb.CHANGED, of=one, batch=batch):
                    one.chosen, one.reason = chosen[one.key], reason
                number += 1
    return number


def decide(*, actor: Actor, selection: Selection, on: date, batch: str = "") -> None:
    """Hold the programme of the year fast, as it was chosen.

    Whatever differs from every list needs a reason.

    Raises:
        PermissionDenied: the actor may not lead this selection.
        PreparingError: the scoring is not over, nothing is chosen yet, or a reason is missing.

    """
    require(actor, May.CHOOSE, selection)
    if selection.state != SelectionState.WEIGHING:
        raise PreparingError("Entschieden wird, wenn die Bewertung abgeschlossen ist.")
    seen = whole(actor, selection)
    lists = reckon(seen)
    if not any(one.chosen for one in seen.candidates):
        raise PreparingError("Es ist noch keine Maßnahme ausgewählt.")
    if lacking := [one for one in seen.candidates if against(lists, one) and not one.reason]:
        named = ", ".join(f"„{one}“" for one in lacking[:3])
        raise PreparingError(
            f"Hier weicht die Entscheidung von allen drei Listen ab; bitte begründen: {named}."
        )
    with change(by=actor, verb=Verb.ENDED, of=selection, batch=batch):
        selection.state, selection.decided = SelectionState.DECIDED, on
        selection.frozen = _with_needs(written(seen, lists), actor, seen, on)


def against(lists: Lists, one: Candidate) -> bool:
    """Whether what was chosen about a candidate differs from what every list says."""
    return all((one.key in keys) != bool(one.chosen) for keys in _keys(lists).values())


def _keys(lists: Lists) -> dict[str, tuple[str, ...]]:
    chosen = (lists.most.chosen, lists.fair.selection.chosen, lists.order.selection.chosen)
    return dict(zip(LISTS, chosen, strict=True))


def written(seen: Whole, lists: Lists) -> Frozen:
    """Write down a programme as it is chosen now, without the needs behind it."""
    keys = _keys(lists)
    topics = {one.topic.key: str(one.topic) for one in seen.minima}
    chosen = [one.key for one in seen.candidates if one.chosen]
    shown = {one.body.key for one in seen.shown}
    return {
        "limits": [
            {
                "key": one.key,
                "name": str(one),
                "resource": one.resource,
                "amount": f"{one.amount:.2f}",
            }
            for one in seen.limits
        ],
        "criteria": [
            {
                "key": one.key,
                "name": one.name,
                "meaning": one.meaning,
                "weight": one.weight,
                "top": one.top,
            }
            for one in seen.criteria
        ],
        "groups": {one.body.key: str(one.body) for one in seen.counting},
        # Of what single members said nothing is named.
        "ballots": [one.key for one in seen.counting if one.pk],
        "asked": len(seen.groups),
        "unmet": [topics[key] for key in unmet(lists.pool, chosen)],
        "lines": [_line(one, lists, keys, shown) for one in seen.candidates],
        "few": [one.body.key for one in seen.counting if one.body.key not in shown],
    }


def _line(
    one: Candidate, lists: Lists, keys: Mapping[str, tuple[str, ...]], shown: Collection[str]
) -> FrozenLine:
    scored = lists.scored[one.key]
    return {
        "key": one.key,
        "measure": one.measure.key,
        "title": one.measure.title,
        "amounts": dict(one.amounts),
        "duty": one.duty_reason if one.duty else "",
        "points": "" if scored.points is None else str(scored.points),
        "by": {name: str(points) for name, points in scored.by.items() if name in shown},
        "comments": {name: said for name, said in scored.comments.items() if name in shown},
        "chosen": bool(one.chosen),
        "reason": one.reason,
        "lists": [name for name, chosen in keys.items() if one.key in chosen],
    }


def _with_needs(kept: Frozen, actor: Actor, seen: Whole, on: date) -> Frozen:
    """Write beside each candidate the needs that ask for it on a day."""
    behind = needs_behind(actor, seen.selection.tenant, seen, on=on)
    for line in kept["lines"]:
        line["needs"] = [
            {
                "key": one.key,
                "statement": one.statement,
                "severities": list(one.severities or ()),
                "judged": list(one.judged),
                "voices": one.voices,
            }
            for one in behind[line["key"]]
        ]
    return kept


def programme_of(actor: Actor, seen: Whole, *, on: date) -> Frozen:
    """Give the programme with the needs behind it: decided as it was held fast, else as it stands.

    Args:
        actor: who asks; needs that they may not see are left out of what is not decided.
        seen: the selection.
        on: the day.

    """
    if seen.selection.frozen:
        return cast("Frozen", seen.selection.frozen)
    return _with_needs(written(seen, reckon(seen)), actor, seen, on)


def by_points(kept: Frozen) -> list[FrozenLine]:
    """Give the lines of a programme, most points first, of equals by key."""
    return sorted(kept["lines"], key=lambda one: (-Fraction(one["points"] or 0), one["key"]))


def reopen(*, actor: Actor, selection: Selection, batch: str = "") -> None:
    """Take the decision back; what was chosen stays.

    Raises:
        PermissionDenied: the actor may not lead this selection.
        PreparingError: it is not decided.

    """
    require(actor, May.CHOOSE, selection)
    if selection.state != SelectionState.DECIDED:
        raise PreparingError("Es ist noch nichts entschieden.")
    with change(by=actor, verb=Verb.CHANGED, of=selection, batch=batch):
        selection.state, selection.decided = SelectionState.WEIGHING, None
        selection.frozen = {}
