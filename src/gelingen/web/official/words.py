"""Words and lists of the pages that read tables in."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from gelingen.terms.spelling import number
from gelingen.transfer.figures.planning import FigurePlan
from gelingen.web.lists import Cell, Column, Listing
from gelingen.web.pages import StaffRequest, address
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.transfer.models import Upload

SHOWN = 50  # changes and places in full
_WAITING = (Column("Datei", wide=True), Column("Werte", number=True), Column("hochgeladen"),
            Column("von"), Column("wird gelöscht"))  # fmt: skip
_SERIES = (Column("Kennzahl", wide=True), Column("neu", number=True),
           Column("geändert", number=True))  # fmt: skip
_CHANGES = (Column("Kennzahl", wide=True), Column("Gebiet"), Column("Stelle"), Column("bisher"),
            Column("künftig"))  # fmt: skip
_PLACES = (Column("Stelle"), Column("Art"), Column("Dort steht"), Column("Warum", wide=True))
_NEW_PLACES = (Column("Gebiet"), Column("Amtlicher Schlüssel"), Column("Art"))


def values(count: int) -> str:
    """Count figures."""
    return f"{number(count)} {'Wert' if count == 1 else 'Werte'}"


def answer(plan: FigurePlan) -> str:
    """Say in one or two sentences what writing the table would do."""
    if plan.problems:
        wrong = counted(plan.problems, "Fehler", "Fehler")
        return f"Die Tabelle hat {wrong}. Solange einer da ist, wird nichts übernommen."
    if plan.empty and plan.untouched:
        return f"{values(plan.untouched)} sind schon so erfasst. Es ändert sich nichts."
    if plan.empty:
        return "Kein Wert ist einer Kennzahl und einem Gebiet zugeordnet. Bitte zuordnen."
    return f"Beim Übernehmen: {written(plan)}. Noch ist nichts geschrieben."


def written(plan: FigurePlan) -> str:
    """Say how many figures are new, changed and as before."""
    told = (
        (len(plan.new), "neu"),
        (len(plan.changed), "geändert"),
        (plan.untouched, "unverändert"),
    )
    return ", ".join(f"{values(count)} {word}" for count, word in told if count)


def left_out(plan: FigurePlan) -> list[str]:
    """Say what of the table is not taken."""
    told = []
    if plan.unmapped:
        told.append(f"{values(plan.unmapped)}: keiner Kennzahl zugeordnet")
    if plan.elsewhere:
        told.append(f"{values(plan.elsewhere)}: Gebiete, die hier nicht geführt werden")
    return told


def waiting(request: StaffRequest, kept: Sequence["Upload"]) -> Listing | None:
    """List tables that are not written yet; None if there are none."""
    rows = [
        (
            Cell(one.name, url=address(request, "figure-table", key=one.key)),
            number(one.lines),
            f"{localtime(one.at):%d.%m.%Y, %H:%M}",
            str(one.user),
            f"{localtime(one.expires):%d.%m.%Y}",
        )
        for one in kept
    ]
    return Listing("Noch nicht übernommen, das Neueste zuerst", _WAITING, rows) if rows else None


def series(plan: FigurePlan) -> Listing | None:
    """Count what is new and changed by indicator; None if nothing is."""
    new = Counter(one.indicator for one in plan.new)
    changed = Counter(one.indicator for one in plan.changed)
    rows = [(name, number(new[name]), number(changed[name])) for name in sorted(new | changed)]
    return Listing("Was geschrieben würde, nach Kennzahl", _SERIES, rows) if rows else None


def changes(plan: FigurePlan) -> Listing | None:
    """List the first figures that would change; None if none would."""
    rows = [
        (one.indicator, one.name, one.place, one.before, one.after) for one in plan.changed[:SHOWN]
    ]
    caption = "Geänderte Werte in der Reihenfolge der Datei"
    return Listing(caption, _CHANGES, rows) if rows else None


def new_places(plan: FigurePlan) -> Listing | None:
    """List the territories that would be added; None if none would."""
    rows = [(one.name, one.key, one.kind.label) for one in plan.territories]
    return Listing("Neue Gebiete", _NEW_PLACES, rows) if rows else None


def places(plan: FigurePlan) -> Listing | None:
    """List the first places that give no figure, mistakes first; None if there are none."""
    rows = [
        (one.place, "Fehler" if one.serious else "ausgelassen", one.found or "leer", one.why)
        for one in plan.skipped[:SHOWN]
    ]
    return Listing("Stellen ohne Wert, Fehler zuerst", _PLACES, rows) if rows else None
