"""How likely two records name one organisation: evidence added up field by field."""

import polars as pl

from gelingen.analysis.matching import weights
from gelingen.analysis.matching.comparing import Comparer
from gelingen.analysis.matching.learning import with_learned
from gelingen.analysis.matching.preparing import Prepared
from gelingen.analysis.matching.tables import Candidates, PairScores

__all__ = ["score", "scored_rows"]

COMPARED = (
    "written",
    "form",
    "identity",
    "place",
    "seat",
    "postcode",
    "phone",
    "mailbox",
    "domain",
)
_EXTENSION = 3  # digits


def score(prepared: Prepared, pairs: Candidates) -> PairScores:
    """Score pairs of records.

    The weight of a pair is a sum of logarithms of odds: names, place, postcode, telephone, mailbox.
    What many share counts less (term frequency). A conflict (another place, number, scope or level,
    a service beside its carrier) sets the pair apart, whatever else speaks for it.

    Args:
        prepared: the records.
        pairs: which of them are compared.

    """
    numbers = prepared.rows.select("record", "row")
    rows = pairs.frame.join(numbers.rename({"record": "a", "row": "row_a"}), on="a").join(
        numbers.rename({"record": "b", "row": "row_b"}), on="b"
    )
    scored = scored_rows(prepared, rows.select(a="row_a", b="row_b"))
    return _named(prepared, scored.sort("a", "b"))


def scored_rows(prepared: Prepared, pairs: pl.DataFrame) -> pl.DataFrame:
    """Score pairs of numbers of rows: a, b, weight, apart and evidence."""
    rows = prepared.rows.select("row", *COMPARED, *_shared())
    both = pairs.join(rows, left_on="a", right_on="row").join(
        rows, left_on="b", right_on="row", suffix="_b"
    )
    both = with_learned(_with_names(prepared, both), prepared.rows)
    return _summed(both)


def _named(prepared: Prepared, scored: pl.DataFrame) -> PairScores:
    """Give scored rows the keys of their records, a probability and a zone."""
    keys = prepared.rows["record"]
    weight, apart = pl.col("weight"), pl.col("apart")
    zone = (
        pl.when(~apart & (weight >= weights.SURE))
        .then(pl.lit("automatic"))
        .when(~apart & (weight >= weights.WORTH_A_LOOK))
        .then(pl.lit("suggestion"))
        .otherwise(pl.lit("different"))
    )
    return PairScores(
        scored.with_columns(
            keys.gather(scored["a"]).alias("a"),
            keys.gather(scored["b"]).alias("b"),
            probability=1 / (1 + (-weight).exp()),
            zone=zone,
        )
    )


def _with_names(prepared: Prepared, both: pl.DataFrame) -> pl.DataFrame:
    """Add what the names say, compared once for each two forms."""
    comparer = Comparer(prepared.dictionary, prepared.rarity)
    kinds = both.select("form", "form_b").unique().sort("form", "form_b")
    forms = prepared.forms
    found = [comparer(forms[a], forms[b]) for a, b in kinds.rows()]
    said = kinds.with_columns(
        pl.Series("name", [one.weight for one in found], dtype=pl.Float64),
        pl.Series("conflict", [one.apart for one in found], dtype=pl.Boolean),
        pl.Series("said", [";".join(one.evidence) for one in found], dtype=pl.String),
    )
    return both.join(said, on=["form", "form_b"], maintain_order="left")


def _shared() -> list[pl.Expr]:
    """Say of each contact how many share it, and of a name at how many places it stands."""
    place = pl.col("place").fill_null("?")
    own = pl.struct("place", "identity")
    told = {name: pl.col(name).is_not_null() for name in ("phone", "mailbox", "postcode")}
    spread = [
        pl.when(told[name])
        .then(place.n_unique().over(name) * (own.n_unique().over(name) / 4).clip(1.0))
        .alias(f"{name}_spread")
        for name in ("phone", "mailbox")
    ]
    here = pl.when(told["postcode"]).then(pl.col("identity")).drop_nulls().n_unique()
    with_code = (here.over("place") + 1) / (
        pl.col("identity").n_unique().over("place", "postcode") + 1
    )
    return [
        *spread,
        pl.when(told["postcode"]).then(with_code.log()).alias("postcode_rare"),
        pl.col("place").drop_nulls().n_unique().over("identity").clip(1).log().alias("places"),
    ]


def _summed(both: pl.DataFrame) -> pl.DataFrame:
    """Add up the evidence of all fields, and name it."""
    same = {name: pl.col(name) == pl.col(f"{name}_b") for name in COMPARED}
    other = {name: ~same[name] for name in COMPARED}  # null where one is not known
    unplaced = pl.col("place").is_null() | pl.col("place_b").is_null()
    at_seat = (pl.col("place") == pl.col("seat_b")) | (pl.col("seat") == pl.col("place_b"))
    elsewhere = other["place"].fill_null(value=False) & ~at_seat.fill_null(value=False)
    domain = same["domain"] & other["mailbox"]
    fields = {
        "same_phone": (same["phone"], _less(weights.PHONE, "phone", weights.LEAST_PHONE)),
        "same_mailbox": (same["mailbox"], _less(weights.MAILBOX, "mailbox", weights.LEAST_MAILBOX)),
        "same_domain": (domain, pl.lit(weights.DOMAIN)),
        "same_postcode": (same["postcode"] & ~unplaced,
                          pl.col("postcode_rare").clip(0, weights.MOST_POSTCODE)),
        "other_phone": (_exchange("phone") != _exchange("phone_b"), pl.lit(weights.OTHER_PHONE)),
        "other_mailbox": (other["mailbox"] & ~domain.fill_null(value=False),
                          pl.lit(weights.OTHER_MAILBOX)),
        "other_postcode": (other["postcode"], pl.lit(weights.OTHER_POSTCODE)),
        "place_missing": (unplaced, _unplaced()),
    }  # fmt: skip
    holds = {code: when.fill_null(value=False) for code, (when, _) in fields.items()}
    weight = pl.sum_horizontal(
        pl.lit(weights.PRIOR),
        pl.col("name"),
        *(pl.when(holds[code]).then(value).otherwise(0.0) for code, (_, value) in fields.items()),
    )
    apart = pl.col("conflict") | elsewhere
    written = pl.when(same["written"]).then(pl.lit("same_name")).otherwise(pl.col("said"))
    codes = [pl.when(elsewhere).then(pl.lit("other_place")), written]
    codes += [pl.when(holds[code]).then(pl.lit(code)) for code in fields]
    return both.select(
        "a",
        "b",
        weight=pl.when(apart).then(weights.APART).otherwise(weight).round(3),
        apart=apart,
        evidence=pl.concat_str(codes, separator=";", ignore_nulls=True),
    )


def _exchange(column: str) -> pl.Expr:
    """Give a telephone number without the digits by which extensions of one house differ."""
    return pl.col(column).str.head(-_EXTENSION)


def _less(most: float, field: str, least: float) -> pl.Expr:
    """Let a contact count less, the more places and names share it."""
    spread = pl.max_horizontal(f"{field}_spread", f"{field}_spread_b")
    return (most - weights.SPREAD * spread.log()).clip(least, most)


def _unplaced() -> pl.Expr:
    """Take off what a name without place loses: more, the more places have such a name."""
    places = pl.max_horizontal("places", "places_b")
    return -(weights.NO_PLACE + places).clip(0, weights.MOST_NO_PLACE)
