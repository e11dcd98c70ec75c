"""Files of public records that everybody may read without an account, and their versions.

shown_files(tenant, subjects), files_by_number(tenant, numbers) -> QuerySet
versions_of_files(tenant, subjects) -> {number: [Version]}
versions_of_files_in(tenant, room) -> {number: [Version]}

Whether the record itself is public is known by its room.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from gelingen.access.models import Tenant
from gelingen.history.shown import Version, versions_of
from gelingen.register.models import Attachment


def shown_files(tenant: Tenant, subjects: Collection[str]) -> QuerySet[Attachment]:
    """Give the public files of records, by number; `subjects` name them as the history does."""
    found = Attachment.objects.filter(tenant=tenant, public=True, subject__in=subjects)
    return found.order_by("pk")


def files_by_number(tenant: Tenant, numbers: Collection[int]) -> QuerySet[Attachment]:
    """Give the public files of such numbers, by number."""
    return Attachment.objects.filter(tenant=tenant, public=True, pk__in=numbers).order_by("pk")


def versions_of_files(tenant: Tenant, subjects: Collection[str]) -> dict[int, list[Version]]:
    """Read the versions of the files of records: whether they were public, and whose. One query."""
    kept: Any = Attachment  # its history is unknown to the types
    every = kept.history.filter(tenant=tenant, subject__in=subjects)
    return versions_of(every, "public", "subject")


def versions_of_files_in(tenant: Tenant, room: str) -> dict[int, list[Version]]:
    """Read the versions of the files of all records of a room, such as "boards". One query."""
    kept: Any = Attachment  # as above
    every = kept.history.filter(tenant=tenant, subject__startswith=f"{room}.")
    return versions_of(every, "public", "subject")
