"""Find records of all kinds by words, as far as a person may see them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.boards.queries import bodies
from gelingen.findings.queries import ALL, finding_lines
from gelingen.needs.queries import needs
from gelingen.papers.queries import papers
from gelingen.plan.queries import goals, measures
from gelingen.proposals.queries import proposals
from gelingen.register.queries import fundings, organisations, structures
from gelingen.register.received import received_names
from gelingen.search.matching import HOLDS, choose, like
from gelingen.terms.boards import BodyKind

MOST = 12  # of one kind; who wants more goes to its list


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that can be found.

    Attributes:
        kind: "structure", "organisation", "funding", "need", "goal", "measure", "body",
            "proposal", "paper" or "finding".
        key: its key; of a finding its number.
        name: what it is called.
        about: to what it belongs; may be empty.
        home: key of the structure of a funding; else empty.
        ends: the first day after it; None if it does not end or nobody knows.

    """

    kind: str
    key: str
    name: str
    about: str = ""
    home: str = ""
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind, the best first; `more` were found and are not told."""

    kind: str
    hits: tuple[Hit, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    Attributes:
        groups: by kind, in the order of work; kinds without a hit are left out.
        near: whether only something similar was found.
        proposal: a name that might be meant, if nothing was found; else "".

    """

    groups: tuple[Group, ...]
    near: bool
    proposal: str

    @property
    def number(self) -> int:
        """How much was found."""
        return sum(len(one.hits) + one.more for one in self.groups)


def search(actor: Actor, tenant: Tenant, words: str) -> Found:
    """Find records by words that need not be spelled as they are stored. Eleven queries.

    Args:
        actor: who asks.
        tenant: whose records.
        words: what was typed; nothing finds nothing.

    """
    if not words.strip():
        return Found((), near=False, proposal="")
    known = [hit for read in _KINDS for hit in read(actor, tenant)]
    choice = choose(words, known, text=_text, names=lambda hit: hit.name)
    groups = [_group(kind, choice.items, words) for kind in dict.fromkeys(h.kind for h in known)]
    return Found(tuple(one for one in groups if one.hits), choice.near, choice.proposal)


def _text(hit: Hit) -> str:
    return f"{hit.name} {hit.about}"


def _group(kind: str, hits: Iterable[Hit], words: str) -> Group:
    """Put what is named so before what only belongs to something named so."""
    own = [hit for hit in hits if hit.kind == kind]
    ranked = sorted(
        own,
        key=lambda hit: (like(words, hit.name) < HOLDS, -like(words, _text(hit)), hit.name.lower()),
    )
    return Group(kind, tuple(ranked[:MOST]), max(len(own) - MOST, 0))


def _structures(actor: Actor, tenant: Tenant) -> list[Hit]:
    rows = structures(actor, tenant).order_by("key")
    return [
        Hit("structure", key, name, about, ends=ends)
        for key, name, about, ends in rows.values_list("key", "name", "organisation__name", "ends")
    ] + [
        Hit("structure", key, name, f"aus {source}", ends=ends)
        for key, name, source, ends in received_names(actor, tenant)
    ]


def _organisations(actor: Actor, tenant: Tenant) -> list[Hit]:
    rows = organisations(actor, tenant).order_by("key")
    return [
        Hit("organisation", key, name, above or "", ends=ends)
        for key, name, above, ends in rows.values_list("key", "name", "above__name", "ends")
    ]


def _fundings(actor: Actor, tenant: Tenant) -> list[Hit]:
    rows = fundings(actor, tenant).order_by("key")
    return [
        Hit("funding", key, programme or funder or key, structure, home, ends)
        for key, programme, funder, home, structure, ends in rows.values_list(
            "key", "programme", "funder__name", "structure__key", "structure__name", "ends"
        )
    ]


def _needs(actor: Actor, tenant: Tenant) -> list[Hit]:
    rows = needs(actor, tenant).order_by("key")
    return [
        Hit("need", key, statement, topic, ends=ends)
        for key, statement, topic, ends in rows.values_list(
            "key", "statement", "topic__name", "ends"
        )
    ]


def _goals(actor: Actor, tenant: Tenant) -> list[Hit]:
    rows = goals(actor, tenant).order_by("key")
    return [Hit("goal", *row) for row in rows.values_list("key", "title", "topic__name")]


def _measures(actor: Actor, tenant: Tenant) -> list[Hit]:
    rows = measures(actor, tenant).order_by("key")
    return [
        Hit("measure", key, title, lead or "", ends=ends)
        for key, title, lead, ends in rows.values_list("key", "title", "lead__name", "ends")
    ]


def _bodies(actor: Actor, tenant: Tenant) -> list[Hit]:
    rows = bodies(actor, tenant).order_by("key")
    return [
        Hit("body", key, name, BodyKind.of(kind).label, ends=ends)
        for key, name, kind, ends in rows.values_list("key", "name", "kind", "ends")
    ]


def _proposals(actor: Actor, tenant: Tenant) -> list[Hit]:
    rows = proposals(actor, tenant).order_by("key")
    return [
        Hit("proposal", key, title, body)
        for key, title, body in rows.values_list("key", "title", "body__name")
    ]


def _papers(actor: Actor, tenant: Tenant) -> list[Hit]:
    rows = papers(actor, tenant).order_by("key")
    return [
        Hit("paper", key, subject, number)
        for key, subject, number in rows.values_list("key", "subject", "number")
    ]


def _findings(actor: Actor, tenant: Tenant) -> list[Hit]:
    return [
        Hit("finding", str(one.pk), one.sentence, one.kind.label, ends=one.resolved)
        for one in finding_lines(actor, tenant, state=ALL)
    ]


_KINDS: Sequence[Callable[[Actor, Tenant], list[Hit]]] = (
    _structures, _organisations, _fundings, _needs, _goals, _measures, _bodies,
    _proposals, _papers, _findings,
)  # fmt: skip
