"""Write papers: begin one, change what it says, let another person release it, keep versions.

new_paper(...) -> Paper, change_paper(...), remove_paper(...)
submit(...), send_back(...), release(...), reopen(...), withdraw(...), keep_version(...)
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch, remove
from gelingen.papers.content import compared, content_of
from gelingen.papers.models import Paper, PaperVersion
from gelingen.papers.queries import rules_of
from gelingen.register.attachments import attach, attachments_of, detach_all
from gelingen.terms.papers import DeliberationRole, PaperKind, PaperState, VersionOccasion
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines

if TYPE_CHECKING:
    from django.core.files.base import File

    from gelingen.boards.models import Body
    from gelingen.plan.models import Measure
    from gelingen.programme.models import Selection
    from gelingen.register.models import Organisation

_LINES = ("facts", "proposal", "money_source", "cover", "posts", "alternatives", "refusal")
_CHANGEABLE = (PaperState.DRAFT, PaperState.SUBMITTED)


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
    with transaction.atomic():
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
    if paper.state not in _CHANGEABLE:
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


# The way to its release


def submit(*, actor: Actor, paper: Paper, version: int | None = None, batch: str = "") -> None:
    """Hand a draft in to be released.

    Raises:
        PermissionDenied: the actor may not write it.
        PaperError: it is no draft, or something is missing; the message says what.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, paper)
    if paper.state != PaperState.DRAFT:
        raise PaperError("Zur Freigabe gegeben wird ein Entwurf.")
    _refuse_incomplete(paper)
    _set(paper, actor, PaperState.SUBMITTED, version, batch)


def missing(paper: Paper) -> list[str]:
    """Name what a paper lacks before it can be released. One query."""
    lacks = [] if paper.facts else ["die Sachdarstellung"]
    if paper.kind == PaperKind.RESOLUTION and not paper.proposal:
        lacks.append("der Beschlussvorschlag")
    roles = set(paper.deliberations.order_by().values_list("role", flat=True))
    if not roles:
        lacks.append("die Beratungsfolge")
    elif paper.kind == PaperKind.RESOLUTION and DeliberationRole.DECISION not in roles:
        lacks.append("ein Gremium, das entscheidet")
    return lacks


def _refuse_incomplete(paper: Paper) -> None:
    if lacks := missing(paper):
        raise PaperError(f"Es fehlt noch: {', '.join(lacks)}.")


def send_back(*, actor: Actor, paper: Paper, version: int | None = None, batch: str = "") -> None:
    """Make a paper that waits to be released a draft again.

    Raises:
        PermissionDenied: the actor may not write it.
        PaperError: it does not wait to be released.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, paper)
    if paper.state != PaperState.SUBMITTED:
        raise PaperError("Zurückgegeben wird, was zur Freigabe vorliegt.")
    _set(paper, actor, PaperState.DRAFT, version, batch)


def may_release(actor: Actor, paper: Paper) -> bool:
    """Tell whether the actor may release it, as far as the rule of the second person goes."""
    return not rules_of(paper.tenant).second_person or str(actor)[:150] != paper.written_by


def release(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    paper: Paper,
    on: date,
    changed: str = "",
    version: int | None = None,
    batch: str = "",
) -> None:
    """Release a paper and keep it as a version.

    Args:
        actor: who releases it; where the tenant wants a second person, not who wrote last.
        paper: a paper that waits for it; without a second person a draft too.
        on: the day.
        changed: what is different since the last version, in the words of the person.
        version: the version that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not write it.
        PaperError: it is not the time, something is missing, or it takes another person.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, paper)
    if paper.state not in _CHANGEABLE:
        raise PaperError("Freigegeben wird, was zur Freigabe vorliegt.")
    if rules_of(paper.tenant).second_person:
        if paper.state == PaperState.DRAFT:
            raise PaperError("Die Vorlage ist noch nicht zur Freigabe gegeben.")
        if str(actor)[:150] == paper.written_by:
            raise PaperError("Sie haben zuletzt geschrieben; freigeben muss eine andere Person.")
    _refuse_incomplete(paper)
    batch = batch or new_batch()
    paper.version = paper.version if version is None else version
    with transaction.atomic():
        with change(by=actor, verb=Verb.CHANGED, of=paper, batch=batch):
            paper.state, paper.released = PaperState.RELEASED, on
            paper.released_by = str(actor)[:150]
            paper.day = paper.day or on
        keep_version(
            actor=actor, paper=paper, occasion=VersionOccasion.RELEASE, on=on, changed=changed,
            batch=batch,
        )  # fmt: skip


def keep_version(  # noqa: PLR0913 - what a version consists of
    *,
    actor: Actor,
    paper: Paper,
    occasion: VersionOccasion,
    on: date,
    changed: str = "",
    text: str = "",
    batch: str = "",
) -> PaperVersion:
    """Keep a paper as it is, or with the text that was adopted, as its next version.

    Raises:
        PermissionDenied: the actor may not write it.

    """
    require(actor, May.EDIT_BOARDS, paper)
    # Who may read a version may not read the files that are not public.
    files = [one.title for one in attachments_of(actor, paper) if one.public]
    content = content_of(paper, files=files)
    if text:
        content["proposal"] = text
    last = paper.versions.order_by("-order").first()
    if last is not None and not changed:
        labels = [one.label for one in compared(last.content, content)]
        changed = ", ".join(labels) if labels else "Nichts hat sich geändert."
    number = (paper.versions.aggregate(last=Max("order"))["last"] or 0) + 1
    made = PaperVersion(tenant=paper.tenant, key=uuid4().hex, paper=paper, order=number)
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        made.occasion, made.day, made.by = occasion, on, str(actor)[:150]
        made.changed, made.content = clean_lines(changed), content
    return made


def reopen(*, actor: Actor, paper: Paper, version: int | None = None, batch: str = "") -> None:
    """Make a released or withdrawn paper a draft again; until its next release few see it.

    Raises:
        PermissionDenied: the actor may not write it.
        PaperError: it is a draft, or a body has decided on it.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, paper)
    if paper.state not in (PaperState.RELEASED, PaperState.WITHDRAWN):
        raise PaperError("Wieder Entwurf wird, was freigegeben oder zurückgezogen ist.")
    paper.version = paper.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=paper, batch=batch):
        paper.state, paper.released, paper.released_by = PaperState.DRAFT, None, ""


def withdraw(*, actor: Actor, paper: Paper, version: int | None = None, batch: str = "") -> None:
    """Withdraw a paper: no body deals with it any more.

    Raises:
        PermissionDenied: the actor may not write it.
        PaperError: it is done or withdrawn already.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, paper)
    if paper.state in (PaperState.DONE, PaperState.WITHDRAWN):
        raise PaperError(f"Die Vorlage ist schon {paper.get_state_display()}.")
    _set(paper, actor, PaperState.WITHDRAWN, version, batch)


def _set(paper: Paper, actor: Actor, state: PaperState, version: int | None, batch: str) -> None:
    paper.version = paper.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=paper, batch=batch):
        paper.state = state
