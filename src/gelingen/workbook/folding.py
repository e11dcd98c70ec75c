"""Texts made comparable: without case, umlauts, punctuation and odd spaces."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["clean", "clean_lines", "fold", "fold_key", "plain"]

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe"})
_MANY_SPACES = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff\ufffe\uffff]")
_NO_WORD = re.compile(r"[\W_]+")
_NO_KEY = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """Make one line of a text: no control characters, single plain spaces, none at the ends."""
    if text.isprintable() and "  " not in text:  # the usual case, and much faster
        return text.strip()
    return _MANY_SPACES.sub(" ", _CONTROLS.sub("", text)).strip()


def clean_lines(text: str) -> str:
    """Keep line breaks, but no control characters, and no blank space at the end of lines."""
    lines = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return "\n".join(line.replace("\xa0", " ").rstrip() for line in lines).strip()


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Fold a text for comparison: "Träger* / Amt" becomes "traeger amt"."""
    return _NO_WORD.sub(" ", plain(text)).strip()


def plain(text: str) -> str:
    """Fold case, umlauts and accents, and keep all signs: "Träger* / Amt" becomes "traeger* / amt".

    For long texts that are read once, as nothing is remembered.
    """
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    if lowered.isascii():
        return lowered
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", lowered)
        if not unicodedata.combining(letter)
    )


def fold_key(text: str) -> str:
    """Fold a text to lower-case ASCII letters, digits and "_", as part of a derived key."""
    return _NO_KEY.sub("_", fold(text).encode("ascii", "ignore").decode()).strip("_")
