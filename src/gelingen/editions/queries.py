"""Editions as the people of the house see them, drafts and withdrawn ones too."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, Operator, within
from gelingen.access.record import UnknownRecordError
from gelingen.editions.freezing import tables_of
from gelingen.editions.models import Edition, EditionFile, EditionTable
from gelingen.editions.states import OVER
from gelingen.plan.queries import measures
from gelingen.terms.editions import EditionState, EditionTableName

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def editions(actor: Actor, tenant: Tenant) -> QuerySet[Edition]:
    """Editions with their plan and paper, the one begun last first."""
    found = within(actor, May.VIEW, Edition.objects.filter(tenant=tenant))
    return found.select_related("tenant", "plan", "paper", "previous").order_by("-pk")


def get_edition(actor: Actor, tenant: Tenant, key: str) -> Edition:
    """Find an edition. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = editions(actor, tenant).filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Ausgabe gibt es nicht.")
    return found


def files_of(edition: Edition) -> list[EditionFile]:
    """List the documents of an edition, by kind and name. One query."""
    return list(edition.files.select_related("attachment").order_by("kind", "name"))


def get_file(edition: Edition, ending: str) -> EditionFile:
    """Find the document of an edition in a format. One query.

    Args:
        edition: one that the reader may see.
        ending: of the file, such as "pdf".

    Raises:
        UnknownRecordError: there is none.

    """
    for one in files_of(edition):
        if one.name.endswith(f".{ending}"):
            return one
    raise UnknownRecordError("Diese Datei gibt es nicht.")


def last_released(tenant: Tenant) -> Edition | None:
    """Give the newest edition that is released. One query."""
    found = Edition.objects.filter(tenant=tenant, state=EditionState.RELEASED)
    newest: Edition | None = found.select_related("plan", "tenant").order_by("-number").first()
    return newest


def frozen(edition: Edition) -> Rows:
    """Give the tables of an edition as they were frozen; a draft has none. One query."""
    rows = {one.name: tuple(one.rows) for one in edition.tables.all()}
    return {one.value: rows.get(one.value, ()) for one in EditionTableName}


def rows_of(edition: Edition, *, on: date | None = None) -> Rows:
    """Give the tables of an edition: what was frozen, of a draft what would be frozen now.

    Args:
        edition: with plan and tenant.
        on: day of the figures of a draft, if another one than it says.

    """
    if edition.state != EditionState.DRAFT:
        return frozen(edition)
    day, closed = on or edition.on, _closed(edition)
    return tables_of(edition.tenant, edition.plan, on=day, closed=closed)


def _closed(edition: Edition) -> set[str]:
    """Keys of the measures that were over in an edition of an earlier plan. One query."""
    tables = EditionTable.objects.filter(
        edition__tenant=edition.tenant,
        edition__state=EditionState.RELEASED,
        name=EditionTableName.MEASURES,
    ).exclude(edition__plan=edition.plan)
    return {row["key"] for one in tables for row in one.rows if row["state"] in OVER}


def hidden(tenant: Tenant) -> int:
    """Count the measures that are not shown to everybody. One query."""
    return measures(Operator(), tenant).filter(public=False).count()
