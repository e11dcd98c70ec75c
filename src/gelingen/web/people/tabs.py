"""The pages of the administration."""

from gelingen.access.policy import May, allowed_in
from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

_OF_PEOPLE = (("people", "Personen"), ("invitations", "Einladungen"))
_OF_ALL = (("roles", "Rollen"), ("own-rights", "Meine Rechte"))


def sees_people(request: StaffRequest) -> bool:
    """Whether the person may see the others and their roles."""
    return allowed_in(request.user, May.VIEW_PEOPLE, request.tenant)


def manages_people(request: StaffRequest) -> bool:
    """Whether the person may invite others and give roles."""
    return allowed_in(request.user, May.MANAGE_PEOPLE, request.tenant)


def tabs(request: StaffRequest, here: str) -> list[Link]:
    """Pages of the area; `here` is the name of the one on the screen."""
    offered = (*_OF_PEOPLE, *_OF_ALL) if sees_people(request) else _OF_ALL
    links = [Link(label, address(request, name), name == here) for name, label in offered]
    if allowed_in(request.user, May.EDIT_REGISTER, request.tenant):
        links.append(Link("Postausgang", address(request, "outbox")))
    if allowed_in(request.user, May.PROTECT, request.tenant):
        links.append(Link("Datenschutz", address(request, "privacy"), here == "privacy"))
    return links
