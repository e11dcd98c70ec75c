"""The pages of the analysis."""

from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link


def tabs(request: StaffRequest, here: str) -> list[Link]:
    """Pages of the area."""
    pages = (("matrix", "Matrix"), ("findings", "Befunde"))
    return [Link(label, address(request, name), name == here) for name, label in pages]
