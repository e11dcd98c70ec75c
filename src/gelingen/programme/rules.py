"""What holds for choosing: criteria with weights, what candidates take and need, least numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.access.record import UnknownRecordError
from gelingen.history.many import new_batch
from gelingen.history.recording import change, remove
from gelingen.programme.models import Candidate, Criterion, Selection, TopicMinimum
from gelingen.programme.preparing import PreparingError, refuse_decided
from gelingen.register.keys import free_keys, key_of
from gelingen.terms.programme import SelectionState
from gelingen.terms.vocabulary import Verb
from gelingen.topics.queries import topics
from gelingen.workbook.folding import clean


@dataclass(frozen=True, slots=True)
class CriterionGiven:
    """What is told about a criterion; `key` "" for a new one."""

    key: str
    name: str
    meaning: str
    weight: int
    top: int


@dataclass(frozen=True, slots=True)
class CandidateGiven:
    """What is told about a candidate.

    Attributes:
        amounts: what it takes, by key of the limit; None: not said.
        duty: whether it is chosen in any case.
        duty_reason: why.
        needs: keys of candidates without which it is not chosen.
        excludes: keys of candidates together with which it is not chosen.

    """

    amounts: Mapping[str, Decimal | None]
    duty: bool = False
    duty_reason: str = ""
    needs: Sequence[str] = ()
    excludes: Sequence[str] = ()


def set_criteria(
    *, actor: Actor, selection: Selection, wished: Sequence[CriterionGiven], batch: str = ""
) -> None:
    """Say by what is scored, in order; what is not named goes.

    Once groups score, names and weights can change, but neither the number of criteria nor how many
    points there are: what groups have said would mean something else.

    Raises:
        PermissionDenied: the actor may not lead this selection.
        PreparingError: it is decided, or points that groups gave would be lost.
        ValidationError: a value is broken.

    """
    require(actor, May.CHOOSE, selection)
    refuse_decided(selection)
    there = {one.key: one for one in selection.criteria.all()}
    if selection.state != SelectionState.PREPARING:
        same = {one.key: one.top for one in wished} == {key: c.top for key, c in there.items()}
        if not same:
            raise PreparingError(
                "Die Bewertung hat begonnen. Namen und Gewichte lassen sich noch ändern, die Zahl "
                "der Kriterien und ihre Punkte nicht mehr."
            )
    batch = batch or new_batch()
    with transaction.atomic():
        for number, given in enumerate(wished, start=1):
            one = there.pop(given.key, None) or _new_criterion(selection, given.name)
            verb = Verb.CHANGED if one.pk else Verb.CREATED
            with change(by=actor, verb=verb, of=one, batch=batch):
                one.order, one.name, one.meaning = number, clean(given.name), clean(given.meaning)
                one.weight, one.top = given.weight, given.top
        for one in there.values():
            remove(by=actor, of=one, batch=batch)


def _new_criterion(selection: Selection, name: str) -> Criterion:
    (key,) = free_keys(Criterion, selection.tenant_id, [key_of(selection.key, name)])
    return Criterion(tenant=selection.tenant, key=key, selection=selection)


def set_minima(
    *, actor: Actor, selection: Selection, wished: Mapping[str, int], batch: str = ""
) -> None:
    """Say how many measures of a topic are chosen at least, by key of the topic; 0: no minimum.

    Raises:
        PermissionDenied: the actor may not lead this selection.
        PreparingError: it is decided.
        UnknownRecordError: a topic is not known.

    """
    require(actor, May.CHOOSE, selection)
    refuse_decided(selection)
    known = {one.key: one for one in topics(actor, selection.tenant)}
    if lost := [key for key in wished if key not in known]:
        raise UnknownRecordError(f"Dieses Themenfeld gibt es nicht: {lost[0]}.")
    there = {one.topic.key: one for one in selection.minima.select_related("topic")}
    batch = batch or new_batch()
    with transaction.atomic():
        for key, count in wished.items():
            one = there.get(key)
            if one is not None and not count:
                remove(by=actor, of=one, batch=batch)
            elif count and (one is None or one.count != count):
                one = one or TopicMinimum(
                    tenant=selection.tenant,
                    key=f"{selection.key}_{key}"[:200],
                    selection=selection,
                    topic=known[key],
                )
                verb = Verb.CHANGED if one.pk else Verb.CREATED
                with change(by=actor, verb=verb, of=one, batch=batch):
                    one.count = count


def get_candidate(actor: Actor, selection: Selection, key: str) -> Candidate:
    """Find a candidate of a selection that the actor may see; raises UnknownRecordError."""
    require(actor, May.VIEW, selection)
    candidates = selection.candidates.select_related("measure__topic", "selection")
    found: Candidate | None = candidates.filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Maßnahme steht nicht zur Wahl.")
    return found


def change_candidate(
    *,
    actor: Actor,
    candidate: Candidate,
    given: CandidateGiven,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Change what holds for a candidate; `version` is the one that the person saw.

    Raises:
        PermissionDenied: the actor may not lead the selection.
        PreparingError: it is decided, or a candidate is needed and excluded at the same time.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    selection = candidate.selection
    require(actor, May.CHOOSE, selection)
    refuse_decided(selection)
    known = {one.key: one for one in selection.candidates.exclude(pk=candidate.pk)}
    if set(given.needs) & set(given.excludes):
        raise PreparingError(
            "Eine Maßnahme kann nicht zugleich Voraussetzung und ausgeschlossen sein."
        )
    links = {
        "needs": [known[key] for key in given.needs if key in known],
        "excludes": [known[key] for key in given.excludes if key in known],
    }
    before = set(candidate.excludes.all())
    candidate.version = candidate.version if version is None else version
    batch = batch or new_batch()
    with transaction.atomic():
        with change(by=actor, verb=Verb.CHANGED, of=candidate, links=links, batch=batch):
            candidate.amounts = {
                key: f"{amount:.2f}" for key, amount in given.amounts.items() if amount is not None
            }
            candidate.duty, candidate.duty_reason = given.duty, clean(given.duty_reason)
        # An exclusion is said of both: who looks at the other one sees that it is not the same.
        for other in sorted(before ^ set(links["excludes"]), key=lambda one: one.key):
            with change(by=actor, verb=Verb.CHANGED, of=other, batch=batch):
                pass


def remove_candidate(*, actor: Actor, candidate: Candidate, batch: str = "") -> None:
    """Take a measure out of the choice; scores given to it count no more.

    Raises:
        PermissionDenied: the actor may not lead the selection.
        PreparingError: it is decided.

    """
    require(actor, May.CHOOSE, candidate.selection)
    refuse_decided(candidate.selection)
    remove(by=actor, of=candidate, batch=batch)
