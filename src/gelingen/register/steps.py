"""Undertakings in the register: first what would happen, record by record, then all or nothing.

An action makes a `Plan`; pages show its sentences, `carry_out` writes it as one undertaking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from django.db import transaction

from gelingen.access.policy import EDITS, Actor, require
from gelingen.access.record import Record
from gelingen.history.recording import change, new_batch, remove
from gelingen.terms.vocabulary import Verb


@dataclass(frozen=True, slots=True)
class Step:
    """One record that would be added, changed or removed.

    Attributes:
        thing: the record as it was read, or a new one.
        said: what happens to it, in German.
        values: its new values by field; a record of an earlier step may be among them.
        links: for each many-to-many field the records it shall hold afterwards.
        removes: whether it is removed, with its parts.

    """

    thing: Record
    said: str
    values: Mapping[str, object] = field(default_factory=dict)
    links: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    removes: bool = False
    new: bool = False

    @property
    def kind(self) -> str:
        """German name of the kind of record."""
        return str(self.thing._meta.verbose_name)

    @property
    def effect(self) -> str:
        """German word of what becomes of the record."""
        return "gelöscht" if self.removes else "neu" if self.new else "geändert"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an action would do.

    Attributes:
        verb: what is done.
        sentence: the whole of it in one German sentence.
        steps: every record that would be written, in the order of writing.
        stays: German sentences on what stays as it is although it may be expected to change.
        since: first day on which anything is different.

    """

    verb: Verb
    sentence: str
    steps: tuple[Step, ...]
    stays: tuple[str, ...]
    since: date

    @property
    def stamp(self) -> str:
        """Something that is the same as long as the same would happen to the same records."""
        told = [
            (step.kind, step.thing.key, step.thing.version, step.effect, step.said)
            for step in self.steps
        ]
        return sha256(repr((self.sentence, told, self.stays)).encode()).hexdigest()


def carry_out(*, actor: Actor, plan: Plan, reason: str = "", batch: str = "") -> str:
    """Write what a plan announces, all or nothing.

    The records of the plan are changed; make a new plan to announce anything else.

    Args:
        actor: who does it.
        plan: what would happen.
        reason: why.
        batch: number of the undertaking; empty: a new one.

    Returns:
        The number of the undertaking, with which it can be taken back.

    Raises:
        PermissionDenied: the actor may not change one of the records.
        LostUpdateError: somebody else changed one of them since it was read.
        ValidationError: a value or a rule is broken; the messages are German.

    """
    batch = batch or new_batch()
    with transaction.atomic():
        for step in plan.steps:
            _write(step, actor=actor, verb=plan.verb, reason=reason, batch=batch)
    return batch


def _write(step: Step, *, actor: Actor, verb: Verb, reason: str, batch: str) -> None:
    thing, may = step.thing, EDITS[step.thing._meta.app_label]
    if not step.new:
        require(actor, may, thing)
    if step.removes:
        remove(by=actor, of=thing, reason=reason, batch=batch, verb=verb)
        return
    with change(by=actor, verb=verb, of=thing, links=step.links, reason=reason, batch=batch):
        for name, value in step.values.items():
            setattr(thing, name, value)
    # By now the new record can be found, and the changed one may belong to somebody else.
    require(actor, may, thing)
