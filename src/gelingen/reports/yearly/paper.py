"""Reports on a plan as documents: yearly and evaluation, for one municipality, for one funder."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from gelingen.documents import (
    Block,
    Document,
    Heading,
    Landscape,
    Note,
    NoteKind,
    Paragraph,
    from_markdown,
)
from gelingen.errors import NotFoundError
from gelingen.reports.counting import counted
from gelingen.reports.yearly import glance, outlook, topics
from gelingen.reports.yearly.saying import span
from gelingen.reports.yearly.told import Told
from gelingen.terms.spelling import day
from gelingen.terms.yearly import Chapter, ReportKind, ReportState

if TYPE_CHECKING:
    from gelingen.places.models import Territory
    from gelingen.register.models import Funding
    from gelingen.yearly.subjects import Line

Part = Callable[[Told], Iterable[Block]]
PARTS: dict[Chapter, Part] = {
    Chapter.GLANCE: glance.glance,
    Chapter.DECIDED: topics.decided,
    Chapter.TOPICS: topics.topics,
    Chapter.GAPS: outlook.gaps,
    Chapter.FUNDING: outlook.ending_money,
    Chapter.CONTEXT: outlook.context,
    Chapter.CONCLUSIONS: outlook.conclusions,
    Chapter.NEXT: outlook.following,
}
# An evaluation looks back over several years at goals; it chooses nothing for the next one.
EVALUATED = (
    Chapter.GLANCE, Chapter.TOPICS, Chapter.GAPS, Chapter.CONTEXT, Chapter.CONCLUSIONS
)  # fmt: skip


# What was changed in a report since, nothing tells apart from what it said then.
_OF_TODAY = (
    "Maßnahmen und Stand sind die bei der Freigabe, Sachstände die bis dahin gegebenen. Ihre Texte "
    "und Zahlen und die Angaben aus dem Plan sind von heute."
)


class NothingToReportError(NotFoundError):
    """The municipality or the programme does not occur in the plan."""


def chapters_of(kind: str) -> list[Chapter]:
    """Give the chapters of a kind of report, in their order."""
    return [one for one in PARTS if kind != ReportKind.EVALUATION or one in EVALUATED]


def year_report(told: Told) -> Document:
    """Write the report as it is now."""
    return Document(
        title=told.report.title,
        subtitle=f"{ReportKind.of(told.report.kind).label} {span(told.report)}",
        author=told.report.tenant.name,
        date_line=f"Stand {day(told.on)}",
        edition=_edition(told),
        cover=(
            ("Herausgeber", told.report.tenant.name),
            ("Plan", told.report.plan.title),
            ("Zeitraum", span(told.report)),
        ),
        blocks=tuple(_blocks(told)),
    )


def _edition(told: Told) -> str:
    return "Freigegeben" if told.report.state == ReportState.RELEASED else "Entwurf"


def _blocks(told: Told) -> Iterator[Block]:
    for chapter in chapters_of(told.report.kind):
        yield Heading(chapter.label, 1, key=f"kapitel-{chapter.value}")
        yield from chapter_blocks(told, chapter)
    if told.lines:
        yield Heading("Maßnahmenliste", 1, number="A", key="massnahmenliste")
        yield Landscape((topics.list_of_measures(told.lines),))


def chapter_blocks(told: Told, chapter: Chapter) -> Iterator[Block]:
    """Write one chapter: the county's own words, then what the records say."""
    yield from from_markdown(told.texts.get(chapter.value, ""), heading_level=2)
    yield from PARTS[chapter](told)


def municipality_extract(told: Told, place: "Territory") -> Document:
    """Write what concerns one municipality: measures there, and those that reach all.

    Raises:
        NothingToReportError: no measure reaches the municipality.

    """
    there, everywhere = list["Line"](), list["Line"]()
    for line in told.lines:
        keys = [one.key for one in line.measure.territories.all()]
        if not keys or any(place.key.startswith(key) for key in keys):
            everywhere.append(line)
        elif any(key.startswith(place.key) for key in keys):
            there.append(line)
    there += [one for one in everywhere if place.key in _places(one)]
    everywhere = [one for one in everywhere if one not in there]
    if not there and not everywhere:
        raise NothingToReportError(f"Keine Maßnahme des Plans wirkt in {place.name}.")
    parts = ((f"Maßnahmen in {place.name}", there), ("Maßnahmen im ganzen Gebiet", everywhere))
    return _extract(told, f"{told.report.title}: {place.name}", "Auszug für eine Gemeinde", parts)


def _places(line: "Line") -> set[str]:
    return {one.key for one in line.measure.territories.all()}


def funder_report(told: Told, programme: str) -> Document:
    """Write what concerns one programme that gives money.

    Raises:
        NothingToReportError: no measure is paid from it.

    """
    paid = {one.structure_id for one in paying(told) if one.programme == programme}
    lines = [
        one
        for one in told.lines
        if one.measure.programme == programme
        or paid & {structure.pk for structure in one.measure.structures.all()}
    ]
    if not lines:
        raise NothingToReportError(f"Keine Maßnahme des Plans wird aus „{programme}“ bezahlt.")
    parts = (("Geförderte Maßnahmen", lines),)
    return _extract(told, f"{told.report.title}: {programme}", "Bericht an die Förderung", parts)


def paying(told: Told) -> "list[Funding]":
    """Give the fundings that run in the period, in their order; what ended before pays nothing."""
    starts, ends = told.report.starts, told.report.ends
    return [
        one
        for one in told.fundings
        if not (one.ends and one.ends <= starts) and not (one.starts and one.starts >= ends)
    ]


def programmes(told: Told) -> list[str]:
    """List the programmes that pay measures, by name."""
    found = {one.measure.programme for one in told.lines if one.measure.programme}
    served = {one.pk for line in told.lines for one in line.measure.structures.all()}
    for one in paying(told):
        if one.programme and one.structure_id in served:
            found.add(one.programme)
    return sorted(found)


def _extract(
    told: Told, title: str, subtitle: str, parts: "Sequence[tuple[str, Sequence[Line]]]"
) -> Document:
    blocks: list[Block] = []
    if told.report.state == ReportState.RELEASED:
        blocks.append(Note(_OF_TODAY, NoteKind.INFO, frame=True))
    for heading, lines in parts:
        blocks.append(Heading(heading, 1, number=""))
        if not lines:
            blocks.append(Note("Keine.", NoteKind.INFO, frame=True))
            continue
        blocks.append(
            Paragraph(
                f"{counted(len(lines), 'Maßnahme', 'Maßnahmen')} am {day(told.on)}.",
                records=tuple(one.measure.key for one in lines),
            )
        )
        blocks += topics.section(told, (), lines)
    return Document(
        title=title,
        subtitle=f"{subtitle}, {span(told.report)}",
        author=told.report.tenant.name,
        date_line=f"Stand {day(told.on)}",
        edition=_edition(told),
        cover_page=False,
        blocks=tuple(blocks),
    )
