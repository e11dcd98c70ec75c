"""Write definition sheets, take over the catalogue, enter values, set breaks and targets.

What Gelingen reckons itself is entered here too; `reports.steering` says what it is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change, new_batch, remove
from gelingen.indicators.catalogue import Entry, catalogue
from gelingen.indicators.models import Indicator
from gelingen.indicators.queries import ADDITIONS, Addition
from gelingen.places import commands as figures
from gelingen.places.commands import FigureGiven
from gelingen.places.queries import figures as stored
from gelingen.places.queries import own_places
from gelingen.register.keys import free_keys, key_of
from gelingen.terms.indicators import STAIRS, Beside, IndicatorKind, Register
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines

if TYPE_CHECKING:
    from gelingen.places.models import Figure, Territory


class IndicatorError(UserError):
    """A sheet or a value is not as it must be."""


@dataclass(frozen=True, slots=True)
class Value:
    """What is entered as a value; `approximate` where it is only about right.

    `published` where official statistics published it.
    """

    territory: "Territory"
    reference: date
    low: Decimal
    high: Decimal
    source: str
    base: str = ""
    note: str = ""
    approximate: bool = False
    published: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """A value that Gelingen reckoned, from low to high, and why it is so, as a German sentence."""

    low: Decimal
    high: Decimal
    why: str


def take_over(
    *, actor: Actor, tenant: Tenant, codes: Collection[str] | None = None, batch: str = ""
) -> list[Indicator]:
    """Take sheets out of the catalogue; what is there already stays as it is.

    Args:
        actor: who does it.
        tenant: for whom.
        codes: of the catalogue; None: all.
        batch: number of the undertaking.

    Returns:
        The new sheets in the order of the catalogue.

    Raises:
        PermissionDenied: the actor may not change the plan.
        IndicatorError: the catalogue has no such code, or values belong to another sheet already.

    """
    require(actor, May.EDIT_PLAN, tenant)
    known = {one.code: one for one in catalogue()}
    if unknown := [one for one in codes or () if one not in known]:
        raise IndicatorError(f"Im Katalog gibt es kein „{unknown[0]}“.")
    there = dict(Indicator.objects.filter(tenant=tenant).values_list("code", "figure"))
    wanted = [one for one in catalogue() if codes is None or one.code in codes]
    missing = [one for one in wanted if one.code not in there]
    batch, made = batch or new_batch(), []
    with transaction.atomic():
        for entry in missing:
            if entry.figure in there.values():
                raise IndicatorError(f"Die Kennzahlen „{entry.figure}“ hat schon ein Indikator.")
            made.append(_taken(actor, tenant, entry, batch))
    return made


def _taken(actor: Actor, tenant: Tenant, entry: Entry, batch: str) -> Indicator:
    (key,) = free_keys(Indicator, tenant.pk, [key_of("indikator", entry.code)])
    found = Indicator(tenant=tenant, key=key, register=Register.CONTEXT.value)
    with change(by=actor, verb=Verb.CREATED, of=found, batch=batch):
        for name in Entry.__dataclass_fields__:
            setattr(found, name, getattr(entry, name))
        found.note = f"Aus dem Katalog: {entry.origin}."
    return found


def save_sheet(
    *,
    actor: Actor,
    indicator: Indicator,
    values: dict[str, object],
    version: int | None = None,
    batch: str = "",
) -> None:
    """Write a definition sheet, a new one or one that is there.

    Raises:
        PermissionDenied: the actor may not change the plan.
        IndicatorError: kind and stair do not fit.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_PLAN, indicator.tenant)
    adding = indicator._state.adding
    if not adding and version is not None:
        indicator.version = version
    if adding and not indicator.key:
        wished = [key_of("indikator", str(values["code"]))]
        (indicator.key,) = free_keys(Indicator, indicator.tenant_id, wished)
    with change(by=actor, verb=Verb.CREATED if adding else Verb.CHANGED, of=indicator, batch=batch):
        for name, value in values.items():
            setattr(indicator, name, clean_lines(value) if isinstance(value, str) else value)
        indicator.figure = indicator.figure or indicator.name
        _refuse_wrong_stair(indicator)


def _refuse_wrong_stair(one: Indicator) -> None:
    if not one.kind:
        return
    kind = IndicatorKind.of(one.kind)
    low, high = STAIRS[kind]
    if one.stair is None or not low <= one.stair <= high:
        said = f"Stufe {low}" if low == high else f"eine Stufe von {low} bis {high}"
        raise IndicatorError(f"Zur Art „{kind.label}“ gehört {said} der Wirkungstreppe.")


def enter(*, actor: Actor, indicator: Indicator, value: Value, batch: str = "") -> "Figure":
    """Enter a value into the store, counted as the newest one with the same base.

    Raises:
        PermissionDenied: the actor may not change figures.
        FigureError: there is a value of that day, count and source already.
        ValidationError: a value is broken.

    """
    unit, definition = _counted(actor, indicator, value)
    given = FigureGiven(
        value.territory, indicator.figure, value.reference, value.low, value.high,
        clean_lines(value.source), unit, definition, clean(value.base),
        clean_lines(value.note), value.approximate, value.published,
    )  # fmt: skip
    key = key_of("kennzahl", indicator.code, value.territory.key, f"{value.reference}")
    return figures.enter(actor=actor, key=key, given=given, batch=batch)


def _counted(actor: Actor, indicator: Indicator, value: Value) -> tuple[str, str]:
    """Give unit and definition of the series that a value carries on, so that it does not break.

    Where nothing is counted that way yet the sheet says what is counted, and the value nothing.
    """
    there = stored(actor, indicator.tenant).filter(
        indicator=indicator.figure, base=clean(value.base)
    )
    newest = there.order_by("reference", "key").values_list("unit", "definition")
    found = newest.filter(territory=value.territory).last() or newest.last()
    return found or (indicator.unit, "")


def enter_own(
    *, actor: Actor, tenant: Tenant, given: Mapping[str, Own], on: date, batch: str = ""
) -> "list[Figure]":
    """Enter values that Gelingen reckoned; sheets that are missing are taken over.

    What is there of this day already, stays.

    Args:
        actor: who does it.
        tenant: for whom; the values are about its own territory.
        given: the values by code of the catalogue.
        on: the day they are of.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the plan or figures.
        IndicatorError: the tenant's own territory is not recorded.

    """
    place = own_places(actor, tenant).filter(key=tenant.pk).first()
    if place is None:
        raise IndicatorError(
            f"Das eigene Gebiet ({tenant.pk}) ist noch nicht erfasst. Bitte zuerst anlegen; an ihm "
            "stehen die Werte."
        )
    batch, made = batch or new_batch(), []
    with transaction.atomic():
        take_over(actor=actor, tenant=tenant, codes=given, batch=batch)
        there = stored(actor, tenant, on=on, places=[tenant.pk]).filter(reference=on)
        known = set(there.values_list("indicator", flat=True))
        for one in Indicator.objects.filter(tenant=tenant, code__in=given).order_by("code"):
            if one.figure in known:
                continue
            own = given[one.code]
            value = Value(
                place, on, own.low, own.high, f"Gelingen, gerechnet am {day(on)}", note=own.why,
                approximate=own.low != own.high,
            )  # fmt: skip
            made.append(enter(actor=actor, indicator=one, value=value, batch=batch))
    return made


def add(
    *, actor: Actor, indicator: Indicator, kind: Beside, values: dict[str, object], batch: str = ""
) -> Addition:
    """Add a rule for the denominator, a break, a target or a planned collection.

    Raises:
        PermissionDenied: the actor may not change the plan.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_PLAN, indicator)
    model = ADDITIONS[kind]
    (key,) = free_keys(model, indicator.tenant_id, [key_of(indicator.key, kind.value)])
    made: Addition = model(tenant_id=indicator.tenant_id, key=key, indicator=indicator)
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        for name, value in values.items():
            setattr(made, name, clean_lines(value) if isinstance(value, str) else value)
    return made


def drop(*, actor: Actor, addition: Addition, batch: str = "") -> None:
    """Remove a rule, a break, a target or a planned collection.

    Raises:
        PermissionDenied: the actor may not change the plan.

    """
    require(actor, May.EDIT_PLAN, addition)
    remove(by=actor, of=addition, batch=batch)
