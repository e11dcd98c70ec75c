"""Closing: what could close each gap, in the order in which one should look."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from gelingen.analysis.cells import CELL, lineage, matching
from gelingen.analysis.coverage import CoverageResult
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.matches import find_matches
from gelingen.analysis.money import running
from gelingen.analysis.schema import Responsibilities, Tranches
from gelingen.analysis.state import find_state
from gelingen.analysis.tables import Column, Table
from gelingen.terms.vocabulary import GapType, Scenario

__all__ = ["Options", "find_options"]

COUNTY_KEY = 5  # digits of the official key of a county


class Options(Table):
    """Möglichkeiten: one row per gap and way to close it, in the order to look at them."""

    cell = Column(pl.String, "Kennung der Zelle")
    rank = Column(pl.Int64, "Reihenfolge, ab 1")
    kind = Column(pl.String, "spare, lead, extension, successor oder new")
    key = Column(pl.String, "Struktur, die es leisten kann; leer: noch keine", nullable=True)
    fundings = Column(pl.String, "Finanzierungen dazu, mit Semikolon", nullable=True)
    from_day = Column(pl.Date, "Tag, ab dem es nötig ist")
    adds = Column(pl.Float64, "Zusätzliche Kapazität; leer: nicht bekannt", nullable=True)
    remains = Column(pl.Float64, "Bleibt ungedeckt; leer: nicht bekannt", nullable=True)
    eur_per_year = Column(pl.Float64, "Kosten; leer: nicht bekannt", "EUR je Jahr", nullable=True)


@dataclass(frozen=True)
class _Option:
    kind: str
    key: str | None = None
    adds: float | None = None


@dataclass(frozen=True)
class _Money:
    """The last money of a structure: its keys and, if known of all, its yearly amount."""

    fundings: str | None = None
    eur_per_year: float | None = None


def find_options(
    inventory: Inventory,
    result: CoverageResult,
    responsibilities: Responsibilities,
    *,
    limit: float | None = None,
) -> Options:
    """List for each gap what could close it, taken alone.

    First spare capacity of structures that do the same elsewhere in the county (or, where travel
    times are given, within the limit); then an agreed lead, if the cell has none or several; then
    extending money that has run out, is short or not certain; then a successor for a structure that
    has ended; last a new measure. Money of an extension or successor costs what the last known
    tranches of the structure cost.

    Args:
        inventory: the records that the result rests on.
        result: coverage of one day.
        responsibilities: who leads where.
        limit: longest bearable way in minutes.

    Returns:
        Rows by gap, the most severe first, and rank; within a kind the largest contribution first.

    """
    spare = _spare(inventory, result, limit)
    settled = _settled(result, responsibilities, inventory)
    roles = _roles(result)
    sizes = {
        (key, measure): mid
        for key, measure, mid in find_matches(inventory)
        .suppliers.select("structure", "sized_in", "mid")
        .rows()
    }
    effective = dict(result.capacities.frame.select("structure", "mid").rows())
    money = _last_money(inventory.tranches)
    rows: list[tuple[object, ...]] = []
    for gap in result.gaps().frame.rows(named=True):
        cell, measure = gap["cell"], gap["measure"]
        nominal = {key: mid for (key, unit), mid in sizes.items() if measure and unit == measure}
        found = [
            *_largest("spare", spare.get(cell, {})),
            *([] if cell in settled else [_Option("lead")]),
            *_renewals(gap["type"], roles.get(cell, {}), nominal, effective),
            _Option("new", adds=_missing(gap)),
        ]
        for rank, option in enumerate(found, start=1):
            rows.append((cell, rank, *_row(option, gap, money, on=result.basis.as_of)))
    return Options.from_rows(rows)


def _row(
    option: _Option, gap: Mapping[str, object], money: Mapping[str, _Money], *, on: date
) -> tuple[object, ...]:
    missing = _missing(gap)
    adds = option.adds if option.adds is None or missing is None else min(option.adds, missing)
    helps = None if option.kind == "lead" else adds
    remains = missing if option.kind == "lead" else None
    if missing is not None and helps is not None:
        remains = missing - helps
    pays = money.get(option.key or "", _Money()) if option.kind != "spare" else _Money()
    needed = gap["until"] if gap["type"] == GapType.ENDING else on
    return option.kind, option.key, pays.fundings, needed, helps, remains, pays.eur_per_year


def _missing(gap: Mapping[str, object]) -> float | None:
    """Give what is unmet: of an ending cell all that is needed, as it is met until then."""
    missing = gap["demand"] if gap["type"] == GapType.ENDING else gap["unmet"]
    return missing if isinstance(missing, float) else None


def _largest(kind: str, adds: Mapping[str, float | None]) -> list[_Option]:
    known = sorted(adds.items(), key=lambda item: (-(item[1] or 0.0), item[0]))
    return [_Option(kind, key, amount) for key, amount in known]


def _renewals(
    kind: str,
    roles: Mapping[str, str],
    nominal: Mapping[str, float],
    effective: Mapping[str, float | None],
) -> Iterator[_Option]:
    """Offer to extend what works without enough money, and to follow what has ended."""
    extended: dict[str, float | None] = {}
    followed: dict[str, float | None] = {}
    for key, role in roles.items():
        full = nominal.get(key)
        now = (effective.get(key) or 0.0) if role == "serves" else 0.0
        short = full is not None and now < full
        if role in ("unfunded", "unclear") or (role == "serves" and short):
            extended[key] = None if full is None else full - now
        elif role == "serves" and kind == GapType.ENDING:
            extended[key] = full
        elif role == "ended":
            followed[key] = full
    yield from _largest("extension", extended)
    yield from _largest("successor", followed)


def _roles(result: CoverageResult) -> dict[str, dict[str, str]]:
    """Give the role of each structure by cell."""
    found: dict[str, dict[str, str]] = {}
    frame = result.evidence.frame.filter(pl.col("record") == "structure")
    for cell, key, role in frame.select("cell", "key", "role").rows():
        found.setdefault(cell, {})[key] = role
    return found


def _spare(
    inventory: Inventory, result: CoverageResult, limit: float | None
) -> dict[str, dict[str, float | None]]:
    """Find by gap the structures nearby that have capacity left; None: size not known."""
    matches = find_matches(inventory, limit=limit)
    scenario = result.basis.scenario or Scenario.SECURED
    state = find_state(
        inventory,
        matches,
        on=result.basis.as_of,
        scenario=scenario,
        severity_first=bool(result.basis.arguments.get("severity_first")),
    )
    left = np.round(state.capacity[1] - state.shared(state.capacity[1]).used, 9)
    suppliers = matches.suppliers.select(
        "structure", "serves", "sized_in", left=pl.Series(left), carried=pl.Series(state.carried)
    )
    fits = _nearby(inventory, result, suppliers.filter("carried"), limit)
    near = matches.pairs.filter(~pl.col("far")).select("cell", "structure")
    found: dict[str, dict[str, float | None]] = {}
    for row in fits.join(near, on=["cell", "structure"], how="anti").rows(named=True):
        same = row["sized_in"] is not None and row["sized_in"] == row["measure"]
        if same and row["left"] > 0:
            found.setdefault(row["cell"], {})[row["structure"]] = row["left"]
        elif row["measure"] is None or row["sized_in"] is None:
            found.setdefault(row["cell"], {})[row["structure"]] = None
    return found


def _nearby(
    inventory: Inventory, result: CoverageResult, suppliers: pl.DataFrame, limit: float | None
) -> pl.DataFrame:
    """Match gaps with structures that do the same in their county or within the limit."""
    gaps = result.gaps().frame.select("cell", *CELL, "kind", "measure")
    reach = inventory.reach.frame.join(suppliers, on="structure")
    county = pl.col("place").str.head(COUNTY_KEY if limit is None else 0)
    matched = (
        matching(
            gaps.with_columns(home="place", place=county),
            reach.with_columns(place=county),
            topics=inventory.topics,
            links=inventory.groups,
        )
        .filter(pl.col("serves") == pl.col("kind"))
        .unique(["cell", "structure"])
    )
    if limit is None:
        return matched.sort("cell", "structure")
    close = inventory.travel.frame.filter(pl.col("minutes") <= limit)
    at_home = close.select("structure", home="place").unique()
    return matched.join(at_home, on=["structure", "home"], how="semi").sort("cell", "structure")


def _settled(
    result: CoverageResult, responsibilities: Responsibilities, inventory: Inventory
) -> set[str]:
    """Find the gaps in which exactly one organisation leads."""
    lines = lineage(inventory.topics)
    leads = responsibilities.frame.filter(running(result.basis.as_of) & (pl.col("kind") == "lead"))
    rows = leads.select("organisation", *CELL).rows()
    return {
        cell
        for cell, topic, group, place in result.gaps().frame.select("cell", *CELL).rows()
        if len(
            {
                organisation
                for organisation, about, whom, where in rows
                if about in lines.get(topic, (topic,)) and whom == group and place.startswith(where)
            }
        )
        == 1
    }


def _last_money(tranches: Tranches) -> dict[str, _Money]:
    """Find the tranches of each structure that run longest; no end counts as the latest."""
    endless = date.max
    last = tranches.frame.with_columns(last=pl.col("ends").fill_null(endless)).filter(
        pl.col("last") == pl.col("last").max().over("structure")
    )
    grouped = last.group_by("structure").agg(
        fundings=pl.col("funding").sort().str.join(";"),
        known=pl.col("eur_per_year").is_not_null().all(),
        eur=pl.col("eur_per_year").sum(),
    )
    return {
        structure: _Money(fundings, eur if known else None)
        for structure, fundings, known, eur in grouped.rows()
    }
