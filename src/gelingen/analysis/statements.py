"""Statements that say the same: by words of the field, by letters, third by meaning."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array

from gelingen.analysis.matching.letters import stem, words
from gelingen.analysis.meaning import WordVectors
from gelingen.analysis.tables import Column, Table

__all__ = ["SAME", "StatementGroups", "Statements", "Thesaurus", "group_statements", "shipped"]

Matrix = NDArray[np.float64]
# Two statements belong together from this average likeness on. Chosen by hand on the wording of the
# shipped surveys: a shared offer and a different audience (1 of 3 words) stay apart.
SAME = 0.5
_INSIDE = 5  # letters from which a word counts inside another
_GRAM = 3


class Statements(Table):
    """Aussagen: one row per statement; only those with the same cell are compared."""

    key = Column(pl.String, "Kennung der Aussage", unique=True)
    text = Column(pl.String, "Wortlaut")
    topic = Column(pl.String, "Kennung des Themenfelds; leer: keines genannt", nullable=True)
    target_group = Column(pl.String, "Kennung der Zielgruppe; leer: keine genannt", nullable=True)
    place = Column(pl.String, "Amtlicher Schlüssel; leer: kein Ort genannt", nullable=True)


class StatementGroups(Table):
    """Gleiche Aussagen: one row per statement, with the group it belongs to."""

    key = Column(pl.String, "Kennung der Aussage")
    group = Column(pl.String, "Kleinste Kennung in der Gruppe")
    likeness = Column(
        pl.Float64, "Mittlere Ähnlichkeit mit den übrigen der Gruppe; leer: allein", nullable=True
    )
    shared = Column(pl.String, "Worte des Fachs, die alle der Gruppe sagen, mit Komma")
    meaning = Column(pl.Boolean, "Gehören manche der Gruppe nur ihrer Bedeutung nach zusammen?")


class Thesaurus:
    """Words that mean the same: concepts, each with the phrases that stand for it."""

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        """Keep concepts and their German phrases."""
        split = [
            (concept, tuple(stem(word) for word in words(phrase)))
            for concept, phrases in concepts.items()
            for phrase in phrases
        ]
        self._single = [(concept, phrase[0]) for concept, phrase in split if len(phrase) == 1]
        self._several = [(concept, phrase) for concept, phrase in split if len(phrase) > 1]
        self._of_word: dict[str, frozenset[str]] = {}  # people say the same words again and again

    def concepts(self, text: str) -> frozenset[str]:
        """Give the concepts that a text names."""
        said = [stem(word) for word in words(text)]
        found = {concept for word in said for concept in self._named_by(word)}
        line = " ".join(said)
        found |= {
            concept
            for concept, phrase in self._several
            # Searching the whole line is quick and rules out nearly all.
            if all(word in line for word in phrase) and _follow(phrase, said)
        }
        return frozenset(found)

    def _named_by(self, word: str) -> frozenset[str]:
        if word not in self._of_word:
            self._of_word[word] = frozenset(c for c, one in self._single if _stands_in(one, word))
        return self._of_word[word]


def _stands_in(word: str, other: str) -> bool:
    return word == other or (len(word) >= _INSIDE and word in other)


def _follow(phrase: tuple[str, ...], said: list[str]) -> bool:
    """Tell whether the words of a phrase follow each other in a text."""
    width = len(phrase)
    return any(
        all(map(_stands_in, phrase, said[at : at + width])) for at in range(len(said) - width + 1)
    )


@cache
def shipped() -> Thesaurus:
    """Give the thesaurus that comes with the program."""
    text = files("gelingen.analysis").joinpath("thesaurus.toml").read_text(encoding="utf-8")
    return Thesaurus(
        {name: found for part in tomllib.loads(text).values() for name, found in part.items()}
    )


def group_statements(
    statements: Statements,
    thesaurus: Thesaurus | None = None,
    vectors: WordVectors | None = None,
) -> StatementGroups:
    """Group statements on the same topic, target group and place that say the same.

    The likeness of two statements is the greatest of these: the concepts of the thesaurus that
    both name among those that either names (Jaccard), and the cosine of their letter trigrams,
    weighted by how rare each is among the statements given, and, where vectors of words are given,
    the cosine of what they mean. Groups are formed by average linkage,
    so that no chain of neighbours joins what has little in common.

    Args:
        statements: n rows.
        thesaurus: words that mean the same; the shipped one if none is given.
        vectors: of words; none: meaning is not compared.

    Returns:
        n rows by key, the same for every order of the input.

    """
    known = thesaurus or shipped()
    frame = statements.frame.sort("key")
    found = [StatementGroups.empty().frame]
    cell = ["topic", "target_group", "place"]
    for _, part in frame.group_by(cell, maintain_order=True):
        found.append(_grouped(part, known, vectors))
    return StatementGroups(pl.concat(found).sort("key"))


def _grouped(part: pl.DataFrame, thesaurus: Thesaurus, vectors: WordVectors | None) -> pl.DataFrame:
    texts: list[str] = part["text"].to_list()
    named = [thesaurus.concepts(text) for text in texts]
    written = np.maximum(_by_concepts(named), _by_letters(texts))
    alike = written if vectors is None else np.maximum(written, vectors.alike(texts))
    groups = _linked(alike)
    rows = []
    for number in np.unique(groups):
        members = np.flatnonzero(groups == number)
        others = len(members) - 1
        inside = np.ix_(members, members)
        meant = bool(((written[inside] < SAME) & (alike[inside] > written[inside])).any())
        shared = ", ".join(sorted(frozenset.intersection(*(named[one] for one in members))))
        mean = (alike[inside].sum(axis=1) - alike[members, members]) / max(others, 1)
        first = part["key"][int(members[0])]
        rows += [
            (part["key"][int(at)], first, value if others else None, shared, others > 0 and meant)
            for at, value in zip(members, mean.tolist(), strict=True)
        ]
    return StatementGroups.from_rows(rows).frame


def _by_concepts(named: list[frozenset[str]]) -> Matrix:
    """Give the part of concepts in common of each two; 0 where neither names one."""
    every = sorted(frozenset().union(*named))
    if not every:
        return np.zeros((len(named), len(named)))
    member = np.array([[concept in own for concept in every] for own in named], dtype=float)
    both = member @ member.T
    size = member.sum(axis=1)
    either = size[:, None] + size[None, :] - both
    shares: Matrix = np.divide(both, either, out=np.zeros_like(both), where=either > 0)
    return shares


def _by_letters(texts: list[str]) -> Matrix:
    """Give the cosine of weighted letter trigrams of each two."""
    grams = [_grams(text) for text in texts]
    position = {gram: at for at, gram in enumerate(sorted({g for own in grams for g in own}))}
    rows = np.repeat(np.arange(len(grams)), [len(own) for own in grams])
    columns = np.array([position[gram] for own in grams for gram in own], dtype=int)
    counts = csr_array(
        (np.ones(len(columns)), (rows, columns)), shape=(len(texts), max(len(position), 1))
    )
    held = np.asarray((counts > 0).sum(axis=0)).ravel()
    weights = counts * (1 + np.log((1 + len(texts)) / (1 + held)))
    length = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    products: Matrix = (weights @ weights.T).toarray()
    scale = np.maximum(np.outer(length, length), np.finfo(float).tiny)
    return np.minimum(products / scale, 1.0)


def _grams(text: str) -> list[str]:
    plain = f" {' '.join(stem(word) for word in words(text))} "
    return [plain[at : at + _GRAM] for at in range(len(plain) - _GRAM + 1)]


def _linked(alike: Matrix) -> NDArray[np.int_]:
    """Give each row the number of its group, by average linkage cut where it falls below SAME."""
    number = len(alike)
    if number == 1:
        return np.ones(1, dtype=int)
    above = np.triu_indices(number, k=1)
    tree = linkage(1.0 - alike[above], method="average")
    groups: NDArray[np.int_] = fcluster(tree, t=1.0 - SAME, criterion="distance")
    return groups
