"""Everything that is read about topics, target groups and tasks."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.analysis.schema import GroupLinks, TopicTree
from gelingen.topics.models import TargetGroup, Task, Topic

# A topic of earlier with those that stand for it now; each as key and name.
Heirs: TypeAlias = Mapping[str, tuple[tuple[str, str], ...]]


def topics(actor: Actor, tenant: Tenant) -> QuerySet[Topic]:
    """Topics in the order of the plan, cross-cutting ones last."""
    return within(actor, May.VIEW, Topic.objects.filter(tenant=tenant))


def target_groups(actor: Actor, tenant: Tenant) -> QuerySet[TargetGroup]:
    """Target groups in their order."""
    return within(actor, May.VIEW, TargetGroup.objects.filter(tenant=tenant))


def names(actor: Actor, tenant: Tenant) -> dict[str, str]:
    """German names of topics, target groups and tasks by key. Three queries."""
    tasks = within(actor, May.VIEW, Task.objects.filter(tenant=tenant))
    return {
        key: name
        for found in (tasks, target_groups(actor, tenant), topics(actor, tenant))
        for key, name in found.values_list("key", "name")
    }


def heirs(actor: Actor, tenant: Tenant, *, on: date) -> Heirs:
    """Say what stands for each topic that is over on a day: its successors that are not. One query.

    A successor that is over too leads to its own; the last known one stays, even if it is over.
    Topics that are not over, or have no successor, are left out.
    """
    rows = list(
        topics(actor, tenant)
        .order_by("key", "successors__key")
        .values_list("key", "name", "ends", "successors__key")
    )
    names = {key: name for key, name, *_ in rows}
    over = {key for key, _, ends, _ in rows if ends is not None and ends <= on}
    following: dict[str, list[str]] = {}
    for key, _, _, heir in rows:
        if heir is not None and key in over:
            following.setdefault(key, []).append(heir)

    def last(key: str, seen: frozenset[str]) -> list[str]:
        further = [one for one in following.get(key, ()) if one not in seen]
        return [end for one in further for end in last(one, seen | {one})] or [key]

    return {
        key: tuple((one, names[one]) for one in dict.fromkeys(last(key, frozenset({key}))))
        for key in following
    }


def topic_tree(actor: Actor, tenant: Tenant) -> TopicTree:
    """Hand the topics to the analyses. One query."""
    return TopicTree.from_rows(topics(actor, tenant).values_list("key", "above__key"))


def group_links(actor: Actor, tenant: Tenant) -> GroupLinks:
    """Hand the overlaps of target groups to the analyses, both directions. One query."""
    return GroupLinks.from_rows(
        target_groups(actor, tenant)
        .filter(overlaps__isnull=False)
        .order_by("key", "overlaps__key")
        .values_list("key", "overlaps__key")
    )
