"""Merge needs that say the same: one stays, and everything that hangs on the others moves over."""

from collections.abc import Iterator, Sequence
from datetime import date

from gelingen.errors import UserError
from gelingen.history.removing import links_to, references_to
from gelingen.needs.deeds import title
from gelingen.needs.models import Need, Voice
from gelingen.register.keys import free_keys, key_of
from gelingen.register.steps import Plan, Step
from gelingen.terms.vocabulary import Verb

ALSO = "Auch gesagt als: "
_QUANTITY = ("quantity_low", "quantity_high")
# What is taken over where the need that stays says nothing: by what one sees that it is said.
_TAKEN = (
    ("die Menge", _QUANTITY, (*_QUANTITY, "unit")),
    ("die Schwere", ("severity",), ("severity", "severity_note")),
)


class NotSeveralError(UserError):
    """It takes two needs to merge them."""


def plan_merge(kept: Need, others: Sequence[Need], *, on: date) -> Plan:
    """Say what becomes of needs that say the same.

    Voices, what answers them in the plan, and needs that go on from them move over; the
    first voice of each becomes a voice of its own, with its severity. Their words are kept in the
    note. What the need that stays says itself is not changed, but where it says nothing about
    quantity or severity it takes over the first that is said. Taking the undertaking back brings
    all of it back.

    Args:
        kept: the need that stays, as it was read.
        others: the needs that go, as they were read.
        on: the day on which it is done.

    Raises:
        NotSeveralError: there is nothing to merge.

    """
    if not others or kept in others:
        raise NotSeveralError("Bitte mindestens zwei verschiedene Bedarfe wählen.")
    # What goes on from another one goes first.
    ordered = sorted(others, key=lambda one: one.previous not in others)
    gone = [Step(one, f"{title(one)} wird gelöscht", removes=True) for one in ordered]
    steps = (
        _values(kept, others),
        *_voices(kept, others),
        *_belongings(kept, others),
        *_links(kept, others),
        *gone,
    )
    sentence = f"{title(kept)} bleibt; was an den anderen hängt, kommt dazu."
    return Plan(Verb.MERGED, sentence, steps, tuple(_lost(kept, others)), on)


def _values(kept: Need, others: Sequence[Need]) -> Step:
    words = [f"{ALSO}{one.statement}" for one in others]
    values: dict[str, object] = {"note": "\n".join([kept.note, *words]).strip()}
    told = ["den Wortlaut der anderen als Anmerkung"]
    for what, known_by, names in _TAKEN:
        giver = next((one for one in others if _says(one, known_by)), None)
        if giver is not None and not _says(kept, known_by):
            values |= {name: getattr(giver, name) for name in names}
            told.append(what)
    if kept.previous in others:
        values["previous"] = None
    return Step(kept, f"{title(kept)} übernimmt {' und '.join(told)}", values)


def _says(need: Need, names: tuple[str, ...]) -> bool:
    return any(getattr(need, name) is not None for name in names)


def _voices(kept: Need, others: Sequence[Need]) -> Iterator[Step]:
    """Make the first voice of each need that goes a voice of the one that stays."""
    voiced = [one for one in others if one.voice]
    keys = free_keys(Voice, kept.tenant_id, [key_of(kept.key, one.voice) for one in voiced])
    for one, key in zip(voiced, keys, strict=True):
        values = {
            "need": kept,
            "function": one.voice,
            "day": one.voiced,
            "where": one.voiced_where,
            "severity": one.severity,
            "source": one.source,
        }
        voice = Voice(tenant_id=kept.tenant_id, key=key)
        yield Step(voice, f"Stimme „{one.voice}“ kommt zu {title(kept)}", values, new=True)


def _belongings(kept: Need, others: Sequence[Need]) -> Iterator[Step]:
    """Move voices and needs of later rounds."""
    for relation in references_to(Need):
        found = relation.model._default_manager.filter(**{f"{relation.name}__in": others})
        for line in found.order_by("key"):
            if line != kept and line not in others:
                yield Step(line, f"„{line}“ kommt zu {title(kept)}", {relation.name: kept})


def _links(kept: Need, others: Sequence[Need]) -> Iterator[Step]:
    """Let goals and measures that answer one of the others answer the one that stays."""
    for field in links_to(Need):
        found = field.model._default_manager.filter(**{f"{field.name}__in": others})
        for owner in found.order_by("key").distinct():
            linked = [one for one in getattr(owner, field.name).all() if one not in others]
            rest = [one for one in linked if one != kept]
            yield Step(owner, f"„{owner}“ antwortet auf {title(kept)}",
                       links={field.name: [*rest, kept]})  # fmt: skip


def _lost(kept: Need, others: Sequence[Need]) -> Iterator[str]:
    """Say what the needs that go state differently and nobody states afterwards."""
    for one in others:
        cell, own = (
            (need.topic, need.target_group, need.territory, need.starts) for need in (one, kept)
        )
        if cell != own:
            yield (
                f"{title(one)} gilt für „{one.topic}“, „{one.target_group}“, „{one.territory}“; "
                "danach gilt, was beim bleibenden Bedarf steht."
            )
        if _says(one, _QUANTITY) and _says(kept, _QUANTITY):
            yield f"Die Menge von {title(one)} geht nicht über."
        if one.severity and kept.severity and not one.voice:
            yield f"Die Schwere {one.severity} von {title(one)} geht nicht über."
