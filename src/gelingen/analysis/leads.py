"""Leads: cells in which several are in charge at the same time, and cells in which nobody is."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from gelingen.analysis.cells import CELL, joined, matching
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.money import running
from gelingen.analysis.result import Basis
from gelingen.analysis.schema import Reach, Responsibilities, TopicTree
from gelingen.analysis.tables import Column, Table

__all__ = ["LeadCells", "Leads", "find_leads"]

METHOD = "leads 1"
DOING = ["participates", "advises", "supervises"]
HELD = [*CELL, "task", "holder", "record", "level"]


class LeadCells(Table):
    """Federführung: one row per cell that has not exactly one lead."""

    role = Column(pl.String, "lead (Federführung) oder decides (Entscheidung)")
    kind = Column(
        pl.String,
        "several (mehrere für eine Aufgabe), several_tasks (mehrere mit verschiedenen Aufgaben), "
        "none (niemand), none_task (niemand für diese Aufgabe), not_known (nicht erhoben)",
    )
    topic = Column(pl.String, "Kennung des Themenfelds")
    target_group = Column(pl.String, "Kennung der Zielgruppe")
    place = Column(pl.String, "Amtlicher Schlüssel")
    task = Column(pl.String, "Kennung der Aufgabe; leer: alle Aufgaben", nullable=True)
    holders = Column(
        pl.String, "Kennungen der Federführenden (bei decides: Strukturen), mit Semikolon"
    )
    evidence = Column(pl.String, "Kennungen der Belege, mit Semikolon")


@dataclass(frozen=True)
class Leads:
    """What was found: the cells, and the ground it stands on."""

    cells: LeadCells
    basis: Basis


def find_leads(responsibilities: Responsibilities, inventory: Inventory, *, on: date) -> Leads:
    """Find the cells that do not have exactly one lead on a day.

    Two leads count only when both hold on the day, so a predecessor and a successor are no overlap.
    A lead for a wider place or topic also leads inside it. Two leads on different stated levels do
    different things and are no overlap. Several leads of one task are told apart from several leads
    with different tasks, and a cell in which others take part but nobody leads from a cell about
    which nothing is recorded. Of structures that decide there should be exactly one in each cell;
    none is reported only for topics where deciders are recorded at all.

    Args:
        responsibilities: n rows; periods are half-open.
        inventory: structures that decide with their reach, needs, and the tree of topics.
        on: the day asked about.

    Returns:
        Rows ordered by role, kind, cell and task. Source of the rule: a cell has one accountable
        unit (RACI).

    """
    structures, reach, topics = inventory.structures, inventory.reach, inventory.topics
    runs = responsibilities.frame.filter(running(on)).with_columns(
        holder="organisation", record="responsibility"
    )
    leads = runs.filter(pl.col("kind") == "lead").select(HELD)
    decide = structures.frame.filter(running(on) & (pl.col("function") == "decides"))
    deciders = decide.join(reach.frame, on="structure").select(
        *CELL,
        task=pl.lit(None, pl.String),
        holder="structure",
        record="structure",
        level=pl.lit(None, pl.String),
    )
    wanted = inventory.needs.frame.filter(running(on))
    parts = [
        _several(leads, topics, "lead"),
        _several(deciders, topics, "decides"),
        _tasks_without_lead(runs, leads, topics),
        _cells_without_lead(runs, leads, wanted, topics),
        _cells_without_decider(deciders, wanted, topics),
    ]
    tables = {"responsibilities": responsibilities, **inventory.tables()}
    order = ["role", "kind", *CELL, "task"]
    cells = LeadCells(pl.concat(parts).sort(order, nulls_last=True))
    return Leads(cells, Basis(on, METHOD, tables, assumptions=_assumptions(runs, decide, reach)))


def _assumptions(runs: pl.DataFrame, decide: pl.DataFrame, reach: Reach) -> tuple[str, ...]:
    undated = runs.filter(pl.col("starts").is_null() & pl.col("ends").is_null()).height
    unbound = decide.join(reach.frame, on="structure", how="anti").height
    sentences = [
        (undated, "Zuständigkeiten ohne Zeitraum: {}; sie gelten durchgehend."),
        (unbound, "Entscheidende Strukturen ohne Reichweite: {}; sie zählen in keinem Feld."),
    ]
    return tuple(text.format(count) for count, text in sentences if count)


def _rows(frame: pl.DataFrame, role: str, kind: str) -> pl.DataFrame:
    """Gather holders and records by cell and task."""
    return (
        frame.group_by(*CELL, "task")
        .agg(holders=joined("holder"), evidence=joined("record"))
        .select(
            pl.lit(role).alias("role"),
            pl.lit(kind).alias("kind"),
            *CELL,
            "task",
            "holders",
            "evidence",
        )
    )


def _several(held: pl.DataFrame, topics: TopicTree, role: str) -> pl.DataFrame:
    """Find the cells with more than one holder, of one task or of different tasks."""
    cells = held.select(*CELL, cell_task="task").unique()
    there = matching(cells, held, topics=topics)
    same = _clashing(there.filter(pl.col("task").eq_missing(pl.col("cell_task"))), ["task"])
    one_task = _rows(same, role, "several")
    mixed = _clashing(there.drop("cell_task").unique(), []).with_columns(
        task=pl.lit(None, pl.String)
    )
    several_tasks = _rows(mixed, role, "several_tasks")
    return pl.concat(
        [one_task, several_tasks.join(one_task, on=[*CELL, "holders"], how="anti")],
    )


def _clashing(held: pl.DataFrame, same: list[str]) -> pl.DataFrame:
    """Keep the rows of cells that somebody else holds too, on the same level or an unknown one."""
    level, other = pl.col("level"), pl.col("level_right")
    pairs = held.join(held, on=[*CELL, *same], nulls_equal=True).filter(
        (pl.col("holder") != pl.col("holder_right"))
        & ((level == other) | level.is_null() | other.is_null())
    )
    return pairs.select(held.columns).unique()


def _tasks_without_lead(runs: pl.DataFrame, leads: pl.DataFrame, topics: TopicTree) -> pl.DataFrame:
    """Find tasks that others take part in, in cells where only other tasks have a lead."""
    parts = runs.filter(pl.col("kind").is_in(DOING)).select(*CELL, "task", "record")
    covering = leads.select(*CELL, lead_task="task", holder="holder")
    there = matching(parts, covering, topics=topics)
    led = there.filter(pl.col("task") == pl.col("lead_task"))
    open_tasks = there.join(led, on=[*CELL, "task"], how="anti")
    return _rows(open_tasks, "lead", "none_task")


def _cells_without_lead(
    runs: pl.DataFrame, leads: pl.DataFrame, needs: pl.DataFrame, topics: TopicTree
) -> pl.DataFrame:
    """Find cells with a need or with other responsibilities, but without any lead."""
    others = runs.filter(pl.col("kind") != "lead").select(*CELL, "record")
    wanted = pl.concat([others, needs.select(*CELL, record="need")])
    led = matching(wanted, leads.select(*CELL, "holder"), topics=topics)
    unled = wanted.join(led, on=CELL, how="anti")
    shared = matching(unled.select(CELL), others.rename({"record": "part"}), topics=topics)
    nobody = {"holder": pl.lit(None, pl.String), "task": pl.lit(None, pl.String)}
    known = pl.concat(
        [unled.join(shared, on=CELL, how="semi"), shared.select(*CELL, record="part")]
    ).with_columns(**nobody)
    unknown = unled.join(shared, on=CELL, how="anti").with_columns(**nobody)
    return pl.concat([_rows(known, "lead", "none"), _rows(unknown, "lead", "not_known")])


def _cells_without_decider(
    deciders: pl.DataFrame, needs: pl.DataFrame, topics: TopicTree
) -> pl.DataFrame:
    """Find needs that no decider reaches, in topics where deciders are recorded at all."""
    wanted = needs.select(*CELL, record="need")
    decided = matching(wanted, deciders.select(*CELL, "holder"), topics=topics)
    recorded = wanted.join(deciders, on="topic", how="semi")
    undecided = recorded.join(decided, on=CELL, how="anti").with_columns(
        holder=pl.lit(None, pl.String), task=pl.lit(None, pl.String)
    )
    return _rows(undecided, "decides", "none")
