"""Files of meetings and of the items on their agendas: who sees which.

files_of(actor, agenda) -> [Enclosed], get_file(actor, agenda, key) -> Enclosed
add_file(...), take_off(...)

A file is public where it says so and its item is. The others are seen by whoever sees what is not
public in the body; an item takes its files along to another meeting.
"""

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import File

from gelingen.access.policy import Actor, May, require
from gelingen.access.record import UnknownRecordError
from gelingen.boards.meetings import MeetingError
from gelingen.boards.minutes import Agenda, Item
from gelingen.boards.models import AgendaItem, Meeting
from gelingen.history.recording import remove
from gelingen.history.trace import subject_of
from gelingen.post.letters import Enclosure
from gelingen.register.attachments import attach, attachments_of_all
from gelingen.workbook.folding import fold_key

if TYPE_CHECKING:
    from gelingen.register.models import Attachment

# What mail servers commonly take, less what coding a file for mail adds to it.
LARGEST_LETTER = 15 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file with the item to which it belongs; None: to the meeting as a whole."""

    file: "Attachment"
    item: Item | None

    @property
    def public(self) -> bool:
        """Whether everybody who sees the meeting may see it."""
        return self.file.public and (self.item is None or self.item.public)


@dataclass(frozen=True, slots=True)
class Extra:
    """What goes along with an invitation beside the invitation itself.

    Attributes:
        title: what people read.
        enclosure: the file; its content may be large.
        public: whether everybody invited gets it, or only who may see what is not public.

    """

    title: str
    enclosure: Enclosure
    public: bool


def files_of(actor: Actor, agenda: Agenda) -> list[Enclosed]:
    """List the files of a meeting that the actor may see, by item, then title. One query.

    Args:
        actor: who asks.
        agenda: the meeting as the actor sees it.

    """
    places: dict[str, Item | None] = {_subject(Meeting, agenda.meeting.key): None}
    places |= {_subject(AgendaItem, one.key): one for one in agenda.items}
    order = {subject: place for place, subject in enumerate(places)}
    found = [
        Enclosed(one, places[one.subject])
        for one in attachments_of_all(actor, agenda.meeting.tenant, list(places))
    ]
    seen = [one for one in found if one.public or agenda.closed is not None]
    return sorted(seen, key=lambda one: order[one.file.subject])


def _subject(model: type[Meeting | AgendaItem], key: str) -> str:
    return subject_of(model(key=key))


def get_file(actor: Actor, agenda: Agenda, key: str) -> Enclosed:
    """Find a file of a meeting.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = next((one for one in files_of(actor, agenda) if one.file.key == key), None)
    if found is None:
        raise UnknownRecordError("Diese Datei gibt es nicht.")
    return found


def add_file(  # noqa: PLR0913 - one argument a thing to know
    *,
    actor: Actor,
    to: Meeting | AgendaItem,
    title: str,
    name: str,
    content: File[bytes],
    public: bool = False,
) -> "Attachment":
    """Attach a file to a meeting or to one of its items.

    Args:
        actor: who attaches.
        to: the meeting, or an item.
        title: what people read instead of the file's name.
        name: the file's name; only its ending is kept.
        content: the file.
        public: whether everybody may see it.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: it is to be public and the item is not.
        UnfitFileError: the file is not taken.

    """
    require(actor, May.EDIT_BOARDS, to)
    if public and isinstance(to, AgendaItem) and not to.public:
        raise MeetingError(
            "Dieser Punkt ist nichtöffentlich, also sind es auch seine Dateien. Bitte das Häkchen "
            "herausnehmen."
        )
    return attach(actor=actor, to=to, title=title, name=name, content=content, public=public)


def take_off(*, actor: Actor, agenda: Agenda, key: str, batch: str = "") -> "Attachment":
    """Take a file off; it stays stored until the time for taking that back is over.

    Raises:
        PermissionDenied: the actor does not lead the body.
        UnknownRecordError: there is no such file.

    """
    require(actor, May.EDIT_BOARDS, agenda.meeting)
    found = get_file(actor, agenda, key).file
    remove(by=actor, of=found, batch=batch)
    return found


def as_extra(one: Enclosed) -> Extra:
    """Read a file to send it along.

    Raises:
        MeetingError: it is not on the server.

    """
    try:
        with one.file.file.open() as content:
            read = content.read()
    except FileNotFoundError:
        raise MeetingError(
            f"Die Datei „{one.file.title}“ fehlt auf dem Server. Bitte noch einmal anhängen oder "
            "das Häkchen herausnehmen."
        ) from None
    suffix = PurePath(str(one.file.file)).suffix
    name = f"{fold_key(one.file.title) or 'datei'}{suffix}"
    return Extra(one.file.title, Enclosure(name, one.file.media_type, read), one.public)
