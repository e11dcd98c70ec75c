"""Merge two entries that are about one structure: field by field, with what hangs on both."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gelingen.access.record import Record
from gelingen.errors import UserError
from gelingen.history.removing import references_to
from gelingen.history.trace import subject_of
from gelingen.register.belongings import Belongings, belongings_of, cell_of, in_words
from gelingen.register.models import Attachment, Funding, Reach, Structure
from gelingen.register.standing import end_words
from gelingen.register.steps import Plan, Step
from gelingen.terms.spelling import day, number, number_range, period
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import fold

# What is chosen together, under one German name, in the order of the page.
FIELDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("name", "Name", ("name",)),
    ("organisation", "Träger", ("organisation",)),
    ("kind", "Art", ("kind",)),
    ("level", "Ebene", ("level",)),
    ("function", "Funktion", ("function",)),
    ("duty", "Pflicht", ("duty",)),
    ("permanence", "Dauerhaftigkeit", ("permanence",)),
    ("capacity", "Kapazität", ("capacity_low", "capacity_high", "capacity_unit")),
    ("fte", "VZÄ", ("fte",)),
    ("languages", "Sprachen", ("languages",)),
    ("starts", "Beginn", ("starts",)),
    ("ends", "Ende", ("ends", "ends_kind")),
    ("successor", "Nachfolger", ("successor",)),
    ("last_confirmed", "Zuletzt bestätigt", ("last_confirmed",)),
    ("source", "Quelle", ("source", "source_date", "certainty")),
    ("note", "Anmerkung", ("note",)),
)


# What sums are made of.
_SIZES = ("capacity", "fte")


class NotTwoError(UserError):
    """A structure cannot be merged with itself."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What two entries say differently.

    Attributes:
        name: name of the choice, as in `FIELDS`.
        label: its German name.
        kept: what the entry that stays says; "" if nothing.
        other: what the other one says; "" if nothing.

    """

    name: str
    label: str
    kept: str
    other: str


def differences(kept: Structure, other: Structure) -> list[Difference]:
    """List what two entries say differently, in the order of the page."""
    return [
        Difference(name, label, _said(kept, names), _said(other, names))
        for name, label, names in FIELDS
        if _values(kept, names) != _values(other, names)
    ]


def _values(one: Structure, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(one, name) for name in names}


def _said(one: Structure, names: tuple[str, ...]) -> str:
    if names[0] == "capacity_low":
        low, high = one.capacity_low, one.capacity_high
        if low is None and high is None:
            return ""
        first, last = (None if value is None else float(value) for value in (low, high))
        return f"{number_range(first, last)} {one.capacity_unit}".strip()
    if names[0] == "ends":
        return end_words(one.ends, one.ends_kind)
    shown = getattr(one, f"get_{names[0]}_display", None)
    return str(shown()) if shown is not None else _plain(getattr(one, names[0]))


def _plain(value: object) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(float(value), 2)
    return "" if value is None else str(value)


def twins(known: Belongings, other: Belongings) -> frozenset[str]:
    """Keys of the money of the other entry that the kept one has too: same source, same period."""
    there = {_source(line) for line in known.fundings}
    return frozenset(line.key for line in other.fundings if _source(line) in there)


def _source(line: Funding) -> tuple[object, ...]:
    return fold(str(line)), line.starts, line.ends


def plan_merge(
    kept: Structure, other: Structure, *, theirs: Collection[str], fundings: Collection[str]
) -> Plan:
    """Say what becomes of two entries about one structure.

    Everything that hangs on the other entry moves over with its dates; then the other entry is
    removed. Taking the undertaking back brings it back with everything.

    Args:
        kept: the entry that stays, as it was read.
        other: the entry that goes, as it was read.
        theirs: names of the choices (see `FIELDS`) in which the other entry is right.
        fundings: keys of the money of the other entry that moves over; the rest is removed.

    Raises:
        NotTwoError: both are the same entry.

    """
    if kept == other:
        raise NotTwoError("Bitte zwei verschiedene Einträge wählen.")
    mine, its = belongings_of(kept), belongings_of(other)
    moving = [
        *_values_of(kept, other, theirs),
        *_moving(kept, other, mine, set(fundings)),
        *_files(kept, other),
        *_links(kept, other, its),
    ]
    gone = Step(other, f"„{other}“ ({other.organisation}) wird gelöscht", removes=True)
    return Plan(
        Verb.MERGED,
        f"„{kept}“ bleibt; was an „{other}“ hängt, kommt dazu.",
        (*moving, gone),
        (*_dropped(mine, its, set(fundings)), *_lost(kept, other, theirs)),
        min((one.starts for one in (kept, other) if one.starts), default=date.min),
    )


def _values_of(kept: Structure, other: Structure, theirs: Collection[str]) -> Iterator[Step]:
    chosen = [one for one in differences(kept, other) if one.name in theirs]
    if not chosen:
        return
    names = {name: fields for name, _, fields in FIELDS}
    values = {name: getattr(other, name) for one in chosen for name in names[one.name]}
    if values.get("successor") == kept:
        values["successor"] = None
    words = "; ".join(f"{one.label}: {one.other or 'leer'}" for one in chosen)
    yield Step(kept, f"„{kept}“ übernimmt {words}", values)


def _moving(
    kept: Structure, other: Structure, mine: Belongings, fundings: set[str]
) -> Iterator[Step]:
    there = {cell_of(line) for line in mine.reach}
    for relation in references_to(Structure):
        for line in relation.model._default_manager.filter(**{relation.name: other}).order_by(
            "key"
        ):
            if isinstance(line, Reach) and cell_of(line) in there:
                continue
            if isinstance(line, Funding) and line.key not in fundings:
                continue
            if line == kept:  # the other one would have followed it
                yield Step(kept, f"„{kept}“ hat keinen Nachfolger mehr", {relation.name: None})
                continue
            yield Step(line, _moved(line, kept), {relation.name: kept})


def _moved(line: Record, kept: Structure) -> str:
    if isinstance(line, Reach):
        return f"{in_words(line)} kommt zu „{kept}“"
    starts, ends = getattr(line, "starts", None), getattr(line, "ends", None)
    when = f" ({period(starts, ends)})" if starts or ends else ""
    return f"„{line}“{when} kommt zu „{kept}“"


def _files(kept: Structure, other: Structure) -> Iterator[Step]:
    found = Attachment.objects.filter(tenant=other.tenant_id, subject=subject_of(other))
    for line in found.order_by("key"):
        yield Step(line, f"Datei „{line}“ kommt zu „{kept}“", {"subject": subject_of(kept)})


def _links(kept: Structure, other: Structure, its: Belongings) -> Iterator[Step]:
    for one in its.linked:
        rest = [thing for thing in one.others if thing not in (kept, other)]
        said = f"„{one.owner}“ stützt sich auf „{kept}“"
        yield Step(one.owner, said, links={one.field: [*rest, kept]})


def _lost(kept: Structure, other: Structure, theirs: Collection[str]) -> Iterator[str]:
    """Say which sizes nobody states any more, though one of both entries does."""
    for one in differences(kept, other):
        stays, goes = (one.other, one.kept) if one.name in theirs else (one.kept, one.other)
        if one.name in _SIZES and goes and not stays:
            yield f"{one.label} ist danach leer; bisher stand da {goes}. In den Summen fehlt das."


def _dropped(mine: Belongings, its: Belongings, fundings: set[str]) -> Iterator[str]:
    there = {cell_of(line) for line in mine.reach}
    for line in its.reach:
        if cell_of(line) in there:
            yield f"{in_words(line)} steht schon da und entfällt einmal."
    for money in its.fundings:
        if money.key not in fundings:
            yield f"Die Finanzierung „{money}“ ({period(money.starts, money.ends)}) wird gelöscht."
