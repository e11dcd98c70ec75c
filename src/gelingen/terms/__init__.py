"""The vocabulary of the domain: one German word for every English name in the code."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["Entry", "UnknownTermError", "glossary", "term"]


class UnknownTermError(LookupError):
    """A name is used in the code that the glossary does not define."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the glossary.

    Attributes:
        one: German word, singular, as users read it.
        many: German word, plural.
        meaning: one German sentence; shown as help text and in the printed glossary.

    """

    one: str
    many: str
    meaning: str


@cache
def glossary() -> dict[str, Entry]:
    """Every term, by its English code name."""
    text = files(__package__).joinpath("glossary.toml").read_text(encoding="utf-8")
    return {code: Entry(**entry) for code, entry in tomllib.loads(text).items()}


def term(code: str) -> Entry:
    """Look up a term; fails at import time of the caller, never in front of a user."""
    try:
        return glossary()[code]
    except KeyError:
        message = f"{code!r} is not in glossary.toml"
        raise UnknownTermError(message) from None
