"""Groups in which everybody says the same: their count tells the answer of each of them.

Distinct l-diversity with l = 2 (Machanavajjhala and others, ACM Transactions on Knowledge Discovery
from Data 1, 2007): among those who can be told apart by their group alone, at least two answers
occur. No count needs to be small for this, so hiding small counts does not help against it.
"""

from collections.abc import Mapping, Sequence

__all__ = ["of_one_mind"]


def of_one_mind(counts: Mapping[str, int], groups: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Find the groups in which all who answered gave one and the same answer.

    Args:
        counts: numbers of persons by cell.
        groups: by the cell of all who answered in a group the cells of the answers; a person may
            stand in several of them. A group in which nobody answered tells nothing.

    Returns:
        Cells of groups, in their order.

    """
    return tuple(
        whole
        for whole, parts in groups.items()
        if counts[whole] and any(counts[part] == counts[whole] for part in parts)
    )
