"""The list of structures."""

from collections.abc import Sequence
from functools import lru_cache

from gelingen.findings.current import Money
from gelingen.register.lists import StructureLine, received_lines, structure_lines
from gelingen.register.standing import end_words, is_confirmed
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Duty, Function, Permanence, StructureKind
from gelingen.web.lists import Cell, Column
from gelingen.web.register import sheets
from gelingen.web.register.lists.columns import KEY, amount, choice, level, moment, words
from gelingen.web.register.lists.forms import SOURCE, ListForm, StructuresForm
from gelingen.web.register.lists.table import (
    Around,
    Field,
    Table,
    end_value,
    is_over,
    pairs,
)
from gelingen.web.states import ENTRY

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
    """Say whether an entry can be trusted, as a name of a state; others answer for theirs."""
    if line.source:
        return ""
    if is_over(line.ends, around.on):
        return "ended"
    confirmed = is_confirmed(line.last_confirmed, on=around.on)
    return "confirmed" if confirmed else "to-confirm"


def _entry_cell(line: StructureLine, around: Around) -> Cell | str:
    state = _entry(line, around)
    if not state:
        return "–"
    when = f" {line.last_confirmed:%m/%y}" if state == "confirmed" else ""
    return Cell(f"{ENTRY[state].word}{when}", state=state)


def _topics(line: StructureLine) -> str:
    return ", ".join(name for _, name in line.topics)


FIELDS: tuple[Field[StructureLine], ...] = (
    words("name", "Struktur", lambda line: line.name, link=lambda line, at: at.structure(line.key)),
    words("traeger", "Träger", lambda line: line.organisation),
    choice("art", "Art", KINDS, lambda line: line.kind, shown=False),
    level(lambda line: line.level),
    words("thema", "Themenfeld", _topics),
    choice("funktion", "Funktion", FUNCTIONS, lambda line: line.function, shown=False),
    choice("dauer", "Dauerhaftigkeit", PERMANENCES, lambda line: line.permanence, shown=False),
    choice("pflicht", "Pflicht", DUTIES, lambda line: line.duty, shown=False),
    Field(
        "eintrag",
        Column("Eintrag", order="eintrag"),
        _entry_cell,
        lambda line, around: (
            None
            if line.source
            else (
                _ENTRIES.index(_entry(line, around)),
                line.last_confirmed.toordinal() if line.last_confirmed else 0,
            )
        ),
    ),
    amount(
        "vzae", "VZÄ", lambda line: line.fte, meaning="Vollzeitäquivalente", digits=2, shown=False
    ),
    amount(
        "eur", "EUR im Jahr", lambda line: line.eur_per_year, meaning="bewilligtes Geld, das läuft"
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
    moment("beginn", "Beginn", lambda line: line.starts, shown=False),
    Field(
        "ende",
        Column("Ende", order="ende"),
        lambda line, _: end_words(line.ends, line.ends_kind),
        lambda line, _: end_value(line.ends, line.ends_kind),
    ),
    words(SOURCE, "Quelle", lambda line: line.source, none="eigene", shown=False),
    KEY,
)


def _offer(form: ListForm, lines: Sequence[StructureLine]) -> None:
    form.offer("thema", pairs([topic for line in lines for topic in line.topics]))
    form.offer("traeger", pairs([(line.organisation_key, line.organisation) for line in lines]))


def _answer(found: Sequence[StructureLine], around: Around) -> str:
    many = "Eine Struktur" if len(found) == 1 else f"{len(found)} Strukturen"
    bands = [_money(line, around).band for line in found]
    sure = sum(band in sheets.SURE for band in bands)
    others = sum(bool(line.source) for line in found)
    if others:
        many += f", davon {others} von anderen freigegeben"
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
    received=received_lines,
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
