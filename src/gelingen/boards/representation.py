"""Who is spoken for in the bodies, and who is not: by seats, never by who takes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.boards.models import Body
from gelingen.boards.queries import SeatLine, bodies, holds, seat_lines
from gelingen.places.queries import municipalities
from gelingen.register.standing import standing
from gelingen.terms.boards import SeatKind
from gelingen.terms.vocabulary import OrganisationKind
from gelingen.topics.queries import target_groups, topics
from gelingen.workbook.folding import fold

# For whom it is asked everywhere whether somebody speaks for them, and by which beginnings of
# words their target group is known: counties name it in their own way.
ALWAYS_ASKED = {
    "Menschen mit Migrationsgeschichte": ("migra", "zugewander", "neuzugewander", "gefluechtet"),
    "Frauen": ("frau", "maedchen"),
    "junge Menschen": ("jung", "jugend", "kinder"),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """How many seats stand for somebody.

    Attributes:
        name: for whom.
        seats: how many seats there are.
        taken: how many of them somebody takes.
        voting: how many of those that are taken have a vote.
        bodies: in which bodies these seats are, by name.

    """

    name: str
    seats: int
    taken: int
    voting: int
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Representation:
    """Who is spoken for on a day.

    Attributes:
        groups: every target group in the order of the plan.
        origins: every origin of seats in the order of its list.
        kinds: kinds of the organisations that send somebody, by name.
        municipalities: every municipality of the tenant, by official key.
        topics: name of every topic of the day, and the bodies that deal with it, by name.
        unasked: those of `ALWAYS_ASKED` for whom there is no target group, so that nobody can say
            who speaks for them.

    """

    groups: tuple[Spoken, ...]
    origins: tuple[Spoken, ...]
    kinds: tuple[Spoken, ...]
    municipalities: tuple[Spoken, ...]
    topics: tuple[tuple[str, tuple[str, ...]], ...]
    unasked: tuple[str, ...]


def represented(
    actor: Actor, tenant: Tenant, *, on: date, body: Body | None = None
) -> Representation:
    """Say who is spoken for in one body, or in all that are there on a day. Eight queries."""
    every = bodies(actor, tenant).filter(standing(on)).prefetch_related("topics")
    there = {one.pk: one for one in every if body is None or one == body}
    lines = [
        one
        for one in seat_lines(actor, tenant, on=on, body=body)
        if one.seat.body_id in there and holds(one.seat, on)
    ]
    places = municipalities(actor, tenant).values_list("pk", "name")
    sending = [one.seat.organisation for one in lines if one.seat.organisation]
    kinds = {one.kind for one in sending if one.kind}
    groups = tuple(target_groups(actor, tenant))
    return Representation(
        groups=tuple(
            _spoken(one.name, [line for line in lines if one in line.seat.speaks_for.all()])
            for one in groups
        ),
        origins=tuple(
            _spoken(one.label, [line for line in lines if line.seat.kind == one])
            for one in SeatKind
        ),
        kinds=tuple(
            _spoken(OrganisationKind.of(kind).label, _sent_by(kind, lines))
            for kind in sorted(kinds, key=lambda one: OrganisationKind.of(one).label)
        ),
        municipalities=tuple(
            _spoken(name, [line for line in lines if _from(line, pk)]) for pk, name in places
        ),
        topics=_topics(actor, tenant, there.values(), on),
        unasked=_unasked([one.name for one in groups]),
    )


def _unasked(groups: Iterable[str]) -> tuple[str, ...]:
    words = [word for name in groups for word in fold(name).split()]
    return tuple(
        name
        for name, beginnings in ALWAYS_ASKED.items()
        if not any(word.startswith(beginnings) for word in words)
    )


def _sent_by(kind: str, lines: Sequence[SeatLine]) -> list[SeatLine]:
    return [one for one in lines if one.seat.organisation and one.seat.organisation.kind == kind]


def _from(line: SeatLine, place: int) -> bool:
    """Tell whether a municipality sends somebody to a seat."""
    sends = line.seat.organisation
    municipal = sends is not None and sends.kind == OrganisationKind.MUNICIPALITY
    return bool(municipal and sends and sends.seat_id == place)


def _spoken(name: str, found: Sequence[SeatLine]) -> Spoken:
    taken = [one for one in found if not one.vacant]
    return Spoken(
        name,
        len(found),
        len(taken),
        sum(not one.seat.advising for one in taken),
        tuple(sorted({one.seat.body.name for one in found})),
    )


def _topics(
    actor: Actor, tenant: Tenant, found: Iterable[Body], on: date
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    dealing: dict[int, list[str]] = {}
    for body in found:
        for topic in body.topics.all():
            dealing.setdefault(topic.pk, []).append(body.name)
    return tuple(
        (one.name, tuple(sorted(dealing.get(one.pk, ()))))
        for one in topics(actor, tenant).filter(standing(on))
    )
