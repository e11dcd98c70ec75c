"""About what somebody has asked: the difference between nobody needs it and nobody asked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.needs.models import Inquiry
from gelingen.terms.vocabulary import InquiryState
from gelingen.topics.queries import Heirs, topics


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about supply until a day.

    Attributes:
        scopes: topic, target group and territory by key; None stands for all.
        above: the topic above each topic.
        heirs: what stands for topics that are over.

    """

    scopes: tuple[tuple[str | None, str | None, str], ...]
    above: Mapping[str, str | None]
    heirs: Heirs

    def about(self, topic: str, group: str, *, place: str = "") -> bool:
        """Whether somebody asked about a topic and a group at a place or in a part of it.

        Args:
            topic: key; who asked about the topic above it, or about one for which it stands now,
                has asked about it.
            group: key.
            place: official key; "": anywhere.

        """
        line = self._line(topic)
        return any(
            (about is None or about in line)
            and whom in (None, group)
            and (place.startswith(where) or where.startswith(place))
            for about, whom, where in self.scopes
        )

    def _line(self, topic: str) -> Collection[str]:
        found: list[str] = []
        at: str | None = topic
        while at is not None and at not in found:
            found.append(at)
            at = self.above.get(at)
        earlier = [old for old, now in self.heirs.items() if {key for key, _ in now} & set(found)]
        return {*found, *earlier}


def asked_until(actor: Actor, tenant: Tenant, *, on: date, heirs: Heirs) -> Asked:
    """Read what was asked about supply until a day. Two queries."""
    found = Inquiry.objects.filter(tenant=tenant, territory__isnull=False).exclude(
        state=InquiryState.NOT_ASKED
    )
    until = within(actor, May.VIEW, found).filter(Q(since=None) | Q(since__lte=on))
    rows = until.order_by("key").values_list("topic__key", "target_group__key", "territory__key")
    above = dict(topics(actor, tenant).values_list("key", "above__key"))
    return Asked(tuple(rows), above, heirs)
