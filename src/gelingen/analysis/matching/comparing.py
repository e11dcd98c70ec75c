"""Two names side by side: how much they speak for one organisation, and what speaks against it."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from gelingen.analysis.matching import weights
from gelingen.analysis.matching.dictionary import Dictionary
from gelingen.analysis.matching.names import AUTHORITY, Name

__all__ = ["Compared", "Comparer"]

_SLIP, _TWO_SLIPS = 5, 10  # letters from which words with so many slips are the same
_SHORT, _SHORTEST = 5, 3  # letters of words that may be initials


@dataclass(frozen=True, slots=True)
class Compared:
    """What two names say.

    Attributes:
        weight: logarithm of the odds, without place and contact.
        apart: whether they cannot mean one organisation.
        evidence: codes, the most important first.

    """

    weight: float
    apart: bool
    evidence: tuple[str, ...]


class Comparer:
    """Compares names with one dictionary and one table's rarity of words."""

    def __init__(self, dictionary: Dictionary, rarity: Mapping[str, float]) -> None:
        self._carriers = dictionary.carriers
        self._concepts = frozenset(dictionary.concepts.values())
        self._rarity = rarity

    def __call__(self, a: Name, b: Name) -> Compared:
        """Compare two names; their places are compared elsewhere."""
        return self._at_once(a, b) or self._by_words(a, b)

    def _at_once(self, a: Name, b: Name) -> Compared | None:
        """Compare names for which something else counts than their words."""
        if conflicts := _conflicts(a, b):
            return Compared(weights.APART, apart=True, evidence=conflicts)
        if not (a.core and b.core):
            return Compared(weights.NO_WORDS, apart=False, evidence=("other_name",))
        return _unit(a, b)

    def _by_words(self, a: Name, b: Name) -> Compared:
        """Compare names by the words they share, and by what is left."""
        common = set(a.core) & set(b.core)
        left_a, left_b, slips = _same_but_for_slips(set(a.core) - common, set(b.core) - common)
        if self._is_part(common, left_a, left_b):
            return Compared(weights.APART, apart=True, evidence=("part_of",))
        missing, told = _missing(a, b, self._carriers)
        if _by_initials(left_a, b) or _by_initials(left_b, a):
            weight, code = weights.SAME_CORE - weights.INITIALS, "initials"
        elif slips and not (left_a or left_b):
            weight, code = weights.SAME_CORE - slips * weights.SLIP, "slip"
        else:
            weight, code = self._words(common, left_a, left_b)
        return Compared(
            max(weight + missing, weights.LEAST_NAME), apart=False, evidence=(code, *told)
        )

    def _words(self, common: set[str], left_a: set[str], left_b: set[str]) -> tuple[float, str]:
        """Weigh words in common and words left over."""
        if not left_a and not left_b:
            return weights.SAME_CORE, "short_form"
        shared = sum(self._rarity.get(word, 0.0) for word in common)
        weight = min(weights.COMMON_WORD + shared, weights.SAME_CORE) if common else 0.0
        weight -= sum(
            weights.LEFT_CONCEPT if word in self._concepts else weights.LEFT_WORD
            for word in left_a | left_b
        )
        if left_a and left_b:
            return weight - weights.BOTH_LEFT, "other_name"
        return weight, "says_more"

    def _is_part(self, common: set[str], left_a: set[str], left_b: set[str]) -> bool:
        """Tell whether one names a carrier and the other a service that it runs."""
        more = left_a or left_b
        alone = not (left_a and left_b) and bool(more) and common <= self._carriers
        return bool(common) and alone and not more.isdisjoint(self._concepts)


def _unit(a: Name, b: Name) -> Compared | None:
    """Compare if one is named as an authority alone, or by the number of its unit."""
    if (AUTHORITY,) not in (a.core, b.core):
        return None
    if a.core == b.core:
        whole_and_part = bool(a.numbers) != bool(b.numbers)
        found = Compared(weights.APART, apart=True, evidence=("part_of",))
        return found if whole_and_part else None
    bare, full = (a, b) if a.core == (AUTHORITY,) else (b, a)
    if not bare.numbers:
        return Compared(weights.APART, apart=True, evidence=("part_of",))
    if full.numbers:
        return Compared(weights.ONLY_UNIT, apart=False, evidence=("same_number",))
    if full.scope == bare.scope:
        return Compared(weights.UNIT_MISSING, apart=False, evidence=("number_missing",))
    return None


def _conflicts(a: Name, b: Name) -> tuple[str, ...]:
    """Say what excludes that two names mean the same."""
    found = []
    if a.numbers and b.numbers and a.numbers != b.numbers:
        found.append("other_number")
    if _disjoint(a.scope, b.scope):
        found.append("other_scope")
    if _disjoint(a.level, b.level):
        found.append("other_level")
    return tuple(found)


def _disjoint(a: str, b: str) -> bool:
    return bool(a and b) and set(a.split("+")).isdisjoint(b.split("+"))


def _missing(a: Name, b: Name, carriers: frozenset[str]) -> tuple[float, tuple[str, ...]]:
    """Weigh what only one of two names says beside its words."""
    weight, told = 0.0, []
    scopes = {a.scope, b.scope}
    if "" in scopes and len(scopes) > 1 and not any("+" in scope for scope in scopes):
        weight += weights.LEVEL_MISSING if carriers & set(a.core) else weights.SCOPE_MISSING
        told.append("scope_missing")
    if bool(a.level) != bool(b.level):
        weight += weights.LEVEL_MISSING
    if bool(a.numbers) != bool(b.numbers) and not (a.unit or b.unit):
        weight += weights.NUMBER_MISSING
        told.append("number_missing")
    if a.legal and b.legal and a.legal != b.legal:
        weight += weights.OTHER_LEGAL
        told.append("other_legal")
    return weight, tuple(told)


def _same_but_for_slips(left_a: set[str], left_b: set[str]) -> tuple[set[str], set[str], int]:
    """Take out words that are the same but for a slip of the pen; count them."""
    pairs = [(one, other) for one in sorted(left_a) for other in sorted(left_b)]
    slips = 0
    for one, other in pairs:
        if one in left_a and other in left_b and _slipped(one, other):
            left_a, left_b = left_a - {one}, left_b - {other}
            slips += 1
    return left_a, left_b, slips


def _slipped(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    if shorter < _SLIP:
        same_letters = sorted(set(one)) == sorted(set(other))
        return shorter >= _SHORTEST and same_letters and OSA.distance(one, other) == 1
    slips = 1 if shorter < _TWO_SLIPS else 2
    return OSA.distance(one, other, score_cutoff=slips) <= slips


def _by_initials(left: set[str], whole: Name) -> bool:
    """Tell whether the one word left over is made of the first letters of the other name."""
    if len(left) != 1:
        return False
    (word,) = left
    if not _SHORTEST <= len(word) <= _SHORT or not whole.initials.startswith(word[0]):
        return False
    letters = iter(whole.initials)
    return all(letter in letters for letter in word)
