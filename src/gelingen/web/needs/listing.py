"""The list of needs."""

from collections.abc import Sequence

from gelingen.needs.lists import NeedLine, changeable, need_lines
from gelingen.terms.spelling import day, number_range
from gelingen.terms.vocabulary import NeedKind
from gelingen.web.lists import Column
from gelingen.web.needs.forms import NeedsForm
from gelingen.web.needs.tabs import tabs
from gelingen.web.register.lists.columns import KEY, choice, last, level, words
from gelingen.web.register.lists.forms import ListForm
from gelingen.web.register.lists.table import Area, Around, Field, Table, pairs

KINDS = dict(NeedKind.choices())
NOW, LATER = "jetzt", "spaeter"


def _when(line: NeedLine, around: Around) -> str:
    """Say from when it is needed."""
    if line.starts is None or line.starts <= around.on:
        return NOW
    return f"ab {day(line.starts)}"


def _quantity(line: NeedLine, _: Around) -> str:
    if line.quantity_low is None and line.quantity_high is None:
        return "–"
    return f"{number_range(line.quantity_low, line.quantity_high)} {line.unit}".strip()


FIELDS: tuple[Field[NeedLine], ...] = (
    words("name", "Bedarf", lambda line: line.statement, link=lambda line, at: at.need(line.key)),
    words("thema", "Themenfeld", lambda line: line.topic),
    words("gruppe", "Zielgruppe", lambda line: line.target_group),
    words("gebiet", "Gebiet", lambda line: line.territory),
    level(lambda line: line.level),
    choice("art", "Art", KINDS, lambda line: line.kind, shown=False),
    Field(
        "schwere",
        Column("Schwere", order="schwere", number=True, meaning="1 (gering) bis 5 (groß)"),
        lambda line, _: "–" if line.severity is None else str(line.severity),
        lambda line, _: line.severity,
    ),
    Field(
        "menge",
        Column("Menge", order="menge"),
        _quantity,
        lambda line, _: line.quantity_low if line.quantity_high is None else line.quantity_high,
        shown=False,
    ),
    Field(
        "wann",
        Column("Ab wann", order="wann"),
        _when,
        lambda line, around: max(line.starts or around.on, around.on),
    ),
    last("bis", "Bis", lambda line: line.ends),
    KEY,
)


def _offer(form: ListForm, lines: Sequence[NeedLine]) -> None:
    form.offer("thema", pairs([(line.topic_key, line.topic) for line in lines]))
    form.offer("gruppe", pairs([(line.target_group_key, line.target_group) for line in lines]))
    form.offer("gebiet", pairs([(line.territory_key, line.territory) for line in lines]))


def _answer(found: Sequence[NeedLine], around: Around) -> str:
    many = "Ein Bedarf" if len(found) == 1 else f"{len(found)} Bedarfe"
    later = sum(_when(line, around) != NOW for line in found)
    return f"{many}, Stand am {day(around.on)}; {later} davon erst später."


TABLE: Table[NeedLine] = Table(
    kind="need",
    page="needs",
    one="Bedarf",
    many="Bedarfe",
    create="Bedarf anlegen",
    fields=FIELDS,
    form=NeedsForm,
    lines=need_lines,
    narrow={
        "thema": lambda line, word, _: line.topic_key == word,
        "gruppe": lambda line, word, _: line.target_group_key == word,
        "gebiet": lambda line, word, _: line.territory_key == word,
        "ebene": lambda line, word, _: line.level == word,
        "art": lambda line, word, _: line.kind == word,
        "wann": lambda line, word, around: (_when(line, around) == NOW) == (word == NOW),
    },
    words=lambda line: f"{line.statement} {line.key}",
    name=lambda line: line.statement,
    offer=_offer,
    answer=_answer,
    deeds=(),
    area=Area("Bedarfe", "needs", tabs, prefix="need-"),
    changeable=changeable,
)
