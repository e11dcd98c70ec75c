"""Write what a plan of figures announces: all or nothing, as one undertaking."""

from decimal import InvalidOperation

from django.db import DataError, IntegrityError, transaction

from gelingen.access.policy import Actor, May, require
from gelingen.access.record import Record
from gelingen.errors import UserError
from gelingen.history.recording import Draft, change_many, new_batch
from gelingen.terms.vocabulary import Verb
from gelingen.transfer.figures.planning import FigurePlan
from gelingen.transfer.records import model_of
from gelingen.transfer.refusals import refuse_stale, translated
from gelingen.transfer.sheets.foundations import TERRITORIES
from gelingen.transfer.sheets.relations import FIGURES


class FaultyTableError(UserError):
    """A table with mistakes is not written, or a value fits no field."""


def write_figures(actor: Actor, plan: FigurePlan, *, file: str) -> str:
    """Write what a plan announces.

    Args:
        actor: who does it.
        plan: what would happen; it is written once at most.
        file: name of the file, told in the history.

    Returns:
        The number of the undertaking, with which it can be taken back.

    Raises:
        PermissionDenied: the actor may not change figures in this tenant.
        FaultyTableError: the table has mistakes, or a value fits no field; nothing was written.
        StalePreviewError: somebody else changed one of these figures since; nothing was written.
        ForbiddenByDatabaseError: the database refused something; nothing was written.

    """
    require(actor, May.EDIT_BASICS, plan.tenant)
    if plan.problems:
        raise FaultyTableError("Solange ein Fehler da ist, wird nichts übernommen.")
    batch, reason = new_batch(), f"Aus der Tabelle {file} übernommen."
    places, figures = model_of(TERRITORIES), model_of(FIGURES)
    try:
        with transaction.atomic():
            refuse_stale(figures, [one.thing for one in plan.changed if one.thing])
            known = {one.key: one for one in places._default_manager.filter(tenant=plan.tenant)}
            fresh = _territories(plan, known)
            change_many(fresh, by=actor, verb=Verb.IMPORTED, reason=reason, batch=batch)
            drafts = _figures(plan, known)
            change_many(drafts, by=actor, verb=Verb.IMPORTED, reason=reason, batch=batch)
    except IntegrityError as error:
        raise translated(error, [places, figures]) from error
    except (DataError, OverflowError, InvalidOperation) as error:
        raise FaultyTableError(
            "Ein Wert passt nicht in sein Feld: ein Text ist zu lang oder eine Zahl zu groß. "
            "Nichts wurde geschrieben."
        ) from error
    return batch


def _territories(plan: FigurePlan, known: dict[str, Record]) -> list[Draft]:
    """Make the territories that are added; they enter `known`, where figures find them."""
    drafts = []
    for one in plan.territories:
        thing = model_of(TERRITORIES)(tenant=plan.tenant, key=one.key)
        values = {"name": one.name[:200], "kind": one.kind, "above": known.get(one.above)}
        for name, value in values.items():
            setattr(thing, name, value)
        known[one.key] = thing
        drafts.append(Draft(thing))
    return drafts


def _figures(plan: FigurePlan, known: dict[str, Record]) -> list[Draft]:
    drafts = []
    for one in (*plan.new, *plan.changed):
        thing = one.thing
        before = thing.field_values() if thing else {}
        if thing is None:
            thing = model_of(FIGURES)(tenant=plan.tenant, key=one.key)
        values = dict(one.values)
        if one.thing is None:
            values["territory"] = known[one.territory]
        for name, value in values.items():
            setattr(thing, name, value)
        drafts.append(Draft(thing, before=before))
    return drafts
