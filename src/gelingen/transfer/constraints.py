"""Check the rules of the database in memory, so that a mistake names its row before writing."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint, F, Field, Model, Q

_COMPARE = {
    "exact": lambda left, right: left == right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
}


def _atom(path: str, right: Any, values: Mapping[str, object]) -> bool | None:  # noqa: ANN401  a literal or F()
    name, _, lookup = path.partition("__")
    left = values.get(name)
    if lookup == "isnull":
        return (left is None) is right
    if isinstance(right, F):
        right = values.get(str(right.deconstruct()[1][0]))
    if left is None or right is None:
        return None
    return bool(_COMPARE[lookup or "exact"](left, right))


def holds(condition: Q, values: Mapping[str, object]) -> bool | None:
    """Evaluate a condition as SQL would: None where an empty value leaves it open."""
    results = [
        holds(child, values) if isinstance(child, Q) else _atom(child[0], child[1], values)  # type: ignore[index]
        for child in condition.children
    ]
    decisive = condition.connector == Q.OR
    if decisive in results:
        result: bool | None = decisive
    else:
        result = None if None in results else not decisive
    return result if result is None or not condition.negated else not result


def broken(model: type[Model], values: Mapping[str, object]) -> Iterator[str]:
    """Give the German message of every check that the values break, in the order declared."""
    for constraint in model._meta.constraints:
        if not isinstance(constraint, CheckConstraint):
            continue
        condition = constraint.condition
        if isinstance(condition, Q) and holds(condition, values) is False:
            yield str(constraint.violation_error_message)


class FieldCheck:
    """Check values against the length, size and form that fields allow, each value once."""

    def __init__(self) -> None:
        self._known: dict[tuple[Field[Any, Any], object], str] = {}

    def __call__(self, model: type[Model], name: str, value: object) -> str:
        """Return what is wrong with a value in German, or the empty text."""
        field: Any = model._meta.get_field(name)
        if value in (None, "") or field.is_relation:
            return ""
        if (field, value) not in self._known:
            try:
                field.clean(value, None)
            except ValidationError as error:
                self._known[field, value] = " ".join(error.messages)
            else:
                self._known[field, value] = ""
        return self._known[field, value]
