"""The list of organisations and their units."""

from collections.abc import Sequence

from gelingen.register.lists import OrganisationLine, organisation_lines
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import OrganisationKind
from gelingen.web.lists import Cell, Column
from gelingen.web.register.lists.forms import ListForm, OrganisationsForm
from gelingen.web.register.lists.table import (
    LEVELS,
    SHORT_LEVELS,
    Around,
    Field,
    Table,
    amount_cell,
    is_over,
    last_cell,
    pairs,
)
from gelingen.web.states import ENTRY
from gelingen.workbook.folding import fold

KINDS = dict(OrganisationKind.choices())


def _last(line: OrganisationLine, around: Around) -> Cell | str:
    if is_over(line.ends, around.on):
        return Cell(f"{ENTRY['ended'].word} {last_cell(line.ends)}", state="ended")
    return last_cell(line.ends)


FIELDS: tuple[Field[OrganisationLine], ...] = (
    Field(
        "name",
        Column("Organisation", order="name", cut=True),
        lambda line, around: Cell(line.name, url=around.organisation(line.key)),
        lambda line, _: fold(line.name),
    ),
    Field(
        "art",
        Column("Art", order="art", cut=True),
        lambda line, _: KINDS.get(line.kind, "–"),
        lambda line, _: KINDS.get(line.kind),
    ),
    Field(
        "ebene",
        Column("Ebene", order="ebene"),
        lambda line, _: SHORT_LEVELS.get(line.level, "–"),
        lambda line, _: LEVELS.get(line.level),
        shown=False,
    ),
    Field(
        "oben",
        Column("Gehört zu", order="oben", cut=True),
        lambda line, _: line.above or "–",
        lambda line, _: fold(line.above) if line.above else None,
    ),
    Field(
        "sitz",
        Column("Sitz", order="sitz"),
        lambda line, _: line.seat or "–",
        lambda line, _: fold(line.seat) if line.seat else None,
    ),
    Field(
        "strukturen",
        Column("Strukturen", order="strukturen", number=True),
        lambda line, _: str(line.structures),
        lambda line, _: line.structures,
    ),
    Field(
        "eur",
        Column(
            "EUR im Jahr", order="eur", number=True, meaning="bewilligtes Geld ihrer Strukturen"
        ),
        lambda line, _: amount_cell(line.eur_per_year),
        lambda line, _: line.eur_per_year,
    ),
    Field(
        "kontakt",
        Column("Ansprechstelle", order="kontakt", cut=True),
        lambda line, _: line.contact or "–",
        lambda line, _: fold(line.contact) or None,
        shown=False,
    ),
    Field(
        "postfach",
        Column("Funktionspostfach", order="postfach", cut=True),
        lambda line, _: line.mailbox or "–",
        lambda line, _: line.mailbox or None,
        shown=False,
    ),
    Field("bis", Column("Bestand bis", order="bis"), _last, lambda line, _: line.ends),
    Field(
        "kennung",
        Column("Kennung", order="kennung"),
        lambda line, _: line.key,
        lambda line, _: line.key,
        shown=False,
    ),
)


def _offer(form: ListForm, lines: Sequence[OrganisationLine]) -> None:
    form.offer("sitz", pairs([(line.seat, line.seat) for line in lines]))
    form.offer("oben", pairs([(line.above_key, line.above) for line in lines]))


def _answer(found: Sequence[OrganisationLine], around: Around) -> str:
    many = "Eine Organisation" if len(found) == 1 else f"{len(found)} Organisationen"
    without = sum(not line.structures for line in found)
    return f"{many}, Stand am {day(around.on)}; {without} davon tragen keine Struktur."


TABLE: Table[OrganisationLine] = Table(
    kind="organisation",
    page="organisations",
    one="Organisation",
    many="Organisationen",
    create="Organisation anlegen",
    fields=FIELDS,
    form=OrganisationsForm,
    lines=organisation_lines,
    narrow={
        "art": lambda line, word, _: line.kind == word,
        "ebene": lambda line, word, _: line.level == word,
        "sitz": lambda line, word, _: line.seat == word,
        "oben": lambda line, word, _: line.above_key == word,
    },
    words=lambda line: f"{line.name} {line.key}",
    name=lambda line: line.name,
    offer=_offer,
    answer=_answer,
    deeds=(("retire", "Ende setzen …"),),
)
