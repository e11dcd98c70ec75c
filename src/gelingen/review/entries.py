"""What organisations say in a survey about their entries: passed on in the moment it is sent.

"Stimmt noch" confirms the entry at once; a change or an end becomes a proposal, as with a request
for confirmation. Whoever corrects the answer replaces what it did, unless somebody went on from
there: then what is new becomes a proposal of its own.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator
from gelingen.access.record import Record, UnknownRecordError
from gelingen.confirmations.proposals import NothingNewError, asked_sheet, propose
from gelingen.editing import get_record, sheet_of
from gelingen.errors import NotFoundError
from gelingen.history.recording import change, new_batch
from gelingen.history.undo import UndoRefusedError, undo_batch
from gelingen.review.decisions import decide
from gelingen.review.models import Decision
from gelingen.surveys.said import OwnAnswer, Said, digest, own_answer
from gelingen.terms.asking import EntryAnswer, ProposalKind, ReviewState
from gelingen.terms.surveys import QuestionKind
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.values import read_cell

if TYPE_CHECKING:
    from gelingen.surveys.models import Invitation

KIND = "entry"
Answer = Mapping[str, object]


def pass_on(invitation: "Invitation") -> int:
    """Confirm and propose what an answer says about entries; gives how many were new.

    What an earlier version of the answer did and the present one says no more is taken back.

    Args:
        invitation: whose answer was sent or corrected.

    """
    with transaction.atomic():
        own = own_answer(invitation, QuestionKind.ENTRIES)
        if own is None:
            return 0
        told = {
            _name(own, key): (one, key, answer)
            for one in own.said
            for key, answer in cast("Mapping[str, Answer]", one.value).items()
        }
        _forget_others(own, told.keys())
        return sum(_pass(own, name, *what) for name, what in told.items())


def take_back(invitation: "Invitation") -> None:
    """Undo what an answer did that is withdrawn; what somebody went on from stays."""
    with transaction.atomic():
        own = own_answer(invitation, QuestionKind.ENTRIES)
        if own is not None:
            _forget_others(own, ())


def _of_answer(own: OwnAnswer) -> str:
    return f"{KIND}:{digest(own.survey, own.name)}"


def _name(own: OwnAnswer, key: str) -> str:
    return f"{_of_answer(own)}:{digest(key)[:8]}"


def _forget_others(own: OwnAnswer, names: Collection[str]) -> None:
    """Take back what the answer said about entries that it does not name now."""
    for one in _decisions(own.tenant, _of_answer(own)):
        if one.subject.rpartition(":")[0] not in names:
            _take_back(own, one)


def _decisions(tenant: Tenant, start: str) -> list[Decision]:
    found = Decision.objects.filter(tenant=tenant, subject__startswith=f"{start}:")
    return list(found.order_by("pk"))


def _take_back(own: OwnAnswer, one: Decision) -> None:
    """Undo one passing on; where somebody went on from there, all stays as it is."""
    try:
        with transaction.atomic():
            undo_batch(one.batch, by=_speaker(own), tenant=own.tenant)
    except (UndoRefusedError, NotFoundError):
        return


def _pass(own: OwnAnswer, name: str, one: Said, key: str, answer: Answer) -> bool:
    earlier = _decisions(own.tenant, name)
    wanted = digest(answer)[:8]
    if earlier and earlier[-1].subject.rpartition(":")[2].startswith(wanted):
        return False  # said already, and nothing else since
    try:
        thing = get_record(_speaker(own), own.tenant, sheet_of("structure"), key)
    except UnknownRecordError:
        return False  # deleted while the survey was open
    for old in earlier:
        _take_back(own, old)
    batch = new_batch()
    _write(own, one, _refreshed(thing), answer, batch)
    decide(
        _speaker(own),
        own.tenant,
        # Who says again what was decided on before says it anew.
        [f"{name}:{wanted}{len(earlier)}"],
        ReviewState.ACCEPTED,
        on=one.day,
        batch=batch,
        result=f"structure:{key}",
    )
    return True


def _refreshed(thing: Record) -> Record:
    thing.refresh_from_db()  # taking back may have changed it
    return thing


def _speaker(own: OwnAnswer) -> Operator:
    """Give who answers: the right comes from the officer who asked, the name from the answer."""
    return Operator(f"{own.by[:110]} (Umfrage)")


def _write(own: OwnAnswer, one: Said, thing: Any, answer: Answer, batch: str) -> None:  # noqa: ANN401 - a structure; its model is protected
    if answer["answer"] == EntryAnswer.TRUE:
        with change(by=_speaker(own), verb=Verb.CONFIRMED, of=thing, batch=batch):
            thing.last_confirmed = max(thing.last_confirmed or one.day, one.day)
        return
    gone = answer["answer"] == EntryAnswer.GONE
    try:
        propose(
            by=str(_speaker(own)),
            tenant=own.tenant,
            thing=thing,
            of_kind="structure",
            organisation=own.speaker,
            values=_end(answer) if gone else _values(answer),
            kind=ProposalKind.END if gone else ProposalKind.CHANGE,
            remark=str(answer.get("remark") or ""),
            source=f"Umfrage „{one.title}“",
            on=one.day,
            batch=batch,
        )
    except NothingNewError:
        return  # somebody has entered it meanwhile


def _end(answer: Answer) -> dict[str, object]:
    return {"ends": date.fromisoformat(str(answer["ends"])), "ends_kind": "stated"}


def _values(answer: Answer) -> dict[str, object]:
    """Read the texts that were typed, as the proposal's form would."""
    sheet = asked_sheet("structure")
    values: dict[str, object] = {}
    for name, text in cast("Mapping[str, str]", answer.get("values") or {}).items():
        column = sheet.column(name)
        values |= zip(column.fields, read_cell(column, text).values, strict=True)
    return values
