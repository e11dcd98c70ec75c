"""The parts of one selection, and words that its pages share."""

from typing import TYPE_CHECKING

from gelingen.programme.queries import Whole
from gelingen.web.pages import StaffRequest, address
from gelingen.web.shell import Link

if TYPE_CHECKING:
    from gelingen.programme.models import Selection

PARTS = (
    ("selection", "Vorbereitung"),
    ("selection-scores", "Bewertung"),
    ("selection-lists", "Listen und Entscheidung"),
    ("selection-what-if", "Was wäre, wenn"),
)


def parts(request: StaffRequest, selection: "Selection", here: str) -> list[Link]:
    """Pages of one selection; `here` is the name of the one on the screen."""
    return [
        Link(label, address(request, name, record=selection.key), name == here)
        for name, label in PARTS
    ]


def names_of(whole: Whole) -> dict[str, str]:
    """Name candidates, limits and topics by key, for sentences."""
    topics = {one.measure.topic.key: f"„{one.measure.topic}“" for one in whole.candidates}
    topics |= {one.topic.key: f"„{one.topic}“" for one in whole.minima}
    return {
        **topics,
        **{one.key: str(one) for one in whole.limits},
        **{one.key: f"„{one.measure.title}“" for one in whole.candidates},
    }
