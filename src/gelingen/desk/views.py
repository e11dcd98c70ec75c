"""Saved views: how a person likes to see a list, for oneself or for all of the tenant."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from gelingen.access.models import Tenant, User
from gelingen.access.policy import MEANINGS, May, allowed_in
from gelingen.desk.models import SavedView
from gelingen.errors import NotFoundError


class UnknownViewError(NotFoundError):
    """There is no such view, or it belongs to somebody else."""


def may_share(user: User, tenant: Tenant) -> bool:
    """Whether a person may show views to all of the tenant."""
    return allowed_in(user, May.EDIT_REGISTER, tenant)


def saved_views(user: User, tenant: Tenant, *, page: str) -> list[SavedView]:
    """Find the views of a page that a person sees, own and shared ones, by name. One query."""
    found = SavedView.objects.filter(Q(user=user) | Q(shared=True), tenant=tenant, page=page)
    return list(found.select_related("user"))


def save_view(  # noqa: PLR0913 - what a view consists of
    user: User, tenant: Tenant, *, page: str, name: str, query: str, shared: bool = False
) -> SavedView:
    """Keep the address of a list under a name.

    Raises:
        PermissionDenied: the person may not show views to all of the tenant.
        ValidationError: the person has a view of this name already, or the name is too long.

    """
    view = SavedView(user=user, tenant=tenant, page=page, query=query)
    _write(view, name=name, shared=shared)
    return view


def change_view(user: User, tenant: Tenant, pk: int, *, name: str, shared: bool) -> SavedView:
    """Rename one's own view, show it to all or to oneself only.

    Raises:
        UnknownViewError: there is none, or it is somebody else's.
        PermissionDenied: the person may not show views to all of the tenant.
        ValidationError: the person has another view of this name.

    """
    view = _own(user, tenant, pk)
    _write(view, name=name, shared=shared)
    return view


def drop_view(user: User, tenant: Tenant, pk: int) -> str:
    """Remove one's own view; gives its name.

    Raises:
        UnknownViewError: there is none, or it is somebody else's.

    """
    view = _own(user, tenant, pk)
    view.delete()
    return view.name


def _own(user: User, tenant: Tenant, pk: int) -> SavedView:
    view = SavedView.objects.filter(user=user, tenant=tenant, pk=pk).first()
    if view is None:
        raise UnknownViewError("Diese Ansicht gibt es nicht, oder sie ist nicht Ihre.")
    return view


def _write(view: SavedView, *, name: str, shared: bool) -> None:
    if shared and not view.shared and not may_share(view.user, view.tenant):
        raise PermissionDenied(MEANINGS[May.EDIT_REGISTER])
    view.name, view.shared = name, shared
    view.full_clean()
    view.save()
