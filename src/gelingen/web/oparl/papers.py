"""Public papers for everybody's programs: written when they are asked for, the same for all."""

from collections.abc import Callable
from importlib.metadata import version
from io import BytesIO
from typing import IO, NamedTuple

from gelingen.access.record import UnknownRecordError
from gelingen.boards.calendar import ZONE
from gelingen.boards.minutes import open_agenda, open_minutes
from gelingen.documents import Document, write
from gelingen.oparl.public import ToWrite
from gelingen.oparl.written import Sort, file_name
from gelingen.reports.boards.invitation import invitation
from gelingen.reports.boards.minutes import minutes_paper
from gelingen.reports.papers import open_paper

_RELEASE = version("gelingen")


class Handed(NamedTuple):
    """A file to hand out: what opens it, its name, its kind, and what tells one state of it."""

    opened: Callable[[], IO[bytes]]
    name: str
    media_type: str
    mark: str


def written(found: ToWrite) -> Handed:
    """Hand out a public paper, which is written only when it is opened.

    Its day is that on which anything of it changed last: until then it is the same every day.
    """
    # A new release may set it in another way.
    mark = f"{found.modified.isoformat()} {_RELEASE}"
    return Handed(
        lambda: BytesIO(write(_document(found), "pdf")),
        file_name(found.subject.title),
        "application/pdf",
        mark,
    )


def _document(found: ToWrite) -> Document:
    of, on = found.subject, found.modified.astimezone(ZONE).date()
    if of.paper is not None:
        return open_paper(of.paper, on=on)
    if of.meeting is None:
        raise UnknownRecordError("Diese Datei gibt es nicht.")
    if of.sort is Sort.PROTOCOL:
        return minutes_paper(open_minutes(of.meeting), full=False, on=on)
    return invitation(open_agenda(of.meeting), full=False, on=on)
