"""Words and lists of the import's pages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from gelingen.terms.desk import UploadState
from gelingen.terms.spelling import number
from gelingen.transfer.past import PastImport
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.pages import StaffRequest, address

if TYPE_CHECKING:
    from gelingen.transfer.models import Upload

WAITING = (
    Column("Datei"),
    Column("Stand"),
    Column("Zeilen", number=True),
    Column("hochgeladen"),
    Column("von"),
    Column("wird gelöscht"),
)
PAST = (
    Column("Wann"),
    Column("Wer"),
    Column("Datei", wide=True),
    Column("neu", number=True),
    Column("geändert", number=True),
    Column("Stand"),
)


def entries(count: int) -> str:
    """Count records."""
    return "1 Eintrag" if count == 1 else f"{number(count)} Einträge"


def imported(past: PastImport) -> str:
    """Say what an import has written."""
    return f"Übernommen: {counts(past.new, past.changed)}."


def counts(new: int, changed: int) -> str:
    """Say how many records are new and how many changed."""
    parts = [f"{entries(new)} neu"] if new else []
    parts += [f"{entries(changed)} geändert"] if changed else []
    return ", ".join(parts) or "kein Eintrag"


def waiting_listing(request: StaffRequest, kept: Sequence["Upload"]) -> Listing | None:
    """List files that are not imported yet; None if there are none."""
    rows = [
        (
            Cell(one.name, url=address(request, "upload", key=one.key)),
            UploadState.of(one.state).label,
            number(one.lines),
            f"{localtime(one.at):%d.%m.%Y, %H:%M}",
            str(one.user),
            f"{localtime(one.expires):%d.%m.%Y}",
        )
        for one in kept
    ]
    return Listing("Noch nicht übernommen, das Neueste zuerst", WAITING, rows) if rows else None


def past_listing(request: StaffRequest, past: Sequence[PastImport]) -> Listing | None:
    """List imports; None if there are none."""
    rows = [
        (
            Cell(
                f"{localtime(one.at):%d.%m.%Y, %H:%M}",
                url=address(request, "past-import", batch=one.batch),
            ),
            one.by,
            one.file or "–",
            number(one.new),
            number(one.changed),
            f"zurückgenommen am {localtime(one.taken_back):%d.%m.%Y}" if one.taken_back else "gilt",
        )
        for one in past
    ]
    return Listing("Das Neueste zuerst", PAST, rows) if rows else None
