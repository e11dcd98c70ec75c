"""What people say is missing, grouped where it is the same."""

from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from statistics import median_low
from typing import cast

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in
from gelingen.analysis.statements import Statements, group_statements
from gelingen.needs.queries import needs
from gelingen.review.decisions import DecidedError, decided, subject_of
from gelingen.surveys.said import Said, said, said_mark
from gelingen.terms.surveys import QuestionKind

KIND = "need"


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


@dataclass(frozen=True, slots=True)
class Bundle:
    """Wishes that say the same.

    Attributes:
        wishes: at least one, by subject.
        shared: words of the field that all of them say.
        known: keys and statements of needs that say the same already.

    """

    wishes: tuple[Wish, ...]
    shared: str
    known: tuple[tuple[str, str], ...] = ()

    @property
    def first(self) -> Wish:
        """Give the wish whose words stand for all: the longest, as it says most."""
        return max(self.wishes, key=lambda one: (len(one.statement), one.subject))

    @property
    def voices(self) -> int:
        """Count who said it: an organisation once, every anonymous answer once."""
        return len({one.said.speaker or one.said.answer for one in self.wishes})

    @property
    def groups(self) -> tuple[str, ...]:
        """Give the groups that said it, by name."""
        return tuple(sorted({one.said.group for one in self.wishes if one.said.group}))


def bundles(actor: Actor, tenant: Tenant) -> list[Bundle]:
    """Group what waits for a decision, most voices first. Two queries, or four after an answer.

    Groups are formed of all that was answered, so that they stay as they are while people decide.
    What is known already is not asked here; see `with_known`.
    """
    done = decided(tenant)
    found = []
    for wishes, shared in _heard(actor, tenant).groups:
        left = tuple(one for one in wishes if one.subject not in done)
        if left:
            found.append(Bundle(left, shared))
    return sorted(found, key=lambda one: (-one.voices, one.first.statement, one.first.subject))


def with_known(actor: Actor, tenant: Tenant, shown: Sequence[Bundle]) -> list[Bundle]:
    """Add to some bundles the needs that say the same already. One query."""
    if not shown:
        return []
    known = {
        f"known:{key}": (key, text, cell)
        for key, text, *cell in needs(actor, tenant).values_list(
            "key", "statement", "topic__key", "target_group__key", "territory__key"
        )
    }
    rows = [(one.first.subject, one.first.statement, *_empty(one.first.cell)) for one in shown]
    rows += [(name, text, *_empty(cell)) for name, (_, text, cell) in known.items()]
    groups = group_statements(Statements.from_rows(rows)).frame
    together: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, group in groups.sort("key").select("key", "group").rows():
        if name in known:
            together[group].append(known[name][:2])
    of_first = dict(groups.select("key", "group").rows())
    return [replace(one, known=tuple(together[of_first[one.first.subject]])) for one in shown]


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything that a tenant was told, as groups with what they share, and by subject."""

    groups: tuple[tuple[tuple[Wish, ...], str], ...]
    wishes: Mapping[str, Wish]


# Reading and grouping thousands of answers takes seconds, so it stays in the process until one of
# them changes. It is the same for everybody who may see answers.
_heard_of: OrderedDict[str, tuple[Hashable, Heard]] = OrderedDict()
_TENANTS = 4
_NOTHING = Heard((), {})


def _heard(actor: Actor, tenant: Tenant) -> Heard:
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
        for one in (
            _wish(said_, row)
            for said_ in said(actor, tenant, QuestionKind.MISSING)
            for row in cast("list[Mapping[str, object]]", said_.value)
        )
    }
    rows = [(one.subject, one.statement, *_empty(one.cell)) for one in wishes.values()]
    frame = group_statements(Statements.from_rows(rows)).frame
    groups = [
        (tuple(wishes[key] for key in sorted(part["key"])), str(part["shared"][0]))
        for _, part in frame.group_by("group", maintain_order=True)
    ]
    return Heard(tuple(groups), wishes)


def _empty(cell: Sequence[str]) -> tuple[str | None, ...]:
    return tuple(key or None for key in cell)


def _wish(one: Said, row: Mapping[str, object]) -> Wish:
    quantity = cast("Mapping[str, str]", row.get("quantity") or {})
    starts = str(row.get("starts") or "")
    severity = row.get("severity")
    return Wish(
        subject=subject_of(KIND, one, row),
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


def chosen(actor: Actor, tenant: Tenant, subjects: Sequence[str]) -> list[Wish]:
    """Find wishes that wait, by subject.

    Raises:
        DecidedError: one of them waits no more, or was said otherwise meanwhile.

    """
    done = decided(tenant)
    told = _heard(actor, tenant).wishes
    if not subjects or any(one in done or one not in told for one in subjects):
        raise DecidedError("Darüber ist schon entschieden. Bitte die Seite neu laden.")
    return [told[one] for one in dict.fromkeys(subjects)]


def proposed(wishes: Sequence[Wish]) -> dict[str, object]:
    """Give the values of a need that says what these wishes say, for `editing.save_record`.

    Where they differ: the longest statement, the earliest begin, the middle severity (the lower
    of two), the widest range of those quantities that have the same unit as most.
    """
    first = max(wishes, key=lambda one: (len(one.statement), one.subject))
    severities = [one.severity for one in wishes if one.severity is not None]
    unit = _most_said([one.unit for one in wishes if one.low is not None])
    sized = [one for one in wishes if one.unit == unit]
    return {
        "statement": first.statement,
        "topic": _most_said([one.topic for one in wishes]) or None,
        "target_group": _most_said([one.target_group for one in wishes]) or None,
        "territory": _most_said([one.territory for one in wishes]) or None,
        "severity": median_low(severities) if severities else None,
        "quantity_low": min((one.low for one in sized if one.low is not None), default=None),
        "quantity_high": max((one.high for one in sized if one.high is not None), default=None),
        "unit": unit,
        "starts": None
        if any(one.starts is None for one in wishes)
        else min(one.starts for one in wishes if one.starts),
    }


def _most_said(words: Sequence[str]) -> str:
    counts: dict[str, int] = defaultdict(int)
    for word in words:
        counts[word] += bool(word)
    return max(sorted(counts), key=lambda word: counts[word], default="")
