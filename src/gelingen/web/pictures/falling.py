"""What falls away until the horizon: the losses behind the bars of the timeline, as a table."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from gelingen.config.day import today
from gelingen.findings.current import Current
from gelingen.terms.spelling import day, last_day, number
from gelingen.web.lists import Cell, Column, Listing, Order, chosen_order, in_order
from gelingen.web.pages import StaffRequest
from gelingen.web.pictures.stretches import Stretch
from gelingen.web.records import ways
from gelingen.web.states import MONEY
from gelingen.workbook.folding import fold

COLUMNS = (
    Column("Struktur", "struktur", wide=True),
    Column("Was endet", wide=True),
    Column("Letzter Tag", "tag"),
    Column("EUR je Jahr", "eur", number=True),
    Column("VZÄ", "vzae", number=True),
    Column("Geld danach", "danach", meaning="Wie sicher das Geld nach diesem Tag ist"),
)
_KINDS = {"ends": "die Struktur selbst", "reduced": "ein Teil des Geldes"}
_STATES = [*MONEY, ""]


def falling_away(
    request: StaffRequest,
    known: Current,
    shown: Collection[str],
    found: Mapping[str, Sequence[Stretch]],
) -> tuple[Listing | None, Order]:
    """List what ends or shrinks from today until the planning horizon.

    Args:
        request: whose address says the order.
        known: the analyses.
        shown: keys of the structures on the page.
        found: how sure their money is over time, see `stretches_of`.

    Returns:
        The table, in the order asked for, without it what ends first; None if nothing ends or no
        horizon is known.

    """
    order = chosen_order(request, COLUMNS, default="tag")
    if known.horizon is None or known.horizon <= today():
        return None, order
    losses = known.losses(today(), ends=known.horizon).frame.rows(named=True)
    rows = [row for row in losses if row["structure"] in shown]
    after = {id(row): _after(found.get(row["structure"], ()), row["day"]) for row in rows}
    keys = {
        "struktur": lambda row: fold(known.name(row["structure"])),
        "tag": lambda row: row["day"],
        "eur": lambda row: row["eur_per_year"] or 0,
        "vzae": lambda row: row["fte"] or 0,
        "danach": lambda row: _STATES.index(after[id(row)]),
    }
    sources = _sources(known)
    way = ways(request, "structure")
    cells = [
        (
            Cell(known.name(row["structure"]), url=way(row["structure"])),
            _what(row, sources),
            day(last_day(row["day"])),
            _amount(row["eur_per_year"], 0),
            _amount(row["fte"], 2),
            _money(after[id(row)], row),
        )
        for row in in_order(rows, order, keys)
    ]
    caption = f"Was bis zum {day(last_day(known.horizon))} wegfällt"
    return (Listing(caption, COLUMNS, cells) if cells else None), order


def _sources(known: Current) -> dict[str, str]:
    frame = known.inputs.inventory.tranches.frame
    return dict(frame.select("funding", "source").rows())


def _what(row: Mapping[str, Any], sources: Mapping[str, str]) -> str:
    """Name the money that ends, or say that it is the structure or a part of the money."""
    named = [sources[key] for key in row["fundings"].split(";") if sources.get(key)]
    word = _KINDS.get(row["kind"], "")
    return "; ".join([*([word] if word and not named else []), *dict.fromkeys(named)]) or "Geld"


def _after(stretches: Sequence[Stretch], on: date) -> str:
    """State of the money from a day on; "" if the structure ends or that lies outside the years."""
    return next((one.state for one in stretches if one.starts <= on < one.ends), "")


def _money(state: str, row: Mapping[str, Any]) -> Cell | str:
    if not state:
        return "Struktur endet" if row["kind"] == "ends" else "–"
    back = f"ab {day(row['resumes'])} wieder getragen" if row["resumes"] else ""
    return Cell(MONEY[state].word, state=state, below=back)


def _amount(value: float | None, digits: int) -> str:
    return "–" if value is None else number(value, digits)
