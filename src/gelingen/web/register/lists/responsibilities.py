"""The list of responsibilities."""

from collections.abc import Sequence

from gelingen.register.lists import ResponsibilityLine, responsibility_lines
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Basis, ResponsibilityKind
from gelingen.web.lists import Cell, Column
from gelingen.web.register.lists.forms import ListForm, ResponsibilitiesForm
from gelingen.web.register.lists.table import (
    LEVELS,
    SHORT_LEVELS,
    Around,
    Field,
    Table,
    day_cell,
    is_over,
    last_cell,
    pairs,
)
from gelingen.web.states import ENTRY
from gelingen.workbook.folding import fold

KINDS, BASES = dict(ResponsibilityKind.choices()), dict(Basis.choices())
_RANKS = {kind.value: position for position, kind in enumerate(ResponsibilityKind)}


def _last(line: ResponsibilityLine, around: Around) -> Cell | str:
    if is_over(line.ends, around.on):
        return Cell(f"{ENTRY['ended'].word} {last_cell(line.ends)}", state="ended")
    return last_cell(line.ends)


FIELDS: tuple[Field[ResponsibilityLine], ...] = (
    Field(
        "name",
        Column("Aufgabe", order="name", cut=True),
        lambda line, _: line.task,
        lambda line, _: fold(line.task),
    ),
    Field(
        "art",
        Column("Art", order="art"),
        lambda line, _: KINDS[line.kind],
        lambda line, _: _RANKS[line.kind],
    ),
    Field(
        "stelle",
        Column("Organisation", order="stelle", cut=True),
        lambda line, around: Cell(
            line.organisation, url=around.organisation(line.organisation_key)
        ),
        lambda line, _: fold(line.organisation),
    ),
    Field(
        "thema",
        Column("Themenfeld", order="thema", cut=True),
        lambda line, _: line.topic,
        lambda line, _: fold(line.topic),
    ),
    Field(
        "gruppe",
        Column("Zielgruppe", order="gruppe", cut=True),
        lambda line, _: line.target_group,
        lambda line, _: fold(line.target_group),
    ),
    Field(
        "gebiet",
        Column("Gebiet", order="gebiet", cut=True),
        lambda line, _: line.territory,
        lambda line, _: fold(line.territory),
    ),
    Field(
        "ebene",
        Column("Ebene", order="ebene"),
        lambda line, _: SHORT_LEVELS.get(line.level, "–"),
        lambda line, _: LEVELS.get(line.level),
        shown=False,
    ),
    Field(
        "grundlage",
        Column("Grundlage", order="grundlage"),
        lambda line, _: BASES.get(line.basis, "–"),
        lambda line, _: BASES.get(line.basis),
    ),
    Field(
        "beginn",
        Column("Beginn", order="beginn"),
        lambda line, _: day_cell(line.starts),
        lambda line, _: line.starts,
    ),
    Field("ende", Column("Ende", order="ende"), _last, lambda line, _: line.ends),
    Field(
        "kennung",
        Column("Kennung", order="kennung"),
        lambda line, _: line.key,
        lambda line, _: line.key,
        shown=False,
    ),
)


def _offer(form: ListForm, lines: Sequence[ResponsibilityLine]) -> None:
    form.offer("thema", pairs([(line.topic_key, line.topic) for line in lines]))
    form.offer("stelle", pairs([(line.organisation_key, line.organisation) for line in lines]))


def _answer(found: Sequence[ResponsibilityLine], around: Around) -> str:
    many = "Eine Zuständigkeit" if len(found) == 1 else f"{len(found)} Zuständigkeiten"
    leads = sum(line.kind == ResponsibilityKind.LEAD for line in found)
    return f"{many}, Stand am {day(around.on)}, davon {leads} Federführungen."


TABLE: Table[ResponsibilityLine] = Table(
    kind="responsibility",
    page="responsibilities",
    one="Zuständigkeit",
    many="Zuständigkeiten",
    create="Zuständigkeit anlegen",
    fields=FIELDS,
    form=ResponsibilitiesForm,
    lines=responsibility_lines,
    narrow={
        "thema": lambda line, word, _: line.topic_key == word,
        "art": lambda line, word, _: line.kind == word,
        "ebene": lambda line, word, _: line.level == word,
        "stelle": lambda line, word, _: line.organisation_key == word,
    },
    words=lambda line: f"{line.task} {line.organisation} {line.topic} {line.territory}",
    name=lambda line: line.task,
    offer=_offer,
    answer=_answer,
    deeds=(("topic", "Themenfeld …"), ("lead", "Organisation …"), ("retire", "Ende setzen …")),
)
