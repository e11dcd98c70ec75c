"""What a tenant's endpoint answers: objects, and lists of them, of what everybody may read.

endpoint_of(tenant) -> Endpoint, of a tenant that switched it on
Public(tenant, endpoint, at).system(), .one(kind, number), .listed(kind, asked) -> Answer

There is no actor: it shows what everybody may see, and nothing else is ever read.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from gelingen.access.record import UnknownRecordError
from gelingen.boards.published import (
    Published,
    meetings_of_item,
    shown_bodies,
    shown_items,
    shown_meetings,
)
from gelingen.errors import UserError
from gelingen.history.shown import Stamp, spans, stamp, versions_of
from gelingen.oparl import objects
from gelingen.oparl.addresses import Addresses
from gelingen.oparl.asking import Asked, chosen, listed
from gelingen.oparl.checksums import sha512_of
from gelingen.oparl.models import Endpoint, LegislativeTerm
from gelingen.oparl.objects import Json
from gelingen.papers.published import (
    PublishedPapers,
    shown_annexes,
    shown_deliberations,
    shown_papers,
)

if TYPE_CHECKING:
    from gelingen.register.models import Attachment

_UNKNOWN = "Das gibt es nicht, oder es ist nicht öffentlich."
_EVER = datetime.min.replace(tzinfo=UTC)


class GoneError(UserError):
    """A file was public and is not any more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered, and when any of it changed last."""

    content: Json
    modified: datetime


def endpoint_of(tenant: str) -> Endpoint:
    """Find the endpoint of a tenant by its key, if it is switched on. One query.

    Raises:
        UnknownRecordError: there is none, or it is switched off.

    """
    found = Endpoint.objects.select_related("tenant").filter(tenant=tenant, switched_on=True)
    endpoint: Endpoint | None = found.first()
    if endpoint is None:
        raise UnknownRecordError("Hier gibt es keine OParl-Schnittstelle.")
    return endpoint


class Public:
    """What everybody may read of one tenant."""

    def __init__(self, endpoint: Endpoint, at: Addresses) -> None:
        """Begin; nothing is read before it is asked for.

        Args:
            endpoint: of the tenant, switched on, with the tenant.
            at: addresses of objects.

        """
        self.endpoint, self.at, self.tenant = endpoint, at, endpoint.tenant
        self.published = Published(self.tenant)

    def system(self) -> Answer:
        """Answer where a program begins. Two queries."""
        own = self._own
        return Answer(objects.system(self.at, self.tenant, self.endpoint, own), own.modified)

    def county(self) -> Answer:
        """Answer the authority itself. Three queries."""
        return Answer(self._county(self._own), self._own.modified)

    def counties(self, asked: Asked) -> Answer:
        """Answer the list of authorities: there is one. Three queries."""
        found = [self._county(one) for one in chosen([self._own], asked, since=_EVER)]
        return self._list(self.at.every("body"), asked, found, self._own.modified)

    def one(self, kind: str, number: int) -> Answer:
        """Answer one object.

        Raises:
            UnknownRecordError: there is none, or it never was public.

        """
        of = KINDS[kind]
        self._narrow(kind, number)
        found = of.stamps(self).get(number)
        if found is not None and found.gone and found.modified < self._since:
            found = None
        if found is None:
            raise UnknownRecordError(_UNKNOWN)
        (content,) = self._written(of, [found], Asked()) or [{}]
        return Answer(content, found.modified)

    def listed(self, kind: str, asked: Asked, within: int | None = None) -> Answer:
        """Answer a page of a list.

        Args:
            kind: what is listed, a key of `KINDS`.
            asked: what is asked for.
            within: number of the body whose meetings are asked for; None for all.

        Raises:
            UnknownRecordError: there is no such body.
            NoSuchPageError: the list has fewer pages.

        """
        of, address = KINDS[kind], self.at.every(kind)
        if within is not None:
            self.one("organization", within)
            address = self.at.within("organization", within, kind)
        every = of.stamps(self).values()
        among = [one for one in every if within is None or one.of == within]
        found = chosen(among, asked, since=self._since)
        latest = max((one.modified for one in among), default=self._since)
        return self._list(address, asked, found, latest, of)

    def file(self, number: int) -> "Attachment":
        """Give a public annex of a public paper.

        Raises:
            GoneError: it was public and is not any more.
            UnknownRecordError: there is none, or it never was public.

        """
        found = self.papers.files.get(number)
        if found is None or (found.gone and found.modified < self._since):
            raise UnknownRecordError(_UNKNOWN)
        if found.gone:
            raise GoneError("Diese Datei gibt es nicht mehr.")
        for _, one in shown_annexes(self.tenant, [found.of] if found.of else []):
            if one.pk == number:
                return one
        raise UnknownRecordError(_UNKNOWN)

    def _list(
        self,
        address: str,
        asked: Asked,
        found: Sequence[Any],
        modified: datetime,
        of: "Kind | None" = None,
    ) -> Answer:
        pagination, links = listed(address, asked, len(found))
        begin = asked.size * (asked.page - 1)
        part = found[begin : begin + asked.size]
        data = list(part) if of is None else self._written(of, part, asked)
        return Answer({"data": data, "pagination": pagination, "links": links}, modified)

    def _written(self, of: "Kind", stamps: Sequence[Stamp], asked: Asked) -> list[Json]:
        there = {one.number: one for one in stamps if not one.gone}
        written = of.write(self, there, asked) if there else {}
        return [
            objects.gone(of.name, self.at.one(of.path, one.number), one)
            if one.gone
            else written[one.number]
            for one in stamps
            if one.gone or one.number in written
        ]

    def _narrow(self, kind: str, number: int) -> None:
        """Read the past only of the meetings that an object can depend on."""
        if kind in {"meeting", "location"}:
            self.published = Published(self.tenant, [number])
        elif kind == "agendaItem":
            self.published = Published(self.tenant, meetings_of_item(self.tenant, number))

    @property
    def _since(self) -> datetime:
        return self.endpoint.since or _EVER

    @cached_property
    def terms(self) -> dict[int, Stamp]:
        """Legislative terms that are or were there, by number. One query."""
        kept: Any = LegislativeTerm
        found = versions_of(kept.history.filter(tenant=self.tenant))
        stamps = (
            stamp(one, spans(every, lambda _: True), [part.at for part in every])
            for one, every in found.items()
        )
        return {one.number: one for one in stamps if one is not None}

    @cached_property
    def _own(self) -> Stamp:
        """When the endpoint itself changed last. Two queries."""
        kept: Any = Endpoint
        found = versions_of(kept.history.filter(id=self.endpoint.pk))
        changes = [one.at for every in found.values() for one in every]
        terms = [one.modified for one in self.terms.values()]
        opened = self.endpoint.since or _EVER
        return Stamp(self.endpoint.pk, opened, max([opened, *changes, *terms]), gone=False)

    def _county(self, own: Stamp) -> Json:
        there = {number: one for number, one in self.terms.items() if not one.gone}
        terms = _terms(self, there, Asked(), inside=True) if there else {}
        return objects.county(self.at, self.tenant, self.endpoint, own, list(terms.values()))

    @cached_property
    def papers(self) -> PublishedPapers:
        """Public papers with their past."""
        return PublishedPapers(self.tenant, self.published.bodies, self.published.items)


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
    stamps: Callable[[Public], Stamps]
    write: Callable[[Public, Stamps, Asked], Written]


def _organizations(of: Public, stamps: Stamps, asked: Asked) -> Written:
    del asked
    found = shown_bodies(of.tenant).filter(pk__in=stamps)
    return {one.pk: objects.organization(of.at, one, stamps[one.pk]) for one in found}


def _meetings(of: Public, stamps: Stamps, asked: Asked) -> Written:
    inside = {} if asked.bare else _items_by_meeting(of, stamps)
    return {
        one.pk: objects.meeting(of.at, one, stamps[one.pk], inside.get(one.pk, ()), bare=asked.bare)
        for one in shown_meetings(of.tenant).filter(pk__in=stamps)
    }


def _items_by_meeting(of: Public, meetings: Collection[int]) -> dict[int, list[Json]]:
    """Write the items of meetings in their order. Two queries."""
    known, found = of.published.items, list(shown_items(of.tenant).filter(meeting__in=meetings))
    shown = [one for one in found if one.pk in known]
    consulted = _consulted(of, [one.pk for one in shown])
    inside: dict[int, list[Json]] = {}
    for one in shown:
        beside = inside.setdefault(one.meeting_id or 0, [])
        item = objects.agenda_item(
            of.at, one, known[one.pk], len(beside),
            consultation=consulted.get(one.pk), inside=True,
        )  # fmt: skip
        beside.append(item)
    return inside


def _consulted(of: Public, items: Collection[int]) -> dict[int, int]:
    """Give the deliberation on a public paper that an item is, by its number. One query."""
    found = shown_deliberations(of.tenant).filter(item__in=items).select_related(None)
    return {item: number for number, item in found.values_list("pk", "item") if item}


def _items(of: Public, stamps: Stamps, asked: Asked) -> Written:
    del asked
    meetings = {one.of for one in stamps.values() if one.of is not None}
    written: Written = {}
    for meeting, items in _items_by_meeting(of, meetings).items():
        for one in items:
            number = int(one["id"].rstrip("/").rpartition("/")[2])
            written[number] = one | {"meeting": of.at.one("meeting", meeting)}
    return {number: one for number, one in written.items() if number in stamps}


def _places(of: Public, stamps: Stamps, asked: Asked) -> Written:
    found = shown_meetings(of.tenant).filter(pk__in=stamps)
    return {
        one.pk: objects.location(of.at, one, stamps[one.pk], inside=asked.bare) for one in found
    }


def _papers(of: Public, stamps: Stamps, asked: Asked) -> Written:
    inside = {} if asked.bare else _deliberations_by_paper(of, stamps)
    files: dict[int, list[Json]] = {}
    for paper, one in [] if asked.bare else shown_annexes(of.tenant, stamps):
        known = of.papers.files.get(one.pk)
        if known is not None:
            written = objects.file(of.at, one, known, sha512_of(one), inside=True)
            files.setdefault(paper, []).append(written)
    return {
        one.pk: objects.paper(
            of.at, one, stamps[one.pk], inside.get(one.pk, ()), files.get(one.pk, ())
        )
        for one in shown_papers(of.tenant).filter(pk__in=stamps)
    }


def _deliberations_by_paper(of: Public, papers: Collection[int]) -> dict[int, list[Json]]:
    known, inside = of.papers.deliberations, dict[int, list[Json]]()
    for one in shown_deliberations(of.tenant).filter(paper__in=papers):
        if one.pk in known:
            shown = _item_shown(of, one.item_id)
            written = objects.consultation(of.at, one, known[one.pk], item_shown=shown, inside=True)
            inside.setdefault(one.paper_id, []).append(written)
    return inside


def _item_shown(of: Public, item: int | None) -> bool:
    known = of.published.items.get(item or 0)
    return known is not None and not known.gone


def _deliberations(of: Public, stamps: Stamps, asked: Asked) -> Written:
    del asked
    return {
        one.pk: objects.consultation(
            of.at, one, stamps[one.pk], item_shown=_item_shown(of, one.item_id)
        )
        for one in shown_deliberations(of.tenant).filter(pk__in=stamps)
    }


def _terms(of: Public, stamps: Stamps, asked: Asked, *, inside: bool = False) -> Written:
    del asked
    found = LegislativeTerm.objects.filter(tenant=of.tenant, pk__in=stamps).order_by("pk")
    return {
        one.pk: objects.legislative_term(of.at, one, stamps[one.pk], inside=inside) for one in found
    }


def _files(of: Public, stamps: Stamps, asked: Asked) -> Written:
    del asked
    papers = {one.of for one in stamps.values() if one.of is not None}
    return {
        one.pk: objects.file(of.at, one, stamps[one.pk], sha512_of(one))
        for _, one in shown_annexes(of.tenant, papers)
        if one.pk in stamps
    }


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
        Kind("LegislativeTerm", "legislativeTerm", lambda of: of.terms, _terms),
        Kind("File", "file", lambda of: of.papers.files, _files),
        # Who takes a seat is no open data: the lists are there, as the specification asks, empty.
        Kind("Person", "person", _none, _none),
        Kind("Membership", "membership", _none, _none),
    )
}
