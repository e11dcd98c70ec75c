"""Texts that list somebody on each line: one line is shown, and forgotten, without the others.

A line is named in forms by a mark of its words, so that a list that was changed meanwhile never
loses another line than the one that was meant.
"""

from collections.abc import Collection
from hashlib import sha256

from gelingen.privacy.wanted import texts_of

_LINE = "zeile-"


def lines_of(value: object) -> list[str]:
    """Give all lines of a text, or of all texts in a value; what stands there twice comes once."""
    return list(dict.fromkeys("\n".join(texts_of(value)).splitlines()))


def mark_of(line: str) -> str:
    """Name a line in forms."""
    return f"{_LINE}{sha256(line.encode()).hexdigest()[:20]}"


def is_mark(text: str) -> bool:
    """Tell whether a text names a line."""
    return text.startswith(_LINE)


def without(value: object, marks: Collection[str]) -> object:
    """Take lines out of a text, or out of all texts in a value; what is empty then goes.

    Args:
        value: a text, or texts by name.
        marks: of the lines, as `mark_of` gives them.

    """
    if isinstance(value, dict):
        kept = {name: without(one, marks) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one}
    return "\n".join(line for line in str(value).splitlines() if mark_of(line) not in marks)
