"""Compare what somebody types with names, forgiving spelling, umlauts, hyphens and short forms.

    like(typed, text) -> int             how well, 0 to 100
    choose(typed, items, text=...) -> Choice      what fits, or what comes near, or a proposal

A name is normalised once (analytics.md, job 2: case, umlauts both ways, doubled letters, short
forms and initials); every typed word has to be found in it. A word with digits is never forgiven:
"FB 21" is not "FB 22".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from gelingen.search.short_forms import SHORT_FORMS
from gelingen.workbook.folding import fold

__all__ = ["Choice", "choose", "like"]

T = TypeVar("T")
SAME, BEGINS, HOLDS, NEAR = 100, 90, 80, 60
# One slip of the pen from so many letters on, and two from so many.
_ONE_SLIP, _TWO_SLIPS = 4, 8
_PROPOSED = 55  # rapidfuzz score from which a name is proposed instead
_FEWEST_INITIALS = 3
_SHORTEST_INSIDE = 3  # shorter words are found at the beginning of a word only
_SMALL_WORDS = frozenset(
    (
        "am", "an", "auf", "aus", "bei", "beim", "das", "dem", "den", "der", "des", "die", "e",
        "ein", "eine", "fuer", "g", "im", "in", "mit", "oder", "und", "v", "vom", "von", "zu",
        "zum", "zur",
    )
)  # fmt: skip
# Different spellings of one sound, in this order; on both sides, so nothing has to be right.
_SOUNDS = (
    ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ph", "f"), ("th", "t"), ("dt", "t"), ("ck", "k"),
    ("y", "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Name:
    """A normalised name: its words, what it is as one word, and what else it is called."""

    words: tuple[str, ...]
    joined: str
    also: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """What was found.

    Attributes:
        items: what fits, in the order in which it came.
        near: whether only something similar was found.
        proposal: a name that might be meant, if nothing was found; else "".

    """

    items: list[T]
    near: bool = False
    proposal: str = ""


@lru_cache(maxsize=50_000)
def _sound(word: str) -> str:
    heard = _single(word)
    for written, sound in _SOUNDS:
        heard = heard.replace(written, sound)
    return _single(heard)


def _single(word: str) -> str:
    """Write doubled letters once; numbers stay."""
    return "".join(
        letter
        for before, letter in zip(f" {word}", word, strict=False)
        if letter != before or letter.isdigit()
    )


@lru_cache(maxsize=20_000)
def _name(text: str) -> _Name:
    folded = fold(text)
    words = folded.split()
    heard = tuple(_sound(word) for word in words)
    return _Name(heard, "".join(heard), _called(folded, words))


def _called(folded: str, words: Sequence[str]) -> frozenset[str]:
    """Find the other names of a name: short forms, what they stand for, initials."""
    also = set()
    for short, long in SHORT_FORMS:
        if long in folded:
            also.add(_sound(short))
        elif short in words:
            also |= {_sound(word) for word in long.split()}
    for named in (words, [word for word in words if word not in _SMALL_WORDS]):
        if len(named) >= _FEWEST_INITIALS:
            also.add(_sound("".join(word[0] for word in named)))
    return frozenset(also)


def _fits(word: str, name: _Name) -> int:
    """Say how well one typed word fits a name."""
    if word in name.words or word in name.also:
        return SAME
    if any(one.startswith(word) for one in name.words):
        return BEGINS
    if len(word) >= _SHORTEST_INSIDE and (
        word in name.joined or any(one.startswith(word) for one in name.also)
    ):
        return HOLDS
    return NEAR if _is_near(word, name) else 0


def _is_near(word: str, name: _Name) -> bool:
    if len(word) < _ONE_SLIP or not word.isalpha():
        return False
    slips = 1 if len(word) < _TWO_SLIPS else 2
    return any(
        OSA.distance(word, one, score_cutoff=slips) <= slips
        for one in (*name.words, *name.also)
        if one[0] == word[0] or slips > 1
    )


@lru_cache(maxsize=1_000)
def _typed(typed: str) -> tuple[str, ...]:
    return tuple(_sound(word) for word in fold(typed).split())


def like(typed: str, text: str) -> int:
    """Say how well a text fits what was typed: 100 the same words, under 80 only similar, 0 not.

    Every typed word has to be found; the worst of them counts. Nothing typed fits everything.
    """
    words, name = _typed(typed), _name(text)
    if not words:
        return SAME
    found = min(_fits(word, name) for word in words)
    # "Sprach-Café" is found by "Sprachcafé" and the other way round.
    return max(found, HOLDS) if len(words) > 1 and "".join(words) in name.joined else found


def choose(
    typed: str, items: Sequence[T], *, text: Callable[[T], str], names: Callable[[T], str]
) -> Choice[T]:
    """Choose the items that fit; if none does, those that come near; else propose a name.

    Args:
        typed: what somebody typed.
        items: what can be found.
        text: everything of an item in which is searched.
        names: the name of an item that may be proposed.

    """
    if not _typed(typed):
        return Choice(list(items))
    scores = [like(typed, text(item)) for item in items]
    for least in (HOLDS, NEAR):
        found = [item for item, score in zip(items, scores, strict=True) if score >= least]
        if found:
            return Choice(found, near=least == NEAR)
    return Choice([], proposal=_proposal(typed, [names(item) for item in items]))


def _proposal(typed: str, names: Sequence[str]) -> str:
    wanted = "".join(_typed(typed))
    known = {name: _name(name).joined for name in names}
    best = process.extractOne(wanted, known, scorer=fuzz.ratio, score_cutoff=_PROPOSED)
    return best[2] if best else ""
