"""Structures and proposals called much like a name, to ask whether it is there already."""

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.analysis.matching.names import normalise
from gelingen.proposals.queries import proposals
from gelingen.register.queries import structures
from gelingen.search.matching import like
from gelingen.search.queries import Hit
from gelingen.workbook.folding import fold

_LIKELY = 60  # of `like`: one slip of the pen
_SURE = 90
_SAME = 101  # before every likeness
_SHORTEST = 4  # letters; less says nothing
_MOST = 5
_HALF = 0.5


def similar_structures(actor: Actor, tenant: Tenant, name: str) -> list[Hit]:
    """Find structures whose name is much like a name, the most similar first. One query.

    A name that is only written otherwise ("Asylhelferkreis" for "Helferkreis Asyl") comes first.
    Else both ways: the typed words stand in name and organisation of the structure, or the whole
    name of the structure stands in what was typed. A number is never forgiven: "Kurs 1" is not
    "Kurs 2". What has ended is found too, because a successor may be meant.

    Args:
        actor: who asks.
        tenant: whose structures.
        name: what somebody types; a beginning is enough from four letters on.

    """
    typed = fold(name)
    if len(typed) < _SHORTEST:
        return []
    rows = structures(actor, tenant).order_by("key")
    scored = [
        (_likeness(name, typed, known, owner), Hit("structure", key, known, owner, ends=ends))
        for key, known, owner, ends in rows.values_list("key", "name", "organisation__name", "ends")
    ]
    return _best(scored)


def _best(scored: list[tuple[int, Hit]]) -> list[Hit]:
    near = [pair for pair in scored if pair[0] >= _LIKELY]
    return [hit for _, hit in sorted(near, key=lambda pair: (-pair[0], pair[1].name))[:_MOST]]


def similar_proposals(actor: Actor, tenant: Tenant, title: str) -> list[Hit]:
    """Find proposals whose title is much like a title, the most similar first. One query.

    What was withdrawn is found too, because it may be taken up again; what went into another
    proposal is not, that one is.

    Args:
        actor: who asks.
        tenant: whose proposals.
        title: what somebody types; a beginning is enough from four letters on.

    """
    typed = fold(title)
    if len(typed) < _SHORTEST:
        return []
    found = proposals(actor, tenant).filter(merged_into=None).order_by("key")
    return _best(
        [
            (_likeness(title, typed, known, ""), Hit("proposal", key, known, body))
            for key, known, body in found.values_list("key", "title", "body__name")
        ]
    )


def _likeness(name: str, typed: str, known: str, owner: str) -> int:
    if normalise(name).key == normalise(known).key:
        return _SAME
    forward = like(name, f"{known} {owner}")
    stored = fold(known)
    # A short name such as "Kurs" stands in many; it must be a good part of what was typed.
    if len(stored) < max(_SHORTEST, _HALF * len(typed)):
        return forward
    backward = like(known, name)
    return max(forward, backward if backward >= _SURE else 0)
