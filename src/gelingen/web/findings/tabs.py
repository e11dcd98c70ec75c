"""The pages of the analysis; here, because findings know nothing of the pictures above them."""

from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

PAGES = (
    ("matrix", "Matrix"),
    ("course", "Verlauf"),
    ("map", "Karte"),
    ("findings", "Befunde"),
)


def tabs(request: StaffRequest, here: str) -> list[Link]:
    """Pages of the area; `here` is the name of the one on the screen."""
    return [Link(label, address(request, name), name == here) for name, label in PAGES]
