"""Extend a structure with its money, or end it with what hangs on it."""

from collections.abc import Collection, Iterator
from datetime import date

from gelingen.errors import UserError
from gelingen.register.belongings import (
    Belongings,
    belongings_of,
    ended_funding,
    runs_from,
)
from gelingen.register.models import Funding, Responsibility, Structure
from gelingen.register.standing import end_words
from gelingen.register.steps import Plan, Step
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import EndKind, Verb


class WrongDayError(UserError):
    """The day does not fit the period of the structure."""


class NothingToDoError(UserError):
    """Nothing would change."""


def refuse_day(structure: Structure, on: date) -> None:
    """Refuse a day on which a structure can neither end nor pass on.

    Raises:
        WrongDayError: it begins later, or has ended before.

    """
    if structure.starts is not None and structure.starts >= on:
        raise WrongDayError(
            f"„{structure}“ beginnt erst am {day(structure.starts)}. Richtig wäre ein späterer Tag."
        )
    if structure.ends is not None and structure.ends < on:
        raise WrongDayError(
            f"„{structure}“ endete schon am {day(last_day(structure.ends))}. "
            "Richtig wäre dieser oder ein früherer Tag."
        )


def ended(structure: Structure, on: date, **more: object) -> Step:
    """Let a structure end on a day."""
    before = end_words(structure.ends, structure.ends_kind)
    said = f"„{structure}“ endet am {day(last_day(on))} (bisher: {before})"
    return Step(structure, said, {"ends": on, "ends_kind": EndKind.STATED, **more})


def plan_end(structure: Structure, *, on: date, with_money: bool) -> Plan:
    """Say what ends with a structure.

    Args:
        structure: as it was read.
        on: the first day without it.
        with_money: whether money that runs on ends with it.

    Raises:
        WrongDayError: it begins later, or has ended by then.

    """
    refuse_day(structure, on)
    if structure.ends == on:
        raise WrongDayError(f"„{structure}“ endet schon am {day(last_day(on))}.")
    known = belongings_of(structure)
    money = [line for line in known.fundings if runs_from(line, on)]
    # Money that begins after the end has nothing left to pay for.
    cut = [line for line in money if line.starts is None or line.starts < on]
    steps = [ended(structure, on), *(ended_funding(line, on) for line in cut if with_money)]
    return Plan(
        Verb.ENDED,
        f"„{structure}“ besteht bis {day(last_day(on))}.",
        tuple(steps),
        (
            *(_runs_on(line) for line in money if not with_money or line not in cut),
            *left_behind(structure, known, on),
        ),
        on,
    )


def _runs_on(line: Funding) -> str:
    until = end_words(line.ends, line.ends_kind)
    starts = f" von {day(line.starts)}" if line.starts else ""
    return f"Die Finanzierung „{line}“ läuft{starts} bis {until} weiter."


def left_behind(structure: Structure, known: Belongings, on: date) -> Iterator[str]:
    """Say what stays as it is although its structure ends. One query."""
    for post in known.posts:
        if runs_from(post, on):
            yield f"Die Stelle „{post}“ bleibt bei „{post.organisation}“."
    topics = {line.topic_id for line in known.reach}
    led = Responsibility.objects.filter(organisation=structure.organisation_id, topic__in=topics)
    found = led.select_related("task", "topic", "target_group", "territory")
    for line in found.order_by("key"):
        if line.ends is None or line.ends > on:
            about = f"{line.task} ({line.topic}, {line.target_group}, {line.territory})"
            yield f"„{structure.organisation}“ bleibt zuständig: {about}."
    for one in known.linked:
        yield f"„{one.owner}“ stützt sich auf diese Struktur."
    for before in structure.predecessors.order_by("key"):
        yield f"„{before}“ nennt sie als Nachfolger."


def plan_extension(
    structure: Structure, *, on: date, fundings: Collection[str], whole: bool
) -> Plan:
    """Say what goes on longer.

    Args:
        structure: as it was read.
        on: the first day without.
        fundings: keys of the money that runs longer.
        whole: whether the structure itself runs longer.

    Raises:
        WrongDayError: something of it ends later or never.
        NothingToDoError: nothing is chosen.

    """
    known = belongings_of(structure)
    lines = [line for line in known.fundings if line.key in set(fundings)]
    steps = [_longer(line, on) for line in ([structure] if whole else [])]
    steps += [_longer(line, on) for line in lines]
    if not steps:
        raise NothingToDoError("Bitte auswählen, was verlängert wird.")
    since = min(step.thing.ends for step in steps if isinstance(step.thing, Funding | Structure))  # type: ignore[type-var]  # `_longer` refuses what has no end
    return Plan(
        Verb.EXTENDED,
        f"„{structure}“ läuft bis {day(last_day(on))} weiter.",
        tuple(steps),
        (),
        since,  # type: ignore[arg-type]  # see above
    )


def _longer(line: Structure | Funding, on: date) -> Step:
    if line.ends is None:
        raise WrongDayError(f"Für „{line}“ ist kein Ende eingetragen, das sich verschieben lässt.")
    if line.ends >= on:
        raise WrongDayError(f"Das neue Ende muss nach dem {day(last_day(line.ends))} liegen.")
    said = f"„{line}“ bis {day(last_day(on))} statt {day(last_day(line.ends))}"
    return Step(line, said, {"ends": on, "ends_kind": EndKind.STATED})
