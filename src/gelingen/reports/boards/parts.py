"""What the papers of meetings share: their head, their items, paragraphs as they were typed."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from gelingen.access.policy import MEANINGS, May
from gelingen.boards.minutes import Agenda, Item, Minutes
from gelingen.documents import Paragraph, Strong
from gelingen.terms.spelling import day

if TYPE_CHECKING:
    from gelingen.boards.models import Meeting

PUBLIC, FULL = "Öffentliche Fassung", "Vollständige Fassung, nicht öffentlich"
PUBLIC_PART, CLOSED_PART = "Öffentlicher Teil", "Nichtöffentlicher Teil"


def parts_of(read: Agenda | Minutes, *, full: bool) -> list[tuple[str, tuple[Item, ...]]]:
    """Give the parts of a paper with their titles; empty parts are left out.

    Raises:
        PermissionDenied: the full version is asked for, and whoever reads may not see it.

    """
    if not full:
        return [("", read.public)] if read.public else []
    if read.closed is None:
        raise PermissionDenied(MEANINGS[May.VIEW_CLOSED])
    both = [(PUBLIC_PART, read.public), (CLOSED_PART, read.closed)]
    return [(title, items) for title, items in both if items]


def head(meeting: "Meeting") -> list[tuple[str, str]]:
    """Name and value of what is known about a meeting before it begins."""
    until = f" bis {meeting.until:%H:%M}" if meeting.until else ""
    clock = f", {meeting.begins:%H:%M}{until} Uhr" if meeting.begins else ""
    found = [
        ("Gremium", str(meeting.body)),
        ("Sitzung", meeting.title),
        ("Tag", f"{day(meeting.day)}{clock}"),
        ("Ort", meeting.place),
        ("Leitung", meeting.chair),
    ]
    return [(name, value) for name, value in found if value]


def numbered(item: Item) -> str:
    """Name an item as minutes cite it."""
    return f"TOP {item.number}: {item.title}"


def paragraphs(text: str, *, label: str = "") -> Iterable[Paragraph]:
    """Give the lines of a text that somebody wrote, the first one behind its label."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for position, line in enumerate(lines):
        named = label and not position
        yield Paragraph((Strong(f"{label}: "), line) if named else line, own_text=True)
