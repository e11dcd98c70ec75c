"""Groups of answers as columns of a table: as they are, or put together until none is small."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gelingen.surveys.said import Answer

ALL = ""  # the column of everybody
REST = "übrige Gruppen"
NO_GROUP = "ohne Gruppe"


@dataclass(frozen=True)
class Columns:
    """Groups as they are shown.

    Attributes:
        of: of each answer the column; ALL if there are no columns beside that of everybody.
        members: by column the groups that were put together in it.

    """

    of: Sequence[str]
    members: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> list[str]:
        """Columns in the order of reading, that of everybody first."""
        return [ALL, *self.members]

    def sizes(self) -> dict[str, int]:
        """Count the answers of each column."""
        counted = Counter(self.of)
        return {ALL: len(self.of), **{name: counted[name] for name in self.members}}

    def without_groups(self) -> "Columns":
        """Put all together."""
        return Columns([ALL] * len(self.of), {})


def plain_columns(answers: Sequence[Answer]) -> Columns:
    """Take groups as they are, the largest first; one group alone is no column."""
    groups = Counter(one.group or NO_GROUP for one in answers)
    if len(groups) < 2:  # noqa: PLR2004 - a column beside the same column
        return Columns([ALL] * len(answers), {})
    order = sorted(groups, key=lambda name: (-groups[name], name))
    return Columns([one.group or NO_GROUP for one in answers], {name: (name,) for name in order})


def safe_columns(
    answers: Sequence[Answer], threshold: int, before: Mapping[str, Sequence[str]] | None = None
) -> Columns:
    """Put groups together until none has fewer answers than the threshold.

    What is put together is named. As none of it is empty, many groups need more answers, so that
    each could still have as many as any small number.

    Args:
        answers: all answers.
        threshold: the fewest answers of a column.
        before: columns of an earlier publication, by name; what was together stays together, for
            else the difference would say what the column does not.

    """
    groups = Counter(one.group or NO_GROUP for one in answers)
    known = {name: [one for one in part if one in groups] for name, part in (before or {}).items()}
    taken = {one for part in known.values() for one in part}
    parts = [*known.items(), *((name, [name]) for name in groups if name not in taken)]
    sized = sorted(
        ((sum(groups[one] for one in part), name, part) for name, part in parts if part),
        key=lambda entry: (-entry[0], entry[1]),
    )
    kept = [entry for entry in sized if entry[0] >= threshold]
    small = [entry for entry in sized if entry[0] < threshold]
    while kept and small and sum(size for size, _, _ in small) < _enough(small, threshold):
        small.append(kept.pop())
    if small:
        small += [entry for entry in kept if entry[1] == REST]
        kept = [entry for entry in kept if entry[1] != REST]
    members = {name: tuple(sorted(part)) for _, name, part in kept}
    if small and kept:
        members[REST] = tuple(sorted(one for _, _, part in small for one in part))
    if len(members) < 2:  # noqa: PLR2004 - a column beside the same column
        return Columns([ALL] * len(answers), {})
    column = {one: name for name, part in members.items() for one in part}
    return Columns([column[one.group or NO_GROUP] for one in answers], members)


def _enough(small: Sequence[tuple[int, str, Sequence[str]]], threshold: int) -> int:
    """Say how many answers groups need together: each of them 1, and one of them room."""
    groups = sum(len(part) for _, _, part in small)
    return threshold + max(groups - 2, 0)
