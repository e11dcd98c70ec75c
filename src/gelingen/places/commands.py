"""Write one figure into the store."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change
from gelingen.places.models import Figure
from gelingen.terms.vocabulary import Certainty, DatePrecision, Verb

if TYPE_CHECKING:
    from gelingen.places.models import Territory


class FigureError(UserError):
    """A figure is there already."""


@dataclass(frozen=True, slots=True)
class FigureGiven:
    """What is entered: from low to high, of one day; `approximate` where it is only about right.

    `published` where official statistics published it.
    """

    territory: "Territory"
    indicator: str
    reference: date
    low: Decimal
    high: Decimal
    source: str
    unit: str = ""
    definition: str = ""
    base: str = ""
    note: str = ""
    approximate: bool = False
    published: bool = False


def enter(*, actor: Actor, key: str, given: FigureGiven, batch: str = "") -> Figure:
    """Enter a value about a territory.

    Args:
        actor: who does it.
        key: wished key; if it is taken, a number is put behind it.
        given: the value.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change figures.
        FigureError: there is a value of that day, count and source already.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BASICS, given.territory.tenant)
    there = Figure.objects.filter(tenant=given.territory.tenant_id)
    same = there.filter(
        indicator=given.indicator, territory=given.territory, reference=given.reference,
        base=given.base, source=given.source,
    )  # fmt: skip
    if same.exists():
        raise FigureError(
            "Für dieses Gebiet und diesen Tag gibt es schon einen Wert aus dieser Quelle. Bitte "
            "den vorhandenen ändern."
        )
    taken = set(there.filter(key__startswith=key).values_list("key", flat=True))
    names = [key, *(f"{key}_{number}" for number in range(2, len(taken) + 3))]
    made = Figure(
        tenant_id=given.territory.tenant_id, key=next(one for one in names if one not in taken)
    )
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        made.territory, made.indicator, made.unit = given.territory, given.indicator, given.unit
        made.value_low, made.value_high = given.low, given.high
        made.reference, made.reference_precision = given.reference, DatePrecision.DAY.value
        made.definition, made.base = given.definition, given.base
        made.source, made.note, made.published = given.source, given.note, given.published
        made.certainty = (Certainty.ASSUMED if given.approximate else Certainty.STATED).value
    return made
