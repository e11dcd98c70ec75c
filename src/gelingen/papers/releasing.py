"""The way of a paper to its release: hand it in, let another person release it, keep versions.

submit(...), send_back(...), release(...), reopen(...), withdraw(...), keep_version(...)
missing(paper) -> what it lacks, may_release(actor, paper) -> bool
"""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from gelingen.access.policy import Actor, May, require
from gelingen.history.recording import change, new_batch
from gelingen.papers.content import compared, content_of
from gelingen.papers.models import Paper, PaperVersion
from gelingen.papers.queries import rules_of
from gelingen.papers.writing import CHANGEABLE, PaperError
from gelingen.register.attachments import attachments_of
from gelingen.terms.papers import DeliberationRole, PaperKind, PaperState, VersionOccasion
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean_lines


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
    if paper.state not in CHANGEABLE:
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
