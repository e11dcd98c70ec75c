"""Everything that is read about topics, target groups and tasks."""

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.analysis.schema import GroupLinks, TopicTree
from gelingen.topics.models import TargetGroup, Task, Topic


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
