"""What organisations say in a survey about their entries: passed on in the moment it is sent.

"Stimmt noch" confirms the entry at once; a change or an end becomes a proposal, as with a request
for confirmation. Whoever corrects the answer replaces what it did, unless somebody went on from
there: then what is new becomes a proposal of its own.
"""

from collections.abc import Mapping
from datetime import date
from typing import cast

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Operator
from gelingen.access.record import Record, UnknownRecordError
from gelingen.confirmations.proposals import NothingNewError, asked_sheet, propose
from gelingen.editing import get_record, sheet_of
from gelingen.errors import NotFoundError
from gelingen.history.recording import change, new_batch
from gelingen.history.undo import UndoRefusedError, undo_batch
from gelingen.review.decisions import decide, digest
from gelingen.review.models import Decision
from gelingen.surveys.said import Said
from gelingen.terms.asking import EntryAnswer, ProposalKind, ReviewState
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.values import read_cell

KIND = "entry"
Answer = Mapping[str, object]


def pass_on(tenant: Tenant, said: list[Said]) -> int:
    """Confirm and propose what answers to questions about entries say; gives how many were new.

    Args:
        tenant: whose register.
        said: answers of one organisation, as `surveys.said_by` gives them.

    """
    done = 0
    with transaction.atomic():
        for one in said:
            for key, answer in cast("Mapping[str, Answer]", one.value).items():
                done += _pass(tenant, one, key, answer)
    return done


def take_back(tenant: Tenant, said: list[Said]) -> None:
    """Undo what answers did that are withdrawn; what somebody went on from stays."""
    for one in said:
        for key in cast("Mapping[str, Answer]", one.value):
            _take_back(tenant, one, _name(one, key))


def _name(one: Said, key: str) -> str:
    return f"{KIND}:{digest(one.survey, one.answer, key)}"


def _pass(tenant: Tenant, one: Said, key: str, answer: Answer) -> bool:
    name = _name(one, key)
    subject = f"{name}:{digest(answer)}"
    if Decision.objects.filter(tenant=tenant, subject=subject).exists():
        return False
    try:
        thing = get_record(_speaker(one), tenant, sheet_of("structure"), key)
    except UnknownRecordError:
        return False  # deleted while the survey was open
    _take_back(tenant, one, name)
    batch = new_batch()
    _write(tenant, one, thing, answer, batch)
    decide(
        _speaker(one),
        tenant,
        [subject],
        ReviewState.ACCEPTED,
        on=one.day,
        batch=batch,
        result=f"structure:{key}",
    )
    return True


def _take_back(tenant: Tenant, one: Said, name: str) -> None:
    for old in Decision.objects.filter(tenant=tenant, subject__startswith=f"{name}:"):
        try:
            with transaction.atomic():
                undo_batch(old.batch, by=_speaker(one), tenant=tenant)
        except (UndoRefusedError, NotFoundError):
            continue


def _speaker(one: Said) -> Operator:
    """Give who answers: the right comes from the officer who asked, the name from the answer."""
    return Operator(f"{one.name[:110]} (Umfrage)")


def _write(tenant: Tenant, one: Said, thing: Record, answer: Answer, batch: str) -> None:
    if answer["answer"] == EntryAnswer.TRUE:
        with change(by=_speaker(one), verb=Verb.CONFIRMED, of=thing, batch=batch):
            thing.last_confirmed = one.day  # type: ignore[attr-defined]  # a structure has it
        return
    gone = answer["answer"] == EntryAnswer.GONE
    try:
        propose(
            by=str(_speaker(one)),
            tenant=tenant,
            thing=thing,
            of_kind="structure",
            organisation=one.speaker,
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
