"""What a program may ask of the interface, and how a wrong question is answered.

resource.filters say by which columns; beside them `q`, `page`, `size` and `edition`. What is not
named is refused and not passed over: who misspells a filter must not believe that it was applied.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gelingen.errors import UserError

MOST, USUAL = 200, 50
LAST_PAGE, LAST_EDITION = 100_000, 32_767
LONGEST = 200
_WHOLE = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


class WrongQuestionError(UserError):
    """A question that has no answer: its `code` stays the same, its sentence is for people."""

    def __init__(self, code: str, message: str, parameter: str = "") -> None:
        super().__init__(message)
        self.code, self.parameter = code, parameter


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood.

    Attributes:
        filters: wanted values by name of the column.
        text: what shall stand anywhere in a row; "" for anything.
        page: number of the page, from 1.
        size: rows on a page.
        edition: number of the edition; None for the newest.

    """

    filters: Mapping[str, str]
    text: str
    page: int
    size: int
    edition: int | None


def read_asked(
    given: Mapping[str, Sequence[str]], filters: Sequence[str], *, alone: bool = False
) -> Asked:
    """Understand what stands behind the question mark of an address.

    Args:
        given: all values by name.
        filters: columns by which may be filtered.
        alone: whether it is about a single entry, of which only the edition can be asked.

    Raises:
        WrongQuestionError: a name is unknown, comes twice, or its value cannot be.

    """
    known = {"edition"} if alone else {*filters, "q", "page", "size", "edition"}
    for name, values in given.items():
        if name not in known:
            allowed = ", ".join(sorted(known))
            raise WrongQuestionError(
                "unknown_parameter",
                f"Diese Angabe gibt es hier nicht. Möglich sind: {allowed}.",
                name,
            )
        if len(values) != 1:
            raise WrongQuestionError("repeated_parameter", "Bitte nur einmal angeben.", name)
        if not values[0] or len(values[0]) > LONGEST:
            raise WrongQuestionError("bad_value", f"Bitte 1 bis {LONGEST} Zeichen angeben.", name)
    one = {name: values[0] for name, values in given.items()}
    edition = _whole(one, "edition", LAST_EDITION, 0)
    return Asked(
        {name: one[name] for name in filters if name in one},
        one.get("q", ""),
        _whole(one, "page", LAST_PAGE, 1),
        _whole(one, "size", MOST, USUAL),
        edition or None,
    )


def _whole(given: Mapping[str, str], name: str, most: int, usual: int) -> int:
    if name not in given:
        return usual
    if not _WHOLE.fullmatch(given[name]) or int(given[name]) > most:
        raise WrongQuestionError(
            "bad_value", f"Bitte eine ganze Zahl von 1 bis {most} angeben.", name
        )
    return int(given[name])
