"""Text that can stand in any format, and addresses that may be linked."""

import re

# XML 1.0 allows tab, newline, return and what follows the blank; lone surrogates are not text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufdd0-\ufdef]"
)
# Marks that turn the reading direction of what follows: they can make a text show another text.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile("[\t\n\r\u2028\u2029]+")
_LINKED = re.compile(r"(?:https?://[^\s/?#]|mailto:[^\s@]+@[^\s@]+$)", re.IGNORECASE)


def clean(text: str) -> str:
    """Take out what no format can print; line breaks become blanks.

    Characters that XML forbids, and marks that turn the reading direction, are dropped.
    """
    return _BREAKS.sub(" ", _TURNING.sub("", _FORBIDDEN.sub("", text)))


def linked(target: str) -> bool:
    """Tell whether an address may become a link: http, https or mailto, without blanks."""
    return bool(_LINKED.match(target)) and not re.search(r"[\s\x00-\x20<>\"]", target)
