"""The list of cooperation."""

from collections.abc import Sequence

from gelingen.register.lists import CooperationLine, cooperation_lines
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import CooperationKind, ReportedBy
from gelingen.web.lists import Cell, Column
from gelingen.web.register.lists.forms import CooperationForm, ListForm
from gelingen.web.register.lists.table import (
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

KINDS, REPORTED = dict(CooperationKind.choices()), dict(ReportedBy.choices())
STRENGTHS = ("0 (kaum)", "1", "2", "3 (eng)")


def _last(line: CooperationLine, around: Around) -> Cell | str:
    if is_over(line.ends, around.on):
        return Cell(f"{ENTRY['ended'].word} {last_cell(line.ends)}", state="ended")
    return last_cell(line.ends)


FIELDS: tuple[Field[CooperationLine], ...] = (
    Field(
        "name",
        Column("Organisation", order="name", cut=True),
        lambda line, around: Cell(line.a, url=around.organisation(line.a_key)),
        lambda line, _: fold(line.a),
    ),
    Field(
        "mit",
        Column("arbeitet zusammen mit", order="mit", cut=True),
        lambda line, around: Cell(line.b, url=around.organisation(line.b_key)),
        lambda line, _: fold(line.b),
    ),
    Field(
        "art",
        Column("Art", order="art"),
        lambda line, _: KINDS.get(line.kind, "–"),
        lambda line, _: KINDS.get(line.kind),
    ),
    Field(
        "thema",
        Column("Themenfeld", order="thema", cut=True),
        lambda line, _: line.topic or "allgemein",
        lambda line, _: fold(line.topic or "allgemein"),
    ),
    Field(
        "staerke",
        Column("Stärke", order="staerke"),
        lambda line, _: "–" if line.intensity is None else STRENGTHS[line.intensity],
        lambda line, _: line.intensity,
    ),
    Field(
        "genannt",
        Column("Genannt von", order="genannt"),
        lambda line, _: REPORTED[line.reported_by],
        lambda line, _: REPORTED[line.reported_by],
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


def _offer(form: ListForm, lines: Sequence[CooperationLine]) -> None:
    form.offer("thema", pairs([(line.topic_key, line.topic) for line in lines]))
    sides = [side for line in lines for side in ((line.a_key, line.a), (line.b_key, line.b))]
    form.offer("stelle", pairs(sides))


def _answer(found: Sequence[CooperationLine], around: Around) -> str:
    many = "Eine Verbindung" if len(found) == 1 else f"{len(found)} Verbindungen"
    both = sum(line.reported_by == ReportedBy.BOTH for line in found)
    return f"{many}, Stand am {day(around.on)}; {both} nennen beide Seiten."


TABLE: Table[CooperationLine] = Table(
    kind="cooperation",
    page="cooperation",
    one="Zusammenarbeit",
    many="Verbindungen",
    create="Zusammenarbeit anlegen",
    fields=FIELDS,
    form=CooperationForm,
    lines=cooperation_lines,
    narrow={
        "thema": lambda line, word, _: line.topic_key == word,
        "art": lambda line, word, _: line.kind == word,
        "genannt": lambda line, word, _: line.reported_by == word,
        "stelle": lambda line, word, _: word in (line.a_key, line.b_key),
    },
    words=lambda line: f"{line.a} {line.b} {line.topic or ''}",
    name=lambda line: f"{line.a} – {line.b}",
    offer=_offer,
    answer=_answer,
    deeds=(("topic", "Themenfeld …"), ("retire", "Ende setzen …")),
)
