"""The paper by which a report comes before a body: what it says in short, and what is proposed."""

from collections import Counter
from typing import TYPE_CHECKING

from gelingen.papers.writing import Given
from gelingen.terms.papers import PaperKind
from gelingen.terms.progress import MeasureState
from gelingen.terms.spelling import day
from gelingen.terms.yearly import Verdict
from gelingen.wording.words import counted
from gelingen.yearly.subjects import Subject, Year
from gelingen.yearly.writing import ReportError

if TYPE_CHECKING:
    from gelingen.plan.models import Measure

# What a body has to agree to, as it resolves it; to go on as planned it has not.
_RESOLVED = {
    Verdict.CHANGE: "{} wird geändert",
    Verdict.DECIDE: "über {} wird entschieden",
    Verdict.STOP: "{} wird beendet",
}
# Quotation marks within others.
_INNER = str.maketrans("„“”", "‚‘‘")
_LONGEST = 300


def draft_paper(year: Year) -> Given:
    """Write what the paper about a released report says.

    Raises:
        ReportError: the report is not released.

    """
    report = year.report
    if not report.released:
        raise ReportError("Eine Vorlage entsteht aus dem freigegebenen Bericht.")
    wanted = _wanted(year)
    noted = f"Der Bericht „{report.title}“ vom {day(report.released)} wird zur Kenntnis genommen."
    lines = [f"{place}. {_proposal(one)}" for place, one in enumerate(wanted, 2)]
    return Given(
        subject=report.title[:_LONGEST],
        kind=(PaperKind.RESOLUTION if wanted else PaperKind.NOTICE).value,
        proposal="\n".join([f"1. {noted}", *lines] if wanted else [noted]),
        facts="\n\n".join(_facts(year)),
    )


def measures_of(year: Year) -> "list[Measure]":
    """Give the measures on which the paper proposes anything, in the order of the plan."""
    things = {one.thing for one in _wanted(year)}
    return [one.measure for one in year.lines if f"measure:{one.measure.key}" in things]


def _wanted(year: Year) -> list[Subject]:
    return [one for one in year.subjects if one.conclusion and one.conclusion.verdict in _RESOLVED]


def _proposal(one: Subject) -> str:
    """Write what the body resolves, in one sentence, with the reason on the same line."""
    if one.conclusion is None:
        return ""
    kind = "das Wirkungsziel" if one.goal else "die Maßnahme"
    name = f"{kind} „{one.title.translate(_INNER)}“"
    resolved = _RESOLVED[Verdict.of(one.conclusion.verdict)].format(name)
    said = " ".join(one.conclusion.text.split())
    if said and not said.endswith((".", "!", "?", "…")):
        said = f"{said}."
    told = f"{resolved}: {said}" if said else f"{resolved}."
    return f"{told[:1].upper()}{told[1:]}"


def _facts(year: Year) -> list[str]:
    """Say in paragraphs how measures stood at the release, and who was silent."""
    kept: dict[str, str] = year.report.content.get("states", {})
    told = [_standing(list(kept.values()))] if kept else []
    if silent := len(year.report.content.get("silent", [])):
        told.append(f"Zu {counted(silent, 'Maßnahme', 'Maßnahmen')} liegt kein Sachstand vor.")
    told.append("Der ganze Bericht mit allen Folgerungen ist angehängt.")
    return told


def _standing(states: list[str]) -> str:
    if len(states) == 1:
        return f"Stand der einen Maßnahme bei der Freigabe: {MeasureState.of(states[0]).label}."
    counts = Counter(states)
    stand = ", ".join(f"{counts[one]} {one.label}" for one in MeasureState if counts[one])
    return f"Stand der {len(states)} Maßnahmen bei der Freigabe: {stand}."
