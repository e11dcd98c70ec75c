"""What is looked for, and whether a text says it, in the same way on every database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gelingen.workbook.folding import plain

# Shorter words stand in nearly every answer; nobody shall read all of them that way.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    Attributes:
        word: a name, function or mailbox, folded; "" if none is given.
        mailboxes: of the organisation, folded.
        organisation: its key; "" if none is given.

    """

    word: str
    mailboxes: tuple[str, ...]
    organisation: str

    @classmethod
    def of(cls, words: str, mailboxes: Sequence[str], organisation: str) -> "Wanted | None":
        """Fold what is given; None if nothing is."""
        folded = tuple(_folded(one) for one in mailboxes)
        found = cls(_folded(words), folded, organisation)
        return found if found.word or organisation else None

    def says(self, text: str) -> bool:
        """Tell whether a text says the word, or a mailbox of the organisation."""
        folded = _folded(text)
        return any(one in folded for one in (self.word, *self.mailboxes) if one)

    def names(self, text: str) -> bool:
        """Tell whether a text that belongs to nobody says the word that was given."""
        return len(self.word) >= _SHORTEST and self.word in _folded(text)


def texts_of(value: object) -> Iterator[str]:
    """Give what is said in a value, however deep; the names of its parts say nothing of anybody."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from texts_of(one)
    elif value not in {None, ""}:
        yield str(value)


def _folded(text: str) -> str:
    return " ".join(plain(text).split())
