"""Enter a structure with its reach and its money in one step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, cast

from django.core.exceptions import ValidationError
from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.editing.commands import save_record
from gelingen.editing.records import Row, get_record, sheet_of
from gelingen.errors import UserError

if TYPE_CHECKING:
    from gelingen.register.models import Organisation, Structure

MOST_LINES = 200


class TooMuchReachError(UserError):
    """The chosen topics, target groups and places make too many lines."""


@dataclass(frozen=True, slots=True)
class NewStructure:
    """What is known about a new structure; references are keys.

    Attributes:
        values: as the sheet of structures has them.
        owner: name of an organisation that is not there yet; "": `values` names one.
        topics: on what it works.
        target_groups: for whom.
        territories: where; together they make a line of reach for each combination.
        funding: as the sheet of fundings has it, without the structure; empty: no money.

    """

    values: Row
    owner: str = ""
    topics: Sequence[str] = ()
    target_groups: Sequence[str] = ()
    territories: Sequence[str] = ()
    funding: Mapping[str, object] = field(default_factory=dict)


def create_structure(
    *, actor: Actor, tenant: Tenant, new: NewStructure, batch: str = ""
) -> "Structure":
    """Write a structure, its reach and its money, all or nothing.

    What is not said about levels is taken from the organisation and from the funder.

    Raises:
        PermissionDenied: the actor may not enter it.
        TooMuchReachError: more than `MOST_LINES` lines of reach.
        ValidationError: a value or a rule is broken; of money its names begin with "funding_".

    """
    cells = list(product(new.topics, new.target_groups, new.territories))
    if len(cells) > MOST_LINES:
        raise TooMuchReachError(
            f"Themenfelder, Zielgruppen und Orte ergeben {len(cells)} Zeilen; möglich sind "
            f"{MOST_LINES}. Richtig wäre ein größeres Gebiet oder eine Oberzielgruppe."
        )

    def save(kind: str, values: Row) -> "Structure":
        sheet = sheet_of(kind)
        saved = save_record(actor=actor, tenant=tenant, sheet=sheet, values=values, batch=batch)
        return cast("Structure", saved)

    with transaction.atomic():
        values = dict(new.values)
        if new.owner:
            values["organisation"] = save("organisation", {"name": new.owner}).key
        if not values.get("level"):
            values["level"] = _level_of(actor, tenant, values["organisation"])
        made = save("structure", values)
        names = ("topic", "target_group", "territory")
        for cell in cells:
            save("reach", {"structure": made.key, **dict(zip(names, cell, strict=True))})
        if new.funding:
            try:
                level = _level_of(actor, tenant, new.funding.get("funder"))
                save(
                    "funding",
                    {"funder_level": level, **new.funding, "structure": made.key},
                )
            except ValidationError as error:
                raise _of_money(error) from error
    return made


def _level_of(actor: Actor, tenant: Tenant, organisation: object) -> str:
    """Take the level on which an organisation works; "" without one."""
    if not organisation:
        return ""
    found = get_record(actor, tenant, sheet_of("organisation"), str(organisation))
    return cast("Organisation", found).level


def _of_money(error: ValidationError) -> ValidationError:
    if not hasattr(error, "message_dict"):
        return error
    return ValidationError(
        {f"funding_{name}": messages for name, messages in error.message_dict.items()}
    )
