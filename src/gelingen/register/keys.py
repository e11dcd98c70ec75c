"""Keys of records that the desk makes itself: from their own words, each only once."""

from collections.abc import Iterable, Sequence

from gelingen.access.models import Tenant
from gelingen.access.record import Record
from gelingen.workbook.folding import fold_key

_LONGEST = 190


def free_keys(model: type[Record], tenant: Tenant, wished: Iterable[Sequence[str]]) -> list[str]:
    """Make a key for each row of words that no record of the tenant has yet. One query.

    Args:
        model: the kind of record.
        tenant: whose records.
        wished: the words of each key, in order.

    Returns:
        As many keys as rows, all different, in the same order.

    """
    taken = set(model._default_manager.filter(tenant=tenant).values_list("key", flat=True))
    keys = []
    for words in wished:
        start = "|".join(fold_key(word) for word in words)[:_LONGEST]
        key, number = start, 1
        while key in taken:
            number += 1
            key = f"{start}_{number}"
        taken.add(key)
        keys.append(key)
    return keys
