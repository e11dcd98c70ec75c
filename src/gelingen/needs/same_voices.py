"""Which voices are the same: where needs are merged, nobody speaks twice."""

from typing import TYPE_CHECKING

from gelingen.needs.models import Need, Voice
from gelingen.needs.voices import STATEMENT
from gelingen.workbook.folding import fold

if TYPE_CHECKING:
    from datetime import date


class SameVoices:
    """The voices of a need, as more come to it; tells which of them are there already.

    The same voice: of one organisation or statement from one origin, or of one function on one day
    on one occasion. A voice without a function or without a day cannot be told from another. First
    voices have no record; one counts as there if its function spoke on its day (see
    `needs.voices`).

    Attributes:
        left: German sentences on the voices that are there already.

    """

    def __init__(self, kept: Need) -> None:
        """Begin with the voices of a need. One query."""
        self.left: list[str] = []
        self._marks: set[tuple[object, ...]] = set()
        self._spoke: set[tuple[str, date | None]] = set()
        if kept.voice:
            self._spoke.add((fold(kept.voice), kept.voiced))
        for one in kept.voices.all():
            self._add(one)

    def _add(self, one: Voice) -> None:
        self._marks |= _marks(one)
        self._spoke.add((fold(one.function), one.day))

    def takes(self, one: Voice) -> bool:
        """Whether a voice is new; from then on it is known."""
        if _marks(one) & self._marks:
            return self._leave(str(one))
        self._add(one)
        return True

    def takes_first(self, need: Need) -> bool:
        """Whether the first voice of a need is new; from then on it is known."""
        said = fold(need.voice), need.voiced
        if said in self._spoke:
            return self._leave(need.voice)
        self._spoke.add(said)
        return True

    def _leave(self, name: str) -> bool:
        self.left.append(f"Die Stimme „{name}“ steht schon da und kommt nicht noch einmal dazu.")
        return False


def _marks(one: Voice) -> set[tuple[object, ...]]:
    marks: set[tuple[object, ...]] = set()
    if one.origin and (one.speaker_id or one.origin.startswith(STATEMENT)):
        marks.add((one.origin, one.speaker_id))
    if one.function and one.day:
        marks.add((fold(one.function), one.day, fold(one.where), one.speaker_id))
    return marks
