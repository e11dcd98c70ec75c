"""Papers that everybody may read without an account, since when, and those that are gone.

shown_papers(tenant), shown_deliberations(tenant) -> QuerySet
shown_annexes(tenant, papers) -> [(number of the paper, file)]
PublishedPapers(tenant, bodies, items).papers, .deliberations, .files -> {number: Stamp}

A paper is public where it says so and as long as it is released; a deliberation on it, where its
body is public too.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.history.shown import Span, Stamp, Version, overlap, spans, stamp, versions_of
from gelingen.history.trace import subject_of
from gelingen.papers.models import Deliberation, Paper
from gelingen.register.published import shown_files, versions_of_files
from gelingen.terms.papers import PaperState

if TYPE_CHECKING:
    from gelingen.register.models import Attachment

RELEASED = (PaperState.RELEASED.value, PaperState.DONE.value)


def shown_papers(tenant: Tenant) -> QuerySet[Paper]:
    """Give the public papers that are released, by number, with their bodies."""
    found = Paper.objects.filter(tenant=tenant, public=True, state__in=RELEASED)
    return found.select_related("body").order_by("pk")


def shown_deliberations(tenant: Tenant) -> QuerySet[Deliberation]:
    """Give the deliberations of public bodies on public papers: by paper, in their order."""
    found = Deliberation.objects.filter(
        tenant=tenant, paper__public=True, paper__state__in=RELEASED, body__public=True
    )
    return found.select_related("body", "item__body", "item__meeting__body").order_by(
        "paper", "order", "key"
    )


def shown_annexes(tenant: Tenant, papers: Collection[int]) -> list[tuple[int, "Attachment"]]:
    """Give the public files of public papers, each behind the number of its paper. Two queries."""
    found = shown_papers(tenant).filter(pk__in=papers)
    of = {subject_of(one): one.pk for one in found}
    return [(of[one.subject], one) for one in shown_files(tenant, list(of))]


class PublishedPapers:
    """Since when public papers can be seen, and what is gone: read from the versions.

    The papers, their deliberations and their files cost a query each.
    """

    def __init__(
        self, tenant: Tenant, bodies: Mapping[int, Stamp], items: Mapping[int, Stamp]
    ) -> None:
        """Begin; nothing is read before it is asked for.

        Args:
            tenant: whose.
            bodies: bodies that are or were public, by number.
            items: items that can or could be seen, by number.

        """
        self.tenant, self.of_bodies, self.of_items = tenant, bodies, items

    @cached_property
    def papers(self) -> dict[int, Stamp]:
        """Papers that can or could be seen, by number."""
        found = (stamp(number, seen, self._changes[number]) for number, seen in self._spans.items())
        return {one.number: one for one in found if one is not None}

    @cached_property
    def deliberations(self) -> dict[int, Stamp]:
        """Deliberations that can or could be seen, by number; of one paper they change together."""
        found = {}
        for number, kept in self._stations.items():
            paper = kept[-1].values["paper_id"]
            seen = self._shown(kept, self._spans.get(paper, []))
            one = stamp(number, seen, self._changes.get(paper, ()), paper)
            if one is not None:
                found[number] = one
        return found

    @cached_property
    def files(self) -> dict[int, Stamp]:
        """Public annexes that can or could be seen, by number; each is a part of its paper."""
        found = {}
        for number, kept in self._files.items():
            paper = self._subjects[kept[-1].values["subject"]]
            seen = overlap(spans(kept, _public), self._spans[paper])
            one = stamp(number, seen, [version.at for version in kept], paper)
            if one is not None:
                found[number] = one
        return found

    @cached_property
    def _subjects(self) -> dict[str, int]:
        """Number of each paper that is or was public, as its files name it."""
        keys = {one: self._versions[one][-1].values["key"] for one in self._spans}
        return {subject_of(Paper(key=key)): one for one, key in keys.items()}

    @cached_property
    def _files(self) -> dict[int, list[Version]]:
        return versions_of_files(self.tenant, list(self._subjects))

    @cached_property
    def _versions(self) -> dict[int, list[Version]]:
        return versions_of(
            _history(Paper).filter(tenant=self.tenant), "key", "public", "state", "body_id"
        )

    @cached_property
    def _spans(self) -> dict[int, list[Span]]:
        found = ((one, spans(kept, _released)) for one, kept in self._versions.items())
        return {one: seen for one, seen in found if seen}

    @cached_property
    def _stations(self) -> dict[int, list[Version]]:
        kept = _history(Deliberation).filter(tenant=self.tenant, paper__in=list(self._spans))
        return versions_of(kept, "paper_id", "body_id", "item_id")

    def _shown(self, kept: list[Version], paper: list[Span]) -> list[Span]:
        """When a deliberation could be seen: while its body was public, too."""
        there = overlap(spans(kept, lambda _: True), paper)
        of = self.of_bodies.get(kept[-1].values["body_id"])
        if of is None:
            return []
        return overlap(there, [Span(of.created, of.modified if of.gone else None)])

    @cached_property
    def _changes(self) -> dict[int, list[datetime]]:
        """When anything changed that a paper shows, by its number."""
        found = {one: self._of_bodies(self._versions[one]) for one in self._spans}
        for kept in self._stations.values():
            told = found.get(kept[-1].values["paper_id"], [])
            told.extend(self._of_bodies(kept))
            named = (self.of_items.get(one.values["item_id"]) for one in kept)
            told.extend(one.modified for one in named if one is not None)
        for kept in self._files.values():
            paper = self._subjects[kept[-1].values["subject"]]
            if any(one.values["public"] for one in kept):
                found[paper].extend(one.at for one in kept)
        return found

    def _of_bodies(self, kept: list[Version]) -> list[datetime]:
        """When versions were written, and when the bodies that they name were shown or not."""
        named = (self.of_bodies.get(one.values["body_id"]) for one in kept)
        of = [at for one in named if one is not None for at in (one.created, one.modified)]
        return [*(one.at for one in kept), *of]


def _history(model: Any) -> Any:  # noqa: ANN401  made by the history, unknown to the types
    return model.history


def _public(values: Any) -> bool:  # noqa: ANN401  values of any field
    return bool(values["public"])


def _released(values: Any) -> bool:  # noqa: ANN401  values of any field
    return values["public"] and values["state"] in RELEASED
