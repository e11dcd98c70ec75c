"""Everything recorded about one structure or organisation, as its page shows it.

`read_words` reads the whole register of a tenant once; pages of single records take their part
from it without asking the database again, as long as it is kept (`findings.current.Current.keep`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import Record, UnknownRecordError
from gelingen.history.queries import Change, events_of
from gelingen.history.trace import subject_of
from gelingen.register import models
from gelingen.register.attachments import may_see
from gelingen.register.given import Share
from gelingen.register.queries import organisations, structures
from gelingen.register.sharing import shares

T = TypeVar("T")
M = TypeVar("M", bound=Record)


@dataclass(frozen=True, slots=True)
class Words:
    """The register of a tenant with the names of everything, as far as an actor may see it.

    Attributes:
        structures: by key, each with its organisation and successor.
        organisations: by key, each with the one above it and its seat.
        carried: structures by primary key of their organisation, by name.
        units: organisations by primary key of the one above them, by name.
        reach: by primary key of the structure.
        fundings: by primary key of the structure, by first day.
        gives: money by primary key of the funder.
        posts: by primary key of the structure.
        responsibilities: by primary key of the organisation.
        ties: by primary key of either organisation.
        files: by subject.
        shares: to whom each structure is shown, by its primary key; over and to come included.
        editable: subjects of structures and organisations that the actor may change.

    """

    structures: Mapping[str, models.Structure]
    organisations: Mapping[str, models.Organisation]
    carried: Mapping[int, Sequence[models.Structure]]
    units: Mapping[int, Sequence[models.Organisation]]
    reach: Mapping[int, Sequence[models.Reach]]
    fundings: Mapping[int, Sequence[models.Funding]]
    gives: Mapping[int, Sequence[models.Funding]]
    posts: Mapping[int, Sequence[models.Post]]
    responsibilities: Mapping[int, Sequence[models.Responsibility]]
    ties: Mapping[int, Sequence[models.Cooperation]]
    files: Mapping[str, Sequence[models.Attachment]]
    shares: Mapping[int, Sequence[Share]]
    editable: frozenset[str]


@dataclass(frozen=True, slots=True)
class StructureSheet:
    """One structure with everything recorded about it; each list in its own stable order."""

    structure: models.Structure
    reach: Sequence[models.Reach]
    fundings: Sequence[models.Funding]
    posts: Sequence[models.Post]
    responsibilities: Sequence[models.Responsibility]
    ties: Sequence[models.Cooperation]
    attachments: Sequence[models.Attachment]
    shares: Sequence[Share]
    history: tuple[Change, ...]
    may_edit: bool
    may_edit_owner: bool

    @property
    def subject(self) -> str:
        """The structure as its history names it, beside its parts."""
        return subject_of(self.structure)


@dataclass(frozen=True, slots=True)
class OrganisationSheet:
    """One organisation with everything recorded about it; each list in its own stable order."""

    organisation: models.Organisation
    units: Sequence[models.Organisation]
    structures: Sequence[models.Structure]
    gives: Sequence[models.Funding]
    responsibilities: Sequence[models.Responsibility]
    ties: Sequence[models.Cooperation]
    history: tuple[Change, ...]
    may_edit: bool

    @property
    def subject(self) -> str:
        """The organisation as its history names it, beside its parts."""
        return subject_of(self.organisation)


def _grouped(pairs: Iterable[tuple[int | str | None, T]]) -> dict[int | str, list[T]]:
    found = defaultdict(list)
    for key, thing in pairs:
        if key is not None:
            found[key].append(thing)
    return dict(found)


def read_words(actor: Actor, tenant: Tenant) -> Words:
    """Read the register of a tenant in words. Eleven queries."""

    def seen(model: type[M], *upward: str) -> QuerySet[M]:
        found = within(actor, May.VIEW, model._default_manager.filter(tenant=tenant))
        return found.select_related(*upward) if upward else found

    own = list(structures(actor, tenant).select_related("organisation", "successor"))
    bodies = list(organisations(actor, tenant).select_related("above", "seat"))
    money = list(seen(models.Funding, "structure", "funder").order_by("starts", "key"))
    reach = seen(models.Reach, "topic", "target_group", "territory").order_by("key")
    led = seen(models.Responsibility, "task", "topic", "target_group", "territory")
    ties = list(seen(models.Cooperation, "a", "b", "topic"))
    files = seen(models.Attachment).order_by("title", "key")
    return Words(
        structures={one.key: one for one in own},
        organisations={one.key: one for one in bodies},
        carried=_grouped((s.organisation_id, s) for s in _by_name(own)),  # type: ignore[arg-type]  # keys are numbers here and below
        units=_grouped((one.above_id, one) for one in _by_name(bodies)),  # type: ignore[arg-type]
        reach=_grouped((line.structure_id, line) for line in reach),  # type: ignore[arg-type]
        fundings=_grouped((line.structure_id, line) for line in money),  # type: ignore[arg-type]
        gives=_grouped((line.funder_id, line) for line in money),  # type: ignore[arg-type]
        posts=_grouped((p.structure_id, p) for p in seen(models.Post, "task")),  # type: ignore[arg-type]
        responsibilities=_grouped(  # type: ignore[arg-type]
            (line.organisation_id, line)
            for line in led.order_by("topic__order", "task__name", "key")
        ),
        ties=_grouped((side, tie) for tie in ties for side in (tie.a_id, tie.b_id)),  # type: ignore[arg-type]
        files=_grouped((file.subject, file) for file in files),  # type: ignore[arg-type]
        shares=_grouped((one.structure_id, one) for one in shares(actor, tenant)),  # type: ignore[arg-type]
        editable=_editable(actor, tenant),
    )


def _by_name(things: Iterable[T]) -> list[T]:
    return sorted(things, key=str)


def _editable(actor: Actor, tenant: Tenant) -> frozenset[str]:
    found = (
        within(actor, May.EDIT_REGISTER, model._default_manager.filter(tenant=tenant))
        for model in (models.Structure, models.Organisation)
    )
    return frozenset(chain.from_iterable(map(subject_of, things.only("key")) for things in found))


def structure_sheet(words: Words, key: str) -> StructureSheet:
    """Gather everything recorded about a structure; changes of its parts are among its history.

    One query for the history, and those of `history.saying.names_for`.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    one = words.structures.get(key)
    if one is None:
        raise UnknownRecordError("Diese Struktur gibt es nicht.")
    subject, owner = subject_of(one), one.organisation_id
    reach, money = words.reach.get(one.pk, ()), words.fundings.get(one.pk, ())
    shown = words.shares.get(one.pk, ())
    parts = map(subject_of, (one, *reach, *money, *shown))
    return StructureSheet(
        structure=one,
        reach=reach,
        fundings=money,
        posts=words.posts.get(one.pk, ()),
        responsibilities=words.responsibilities.get(owner, ()),
        ties=words.ties.get(owner, ()),
        attachments=words.files.get(subject, ()),
        history=tuple(events_of(one.tenant_id, parts)),
        may_edit=subject in words.editable,
        may_edit_owner=subject_of(one.organisation) in words.editable,
        shares=shown,
    )


def organisation_sheet(words: Words, key: str) -> OrganisationSheet:
    """Gather everything recorded about an organisation.

    One query for the history, and those of `history.saying.names_for`.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    one = words.organisations.get(key)
    if one is None:
        raise UnknownRecordError("Diese Organisation gibt es nicht.")
    led, ties = words.responsibilities.get(one.pk, ()), words.ties.get(one.pk, ())
    own = [tie for tie in ties if tie.a_id == one.pk]
    return OrganisationSheet(
        organisation=one,
        units=words.units.get(one.pk, ()),
        structures=words.carried.get(one.pk, ()),
        gives=words.gives.get(one.pk, ()),
        responsibilities=led,
        ties=ties,
        history=tuple(events_of(one.tenant_id, map(subject_of, (one, *led, *own)))),
        may_edit=subject_of(one) in words.editable,
    )


def get_structure(actor: Actor, tenant: Tenant, key: str) -> models.Structure:
    """Find one structure with its organisation and successor. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = structures(actor, tenant).filter(key=key)
    structure = found.select_related("organisation", "successor").first()
    if structure is None:
        raise UnknownRecordError("Diese Struktur gibt es nicht.")
    return structure


def get_attachment(actor: Actor, tenant: Tenant, key: str) -> models.Attachment:
    """Find one attached file. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = within(actor, May.VIEW, models.Attachment.objects.filter(tenant=tenant, key=key))
    attachment: models.Attachment | None = found.select_related("tenant").first()
    if attachment is None or not may_see(actor, attachment):
        raise UnknownRecordError("Diese Datei gibt es nicht.")
    return attachment
