"""Slips of the pen in names, mended where only one known word can be meant."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from gelingen.analysis.matching.letters import stem

__all__ = ["Mender"]

_SHORTEST_JOINED = 3
_SHORTEST_PART, _LONG_PART = 2, 4
_ONE_SLIP, _TWO_SLIPS = 4, 10  # letters from which so many slips are mended


class Mender:
    """Mends words towards known words.

    A known word stays. An unknown one is joined with its neighbour ("Grund-Schule"), gets or gives
    a letter over the gap ("F Feuerwehr"), is split ("JobcenterLand") or spelt right, in this order.
    Numbers are never touched.
    """

    def __init__(self, known: Collection[str]) -> None:
        self.known = sorted(known)
        self._known = frozenset(known)
        self._stems = frozenset(stem(word) for word in known)
        self.spelt = lru_cache(maxsize=200_000)(self._spelt)
        self.parts = lru_cache(maxsize=200_000)(self._parts)

    def knows(self, word: str) -> bool:
        """Tell whether a word, or the same word with another ending, is known."""
        return word in self._known or word.isdigit() or stem(word) in self._stems

    def mend(self, found: Sequence[str]) -> list[str]:
        """Mend the words of a name; twice, as a word spelt right may be half of another."""
        return self._once(self._once(found))

    def _once(self, found: Sequence[str]) -> list[str]:
        waiting, done = list(found), []
        while waiting:
            word = waiting.pop(0)
            if waiting and (pair := self._with_next(word, waiting[0])):
                waiting[0:1] = pair[1:]
                done.append(pair[0])
            elif self.knows(word):
                done.append(word)
            else:
                done += self.parts(word) or (self.spelt(word),)
        return done

    def _with_next(self, word: str, after: str) -> tuple[str, ...]:
        """Join two neighbours, or move the gap between them; () if that makes nothing known."""
        if self.knows(word) and self.knows(after):
            whole = len(after) > _LONG_PART and word + after in self._known
            return (word + after,) if whole else ()
        if len(word + after) >= _SHORTEST_JOINED and word + after in self._known:
            return (word + after,)
        for left, right in ((word[:-1], word[-1] + after), (word + after[0], after[1:])):
            if left in self._known and right in self._known:
                return (left, right)
        return ()

    def _parts(self, word: str) -> tuple[str, ...]:
        """Split a word into two known ones, the longer first part wins; () if it cannot be."""
        for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            left, right = word[:at], word[at:]
            if max(at, len(word) - at) < _LONG_PART:
                continue
            if left in self._known and right in self._known:
                return (left, right)
        return ()

    def _spelt(self, word: str) -> str:
        """Give the one known word that is nearest, whatever the ending, or the word itself."""
        return next((near for one in (word, stem(word)) if (near := self._nearest(one))), word)

    def _nearest(self, word: str) -> str:
        if len(word) < _ONE_SLIP:
            return ""
        slips = 1 if len(word) < _TWO_SLIPS else 2
        near = process.extract(
            word, self.known, scorer=OSA.distance, score_cutoff=slips, limit=2, processor=None
        )
        if not near or (len(near) > 1 and near[0][1] == near[1][1]):
            return ""
        best: str = near[0][0]
        fits = len(best) > _ONE_SLIP or (len(best) >= _SHORTEST_JOINED and best[0] == word[0])
        return best if fits else ""
