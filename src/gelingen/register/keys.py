"""Keys of records that the desk makes itself: from their own words, each only once."""

from collections.abc import Iterable, Sequence
from itertools import count
from os.path import commonprefix

from gelingen.access.record import Record
from gelingen.workbook.folding import fold_key

_LONGEST, _ROOM = 200, 10  # characters of a key; of these for the number behind


def key_of(*words: str) -> str:
    """Make a key of words, as a workbook does."""
    return "|".join(fold_key(word) for word in words)


def free_keys(
    model: type[Record],
    tenant: str,
    wished: Sequence[str],
    taken: set[str] | None = None,
) -> list[str]:
    """Give each wished key, or the next number of it if a record has it already. One query.

    Args:
        model: the kind of record.
        tenant: key of the tenant.
        wished: the keys, in order.
        taken: keys given away but not yet stored; the new ones are put into it.

    Returns:
        As many keys as wished, all different, in the same order.

    """
    given = set() if taken is None else taken
    start = commonprefix([one[: _LONGEST - _ROOM] for one in wished])  # noqa: RUF071 - of letters
    stored = model._default_manager.filter(tenant=tenant, key__startswith=start)
    known = given | set(stored.values_list("key", flat=True))
    keys = []
    for one in wished:
        key = next(key for key in _numbered(one[:_LONGEST]) if key not in known)
        known.add(key)
        given.add(key)
        keys.append(key)
    return keys


def _numbered(wished: str) -> Iterable[str]:
    yield wished
    for number in count(2):
        yield f"{wished[: _LONGEST - _ROOM]}_{number}"
