"""Files that are no record: papers that are written when somebody asks for them.

number_of(sort, number) -> number of the file
stamps({sort: {number: Stamp}}) -> {number of the file: Stamp}
subjects(tenant, numbers of files) -> {number of the file: Subject}
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.boards.published import shown_meetings
from gelingen.history.shown import Stamp
from gelingen.papers.published import shown_papers
from gelingen.terms.spelling import day

if TYPE_CHECKING:
    from gelingen.boards.models import Meeting
    from gelingen.papers.models import Paper

# More than there ever are attached files: each sort counts in numbers of its own.
_APART = 10**15


class Sort(IntEnum):
    """What is written."""

    INVITATION = 1
    PROTOCOL = 2
    PAPER = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """A paper that everybody may read: what it is, and the meeting or paper it is written of."""

    sort: Sort
    meeting: "Meeting | None" = None
    paper: "Paper | None" = None

    @property
    def title(self) -> str:
        """What people read."""
        if self.meeting is not None:
            what = "Einladung zur" if self.sort is Sort.INVITATION else "Ergebnisse der"
            return f"{what} Sitzung am {day(self.meeting.day)}"
        return f"Vorlage {self.paper.number if self.paper else ''}".strip()

    @property
    def of(self) -> tuple[str, int]:
        """Kind and number of the object of which it is a file."""
        if self.meeting is not None:
            return "meeting", self.meeting.pk
        return "paper", self.paper.pk if self.paper else 0


def file_name(title: str) -> str:
    """Name a written file; the numbers of papers have slashes."""
    return f"{title.replace('/', '-')}.pdf"


def number_of(sort: Sort, number: int) -> int:
    """Give the number of the file that is written of a meeting or of a paper."""
    return sort * _APART + number


def sort_of(number: int) -> tuple[Sort, int] | None:
    """Tell what is written under the number of a file, and of which record; None: it is stored."""
    sort, of = divmod(number, _APART)
    return (Sort(sort), of) if sort in list(Sort) else None


def subjects(tenant: Tenant, files: Iterable[int]) -> dict[int, Subject]:
    """Find the public records of which files are written, by the numbers of the files.

    Two queries at most.
    """
    known = {number: sort_of(number) for number in files}
    wanted = {number: one for number, one in known.items() if one is not None}
    papers = [of for sort, of in wanted.values() if sort is Sort.PAPER]
    meetings = [of for sort, of in wanted.values() if sort is not Sort.PAPER]
    of_papers = {one.pk: one for one in shown_papers(tenant).filter(pk__in=papers)}
    of_meetings = {one.pk: one for one in shown_meetings(tenant).filter(pk__in=meetings)}
    found = {
        number: Subject(sort, paper=of_papers.get(of))
        if sort is Sort.PAPER
        else Subject(sort, meeting=of_meetings.get(of))
        for number, (sort, of) in wanted.items()
    }
    return {number: one for number, one in found.items() if one.meeting or one.paper}


def stamps(of: Mapping[Sort, Mapping[int, Stamp]]) -> dict[int, Stamp]:
    """Give since when written papers can be read, by the numbers of their files.

    Args:
        of: since when, by sort and by the number of the meeting or of the paper.

    """
    found = {}
    for sort, known in of.items():
        for one in known.values():
            number = number_of(sort, one.number)
            found[number] = replace(one, number=number, of=one.number)
    return found
