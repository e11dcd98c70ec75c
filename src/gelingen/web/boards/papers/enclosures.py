"""What can go along with an invitation: files of the meeting, and papers on its agenda."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gelingen.boards.enclosed import Enclosed, Extra, as_extra, files_of
from gelingen.boards.inviting import refuse_too_much
from gelingen.boards.minutes import Agenda, Item
from gelingen.config.day import today
from gelingen.documents import write
from gelingen.papers.queries import papers
from gelingen.post.letters import Enclosure
from gelingen.reports.papers import paper_document
from gelingen.terms.papers import PaperState
from gelingen.web.boards.meetings.file_form import said_of
from gelingen.web.pages import StaffRequest

if TYPE_CHECKING:
    from gelingen.papers.models import Paper

_ORIGIN = "paper:"


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that can go along.

    Attributes:
        name: what the form sends.
        label: what people read.
        title: how the letter names it.
        source: the file, or the paper with the item under which it is dealt with.

    """

    name: str
    label: str
    title: str
    source: "Enclosed | tuple[Paper, Item]"


def offered(request: StaffRequest, agenda: Agenda) -> list[Offered]:
    """List what can go along: files, then released papers, in the order of the agenda.

    Two queries; one where no item comes from a paper.
    """
    files = [
        Offered(f"datei:{one.file.key}", f"{one.file.title} ({said_of(one)})", one.file.title, one)
        for one in files_of(request.user, agenda)
    ]
    items = {one.origin.removeprefix(_ORIGIN): one for one in agenda.items if _from_paper(one)}
    if not items:
        return files
    found = papers(request.user, request.tenant).filter(
        key__in=items, state__in=(PaperState.RELEASED, PaperState.DONE)
    )
    stands = {key: place for place, key in enumerate(items)}
    return [
        *files,
        *(
            _paper(one, items[one.key])
            for one in sorted(found.select_related("body"), key=lambda one: stands[one.key])
        ),
    ]


def _from_paper(item: Item) -> bool:
    return item.origin.startswith(_ORIGIN)


def _paper(paper: "Paper", item: Item) -> Offered:
    title = f"Vorlage: {paper.subject}"
    closed = "" if paper.public and item.public else ", nichtöffentlich"
    label = f"{title} (PDF, zu {item.number}. {item.title}{closed})"
    return Offered(f"{_ORIGIN}{paper.key}", label, title, (paper, item))


def titles(chosen: Iterable[Offered], *, closed: bool) -> list[str]:
    """Say how the letter names what was chosen; with `closed` also what is not public."""
    return [one.title for one in chosen if closed or _is_public(one)]


def _is_public(one: Offered) -> bool:
    if isinstance(one.source, Enclosed):
        return one.source.public
    paper, item = one.source
    return paper.public and item.public


def extras(request: StaffRequest, chosen: Sequence[Offered]) -> list[Extra]:
    """Read and set what was chosen.

    Raises:
        TooMuchError: the files alone are larger than a mail may be; then none is read.
        MeetingError: a file is not on the server.

    """
    files = [one.source for one in chosen if isinstance(one.source, Enclosed)]
    refuse_too_much(sum(one.file.size for one in files))
    return [_extra(request, one) for one in chosen]


def _extra(request: StaffRequest, one: Offered) -> Extra:
    if isinstance(one.source, Enclosed):
        return as_extra(one.source)
    paper, _ = one.source
    public = _is_public(one)
    document = paper_document(request.user, paper, on=today(), outside=public)
    enclosure = Enclosure(f"vorlage-{paper.key}.pdf", "application/pdf", write(document, "pdf"))
    return Extra(one.title, enclosure, public)
