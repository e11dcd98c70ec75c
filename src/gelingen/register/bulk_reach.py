"""What it means to give structures a topic: their reach gets lines, or lines change."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gelingen.history.recording import Draft
from gelingen.register.keys import free_keys, key_of
from gelingen.register.models import Reach, Structure

if TYPE_CHECKING:
    from gelingen.topics.models import Topic


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of reach that would be written; without a draft, why a structure stays as it is."""

    label: str
    said: str
    before: str = ""
    after: str = ""
    draft: Draft | None = None


def reach_of(structures: Sequence[Structure]) -> dict[int, list[Reach]]:
    """Lines of reach of structures, by the structure's primary key, each by key. One query."""
    found = defaultdict(list)
    lines = Reach.objects.filter(structure__in=structures).order_by("key")
    for line in lines.select_related("topic", "target_group", "territory"):
        found[line.structure_id].append(line)
    return found


def with_topic(
    reach: Mapping[int, Sequence[Reach]],
    structures: Sequence[Structure],
    topic: "Topic",
    *,
    instead: "Topic | None",
) -> list[Entry]:
    """Say which lines have to be written so that structures work on a topic.

    Args:
        reach: their lines as `reach_of` gives them.
        structures: the structures, in the order of the answer.
        topic: the topic.
        instead: the topic whose place it takes; None: it is added for the same people and places.

    """
    entries = [
        entry for one in structures for entry in _of(one, reach.get(one.pk, ()), topic, instead)
    ]
    added: list[Any] = [
        one.draft.thing for one in entries if one.draft and one.draft.thing._state.adding
    ]
    if added:
        keys = free_keys(Reach, topic.tenant_id, [_wished(line) for line in added])
        for line, key in zip(added, keys, strict=True):
            line.key = key
    return entries


def _of(
    one: Structure, lines: Sequence[Reach], topic: "Topic", instead: "Topic | None"
) -> Iterator[Entry]:
    if not lines:
        yield Entry(str(one), "Hat keine Reichweite; Zielgruppe und Gebiet sind nicht bekannt.")
        return
    entries = list(_changed(one, lines, topic, instead) if instead else _added(one, lines, topic))
    yield from entries or [Entry(str(one), f"Arbeitet schon am Themenfeld {topic}.")]


def _wished(line: Any) -> str:  # noqa: ANN401 - a line of reach in a draft
    """Give the key that a workbook would give the line."""
    return key_of(line.structure.key, line.topic.key, line.target_group.key, line.territory.key)


def _cells(lines: Sequence[Reach], topic: "Topic") -> set[tuple[int, int]]:
    return {
        (line.target_group_id, line.territory_id) for line in lines if line.topic_id == topic.pk
    }


def _changed(
    one: Structure, lines: Sequence[Reach], topic: "Topic", instead: "Topic"
) -> Iterator[Entry]:
    there = _cells(lines, topic)
    old = [line for line in lines if line.topic_id == instead.pk]
    if not old:
        yield Entry(str(one), f"Arbeitet nicht am Themenfeld {instead}.")
    for line in old:
        where = f"{line.target_group}, {line.territory}"
        if (line.target_group_id, line.territory_id) in there:
            yield Entry(str(one), f"Arbeitet für {where} schon am Themenfeld {topic}.")
            continue
        before = line.field_values()
        line.topic = topic
        draft = Draft(line, before=before)
        yield Entry(str(one), f"Themenfeld ({where})", str(instead), str(topic), draft)


def _added(one: Structure, lines: Sequence[Reach], topic: "Topic") -> Iterator[Entry]:
    there = _cells(lines, topic)
    for line in lines:
        cell = (line.target_group_id, line.territory_id)
        if cell in there:
            continue
        there.add(cell)
        new = Reach(
            tenant_id=one.tenant_id,
            structure=one,
            topic=topic,
            target_group=line.target_group,
            territory=line.territory,
        )
        where = f"{line.target_group}, {line.territory}"
        yield Entry(str(one), f"Themenfeld ({where})", "–", str(topic), Draft(new))
