"""Check the rules of the database in memory, so that a mistake names its row before writing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    TextField,
    UniqueConstraint,
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


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a row.

    Attributes:
        fields: names of the fields that are at fault.
        message: German sentence: what would be right.

    """

    fields: tuple[str, ...]
    message: str


def broken(model: type[Model], values: Mapping[str, object]) -> Iterator[Complaint]:
    """Give every check of the database that the values break, in the order declared."""
    for constraint in model._meta.constraints:
        if not isinstance(constraint, CheckConstraint):
            continue
        condition = constraint.condition
        if isinstance(condition, Q) and holds(condition, values) is False:
            fields = tuple(dict.fromkeys(_fields_of(condition)))
            yield Complaint(fields, str(constraint.violation_error_message))


def _fields_of(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _fields_of(child)
        elif isinstance(child, tuple):
            yield str(child[0]).partition("__")[0]
            if isinstance(child[1], F):
                yield str(child[1].deconstruct()[1][0])


def doubled(
    model: type[Model], rows: Mapping[str, Mapping[str, object]]
) -> dict[str, tuple[str, Complaint]]:
    """Find rows that say the same as an earlier one where the database allows it only once.

    Args:
        model: the model of the rows.
        rows: all values of every row as they would be stored, by key.

    Returns:
        For each such row the key of the earlier one, and what is wrong. The key itself is the
        workbook's own concern and not looked at.

    """
    found: dict[str, tuple[str, Complaint]] = {}
    for constraint in model._meta.constraints:
        if not isinstance(constraint, UniqueConstraint) or "key" in constraint.fields:
            continue
        first: dict[tuple[object, ...], str] = {}
        for key, values in rows.items():
            same = tuple(values.get(name) for name in constraint.fields)
            earlier = first.setdefault(same, key)
            if earlier != key and None not in same:
                complaint = Complaint(
                    tuple(constraint.fields), str(constraint.violation_error_message)
                )
                found.setdefault(key, (earlier, complaint))
    return found


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
            if isinstance(field, (CharField, TextField, DecimalField, IntegerField))
            and not field.choices
        }
        self._known: dict[tuple[str, object], str] = {}

    def __call__(
        self, values: Mapping[str, object], whole: Mapping[str, object]
    ) -> Complaint | None:
        """Find the first thing wrong with a row.

        Args:
            values: values of the row by field.
            whole: the same together with the values stored before, for rules over several fields.

        """
        for name, value in values.items():
            if value in (None, "") or name not in self._fields:
                continue
            if (name, value) not in self._known:
                self._known[name, value] = _complaint(self._fields[name], value)
            if message := self._known[name, value]:
                return Complaint((name,), message)
        return next(broken(self._model, whole), None)


def _complaint(field: Any, value: object) -> str:  # noqa: ANN401  any kind of model field
    if isinstance(value, str) and "\0" in value:
        return "Der Text enthält ein Zeichen, das sich nicht speichern lässt; bitte neu eintippen."
    try:
        field.clean(value, None)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
