"""The inventory as pages show it: lists as of a day, and everything about one thing."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import Record
from gelingen.errors import NotFoundError
from gelingen.history.queries import Change, history_of
from gelingen.history.trace import subject_of
from gelingen.register import models
from gelingen.register.queries import organisations, structures


class UnknownRecordError(NotFoundError):
    """There is no such record, or the actor may not see it."""


@dataclass(frozen=True, slots=True)
class StructureLine:
    """A structure in a list; `ends` is the first day after."""

    key: str
    name: str
    kind: str
    level: str
    organisation_key: str
    organisation: str
    fte: float | None
    starts: date | None
    ends: date | None
    ends_kind: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation in a list; `structures` counts those that exist on the day."""

    key: str
    name: str
    kind: str
    level: str
    seat: str
    structures: int


@dataclass(frozen=True, slots=True)
class StructureSheet:
    """One structure with everything recorded about it; each list in its own stable order."""

    structure: models.Structure
    reach: tuple[models.Reach, ...]
    fundings: tuple[models.Funding, ...]
    posts: tuple[models.Post, ...]
    responsibilities: tuple[models.Responsibility, ...]
    ties: tuple[models.Cooperation, ...]
    attachments: tuple[models.Attachment, ...]
    history: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class OrganisationSheet:
    """One organisation with everything recorded about it; each list in its own stable order."""

    organisation: models.Organisation
    units: tuple[models.Organisation, ...]
    structures: tuple[models.Structure, ...]
    gives: tuple[models.Funding, ...]
    responsibilities: tuple[models.Responsibility, ...]
    ties: tuple[models.Cooperation, ...]
    history: tuple[Change, ...]


def _standing(on: date, prefix: str = "") -> Q:
    starts, ends = f"{prefix}starts", f"{prefix}ends"
    begun = Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": on})
    return begun & (Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": on}))


def structure_lines(  # noqa: PLR0913 - one argument a filter
    actor: Actor,
    tenant: Tenant,
    *,
    on: date,
    kind: str = "",
    level: str = "",
    organisation: str = "",
    topic: str = "",
) -> list[StructureLine]:
    """Structures that exist on a day, by key. Two queries.

    Args:
        actor: who asks.
        tenant: whose structures.
        on: the day; a period that is not known on one side is open there.
        kind: only this kind; empty for all. The same holds for the next ones.
        level: only this level.
        organisation: only those of this organisation, by key.
        topic: only those that reach this topic, by key.

    """
    given = {"kind": kind, "level": level, "organisation__key": organisation}
    found = structures(actor, tenant).filter(
        _standing(on), **{name: value for name, value in given.items() if value}
    )
    if topic:
        found = found.filter(reach__topic__key=topic).distinct()
    topics = defaultdict(list)
    reach = within(actor, May.VIEW, models.Reach.objects.filter(tenant=tenant))
    for of, name in (
        reach.order_by("topic__cross_cutting", "topic__order", "topic__key")
        .values_list("structure__key", "topic__name")
        .distinct()
    ):
        topics[of].append(name)
    rows = found.order_by("key").values_list(
        "key", "name", "kind", "level", "organisation__key", "organisation__name", "fte", "starts",
        "ends", "ends_kind",
    )  # fmt: skip
    return [
        StructureLine(
            *row[:6], None if row[6] is None else float(row[6]), *row[7:], tuple(topics[row[0]])
        )
        for row in rows
    ]


def organisation_lines(actor: Actor, tenant: Tenant, *, on: date) -> list[OrganisationLine]:
    """Organisations that exist on a day, by key. One query."""
    found = organisations(actor, tenant).filter(Q(ends__isnull=True) | Q(ends__gt=on))
    carried = Count("structures", filter=_standing(on, "structures__"))
    rows = found.annotate(carried=carried).order_by("key")
    return [
        OrganisationLine(*row)
        for row in rows.values_list("key", "name", "kind", "level", "seat__name", "carried")
    ]


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


def structure_sheet(actor: Actor, structure: models.Structure) -> StructureSheet:
    """Gather everything recorded about a structure. Seven queries."""
    tenant, owner = structure.tenant_id, structure.organisation_id
    reach = models.Reach.objects.filter(structure=structure)
    fundings = models.Funding.objects.filter(structure=structure)
    posts = models.Post.objects.filter(structure=structure)
    led = models.Responsibility.objects.filter(organisation=owner)
    files = _attachments(actor, structure)
    ties = models.Cooperation.objects.filter(Q(a=owner) | Q(b=owner))
    return StructureSheet(
        structure=structure,
        reach=tuple(
            within(actor, May.VIEW, reach).select_related("topic", "target_group", "territory")
        ),
        fundings=tuple(
            within(actor, May.VIEW, fundings).select_related("funder").order_by("starts", "key")
        ),
        posts=tuple(within(actor, May.VIEW, posts).select_related("task")),
        responsibilities=_in_words(actor, led),
        ties=_with_both(actor, ties),
        attachments=files,
        history=tuple(history_of(tenant, [subject_of(structure)])),
    )


def get_organisation(actor: Actor, tenant: Tenant, key: str) -> models.Organisation:
    """Find one organisation with the one above it and its seat. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = organisations(actor, tenant).filter(key=key)
    organisation = found.select_related("above", "seat").first()
    if organisation is None:
        raise UnknownRecordError("Diese Organisation gibt es nicht.")
    return organisation


def organisation_sheet(actor: Actor, organisation: models.Organisation) -> OrganisationSheet:
    """Gather everything recorded about an organisation. Six queries."""
    units = models.Organisation.objects.filter(above=organisation)
    carried = models.Structure.objects.filter(organisation=organisation)
    gives = models.Funding.objects.filter(funder=organisation)
    led = models.Responsibility.objects.filter(organisation=organisation)
    ties = models.Cooperation.objects.filter(Q(a=organisation) | Q(b=organisation))
    return OrganisationSheet(
        organisation=organisation,
        units=tuple(within(actor, May.VIEW, units).order_by("name")),
        structures=tuple(within(actor, May.VIEW, carried).order_by("name")),
        gives=tuple(within(actor, May.VIEW, gives).select_related("structure")),
        responsibilities=_in_words(actor, led),
        ties=_with_both(actor, ties),
        history=tuple(history_of(organisation.tenant_id, [subject_of(organisation)])),
    )


def _in_words(
    actor: Actor, found: QuerySet[models.Responsibility]
) -> tuple[models.Responsibility, ...]:
    named = within(actor, May.VIEW, found).select_related(
        "task", "topic", "target_group", "territory"
    )
    return tuple(named.order_by("topic__order", "task__name", "key"))


def _with_both(actor: Actor, found: QuerySet[models.Cooperation]) -> tuple[models.Cooperation, ...]:
    return tuple(within(actor, May.VIEW, found).select_related("a", "b", "topic"))


def _attachments(actor: Actor, record: Record) -> tuple[models.Attachment, ...]:
    found = models.Attachment.objects.filter(tenant=record.tenant_id, subject=subject_of(record))
    return tuple(within(actor, May.VIEW, found).order_by("title", "key"))


def get_attachment(actor: Actor, tenant: Tenant, key: str) -> models.Attachment:
    """Find one attached file. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = within(actor, May.VIEW, models.Attachment.objects.filter(tenant=tenant, key=key))
    attachment: models.Attachment | None = found.first()
    if attachment is None:
        raise UnknownRecordError("Diese Datei gibt es nicht.")
    return attachment
