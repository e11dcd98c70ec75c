"""What an organisation says about its entries, by its link and without an account.

An answer counts at once and can be replaced as long as the link is open: what it did is taken
back first. Whoever has the link speaks for the organisation that was asked.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from gelingen.confirmations.entries import actor_of, organisation_of, structure_of
from gelingen.confirmations.models import Asked, Request
from gelingen.confirmations.proposals import FIELDS, NothingNewError, propose
from gelingen.errors import NotFoundError, UserError
from gelingen.history.recording import change, new_batch
from gelingen.history.undo import UndoRefusedError, undo_batch
from gelingen.register.queries import structures
from gelingen.terms.asking import EntryAnswer, ProposalKind
from gelingen.terms.vocabulary import Verb

SOURCE = "Antwort per Verweis, ohne Konto"


class UnknownEntryError(NotFoundError):
    """The request does not ask for this entry."""


class AlreadyUsedError(UserError):
    """Somebody has gone on from the answer that is to be replaced."""


def get_asked(request: Request, pk: int) -> Asked:
    """Find one entry of a request. One query.

    Raises:
        UnknownEntryError: the request does not ask for it.

    """
    found = request.entries.filter(pk=pk).first()
    if found is None:
        raise UnknownEntryError("Nach diesem Eintrag wird hier nicht gefragt.")
    return found


def still_true(request: Request, asked: Asked, *, on: date, at: datetime) -> None:
    """Confirm an entry.

    Raises:
        AlreadyUsedError: it was answered before, and somebody went on from there.

    """
    with transaction.atomic():
        batch = _anew(request, asked)
        structure = structure_of(request, asked.structure)
        with change(by=actor_of(request), verb=Verb.CONFIRMED, of=structure, batch=batch):
            structure.last_confirmed = on  # type: ignore[attr-defined]  # a structure has it
        _settle(request, asked, EntryAnswer.TRUE, batch, at=at)


def all_still_true(request: Request, *, on: date, at: datetime) -> int:
    """Confirm every entry that nobody has answered yet, and close the request; gives their number.

    What was deleted or merged since it was asked for needs no answer.

    Raises:
        NotFoundError: an entry was deleted in this moment.

    """
    with transaction.atomic():
        left = list(request.entries.filter(_is_there(request), answer=""))
        for asked in left:
            still_true(request, asked, on=on, at=at)
        close(request, at=at)
    return len(left)


def changed(  # noqa: PLR0913 - what an answer consists of
    request: Request,
    asked: Asked,
    *,
    values: Mapping[str, object],
    remark: str,
    on: date,
    at: datetime,
) -> None:
    """Propose other values for an entry, and for the contact function of its organisation.

    Args:
        request: an open request.
        asked: one of its entries.
        values: by field as `workbook.declare.Kind` describes them.
        remark: what else has changed.
        on: the day.
        at: the moment.

    Raises:
        NothingNewError: everything is as before.
        AlreadyUsedError: it was answered before, and somebody went on from there.

    """
    with transaction.atomic():
        batch = _anew(request, asked)
        made = 0
        for kind, thing in (
            ("structure", structure_of(request, asked.structure)),
            ("organisation", organisation_of(request)),
        ):
            said = remark if kind == "structure" else ""
            try:
                propose(
                    by=str(actor_of(request)),
                    tenant=request.tenant,
                    thing=thing,
                    of_kind=kind,
                    organisation=request.organisation,
                    values={n: v for n, v in values.items() if n.startswith(FIELDS[kind])},
                    remark=said,
                    source=SOURCE,
                    on=on,
                    batch=batch,
                )
            except NothingNewError as error:
                nothing = error
            else:
                made += 1
        if not made:
            raise nothing
        _settle(request, asked, EntryAnswer.CHANGED, batch, at=at)


def gone(request: Request, asked: Asked, *, ends: date, on: date, at: datetime) -> None:
    """Propose that an entry ends.

    Args:
        request: an open request.
        asked: one of its entries.
        ends: the first day on which it is no more.
        on: the day.
        at: the moment.

    Raises:
        NothingNewError: it ends then anyway.
        AlreadyUsedError: it was answered before, and somebody went on from there.

    """
    with transaction.atomic():
        batch = _anew(request, asked)
        propose(
            by=str(actor_of(request)),
            tenant=request.tenant,
            thing=structure_of(request, asked.structure),
            of_kind="structure",
            organisation=request.organisation,
            values={"ends": ends, "ends_kind": "stated"},
            kind=ProposalKind.END,
            source=SOURCE,
            on=on,
            batch=batch,
        )
        _settle(request, asked, EntryAnswer.GONE, batch, at=at)


def _anew(request: Request, asked: Asked) -> str:
    """Take back what an earlier answer did; gives the number of the new undertaking."""
    current = Asked.objects.select_for_update().get(pk=asked.pk)
    if current.batch:
        try:
            undo_batch(current.batch, by=actor_of(request), tenant=request.tenant)
        except (UndoRefusedError, NotFoundError) as error:
            raise AlreadyUsedError(
                _(
                    "Über Ihre erste Antwort ist schon entschieden. Bitte melden Sie sich bei der "
                    "Integrationsbeauftragten."
                )
            ) from error
    return new_batch()


def _settle(
    request: Request, asked: Asked, answer: EntryAnswer, batch: str, *, at: datetime
) -> None:
    """Note the answer here and wherever else the same is asked."""
    open_ = {"request__answered": None, "request__withdrawn": None, "request__expires__gt": at}
    same = Asked.objects.filter(request__tenant=request.tenant, structure=asked.structure, **open_)
    same.update(answer=answer.value, batch=batch)
    left = Asked.objects.filter(_is_there(request), request=OuterRef("pk"), answer="")
    others = Request.objects.filter(
        tenant=request.tenant, answered=None, withdrawn=None, entries__structure=asked.structure
    )
    others = others.exclude(pk=request.pk).filter(~Exists(left))
    Request.objects.filter(pk__in=list(others.values_list("pk", flat=True))).update(answered=at)


def _is_there(request: Request) -> Exists:
    """Keep the asked entries whose structure still exists."""
    known = structures(actor_of(request), request.tenant)
    return Exists(known.filter(key=OuterRef("structure")))


def close(request: Request, *, at: datetime) -> None:
    """Take the answers as complete: the link opens no more."""
    Request.objects.filter(pk=request.pk, answered=None).update(answered=at)
