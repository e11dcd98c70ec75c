"""The list of fundings."""

from collections.abc import Callable, Sequence
from datetime import date

from gelingen.register.lists import FundingLine, funding_lines
from gelingen.register.standing import end_words
from gelingen.terms.spelling import day, last_day, number
from gelingen.terms.vocabulary import FundingState
from gelingen.web.lists import Cell, Column
from gelingen.web.register.lists.columns import KEY, amount, level, moment, words
from gelingen.web.register.lists.forms import FundingsForm, ListForm
from gelingen.web.register.lists.table import (
    Around,
    Field,
    Table,
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


def _share(
    name: str, head: str, value: Callable[[FundingLine], float | None], *, meaning: str = ""
) -> Field[FundingLine]:
    def cell(line: FundingLine, _: Around) -> str:
        given = value(line)
        return "–" if given is None else f"{number(given)} %"

    column = Column(head, order=name, number=True, meaning=meaning)
    return Field(name, column, cell, lambda line, _: value(line), shown=False)


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
    words("struktur", "Struktur", lambda line: line.structure),
    words("traeger", "Träger", lambda line: line.organisation),
    words("geldgeber", "Geldgeber", lambda line: line.funder, shown=False),
    level(lambda line: line.funder_level, meaning="Ebene des Geldgebers"),
    Field("geld", Column("Geld", order="geld"), _state, lambda line, _: STATES[line.state]),
    _share("anteil", "Anteil", lambda line: line.share),
    _share("aussicht", "Aussicht", lambda line: line.probability, meaning="Wahrscheinlichkeit"),
    amount("eur", "EUR im Jahr", lambda line: line.eur_per_year),
    amount("summe", "EUR insgesamt", lambda line: line.eur_total, shown=False),
    moment("beginn", "Beginn", lambda line: line.starts),
    Field(
        "ende",
        Column("Ende", order="ende"),
        lambda line, _: end_words(line.ends, line.ends_kind),
        lambda line, _: end_value(line.ends, line.ends_kind),
    ),
    moment("frist", "Antragsfrist", lambda line: line.deadline),
    KEY,
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
