"""What was answered and may become something: read once, kept until somebody answers."""

from collections import OrderedDict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias, cast

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in
from gelingen.analysis.statements import Statements, group_statements
from gelingen.review.decisions import subject_of
from gelingen.review.meaning import house_vectors
from gelingen.surveys.said import Said, said, said_mark
from gelingen.terms.surveys import QuestionKind

WISH, TIE = "need", "tie"
Row: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that one answer says is missing.

    Attributes:
        subject: its stable name.
        said: the answer.
        statement: in the words of who answers.
        topic, target_group, territory: keys; "" where nothing was named.
        starts: from when; None: now.
        severity: 1 to 5; None: not said.
        low, high: quantity; None: not said.
        unit: of the quantity.

    """

    subject: str
    said: Said
    statement: str
    topic: str
    target_group: str
    territory: str
    starts: date | None
    severity: int | None
    low: Decimal | None
    high: Decimal | None
    unit: str

    @property
    def cell(self) -> tuple[str, str, str]:
        """Give where it belongs."""
        return self.topic, self.target_group, self.territory


@dataclass(frozen=True)
class Heard:
    """Everything that a tenant was told.

    Attributes:
        wishes: what is missing, by subject.
        ties: with whom organisations said they work: by subject the answer and its row. Whoever
            answered without a name told of no tie.

    """

    wishes: Mapping[str, Wish]
    ties: Mapping[str, tuple[Said, Row]]

    @cached_property
    def groups(self) -> tuple[tuple[tuple[Wish, ...], str, bool], ...]:
        """Put together wishes that say the same, with the words of the field that all of them say.

        Last stands whether some of them are together by their meaning alone. Thousands of wishes
        take seconds, so it is done when somebody looks at them.
        """
        rows = [(one.subject, one.statement, *cell_of(one.cell)) for one in self.wishes.values()]
        frame = group_statements(Statements.from_rows(rows), vectors=house_vectors()).frame
        return tuple(
            (
                tuple(self.wishes[key] for key in sorted(part["key"])),
                str(part["shared"][0]),
                bool(part["meaning"][0]),
            )
            for _, part in frame.group_by("group", maintain_order=True)
        )


# What was read stays in the process until one of the answers changes. It is the same for everybody
# who may see answers.
_heard_of: OrderedDict[str, tuple[Hashable, Heard]] = OrderedDict()
_TENANTS = 4
_NOTHING = Heard({}, {})


def heard(actor: Actor, tenant: Tenant) -> Heard:
    """Give what was told, from memory if nothing was said since. One query, else five.

    Nothing for an actor who may not see answers.
    """
    if not allowed_in(actor, May.ASK, tenant):
        return _NOTHING
    mark = said_mark(tenant)
    held = _heard_of.get(tenant.pk)
    if held is not None and held[0] == mark:
        return held[1]
    found = _listen(actor, tenant)
    _heard_of[tenant.pk] = (mark, found)
    while len(_heard_of) > _TENANTS:
        _heard_of.popitem(last=False)
    return found


def _listen(actor: Actor, tenant: Tenant) -> Heard:
    wishes = {
        one.subject: one
        for one in (_wish(*pair) for pair in _rows(actor, tenant, QuestionKind.MISSING))
    }
    ties = {
        subject_of(TIE, one, row): (one, row)
        for one, row in _rows(actor, tenant, QuestionKind.TIES)
        if one.speaker
    }
    return Heard(wishes, ties)


def _rows(actor: Actor, tenant: Tenant, kind: QuestionKind) -> Iterator[tuple[Said, Row]]:
    for one in said(actor, tenant, kind):
        for row in cast("list[Row]", one.value):
            yield one, row


def cell_of(cell: Sequence[str]) -> tuple[str | None, ...]:
    """Give a cell as the analyses take it: None where nothing is named."""
    return tuple(key or None for key in cell)


def _wish(one: Said, row: Row) -> Wish:
    quantity = cast("Mapping[str, str]", row.get("quantity") or {})
    starts = str(row.get("starts") or "")
    severity = row.get("severity")
    return Wish(
        subject=subject_of(WISH, one, row),
        said=one,
        statement=str(row.get("statement") or ""),
        topic=str(row.get("topic") or ""),
        target_group=str(row.get("target_group") or ""),
        territory=str(row.get("territory") or ""),
        starts=date.fromisoformat(starts) if starts else None,
        severity=int(cast("int", severity)) if severity else None,
        low=_number(quantity.get("low")),
        high=_number(quantity.get("high")),
        unit=str(row.get("unit") or ""),
    )


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None
