"""What texts mean, by vectors of their words that somebody has learned from many other texts.

Read is the usual text form of such vectors: one word and its numbers per line, the most frequent
first; the first line may say how many there are (word2vec, fastText `.vec`, GloVe). Nothing is
learned and nothing fetched here.
"""

import gzip
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gelingen.analysis.matching.letters import stem, words

__all__ = ["MOST_WORDS", "WordVectors", "WordVectorsError", "read_vectors"]

Matrix = NDArray[np.float64]
Floats = NDArray[np.float32]
MOST_WORDS = 100_000
# From this cosine on, two texts are taken to mean alike. Stricter than for words and letters: texts
# on one field are never far apart. Chosen by hand.
ALIKE = 0.75
_USUAL = 1e-3  # words more frequent than this say little (Arora, Liang and Ma 2017)
_HEAD = 2


class WordVectorsError(ValueError):
    """The file holds no vectors of words."""


class WordVectors:
    """Vectors of words, found in every spelling and form of them."""

    def __init__(self, names: Sequence[str], vectors: Floats) -> None:
        """Keep the vectors of words, the most frequent first: of one stem the first counts.

        Args:
            names: n words.
            vectors: (n, d) their vectors.

        """
        # What all words have in common says nothing about any of them.
        middle = vectors - vectors.mean(axis=0)
        lengths = np.linalg.norm(middle, axis=1, keepdims=True)
        rarity = _USUAL / (_USUAL + _frequencies(len(names)))
        middle /= np.maximum(lengths, np.finfo(np.float32).tiny)
        middle *= rarity[:, None]
        self._vectors = middle
        self._of: dict[str, int] = {}
        for at, name in enumerate(names):
            parts = words(name)
            if len(parts) == 1:
                self._of.setdefault(stem(parts[0]), at)

    def alike(self, texts: Sequence[str]) -> Matrix:
        """Give the cosine of each two texts, 0 where it is too small to mean anything.

        Words without a vector are passed over; a text of which fewer than half of the words have
        one is like no other.
        """
        means = np.zeros((len(texts), self._vectors.shape[1]))
        for row, text in enumerate(texts):
            said = [stem(word) for word in words(text)]
            known = [self._of[word] for word in said if word in self._of]
            if known and 2 * len(known) >= len(said):
                means[row] = self._vectors[known].mean(axis=0)
        lengths = np.linalg.norm(means, axis=1, keepdims=True)
        units = means / np.maximum(lengths, np.finfo(float).tiny)
        cosines: Matrix = np.minimum(units @ units.T, 1.0)
        return np.where(cosines >= ALIKE, cosines, 0.0)


def _frequencies(number: int) -> Floats:
    """Guess how frequent words are by their rank (Zipf's law)."""
    share = 1.0 / np.arange(1, number + 1)
    found: Floats = (share / share.sum()).astype(np.float32)
    return found


def read_vectors(path: Path, *, most: int = MOST_WORDS) -> WordVectors:
    """Read the most frequent words of a file, plain or packed with gzip.

    Args:
        path: the file.
        most: how many words are read; the rest of the file is not touched.

    Raises:
        OSError: there is no such file, or it cannot be read.
        WordVectorsError: it has another form.

    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", errors="replace") as lines:
        return _read(lines, most)


def _read(lines: Iterable[str], most: int) -> WordVectors:
    rest = iter(lines)
    first = next(rest, "")
    if len(first.split()) > _HEAD:
        rest = chain([first], rest)
    names, rows = [], []
    for line in islice(rest, most):
        name, _, numbers = line.rstrip().partition(" ")
        try:
            rows.append(np.array(numbers.split(" "), dtype=np.float32))
        except ValueError:
            raise WordVectorsError(f"Hinter „{name[:40]}“ stehen keine Zahlen.") from None
        names.append(name)
    if not rows or len({len(row) for row in rows}) > 1:
        raise WordVectorsError("Nicht jede Zeile hat ein Wort und gleich viele Zahlen.")
    return WordVectors(names, np.stack(rows))
