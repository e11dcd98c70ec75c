"""Gaps, money that ends, the situation, what follows, and what is proposed for the next year."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from gelingen.documents import Block, Content, Heading, Note, NoteKind, Numbered, Ref, Table
from gelingen.documents import Item as ListItem
from gelingen.findings.queries import FindingLine
from gelingen.reports.counting import counted
from gelingen.reports.entering import missing
from gelingen.reports.phrases import NOT_STATED, figure_value, money, rough_day
from gelingen.reports.yearly.indicators import context_tables, of_context
from gelingen.reports.yearly.saying import span
from gelingen.reports.yearly.told import Told
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import FindingKind
from gelingen.terms.yearly import Verdict

if TYPE_CHECKING:
    from gelingen.places.models import Figure
    from gelingen.yearly.subjects import Subject

MONTHS, LONGEST = 24, 25
_GAPS = (FindingKind.GAP, FindingKind.SYSTEMATIC, FindingKind.NO_LEAD)
_OVERLAPS = (FindingKind.OVERLAP, FindingKind.DUPLICATE, FindingKind.SEVERAL_LEADS)


def gaps(told: Told) -> Iterator[Block]:
    """Show which gaps and overlaps are new, and which are solved."""
    found = [one for one in told.findings if one.kind in (*_GAPS, *_OVERLAPS)]
    if not found:
        yield Note(
            "Die Auswertungen haben noch nichts festgestellt. Sie laufen unter „Analyse“.",
            NoteKind.MISSING,
        )
        return
    yield _counts(told, found)
    new = [one for one in found if told.within(one.first_seen) and one.resolved is None]
    solved = [one for one in found if told.within(one.resolved)]
    yield from _listed("Neu festgestellt", new)
    yield from _listed("Gelöst: nicht mehr festgestellt", solved)


def _counts(told: Told, found: Sequence[FindingLine]) -> Table:
    rows = []
    for label, kinds in (("Lücken", _GAPS), ("Überschneidungen", _OVERLAPS)):
        own = [one for one in found if one.kind in kinds]
        rows.append((
            label,
            str(sum(told.within(one.first_seen) for one in own)),
            str(sum(told.within(one.resolved) for one in own)),
            str(sum(one.resolved is None for one in own)),
        ))  # fmt: skip
    return Table(
        f"Lücken und Überschneidungen, {span(told.report)}",
        ("Art", "neu", "gelöst", f"offen am {day(told.on)}"),
        tuple(rows),
        align="lrrr",
        sources=("Auswertungen von Gelingen aus Bestand und Bedarfen",),
        notes="Neu oder gelöst heißt: Die Auswertung hat es in diesem Zeitraum zum ersten Mal oder "
        "nicht mehr festgestellt.",
    )


def _listed(caption: str, found: Sequence[FindingLine]) -> Iterator[Block]:
    if found:
        more = f" ({LONGEST} von {len(found)})" if len(found) > LONGEST else ""
        yield Table(
            f"{caption}{more}",
            ("Befund", "Art", "Themenfeld", "Bewertung"),
            tuple(
                (
                    one.sentence,
                    one.kind.label,
                    one.topic or NOT_STATED,
                    one.decision.label if one.decision else "noch nicht bewertet",
                )
                for one in found[:LONGEST]
            ),
            widths=(6, 1.8, 2, 2),
            sources=tuple(f"Befund {one.pk}" for one in found[:LONGEST]),
        )


def later(on: date, months: int) -> date:
    """Give the first day of the month that lies so many months after that of a day."""
    whole = on.year * 12 + on.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


def ending_money(told: Told) -> Iterator[Block]:
    """Show which fundings end within two years."""
    until = later(told.on, MONTHS)
    ends = [one for one in told.fundings if one.ends and told.on < one.ends <= until]
    own = [
        one.measure
        for one in told.lines
        if one.measure.funding_ends and told.on < one.measure.funding_ends <= until
    ]
    if not ends and not own:
        yield Note(
            f"Bis {day(last_day(until))} endet keine Förderung, deren Ende erfasst ist.",
            own_text=False, frame=True,
        )  # fmt: skip
        return
    rows: list[tuple[date, tuple[Content, ...]]] = [
        (one.ends, (
            (Ref(one.key, str(one.structure)),), one.programme or NOT_STATED,
            money(one.eur_per_year), day(last_day(one.ends)), NOT_STATED,
        ))
        for one in ends if one.ends
    ]  # fmt: skip
    rows += [
        (one.funding_ends, (
            (Ref(one.key, one.title),), one.programme or NOT_STATED, money(one.cost_year_high),
            day(last_day(one.funding_ends)), one.continuation or NOT_STATED,
        ))
        for one in own if one.funding_ends
    ]  # fmt: skip
    yield Table(
        f"Förderungen, die bis {day(last_day(until))} enden",
        ("Wofür", "Programm", "im Jahr", "letzter Tag", "wie es weitergeht"),
        tuple(row for _, row in sorted(rows, key=lambda one: one[0])),
        align="llrll",
        widths=(4, 3, 1.6, 1.5, 3),
    )


def context(told: Told) -> Iterator[Block]:
    """Show figures of the situation; they say nothing about the effect of measures."""
    yield Note(
        "Diese Zahlen beschreiben die Lage im ganzen Gebiet. Sie messen nicht, was die Maßnahmen "
        "bewirkt haben.",
        frame=True,
    )
    if measured := of_context(told.measured):
        yield from context_tables(measured)
        return
    own = [
        one for one in told.figures if one.territory and one.territory.key == told.report.tenant_id
    ]
    latest: dict[str, list[Figure]] = {}
    for one in own:
        latest.setdefault(one.indicator, []).append(one)
    if not latest:
        yield missing("Kennzahlen für das ganze Gebiet sind nicht erfasst.", "figure")
        return
    yield Table(
        f"Lage: {told.report.tenant.name}",
        ("Kennzahl", "Stichtag", "Wert", "davor", "Quelle"),
        tuple(_figure(found) for found in latest.values()),
        align="llrrl",
        widths=(4, 1.8, 1.8, 2.2, 3.4),
        row_records=tuple((found[-1].key,) for found in latest.values()),
    )


def _figure(found: "Sequence[Figure]") -> tuple[str, ...]:
    now, before = found[-1], found[-2] if len(found) > 1 else None
    earlier = "–"
    if before:
        when = rough_day(before.reference, before.reference_precision)
        earlier = f"{figure_value(before)} ({when})"
    return (
        now.indicator,
        rough_day(now.reference, now.reference_precision),
        figure_value(now),
        earlier,
        now.source or "ohne Quelle",
    )


def conclusions(told: Told) -> Iterator[Block]:
    """Say what follows for each goal and each measure."""
    open_ones = [one for one in told.year.subjects if not one.settled]
    if open_ones:
        yield Note(
            f"Für {counted(len(open_ones), 'Ziel oder Maßnahme', 'Ziele oder Maßnahmen')} fehlt "
            "noch die Folgerung. Einzutragen unter Umsetzung, Berichte, Folgerungen.",
            NoteKind.MISSING,
        )
    for goal, caption in ((True, "Wirkungsziele"), (False, "Maßnahmen")):
        own = [one for one in told.year.subjects if one.goal is goal and one.conclusion]
        for verdict in Verdict:
            some = [one for one in own if one.conclusion and one.conclusion.verdict == verdict]
            if some:
                yield _concluded(f"{caption}: {verdict.label}", some)


def _concluded(caption: str, some: "Iterable[Subject]") -> Table:
    found = tuple(some)
    return Table(
        caption,
        ("Ziel oder Maßnahme", "Stand", "Begründung und Vorschlag"),
        tuple(
            (
                (Ref(one.thing.partition(":")[2], one.title),),
                f"{one.state.label}: {one.reason}" if one.reason else one.state.label,
                one.conclusion.text if one.conclusion and one.conclusion.text else "–",
            )
            for one in found
        ),
        widths=(4, 3.4, 5),
        own_text=True,
    )


def following(told: Told) -> Iterator[Block]:
    """Say what was chosen for the next year, and what goes to the bodies."""
    year = told.report.ends.year
    if told.selection is None:
        yield Note(
            f"Für {year} gibt es noch keine Jahresauswahl. Sie entsteht unter „Auswahl“.",
            NoteKind.MISSING,
        )
    elif not told.chosen:
        yield Note(
            f"In „{told.selection.title}“ ist noch keine Maßnahme ausgewählt.", NoteKind.MISSING
        )
    else:
        yield Heading(f"Ausgewählt für {year}", 2)
        yield Numbered(
            tuple(ListItem((Ref(one.key, one.title),), records=(one.key,)) for one in told.chosen),
            records=(told.selection.key,),
        )
    wanted = [
        one
        for one in told.year.subjects
        if one.conclusion and one.conclusion.verdict == Verdict.DECIDE
    ]
    if wanted:
        yield Heading("Zur Entscheidung vorgelegt", 2)
        yield _concluded("Was ein Gremium entscheiden soll", wanted)
