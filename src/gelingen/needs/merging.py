"""Merge needs that say the same: one stays, and everything that hangs on the others moves over."""

from collections.abc import Iterator, Sequence
from datetime import date

from gelingen.errors import UserError
from gelingen.history.removing import links_to, references_to
from gelingen.needs.deeds import title
from gelingen.needs.models import Need, Voice
from gelingen.needs.same_voices import SameVoices
from gelingen.register.keys import free_keys, key_of
from gelingen.register.steps import Plan, Step
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import NeedState, Verb

ALSO = "Auch gesagt als: "
_QUANTITY = ("quantity_low", "quantity_high")
# What is taken over where the need that stays says nothing: by what one sees that it is said.
_TAKEN = (
    ("die Menge", _QUANTITY, (*_QUANTITY, "unit")),
    ("die Schwere", ("severity",), ("severity", "severity_note")),
    ("die Ebene", ("level",), ("level",)),
    ("die Quelle", ("source",), ("source", "source_date", "certainty")),
)


class NotSeveralError(UserError):
    """It takes two needs to merge them."""


class OtherRoundError(UserError):
    """A need that goes on as another one belongs to an earlier round."""


def plan_merge(kept: Need, others: Sequence[Need], *, on: date) -> Plan:
    """Say what becomes of needs that say the same.

    Voices, what answers them in the plan, and needs that go on from them move over; the
    first voice of each becomes a voice of its own, with its severity. A voice that is there already
    does not come twice. Their words, notes and sources are kept in the note. What the need that
    stays says itself is not changed, but where it says nothing about quantity, severity, level,
    source or the need that it carries on, it takes over the first that is said. It is open, and as
    long as any of them, if one of them is. Taking the undertaking back brings all of it back.

    Args:
        kept: the need that stays, as it was read.
        others: the needs that go, as they were read.
        on: the day on which it is done.

    Raises:
        NotSeveralError: there is nothing to merge.
        OtherRoundError: some of them go on as other needs, some do not.

    """
    if not others or kept in others:
        raise NotSeveralError("Bitte mindestens zwei verschiedene Bedarfe wählen.")
    if len({one.state == NeedState.CARRIED for one in (kept, *others)}) > 1:
        raise OtherRoundError(
            "Ein weitergeführter Bedarf gehört zu einer früheren Runde. Bitte nur Bedarfe einer "
            "Runde zusammenführen."
        )
    # What goes on from another one goes first.
    ordered = sorted(others, key=lambda one: one.previous not in others)
    gone = [Step(one, f"{title(one)} wird gelöscht", removes=True) for one in ordered]
    voices = SameVoices(kept)
    moved = [*_belongings(kept, others, voices), *_first_voices(kept, others, voices)]
    steps = (_values(kept, others), *moved, *_links(kept, others), *gone)
    sentence = f"{title(kept)} bleibt; was an den anderen hängt, kommt dazu."
    return Plan(Verb.MERGED, sentence, steps, (*_lost(kept, others), *voices.left), on)


def _values(kept: Need, others: Sequence[Need]) -> Step:
    values: dict[str, object] = {}
    told = ["den Wortlaut der anderen als Anmerkung"]
    for what, known_by, names in _TAKEN:
        giver = next((one for one in others if _says(one, known_by)), None)
        if giver is not None and not _says(kept, known_by):
            values |= {name: getattr(giver, name) for name in names}
            told.append(what)
    if (first := _first(kept, others)) != kept.previous:
        values["previous"] = first
        told += [f"dass er {title(first)} fortführt"] if first else []
    told += _standing(kept, others, values)
    words = [line for one in others for line in _words(one, kept, values)]
    values["note"] = "\n".join([kept.note, *words]).strip()
    return Step(kept, f"{title(kept)} übernimmt {' und '.join(told)}", values)


def _says(need: Need, names: tuple[str, ...]) -> bool:
    return any(getattr(need, name) not in (None, "") for name in names)


def _words(one: Need, kept: Need, values: dict[str, object]) -> Iterator[str]:
    """Write down what a need says in words and has no field in the one that stays."""
    yield f"{ALSO}{one.statement}"
    if one.note:
        yield one.note
    if one.source and one.source not in (kept.source, values.get("source")):
        yield f"Quelle dazu: {one.source}{f' ({one.source_date})' if one.source_date else ''}"
    if one.severity_note and one.severity_note not in (
        kept.severity_note, values.get("severity_note"),
    ):  # fmt: skip
        yield f"Zur Schwere dazu: {one.severity_note}"


def _standing(kept: Need, others: Sequence[Need], values: dict[str, object]) -> list[str]:
    """Keep open what is open in one of them, as long as in any; gives what is told of it."""
    told = []
    asking = [one for one in (kept, *others) if one.state == NeedState.OPEN]
    if asking and kept.state != NeedState.OPEN:
        values |= {"state": NeedState.OPEN.value, "state_since": None}
        told.append("dass er offen ist")
    ends = [one.ends for one in asking]
    last = None if None in ends else max(filter(None, ends), default=kept.ends)
    if asking and last != kept.ends:
        values["ends"] = last
        told.append("das Ende")
    return told


def _first(kept: Need, others: Sequence[Need]) -> Need | None:
    """Find the need that the one that stays carries on: its own, else that of another."""
    merged = {kept, *others}
    for one in (kept, *others):
        before = one.previous
        while before in others:
            before = before.previous if before else None
        if before is not None and not _leads_to(before, merged):
            return before
    return None


def _leads_to(need: Need, merged: set[Need]) -> bool:
    """Whether a need is one of those merged or goes on from one: it cannot come before them."""
    seen: set[Need] = set()
    at: Need | None = need
    while at is not None and at not in seen:
        if at in merged:
            return True
        seen.add(at)
        at = at.previous
    return False


def _first_voices(kept: Need, others: Sequence[Need], voices: SameVoices) -> Iterator[Step]:
    """Make the first voice of each need that goes a voice of the one that stays."""
    voiced = [one for one in others if one.voice and voices.takes_first(one)]
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


def _belongings(kept: Need, others: Sequence[Need], voices: SameVoices) -> Iterator[Step]:
    """Move voices and needs of later rounds; a voice that is there already goes with its need."""
    for relation in references_to(Need):
        found = relation.model._default_manager.filter(**{f"{relation.name}__in": others})
        for line in found.order_by("key"):
            twice = isinstance(line, Voice) and not voices.takes(line)
            if line != kept and line not in others and not twice:
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
    first = _first(kept, others)
    for one in others:
        name = title(one)
        cell, own = (
            (need.topic, need.target_group, need.territory, need.starts) for need in (one, kept)
        )
        if cell != own:
            yield (
                f"{name} gilt für „{one.topic}“, „{one.target_group}“, „{one.territory}“; "
                "danach gilt, was beim bleibenden Bedarf steht."
            )
        yield from _lost_words(one, kept)
        before = one.previous
        if before is not None and before != first and before not in {kept, *others}:
            yield f"Dass {name} {title(before)} fortführt, geht nicht über."
        if one.state not in (NeedState.OPEN, kept.state) and one.state_since:
            said = f"{one.get_state_display()} seit {day(one.state_since)}"
            yield f"{name} ist {said}; das geht nicht über."
        if one.ends and (kept.ends is None or one.ends < kept.ends):
            yield f"Dass {name} bis {day(last_day(one.ends))} besteht, geht nicht über."


def _lost_words(one: Need, kept: Need) -> Iterator[str]:
    """Say which of its values find no room in the one that stays."""
    name = title(one)
    if one.kind != kept.kind or (one.level and kept.level and one.level != kept.level):
        level = f", {one.get_level_display()}" if one.level else ""
        yield f"{name} ist {one.get_kind_display()}{level}; das geht nicht über."
    if _says(one, _QUANTITY) and _says(kept, _QUANTITY):
        yield f"Die Menge von {name} geht nicht über."
    if one.severity and kept.severity and not one.voice:
        yield f"Die Schwere {one.severity} von {name} geht nicht über."
