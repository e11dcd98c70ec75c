"""What follows from a resolution: measures are decided, structures and bodies planned, tasks given.

plan_following(...) -> Plan, written by `register.steps.carry_out` and taken back as one
tick(...), remove_consequence(...)
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from gelingen.access.policy import Actor, May, require
from gelingen.boards.queries import bodies
from gelingen.boards.seen import actions, leads
from gelingen.history.recording import change, remove
from gelingen.papers.chain import decides
from gelingen.papers.models import Consequence, Paper
from gelingen.papers.queries import chain_of
from gelingen.papers.writing import PaperError
from gelingen.plan.queries import measures
from gelingen.register.keys import free_keys, key_of
from gelingen.register.queries import structures
from gelingen.register.steps import Plan, Step
from gelingen.terms.boards import Result
from gelingen.terms.papers import ConsequenceKind
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Maturity, Verb
from gelingen.wording.words import counted
from gelingen.workbook.folding import clean

if TYPE_CHECKING:
    from gelingen.papers.models import Deliberation
    from gelingen.plan.models import Measure
    from gelingen.register.models import Organisation

UNDECIDED = (Maturity.IDEA, Maturity.PLANNED, Maturity.UNKNOWN)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PlannedStructure:
    """A structure that is to come into being on a day."""

    name: str
    organisation: "Organisation"
    function: str
    kind: str
    starts: date


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body that is to come into being on a day."""

    name: str
    kind: str
    starts: date


@dataclass(frozen=True, slots=True)
class NewTask:
    """What somebody is to do; `due` is the first day after the last one."""

    text: str
    who: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to follow; measures by key."""

    measures: tuple[str, ...] = ()
    structures: tuple[PlannedStructure, ...] = ()
    bodies: tuple[NewBody, ...] = ()
    tasks: tuple[NewTask, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is wished."""
        return bool(self.measures or self.structures or self.bodies or self.tasks)


def resolution_of(paper: Paper) -> "Deliberation | None":
    """Find the station that adopted a paper; None while none has. One query."""
    return next((one for one in reversed(chain_of(paper)) if decides(one)), None)


def undecided(actor: Actor, paper: Paper) -> "list[Measure]":
    """List the measures of a paper that are not decided yet, in the order of the plan."""
    found = measures(actor, paper.tenant).filter(papers=paper, maturity__in=UNDECIDED)
    return list(found.select_related("lead"))


def plan_following(actor: Actor, paper: Paper, wishes: Wishes, *, on: date) -> Plan:
    """Say what would follow from the resolution on a paper.

    Args:
        actor: who asks.
        paper: one that a body has adopted.
        wishes: what is to follow.
        on: the day.

    Raises:
        PermissionDenied: the actor may not write the paper.
        PaperError: no body has adopted it.

    """
    require(actor, May.EDIT_BOARDS, paper)
    station = resolution_of(paper)
    if station is None:
        raise PaperError("Folgen gibt es, sobald ein Gremium die Vorlage beschlossen hat.")
    steps = [
        *_decided(actor, paper, station, wishes.measures, on),
        *_planned(actor, paper, wishes.structures),
        *_founded(actor, paper, wishes.bodies),
        *_given(actor, paper, station, wishes.tasks, on),
    ]
    follows = [step.thing for step in steps if isinstance(step.thing, Consequence)]
    # The same keys in preview and writing, so that both are the same plan.
    keys = free_keys(Consequence, paper.tenant_id, [f"folge_{paper.key}"] * len(follows))
    for one, key in zip(follows, keys, strict=True):
        one.key = key
    number = len(follows)
    said = f"Aus dem Beschluss vom {day(station.noted)}: {counted(number, 'Folge', 'Folgen')}."
    kept = {one.key for one in undecided(actor, paper)} - set(wishes.measures)
    stays = tuple(
        f"„{one.title}“ bleibt „{one.get_maturity_display()}“."
        for one in undecided(actor, paper)
        if one.key in kept
    )
    if not paper.public and (wishes.structures or wishes.bodies):
        stays += ("Neue Strukturen und Gremien sehen alle im Haus; die Vorlage bleibt verborgen.",)
    return Plan(Verb.DECIDED, said, tuple(steps), stays, on)


def _follows(paper: Paper, said: str, **values: object) -> Step:
    return Step(Consequence(tenant=paper.tenant), said, {"paper": paper, **values}, new=True)


def _decided(
    actor: Actor, paper: Paper, station: "Deliberation", keys: Sequence[str], on: date
) -> Iterator[Step]:
    note = _resolution(paper, station)
    for one in undecided(actor, paper):
        if one.key not in keys:
            continue
        text = "\n".join(part for part in (one.resolutions, note) if part)
        values = {"maturity": Maturity.DECIDED.value, "resolutions": text}
        yield Step(one, f"„{one.title}“ ist beschlossen", values)
        yield _follows(
            paper,
            f"Als Folge vermerkt: „{one.title}“",
            kind=ConsequenceKind.MEASURE.value, text=one.title[:300],
            responsible=str(one.lead or "")[:200], done=on, thing=f"measure:{one.key}",
        )  # fmt: skip


def _resolution(paper: Paper, station: "Deliberation") -> str:
    """Cite a resolution; of a paper that is not public nothing is told to who sees the measure."""
    if not paper.public:
        return ""
    number = f", Vorlage {paper.number}" if paper.number else ""
    label = Result.of(station.result).label
    return f"{station.body}, {day(station.noted)}: {label}{number}"


def _planned(actor: Actor, paper: Paper, wished: Sequence[PlannedStructure]) -> Iterator[Step]:
    if not wished:
        return
    model = structures(actor, paper.tenant).model
    keys = free_keys(model, paper.tenant_id, [key_of(one.name) for one in wished])
    for one, key in zip(wished, keys, strict=True):
        name = clean(one.name)
        values = {
            "name": name,
            "organisation": one.organisation,
            "function": one.function,
            "kind": one.kind,
            "starts": one.starts,
        }
        said = f"„{name}“ steht geplant im Bestand, Beginn {day(one.starts)}"
        yield Step(model(tenant=paper.tenant, key=key), said, values, new=True)
        yield _follows(
            paper,
            f"Offen, bis sie besteht: „{name}“",
            kind=ConsequenceKind.STRUCTURE.value, text=name[:300],
            responsible=str(one.organisation)[:200], due=one.starts + _DAY,
            thing=f"structure:{key}",
        )  # fmt: skip


def _founded(actor: Actor, paper: Paper, wished: Sequence[NewBody]) -> Iterator[Step]:
    if not wished:
        return
    model = bodies(actor, paper.tenant).model
    keys = free_keys(model, paper.tenant_id, [key_of(one.name) for one in wished])
    for one, key in zip(wished, keys, strict=True):
        name = clean(one.name)
        values = {"name": name, "kind": one.kind, "starts": one.starts}
        said = f"Gremium „{name}“ ab {day(one.starts)}"
        yield Step(model(tenant=paper.tenant, key=key), said, values, new=True)
        yield _follows(
            paper,
            f"Offen, bis es arbeitet: „{name}“",
            kind=ConsequenceKind.BODY.value, text=name[:300], due=one.starts + _DAY,
            thing=f"body:{key}",
        )  # fmt: skip


def _given(
    actor: Actor, paper: Paper, station: "Deliberation", wished: Sequence[NewTask], on: date
) -> Iterator[Step]:
    """Give tasks through the body that decided, where the actor leads it; else watch them here."""
    if not wished:
        return
    handed = station.item is not None and leads(actor, station.body)
    model = actions(actor, paper.tenant).model
    keys = free_keys(model, paper.tenant_id, [f"auftrag_{paper.key}"] * len(wished))
    for one, key in zip(wished, keys, strict=True):
        text, who = clean(one.text), clean(one.who)
        until = f", bis {day(last_day(one.due))}" if one.due else ""
        values: dict[str, object] = {"responsible": who, "due": one.due}
        if handed and station.item is not None:
            made = model(tenant=paper.tenant, key=key)
            given = {
                "body": station.body,
                "item": station.item,
                "text": text,
                "who": who,
                "due": one.due,
                "public": paper.public and station.item.public,
            }
            yield Step(made, f"Auftrag: {text}{until}", given, new=True)
            values |= {"done": on, "thing": f"action:{made.key}"}
        yield _follows(
            paper,
            f"{'Als Folge vermerkt' if handed else 'Auftrag'}: {text}{until}",
            kind=ConsequenceKind.TASK.value, text=text[:300], **values,
        )  # fmt: skip


def tick(
    *,
    actor: Actor,
    consequence: Consequence,
    on: date | None,
    version: int | None = None,
    batch: str = "",
) -> None:
    """Say on which day something that follows was done; with None that it is open again.

    Raises:
        PermissionDenied: the actor may not write the paper.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.EDIT_BOARDS, consequence)
    consequence.version = consequence.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=consequence, batch=batch):
        consequence.done = on


def remove_consequence(*, actor: Actor, consequence: Consequence, batch: str = "") -> None:
    """Delete what follows; what came into being stays.

    Raises:
        PermissionDenied: the actor may not write the paper.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_BOARDS, consequence)
    remove(by=actor, of=consequence, batch=batch)
