"""Take a table of statements in: first what would be new, then all of it or nothing.

plan(...) -> Plan       reads what is there and says what would be added; nothing is written
write(...) -> None      adds it; what is there already stays as it is

A code that bears the name of a topic, a target group or a place means it; every other one becomes a
free code with its whole path ("Sprache > Sprachkurs"). A document is a talk of that title; a
statement of the same words and the same speaker is the same statement.

Coders of a table bear no names but numbers, which go on from table to table. Who coded statements
that are there exactly as a coder read before is that coder, so that a table can be read again with
more lines; where somebody else agrees on everything, the person who reads it in has to say so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import chain
from typing import Any
from uuid import uuid4

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import Draft, change, change_many
from gelingen.places.queries import territories
from gelingen.register.keys import free_keys, key_of
from gelingen.talks.commands import new_statements, require_open
from gelingen.talks.imported import Same, coder_names
from gelingen.talks.labels import FIELDS, Label, ident_of, links_of, read_labels
from gelingen.talks.models import Code, Coding, Statement, Talk
from gelingen.talks.queries import (
    Codings,
    coders_read,
    codings_in,
    codings_of,
    statements,
    talks,
    uncovered,
)
from gelingen.talks.segments import Segment
from gelingen.terms.talks import Dimension
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import fold

_NEW = "new:"
_LONGEST, _MOST_CODERS = 200, 9


class NothingNewError(UserError):
    """All of the table is there already."""


@dataclass(frozen=True, slots=True)
class PlannedStatement:
    """A statement: its key if it is there, and the labels each coder adds ("new:" by word)."""

    text: str
    speaker: str
    key: str
    codings: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlannedTalk:
    """A talk: its key if it is there, its place, and what is said in it."""

    title: str
    key: str
    territory: str
    statements: tuple[PlannedStatement, ...]

    @property
    def added(self) -> int:
        """How many statements are new."""
        return sum(not one.key for one in self.statements)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table would add.

    Attributes:
        talks: in the order of the table.
        codes: words of new free codes.
        labels: topics, groups and places that codes of the table mean.
        coders: how many coded.

    """

    talks: tuple[PlannedTalk, ...]
    codes: tuple[str, ...]
    labels: tuple[Label, ...]
    coders: int

    @property
    def added(self) -> int:
        """How many statements are new."""
        return sum(one.added for one in self.talks)

    @property
    def known(self) -> int:
        """How many statements are there already."""
        return sum(len(one.statements) - one.added for one in self.talks)

    @property
    def codings(self) -> int:
        """How many codings are new."""
        return sum(len(one.codings) for talk in self.talks for one in talk.statements)

    @property
    def digest(self) -> str:
        """What tells this plan from another."""
        return sha256(repr((self.talks, self.codes)).encode()).hexdigest()


def plan(
    actor: Actor, tenant: Tenant, segments: Sequence[Segment], *, others: bool = False
) -> Plan:
    """Say what a table would add. A fixed number of queries.

    Args:
        actor: who takes it in.
        tenant: whose talks.
        segments: as `read_segments` gave them.
        others: whether nobody of those who coded it has coded a table read before.

    Raises:
        PermissionDenied: the actor may not ask.
        ClosedTalkError: the table adds to a talk that is closed.

    """
    require(actor, May.ASK, tenant)
    labels = read_labels(actor, tenant).all
    known = {fold(one.title): one for one in reversed(talks(actor, tenant))}
    there = _there(actor, tenant, known.values())
    documents: dict[str, list[Segment]] = defaultdict(list)
    for one in segments:
        documents[fold(one.document)].append(one)
    met: dict[str, _Met] = {}
    for name, lines in documents.items():
        if name in known:
            require_open(known[name])
        met[name] = _met(lines, there[known[name].key] if name in known else {})
    names = coder_names(
        {one.coder for one in segments if one.coded},
        () if others else _same(chain.from_iterable(met.values()), _Meanings(labels)),
        coders_read(actor, tenant),
    )
    meanings = _Meanings(labels)
    places = {fold(one.name): one.key for one in labels if one.dimension is Dimension.PLACE}
    planned = [
        _planned_talk(known.get(name), met[name], names, meanings, places) for name in documents
    ]
    return Plan(tuple(planned), tuple(meanings.new), tuple(meanings.met), len(names))


def _planned_talk(
    talk: Talk | None,
    met: "_Met",
    names: Mapping[int, str],
    meanings: "_Meanings",
    places: Mapping[str, str],
) -> PlannedTalk:
    """Say what a document adds; `places` are official keys by folded name."""
    first = met[0][0].document
    named = [fold(line.place) for line, _ in met] + [fold(first)]
    return PlannedTalk(
        talk.title if talk else first,
        talk.key if talk else "",
        next((places[name] for name in named if name in places), ""),
        tuple(_planned(met, names, meanings)),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """A statement that is there: its key, and what each coder found."""

    key: str
    found: Mapping[str, frozenset[str]]


# Of a talk, by folded text and by folded speaker.
_There = dict[str, dict[str, _Known]]
_Met = list[tuple[Segment, _Known | None]]


def _there(actor: Actor, tenant: Tenant, known: Iterable[Talk]) -> dict[str, _There]:
    codings = codings_of(actor, tenant, known)
    found: dict[str, _There] = defaultdict(lambda: defaultdict(dict))
    for one in statements(actor, tenant):
        of = codings[one.talk.key].found if one.talk.key in codings else {}
        coded = {coder: by[one.key] for coder, by in of.items() if one.key in by}
        said = found[one.talk.key][fold(one.text)]
        said.setdefault(fold(one.speaker), _Known(one.key, coded))
    return found


def _met(lines: Iterable[Segment], there: _There) -> _Met:
    """Find for each line the statement that is there.

    Where the words were said once in the table and once in the talk, they are the same statement
    even if the speaker was corrected since.
    """
    lines = list(lines)
    speakers: dict[str, set[str]] = defaultdict(set)
    for one in lines:
        speakers[fold(one.text)].add(fold(one.speaker))
    found: _Met = []
    for one in lines:
        text = fold(one.text)
        known = there.get(text, {})
        once = len(known) == len(speakers[text]) == 1
        same = next(iter(known.values())) if once else known.get(fold(one.speaker))
        found.append((one, same))
    return found


def _same(met: Iterable[tuple[Segment, _Known | None]], meanings: "_Meanings") -> Iterable[Same]:
    """Say what coders found in statements that are there; meanings of its own, nothing is new."""
    return [
        (line.coder, frozenset(meanings.of(line.codes)), known.found)
        for line, known in met
        if line.coded and known
    ]


def _planned(
    met: _Met, names: Mapping[int, str], meanings: "_Meanings"
) -> Iterable[PlannedStatement]:
    found: dict[tuple[str, str], PlannedStatement] = {}
    for line, known in met:
        key = known.key if known else ""
        said = found.setdefault(
            (fold(line.text), fold(line.speaker)), PlannedStatement(line.text, line.speaker, key)
        )
        coder = names.get(line.coder, "")
        if line.coded and not (known and coder in known.found):
            said.codings[coder] = meanings.of(line.codes)
    return found.values()


class _Meanings:
    """What codes of the table mean; remembers which labels were met and which words are new."""

    def __init__(self, labels: Iterable[Label]) -> None:
        # The first of equal names counts: a topic before a group, a group before a place.
        self._labels: dict[str, Label] = {}
        for one in labels:
            self._labels.setdefault(fold(one.name), one)
        self.new: dict[str, None] = {}
        self.met: dict[Label, None] = {}

    def of(self, paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
        idents: dict[str, None] = {}
        for path in paths:
            whole = " > ".join(path)[:_LONGEST]
            for part in dict.fromkeys((whole, *path)):
                if label := self._labels.get(fold(part)):
                    idents[label.ident] = self.met[label] = None
            if fold(path[-1]) not in self._labels and fold(whole) not in self._labels:
                word = next((one for one in self.new if fold(one) == fold(whole)), whole)
                self.new[word] = None
                idents[f"{_NEW}{word}"] = None
        return tuple(idents)


def write(*, actor: Actor, tenant: Tenant, planned: Plan, day: date, batch: str) -> None:
    """Add what a plan says, all or nothing.

    Args:
        actor: who takes it in.
        tenant: whose talks.
        planned: as `plan` gave it.
        day: of talks that are new.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not ask.
        NothingNewError: there is nothing to add.
        LostUpdateError: somebody else changed a talk meanwhile.

    """
    require(actor, May.ASK, tenant)
    if not planned.added and not planned.codings:
        raise NothingNewError("Alles aus dieser Tabelle ist schon da.")
    with transaction.atomic():
        records = _records(actor, tenant, planned, batch)
        for one in planned.talks:
            talk = _talk(actor, tenant, one, day, batch)
            _fill(actor, talk, one, records, batch)


# What a label of a plan means: the field of a coding and the record in it.
Records = dict[str, tuple[str, Any]]


def _records(actor: Actor, tenant: Tenant, planned: Plan, batch: str) -> Records:
    words = _new_codes(actor, tenant, planned.codes, batch)
    found: Records = {f"{_NEW}{word}": (FIELDS[Dimension.CODE], one) for word, one in words.items()}
    every = {
        ident
        for talk in planned.talks
        for said in talk.statements
        for idents in said.codings.values()
        for ident in idents
        if not ident.startswith(_NEW)
    }
    kinds = {name: kind for kind, name in FIELDS.items()}
    for name, things in links_of(tenant, every).items():
        found |= {ident_of(kinds[name], one.key): (name, one) for one in things}
    return found


def _new_codes(actor: Actor, tenant: Tenant, words: Sequence[str], batch: str) -> dict[str, Code]:
    keys = free_keys(Code, tenant.pk, [key_of(word) or "code" for word in words])
    made = [Code(tenant=tenant, key=key, label=word) for key, word in zip(keys, words, strict=True)]
    change_many([Draft(one) for one in made], by=actor, verb=Verb.CREATED, batch=batch)
    return dict(zip(words, made, strict=True))


def _talk(actor: Actor, tenant: Tenant, one: PlannedTalk, day: date, batch: str) -> Talk:
    """Give the talk, new or known, with those who coded the table among the finished ones."""
    coders = sorted({coder for said in one.statements for coder in said.codings})
    if one.key:
        talk = talks(actor, tenant).get(key=one.key)
        verb, known = Verb.CHANGED, codings_in(actor, talk)
    else:
        (key,) = free_keys(Talk, tenant.pk, [key_of(one.title, f"{day}")])
        talk = Talk(tenant=tenant, key=key, title=one.title[:_LONGEST], day=day)
        talk.territory = territories(actor, tenant).filter(key=one.territory).first()
        verb, known = Verb.CREATED, Codings(1, ())
    with change(by=actor, verb=verb, of=talk, batch=batch):
        talk.finished = sorted({*talk.finished, *coders})
        talk.planned = min(max(talk.planned, len(talk.finished)), _MOST_CODERS)
        talk.uncovered = uncovered(talk, known)
    return talk


def _fill(actor: Actor, talk: Talk, one: PlannedTalk, records: Records, batch: str) -> None:
    fresh = [said for said in one.statements if not said.key]
    made = new_statements(talk, [(said.text, said.speaker[:_LONGEST]) for said in fresh])
    change_many([Draft(said) for said in made], by=actor, verb=Verb.CREATED, batch=batch)
    stored: dict[str, Statement] = {said.key: said for said in talk.statements.all()}
    keys = {(said.text, said.speaker): of.key for said, of in zip(fresh, made, strict=True)}
    drafts = []
    for said in one.statements:
        of = stored[said.key or keys[said.text, said.speaker]]
        for coder, idents in said.codings.items():
            links: dict[str, list[Any]] = {name: [] for name in FIELDS.values()}
            for ident in idents:
                name, thing = records[ident]
                links[name].append(thing)
            coding = Coding(tenant_id=talk.tenant_id, key=uuid4().hex, statement=of, coder=coder)
            drafts.append(Draft(coding, links))
    change_many(drafts, by=actor, verb=Verb.CREATED, batch=batch)
