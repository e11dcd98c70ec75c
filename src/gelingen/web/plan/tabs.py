"""The pages of the plan."""

from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

_PAGES = (
    ("Gliederung", "plan"),
    ("Querschnittsthemen", "plan-cross"),
    ("Geld und Personal", "plan-budget"),
    ("Texte der Kapitel", "plan-texts"),
    ("Vorschau", "plan-preview"),
    ("Ausgaben", "editions"),
)


def tabs(request: StaffRequest, current: str) -> list[Link]:
    """Give the ways to all pages of the plan; `current` is the name of the one on the screen."""
    return [Link(label, address(request, name), name == current) for label, name in _PAGES]
