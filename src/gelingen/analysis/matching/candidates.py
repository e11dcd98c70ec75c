"""Which records are compared at all: those that share a place and a word, or a contact."""

import polars as pl

from gelingen.analysis.matching.names import Name
from gelingen.analysis.matching.preparing import Prepared
from gelingen.analysis.matching.tables import Candidates

__all__ = ["candidates", "paired_rows"]

MOST_IN_BLOCK = 1500  # records; a block that holds more says too little to compare all its pairs
FEW_AT_PLACE = 40  # records at a place all of which are compared
_BEGIN = 4  # letters by which words that the dictionary does not know are looked up
_INITIALS = range(2, 6)


def candidates(prepared: Prepared) -> Candidates:
    """Find the pairs that are worth comparing.

    Two records are compared if they share a place and a word of their names (of unknown words the
    beginning or the end will do), a place and initials, a place with few records or a telephone
    number, a mailbox within a place, or a whole name where one does not say the place.
    """
    keys = prepared.rows["record"]
    pairs = paired_rows(prepared)
    return Candidates(pl.DataFrame({"a": keys[pairs["a"]], "b": keys[pairs["b"]]}))


def paired_rows(prepared: Prepared) -> pl.DataFrame:
    """Find the same pairs as numbers of rows: a, b with a < b, ordered."""
    rows = prepared.rows
    placed = pl.concat(
        [
            rows.select("row", "form", "mailbox", "postcode", "phone", at=column).drop_nulls("at")
            for column in ("place", "seat")
        ]
    )
    by_word = placed.join(_lookups(prepared), on="form")
    blocks = [
        by_word.select("row", block=pl.struct("at", "word").hash(1)),
        placed.filter(pl.len().over("at") <= FEW_AT_PLACE).select(
            "row", block=pl.col("at").hash(2)
        ),
        rows.drop_nulls("phone").select("row", block=pl.col("phone").hash(3)),
        placed.drop_nulls("mailbox").select("row", block=pl.struct("at", "mailbox").hash(4)),
        rows.filter(pl.col("place").is_null())
        .drop_nulls("mailbox")
        .select("row", block=pl.col("mailbox").hash(5)),
    ]
    pairs = _paired(pl.concat(blocks))
    return pl.concat([pairs, _without_place(rows)]).unique().sort("a", "b")


def _paired(blocks: pl.DataFrame) -> pl.DataFrame:
    """Pair the records of each block that is not too large."""
    fit = blocks.unique().filter(pl.len().over("block").is_between(2, MOST_IN_BLOCK))
    return (
        fit.lazy()
        .join(fit.lazy(), on="block", suffix="_b")
        .filter(pl.col("row") < pl.col("row_b"))
        .select(a="row", b="row_b")
        .unique()
        .collect()
    )


def _without_place(rows: pl.DataFrame) -> pl.DataFrame:
    """Pair records that do not say a place with those that have the same name."""
    lost = rows.filter(pl.col("place").is_null())
    short = rows.filter(pl.len().over("identity") <= MOST_IN_BLOCK)
    pairs = lost.join(short, on="identity", suffix="_b").filter(pl.col("row") != pl.col("row_b"))
    return pairs.select(
        a=pl.min_horizontal("row", "row_b"), b=pl.max_horizontal("row", "row_b")
    ).unique()


def _lookups(prepared: Prepared) -> pl.DataFrame:
    """List the words by which each form of a name is looked up."""
    known = frozenset(prepared.dictionary.concepts.values())
    rows = [
        (number, word)
        for number, form in enumerate(prepared.forms)
        for word in _words_of(form, known)
    ]
    return pl.DataFrame(rows, schema={"form": pl.UInt32, "word": pl.String}, orient="row")


def _words_of(form: Name, known: frozenset[str]) -> set[str]:
    found = set()
    for word in form.core:
        if word in known:
            found.add(word)
            continue
        found |= {f"{word[:_BEGIN]}-", f"-{word[-_BEGIN:]}"}
        if len(word) in _INITIALS:
            found.add(f"initials {word[0]}")
    if len(form.initials) in _INITIALS:
        found.add(f"initials {form.initials[0]}")
    return found | {f"number {number}" for number in form.numbers if form.unit}
