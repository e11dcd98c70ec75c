"""Indicators that Gelingen reckons from its own records: X-S1 to X-S6 of the catalogue.

A value is a range wherever something is not known: what may be so counts at its upper end only.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.analysis.cells import CELL
from gelingen.analysis.coverage import coverage
from gelingen.analysis.isolation import find_isolation
from gelingen.analysis.leads import find_leads
from gelingen.analysis.money import running
from gelingen.findings.inputs import Inputs, horizon_of, read_inputs
from gelingen.indicators.catalogue import Entry, catalogue
from gelingen.programme.queries import selections
from gelingen.progress.queries import states
from gelingen.surveys.queries import surveys
from gelingen.terms.programme import SelectionState
from gelingen.terms.progress import MeasureState
from gelingen.terms.spelling import day, last_day, number
from gelingen.terms.surveys import SurveyMode, SurveyState
from gelingen.terms.vocabulary import GapType, Permanence
from gelingen.wording.words import counted

_GOOD = (MeasureState.DONE, MeasureState.ON_COURSE)
_LOST = (GapType.STRUCTURAL, GapType.FUNDING_CLIFF, GapType.ENDING)
_UNCLEAR = (GapType.NOT_KNOWN, GapType.UNKNOWN_FUNDING)
_BOUND = (Permanence.FIXED_TERM.value, Permanence.PROJECT.value)
_OVER = (SurveyState.CLOSED, SurveyState.CLEARED)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Share:
    """A share of which the upper end may differ, as something is not known."""

    low: float
    high: float
    whole: float
    why: str

    def percent(self, count: float) -> Decimal:
        """Give a count in per cent of the whole, to a tenth."""
        return (Decimal(str(count)) * 100 / Decimal(str(self.whole))).quantize(_TENTH)


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An indicator of Gelingen on a day.

    Attributes:
        entry: of the catalogue.
        share: the value; None where it cannot be reckoned.
        lacks: what is missing for it, as a German sentence; "" with a value.

    """

    entry: Entry
    share: Share | None
    lacks: str = ""

    @property
    def low(self) -> Decimal:
        """Give the value in per cent, of a range the smaller end; 0 without a value."""
        return self.share.percent(self.share.low) if self.share else Decimal(0)

    @property
    def high(self) -> Decimal:
        """Give the larger end."""
        return self.share.percent(self.share.high) if self.share else Decimal(0)


def reckoned(actor: Actor, tenant: Tenant, *, on: date) -> list[Reckoned]:
    """Reckon every indicator of Gelingen on a day, in the order of the catalogue.

    Args:
        actor: who asks; counts what they may see.
        tenant: for whom.
        on: the day.

    """
    inputs = read_inputs(actor, tenant)
    found: dict[str, Share | str] = {
        "X-S1": _carried_out(actor, tenant, on),
        "X-S2": _gaps(inputs, horizon_of(actor, tenant), on),
        "X-S3": _fixed_term(inputs, on),
        "X-S4": _several_leads(inputs, on),
        "X-S5": _ties(inputs, on),
        "X-S6": _returned(actor, tenant, on),
    }
    return [
        Reckoned(one, None, value) if isinstance(value, str) else Reckoned(one, value)
        for one in catalogue()
        if (value := found.get(one.code)) is not None
    ]


def _carried_out(actor: Actor, tenant: Tenant, on: date) -> Share | str:
    """Count the measures chosen for the year that are done or on course."""
    decided = selections(actor, tenant).filter(year=on.year, state=SelectionState.DECIDED)
    every = {
        one.measure_id: one.measure
        for selection in decided.prefetch_related("candidates__measure")
        for one in selection.candidates.all()
        if one.chosen
    }
    chosen = list(every.values())
    if not chosen:
        return f"Für {on.year} ist noch keine Jahresauswahl entschieden."
    stand = states(actor, chosen, on=on)
    told = [stand[one.pk].state for one in chosen]
    good, unknown = sum(one in _GOOD for one in told), told.count(MeasureState.UNKNOWN)
    why = (
        f"{good} von {counted(len(chosen), 'ausgewählten Maßnahme', 'ausgewählten Maßnahmen')} "
        "abgeschlossen oder im Plan"
    )
    return Share(good, good + unknown, len(chosen), why + _unknown(unknown, "ohne Sachstand"))


def _gaps(inputs: Inputs, ends: date | None, on: date) -> Share | str:
    """Count the cells with a need of which no structure goes on to the planning horizon."""
    if ends is None:
        return "Der Plan hat noch keinen Planungshorizont."
    horizon = last_day(ends)
    found = coverage(inputs.served, on=on, horizon=horizon if horizon > on else None)
    types = found.cells.frame.filter(pl.col("type") != GapType.NO_DEMAND.value)["type"].to_list()
    if not types:
        return "Es sind noch keine Bedarfe erfasst."
    lost, unknown = sum(one in _LOST for one in types), sum(one in _UNCLEAR for one in types)
    why = (
        f"{lost} von {counted(len(types), 'Feld', 'Feldern')} mit Bedarf ohne eine Struktur, die "
        f"bis {day(horizon)} weiterläuft"
    )
    return Share(lost, lost + unknown, len(types), why + _unknown(unknown, "unklar"))


def _fixed_term(inputs: Inputs, on: date) -> Share | str:
    """Add up the posts of structures that run on the day, and those that are bound to a term."""
    runs = inputs.inventory.structures.frame.filter(running(on))
    posts = runs.filter(pl.col("fte") > 0)
    if posts.is_empty():
        return "Bei keiner Struktur ist Personal (VZÄ) eingetragen."
    term = pl.col("permanence").is_in(_BOUND).fill_null(value=False)
    bound = term | pl.col("ends").is_not_null()
    low = float(posts.filter(bound)["fte"].sum())
    open_ = float(posts.filter(~bound & pl.col("permanence").is_null())["fte"].sum())
    whole = float(posts["fte"].sum())
    why = f"{number(low, 1)} von {number(whole, 1)} Vollzeitstellen befristet"
    said = f"; unbekannt: {number(open_, 1)}" if open_ else ""
    silent = _unknown(runs.height - posts.height, "Strukturen ohne Angabe zum Personal")
    return Share(low, low + open_, whole, why + said + silent)


def _several_leads(inputs: Inputs, on: date) -> Share | str:
    """Count the cells with more than one lead: of one task, at most also of different tasks."""
    leads = pl.col("kind") == "lead"
    led = inputs.responsibilities.frame.filter(running(on) & leads).select(CELL).unique().height
    if not led:
        return "Es ist noch keine Federführung eingetragen."
    cells = find_leads(inputs.responsibilities, inputs.inventory, on=on).cells.frame
    mine = cells.filter(pl.col("role") == "lead")
    same = mine.filter(pl.col("kind") == "several").select(CELL).unique().height
    kinds = ["several", "several_tasks"]
    every = mine.filter(pl.col("kind").is_in(kinds)).select(CELL).unique().height
    why = f"{same} von {counted(led, 'Feld', 'Feldern')} mit mehr als einer Federführung"
    more = every - same
    return Share(same, every, led, why + _unknown(more, "für verschiedene Aufgaben"))


def _ties(inputs: Inputs, on: date) -> Share | str:
    """Compare confirmed ties with possible ones; at most all that somebody reported."""
    found = find_isolation(
        inputs.actors, inputs.ties, inputs.inventory, on=on,
        responsibilities=inputs.responsibilities,
        groups=inputs.group_sizes, places=inputs.place_sizes,
    )  # fmt: skip
    row = found.figures.frame.row(0, named=True)
    actors = row["actors"]
    pairs = actors * (actors - 1) // 2
    if not pairs:
        return "Es sind noch keine zwei Organisationen erfasst."
    why = (
        f"{row['confirmed']} bestätigte von {number(pairs)} möglichen Verbindungen unter "
        f"{counted(actors, 'Organisation', 'Organisationen')}"
    )
    why += _unknown(row["ties"] - row["confirmed"], "einseitig genannt")
    why += f"; allein arbeiten: {row['isolated']}, nicht bekannt: {row['not_known']}"
    return Share(row["confirmed"], row["ties"], pairs, why)


def _returned(actor: Actor, tenant: Tenant, on: date) -> Share | str:
    """Compare answers with invitations of the named survey that closed last."""
    over = surveys(actor, tenant).filter(mode=SurveyMode.NAMED, state__in=_OVER, closes__lte=on)
    last: Any = over.order_by("-closes", "key").first()  # counts are annotated, see `surveys`
    title, invited, sent = (last.title, last.invited, last.answered) if last else ("", 0, 0)
    if not invited:
        return "Noch keine namentliche Umfrage mit Einladungen ist geschlossen."
    answered = min(sent, invited)
    invitations = counted(invited, "Einladung", "Einladungen")
    why = f"{answered} von {invitations} zu „{title}“ beantwortet"
    return Share(answered, answered, invited, why)


def _unknown(many: int, what: str) -> str:
    return f"; {what}: {many}" if many else ""
