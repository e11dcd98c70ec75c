"""Names of organisations taken apart: what something is, where, for whom, which unit.

    normalise("LRA Coburg, FB 21 (Frau X)", places=["Coburg"]) -> Name

Two names of one organisation differ in short forms, order, endings and slips of the pen; two
organisations differ in place, scope, number or service. So each part is kept by itself.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from gelingen.analysis.matching.dictionary import DEFAULT, Dictionary, Phrase, take
from gelingen.analysis.matching.letters import stem, words
from gelingen.analysis.matching.mending import Mender

__all__ = ["AUTHORITY", "Name", "Normaliser", "normalise"]

AUTHORITY = "verwaltung"  # what a name is about that only says for whom: "Stadt Coburg"
_ASIDE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_MARK = re.compile(r"\s+[-–]\s+|\s*[,;:|]\s*")
_REGISTERED = "ev"  # "e.V." without its dots; at the beginning of a name it means a church


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart.

    Attributes:
        written: all its words without remarks, as they are written.
        core: what it is: concepts of the dictionary and stems of other words, ordered.
        optional: stems that may stand there or not, ordered.
        places: the known places it names, ordered.
        scope: "city", "county", "municipality", "state", several joined by "+", or "".
        level: of an association, in the same manner.
        numbers: numbers in it, ordered.
        unit: whether its numbers count units of an authority.
        legal: legal forms, ordered.
        initials: first letters of its words, without place and legal form.

    """

    written: str
    core: tuple[str, ...]
    optional: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    scope: str = ""
    level: str = ""
    numbers: tuple[str, ...] = ()
    unit: bool = False
    legal: tuple[str, ...] = ()
    initials: str = ""

    @property
    def key(self) -> str:
        """What all ways to write the name have in common."""
        parts = (self.core, self.places, (self.scope, self.level), self.numbers)
        return "|".join(" ".join(part).strip() for part in parts)


@lru_cache(maxsize=16)
def _normaliser(dictionary: Dictionary, places: tuple[str, ...]) -> "Normaliser":
    return Normaliser(dictionary, places)


def normalise(name: str, *, dictionary: Dictionary = DEFAULT, places: Iterable[str] = ()) -> Name:
    """Take a name apart.

    Args:
        name: as somebody wrote it.
        dictionary: the words from which names are made.
        places: names of places that may stand in it; without them a place is a word as any other.

    """
    return _normaliser(dictionary, tuple(places))(name)


class Normaliser:
    """Takes many names apart with one dictionary and one list of places."""

    def __init__(self, dictionary: Dictionary = DEFAULT, places: Iterable[str] = ()) -> None:
        self.dictionary = dictionary
        self._places = _place_phrases(places, dictionary)
        named = {word for phrase in self._places for word in phrase}
        self._mender = Mender(dictionary.spelt | named)
        self.name = lru_cache(maxsize=200_000)(self._name)

    def __call__(self, name: str) -> Name:
        """Take a name apart."""
        return self.name(name)

    def place(self, text: str | None) -> str:
        """Give the key of a place as a column of places names it; "" if it names none."""
        _, places = take(_place_words(text or "", self.dictionary), self._places)
        return places[0] if places else ""

    def _name(self, text: str) -> Name:
        found = words(_without_remarks(text, self.dictionary.remarks))
        rest, legal = take(found, self.dictionary.legal)
        if len(rest) > 1 and rest[-1] == _REGISTERED:
            legal.append(rest.pop())
        rest, places = take(self._bare(self._read(rest)), self._places)
        numbers = {word.lstrip("0") or "0" for word in rest if word.isdigit()}
        plain = [word for word in rest if not word.isdigit()]
        known = Name(
            written=" ".join(found),
            core=(),
            places=tuple(sorted(set(places))),
            numbers=tuple(sorted(numbers)),
            legal=tuple(sorted(set(legal))),
            initials="".join(word[0] for word in plain),
        )
        return self._sorted(known, [stem(word) for word in plain])

    def _sorted(self, name: Name, stems: Sequence[str]) -> Name:
        """Add the parts that are words of the dictionary, and what is left."""
        terms = self.dictionary
        left, meant = take(stems, terms.meanings)
        said = {kind: {v for k, v in meant if k == kind} for kind in ("scope", "level", "concept")}
        optional = {word for word in left if word in terms.optional}
        core = (said["concept"] | set(left)) - optional - {AUTHORITY}
        if not core:
            core = {AUTHORITY} if said["scope"] else optional
        return replace(
            name,
            core=tuple(sorted(core)),
            optional=tuple(sorted(optional - core)),
            scope="+".join(sorted(said["scope"])),
            level="+".join(sorted(said["level"])),
            unit=bool(name.numbers) and not terms.units.isdisjoint(stems),
        )

    def _read(self, found: Sequence[str]) -> Iterator[str]:
        """Mend words, and read two words where one says two things."""
        for word in self._mender.mend(found):
            yield from self.dictionary.instead.get(word, (word,))

    def _bare(self, found: Iterable[str]) -> list[str]:
        """Leave out small words and single letters."""
        small = self.dictionary.small
        return [w for w in found if w not in small and (len(w) > 1 or w.isdigit())]


def _without_remarks(text: str, remarks: Collection[Phrase]) -> str:
    """Cut what is said about an entry: in brackets, or after a mark to the end."""
    # Of "()" nothing is left.
    kept = _ASIDE.sub(
        lambda m: " " if _is_remark(said := m[1] or m[2] or "", remarks) else f" {said} ", text
    )
    for mark in _MARK.finditer(kept):
        if _is_remark(kept[mark.end() :], remarks):
            return kept[: mark.start()]
    return kept


def _is_remark(text: str, remarks: Collection[Phrase]) -> bool:
    found = words(text)
    return any(found[:length] in remarks for length in range(1, len(found) + 1))


def _place_phrases(places: Iterable[str], dictionary: Dictionary) -> dict[Phrase, str]:
    """Map the words of places to their keys.

    A part will do where it means one place: "Neustadt" for "Neustadt b.Coburg", "Rodach" for "Bad
    Rodach"; and so will "Coburger" for "Coburg".
    """
    full = {_place_words(place, dictionary) for place in places} - {()}
    known = {phrase: " ".join(phrase) for phrase in full}
    parts: dict[Phrase, set[Phrase]] = {}
    for phrase in full:
        for at in range(1, len(phrase)):
            if phrase[at - 1] in dictionary.heads:
                parts.setdefault(phrase[at:], set()).add(phrase)
            else:
                parts.setdefault(phrase[:at], set()).add(phrase)
    for part, wholes in parts.items():
        if len(wholes) == 1 and part not in full:
            known[part] = known[next(iter(wholes))]
    for phrase in sorted(full):
        known.setdefault((*phrase[:-1], f"{phrase[-1]}er"), known[phrase])
    return known


def _place_words(place: str, dictionary: Dictionary) -> Phrase:
    """Give the words of a place that tell it from others."""
    scopes = {phrase[0] for phrase in dictionary.scopes if len(phrase) == 1}
    found = tuple(
        word
        for written in words(place)
        for word in dictionary.instead.get(written, (written,))
        if word not in dictionary.small and len(word) > 1 and not word.isdigit()
    )
    return tuple(word for word in found if stem(word) not in scopes) or found
