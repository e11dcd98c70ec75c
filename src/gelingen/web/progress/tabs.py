"""The pages of the area in which the plan is carried out."""

from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

# Pages without a record in their address, in the order of the tabs.
PAGES = (
    ("progress", "Maßnahmen"),
    ("rounds", "Berichtsrunden"),
    ("indicators", "Kennzahlen"),
    ("year-reports", "Berichte"),
)


def tabs(request: StaffRequest, here: str) -> list[Link]:
    """Pages of the area; `here` is the name of the one on the screen."""
    return [Link(label, address(request, name), name == here) for name, label in PAGES]
