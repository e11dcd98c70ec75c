"""Check the rules of the database in memory, so that a mistake names its row before writing."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import (
    CharField,
    CheckConstraint,
    DecimalField,
    F,
    IntegerField,
    Model,
    Q,
)

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


class RowCheck:
    """Check rows of one model against what its fields and constraints allow.

    What a workbook's columns guarantee already (dates, references, words of a closed list) is not
    checked again; each value of the other fields is checked once.
    """

    def __init__(self, model: type[Model]) -> None:
        self._model = model
        self._fields: dict[str, Any] = {
            field.name: field
            for field in model._meta.concrete_fields
            if isinstance(field, (CharField, DecimalField, IntegerField)) and not field.choices
        }
        self._known: dict[tuple[str, object], str] = {}

    def __call__(
        self, values: Mapping[str, object], whole: Mapping[str, object]
    ) -> tuple[str, str] | None:
        """Find the first thing wrong with a row.

        Args:
            values: values of the row by field.
            whole: the same together with the values stored before, for rules over several fields.

        Returns:
            What stands there and what would be right, or None.

        """
        for name, value in values.items():
            if value in (None, "") or name not in self._fields:
                continue
            if (name, value) not in self._known:
                self._known[name, value] = _complaint(self._fields[name], value)
            if message := self._known[name, value]:
                return str(value), message
        return next((("", message) for message in broken(self._model, whole)), None)


def _complaint(field: Any, value: object) -> str:  # noqa: ANN401  any kind of model field
    try:
        field.clean(value, None)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
