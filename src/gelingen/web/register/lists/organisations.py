"""The list of organisations and their units."""

from collections.abc import Sequence

from gelingen.register.lists import OrganisationLine, organisation_lines
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import OrganisationKind
from gelingen.web.lists import Column
from gelingen.web.register.lists.columns import KEY, amount, choice, last, level, words
from gelingen.web.register.lists.forms import ListForm, OrganisationsForm
from gelingen.web.register.lists.table import Around, Field, Table, pairs

KINDS = dict(OrganisationKind.choices())


FIELDS: tuple[Field[OrganisationLine], ...] = (
    words(
        "name",
        "Organisation",
        lambda line: line.name,
        link=lambda line, at: at.organisation(line.key),
    ),
    choice("art", "Art", KINDS, lambda line: line.kind, cut=True),
    level(lambda line: line.level),
    words("oben", "Gehört zu", lambda line: line.above),
    words("sitz", "Sitz", lambda line: line.seat, cut=False),
    Field(
        "strukturen",
        Column("Strukturen", order="strukturen", number=True),
        lambda line, _: str(line.structures),
        lambda line, _: line.structures,
    ),
    amount(
        "eur",
        "EUR im Jahr",
        lambda line: line.eur_per_year,
        meaning="bewilligtes Geld ihrer Strukturen",
    ),
    words("kontakt", "Ansprechstelle", lambda line: line.contact, shown=False),
    words("postfach", "Funktionspostfach", lambda line: line.mailbox, shown=False),
    last("bis", "Bestand bis", lambda line: line.ends),
    KEY,
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
