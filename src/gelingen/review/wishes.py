"""What people say is missing, grouped where it is the same."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from statistics import median_low

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.analysis.statements import Statements, group_statements
from gelingen.needs.queries import needs
from gelingen.register.queries import organisations
from gelingen.review.decisions import DecidedError, NothingChosenError, decided
from gelingen.review.heard import Heard, Wish, cell_of, heard
from gelingen.review.meaning import house_vectors


@dataclass(frozen=True, slots=True)
class Bundle:
    """Wishes that say the same.

    Attributes:
        wishes: at least one, by subject.
        shared: words of the field that all of them say.
        known: keys and statements of needs that say the same already.
        meaning: whether some of them are together by their meaning alone.
        known_meaning: whether that holds for the needs.

    """

    wishes: tuple[Wish, ...]
    shared: str
    known: tuple[tuple[str, str], ...] = ()
    meaning: bool = False
    known_meaning: bool = False

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
    return _left(heard(actor, tenant), decided(tenant))


def open_things(actor: Actor, tenant: Tenant) -> tuple[int, int]:
    """Count what waits for a decision: statements on what is missing, and told ties.

    One query; two where something was told, three where a tie waits.
    """
    told = heard(actor, tenant)
    if not (told.wishes or told.ties):
        return 0, 0
    done = decided(tenant)
    tellers = [one.speaker for key, (one, _) in told.ties.items() if key not in done]
    there = set(organisations(actor, tenant).values_list("key", flat=True)) if tellers else set()
    return len(told.wishes.keys() - done), sum(one in there for one in tellers)


def _left(told: Heard, done: Collection[str]) -> list[Bundle]:
    found = []
    for wishes, shared, meaning in told.groups:
        left = tuple(one for one in wishes if one.subject not in done)
        if left:
            found.append(Bundle(left, shared, meaning=meaning and len(left) > 1))
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
    rows = [(one.first.subject, one.first.statement, *cell_of(one.first.cell)) for one in shown]
    rows += [(name, text, *cell_of(cell)) for name, (_, text, cell) in known.items()]
    groups = group_statements(Statements.from_rows(rows), vectors=house_vectors()).frame
    together: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, group in groups.sort("key").select("key", "group").rows():
        if name in known:
            together[group].append(known[name][:2])
    of_first = {key: tuple(rest) for key, *rest in groups.select("key", "group", "meaning").rows()}
    found = [(one, *of_first[one.first.subject]) for one in shown]
    return [
        replace(one, known=tuple(together[group]), known_meaning=meaning)
        for one, group, meaning in found
    ]


def chosen(actor: Actor, tenant: Tenant, subjects: Sequence[str]) -> list[Wish]:
    """Find wishes that wait, by subject.

    Raises:
        NothingChosenError: there is none.
        DecidedError: one of them waits no more, or was said otherwise meanwhile.

    """
    if not subjects:
        raise NothingChosenError("Bitte mindestens eine Aussage oder Gruppe ankreuzen.")
    done = decided(tenant)
    told = heard(actor, tenant).wishes
    if any(one in done or one not in told for one in subjects):
        raise DecidedError
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
