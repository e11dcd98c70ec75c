"""The pages of the area of the public."""

from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

# Pages without a record in their address, in the order of the tabs.
PAGES = (
    ("site-desk", "Webseite"),
    ("desk-nachrichten", "Nachrichten"),
    ("desk-fragen", "Häufige Fragen"),
    ("desk-termine", "Termine"),
    ("desk-texte", "Seitentexte"),
    ("feedbacks", "Rückmeldungen"),
    ("site-statement", "Barrierefreiheit"),
    ("site-settings", "Einstellungen"),
)


def tabs(request: StaffRequest, here: str) -> list[Link]:
    """Pages of the area; `here` is the name of the one on the screen."""
    return [Link(label, address(request, name), name == here) for name, label in PAGES]
