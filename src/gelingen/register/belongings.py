"""What hangs on a structure, and how it passes to another one on a day."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gelingen.access.record import Record
from gelingen.history.removing import links_to
from gelingen.register.keys import free_keys, key_of
from gelingen.register.models import Funding, Organisation, Post, Reach, Structure
from gelingen.register.standing import end_words
from gelingen.register.steps import Step
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import EndKind

_COPIED = ("programme", "funder", "funder_level", "share_percent", "eur_per_year", "probability",
           "state", "source", "source_date", "certainty", "note")  # fmt: skip
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Linked:
    """A record that names a structure among others, and the field in which it does."""

    owner: Record
    field: str
    others: tuple[Structure, ...]


@dataclass(frozen=True, slots=True)
class Belongings:
    """Everything that hangs on a structure, each by key."""

    reach: tuple[Reach, ...]
    fundings: tuple[Funding, ...]
    posts: tuple[Post, ...]
    linked: tuple[Linked, ...]


def belongings_of(structure: Structure) -> Belongings:
    """Read what hangs on a structure. Three queries and two for each kind that links to it."""
    reach = Reach.objects.filter(structure=structure).order_by("key")
    fundings = Funding.objects.filter(structure=structure).order_by("key")
    posts = Post.objects.filter(structure=structure).order_by("key")
    return Belongings(
        tuple(reach.select_related("topic", "target_group", "territory")),
        tuple(fundings.select_related("funder")),
        tuple(posts.select_related("organisation", "task")),
        tuple(_linked(structure)),
    )


def _linked(structure: Structure) -> Iterator[Linked]:
    for relation in links_to(Structure):
        manager: Any = relation.model._default_manager
        owners = manager.filter(**{relation.name: structure}).order_by("key")
        for owner in owners.prefetch_related(relation.name):
            yield Linked(owner, relation.name, tuple(getattr(owner, relation.name).all()))


def cell_of(line: Reach) -> tuple[int, int, int]:
    """Say what a line of reach is about."""
    return line.topic_id, line.target_group_id, line.territory_id


def in_words(line: Reach) -> str:
    """Say a line of reach."""
    return f"{line.topic}, {line.target_group}, {line.territory}"


def copied_reach(
    lines: Sequence[Reach], *, to: Structure, known: Collection[tuple[int, int, int]] = ()
) -> Iterator[Step]:
    """Give a structure the reach of another one, as far as it does not have it yet."""
    taken: set[str] = set()
    for line in lines:
        if cell_of(line) in known:
            continue
        wished = key_of(to.key, line.topic.key, line.target_group.key, line.territory.key)
        (key,) = free_keys(Reach, to.tenant_id, [wished], taken)
        new = Reach(
            tenant_id=to.tenant_id,
            key=key,
            topic=line.topic,
            target_group=line.target_group,
            territory=line.territory,
        )
        yield Step(new, f"{to}: {in_words(line)}", {"structure": to}, new=True)


def shared_total(line: Funding, on: date) -> tuple[Decimal | None, Decimal | None]:
    """Share a total out to the time before and from a day on, by days.

    Where the period is not known, the total cannot be shared; both parts are left empty.
    """
    if line.eur_total is None or line.starts is None or line.ends is None:
        return None, None
    share = Decimal((on - line.starts).days) / Decimal((line.ends - line.starts).days)
    before = (line.eur_total * share).quantize(_CENT)
    return before, line.eur_total - before


def ended_funding(line: Funding, on: date) -> Step:
    """Let money end on a day on which it would run on."""
    values = {"ends": on, "ends_kind": EndKind.STATED, "eur_total": shared_total(line, on)[0]}
    before = end_words(line.ends, line.ends_kind)
    return Step(line, f"„{line}“ endet am {day(last_day(on))} (bisher: {before})", values)


def passed_funding(
    line: Funding, on: date, *, to: Sequence[Structure], taken: set[str]
) -> Iterator[Step]:
    """Let money pass to other structures from a day on; its amounts are shared evenly.

    What lies before the day stays where it was; money that begins later moves as a whole.
    """
    later = line.starts is not None and line.starts >= on
    total = line.eur_total if later else shared_total(line, on)[1]
    amounts = {"eur_per_year": _part(line.eur_per_year, to), "eur_total": _part(total, to)}
    said = f"„{line}“ von {day(line.starts if later else on)} bis {_last(line)}"
    receivers = list(to)
    if later:
        first = receivers.pop(0)
        yield Step(line, f"{said} geht an „{first}“", {"structure": first, **amounts})
    else:
        yield ended_funding(line, on)
    for one in receivers:
        (key,) = free_keys(Funding, line.tenant_id, [key_of(line.key, one.key)], taken)
        copied = {name: getattr(line, name) for name in _COPIED}
        own = {
            "structure": one,
            "starts": line.starts if later else on,
            "ends": line.ends,
            "ends_kind": line.ends_kind,
            "deadline": line.deadline,
        }
        new = Funding(tenant_id=line.tenant_id, key=key)
        yield Step(new, f"{said} bei „{one}“", {**copied, **amounts, **own}, new=True)


def _part(amount: Decimal | None, to: Sequence[Structure]) -> Decimal | None:
    return None if amount is None else (amount / len(to)).quantize(_CENT)


def _last(line: Funding) -> str:
    return end_words(line.ends, line.ends_kind)


def passed_post(line: Post, on: date, *, to: Structure, taken: set[str]) -> Iterator[Step]:
    """Let a post work for another structure of its organisation from a day on."""
    if line.starts is not None and line.starts >= on:
        yield Step(line, f"Stelle „{line}“ geht an „{to}“", {"structure": to})
        return
    yield Step(line, f"Stelle „{line}“ arbeitet bis {day(last_day(on))} dafür", {"ends": on})
    (key,) = free_keys(Post, line.tenant_id, [key_of(line.key, to.key)], taken)
    names = ("organisation", "function", "task", "percent", "fte", "ends", "source",
             "source_date", "certainty", "note")  # fmt: skip
    values = {name: getattr(line, name) for name in names}
    new = Post(tenant_id=line.tenant_id, key=key)
    said = f"Stelle „{line}“ arbeitet ab {day(on)} für „{to}“"
    yield Step(new, said, {**values, "structure": to, "starts": on}, new=True)


def runs_from(line: Funding | Post, on: date) -> bool:
    """Whether money or a post reaches to a day or beyond it."""
    return line.ends is None or line.ends > on


def linked_too(known: Belongings, new: Sequence[Structure]) -> Iterator[Step]:
    """Let whatever names a structure name others too."""
    for one in known.linked:
        named = [*one.others, *(thing for thing in new if thing not in one.others)]
        words = ", ".join(f"„{thing}“" for thing in new)
        yield Step(
            one.owner, f"„{one.owner}“ stützt sich auch auf {words}", links={one.field: named}
        )


def new_structure(
    like: Structure, *, name: str, organisation: Organisation, on: date, taken: set[str]
) -> Structure:
    """Make a structure that goes on from a day with what another one did; it is not stored."""
    wished = key_of(organisation.key, name)
    (key,) = free_keys(Structure, like.tenant_id, [wished], taken)
    return Structure(
        tenant_id=like.tenant_id,
        key=key,
        name=name,
        organisation=organisation,
        kind=like.kind,
        level=like.level,
        function=like.function,
        duty=like.duty,
        permanence=like.permanence,
        languages=like.languages,
        starts=on,
        ends=None,
        ends_kind=EndKind.UNKNOWN,
    )
