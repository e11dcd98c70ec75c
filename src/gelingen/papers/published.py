"""Papers that everybody may read without an account, since when, and those that are gone.

shown_papers(tenant), shown_deliberations(tenant) -> QuerySet
PublishedPapers(tenant, bodies, items).papers, .deliberations -> {number: Stamp}

A paper is public where it says so and as long as it is released; a deliberation on it, where its
body is public too.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.history.shown import Span, Stamp, Version, overlap, spans, stamp, versions_of
from gelingen.papers.models import Deliberation, Paper
from gelingen.terms.papers import PaperState

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
    return found.select_related("item__meeting__body").order_by("paper", "order", "key")


class PublishedPapers:
    """Since when public papers can be seen, and what is gone: read from the versions.

    The papers and their deliberations cost a query each.
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
    def _versions(self) -> dict[int, list[Version]]:
        return versions_of(_history(Paper).filter(tenant=self.tenant), "public", "state", "body_id")

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
        return found

    def _of_bodies(self, kept: list[Version]) -> list[datetime]:
        """When versions were written, and when the bodies that they name were shown or not."""
        named = (self.of_bodies.get(one.values["body_id"]) for one in kept)
        of = [at for one in named if one is not None for at in (one.created, one.modified)]
        return [*(one.at for one in kept), *of]


def _history(model: Any) -> Any:  # noqa: ANN401  made by the history, unknown to the types
    return model.history


def _released(values: Any) -> bool:  # noqa: ANN401  values of any field
    return values["public"] and values["state"] in RELEASED
