"""Papers that a person may see. Lists, pages, documents and search all ask `papers`."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed, within
from gelingen.access.record import UnknownRecordError
from gelingen.boards.queries import bodies
from gelingen.papers.models import Consequence, Deliberation, Paper, PaperRules, PaperVersion
from gelingen.register.attachments import attachments_of
from gelingen.terms.papers import PaperState

if TYPE_CHECKING:
    from gelingen.boards.models import Body
    from gelingen.register.models import Attachment

# What has left the desk of who writes it. A withdrawn paper is seen as long as it was released.
OUT = (PaperState.RELEASED, PaperState.DONE, PaperState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in the list of all.

    Attributes:
        paper: with body and lead.
        at: the station that deals with it or will next; None where the chain is over or empty.
        open: how many things follow from it and are not done.

    """

    paper: Paper
    at: Deliberation | None
    open: int


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """Everything about a paper.

    Attributes:
        paper: with body, lead and selection.
        chain: its stations in their order, each with body, item and meeting.
        versions: the last one first; of those that were not public only what the actor sees.
        consequences: those that are not done first, by day.
        may_edit: whether the actor may write it.

    """

    paper: Paper
    chain: tuple[Deliberation, ...]
    versions: tuple[PaperVersion, ...]
    consequences: tuple[Consequence, ...]
    may_edit: bool

    @property
    def at(self) -> Deliberation | None:
        """Station that deals with it or will next; None where all have a result."""
        return next((one for one in self.chain if not one.result), None)


def papers(actor: Actor, tenant: Tenant) -> QuerySet[Paper]:
    """Papers that the actor may see, the one made last first.

    Drafts are seen by who may write them. What is released is seen by all if it is public, else by
    who sees what is not public in the body that submits it or in one of the chain.
    """
    every = Paper.objects.filter(tenant=tenant)
    mine = within(actor, May.EDIT_BOARDS, every).order_by().values("pk")
    closed = within(actor, May.VIEW_CLOSED, every).order_by().values("pk")
    inside = within(actor, May.VIEW_CLOSED, bodies(actor, tenant)).order_by().values("pk")
    passing = Deliberation.objects.filter(tenant=tenant, body__in=inside).order_by()
    known = Q(public=True) | Q(pk__in=closed) | Q(pk__in=passing.values("paper"))
    released = Q(state__in=OUT, released__isnull=False)
    return within(actor, May.VIEW, every).filter(Q(pk__in=mine) | released & known)


def writable(actor: Actor, tenant: Tenant) -> QuerySet[Paper]:
    """Papers that the actor may write, the one made last first."""
    return within(actor, May.EDIT_BOARDS, Paper.objects.filter(tenant=tenant))


def get_paper(actor: Actor, tenant: Tenant, key: str) -> Paper:
    """Find a paper with body, lead and selection. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = papers(actor, tenant).select_related("tenant", "body", "lead", "selection")
    paper = found.filter(key=key).first()
    if paper is None:
        raise UnknownRecordError("Diese Vorlage gibt es nicht.")
    return paper


def paper_lines(actor: Actor, tenant: Tenant) -> list[PaperLine]:
    """List the papers that the actor may see, the one made last first. Three queries."""
    found = list(papers(actor, tenant).select_related("body", "lead"))
    at: dict[int, Deliberation] = {}
    stations = Deliberation.objects.filter(paper__in=found, result="").select_related("body")
    for one in stations.order_by("paper", "order", "key"):
        at.setdefault(one.paper_id, one)
    open_ones = Consequence.objects.filter(paper__in=found, done=None).order_by()
    counts: dict[int, int] = {}
    for pk in open_ones.values_list("paper", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    return [PaperLine(one, at.get(one.pk), counts.get(one.pk, 0)) for one in found]


def about_measure(actor: Actor, tenant: Tenant, key: str) -> list[Paper]:
    """List papers that ask for a measure, the one made last first, with their bodies. One query."""
    return list(papers(actor, tenant).filter(measures__key=key).select_related("body"))


def of_body(actor: Actor, tenant: Tenant, key: str) -> set[int]:
    """Give the papers that a body submits or deals with, as primary keys. One query."""
    seen = papers(actor, tenant).order_by()
    stands = Q(body__key=key) | Q(deliberations__body__key=key)
    return set(seen.filter(stands).values_list("pk", flat=True))


def to_deliberate(actor: Actor, tenant: Tenant, body: "Body") -> list[tuple[str, str]]:
    """List key and subject of released papers that a body is still to deal with. One query."""
    coming = Deliberation.objects.filter(tenant=tenant, body=body, result="").order_by()
    found = papers(actor, tenant).filter(state=PaperState.RELEASED, pk__in=coming.values("paper"))
    return list(found.order_by("subject", "key").values_list("key", "subject"))


def chain_of(paper: Paper) -> list[Deliberation]:
    """List the stations of a paper in their order, with body, item and meeting. One query."""
    return list(paper.deliberations.select_related("body", "item__meeting"))


def sheet(actor: Actor, paper: Paper) -> PaperSheet:
    """Gather everything about a paper that the actor may see. Four queries."""
    follows = sorted(
        paper.consequences.all(),
        key=lambda one: (one.done is not None, one.due or date.max, one.pk),
    )
    return PaperSheet(
        paper,
        tuple(chain_of(paper)),
        tuple(_versions(actor, paper)),
        tuple(follows),
        allowed(actor, May.EDIT_BOARDS, paper),
    )


def sees_closed(actor: Actor, paper: Paper) -> bool:
    """Tell whether the actor sees what is not public about a paper. At most two queries."""
    if allowed(actor, May.EDIT_BOARDS, paper) or allowed(actor, May.VIEW_CLOSED, paper):
        return True
    inside = within(actor, May.VIEW_CLOSED, bodies(actor, paper.tenant)).order_by()
    return paper.deliberations.filter(body__in=inside.values("pk")).exists()


def annexes(actor: Actor, paper: Paper) -> "list[Attachment]":
    """List the files of a paper that the actor may see, by title."""
    found = attachments_of(actor, paper)
    if all(one.public for one in found) or sees_closed(actor, paper):
        return found
    return [one for one in found if one.public]


def get_annex(actor: Actor, paper: Paper, key: str) -> "Attachment":
    """Find a file of a paper.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = next((one for one in annexes(actor, paper) if one.key == key), None)
    if found is None:
        raise UnknownRecordError("Diese Datei gibt es nicht.")
    return found


def _versions(actor: Actor, paper: Paper) -> list[PaperVersion]:
    """List the versions that the actor may see: a paper that is public now may not have been."""
    found = list(paper.versions.order_by("-order"))
    if all(_was_public(one) for one in found) or sees_closed(actor, paper):
        return found
    return [one for one in found if _was_public(one)]


def _was_public(version: PaperVersion) -> bool:
    return bool(version.content.get("public") == "ja")


def get_station(paper: Paper, key: str) -> Deliberation:
    """Find a station of a paper, with body, item and meeting. One query.

    Raises:
        UnknownRecordError: there is none.

    """
    found = paper.deliberations.select_related("body", "item__meeting", "paper")
    station: Deliberation | None = found.filter(key=key).first()
    if station is None:
        raise UnknownRecordError("Diese Station gibt es nicht.")
    return station


def get_consequence(paper: Paper, key: str) -> Consequence:
    """Find what follows from a paper. One query.

    Raises:
        UnknownRecordError: there is none.

    """
    every = paper.consequences.select_related("paper")
    found: Consequence | None = every.filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Folge gibt es nicht.")
    return found


def rules_of(tenant: Tenant) -> PaperRules:
    """Give the rules of a tenant for its papers; the defaults, not stored, where it has none."""
    found = PaperRules.objects.filter(tenant=tenant, key="regeln").first()
    return found or PaperRules(tenant=tenant, key="regeln")
