"""The list of structures."""

from collections.abc import Sequence
from functools import lru_cache

from gelingen.findings.current import Money
from gelingen.register.lists import StructureLine, is_confirmed, structure_lines
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Duty, Function, Permanence, StructureKind
from gelingen.web.lists import Cell, Column
from gelingen.web.register import sheets
from gelingen.web.register.lists.forms import ListForm, StructuresForm
from gelingen.web.register.lists.table import (
    LEVELS,
    SHORT_LEVELS,
    Around,
    Field,
    Table,
    amount_cell,
    day_cell,
    end_cell,
    end_value,
    is_over,
    pairs,
)
from gelingen.web.states import ENTRY
from gelingen.workbook.folding import fold

KINDS, FUNCTIONS = dict(StructureKind.choices()), dict(Function.choices())
PERMANENCES, DUTIES = dict(Permanence.choices()), dict(Duty.choices())
_NO_MONEY = Money("none", None)
_ENTRIES = ("to-confirm", "confirmed", "ended")


def _money(line: StructureLine, around: Around) -> Money:
    return around.money.get(line.key, _NO_MONEY)


@lru_cache(maxsize=4_096)
def _said(money: Money) -> Cell:
    return sheets.money_cell(money)


def _money_cell(line: StructureLine, around: Around) -> Cell | str:
    if is_over(line.ends, around.on):
        return "–"
    cell = _said(_money(line, around))
    return Cell(cell.text, state=cell.state)


def _until(line: StructureLine, around: Around) -> str:
    """Say until when the money stays as it is, or why it needs no day."""
    if is_over(line.ends, around.on):
        return "–"
    said = _said(_money(line, around)).below.removeprefix("bis ")
    return said or "–"


def _entry(line: StructureLine, around: Around) -> str:
    """Say whether an entry can be trusted, as a name of a state."""
    if is_over(line.ends, around.on):
        return "ended"
    confirmed = is_confirmed(line.last_confirmed, on=around.on)
    return "confirmed" if confirmed else "to-confirm"


def _entry_cell(line: StructureLine, around: Around) -> Cell:
    state = _entry(line, around)
    when = f" {line.last_confirmed:%m/%y}" if state == "confirmed" else ""
    return Cell(f"{ENTRY[state].word}{when}", state=state)


def _topics(line: StructureLine) -> str:
    return ", ".join(name for _, name in line.topics)


FIELDS: tuple[Field[StructureLine], ...] = (
    Field(
        "name",
        Column("Struktur", order="name", cut=True),
        lambda line, around: Cell(line.name, url=around.structure(line.key)),
        lambda line, _: fold(line.name),
    ),
    Field(
        "traeger",
        Column("Träger", order="traeger", cut=True),
        lambda line, _: line.organisation,
        lambda line, _: fold(line.organisation),
    ),
    Field(
        "art",
        Column("Art", order="art"),
        lambda line, _: KINDS.get(line.kind, "–"),
        lambda line, _: KINDS.get(line.kind),
        shown=False,
    ),
    Field(
        "ebene",
        Column("Ebene", order="ebene"),
        lambda line, _: SHORT_LEVELS.get(line.level, "–"),
        lambda line, _: LEVELS.get(line.level),
        shown=False,
    ),
    Field(
        "thema",
        Column("Themenfeld", order="thema", cut=True),
        lambda line, _: _topics(line) or "–",
        lambda line, _: fold(_topics(line)) or None,
    ),
    Field(
        "funktion",
        Column("Funktion", order="funktion"),
        lambda line, _: FUNCTIONS.get(line.function, "–"),
        lambda line, _: FUNCTIONS.get(line.function),
        shown=False,
    ),
    Field(
        "dauer",
        Column("Dauerhaftigkeit", order="dauer"),
        lambda line, _: PERMANENCES.get(line.permanence, "–"),
        lambda line, _: PERMANENCES.get(line.permanence),
        shown=False,
    ),
    Field(
        "pflicht",
        Column("Pflicht", order="pflicht"),
        lambda line, _: DUTIES.get(line.duty, "–"),
        lambda line, _: DUTIES.get(line.duty),
        shown=False,
    ),
    Field(
        "eintrag",
        Column("Eintrag", order="eintrag"),
        _entry_cell,
        lambda line, around: (
            _ENTRIES.index(_entry(line, around)),
            line.last_confirmed.toordinal() if line.last_confirmed else 0,
        ),
    ),
    Field(
        "vzae",
        Column("VZÄ", order="vzae", number=True, meaning="Vollzeitäquivalente"),
        lambda line, _: amount_cell(line.fte, 2),
        lambda line, _: line.fte,
        shown=False,
    ),
    Field(
        "eur",
        Column("EUR im Jahr", order="eur", number=True, meaning="bewilligtes Geld, das läuft"),
        lambda line, _: amount_cell(line.eur_per_year),
        lambda line, _: line.eur_per_year,
    ),
    Field(
        "geld",
        Column("Geld", order="geld"),
        _money_cell,
        lambda line, around: sheets.BANDS.index(_money(line, around).band),
    ),
    Field(
        "geldbis",
        Column("Geld bis", order="geldbis"),
        _until,
        lambda line, around: _money(line, around).until,
    ),
    Field(
        "beginn",
        Column("Beginn", order="beginn"),
        lambda line, _: day_cell(line.starts),
        lambda line, _: line.starts,
        shown=False,
    ),
    Field(
        "ende",
        Column("Ende", order="ende"),
        lambda line, _: end_cell(line.ends, line.ends_kind),
        lambda line, _: end_value(line.ends, line.ends_kind),
    ),
    Field(
        "kennung",
        Column("Kennung", order="kennung"),
        lambda line, _: line.key,
        lambda line, _: line.key,
        shown=False,
    ),
)


def _offer(form: ListForm, lines: Sequence[StructureLine]) -> None:
    form.offer("thema", pairs([topic for line in lines for topic in line.topics]))
    form.offer("traeger", pairs([(line.organisation_key, line.organisation) for line in lines]))


def _answer(found: Sequence[StructureLine], around: Around) -> str:
    many = "Eine Struktur" if len(found) == 1 else f"{len(found)} Strukturen"
    bands = [_money(line, around).band for line in found]
    sure = sum(band in sheets.SURE for band in bands)
    return (
        f"{many}, Stand am {day(around.on)}. Das Geld ist bei {sure} gesichert, bei "
        f"{bands.count('unknown')} nicht bekannt."
    )


TABLE: Table[StructureLine] = Table(
    kind="structure",
    page="structures",
    one="Struktur",
    many="Strukturen",
    create="Struktur anlegen",
    fields=FIELDS,
    form=StructuresForm,
    lines=structure_lines,
    narrow={
        "art": lambda line, word, _: line.kind == word,
        "ebene": lambda line, word, _: line.level == word,
        "thema": lambda line, word, _: any(key == word for key, _ in line.topics),
        "traeger": lambda line, word, _: line.organisation_key == word,
        "geld": lambda line, word, around: _said(_money(line, around)).state == word,
        "eintrag": lambda line, word, around: _entry(line, around) == word,
    },
    words=lambda line: f"{line.name} {line.organisation} {line.key}",
    name=lambda line: line.name,
    offer=_offer,
    answer=_answer,
    deeds=(
        ("confirm", "Bestätigen"),
        ("topic", "Themenfeld …"),
        ("lead", "Träger …"),
        ("retire", "Ende setzen …"),
    ),
    needs_money=True,
)
