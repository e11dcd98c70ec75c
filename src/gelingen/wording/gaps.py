"""One plain German sentence for each result about gaps, from values and names.

Each function takes a row of a result table as a mapping of column to value, and the German names of
keys; a key without a name stands for itself. Periods end with their last day.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gelingen.terms.spelling import day, euro, last_day, number
from gelingen.terms.vocabulary import GapType
from gelingen.wording.words import amounts

__all__ = [
    "gap_sentence",
    "lasting_sentence",
    "loss_sentence",
    "option_sentence",
    "systematic_sentence",
]

# Rows of tables hold texts, numbers and days; which, their declaration says.
Row = Mapping[str, Any]
Names = Mapping[str, str]
NOTHING = {"operational": "kein Angebot", "strategic": "keine Steuerung"}
SOMETHING = {"operational": "ein Angebot", "strategic": "eine Steuerung"}
WITH_IM = ("Landkreis", "Bezirk", "Regierungsbezirk", "Markt", "Ortsteil")
WITH_DER = ("Stadt", "Gemeinde")
FAULT: Mapping[str, str] = {
    GapType.STRUCTURAL: "Es gibt nichts, was den Bedarf deckt",
    GapType.FUNDING_CLIFF: "Was es gab, ist weggefallen",
    GapType.CAPACITY: "Was es gibt, reicht nicht für alle",
    GapType.ACCESS: "Was es gibt, ist zu weit entfernt",
    GapType.ENDING: "Was es gibt, endet",
    GapType.UNKNOWN_FUNDING: "Ob das Geld gesichert ist, ist nicht bekannt",
}


def gap_sentence(cell: Row, names: Names, records: Mapping[str, Sequence[str]]) -> str:
    """Say what a cell lacks, or that it lacks nothing.

    Args:
        cell: a row of Cells.
        names: German names of topics, groups, places and structures by key.
        records: keys of the records behind it, as Explanation has them; may be empty.

    """
    about = _about(cell, names)
    kind = cell["type"]
    if kind == GapType.NOT_KNOWN:
        return _not_known(cell, names, records)
    if kind == GapType.NO_DEMAND:
        return f"{about} besteht derzeit kein Bedarf."
    if kind == GapType.COVERED:
        return f"{about} ist der Bedarf gedeckt."
    return f"{about} {_finding(kind, cell)}{_detail(kind, cell, names, records)}."


def option_sentence(option: Row, cell: Row, names: Names) -> str:
    """Say what could close a gap: a row of Options, and its row of Cells."""
    who = _name(option["key"], names)
    adds, measure = option["adds"], cell["measure"] or ""
    amount = "" if adds is None or not measure else f"{_amount(adds)} {measure}".rstrip()
    cost = option["eur_per_year"]
    costs = "die Kosten sind nicht bekannt" if cost is None else f"bisher {euro(cost)} im Jahr"
    if option["kind"] == "lead":
        return "Eine Stelle sollte die Federführung übernehmen; bisher hat sie keine allein."
    if option["kind"] == "spare":
        free = f"hat in der Nähe noch {amount} frei"
        open_question = "macht in der Nähe das Gleiche; ob dort Platz ist, ist nicht bekannt"
        return f"{who} {free if amount else open_question}{_rest(option, cell)}."
    if option["kind"] == "new":
        return f"Eine neue Maßnahme{amount and f' für {amount}'} kann die Lücke schließen; {costs}."
    action = {
        "extension": f"Das Geld für {who} ließe sich verlängern, aufstocken oder sichern",
        "successor": f"Ein Nachfolger kann weiterführen, was {who} geleistet hat",
    }[option["kind"]]
    return f"{action}{amount and f'; das brächte {amount}'}; {costs}{_rest(option, cell)}."


def systematic_sentence(found: Row, names: Names) -> str:
    """Say along which line the same gap repeats: a row of Systematic."""
    name = _name(found["value"], names)
    where = {
        "topic": f"Zu {name}",
        "target_group": f"Für {name}",
        "place": _capital(_in(name)),
    }[found["along"]]
    times = f"in {found['gaps']} von {found['known']} bekannten Fällen"
    return f"{where} zeigt sich {times} dieselbe Lücke: {FAULT[found['type']]}."


def lasting_sentence(found: Row, cell: Row, names: Names) -> str:
    """Say how long a gap lasts: a row of Lasting, and its row of Cells."""
    period = f"vom {day(found['starts'])} bis zum {day(last_day(found['ends']))}"
    fault = FAULT[found["type"]]
    return f"{_about(cell, names)} bleibt {period} dieselbe Lücke: {fault}."


def loss_sentence(loss: Row, names: Names) -> str:
    """Say what a measure loses: a row of Losses."""
    measure, record = _name(loss["measure"], names), _name(loss["record"], names)
    last = day(last_day(loss["on_day"]))
    when = "bereits" if loss["already"] else f"nach dem {last}"
    money = (
        f"Für die Maßnahme „{measure}“ ist kein gesichertes Geld mehr da."
        if loss["already"]
        else f"Das gesicherte Geld der Maßnahme „{measure}“ reicht nur bis zum {last}."
    )
    return {
        "no_lead": f"Für die Maßnahme „{measure}“ ist keine federführende Stelle benannt.",
        "lead": f"Der Maßnahme „{measure}“ fehlt {when} die Federführung: {record}.",
        "structure": f"Der Maßnahme „{measure}“ fehlt {when}, was sie braucht: {record}.",
        "money": money,
    }[loss["loses"]]


def _finding(kind: str, cell: Row) -> str:
    nothing, something = NOTHING[cell["kind"]], SOMETHING[cell["kind"]]
    partly = (cell["fair"] or 0.0) > 0
    if kind == GapType.ENDING:
        return f"gibt es {something} nur bis zum {day(last_day(cell['until']))}"
    if kind == GapType.ACCESS:
        return f"gibt es {something} nur zu weit entfernt"
    if kind == GapType.UNKNOWN_FUNDING:
        return f"gibt es {something}, dessen Geld nicht bekannt ist".replace(
            "eine Steuerung, dessen", "eine Steuerung, deren"
        )
    if partly:
        return f"reicht, was es gibt, nur zum Teil: {_met(cell)} ({cell['measure']})"
    return f"gibt es {nothing}" + (" mehr" if cell["ended"] else "")


def _met(cell: Row) -> str:
    """Say how much is met of how much; with ranges, how much is needed and not met."""
    needed, unmet = ((cell[f"{name}_low"], cell[f"{name}_high"]) for name in ("demand", "unmet"))
    if needed[0] == needed[1] and unmet[0] == unmet[1]:
        return f"{_amount(cell['demand'] - cell['unmet'])} von {_amount(cell['demand'])}"
    return f"gebraucht {amounts(*needed)}, ungedeckt {amounts(*unmet)}"


def _detail(kind: str, cell: Row, names: Names, records: Mapping[str, Sequence[str]]) -> str:
    """Add the one fact that matters most."""
    if kind == GapType.STRUCTURAL:
        if parts := records.get("structure:part"):
            return f"; nur in Teilen des Gebiets: {_list(parts, names)}"
        return "; danach wurde gefragt und nichts gefunden"
    if kind == GapType.FUNDING_CLIFF and cell["ended"]:
        gone = [*records.get("structure:ended", ()), *records.get("structure:unfunded", ())]
        last = _name(gone[0], names) if len(gone) == 1 else "das letzte Angebot"
        return f"; {last} endete am {day(last_day(cell['ended']))}"
    if cell["begins"] and not (cell["fair"] or 0.0):
        return f"; das nächste beginnt am {day(cell['begins'])}"
    if serving := records.get(
        "structure:serves" if kind == GapType.ENDING else "structure:unclear"
    ):
        return f": {_list(serving, names)}"
    return ""


def _not_known(cell: Row, names: Names, records: Mapping[str, Sequence[str]]) -> str:
    about = _about(cell, names)
    about = about[0].lower() + about[1:]
    if cell["reason"] == "not_asked":
        parts = _list(records.get("structure:part", ()), names)
        known = f"; bekannt ist nur, was Teile des Gebiets versorgt: {parts}" if parts else ""
        return f"Ob es {about} {SOMETHING[cell['kind']]} gibt, wurde nicht erhoben{known}."
    size = f"{amounts(cell['demand_low'], cell['demand_high'])} {cell['measure']}"
    return (
        f"Ob {about} für {size} genug da ist, lässt sich nicht sagen; die Größe ist nicht erfasst."
    )


def _about(cell: Row, names: Names) -> str:
    """Say for whom, where and on what: "Für Frauen in Ahorn zu Sprache und Bildung"."""
    group, topic = _name(cell["target_group"], names), _name(cell["topic"], names)
    return f"Für {group} {_in(_name(cell['place'], names))} zu {topic}"


def _rest(option: Row, cell: Row) -> str:
    if option["remains"] is None or cell["measure"] is None:
        return ""
    if not option["remains"]:
        return "; damit wäre die Lücke geschlossen"
    return f"; {_amount(option['remains'])} {cell['measure']} blieben ungedeckt"


def _in(name: str) -> str:
    word = name.partition(" ")[0]
    if word in WITH_IM:
        return f"im {name}"
    return f"in der {name}" if word in WITH_DER else f"in {name}"


def _list(keys: Sequence[str], names: Names) -> str:
    return ", ".join(_name(key, names) for key in keys)


def _name(key: str | None, names: Names) -> str:
    return "" if key is None else names.get(key, key)


def _amount(value: float) -> str:
    return number(value, 0 if float(value).is_integer() else 1)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
