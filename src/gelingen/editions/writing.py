"""Write an edition before its release: begin a draft, say what it rests on, give it up.

new_edition(...) -> Edition, change_edition(...), remove_edition(...)
"""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.editions.models import FROZEN, Edition
from gelingen.errors import UserError
from gelingen.history.recording import change, remove
from gelingen.terms.editions import EditionState
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines

if TYPE_CHECKING:
    from gelingen.papers.models import Paper
    from gelingen.plan.models import Plan


class EditionError(UserError):
    """An edition does not stand so that this can be done with it."""


def new_edition(  # noqa: PLR0913 - what an edition consists of
    *, actor: Actor, tenant: Tenant, plan: "Plan", title: str = "", on: date, batch: str = ""
) -> Edition:
    """Begin an edition of a plan.

    Args:
        actor: who begins it.
        tenant: whose.
        plan: the plan.
        title: what it is called; without one as the plan.
        on: the day of which it tells.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        EditionError: another draft is there already.

    """
    require(actor, May.EDIT_PLAN, tenant)
    if Edition.objects.filter(tenant=tenant, state=EditionState.DRAFT).exists():
        raise EditionError("Es gibt schon einen Entwurf. Bitte erst diesen freigeben oder löschen.")
    made = Edition(tenant=tenant, key=uuid4().hex, plan=plan, on=on)
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        made.title = clean(title) or plan.title
    return made


def change_edition(  # noqa: PLR0913 - what an edition consists of
    *,
    actor: Actor,
    edition: Edition,
    title: str,
    on: date,
    resolution: str = "",
    paper: "Paper | None" = None,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Say what a draft is called, of which day it tells, and which resolution it rests on.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        EditionError: it is released.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_PLAN, edition)
    refuse_released(edition)
    edition.version = edition.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=edition, batch=batch):
        edition.title, edition.on = clean(title), on
        edition.resolution, edition.paper = clean_lines(resolution), paper


def remove_edition(*, actor: Actor, edition: Edition, batch: str = "") -> None:
    """Give up a draft.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        EditionError: it is released.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_PLAN, edition)
    refuse_released(edition)
    remove(by=actor, of=edition, batch=batch)


def refuse_released(edition: Edition) -> None:
    """Refuse to change what is released.

    Raises:
        EditionError: it is no draft.

    """
    if edition.state != EditionState.DRAFT:
        raise EditionError(FROZEN)
