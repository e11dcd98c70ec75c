"""The list of fundings."""

from collections.abc import Sequence
from datetime import date

from gelingen.register.lists import FundingLine, funding_lines
from gelingen.terms.spelling import day, last_day, number
from gelingen.terms.vocabulary import FundingState
from gelingen.web.lists import Cell, Column
from gelingen.web.register.lists.forms import FundingsForm, ListForm
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
from gelingen.web.states import ENTRY, look
from gelingen.workbook.folding import fold

STATES = {state.value: position for position, state in enumerate(FundingState)}


def called(line: FundingLine) -> str:
    """Name money by its programme, else by who gives it."""
    return line.programme or line.funder or "Finanzierung ohne Namen"


def _state(line: FundingLine, around: Around) -> Cell:
    if is_over(line.ends, around.on):
        return Cell(ENTRY["ended"].word, state="ended")
    state = FundingState.of(line.state)
    return Cell(look(state).word, state=state)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{number(value)} %"


def _ends_by(line: FundingLine, word: str, _: Around) -> bool:
    return line.ends is not None and last_day(line.ends) <= date.fromisoformat(word)


FIELDS: tuple[Field[FundingLine], ...] = (
    Field(
        "name",
        Column("Programm oder Geldgeber", order="name", cut=True),
        lambda line, around: Cell(
            called(line), url=around.structure(line.structure_key), heard=f"für {line.structure}"
        ),
        lambda line, _: fold(called(line)),
    ),
    Field(
        "struktur",
        Column("Struktur", order="struktur", cut=True),
        lambda line, _: line.structure,
        lambda line, _: fold(line.structure),
    ),
    Field(
        "traeger",
        Column("Träger", order="traeger", cut=True),
        lambda line, _: line.organisation,
        lambda line, _: fold(line.organisation),
    ),
    Field(
        "geldgeber",
        Column("Geldgeber", order="geldgeber", cut=True),
        lambda line, _: line.funder or "–",
        lambda line, _: fold(line.funder) if line.funder else None,
        shown=False,
    ),
    Field(
        "ebene",
        Column("Ebene", order="ebene", meaning="Ebene des Geldgebers"),
        lambda line, _: SHORT_LEVELS.get(line.funder_level, "–"),
        lambda line, _: LEVELS.get(line.funder_level),
        shown=False,
    ),
    Field(
        "geld",
        Column("Geld", order="geld"),
        _state,
        lambda line, _: STATES[line.state],
    ),
    Field(
        "anteil",
        Column("Anteil", order="anteil", number=True),
        lambda line, _: _percent(line.share),
        lambda line, _: line.share,
        shown=False,
    ),
    Field(
        "aussicht",
        Column("Aussicht", order="aussicht", number=True, meaning="Wahrscheinlichkeit"),
        lambda line, _: _percent(line.probability),
        lambda line, _: line.probability,
        shown=False,
    ),
    Field(
        "eur",
        Column("EUR im Jahr", order="eur", number=True),
        lambda line, _: amount_cell(line.eur_per_year),
        lambda line, _: line.eur_per_year,
    ),
    Field(
        "summe",
        Column("EUR insgesamt", order="summe", number=True),
        lambda line, _: amount_cell(line.eur_total),
        lambda line, _: line.eur_total,
        shown=False,
    ),
    Field(
        "beginn",
        Column("Beginn", order="beginn"),
        lambda line, _: day_cell(line.starts),
        lambda line, _: line.starts,
    ),
    Field(
        "ende",
        Column("Ende", order="ende"),
        lambda line, _: end_cell(line.ends, line.ends_kind),
        lambda line, _: end_value(line.ends, line.ends_kind),
    ),
    Field(
        "frist",
        Column("Antragsfrist", order="frist"),
        lambda line, _: day_cell(line.deadline),
        lambda line, _: line.deadline,
    ),
    Field(
        "kennung",
        Column("Kennung", order="kennung"),
        lambda line, _: line.key,
        lambda line, _: line.key,
        shown=False,
    ),
)


def _offer(form: ListForm, lines: Sequence[FundingLine]) -> None:
    form.offer("geldgeber", pairs([(line.funder_key, line.funder) for line in lines]))
    form.offer("traeger", pairs([(line.organisation_key, line.organisation) for line in lines]))


def _answer(found: Sequence[FundingLine], around: Around) -> str:
    many = "Eine Finanzierung" if len(found) == 1 else f"{len(found)} Finanzierungen"
    ahead = [line.ends for line in found if line.ends and line.ends > around.on]
    first = f" Als Nächstes endet eine am {day(last_day(min(ahead)))}." if ahead else ""
    return f"{many}, Stand am {day(around.on)}.{first}"


TABLE: Table[FundingLine] = Table(
    kind="funding",
    page="fundings",
    one="Finanzierung",
    many="Finanzierungen",
    create="Finanzierung anlegen",
    fields=FIELDS,
    form=FundingsForm,
    lines=funding_lines,
    narrow={
        "geld": lambda line, word, _: line.state == word,
        "endet": _ends_by,
        "geldgeber": lambda line, word, _: line.funder_key == word,
        "traeger": lambda line, word, _: line.organisation_key == word,
    },
    words=lambda line: f"{called(line)} {line.funder or ''} {line.structure} {line.organisation}",
    name=called,
    offer=_offer,
    answer=_answer,
    deeds=(("retire", "Ende setzen …"),),
)
