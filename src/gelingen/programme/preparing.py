"""Prepare a year's selection: criteria, limits, candidates; open and close the scoring."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.boards.queries import bodies
from gelingen.errors import UserError
from gelingen.history.many import Draft, change_many, new_batch
from gelingen.history.recording import change, remove
from gelingen.programme.members import by_members
from gelingen.programme.models import (
    Ballot,
    Candidate,
    Criterion,
    Limit,
    Selection,
)
from gelingen.programme.queries import choosable
from gelingen.register.keys import free_keys, key_of
from gelingen.terms.programme import Basis, Counting, Resource, SelectionState, Showing, Voting
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean

if TYPE_CHECKING:
    from gelingen.boards.models import Body
    from gelingen.plan.models import Measure

# What selections are commonly judged by; a house changes them as it likes. Benefit, reach and
# weight of the need first, then what makes it easier to do.
CRITERIA = (
    ("Nutzen für die Ziele", "Bringt die Wirkungsziele voran, denen die Maßnahme dient.", 3),
    ("Reichweite", "Erreicht viele Menschen der Zielgruppe und viele Orte.", 2),
    ("Gewicht des Bedarfs", "Der Bedarf ist schwer, und viele unabhängige Stimmen nennen ihn.", 2),
    ("Geringer Aufwand", "Kostet wenig Geld, Personal und Zeit. Viele Punkte: wenig Aufwand.", 1),
    ("Machbarkeit", "Zuständigkeit, Personal und Partner sind geklärt.", 2),
    ("Schnell umsetzbar", "Zeigt noch im selben Jahr ein Ergebnis.", 1),
)


class PreparingError(UserError):
    """The selection is not in a state in which this can be done."""


@dataclass(frozen=True, slots=True)
class SelectionGiven:
    """What is told about a selection; `body` and `groups` are keys of bodies."""

    title: str
    year: int
    body: str = ""
    groups: Sequence[str] = ()
    starts: date | None = None
    ends: date | None = None
    showing: str = Showing.AFTERWARDS
    middle: str = Counting.MEAN
    basis: str = Basis.POINTS
    voting: str = Voting.GROUPS


def new_selection(
    *, actor: Actor, tenant: Tenant, given: SelectionGiven, batch: str = ""
) -> Selection:
    """Begin the selection of a year, with the criteria of the last one or those in common use.

    Raises:
        PermissionDenied: the actor may not lead selections.
        PreparingError: a body is not known.
        ValidationError: a value is broken.

    """
    require(actor, May.CHOOSE, tenant)
    batch = batch or new_batch()
    (key,) = free_keys(Selection, tenant.pk, [key_of("auswahl", str(given.year))])
    made = Selection(tenant=tenant, key=key)
    with transaction.atomic():
        last = Selection.objects.filter(tenant=tenant).order_by("-year", "key").first()
        _write(actor, made, given, Verb.CREATED, batch)
        known = (
            [(one.name, one.meaning, one.weight, one.top) for one in last.criteria.all()]
            if last
            else [(*one, 10) for one in CRITERIA]
        )
        drafts = [
            Draft(
                Criterion(
                    tenant=tenant, key=f"{key}_k{number}", selection=made, order=number,
                    name=name, meaning=meaning, weight=weight, top=top,
                )
            )
            for number, (name, meaning, weight, top) in enumerate(known, start=1)
        ]  # fmt: skip
        change_many(drafts, by=actor, verb=Verb.CREATED, batch=batch)
    return made


def change_selection(
    *,
    actor: Actor,
    selection: Selection,
    given: SelectionGiven,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Change what is told about a selection; `version` is the one that the person saw.

    Raises:
        PermissionDenied, PreparingError, ValidationError: as `new_selection`.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.CHOOSE, selection)
    refuse_decided(selection)
    selection.version = selection.version if version is None else version
    _write(actor, selection, given, Verb.CHANGED, batch)


def _write(
    actor: Actor, selection: Selection, given: SelectionGiven, verb: Verb, batch: str
) -> None:
    known = {one.key: one for one in bodies(actor, selection.tenant)}
    wanted = [*given.groups, *([given.body] if given.body else [])]
    if lost := [key for key in wanted if key not in known]:
        raise PreparingError(f"Dieses Gremium gibt es nicht: {lost[0]}.")
    groups: list[Body] = [known[key] for key in dict.fromkeys(given.groups)]
    if selection.pk:
        _refuse_late(selection, given)
    batch = batch or new_batch()
    with transaction.atomic():
        with change(by=actor, verb=verb, of=selection, links={"groups": groups}, batch=batch):
            selection.title, selection.year = clean(given.title), given.year
            selection.body = known.get(given.body)
            selection.starts, selection.ends = given.starts, given.ends
            selection.showing, selection.middle = given.showing, given.middle
            selection.basis, selection.voting = given.basis, given.voting
        if selection.state == SelectionState.SCORING and not by_members(selection):
            _fit_ballots(actor, selection, batch)


def _refuse_late(selection: Selection, given: SelectionGiven) -> None:
    """Refuse what groups relied on when they scored, and groups that come or go too late."""
    if _scored_without(selection, set(given.groups)):
        raise PreparingError("Eine Gruppe, die schon bewertet hat, kann nicht wegfallen.")
    if selection.state != SelectionState.PREPARING and given.showing != selection.showing:
        raise PreparingError(
            "Die Gruppen bewerten im Vertrauen darauf, wer ihre Punkte sieht; das lässt sich "
            "nicht mehr ändern."
        )
    if selection.state != SelectionState.PREPARING and given.basis != selection.basis:
        raise PreparingError("Die Gruppen bewerten schon; was sie vergeben, steht fest.")
    if selection.state != SelectionState.PREPARING and given.voting != selection.voting:
        raise PreparingError("Es wird schon bewertet; wer bewertet und was zählt, steht fest.")
    before = set(selection.groups.values_list("key", flat=True))
    if selection.state == SelectionState.WEIGHING and set(given.groups) != before:
        raise PreparingError("Die Bewertung ist abgeschlossen; Gruppen kommen nicht mehr dazu.")


def _fit_ballots(actor: Actor, selection: Selection, batch: str) -> None:
    """Give every group that scores its ballot; that of a group that went is empty, and goes."""
    groups = list(selection.groups.all())
    there = {one.body_id: one for one in selection.ballots.all()}
    for number, one in there.items():
        if number not in {body.pk for body in groups}:
            remove(by=actor, of=one, batch=batch)
    drafts = [
        Draft(
            Ballot(
                tenant=selection.tenant,
                key=f"{selection.key}_{body.key}"[:200],
                selection=selection,
                body=body,
            )
        )
        for body in groups
        if body.pk not in there
    ]
    change_many(drafts, by=actor, verb=Verb.CREATED, batch=batch)


def _scored_without(selection: Selection, groups: set[str]) -> bool:
    given = (selection.ballots, selection.member_ballots)
    return any(
        set(one.exclude(scores={}, ranking={}).values_list("body__key", flat=True)) - groups
        for one in given
    )


def set_limits(
    *,
    actor: Actor,
    selection: Selection,
    wished: Sequence[tuple[str, str, str, Decimal]],
    batch: str = "",
) -> None:
    """Say how much there is in the year.

    Args:
        actor: who does it.
        selection: whose limits.
        wished: key of a limit that is there ("" for a new one), code of the resource, where it
            comes from, how much; limits that are not named go, with what candidates take of them.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not lead this selection.
        PreparingError: it is decided.
        ValidationError: a value is broken.

    """
    require(actor, May.CHOOSE, selection)
    refuse_decided(selection)
    there = {one.key: one for one in selection.limits.all()}
    if any(key in there and there[key].resource != what for key, what, _, _ in wished):
        raise PreparingError(
            "Aus Geld werden keine Stellen: Bitte die Zeile entfernen und eine neue anlegen."
        )
    batch = batch or new_batch()
    kept = [*there]
    with transaction.atomic():
        for number, (key, resource, origin, amount) in enumerate(wished, start=1):
            one = there.pop(key, None) or _new_limit(selection, resource, origin)
            verb = Verb.CHANGED if one.pk else Verb.CREATED
            with change(by=actor, verb=verb, of=one, batch=batch):
                one.order, one.resource = number, resource
                one.origin, one.amount = clean(origin), amount
        for one in there.values():
            remove(by=actor, of=one, batch=batch)
        _fill_amounts(actor, selection, kept, batch)


def _fill_amounts(actor: Actor, selection: Selection, before: Collection[str], batch: str) -> None:
    """Take from the plan what candidates need of limits that were not there before."""
    limits = list(selection.limits.all())
    for one in selection.candidates.select_related("measure"):
        taken = amounts_of(one.measure, limits)
        more = {key: amount for key, amount in taken.items() if key not in {*before, *one.amounts}}
        if more:
            with change(by=actor, verb=Verb.CHANGED, of=one, batch=batch):
                one.amounts = {**one.amounts, **more}


def _new_limit(selection: Selection, resource: str, origin: str) -> Limit:
    wished = key_of(selection.key, resource, origin)
    (key,) = free_keys(Limit, selection.tenant_id, [wished])
    return Limit(tenant=selection.tenant, key=key, selection=selection)


def add_candidates(
    *, actor: Actor, selection: Selection, measures: Iterable[str], batch: str = ""
) -> int:
    """Put measures up for choice, with what their record says they take; gives their number.

    What a measure depends on in the plan is needed here too, if it stands for choice.

    Raises:
        PermissionDenied: the actor may not lead this selection.
        PreparingError: it is decided, or a measure cannot stand for choice.

    """
    require(actor, May.CHOOSE, selection)
    refuse_decided(selection)
    wanted = list(dict.fromkeys(measures))
    known = {one.key: one for one in choosable(actor, selection.tenant, selection)}
    if lost := [key for key in wanted if key not in known]:
        raise PreparingError(f"Diese Maßnahme kann nicht zur Wahl stehen: {lost[0]}.")
    limits = list(selection.limits.all())
    drafts = [
        Draft(
            Candidate(
                tenant=selection.tenant,
                key=f"{selection.key}_{key}"[:200],
                selection=selection,
                measure=known[key],
                amounts=amounts_of(known[key], limits),
            )
        )
        for key in wanted
    ]
    batch = batch or new_batch()
    with transaction.atomic():
        change_many(drafts, by=actor, verb=Verb.CREATED, batch=batch)
        _link(actor, selection, {one.thing.pk for one in drafts}, batch)
    return len(drafts)


def _link(actor: Actor, selection: Selection, new: set[int], batch: str) -> None:
    """Take over what the plan says depends on what, for the new ones and those that need them."""
    there = {one.measure_id: one for one in selection.candidates.prefetch_related("needs")}
    through = selection.candidates.filter(measure__depends_on__in=there).values_list(
        "pk", "measure__depends_on"
    )
    needed: dict[int, list[Candidate]] = {}
    for pk, other in through:
        needed.setdefault(pk, []).append(there[other])
    for one in there.values():
        more = [other for other in needed.get(one.pk, []) if {one.pk, other.pk} & new]
        if more:
            links = {"needs": [*one.needs.all(), *more]}
            with change(by=actor, verb=Verb.CHANGED, of=one, links=links, batch=batch):
                pass


def amounts_of(measure: "Measure", limits: Iterable[Limit]) -> dict[str, str]:
    """Say what a measure takes in a year, by key of the limit, as far as its record says so.

    Money is asked of the first limit that is money: the own share, else the higher yearly cost,
    and the higher cost that arises once. Where nothing is stated nothing is assumed.
    """
    yearly = measure.own_share if measure.own_share is not None else measure.cost_year_high
    yearly = measure.cost_year_low if yearly is None else yearly
    once = measure.cost_once_high if measure.cost_once_high is not None else measure.cost_once_low
    money = None if yearly is None and once is None else (yearly or 0) + (once or 0)
    stated: Mapping[str, Decimal | None] = {
        Resource.MONEY: None if money is None else Decimal(money),
        Resource.FTE: measure.fte,
        Resource.HOURS: measure.hours,
    }
    found: dict[str, str] = {}
    taken: set[str] = set()
    for limit in limits:
        amount = stated[limit.resource]
        if amount is not None and limit.resource not in taken:
            found[limit.key] = f"{amount:.2f}"
            taken.add(limit.resource)
    return found


def open_scoring(*, actor: Actor, selection: Selection, batch: str = "") -> None:
    """Let the groups score; each gets its ballot. A member begins its own.

    Raises:
        PermissionDenied: the actor may not lead this selection.
        PreparingError: something is missing; the sentence says what.

    """
    require(actor, May.CHOOSE, selection)
    if selection.state != SelectionState.PREPARING:
        raise PreparingError("Die Bewertung ist schon eröffnet.")
    if lacking := missing(selection):
        raise PreparingError(" ".join(lacking))
    batch = batch or new_batch()
    with transaction.atomic():
        with change(by=actor, verb=Verb.CHANGED, of=selection, batch=batch):
            selection.state = SelectionState.SCORING
        if not by_members(selection):
            _fit_ballots(actor, selection, batch)


def missing(selection: Selection) -> list[str]:
    """Say in whole sentences what a selection lacks before groups can score. Four queries."""
    lacking = []
    if not selection.limits.exists():
        lacking.append("Es fehlt eine Grenze: Geld, Stellen oder Stunden.")
    if selection.basis == Basis.POINTS and not selection.criteria.exists():
        lacking.append("Es fehlt ein Kriterium.")
    if selection.candidates.count() < 2:  # noqa: PLR2004 - of one there is nothing to choose
        lacking.append("Es stehen noch keine zwei Maßnahmen zur Wahl.")
    if not selection.groups.exists():
        lacking.append("Es ist noch nicht gesagt, welche Gruppen bewerten.")
    return lacking


def close_scoring(*, actor: Actor, selection: Selection, batch: str = "") -> None:
    """End the scoring; what groups have entered and not sent counts as not given.

    Raises:
        PermissionDenied: the actor may not lead this selection.
        PreparingError: the scoring is not open, or nobody has sent anything.

    """
    require(actor, May.CHOOSE, selection)
    if selection.state != SelectionState.SCORING:
        raise PreparingError("Die Bewertung ist nicht offen.")
    given = (selection.ballots, selection.member_ballots)
    if not any(one.filter(sent__isnull=False).exists() for one in given):
        who = "kein Mitglied" if by_members(selection) else "keine Gruppe"
        raise PreparingError(f"Noch hat {who} eine Bewertung abgegeben.")
    with change(by=actor, verb=Verb.ENDED, of=selection, batch=batch):
        selection.state = SelectionState.WEIGHING


def refuse_decided(selection: Selection) -> None:
    """Refuse to change what is decided; raises PreparingError."""
    if selection.state == SelectionState.DECIDED:
        raise PreparingError(
            f"„{selection}“ ist entschieden und festgehalten. Wer noch etwas ändern will, nimmt "
            "die Entscheidung zuerst zurück."
        )
