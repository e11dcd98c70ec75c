"""The list of cooperation."""

from collections.abc import Sequence

from gelingen.register.lists import CooperationLine, cooperation_lines
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import CooperationKind, ReportedBy
from gelingen.web.lists import Column
from gelingen.web.register.lists.columns import KEY, choice, last, moment, words
from gelingen.web.register.lists.forms import CooperationForm, ListForm
from gelingen.web.register.lists.table import Around, Field, Table, pairs

KINDS, REPORTED = dict(CooperationKind.choices()), dict(ReportedBy.choices())
STRENGTHS = ("0 (kaum)", "1", "2", "3 (eng)")


FIELDS: tuple[Field[CooperationLine], ...] = (
    words(
        "name",
        "Organisation",
        lambda line: line.a,
        link=lambda line, at: at.organisation(line.a_key),
    ),
    words(
        "mit",
        "arbeitet zusammen mit",
        lambda line: line.b,
        link=lambda line, at: at.organisation(line.b_key),
    ),
    choice("art", "Art", KINDS, lambda line: line.kind),
    words("thema", "Themenfeld", lambda line: line.topic or "allgemein"),
    Field(
        "staerke",
        Column("Stärke", order="staerke"),
        lambda line, _: "–" if line.intensity is None else STRENGTHS[line.intensity],
        lambda line, _: line.intensity,
    ),
    choice("genannt", "Genannt von", REPORTED, lambda line: line.reported_by),
    moment("beginn", "Beginn", lambda line: line.starts),
    last("ende", "Ende", lambda line: line.ends),
    KEY,
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
