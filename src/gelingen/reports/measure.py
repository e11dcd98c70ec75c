"""The sheet of one measure as a paper of its own: the fields of the annex of the Masterplan."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.access.record import UnknownRecordError
from gelingen.documents import Block, Document, Heading, KeyValues, Note, NoteKind, Paragraph
from gelingen.plan.queries import measures
from gelingen.reports.masterplan.sheets import parts_of
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Certainty, Maturity

if TYPE_CHECKING:
    from gelingen.plan.models import Measure


def measure_paper(actor: Actor, tenant: Tenant, key: str, *, on: date) -> Document:
    """Write the sheet of a measure.

    Args:
        actor: who asks.
        tenant: whose plan.
        key: of the measure.
        on: the day.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = measures(actor, tenant).select_related("topic", "lead").filter(key=key).first()
    if found is None:
        raise UnknownRecordError("Diese Maßnahme gibt es nicht.")
    return Document(
        title=found.title,
        subtitle="Maßnahmenblatt",
        author=tenant.name,
        date_line=f"Stand {day(on)}",
        edition=Maturity.of(found.maturity).label if found.maturity else "",
        cover_page=False,
        blocks=tuple(_blocks(found)),
    )


def _blocks(measure: "Measure") -> Iterator[Block]:
    yield KeyValues((("Nummer", measure.key),), records=(measure.key,))
    if measure.certainty == Certainty.ASSUMED:
        yield Note("Die Angaben sind eine Annahme.", NoteKind.CAUTION)
    empty: list[str] = []
    for title, fields in parts_of(measure):
        known = tuple((name, value) for name, value in fields if value)
        empty += [name for name, value in fields if not value]
        if known:
            yield Heading(title)
            yield KeyValues(known, records=(measure.key,), own_text=True)
    if empty:
        yield Heading("Nicht angegeben")
        yield Paragraph(", ".join(empty) + ".")
    if measure.source:
        yield Heading("Quelle")
        stand = f" (Stand {measure.source_date})" if measure.source_date else ""
        yield Paragraph(f"{measure.source}{stand}")
