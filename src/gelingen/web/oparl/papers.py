"""Public papers for everybody's programs: written when they are asked for, the same for all."""

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


class Handed(NamedTuple):
    """A file to hand out: its content, its name, its kind, and what tells one state of it."""

    content: IO[bytes]
    name: str
    media_type: str
    mark: str


def written(found: ToWrite) -> Handed:
    """Write a public paper.

    Its day is that on which anything of it changed last: until then it is the same every day.
    """
    document = _document(found)
    name, mark = file_name(found.subject.title), found.modified.isoformat()
    return Handed(BytesIO(write(document, "pdf")), name, "application/pdf", mark)


def _document(found: ToWrite) -> Document:
    of, on = found.subject, found.modified.astimezone(ZONE).date()
    if of.paper is not None:
        return open_paper(of.paper, on=on)
    if of.meeting is None:
        raise UnknownRecordError("Diese Datei gibt es nicht.")
    if of.sort is Sort.PROTOCOL:
        return minutes_paper(open_minutes(of.meeting), full=False, on=on)
    return invitation(open_agenda(of.meeting), full=False, on=on)
