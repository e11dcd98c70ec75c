"""Findings gathered by what they have in common: the structure or organisation behind several."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ALONE = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Findings with one cause: a record as "kind:key", or "" for those without a common one."""

    cause: str
    findings: tuple[int, ...]


def by_cause(
    findings: Sequence[int], records: Mapping[int, Sequence[str]], ending: frozenset[str]
) -> list[Group]:
    """Put findings that rest on the same record together, each into one group.

    What ends explains first: a record of `ending` takes all findings that rest on it, the one with
    the most first. Then the same with all other records, as long as two findings share one.

    Args:
        findings: numbers, in the order in which they shall be read.
        records: records that can be a cause, by finding.
        ending: records that end or lose their money.

    Returns:
        The largest group first, equally large ones in the order of their first finding; what has
        nothing in common comes last as one group without cause.

    """
    left = dict.fromkeys(findings)
    groups: list[Group] = []
    for allowed in (ending, None):
        while left:
            counted = Counter(
                record
                for one in left
                for record in dict.fromkeys(records.get(one, ()))
                if allowed is None or record in allowed
            )
            best = max(counted, key=lambda record: (counted[record], record), default="")
            if not best or counted[best] <= ALONE:
                break
            taken = tuple(one for one in left if best in records.get(one, ()))
            groups.append(Group(best, taken))
            for one in taken:
                del left[one]
    place = {one: at for at, one in enumerate(findings)}
    groups.sort(key=lambda group: (-len(group.findings), place[group.findings[0]]))
    return [*groups, Group("", tuple(left))] if left else groups
