"""The pages of the inventory."""

from gelingen.access.policy import May, allowed_in
from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

# Pages without a record in their address, in the order of the tabs.
PAGES = (
    ("structures", "Strukturen"),
    ("organisations", "Organisationen"),
    ("fundings", "Finanzierungen"),
    ("responsibilities", "Zuständigkeiten"),
    ("cooperation", "Zusammenarbeit"),
    ("timeline", "Zeitstrahl"),
    ("leading", "Federführung"),
    ("network", "Netzwerk"),
)


def tabs(request: StaffRequest, here: str) -> list[Link]:
    """Pages of the area; `here` is the name of the one on the screen."""
    links = [Link(label, address(request, name), name == here) for name, label in PAGES]
    if allowed_in(request.user, May.EDIT_REGISTER, request.tenant):
        links.append(Link("Vorschläge", address(request, "proposals"), here == "proposals"))
    if allowed_in(request.user, May.EXCHANGE, request.tenant):
        links.append(Link("Einlesen", address(request, "imports"), here == "imports"))
    return links
