"""The Masterplan: the county's own words, and what the records and the analyses say."""

from datetime import date

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.documents import Block, Document
from gelingen.reports.citing import gather_sources
from gelingen.reports.masterplan import (
    annexes,
    cooperation,
    finance,
    front,
    gaps,
    inventory,
    needs,
    overlaps,
    periods,
    situation,
    steering,
    summary,
    themes,
    watching,
)
from gelingen.reports.masterplan.paper import Paper
from gelingen.reports.material import read_material
from gelingen.reports.results import Results
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import PlanState

__all__ = ["masterplan"]

PARTS = (
    front.preface,
    summary.summary,
    front.mandate,
    front.vision,
    front.procedure,
    situation.situation,
    inventory.inventory,
    needs.needs,
    gaps.gaps,
    overlaps.overlaps,
    cooperation.cooperation,
    periods.periods,
    themes.themes,
    themes.cross_themes,
    steering.steering,
    finance.finance,
    watching.monitoring,
    watching.continuation,
    annexes.annexes,
)


def masterplan(actor: Actor, tenant: Tenant, *, on: date, horizon: date) -> Document:
    """Write the Masterplan of a tenant.

    Args:
        actor: who asks; records that this person may not see are left out.
        tenant: whose plan.
        on: the day the plan speaks about; figures of later days are left out.
        horizon: first day after the planning horizon, later than `on`.

    Raises:
        HorizonError: the horizon is not later than `on`.

    Returns:
        The document in the order of its chapters. The number of queries is fixed.

    """
    material = read_material(actor, tenant, on=on, horizon=horizon)
    paper = Paper(material, Results(material), gather_sources(material))
    plan = material.plan
    blocks: tuple[Block, ...] = tuple(block for part in PARTS for block in part(paper))
    return Document(
        title=plan.title if plan else "Masterplan Integration",
        subtitle="" if plan and tenant.name in plan.title else tenant.name,
        author=tenant.name,
        date_line=f"Stand {day(on)}",
        edition=PlanState.of(plan.state).label if plan else "Entwurf",
        cover=(("Herausgeber", tenant.name), ("Planungshorizont", paper.last_day)),
        blocks=blocks,
    )
