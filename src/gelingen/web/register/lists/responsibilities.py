"""The list of responsibilities."""

from collections.abc import Sequence

from gelingen.register.lists import ResponsibilityLine, responsibility_lines
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Basis, ResponsibilityKind
from gelingen.web.register.lists.columns import KEY, choice, last, level, moment, words
from gelingen.web.register.lists.forms import ListForm, ResponsibilitiesForm
from gelingen.web.register.lists.table import Around, Field, Table, pairs

KINDS, BASES = dict(ResponsibilityKind.choices()), dict(Basis.choices())
_RANKS = {kind.value: position for position, kind in enumerate(ResponsibilityKind)}


FIELDS: tuple[Field[ResponsibilityLine], ...] = (
    words("name", "Aufgabe", lambda line: line.task),
    choice("art", "Art", KINDS, lambda line: line.kind, ranks=_RANKS),
    words(
        "stelle",
        "Organisation",
        lambda line: line.organisation,
        link=lambda line, at: at.organisation(line.organisation_key),
    ),
    words("thema", "Themenfeld", lambda line: line.topic),
    words("gruppe", "Zielgruppe", lambda line: line.target_group),
    words("gebiet", "Gebiet", lambda line: line.territory),
    level(lambda line: line.level),
    choice("grundlage", "Grundlage", BASES, lambda line: line.basis),
    moment("beginn", "Beginn", lambda line: line.starts),
    last("ende", "Ende", lambda line: line.ends),
    KEY,
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
