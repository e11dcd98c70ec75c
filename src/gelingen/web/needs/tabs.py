"""The pages of the area of needs."""

from gelingen.access.policy import May, allowed_in
from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

# Pages without a record in their address, in the order of the tabs.
PAGES = (
    ("needs", "Bedarfe"),
    ("surveys", "Umfragen"),
    ("talks", "Gespräche"),
    ("review", "Sichtung"),
)
# Pages for those alone who may ask.
_FOR_ASKING = frozenset({"surveys", "talks", "review"})


def tabs(request: StaffRequest, here: str) -> list[Link]:
    """Pages of the area; `here` is the name of the one on the screen."""
    asking = allowed_in(request.user, May.ASK, request.tenant)
    return [
        Link(label, address(request, name), name == here)
        for name, label in PAGES
        if asking or name not in _FOR_ASKING
    ]
