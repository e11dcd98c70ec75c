"""Mentions made comparable: names taken apart, places and contacts in one spelling."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from gelingen.analysis.matching.dictionary import DEFAULT, Dictionary
from gelingen.analysis.matching.names import Name, Normaliser
from gelingen.analysis.matching.tables import Mentions

__all__ = ["Prepared", "prepare"]

# Mailboxes of everybody; their domain says nothing.
FREE_DOMAINS = (
    "gmail.com", "googlemail.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "freenet.de",
    "outlook.com", "outlook.de", "hotmail.com", "hotmail.de", "yahoo.de", "yahoo.com", "arcor.de",
    "aol.com", "icloud.com", "posteo.de", "mailbox.org", "live.de", "online.de",
)  # fmt: skip
_SHORTEST_PHONE = 5
_UNSEEN = 8  # names that exist beside those of a table, so that a short one says little
_COUNTRY = re.compile(r"^(?:0049|\+49)(?:0|\(0\))?")


@dataclass(frozen=True)
class Prepared:
    """Mentions made comparable.

    Attributes:
        rows: one row per mention, ordered by its key: row, record, written, form, identity, place
            (from the name, else from its column), seat (the column's, if another), postcode, phone,
            mailbox, domain; empty where unknown.
        forms: names without place, by the number in `form`.
        rarity: how rare a word of names is, as a logarithm.
        dictionary: with which names were taken apart.

    """

    rows: pl.DataFrame
    forms: list[Name]
    rarity: dict[str, float]
    dictionary: Dictionary


def prepare(
    mentions: Mentions, *, dictionary: Dictionary = DEFAULT, places: Iterable[str] = ()
) -> Prepared:
    """Take the names of a table apart and write places and contacts alike.

    Args:
        mentions: what is compared.
        dictionary: the words from which names are made.
        places: further names of places; those of the table count anyway.

    """
    frame = mentions.frame.sort("record")
    known = {*places, *frame["place"].drop_nulls()}
    normaliser = Normaliser(dictionary, sorted(known))
    names = [normaliser(text) for text in frame["name"]]
    seats = {text: normaliser.place(text) for text in known}
    forms: dict[Name, int] = {}
    rows = []
    for name, given in zip(names, frame["place"], strict=True):
        form = replace(name, written="", places=())
        seat = seats.get(given, "")
        place = seat if seat in name.places or not name.places else name.places[0]
        identity = "|".join((" ".join(name.core), name.scope, " ".join(name.numbers)))
        other = seat if seat != place else ""
        number = forms.setdefault(form, len(forms))
        rows.append((name.written, number, identity, place or None, other or None))
    schema = ["written", "form", "identity", "place", "seat"]
    named = pl.DataFrame(
        rows, schema={n: pl.UInt32 if n == "form" else pl.String for n in schema}, orient="row"
    )
    table = pl.concat([frame.select("record", *_contacts()), named], how="horizontal")
    return Prepared(table.with_row_index("row"), list(forms), _rarity(forms), dictionary)


def _contacts() -> list[pl.Expr]:
    """Write postcodes, telephone numbers and mailboxes alike; nonsense becomes null."""
    phone = pl.col("phone").str.replace_all(r"[^\d+]", "").str.replace(_COUNTRY.pattern, "0")
    mailbox = pl.col("email").str.strip_chars().str.to_lowercase()
    mailbox = pl.when(mailbox.str.contains(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")).then(mailbox)
    domain = mailbox.str.replace(r"^.*@", "")
    return [
        pl.col("postcode").str.extract(r"(\d{5})").alias("postcode"),
        pl.when(phone.str.len_chars() >= _SHORTEST_PHONE).then(phone).alias("phone"),
        mailbox.alias("mailbox"),
        pl.when(~domain.is_in(FREE_DOMAINS)).then(domain).alias("domain"),
    ]


def _rarity(forms: Iterable[Name]) -> dict[str, float]:
    """Say how rare words are among the different names."""
    cores = {form.core for form in forms}
    counts = Counter(word for core in cores for word in core)
    return {word: math.log((len(cores) + _UNSEEN) / (count + 1)) for word, count in counts.items()}
