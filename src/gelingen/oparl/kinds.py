"""The kinds of objects of the endpoint: since when they can be seen, how they are written.

KINDS[path].stamps(of) -> {number: Stamp}, .write(of, stamps, asked) -> {number: object}
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from gelingen.boards.published import (
    Shown,
    shown_bodies,
    shown_enclosures,
    shown_items,
    shown_meetings,
)
from gelingen.history.shown import Stamp
from gelingen.oparl import objects
from gelingen.oparl.asking import Asked
from gelingen.oparl.checksums import sha512_of
from gelingen.oparl.models import LegislativeTerm
from gelingen.oparl.objects import Json
from gelingen.oparl.written import Sort, Subject, number_of, subjects
from gelingen.papers.published import shown_annexes, shown_deliberations, shown_papers
from gelingen.register.published import files_by_number

if TYPE_CHECKING:
    from gelingen.boards.models import Meeting
    from gelingen.oparl.public import Public
    from gelingen.papers.models import Paper
    from gelingen.register.models import Attachment

# What a file belongs to, by how it names that.
_HOMES = {"papers.Paper": "paper", "boards.Meeting": "meeting", "boards.AgendaItem": "agendaItem"}

Stamps: TypeAlias = Mapping[int, Stamp]
Written: TypeAlias = dict[int, Json]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object.

    Attributes:
        name: as the specification calls it.
        path: part of its addresses.
        stamps: gives since when objects can be seen, by number.
        write: writes those of the numbers that can be seen, as it was asked for.

    """

    name: str
    path: str
    stamps: Callable[["Public"], Stamps]
    write: Callable[["Public", Stamps, Asked], Written]


def _organizations(of: "Public", stamps: Stamps, asked: Asked) -> Written:
    del asked
    found = shown_bodies(of.tenant).filter(pk__in=stamps)
    return {one.pk: objects.organization(of.at, one, stamps[one.pk]) for one in found}


def _meetings(of: "Public", stamps: Stamps, asked: Asked) -> Written:
    found = list(shown_meetings(of.tenant).filter(pk__in=stamps))
    if asked.bare:
        return {one.pk: objects.meeting(of.at, one, stamps[one.pk], bare=True) for one in found}
    items, files = _inside(of, stamps, found)
    return {
        one.pk: objects.meeting(
            of.at,
            one,
            stamps[one.pk],
            items.get(one.pk, ()),
            files.get(one.pk, ()),
            papers=_papers_of(of, one),
        )
        for one in found
    }


def _papers_of(of: "Public", meeting: "Meeting") -> Json:
    """Write the invitation to a meeting and its minutes, as far as everybody may read them."""
    names = {Sort.INVITATION: "invitation", Sort.PROTOCOL: "resultsProtocol"}
    there = {sort: of.of_meetings.get(number_of(sort, meeting.pk)) for sort in names}
    return {
        names[sort]: objects.written_file(of.at, Subject(sort, meeting=meeting).title, one)
        for sort, one in there.items()
        if one is not None and not one.gone
    }


def _inside(
    of: "Public", numbers: Collection[int], meetings: "Collection[Meeting]" = ()
) -> tuple[dict[int, list[Json]], dict[int, list[Json]]]:
    """Write the items of meetings in their order, and the files of some meetings. Three queries."""
    known, found = of.published.items, list(shown_items(of.tenant).filter(meeting__in=numbers))
    shown = [one for one in found if one.pk in known]
    of_meetings, of_items = _enclosures(of, shown_enclosures(of.tenant, meetings, shown))
    consulted = _consulted(of, [one.pk for one in shown])
    inside: dict[int, list[Json]] = {}
    for one in shown:
        beside = inside.setdefault(one.meeting_id or 0, [])
        item = objects.agenda_item(
            of.at, one, known[one.pk], len(beside),
            consultation=consulted.get(one.pk), files=of_items.get(one.pk, ()), inside=True,
        )  # fmt: skip
        beside.append(item)
    return inside, of_meetings


def _enclosures(
    of: "Public", shown: Iterable[Shown]
) -> tuple[dict[int, list[Json]], dict[int, list[Json]]]:
    """Write files as they stand inside of meetings, and of items."""
    known = of.published.files
    of_meetings, of_items = dict[int, list[Json]](), dict[int, list[Json]]()
    for one in shown:
        if one.file.pk in known:
            written = objects.file(of.at, one.file, known[one.file.pk], sha512_of(one.file))
            home = of_items if one.item else of_meetings
            home.setdefault(one.item or one.meeting or 0, []).append(written)
    return of_meetings, of_items


def _consulted(of: "Public", items: Collection[int]) -> dict[int, int]:
    """Give the deliberation on a public paper that an item is, by its number. One query."""
    found = shown_deliberations(of.tenant).filter(item__in=items).select_related(None)
    return {item: number for number, item in found.values_list("pk", "item") if item}


def _items(of: "Public", stamps: Stamps, asked: Asked) -> Written:
    del asked
    meetings = {one.of for one in stamps.values() if one.of is not None}
    written: Written = {}
    for meeting, items in _inside(of, meetings)[0].items():
        for one in items:
            number = int(one["id"].rstrip("/").rpartition("/")[2])
            written[number] = one | {"meeting": of.at.one("meeting", meeting)}
    return {number: one for number, one in written.items() if number in stamps}


def _places(of: "Public", stamps: Stamps, asked: Asked) -> Written:
    found = shown_meetings(of.tenant).filter(pk__in=stamps)
    return {
        one.pk: objects.location(of.at, one, stamps[one.pk], inside=asked.bare) for one in found
    }


def _papers(of: "Public", stamps: Stamps, asked: Asked) -> Written:
    inside = {} if asked.bare else _deliberations_by_paper(of, stamps)
    files: dict[int, list[Json]] = {}
    for paper, one in [] if asked.bare else shown_annexes(of.tenant, stamps):
        known = of.papers.files.get(one.pk)
        if known is not None:
            written = objects.file(of.at, one, known, sha512_of(one))
            files.setdefault(paper, []).append(written)
    return {
        one.pk: objects.paper(
            of.at,
            one,
            stamps[one.pk],
            inside.get(one.pk, ()),
            files.get(one.pk, ()),
            main=None if asked.bare else _main_file(of, one),
        )
        for one in shown_papers(of.tenant).filter(pk__in=stamps)
    }


def _main_file(of: "Public", paper: "Paper") -> Json:
    stamp = of.of_papers[number_of(Sort.PAPER, paper.pk)]
    return objects.written_file(of.at, Subject(Sort.PAPER, paper=paper).title, stamp)


def _deliberations_by_paper(of: "Public", papers: Collection[int]) -> dict[int, list[Json]]:
    known, inside = of.papers.deliberations, dict[int, list[Json]]()
    for one in shown_deliberations(of.tenant).filter(paper__in=papers):
        if one.pk in known:
            shown = _item_shown(of, one.item_id)
            written = objects.consultation(of.at, one, known[one.pk], item_shown=shown, inside=True)
            inside.setdefault(one.paper_id, []).append(written)
    return inside


def _item_shown(of: "Public", item: int | None) -> bool:
    known = of.published.items.get(item or 0)
    return known is not None and not known.gone


def _deliberations(of: "Public", stamps: Stamps, asked: Asked) -> Written:
    del asked
    return {
        one.pk: objects.consultation(
            of.at, one, stamps[one.pk], item_shown=_item_shown(of, one.item_id)
        )
        for one in shown_deliberations(of.tenant).filter(pk__in=stamps)
    }


def terms(of: "Public", stamps: Stamps, asked: Asked, *, inside: bool = False) -> Written:
    """Write legislative terms; inside of their authority they do not name that. One query."""
    del asked
    found = LegislativeTerm.objects.filter(tenant=of.tenant, pk__in=stamps).order_by("pk")
    return {
        one.pk: objects.legislative_term(of.at, one, stamps[one.pk], inside=inside) for one in found
    }


def _files(of: "Public", stamps: Stamps, asked: Asked) -> Written:
    del asked
    stored = {
        one.pk: objects.file(of.at, one, stamps[one.pk], sha512_of(one), _home(one, stamps))
        for one in files_by_number(of.tenant, stamps)
    }
    return stored | {
        number: objects.written_file(of.at, one.title, stamps[number], one.of)
        for number, one in subjects(of.tenant, stamps).items()
    }


def _home(one: "Attachment", stamps: Stamps) -> tuple[str, int]:
    """Give kind and number of what a file belongs to."""
    return _HOMES[one.subject.partition(":")[0]], stamps[one.pk].of or 0


def _none(*_: object) -> dict[int, Any]:
    return {}


KINDS = {
    one.path: one
    for one in (
        Kind("Organization", "organization", lambda of: of.published.bodies, _organizations),
        Kind("Meeting", "meeting", lambda of: of.published.meetings, _meetings),
        Kind("AgendaItem", "agendaItem", lambda of: of.published.items, _items),
        Kind("Location", "location", lambda of: of.published.places, _places),
        Kind("Paper", "paper", lambda of: of.papers.papers, _papers),
        Kind("Consultation", "consultation", lambda of: of.papers.deliberations, _deliberations),
        Kind("LegislativeTerm", "legislativeTerm", lambda of: of.terms, terms),
        Kind("File", "file", lambda of: of.files, _files),
        # Who takes a seat is no open data: the lists are there, as the specification asks, empty.
        Kind("Person", "person", _none, _none),
        Kind("Membership", "membership", _none, _none),
    )
}
