"""What everybody may read of bodies and their meetings without an account, and since when.

shown_bodies(tenant), shown_meetings(tenant), shown_items(tenant) -> QuerySet
shown_enclosures(tenant, meetings, items) -> [Shown], is_told(item) -> bool
meetings_of_item(tenant, number) -> [number]
Published(tenant, meetings=None).bodies, .meetings, .items, .places, .files -> {number: Stamp}
Published(tenant, meetings=None).invitations, .protocols -> {number of the meeting: Stamp}

A body is public where it says so, and with it its meetings; items are where they say so, once the
meeting was invited to: before, an agenda is a draft. So are files, of meetings and of items.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.boards.models import AgendaItem, Body, Meeting
from gelingen.history.shown import Span, Stamp, Version, overlap, spans, stamp, versions_of
from gelingen.history.trace import subject_of
from gelingen.register.published import shown_files, versions_of_files_in
from gelingen.terms.boards import MeetingState, MinutesState

if TYPE_CHECKING:
    from gelingen.register.models import Attachment

TOLD = (MeetingState.INVITED.value, MeetingState.HELD.value)


def shown_bodies(tenant: Tenant) -> QuerySet[Body]:
    """Give the public bodies by number, with the one they belong to."""
    found = Body.objects.filter(tenant=tenant, public=True)
    return found.select_related("parent").order_by("pk")


def shown_meetings(tenant: Tenant) -> QuerySet[Meeting]:
    """Give the meetings of public bodies by number, with their bodies."""
    found = Meeting.objects.filter(tenant=tenant, body__public=True)
    return found.select_related("body").order_by("pk")


def shown_items(tenant: Tenant) -> QuerySet[AgendaItem]:
    """Give the public items of meetings that were invited to: by meeting, in their order."""
    found = AgendaItem.objects.filter(
        tenant=tenant, public=True, meeting__body__public=True, meeting__state__in=TOLD
    )
    return found.select_related("meeting").order_by("meeting", "order", "key")


def is_told(item: AgendaItem) -> bool:
    """Tell whether everybody may read what came of an item of a public body."""
    of = item.meeting
    return item.public and of is not None and of.minutes == MinutesState.APPROVED


class Shown(NamedTuple):
    """A public file with the number of the meeting or of the item to which it belongs."""

    file: "Attachment"
    meeting: int | None
    item: int | None


def shown_enclosures(
    tenant: Tenant, meetings: Iterable[Meeting], items: Iterable[AgendaItem]
) -> list[Shown]:
    """Give the public files of meetings and items that everybody sees, by number. One query."""
    of: dict[str, tuple[int | None, int | None]] = {
        subject_of(one): (one.pk, None) for one in meetings if one.state in TOLD
    }
    of |= {subject_of(one): (None, one.pk) for one in items}
    return [Shown(one, *of[one.subject]) for one in shown_files(tenant, list(of))]


def meetings_of_item(tenant: Tenant, number: int) -> list[int]:
    """Give the numbers of the meetings in which an item stands or stood. One query."""
    kept = _history(AgendaItem).filter(tenant=tenant, id=number, meeting__isnull=False).order_by()
    return list(kept.values_list("meeting_id", flat=True).distinct())


class _Home(NamedTuple):
    """A meeting or an item with its number: in which meetings it stood, and when it was seen."""

    number: int
    meetings: set[int]
    seen: list[Span]


class Published:
    """Since when what is public can be seen, and what is gone: read from the versions.

    Each kind costs one query; items need those of the meetings, and these those of the bodies.
    """

    def __init__(self, tenant: Tenant, meetings: Collection[int] | None = None) -> None:
        """Begin; nothing is read before it is asked for.

        Args:
            tenant: whose.
            meetings: numbers of the only meetings that matter; None for all.

        """
        self.tenant = tenant
        self.only = meetings

    @cached_property
    def bodies(self) -> dict[int, Stamp]:
        """Bodies that are or were public, by number."""
        return _stamps((number, seen, self._body_changes(number)) for number, seen in self._bodies)

    @cached_property
    def meetings(self) -> dict[int, Stamp]:
        """Meetings that can or could be seen, by number."""
        return _stamps(
            (number, seen, self._changes[number], self._body_of[number])
            for number, seen in self._meeting_spans.items()
        )

    @cached_property
    def items(self) -> dict[int, Stamp]:
        """Items that can or could be seen, by number; of one meeting they change together.

        That one goes changes the numbers of the others.
        """
        return _stamps(
            (number, seen, self._changes.get(meeting or 0, ()), meeting)
            for number, (meeting, seen) in self._item_spans.items()
        )

    @cached_property
    def places(self) -> dict[int, Stamp]:
        """Places of meetings, by the number of the meeting."""
        return _stamps(
            (number, overlap(spans(versions, _has_place), self._meeting_spans[number]),
             self._changes[number], number)
            for number, versions in self._meeting_versions.items()
        )  # fmt: skip

    @cached_property
    def files(self) -> dict[int, Stamp]:
        """Files that can or could be seen, by number; each is a part of its meeting or item."""
        return _stamps(
            (number, seen, _moments(kept), self._file_homes[_home(kept)].number)
            for number, seen in self._file_spans.items()
            for kept in [self._file_versions[number]]
        )

    @cached_property
    def invitations(self) -> dict[int, Stamp]:
        """Invitations that can or could be read, by the number of the meeting."""
        return _stamps(
            (number, seen, self._changes[number], number)
            for number, seen in self._told_spans.items()
        )

    @cached_property
    def protocols(self) -> dict[int, Stamp]:
        """Minutes that can or could be read, by the number of the meeting: approved ones."""
        return _stamps(
            (number, overlap(spans(kept, _approved), self._told_spans[number]),
             self._changes[number], number)
            for number, kept in self._meeting_versions.items()
        )  # fmt: skip

    @cached_property
    def _body_versions(self) -> dict[int, list[Version]]:
        kept = _history(Body).filter(tenant=self.tenant)
        return versions_of(kept, "public", "parent_id")

    @cached_property
    def _bodies(self) -> list[tuple[int, list[Span]]]:
        found = ((one, spans(kept, _public)) for one, kept in self._body_versions.items())
        return [(one, seen) for one, seen in found if seen]

    def _body_changes(self, number: int) -> list[datetime]:
        versions = self._body_versions[number]
        above = versions[-1].values["parent_id"]
        # Whether the body above is named depends on whether that is public.
        return _moments([*versions, *self._body_versions.get(above, ())])

    @cached_property
    def _meeting_versions(self) -> dict[int, list[Version]]:
        kept = _history(Meeting).filter(
            tenant=self.tenant, body__in=[one for one, _ in self._bodies]
        )
        if self.only is not None:
            kept = kept.filter(id__in=self.only)
        return versions_of(kept, "key", "body_id", "state", "minutes", "place")

    @cached_property
    def _body_of(self) -> dict[int, int]:
        return {one: kept[-1].values["body_id"] for one, kept in self._meeting_versions.items()}

    @cached_property
    def _meeting_spans(self) -> dict[int, list[Span]]:
        open_bodies = dict(self._bodies)
        return {
            one: overlap(spans(kept, _always), open_bodies[self._body_of[one]])
            for one, kept in self._meeting_versions.items()
        }

    @cached_property
    def _item_versions(self) -> dict[int, list[Version]]:
        every = _history(AgendaItem).filter(tenant=self.tenant)
        ever = every.filter(public=True, meeting__in=list(self._meeting_versions))
        return versions_of(
            every.filter(id__in=ever.order_by().values("id")), "key", "public", "meeting_id"
        )

    @cached_property
    def _told_spans(self) -> dict[int, list[Span]]:
        """When everybody saw that a meeting was invited to, by its number."""
        return {
            one: overlap(spans(kept, _told), self._meeting_spans[one])
            for one, kept in self._meeting_versions.items()
        }

    @cached_property
    def _item_spans(self) -> dict[int, tuple[int | None, list[Span]]]:
        told, found = self._told_spans, {}
        for number, kept in self._item_versions.items():
            where = [one for one in _meetings_of(kept) if told.get(one)]
            seen = {one: overlap(spans(kept, _stands_in(one)), told[one]) for one in where}
            every = sorted(
                (span for parts in seen.values() for span in parts), key=lambda one: one.starts
            )
            last = next((one for one in where if every and every[-1] in seen[one]), None)
            found[number] = (last, every)
        return found

    @cached_property
    def _file_homes(self) -> dict[str, "_Home"]:
        """Whose a public file may be, by how it names that."""
        homes = {
            _subject(Meeting, self._meeting_versions[one]): _Home(one, {one}, seen)
            for one, seen in self._told_spans.items()
        }
        for one, (_, seen) in self._item_spans.items():
            kept = self._item_versions[one]
            homes[_subject(AgendaItem, kept)] = _Home(one, _meetings_of(kept), seen)
        return homes

    @cached_property
    def _file_versions(self) -> dict[int, list[Version]]:
        found = versions_of_files_in(self.tenant, Meeting._meta.app_label)
        return {one: kept for one, kept in found.items() if _home(kept) in self._file_homes}

    @cached_property
    def _file_spans(self) -> dict[int, list[Span]]:
        found = {
            one: overlap(spans(kept, _public), self._file_homes[_home(kept)].seen)
            for one, kept in self._file_versions.items()
        }
        return {one: seen for one, seen in found.items() if seen}

    @cached_property
    def _changes(self) -> dict[int, list[datetime]]:
        """When anything changed that a meeting shows, by its number."""
        found = {
            one: [*_moments(kept), *_moments(self._body_versions[self._body_of[one]])]
            for one, kept in self._meeting_versions.items()
        }
        for number, (_, seen) in self._item_spans.items():
            kept = self._item_versions[number]
            for meeting in _meetings_of(kept):
                found.get(meeting, []).extend(_told_of(kept, seen))
        for number, seen in self._file_spans.items():
            kept = self._file_versions[number]
            for meeting in self._file_homes[_home(kept)].meetings:
                found.get(meeting, []).extend(_told_of(kept, seen))
        return found


def _history(model: Any) -> Any:  # noqa: ANN401  made by the history, unknown to the types
    return model.history


def _stamps(found: Iterable[tuple[Any, ...]]) -> dict[int, Stamp]:
    stamps = (stamp(*one) for one in found)
    return {one.number: one for one in stamps if one is not None}


def _moments(versions: Iterable[Version]) -> list[datetime]:
    return [one.at for one in versions]


def _told_of(versions: Iterable[Version], seen: Collection[Span]) -> list[datetime]:
    """When something came, went or changed while it was to be seen."""
    edges = [at for one in seen for at in (one.starts, one.ends) if at is not None]
    written = [one.at for one in versions if any(_within(one.at, span) for span in seen)]
    return [*edges, *written]


def _subject(model: type[Meeting | AgendaItem], versions: list[Version]) -> str:
    return subject_of(model(key=versions[-1].values["key"]))


def _home(versions: list[Version]) -> str:
    return str(versions[-1].values["subject"])


def _within(at: datetime, span: Span) -> bool:
    return span.starts <= at and (span.ends is None or at < span.ends)


def _meetings_of(versions: Iterable[Version]) -> set[int]:
    return {one.values["meeting_id"] for one in versions if one.values["meeting_id"]}


def _always(_values: Any) -> bool:  # noqa: ANN401  as the other rules
    return True


def _public(values: Any) -> bool:  # noqa: ANN401  values of any field
    return bool(values["public"])


def _told(values: Any) -> bool:  # noqa: ANN401  values of any field
    return values["state"] in TOLD


def _approved(values: Any) -> bool:  # noqa: ANN401  values of any field
    return bool(values["minutes"] == MinutesState.APPROVED)


def _has_place(values: Any) -> bool:  # noqa: ANN401  values of any field
    return bool(values["place"])


def _stands_in(meeting: int) -> Any:  # noqa: ANN401  a rule as the others
    return lambda values: values["public"] and values["meeting_id"] == meeting
