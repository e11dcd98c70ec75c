"""Write papers: begin one, change what it says, attach to it, delete it.

new_paper(...) -> Paper, change_paper(...), remove_paper(...)
add_annex(...), change_measures(...)
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch, remove
from gelingen.history.stored import whole
from gelingen.papers.models import Paper
from gelingen.register.attachments import attach, detach_all
from gelingen.terms.papers import PaperKind, PaperState
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines

if TYPE_CHECKING:
    from django.core.files.base import File

    from gelingen.boards.models import Body
    from gelingen.plan.models import Measure
    from gelingen.programme.models import Selection
    from gelingen.register.models import Organisation

_LINES = ("facts", "proposal", "money_source", "cover", "posts", "alternatives", "refusal")
CHANGEABLE = (PaperState.DRAFT, PaperState.SUBMITTED)


class PaperError(UserError):
    """A paper does not stand so that this can be done with it."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is told about a paper; amounts in EUR, None where they are not known."""

    subject: str
    kind: str = PaperKind.RESOLUTION.value
    number: str = ""
    file_reference: str = ""
    public: bool = True
    day: date | None = None
    body: "Body | None" = None
    submitter: str = ""
    lead: "Organisation | None" = None
    clerk: str = ""
    facts: str = ""
    proposal: str = ""
    once_low: Decimal | None = None
    once_high: Decimal | None = None
    year_low: Decimal | None = None
    year_high: Decimal | None = None
    follow_up: Decimal | None = None
    funding_low: Decimal | None = None
    funding_high: Decimal | None = None
    own_low: Decimal | None = None
    own_high: Decimal | None = None
    money_source: str = ""
    budget_line: str = ""
    cover: str = ""
    fte: Decimal | None = None
    posts: str = ""
    alternatives: str = ""
    refusal: str = ""


def new_paper(  # noqa: PLR0913 - what a paper consists of
    *,
    actor: Actor,
    tenant: Tenant,
    given: Given,
    measures: Sequence["Measure"] = (),
    selection: "Selection | None" = None,
    batch: str = "",
) -> Paper:
    """Begin a paper.

    Args:
        actor: who writes it.
        tenant: whose paper.
        given: what it says.
        measures: what it is about.
        selection: the year's selection that it rests on.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor leads neither all bodies nor the one that submits it.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, given.body or tenant)
    # The key says nothing: more people read it than may read what a paper is about.
    made = Paper(tenant=tenant, key=uuid4().hex, selection=selection)
    links = {"measures": list(measures)}
    with change(by=actor, verb=Verb.CREATED, of=made, links=links, batch=batch):
        _assign(made, given, actor)
    return made


def change_paper(
    *, actor: Actor, paper: Paper, given: Given, version: int | None = None, batch: str = ""
) -> None:
    """Change what a paper says; one that waited to be released is a draft again.

    Raises:
        PermissionDenied: the actor may not write it, or not for the body that shall submit it.
        PaperError: it is released.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, paper)
    if given.body != paper.body:
        require(actor, May.EDIT_BOARDS, given.body or paper.tenant)
    refuse_released(paper)
    if not given.public:
        _refuse_told(paper)
    paper.version = paper.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=paper, batch=batch):
        _assign(paper, given, actor)
        paper.state = PaperState.DRAFT


def _refuse_told(paper: Paper) -> None:
    """Refuse to close what an agenda tells everybody. One query."""
    told = paper.deliberations.filter(item__public=True).select_related("body").first()
    if told is not None:
        raise PaperError(
            f"Die Vorlage steht öffentlich auf der Tagesordnung: {told.body}. Bitte den Punkt dort "
            "zuerst nichtöffentlich machen."
        )


def add_annex(  # noqa: PLR0913 - what an annex consists of
    *, actor: Actor, paper: Paper, title: str, name: str, content: "File[bytes]", public: bool
) -> None:
    """Attach a file to a paper; it is released with the paper, so it is a draft again.

    Raises:
        PermissionDenied: the actor may not write it.
        PaperError: it is released.
        UnfitFileError: the file is not taken.

    """
    require(actor, May.EDIT_BOARDS, paper)
    refuse_released(paper)
    with whole():
        attach(actor=actor, to=paper, title=title, name=name, content=content, public=public)
        with change(by=actor, verb=Verb.CHANGED, of=paper):
            paper.written_by, paper.state = str(actor)[:150], PaperState.DRAFT


def change_measures(
    *, actor: Actor, paper: Paper, measures: Sequence["Measure"], batch: str = ""
) -> None:
    """Say which measures a paper is about.

    Raises:
        PermissionDenied: the actor may not write it.
        PaperError: it is released.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_BOARDS, paper)
    refuse_released(paper)
    links = {"measures": list(measures)}
    with change(by=actor, verb=Verb.CHANGED, of=paper, links=links, batch=batch):
        paper.written_by = str(actor)[:150]
        paper.state = PaperState.DRAFT


def refuse_released(paper: Paper) -> None:
    """Refuse to change what a released paper says.

    Raises:
        PaperError: it is released, done or withdrawn.

    """
    if paper.state not in CHANGEABLE:
        raise PaperError(
            f"Die Vorlage ist {paper.get_state_display()}; ändern lässt sie sich, wenn sie wieder "
            "ein Entwurf ist."
        )


def _assign(paper: Paper, given: Given, actor: Actor) -> None:
    for one in fields(given):
        value = getattr(given, one.name)
        if isinstance(value, str):
            value = clean_lines(value) if one.name in _LINES else clean(value)
        setattr(paper, one.name, value)
    paper.written_by = str(actor)[:150]


def remove_paper(*, actor: Actor, paper: Paper, batch: str = "") -> None:
    """Delete a paper that was never released, with its chain and its files.

    Raises:
        PermissionDenied: the actor may not write it.
        PaperError: it has a version: it was released once.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_BOARDS, paper)
    if paper.versions.exists():
        raise PaperError(
            "Die Vorlage war schon freigegeben und bleibt; sie lässt sich zurückziehen."
        )
    batch = batch or new_batch()
    with transaction.atomic():
        detach_all(actor=actor, thing=paper, batch=batch)
        remove(by=actor, of=paper, batch=batch)
