"""Everything that is read about talks; all of it takes the right to ask.

What one coder found is shown to others only when the talk is `opened`; pages ask `Codings` for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import Record, UnknownRecordError
from gelingen.talks.imported import CODER
from gelingen.talks.labels import FIELDS, codes, ident_of
from gelingen.talks.models import Code, Coding, Statement, Talk

# The coder of what all agreed on.
AGREED = ""
Idents = frozenset[str]


@dataclass(frozen=True, slots=True)
class Codings:
    """What was coded in one talk.

    Attributes:
        planned: how many were to code it.
        finished: coders who are done.
        found: for each coder, by key of the statement, the labels.
        uncovered: coders whose codings were uncovered once; nobody else codes any more.

    """

    planned: int
    finished: tuple[str, ...]
    found: Mapping[str, Mapping[str, Idents]] = field(default_factory=dict)
    uncovered: tuple[str, ...] = ()

    @property
    def coders(self) -> tuple[str, ...]:
        """Everybody who began, by name."""
        return tuple(sorted({*self.found, *self.finished} - {AGREED}))

    @property
    def opened(self) -> bool:
        """Whether all may see what each found: enough are done, and nobody is still at it."""
        return len(self.finished) >= self.planned and set(self.coders) <= set(self.finished)

    @property
    def compared(self) -> list[Mapping[str, Idents]]:
        """What each coder found, once it may be compared."""
        return [self.found.get(one, {}) for one in self.coders] if self.opened else []

    @property
    def touched(self) -> set[str]:
        """Statements that anybody has coded: says nothing about what was found."""
        return {key for found in self.found.values() for key in found}

    def own(self, coder: str) -> Mapping[str, Idents]:
        """Give what one coder found: only for the eyes of this coder."""
        return self.found.get(coder, {})

    def counted(self, statement: str) -> Idents:
        """Labels that count for a statement: agreed ones, else those most coders found.

        Nothing while the talk is not opened.
        """
        if not self.opened:
            return frozenset()
        agreed = self.found.get(AGREED, {})
        if statement in agreed:
            return agreed[statement]
        found = [one[statement] for one in self.compared if statement in one]
        labels = {label for one in found for label in one}
        return frozenset(
            label for label in labels if 2 * sum(label in one for one in found) > len(found)
        )

    def settled(self, statement: str) -> bool:
        """Whether there is an agreed coding of a statement."""
        return statement in self.found.get(AGREED, {})


def talks(actor: Actor, tenant: Tenant) -> QuerySet[Talk]:
    """Talks with their place, the latest first."""
    found = within(actor, May.ASK, Talk.objects.filter(tenant=tenant))
    return found.select_related("territory", "tenant")


def get_talk(actor: Actor, tenant: Tenant, key: str) -> Talk:
    """Find a talk. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found: Talk | None = talks(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Dieses Gespräch gibt es nicht.")
    return found


def statements(actor: Actor, tenant: Tenant) -> QuerySet[Statement]:
    """Statements of all talks, by talk and number."""
    found = within(actor, May.ASK, Statement.objects.filter(tenant=tenant))
    return found.select_related("talk__territory").order_by("-talk__day", "talk__key", "order")


def get_statement(actor: Actor, tenant: Tenant, key: str) -> Statement:
    """Find a statement with its talk. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found: Statement | None = statements(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Aussage gibt es nicht.")
    return found


def codings_of(actor: Actor, tenant: Tenant, of: Iterable[Talk]) -> dict[str, Codings]:
    """Read what was coded in some talks, by key of the talk. One query and one for each kind."""
    known = list(of)
    rows = within(actor, May.ASK, Coding.objects.filter(tenant=tenant)).order_by()
    rows = rows.filter(statement__talk__in=known)
    where = {
        pk: (talk, coder, statement)
        for pk, talk, coder, statement in rows.values_list(
            "pk", "statement__talk__key", "coder", "statement__key"
        )
    }
    labels: dict[int, set[str]] = defaultdict(set)
    for kind, name in FIELDS.items():
        linked = rows.filter(**{f"{name}__isnull": False})
        for pk, key in linked.values_list("pk", f"{name}__key"):
            labels[pk].add(ident_of(kind, key))
    found: dict[str, dict[str, dict[str, Idents]]] = defaultdict(lambda: defaultdict(dict))
    for pk, (talk, coder, statement) in where.items():
        found[talk][coder][statement] = frozenset(labels[pk])
    return {
        one.key: Codings(
            one.planned, tuple(one.finished), found.get(one.key, {}), tuple(one.uncovered)
        )
        for one in known
    }


def codings_in(actor: Actor, talk: Talk) -> Codings:
    """Read what was coded in one talk. Five queries."""
    return codings_of(actor, talk.tenant, [talk])[talk.key]


def uncovered(talk: Talk, known: Codings) -> list[str]:
    """Say whose codings of a talk are uncovered: those once uncovered, and all if they are now.

    Args:
        talk: as it is to be.
        known: what was coded in it.

    """
    now = Codings(talk.planned, tuple(talk.finished), known.found)
    return sorted({*talk.uncovered, *(now.coders if now.opened else ())})


def coding_version(actor: Actor, statement: Statement, coder: str) -> int:
    """Say which version of a coding is stored; 0 if there is none. One query."""
    found = within(actor, May.ASK, Coding.objects.filter(statement=statement, coder=coder))
    return found.values_list("version", flat=True).first() or 0


def coders_read(actor: Actor, tenant: Tenant) -> set[str]:
    """Name the coders of all tables that were read. One query."""
    rows = within(actor, May.ASK, Coding.objects.filter(tenant=tenant, coder__startswith=CODER))
    return set(rows.order_by().values_list("coder", flat=True).distinct())


def needs_of(actor: Actor, tenant: Tenant, talk: Talk) -> dict[str, list[tuple[str, str]]]:
    """Give the needs made of the statements of a talk: key and words, by statement. One query."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = statements(actor, tenant).filter(talk=talk, needs__isnull=False)
    for key, need, words in rows.order_by("order", "needs__key").values_list(
        "key", "needs__key", "needs__statement"
    ):
        found[key].append((need, words))
    return found


def statement_counts(actor: Actor, tenant: Tenant) -> dict[str, int]:
    """Count the statements of each talk, by its key. One query."""
    found = within(actor, May.ASK, Statement.objects.filter(tenant=tenant)).order_by()
    rows = found.values_list("talk__key").annotate(number=Count("pk"))
    return dict(rows)


def version_of(thing: Record) -> int:
    """Say which version of a record is stored now. One query."""
    stored = type(thing)._base_manager.filter(pk=thing.pk)
    return stored.values_list("version", flat=True).get()


def codes_with_use(actor: Actor, tenant: Tenant) -> list[tuple[Code, int]]:
    """List free codes by their word, each with how many codings use it. One query."""
    found = codes(actor, tenant).annotate(used=Count("codings"))
    return [(one, one.used) for one in found]


def get_code(actor: Actor, tenant: Tenant, key: str) -> Code:
    """Find a free code. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found: Code | None = codes(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diesen Code gibt es nicht.")
    return found
