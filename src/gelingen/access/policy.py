"""Who may do what to which objects: asked here and nowhere else; `powers` holds the tables."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, TypeVar

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet

from gelingen.access.models import OPERATOR, Membership, Tenant, User
from gelingen.access.powers import (
    BODIES,
    EDITS,
    GIVING,
    MEANINGS,
    OWNERS,
    RECEIVERS,
    ROLES,
    SEATED,
    May,
    Role,
)

__all__ = [
    "BODIES", "EDITS", "MEANINGS", "OWNERS", "RECEIVERS", "ROLES", "SEATED", "Actor", "May",
    "Operator", "Role", "allowed", "allowed_in", "bodies_of", "ever_allowed", "received", "require",
    "roles_held", "roles_in", "seat_holders", "seated", "seats_of", "tenants", "within",
]  # fmt: skip

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Operator:
    """The person at the command line of the installation: may do everything, and signs it.

    `day` is the day on which it is done; without one nothing is seen that holds on some days only.
    """

    name: str = OPERATOR
    day: date | None = None

    def __str__(self) -> str:
        return self.name


Actor: TypeAlias = User | Operator


def tenants(actor: Actor) -> QuerySet[Tenant]:
    """Tenants in which the actor holds any role, by name."""
    if isinstance(actor, Operator):
        return Tenant.objects.order_by("name")
    keys = {one.tenant_id for one in roles_held(actor)}
    return Tenant.objects.filter(pk__in=keys).order_by("name")


def roles_held(actor: User) -> list[Membership]:
    """Roles that count, own ones and those of people stood in for.

    `access.queries.on_day` says for which day. Of a person for whom nobody has said the day, only
    the roles without dates count: what might have expired gives nothing.
    """
    if actor.held is not None:
        return list(actor.held)
    return [
        one
        for one in actor.memberships.all()
        if one.role and one.starts is None and one.ends is None
    ]


def roles_in(actor: User, tenant: Tenant) -> list[Membership]:
    """Roles that count in one tenant."""
    return [one for one in roles_held(actor) if one.tenant_id == tenant.pk]


def _comes_with_seat(may: May, model: str) -> bool:
    """Whether a seat can give this to records of a model."""
    gives = may is not May.EDIT_BOARDS or model not in GIVING
    return may in SEATED and model in BODIES and gives


def _tenures(may: May, on: date) -> QuerySet[Any]:
    """Tenures whose seat gives this on a day."""
    tenures = apps.get_model("boards.Tenure")._default_manager.filter(seat__office__in=SEATED[may])
    for period in ("", "seat__"):
        tenures = tenures.filter(
            Q(**{f"{period}starts": None}) | Q(**{f"{period}starts__lte": on}),
            Q(**{f"{period}ends": None}) | Q(**{f"{period}ends__gt": on}),
        )
    return tenures


def bodies_of(actor: Actor, *, voting: bool = False) -> QuerySet[Any]:
    """Give numbers of bodies where the actor takes a seat, or a voting one, on the actor's day."""
    if isinstance(actor, Operator) or actor.day is None:
        return apps.get_model("boards.Tenure")._default_manager.none().values_list("seat__body")
    taken = _tenures(May.VIEW_CLOSED, actor.day).filter(person=actor.pk)
    voters = {"seat__advising": False} if voting else {}
    return taken.filter(**voters).values_list("seat__body", flat=True)


def seat_holders(may: May, thing: Model, *, on: date) -> dict[int, str]:
    """Name the bodies whose seats give this to a record, by the number of who takes the seat.

    A seat gives something only to who has a role in the tenant; the caller looks after that. One
    query, none where no seat gives it.
    """
    label = thing._meta.label
    if not _comes_with_seat(may, label):
        return {}
    bodies = type(thing)._default_manager.filter(pk=thing.pk).values(BODIES[label])
    found = _tenures(may, on).filter(seat__body__in=bodies, person__isnull=False)
    return dict(found.values_list("person", "seat__body__name"))


def seats_of(person: User, tenant: Tenant, *, on: date) -> list[tuple[str, str]]:
    """Body and office of each seat that a person takes on a day, by name of the body. One query."""
    found = _tenures(May.VIEW_CLOSED, on).filter(person=person.pk, tenant=tenant)
    rows = found.order_by("seat__body__name", "seat__order", "pk")
    return list(rows.values_list("seat__body__name", "seat__office"))


def _reach(actor: User, may: May, model: str) -> Q:
    roles = roles_held(actor)
    whole = {held.tenant_id for held in roles if may in ROLES[held.role].tenant}
    rest = {held.tenant_id for held in roles} - whole
    reach, owner = Q(tenant__in=whole), OWNERS[model]
    # Where a role gives all, what a seat or an organisation would give is in it.
    if rest and _comes_with_seat(may, model) and actor.day is not None:
        seated = _tenures(may, actor.day).filter(person=actor.pk).values("seat__body")
        reach |= Q(**{"tenant__in": rest, f"{BODIES[model]}__in": seated})
    for held in roles:
        own = may in ROLES[held.role].organisation and held.organisation_id and owner
        if own and held.tenant_id in rest:
            reach |= Q(**{"tenant": held.tenant_id, owner: held.organisation_id})
    return reach


def within(actor: Actor, may: May, objects: QuerySet[M]) -> QuerySet[M]:
    """Keep the objects to which the actor may do this."""
    if isinstance(actor, Operator):
        return objects
    return objects.filter(_reach(actor, may, objects.model._meta.label))


def received(actor: Actor, tenant: Tenant, objects: QuerySet[M]) -> QuerySet[M]:
    """Keep what other tenants show to this one on the actor's day.

    It is seen by whoever may see all of the tenant's own records, and changed by nobody here. Of an
    actor for whom nobody has said the day, nothing is kept: it might be over.
    """
    if actor.day is None or not allowed_in(actor, May.VIEW, tenant):
        return objects.none()
    begun = objects.filter(**{RECEIVERS[objects.model._meta.label]: tenant}, starts__lte=actor.day)
    return begun.filter(Q(ends=None) | Q(ends__gt=actor.day))


def allowed(actor: Actor, may: May, thing: Model) -> bool:
    """Whether the actor may do this to one thing: asks `within`, so the two never disagree."""
    return within(actor, may, type(thing)._default_manager.filter(pk=thing.pk)).exists()


def allowed_in(actor: Actor, may: May, tenant: Tenant) -> bool:
    """Whether the actor may do this anywhere in the tenant: for things not yet there."""
    held = [] if isinstance(actor, Operator) else roles_in(actor, tenant)
    return isinstance(actor, Operator) or any(may in ROLES[one.role].tenant for one in held)


def ever_allowed(actor: Actor, may: May, tenant: Tenant) -> bool:
    """Whether the actor may do this to anything in the tenant, were it only one's own."""
    if isinstance(actor, Operator):
        return True
    roles = [ROLES[held.role] for held in roles_in(actor, tenant)]
    return any(may in role.tenant or may in role.organisation for role in roles)


def seated(actor: Actor, may: May, tenant: Tenant) -> bool:
    """Whether a seat of the actor gives this in any body of the tenant. One query at most."""
    if isinstance(actor, Operator) or may not in SEATED or actor.day is None:
        return False
    held = _tenures(may, actor.day).filter(person=actor.pk, tenant=tenant)
    return bool(roles_in(actor, tenant)) and held.exists()


def require(actor: Actor, may: May, thing: Model) -> None:
    """Raise PermissionDenied unless allowed. A new thing is checked by its tenant."""
    fits = (
        allowed_in(actor, may, thing) if isinstance(thing, Tenant) else allowed(actor, may, thing)
    )
    if not fits:
        raise PermissionDenied(MEANINGS[may])
