"""Names reduced to what remains of them in every spelling: letters, words, stems."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["stem", "words"]

_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o"})
# "ue" is an umlaut unless the vowel before it needs the "u": "Mueller", but "Frauen", "neue".
_WRITTEN_OUT = re.compile(r"ae|oe|(?<![aeq])ue")
_GENDER = re.compile(r"(?<=[a-zäöüß])(?:[*:_·]|/-?)(?:innen|in|r|n)\b", re.IGNORECASE)
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_ENDINGS = ("innen", "en", "er", "es", "em", "in", "e", "n")
_SHORTEST_STEM = 4


def words(text: str) -> tuple[str, ...]:
    """Split a text into words of plain letters and into numbers.

    Case, umlauts in either spelling, accents, hyphens and the marks of gender forms do not matter:
    "FB21 – Ausländer*innen" becomes "fb", "21", "auslander".
    """
    bare = _GENDER.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(_UMLAUTS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return tuple(_WRITTEN_OUT.sub(lambda m: m[0][0], part) for part in _PARTS.findall(plain))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Cut the ending of a word, so that "Lotse", "Lotsin" and "Lotsinnen" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
