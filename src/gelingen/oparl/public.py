"""What a tenant's endpoint answers: objects, and lists of them, of what everybody may read.

endpoint_of(tenant) -> Endpoint, of a tenant that switched it on
Public(tenant, endpoint, at).system(), .one(kind, number), .listed(kind, asked) -> Answer

There is no actor: it shows what everybody may see, and nothing else is ever read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gelingen.access.record import UnknownRecordError
from gelingen.boards.published import Published, meetings_of_item
from gelingen.errors import UserError
from gelingen.history.shown import Stamp, spans, stamp, versions_of
from gelingen.oparl import objects
from gelingen.oparl.addresses import Addresses
from gelingen.oparl.asking import Asked, chosen, listed
from gelingen.oparl.kinds import KINDS, Kind, terms
from gelingen.oparl.models import Endpoint, LegislativeTerm
from gelingen.oparl.objects import Json
from gelingen.oparl.written import Sort, Subject, sort_of, stamps, subjects
from gelingen.papers.published import PublishedPapers
from gelingen.register.published import files_by_number

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


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A paper that everybody may read, and when anything of it changed last."""

    subject: Subject
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
        self.published: Published = Published(self.tenant)

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

    def file(self, number: int) -> "Attachment | ToWrite":
        """Give a public file of something public: stored, or what is to be written.

        Raises:
            GoneError: it was public and is not any more.
            UnknownRecordError: there is none, or it never was public.

        """
        self._narrow("file", number)
        found = self.files.get(number)
        if found is None or (found.gone and found.modified < self._since):
            raise UnknownRecordError(_UNKNOWN)
        if found.gone:
            raise GoneError("Diese Datei gibt es nicht mehr.")
        if subject := subjects(self.tenant, [number]).get(number):
            return ToWrite(subject, found.modified)
        stored: Attachment | None = files_by_number(self.tenant, [number]).first()
        if stored is None:
            raise UnknownRecordError(_UNKNOWN)
        return stored

    def _list(
        self,
        address: str,
        asked: Asked,
        found: Sequence[Any],
        modified: datetime,
        of: Kind | None = None,
    ) -> Answer:
        pagination, links = listed(address, asked, len(found))
        begin = asked.size * (asked.page - 1)
        part = found[begin : begin + asked.size]
        data = list(part) if of is None else self._written(of, part, asked)
        return Answer({"data": data, "pagination": pagination, "links": links}, modified)

    def _written(self, of: Kind, stamps: Sequence[Stamp], asked: Asked) -> list[Json]:
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
        elif kind == "file" and (sort := sort_of(number)) and sort[0] is not Sort.PAPER:
            self.published = Published(self.tenant, [sort[1]])

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
        found = terms(self, there, Asked(), inside=True) if there else {}
        return objects.county(self.at, self.tenant, self.endpoint, own, list(found.values()))

    @cached_property
    def files(self) -> dict[int, Stamp]:
        """Public files with their past, by number: attached ones, and papers to be written."""
        stored = {**self.papers.files, **self.published.files}
        return {**stored, **self.of_meetings, **self.of_papers}

    @cached_property
    def of_meetings(self) -> dict[int, Stamp]:
        """Invitations and minutes, by the number of the file."""
        of = self.published
        return stamps({Sort.INVITATION: of.invitations, Sort.PROTOCOL: of.protocols})

    @cached_property
    def of_papers(self) -> dict[int, Stamp]:
        """Papers themselves, by the number of the file."""
        return stamps({Sort.PAPER: self.papers.papers})

    @cached_property
    def papers(self) -> PublishedPapers:
        """Public papers with their past."""
        return PublishedPapers(self.tenant, self.published.bodies, self.published.items)
