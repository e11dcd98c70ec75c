"""Ties of one organisation entered in one go, and reports of one side confirmed by the other."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require, within
from gelingen.errors import NotFoundError, UserError
from gelingen.history.recording import change, new_batch, remove
from gelingen.register.keys import free_keys, key_of
from gelingen.register.models import Cooperation, Organisation
from gelingen.register.queries import organisations
from gelingen.register.standing import standing
from gelingen.terms.vocabulary import ReportedBy, Verb
from gelingen.topics.queries import topics


class UnknownOrganisationError(NotFoundError):
    """There is no such organisation, or the actor may not see it."""


class TieError(UserError):
    """A tie cannot be entered or confirmed in this way."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Another organisation, and how the chosen one works with it on the day.

    Attributes:
        key: of the other organisation.
        name: of the other organisation.
        kind: what it is, as stored; may be empty.
        ties: German words of the ties that run; empty: none.
        one_sided: keys of the ties that this or the other side alone reported.
        told_by: name of the side that reported them.
        fixed: whether a tie runs that the one who asks may not end.

    """

    key: str
    name: str
    kind: str
    ties: tuple[str, ...] = ()
    one_sided: tuple[str, ...] = ()
    told_by: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class NewTie:
    """What holds for all ties that are entered in one go.

    `reported_by` is said from the side of the chosen organisation: A means that it told.
    """

    kind: str = ""
    topic: str = ""
    intensity: int | None = None
    reported_by: ReportedBy = ReportedBy.A


@dataclass(frozen=True, slots=True)
class Written:
    """What was done: the undertaking, and how many ties were begun and ended."""

    batch: str
    begun: int
    ended: int


def get_organisation(actor: Actor, tenant: Tenant, key: str) -> Organisation:
    """Find an organisation; raises UnknownOrganisationError. One query."""
    seen = organisations(actor, tenant).select_related("tenant")
    found: Organisation | None = seen.filter(key=key).first()
    if found is None:
        raise UnknownOrganisationError("Diese Organisation gibt es nicht.")
    return found


def partners_of(actor: Actor, of: Organisation, *, on: date) -> list[Partner]:
    """List all other organisations with their ties to one, by name. Three queries."""
    others = organisations(actor, of.tenant).exclude(pk=of.pk)
    mine = set(within(actor, May.EDIT_REGISTER, _running(of, on)).values_list("pk", flat=True))
    ties: dict[int, list[Cooperation]] = {}
    for tie in _running(of, on).select_related("topic", "a", "b").order_by("key"):
        ties.setdefault(_other(tie, of), []).append(tie)
    there = others.filter(Q(ends__isnull=True) | Q(ends__gt=on) | Q(pk__in=list(ties)))
    found = [_partner(one, ties.get(one.pk, []), mine) for one in there]
    return sorted(found, key=lambda one: (one.name.casefold(), one.key))


def set_ties(  # noqa: PLR0913 - what an undertaking consists of
    *,
    actor: Actor,
    of: Organisation,
    before: Collection[str],
    ticked: Collection[str],
    terms: NewTie,
    on: date,
    batch: str = "",
) -> Written:
    """Begin ties with newly ticked organisations and end those that are ticked no more.

    What others entered since the person looked stays.

    Args:
        actor: who does it; must be allowed to change the organisation.
        of: the organisation whose ties are entered.
        before: keys of the organisations that were ticked when the person looked.
        ticked: keys of those that were ticked.
        terms: what holds for all new ties.
        on: first day of the new ties, first day without the old ones. What had begun on that day
            or later is removed.
        batch: number of the undertaking; empty: a new one.

    Returns:
        What was done; ties that the actor may not end stay.

    Raises:
        PermissionDenied: the actor may not change the organisation.
        TieError: the topic or an organisation does not exist.

    """
    require(actor, May.EDIT_REGISTER, of)
    batch = batch or new_batch()
    running = list(_running(of, on).select_related("a", "b").order_by("key"))
    tied = {_key_of_other(tie, of) for tie in running}
    wanted = [key for key in dict.fromkeys(ticked) if key not in before and key not in tied]
    gone = set(before) - set(ticked)
    ending = _running(of, on).filter(Q(a__key__in=gone) | Q(b__key__in=gone))
    ended = [
        tie
        for tie in within(actor, May.EDIT_REGISTER, ending).order_by("key")
        if _key_of_other(tie, of) in gone
    ]
    with transaction.atomic():
        for tie in ended:
            _end(actor, tie, on, batch)
        begun = _begin(actor, of, wanted, terms, on, batch)
    return Written(batch, begun, len(ended))


def confirm_tie(*, actor: Actor, tenant: Tenant, key: str, batch: str = "") -> Cooperation:
    """Note that the side that had not told of a tie says so too.

    Raises:
        PermissionDenied: the actor may not answer for that side.
        TieError: there is no such tie, or it is not told by one side alone.

    """
    found = within(actor, May.VIEW, Cooperation.objects.filter(tenant=tenant, key=key))
    tie: Cooperation | None = found.select_related("a", "b").first()
    if tie is None or tie.reported_by not in (ReportedBy.A, ReportedBy.B):
        raise TieError("Diese Verbindung ist nicht einseitig genannt.")
    silent = tie.b if tie.reported_by == ReportedBy.A else tie.a
    require(actor, May.EDIT_REGISTER, silent)
    with change(by=actor, verb=Verb.CONFIRMED, of=tie, batch=batch):
        tie.reported_by = ReportedBy.BOTH
    return tie


def _running(of: Organisation, on: date) -> QuerySet[Cooperation]:
    own = Q(a=of) | Q(b=of)
    return Cooperation.objects.filter(own, standing(on), tenant=of.tenant_id)


def _other(tie: Cooperation, of: Organisation) -> int:
    return tie.b_id if tie.a_id == of.pk else tie.a_id


def _key_of_other(tie: Cooperation, of: Organisation) -> str:
    return tie.b.key if tie.a_id == of.pk else tie.a.key


def _partner(one: Organisation, ties: Iterable[Cooperation], mine: set[int]) -> Partner:
    held = list(ties)
    alone = [tie for tie in held if tie.reported_by in (ReportedBy.A, ReportedBy.B)]
    both = any(tie.reported_by in (ReportedBy.BOTH, ReportedBy.THIRD) for tie in held)
    tellers = dict.fromkeys(
        (tie.a if tie.reported_by == ReportedBy.A else tie.b).name for tie in alone
    )
    one_sided = () if both or len(tellers) > 1 else tuple(tie.key for tie in alone)
    return Partner(
        one.key,
        one.name,
        one.kind,
        tuple(dict.fromkeys(_words(tie) for tie in held)),
        one_sided,
        next(iter(tellers)) if one_sided else "",
        any(tie.pk not in mine for tie in held),
    )


def _words(tie: Cooperation) -> str:
    about = tie.topic.name if tie.topic else "allgemein"
    return f"{tie.get_kind_display() or 'Art nicht angegeben'}, {about}"


def _end(actor: Actor, tie: Cooperation, on: date, batch: str) -> None:
    if tie.starts is not None and tie.starts >= on:
        remove(by=actor, of=tie, batch=batch)
        return
    with change(by=actor, verb=Verb.CHANGED, of=tie, batch=batch):
        tie.ends = on


def _begin(  # noqa: PLR0913, PLR0917 - what an undertaking consists of
    actor: Actor, of: Organisation, keys: list[str], terms: NewTie, on: date, batch: str
) -> int:
    found: Mapping[str, Organisation] = {
        one.key: one for one in organisations(actor, of.tenant).filter(key__in=keys)
    }
    if lost := [key for key in keys if key not in found or key == of.key]:
        raise TieError(f"Mit „{lost[0]}“ kann keine Verbindung eingetragen werden.")
    topic = topics(actor, of.tenant).filter(key=terms.topic).first() if terms.topic else None
    if terms.topic and topic is None:
        raise TieError("Dieses Themenfeld gibt es nicht.")
    made = free_keys(Cooperation, of.tenant_id, [key_of(of.key, key) for key in keys])
    for key, name in zip(keys, made, strict=True):
        tie = Cooperation(tenant=of.tenant, key=name, a=of, b=found[key], starts=on)
        with change(by=actor, verb=Verb.CREATED, of=tie, batch=batch):
            tie.kind, tie.topic, tie.intensity = terms.kind, topic, terms.intensity
            tie.reported_by = terms.reported_by
    return len(keys)
