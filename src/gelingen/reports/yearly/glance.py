"""At a glance: how measures stand, sums, what moved since the last report, who did not report."""

from collections.abc import Iterator

from gelingen.documents import Block, Bullets, Item, Note, NoteKind, Paragraph, Ref, Table
from gelingen.reports.counting import agree, counted, listed
from gelingen.reports.yearly.saying import amount, span
from gelingen.reports.yearly.told import SUMMED, Told, added, by_state, reported
from gelingen.terms.progress import MeasureState
from gelingen.terms.spelling import day
from gelingen.yearly.subjects import Line

FROM_LEADS = "Angaben der federführenden Stellen in ihren Sachständen."


def glance(told: Told) -> Iterator[Block]:
    """Give the chapter that a reader in a hurry reads."""
    if not told.lines:
        yield Note(
            "Im Plan steht noch keine Maßnahme, die mehr ist als eine Idee.", NoteKind.MISSING
        )
        return
    yield _standing(told)
    yield from _sums(told)
    yield from _moved(told)
    yield from _silent(told)


def _standing(told: Told) -> Table:
    found = by_state(told.lines, lambda one: one.state.state)
    before = told.before.get("states", {})
    counts = {state: sum(one == state for one in before.values()) for state in MeasureState}
    shown = [one for one in MeasureState if found.get(one) or counts[one]]
    head = ("Stand", "Maßnahmen", *(("im vorigen Bericht",) if before else ()))
    rows = tuple(
        (one.label, str(len(found.get(one, ()))), *((str(counts[one]),) if before else ()))
        for one in shown
    )
    return Table(
        f"Stand der {counted(len(told.lines), 'Maßnahme', 'Maßnahmen')} am {day(told.on)}",
        head,
        rows,
        align="lr" + ("r" if before else ""),
        row_records=tuple(
            tuple(line.measure.key for line in found.get(one, ())) for one in shown
        ),
        notes="Der Stand folgt aus Terminen, Meilensteinen und Sachständen; festgelegte Stände "
        "sind in der Anlage als solche genannt.",
    )  # fmt: skip


def _sums(told: Told) -> Iterator[Block]:
    """Add up what was reported, and say how many reports say anything."""
    now = reported(told.lines)
    if not now:
        return
    earlier = [one.before for one in told.lines if one.before]
    rows, records = [], []
    for field, label in SUMMED.items():
        found, before = added(now, field), added(earlier, field)
        if found.value is None:
            continue
        rows.append((
            label, amount(field, found.value), f"{found.of} von {len(now)}",
            amount(field, before.value) if before.value is not None else "–",
        ))  # fmt: skip
        records.append(found.records)
    if rows:
        yield Table(
            f"Was berichtet wurde, {span(told.report)}",
            ("Angabe", "Summe", "Sachstände mit Angabe", f"Summe {told.report.starts.year - 1}"),
            tuple(rows),
            align="lrrr",
            row_records=tuple(records),
            notes=f"{FROM_LEADS} Wo nichts gesagt ist oder weniger als fünf Personen teilnahmen, "
            "ist nichts mitgezählt; Personen können mehrfach gezählt sein.",
        )


def _moved(told: Told) -> Iterator[Block]:
    """Say which measures stand otherwise than in the last report."""
    before = told.before.get("states", {})
    moved = [
        one
        for one in told.lines
        if before.get(one.measure.key) not in (None, one.state.state.value)
    ]
    if moved:
        yield Paragraph(
            f"Gegenüber „{told.before_title}“ {agree(len(moved), 'steht', 'stehen')} "
            f"{counted(len(moved), 'Maßnahme', 'Maßnahmen')} anders:",
            records=tuple(one.measure.key for one in moved),
        )
        yield Bullets(tuple(_move(one, before[one.measure.key]) for one in moved))


def _move(line: Line, before: str) -> Item:
    said = f": von „{MeasureState.of(before).label}“ zu „{line.state.state.label}“"
    return Item((Ref(line.measure.key, line.title), said))


def _silent(told: Told) -> Iterator[Block]:
    """Name who has not reported: that is said, and counted nowhere as anything else."""
    silent = told.year.silent
    if not silent:
        return
    leads = list(dict.fromkeys(str(one.measure.lead) for one in silent if one.measure.lead))
    leaderless = sum(one.measure.lead is None for one in silent)
    said = (
        f"Zu {counted(len(silent), 'Maßnahme', 'Maßnahmen')} liegt für {span(told.report)} kein "
        "Sachstand vor."
    )
    if leads:
        said += f" Nicht berichtet haben: {listed(leads, most=12)}."
    if leaderless:
        said += f" {counted(leaderless, 'davon hat', 'davon haben')} keine Federführung."
    yield Note(
        said,
        NoteKind.CAUTION,
        title="Nicht berichtet",
        records=tuple(one.measure.key for one in silent),
    )
