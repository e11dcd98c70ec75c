"""Order by hand: which numbers records need so that they stand in a wished order."""

from collections.abc import Mapping, Sequence


def numbers_for(wished: Sequence[str], orders: Mapping[str, int]) -> dict[str, int]:
    """Give each record the number under which the wished order comes out.

    Records are sorted by number, equal ones by key. A number that fits already stays, so that
    as little as possible is written.

    Args:
        wished: keys in the wished order, each once.
        orders: the number of each key so far.

    Returns:
        Keys with a new number only, in the wished order.

    """
    changed: dict[str, int] = {}
    before: tuple[int, str] | None = None
    for key in wished:
        number = orders[key]
        if before is not None and (number, key) <= before:
            # Behind a smaller key the same number is enough.
            number = before[0] if key > before[1] else before[0] + 1
            changed[key] = number
        before = (number, key)
    return changed


def moved(keys: Sequence[str], key: str, *, steps: int) -> list[str]:
    """Move one key so many places back (less than 0: forward); it stops at the ends."""
    rest = [one for one in keys if one != key]
    place = min(max(keys.index(key) + steps, 0), len(rest))
    return [*rest[:place], key, *rest[place:]]


def put_before(keys: Sequence[str], key: str, other: str) -> list[str]:
    """Put one key before another; "" puts it last."""
    rest = [one for one in keys if one != key]
    place = rest.index(other) if other in rest else len(rest)
    return [*rest[:place], key, *rest[place:]]
