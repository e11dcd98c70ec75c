"""Release an edition: its tables are read once, its documents are written from them, both stay."""

from datetime import date
from typing import TYPE_CHECKING, cast

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.documents import Format, write_each
from gelingen.editions.queries import get_edition, rows_of
from gelingen.editions.releasing import Written, missing, next_number, release
from gelingen.editions.writing import EditionError, refuse_released
from gelingen.reports.editions.paper import edition_document
from gelingen.terms.editions import EditionFileKind
from gelingen.terms.vocabulary import PaperFormat

if TYPE_CHECKING:
    from gelingen.editions.models import Edition

_TYPES = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PaperFormat.HTML: "text/html; charset=utf-8",
}


def release_edition(
    actor: Actor, tenant: Tenant, key: str, *, on: date, version: int | None = None
) -> "Edition":
    """Write the documents of a draft and release it with them.

    Args:
        actor: who releases it.
        tenant: whose.
        key: of the draft.
        on: the day.
        version: the version that the person saw.

    Raises:
        UnknownRecordError: there is no such edition.
        PermissionDenied: the actor may not change the whole plan.
        EditionError: it is released, or something is missing.
        LostUpdateError: somebody else changed it since.

    """
    edition = get_edition(actor, tenant, key)
    require(actor, May.EDIT_PLAN, edition)
    refuse_released(edition)
    rows = rows_of(edition)
    # Before the documents are written, which takes its time.
    if lacking := missing(edition, rows):
        raise EditionError(" ".join(lacking))
    number = next_number(tenant)
    document = edition_document(edition, rows, number=number)
    written = write_each(document, [cast("Format", kind.value) for kind in PaperFormat])
    files = [
        Written(
            EditionFileKind.MASTERPLAN,
            f"masterplan-ausgabe-{number}.{kind.value}",
            f"{edition.title}, Ausgabe {number} ({kind.label})",
            _TYPES[kind],
            written[cast("Format", kind.value)],
        )
        for kind in PaperFormat
    ]
    release(
        actor=actor, edition=edition, number=number, tables=rows, files=files, on=on,
        version=version,
    )  # fmt: skip
    return edition
