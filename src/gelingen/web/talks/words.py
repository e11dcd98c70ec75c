"""What several pages of talks say in the same way."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from gelingen.analysis.agreement import RELIABLE, TENTATIVE
from gelingen.talks.labels import Label
from gelingen.talks.queries import Codings
from gelingen.terms.spelling import number

if TYPE_CHECKING:
    from gelingen.talks.models import Talk

NONE_FITS = "keines passt"


def alpha_in_words(alpha: float | None) -> str:
    """Say how far coders agree: the number, and what one may conclude from it."""
    if alpha is None:
        return "nicht zu berechnen"
    verdict = "zu gering" if alpha < TENTATIVE else "vorläufig" if alpha < RELIABLE else "belastbar"
    return f"{number(alpha, 2)} ({verdict})"


def many(count: int, one: str, several: str) -> str:
    """Count something: with "eine Aussage" for one."""
    return one if count == 1 else f"{count} {several}"


def begun(words: str) -> str:
    """Write words as the beginning of a sentence."""
    return f"{words[:1].upper()}{words[1:]}"


def labels_in_words(idents: Iterable[str] | None, names: dict[str, Label]) -> str:
    """Name labels in their order; "" where nothing was coded."""
    if idents is None:
        return ""
    found = set(idents)
    named = [one.name for ident, one in names.items() if ident in found]
    return ", ".join(named) or NONE_FITS


def coding_state(talk: "Talk", known: Codings) -> str:
    """Say how far the coding of a talk is."""
    if not known.coders:
        return "noch nicht begonnen"
    done = len(known.finished)
    if known.opened:
        return "aufgedeckt" if done > 1 else "fertig"
    return f"{done} von {max(talk.planned, len(known.coders))} fertig"
