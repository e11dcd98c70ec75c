"""Hidden, rounded and coarser figures in plain German."""

from collections.abc import Mapping
from typing import Any

from gelingen.analysis.disclosure.anonymity import AnonymousRows
from gelingen.analysis.disclosure.protection import ProtectedTable, Rule
from gelingen.analysis.disclosure.rounding import RoundedTable
from gelingen.terms.spelling import number, number_range
from gelingen.wording.words import counted, keys_of, named

__all__ = ["name_cell", "say_cell", "say_note", "say_protected", "say_rounded", "say_rows"]

Row = Mapping[str, Any]
Names = Mapping[str, str]

REASONS = {
    "small": "nicht ausgewiesen, weil die Zahl klein ist",
    "sums": "nicht ausgewiesen, weil sich sonst eine kleine Zahl aus den Summen errechnen ließe",
    "difference": "nicht ausgewiesen, weil sonst der Unterschied zu einer früheren "
    "Veröffentlichung eine kleine Zahl verriete",
    "withheld": "nicht ausgewiesen, weil die ganze Tabelle zurückgehalten wird",
    "alike": "nicht ausgewiesen, weil in mindestens einer Gruppe alle dasselbe geantwortet haben: "
    "damit wäre bekannt, was jede einzelne Stelle geantwortet hat",
}


def name_cell(cell: str, names: Names) -> str:
    """Name a cell by the values it counts: „Bad Rodach, Sprache“; the cell of all is „Alle“."""
    values = [part.partition("=")[2] or part for part in keys_of(cell)]
    return ", ".join(named(value, names) for value in values) or "Alle"


def say_cell(row: Row, names: Names) -> str:
    """Say of a row of `ProtectedCells` what became of the count and why; for the house only."""
    cell = name_cell(row["cell"], names)
    if row["state"] == "shown":
        return f"{cell}: {number(row['count'])}."
    left = number_range(row["low"], row["high"])
    return f"{cell}: {REASONS[row['reason']]}; von außen möglich: {left}."


def say_note(rule: Rule) -> str:
    """Say under a published table what is missing, without telling which count is the small one."""
    small = f"unter {rule.threshold}" if rule.zeros else f"von 1 bis {rule.threshold - 1}"
    return (
        f"Zahlen {small} sind nicht ausgewiesen, ebenso weitere, aus denen sie sich errechnen "
        "ließen."
    )


def say_protected(protected: ProtectedTable) -> str:
    """Say how much of a table is hidden and that it was checked; for the house only."""
    if protected.method == "withheld":
        return (
            "Die Tabelle wird nicht herausgegeben: Eine kleine Zahl ließe sich errechnen, welche "
            "Zahlen auch immer daneben fehlen."
        )
    states = protected.cells.frame["state"].to_list()
    small, others = states.count("primary"), states.count("secondary")
    if not small and not others:
        return f"Alle {number(len(states))} Zahlen werden ausgewiesen; keine davon ist klein."
    fewest = " Mit weniger geht es nicht." if protected.method == "optimal" else ""
    return (
        f"Von {number(len(states))} Zahlen sind {number(small + others)} nicht ausgewiesen: "
        f"{number(small)}, weil sie klein sind, {number(others)} zum Schutz der kleinen.{fewest} "
        f"Geprüft: Für jede kleine Zahl bleiben von außen mindestens "
        f"{number(protected.rule.wanted() + 1)} Werte möglich."
    )


def say_rounded(rounded: RoundedTable) -> str:
    """Say under a rounded table what its figures are worth."""
    return (
        f"Alle Zahlen sind Vielfache von {rounded.base}; jede weicht um höchstens "
        f"{rounded.furthest} von der gezählten ab, und alle Summen gehen auf."
    )


def say_rows(result: AnonymousRows) -> str:
    """Say how many rows are given away, how many of them coarser, and how many are left out."""
    states = result.states.frame["state"].to_list()
    coarser, left_out = states.count("coarser"), states.count("left_out")
    given = f"{number(result.rows.height)} von {counted(len(states), 'Zeile', 'Zeilen')}"
    parts = [f"Ausgegeben: {given}"]
    if coarser:
        parts.append(f"davon {number(coarser)} vergröbert")
    if left_out:
        parts.append(f"{number(left_out)} fehlen, weil zu wenige ihnen gleichen")
    return f"{', '.join(parts)}. Keine Angabe trifft auf weniger als {result.fewest} Zeilen zu."
