"""What the pages of the review have in common: the way between them."""

from gelingen.access.policy import May, allowed_in
from gelingen.confirmations.proposals import open_proposals
from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link


def parts(request: StaffRequest, here: str) -> list[Link]:
    """Give the kinds of things that wait; `here` is the name of the page on the screen."""
    found = [
        Link("Was fehlt", address(request, "review"), here == "review"),
        Link("Wer mit wem", address(request, "review-ties"), here == "review-ties"),
    ]
    if allowed_in(request.user, May.EDIT_REGISTER, request.tenant):
        number = len(open_proposals(request.user, request.tenant))
        found.append(Link(f"Änderungen an Einträgen ({number})", address(request, "proposals")))
    return found
