"""Who may do what to which objects: the whole answer is in this module."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet

from gelingen.access.models import OPERATOR, Membership, Tenant, User
from gelingen.terms.roles import PersonRole

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


class May(StrEnum):
    """What can be allowed."""

    VIEW = "view"
    EDIT_REGISTER = "edit-register"
    EDIT_NEEDS = "edit-needs"
    ASK = "ask"
    RELEASE_LANGUAGE = "release-language"
    EDIT_PLAN = "edit-plan"
    JUDGE = "judge"
    EDIT_BOARDS = "edit-boards"
    VIEW_CLOSED = "view-closed"
    CHOOSE = "choose"
    EXCHANGE = "exchange"
    EDIT_BASICS = "edit-basics"
    VIEW_PEOPLE = "view-people"
    PROTECT = "protect"
    MANAGE_PEOPLE = "manage-people"


MEANINGS = {
    May.VIEW: "Bestand, Bedarfe, Befunde und Plan sehen",
    May.EDIT_REGISTER: "Strukturen, Finanzierungen und Zuständigkeiten ändern",
    May.EDIT_NEEDS: "Bedarfe ändern",
    May.ASK: "Umfragen und Gespräche führen, Antworten sehen und sichten",
    May.RELEASE_LANGUAGE: "Texte in anderen Sprachen prüfen und freigeben",
    May.EDIT_PLAN: "Ziele, Maßnahmen und Texte des Masterplans ändern",
    May.JUDGE: "Befunde beurteilen",
    May.EDIT_BOARDS: "Gremien, Sitzungen, Niederschriften und den Prozess führen",
    May.VIEW_CLOSED: "Nichtöffentliches aus Sitzungen sehen",
    May.CHOOSE: "Jahresauswahl führen: Kriterien, Grenzen, alle Bewertungen, Entscheidung",
    May.EXCHANGE: "Arbeitsmappen einlesen und ausgeben",
    May.EDIT_BASICS: "Themenfelder, Zielgruppen, Aufgaben, Gebiete und Zahlen ändern",
    May.VIEW_PEOPLE: "Konten, Rollen und Einladungen sehen",
    May.PROTECT: "Auskunft über gespeicherte Angaben geben und sie auf Verlangen löschen",
    May.MANAGE_PEOPLE: "Personen einladen, Rollen geben und beenden, Konten sperren",
}

# Which right it takes to change the records of an app by hand, or to take such a change back.
EDITS = {
    "topics": May.EDIT_BASICS,
    "places": May.EDIT_BASICS,
    "register": May.EDIT_REGISTER,
    "needs": May.EDIT_NEEDS,
    "plan": May.EDIT_PLAN,
    "boards": May.EDIT_BOARDS,
    "process": May.EDIT_BOARDS,
    "programme": May.CHOOSE,
    "proposals": May.EDIT_BOARDS,
    "papers": May.EDIT_BOARDS,
    "progress": May.EDIT_PLAN,
    "indicators": May.EDIT_PLAN,
    "yearly": May.EDIT_PLAN,
    # What becomes public is decided by who may change the whole plan.
    "editions": May.EDIT_PLAN,
    "site": May.EDIT_PLAN,
    # What leaves the tenant is decided by who leads all of its bodies.
    "oparl": May.EDIT_BOARDS,
    "findings": May.JUDGE,
    "confirmations": May.EDIT_REGISTER,
    "surveys": May.ASK,
    "review": May.ASK,
    "talks": May.ASK,
}


@dataclass(frozen=True, slots=True)
class Role:
    """What a role allows in the whole tenant, and what only in one's own organisation.

    What a seat in a body gives comes with the seat, see `SEATED`.
    """

    label: str
    tenant: frozenset[May] = frozenset()
    organisation: frozenset[May] = frozenset()


_PEOPLE = frozenset({May.VIEW_PEOPLE, May.MANAGE_PEOPLE})
_VIEW = frozenset({May.VIEW})
_OWN_ENTRIES = frozenset({May.EDIT_REGISTER})

ROLES = {
    "officer": Role(PersonRole.OFFICER.label, tenant=frozenset(May)),
    "planner": Role(
        PersonRole.PLANNER.label, tenant=frozenset(May) - {May.EXCHANGE, May.PROTECT} - _PEOPLE
    ),
    "lead": Role(PersonRole.LEAD.label, _VIEW, frozenset({May.EDIT_PLAN})),
    "partner": Role(PersonRole.PARTNER.label, _VIEW, _OWN_ENTRIES),
    "municipality": Role(PersonRole.MUNICIPALITY.label, _VIEW, _OWN_ENTRIES),
    "course_provider": Role(PersonRole.COURSE_PROVIDER.label, _VIEW, _OWN_ENTRIES),
    "volunteers": Role(PersonRole.VOLUNTEERS.label, tenant=_VIEW),
    "finance": Role(PersonRole.FINANCE.label, tenant=_VIEW),
    "steering": Role(PersonRole.STEERING.label, tenant=_VIEW | {May.VIEW_CLOSED}),
    "advisory": Role(PersonRole.ADVISORY.label, tenant=_VIEW),
    "member": Role(PersonRole.MEMBER.label, tenant=_VIEW),
    "head": Role(PersonRole.HEAD.label, tenant=_VIEW | {May.VIEW_CLOSED}),
    "reader": Role(PersonRole.READER.label, tenant=_VIEW),
    "auditor": Role(PersonRole.AUDITOR.label, tenant=frozenset({May.VIEW, May.VIEW_PEOPLE})),
    "administrator": Role(PersonRole.ADMINISTRATOR.label, tenant=_PEOPLE),
}

# For each model the lookup that leads to the organisation that owns it ("" if none does).
# Every record carries its tenant itself.
OWNERS = {
    "topics.Topic": "",
    "topics.TargetGroup": "",
    "topics.Task": "",
    "places.Territory": "",
    "places.Figure": "",
    "register.Organisation": "pk",
    "register.Post": "organisation",
    "register.Structure": "organisation",
    "register.Reach": "structure__organisation",
    "register.Funding": "structure__organisation",
    "register.Responsibility": "organisation",
    "register.Cooperation": "a",
    "register.Attachment": "",
    "register.Agreement": "lead",
    # What leaves the tenant is decided by who may change everything in it.
    "register.Share": "",
    "needs.Need": "",
    "needs.Voice": "",
    "needs.Inquiry": "",
    "plan.Plan": "",
    "plan.PlanningPeriod": "",
    "plan.ChapterText": "",
    "plan.GuidingGoal": "",
    "plan.ImpactGoal": "",
    "plan.Measure": "lead",
    "plan.Milestone": "measure__lead",
    "plan.Chance": "",
    "plan.OtherPlan": "organisation",
    "boards.Body": "",
    "boards.Seat": "",
    "boards.Tenure": "",
    "boards.Meeting": "",
    "boards.AgendaItem": "",
    "boards.Attendance": "",
    "boards.ActionPoint": "",
    "programme.Selection": "",
    "programme.Criterion": "",
    "programme.Limit": "",
    "programme.TopicMinimum": "",
    "programme.Candidate": "",
    "programme.Ballot": "",
    "papers.Paper": "",
    "papers.PaperVersion": "",
    "papers.Deliberation": "",
    "papers.Consequence": "",
    "papers.PaperRules": "",
    # Who leads a measure reports on it; what a report says against, the office decides.
    "progress.ProgressReport": "measure__lead",
    "progress.StateOverride": "",
    "progress.ProgressRound": "",
    **dict.fromkeys((
        "indicators.Indicator", "indicators.DenominatorRule", "indicators.IndicatorBreak",
        "indicators.IndicatorTarget", "indicators.CollectionPlan", "yearly.YearReport",
        "yearly.ReportText", "yearly.Conclusion", "yearly.ReportFile", "editions.Edition",
        "editions.EditionTable", "editions.EditionFile", "site.SiteSettings", "site.News",
        "site.SiteQuestion", "site.Occasion", "site.PageText",
    ), ""),
    "proposals.Proposal": "",
    "proposals.Supporter": "",
    "proposals.Station": "",
    "process.Phase": "",
    "process.Event": "",
    "process.Step": "",
    "process.Support": "",
    "oparl.Endpoint": "",
    "oparl.LegislativeTerm": "",
    "findings.Finding": "",
    "findings.Verdict": "",
    # Who may change everything decides on proposals, also on those of one's own organisation.
    "confirmations.Proposal": "",
    **dict.fromkeys((
        "surveys.Survey", "surveys.Question", "surveys.LanguageRelease", "surveys.Publication",
        "surveys.TextRelease", "review.Decision", "review.SameName", "talks.Talk", "talks.Code",
        "talks.Statement", "talks.Coding",
    ), ""),
}  # fmt: skip

# What a seat in a body gives there, by the office that comes with it, to whoever has a role in the
# tenant: a third reach beside tenant and organisation.
_LEADING = ("chair", "deputy", "secretary")
SEATED = {
    May.VIEW_CLOSED: ("member", *_LEADING),
    May.EDIT_BOARDS: _LEADING,
    May.CHOOSE: _LEADING,
}
# Who takes a seat gets its rights, so that is changed only by who leads bodies in the whole tenant.
_GIVING = frozenset({"boards.Seat", "boards.Tenure"})
# For each model of bodies the lookup that leads to its body.
BODIES = {
    "boards.Body": "pk",
    "boards.Seat": "body",
    "boards.Tenure": "seat__body",
    "boards.Meeting": "body",
    "boards.AgendaItem": "body",
    "boards.Attendance": "meeting__body",
    "boards.ActionPoint": "body",
    # Who leads the body that selects leads the selection; who leads a group scores for it.
    "programme.Selection": "body",
    "programme.Criterion": "selection__body",
    "programme.Limit": "selection__body",
    "programme.TopicMinimum": "selection__body",
    "programme.Candidate": "selection__body",
    "programme.Ballot": "body",
    "proposals.Proposal": "body",
    "proposals.Supporter": "body",
    "proposals.Station": "body",
    # Who leads the body that submits a paper writes it; who else sees it, `papers.queries` says.
    "papers.Paper": "body",
    "papers.PaperVersion": "paper__body",
    "papers.Deliberation": "paper__body",
    "papers.Consequence": "paper__body",
}

# For what is shown to another tenant the lookup to that tenant; see `received`.
RECEIVERS = {"register.Share": "with_tenant"}


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
    gives = may is not May.EDIT_BOARDS or model not in _GIVING
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
