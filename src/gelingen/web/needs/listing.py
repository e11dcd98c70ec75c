"""The list of needs."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from gelingen.access.models import Tenant, User
from gelingen.needs.lists import PLANNED, NeedLine, changeable, need_lines
from gelingen.plan.queries import planned_needs
from gelingen.terms.spelling import day, number, number_range
from gelingen.terms.vocabulary import NeedKind
from gelingen.web.lists import Cell, Column
from gelingen.web.needs.forms import ALL, DEEDS, NOW, STANDINGS, NeedsForm
from gelingen.web.needs.tabs import tabs
from gelingen.web.needs.weights import Weighed, groups_in_words, weigh
from gelingen.web.register.lists.columns import KEY, choice, last, level, words
from gelingen.web.register.lists.forms import ListForm
from gelingen.web.register.lists.table import Area, Around, Field, Table, day_cell, pairs
from gelingen.workbook.folding import fold

KINDS = dict(NeedKind.choices())
RANKS = {name: rank for rank, name in enumerate(STANDINGS)}


def _lines(actor: User, tenant: Tenant, *, on: date, every: bool = False) -> list[NeedLine]:
    """Read the needs with what the plan says about them. Four queries."""
    planned = planned_needs(actor, tenant)
    return need_lines(actor, tenant, on=on, every=every, planned=planned)


def _when(line: NeedLine, around: Around) -> str:
    """Say from when it is needed."""
    if line.starts is None or line.starts <= around.on:
        return NOW
    return f"ab {day(line.starts)}"


def topic_of(line: NeedLine) -> str:
    """Name the topics that stand for a need on the day."""
    return ", ".join(name for _, name in line.topics)


def _topic_cell(line: NeedLine, _: Around) -> Cell:
    return Cell(topic_of(line), below=f"früher: {line.formerly}" if line.formerly else "")


def severity_of(line: NeedLine) -> str:
    """Write how severe it is: one number, or the least and the most that is said."""
    return number_range(*line.severities) if line.severities else "–"


def _quantity(line: NeedLine, _: Around) -> str:
    if line.quantity_low is None and line.quantity_high is None:
        return "–"
    return f"{number_range(line.quantity_low, line.quantity_high)} {line.unit}".strip()


def _voices(line: NeedLine) -> str:
    return groups_in_words(line.said.groups)


def _share(line: NeedLine, around: Around) -> float | None:
    return cast("Weighed", around.more).shares.get(line.key)


def _share_cell(line: NeedLine, around: Around) -> str:
    share = _share(line, around)
    return "–" if share is None else f"{number(100 * share, 1)} %"


def _standing(line: NeedLine, _: Around) -> str:
    said = line.since is not None and line.standing == line.state
    since = f" seit {day_cell(line.since)}" if said else ""
    return f"{STANDINGS[line.standing]}{since}"


FIELDS: tuple[Field[NeedLine], ...] = (
    words("name", "Bedarf", lambda line: line.statement, link=lambda line, at: at.need(line.key)),
    Field("thema", Column("Themenfeld", order="thema", cut=True), _topic_cell,
          lambda line, _: fold(topic_of(line))),
    words("gruppe", "Zielgruppe", lambda line: line.target_group),
    words("gebiet", "Gebiet", lambda line: line.territory, cut=False),
    level(lambda line: line.level),
    choice("art", "Art", KINDS, lambda line: line.kind),
    Field(
        "schwere",
        Column("Schwere", order="schwere", number=True, meaning="1 gering bis 5 sehr schwer"),
        lambda line, _: severity_of(line),
        lambda line, _: line.severities[::-1] if line.severities else None,
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
    last("bis", "Bis", lambda line: line.ends, shown=False),
    Field(
        "stimmen",
        Column("Stimmen", order="stimmen", number=True, meaning="je Organisation eine"),
        lambda line, _: str(line.said.number),
        lambda line, _: line.said.number,
    ),
    words("aus", "Stimmen nach Gruppe", _voices, shown=False),
    Field(
        "anteil",
        Column("Anteil", order="anteil", number=True, meaning="an den Stimmen, nach Gewichten"),
        _share_cell,
        _share,
    ),
    Field("stehend", Column("Stand", order="stehend"), _standing,
          lambda line, _: RANKS[line.standing]),
    KEY,
)  # fmt: skip


def _offer(form: ListForm, lines: Sequence[NeedLine]) -> None:
    form.offer("thema", pairs([topic for line in lines for topic in line.topics]))
    form.offer("gruppe", pairs([(line.target_group_key, line.target_group) for line in lines]))
    form.offer("gebiet", pairs([(line.territory_key, line.territory) for line in lines]))
    form.offer("stimme", pairs([(g, g) for line in lines for g, _ in line.said.groups]))


def _answer(found: Sequence[NeedLine], around: Around) -> str:
    many = "Ein Bedarf" if len(found) == 1 else f"{len(found)} Bedarfe"
    later = sum(_when(line, around) != NOW for line in found)
    planned = sum(line.standing == PLANNED for line in found)
    silent = sum(not line.said.number for line in found)
    return (
        f"{many}, Stand am {day(around.on)}; {later} davon erst später, {planned} geplant, "
        f"{silent} ohne Stimme."
    )


TABLE: Table[NeedLine] = Table(
    kind="need",
    page="needs",
    one="Bedarf",
    many="Bedarfe",
    create="Bedarf anlegen",
    fields=FIELDS,
    form=NeedsForm,
    lines=_lines,
    narrow={
        "thema": lambda line, word, _: any(key == word for key, _ in line.topics),
        "gruppe": lambda line, word, _: line.target_group_key == word,
        "gebiet": lambda line, word, _: line.territory_key.startswith(word),
        "ebene": lambda line, word, _: line.level == word,
        "art": lambda line, word, _: line.kind == word,
        "wann": lambda line, word, around: (_when(line, around) == NOW) == (word == NOW),
        "stimme": lambda line, word, _: any(group == word for group, _ in line.said.groups),
        "zeigen": lambda line, word, _: word in (ALL, line.standing),
    },
    words=lambda line: f"{line.statement} {line.formerly} {line.key}",
    name=lambda line: line.statement,
    offer=_offer,
    answer=_answer,
    deeds=DEEDS,
    area=Area("Bedarfe", "needs", tabs, prefix="need-"),
    changeable=changeable,
    more=weigh,
    tools="needs/tools.html",
    below="needs/below.html",
)
