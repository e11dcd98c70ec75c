"""The words from which names of organisations are made, and what they are short for."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from gelingen.analysis.matching.letters import stem, words

__all__ = ["DEFAULT", "Dictionary", "Phrase", "take"]

Phrase = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Dictionary:
    """How names are written. What it maps are stems of words, see `letters`.

    Attributes:
        remarks: beginnings of what is said about an entry and is no part of the name.
        legal: legal forms.
        small: words without a meaning of their own.
        optional: words that may stand in a name or not.
        units: words before the number of a unit.
        instead: words that say two things, and the words read instead.
        heads: beginnings of place names that say nothing alone.
        scopes: for whom a body works, by what is written: city, county, municipality, state.
        levels: level of an association, by what is written.
        concepts: what something is, by what is written.
        carriers: concepts that run services of their own.
        spelt: all words, as they are spelt.

    """

    remarks: frozenset[Phrase]
    legal: Mapping[Phrase, str]
    small: frozenset[str]
    optional: frozenset[str]
    units: frozenset[str]
    instead: Mapping[str, Phrase]
    heads: frozenset[str]
    scopes: Mapping[Phrase, str]
    levels: Mapping[Phrase, str]
    concepts: Mapping[Phrase, str]
    carriers: frozenset[str]
    spelt: frozenset[str]

    @classmethod
    def read(cls, text: str) -> "Dictionary":
        """Read a dictionary in the form of `dictionary.toml`."""
        data = tomllib.loads(text)
        concepts = {**data["carriers"], **data["words"]}
        grouped = (data["scopes"], data["levels"], concepts)
        lists = [data[name] for name in ("legal", "small", "optional", "units")]
        lists.append(list(data["instead"]))
        lists += [written for group in grouped for written in group.values()]
        small = frozenset(_single(data["small"]))
        return cls(
            remarks=frozenset(words(entry) for entry in data["remarks"]),
            legal={words(entry): "".join(words(entry)) for entry in data["legal"]},
            small=small,
            optional=frozenset(stem(word) for word in _single(data["optional"])),
            units=frozenset(stem(word) for word in _single(data["units"])),
            instead={words(one)[0]: words(both) for one, both in data["instead"].items()},
            heads=frozenset(_single(data["place_heads"])),
            scopes=_phrases(data["scopes"], small),
            levels=_phrases(data["levels"], small),
            concepts=_phrases(concepts, small),
            carriers=frozenset(data["carriers"]),
            spelt=frozenset(w for entries in lists for w in _single(entries) if len(w) > 1),
        )

    def extended(self, concepts: Mapping[str, Sequence[str]]) -> "Dictionary":
        """Add what a tenant writes for something: concept and ways to write it."""
        added = _phrases(concepts, self.small)
        fresh = {word for entries in concepts.values() for e in entries for word in words(e)}
        fields = {**vars(self), "concepts": {**self.concepts, **added}}
        fields = {name: value for name, value in fields.items() if name in self.__annotations__}
        return Dictionary(**{**fields, "spelt": self.spelt | fresh})

    @cached_property
    def meanings(self) -> dict[Phrase, tuple[str, str]]:
        """What phrases say: "scope", "level" or "concept", and which."""
        groups = (("concept", self.concepts), ("level", self.levels), ("scope", self.scopes))
        return {phrase: (kind, value) for kind, group in groups for phrase, value in group.items()}


T = TypeVar("T")


def take(found: Sequence[str], phrases: Mapping[Phrase, T]) -> tuple[list[str], list[T]]:
    """Take phrases out of a row of words, the longest first.

    Returns:
        The words that are left, and what the phrases are mapped to, both in the order of the words.

    """
    longest = max(map(len, phrases), default=0)
    rest: list[str] = []
    taken: list[T] = []
    at = 0
    while at < len(found):
        for length in range(min(longest, len(found) - at), 0, -1):
            value = phrases.get(tuple(found[at : at + length]))
            if value is not None:
                taken.append(value)
                at += length
                break
        else:
            rest.append(found[at])
            at += 1
    return rest, taken


def _single(entries: Iterable[str]) -> Iterator[str]:
    """Give the words of all entries."""
    return (word for entry in entries for word in words(entry))


def _phrases(groups: Mapping[str, Sequence[str]], small: frozenset[str]) -> dict[Phrase, str]:
    """Map every way to write something, without small words, to what it is."""
    return {
        tuple(stem(word) for word in words(entry) if word not in small): name
        for name, entries in groups.items()
        for entry in entries
    }


DEFAULT = Dictionary.read(Path(__file__).with_name("dictionary.toml").read_text(encoding="utf-8"))
