"""Gaps of a whole state on one day and on 41 quarters; fair allocation of a large county."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from gelingen.analysis.allocation import Links, fair
from gelingen.analysis.balance import Balance, CellDemands, CellSupplies, balance

ROWS = 1_000_000
PLACES, TOPICS, GROUPS = 401, 48, 12
FIRST = date(2016, 1, 1)
DAYS = [date(2016 + month // 12, month % 12 + 1, 1) for month in range(0, 123, 3)]
KEYS = ["topic", "target_group", "place"]


def rows(seed: int, key: str, amount: str) -> pl.DataFrame:
    """One million rows over all cells and ten years, a fifth of them without end."""
    random = np.random.default_rng(seed)
    starts = random.integers(-700, 3600, ROWS)
    frame = pl.DataFrame(
        {
            key: np.char.add(key[0], np.arange(ROWS).astype(str)),
            "topic": np.char.add("t", random.integers(0, TOPICS, ROWS).astype(str)),
            "target_group": np.char.add("g", random.integers(0, GROUPS, ROWS).astype(str)),
            "place": np.char.add("09", random.integers(100, 100 + PLACES, ROWS).astype(str)),
            amount: random.integers(1, 40, ROWS).astype(float),
            "starts": starts,
            "ends": np.where(
                random.random(ROWS) < 0.2, -9999, starts + random.integers(90, 1500, ROWS)
            ),
        }
    )
    day = pl.lit(FIRST)
    return frame.with_columns(
        pl.col(KEYS).cast(pl.Categorical),
        starts=day + pl.duration(days="starts"),
        ends=pl.when(pl.col("ends") != -9999).then(day + pl.duration(days="ends")),
    )


def by_polars(demands: pl.DataFrame, supplies: pl.DataFrame, days: list[date]) -> pl.DataFrame:
    """The same question, written plainly in polars."""
    calendar = pl.DataFrame({"day": days}).lazy()

    def side(frame: pl.DataFrame, amount: str, name: str) -> pl.LazyFrame:
        holds = (pl.col("starts") <= pl.col("day")) & (
            pl.col("ends").is_null() | (pl.col("ends") > pl.col("day"))
        )
        if len(days) == 1:
            joined = frame.lazy().with_columns(day=pl.lit(days[0])).filter(holds)
        else:
            joined = frame.lazy().join_where(
                calendar,
                pl.col("starts") <= pl.col("day"),
                pl.col("ends").fill_null(date(9999, 1, 1)) > pl.col("day"),
            )
        return joined.group_by("day", *KEYS).agg(pl.col(amount).sum().alias(name))

    both = side(demands, "quantity", "demand").join(
        side(supplies, "capacity", "supply"), on=["day", *KEYS], how="full", coalesce=True
    )
    return both.with_columns(pl.col("demand", "supply").fill_null(0.0)).collect()


SQL = """
with d as (
  select day, topic, target_group, place, sum(quantity) as demand
  from demands join days on starts <= day and (ends is null or ends > day) group by all
), s as (
  select day, topic, target_group, place, sum(capacity) as supply
  from supplies join days on starts <= day and (ends is null or ends > day) group by all
)
select day, topic, target_group, place, coalesce(demand, 0) as demand, coalesce(supply, 0) as supply
from d full join s using (day, topic, target_group, place)
"""


class ByDuckdb:
    """The same question, written plainly in SQL on tables of duckdb itself."""

    def __init__(self, demands: pl.DataFrame, supplies: pl.DataFrame) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("set enable_progress_bar = false")
        with tempfile.TemporaryDirectory() as folder:
            for name, frame in (("demands", demands), ("supplies", supplies)):
                self.load(name, frame, Path(folder) / f"{name}.parquet")

    def load(self, name: str, frame: pl.DataFrame, path: Path) -> None:
        """Load a frame; keys as whole numbers, which duckdb groups and hands over fastest."""
        frame.with_columns(pl.col(KEYS).to_physical()).write_parquet(path)
        self.connection.execute(f"create table {name} as from '{path}'")

    def ask(self, days: list[date]) -> dict[str, np.ndarray]:
        """Answer as columns of numpy."""
        values = ", ".join(f"(date '{day}')" for day in days)
        self.connection.execute(
            f"create or replace temp table days as from (values {values}) v(day)"
        )
        return self.connection.execute(SQL).fetchnumpy()


def compare(own: Balance, polars: pl.DataFrame, sql: dict[str, np.ndarray]) -> None:
    """Stop unless all three give the same sums for every day and cell."""
    where = own.cells.with_columns(pl.col(KEYS).to_physical()).with_row_index("cell")
    when = pl.DataFrame({"day": own.days}).with_row_index("row")
    columns = {name: np.asarray(values) for name, values in sql.items()}
    answers = {
        "polars": polars.with_columns(pl.col(KEYS).to_physical()),
        "duckdb": pl.DataFrame(columns).with_columns(pl.col("day").cast(pl.Date)),
    }
    for name, answer in answers.items():
        keyed = answer.join(where, on=KEYS).join(when, on="day")
        if keyed.height != np.count_nonzero((own.demand > 0) | (own.supply > 0)):
            raise ValueError(f"{name}: other cells")
        row, cell = keyed["row"].to_numpy(), keyed["cell"].to_numpy()
        for side in ("demand", "supply"):
            expected = np.zeros_like(own.demand)
            expected[row, cell] = keyed[side].to_numpy()
            if not np.allclose(expected, getattr(own, side), rtol=0, atol=1e-6):
                raise ValueError(f"{name}: {side} differs")


def seconds(function: Callable[[], object], times: int = 5) -> float:
    """Median run time, after one run to warm up."""
    function()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        function()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def state_wide() -> list[dict[str, object]]:
    """One day and 41 quarters for a million needs and a million structures."""
    demands = CellDemands(rows(1, "need", "quantity"))
    supplies = CellSupplies(rows(2, "structure", "capacity"))
    peer = ByDuckdb(demands.frame, supplies.frame)
    cases = [("einen Tag", DAYS[20:21], 1.0), ("41 Quartale", DAYS, 0.5)]
    entries: list[dict[str, object]] = []
    for words, days, goal in cases:
        own = balance(demands, supplies, days=days)
        compare(own, by_polars(demands.frame, supplies.frame, days), peer.ask(days))
        del own
        taken = seconds(lambda days=days: answered(demands, supplies, days))
        plain = seconds(lambda days=days: by_polars(demands.frame, supplies.frame, days), 2)
        duck = seconds(lambda days=days: peer.ask(days), 2)
        ratios = {"polars": round(taken / plain, 3), "duckdb": round(taken / duck, 3)}
        entries.append(
            {
                "case": f"Lücken landesweit für {words}: je 1 Mio. Bedarfe und Strukturen",
                "seconds": round(taken, 4),
                "ratios": ratios,
                "goal": f"höchstens {goal:g} × duckdb".replace(".", ","),
                "met": taken <= goal * duck,
            }
        )
    return entries


def answered(demands: CellDemands, supplies: CellSupplies, days: list[date]) -> object:
    """Ask for what a service of a whole state shows: a table of a day, or figures of many days."""
    result = balance(demands, supplies, days=days)
    return result.on(days[0]) if len(days) == 1 else result.unmet


def county() -> tuple[np.ndarray, np.ndarray, Links]:
    """500 structures and 2,000 cells: topics, groups, places, some for the whole county."""
    random = np.random.default_rng(3)
    topics, groups, places = 11, 12, 17
    cells = random.choice(topics * groups * places, 2000, replace=False)
    topic, group, place = cells // (groups * places), cells // places % groups, cells % places
    units, served = [], []
    for unit in range(500):
        fits = np.isin(topic, random.integers(0, topics, random.integers(1, 3)))
        fits &= np.isin(group, random.choice(groups, random.integers(1, 5), replace=False))
        if random.random() < 0.6:
            fits &= np.isin(place, random.choice(places, random.integers(1, 4), replace=False))
        units += [unit] * int(fits.sum())
        served += np.flatnonzero(fits).tolist()
    capacity = random.integers(1, 60, 500).astype(float)
    demand = random.integers(1, 25, 2000).astype(float)
    return capacity, demand, Links(np.array(units), np.array(served))


def fair_allocation() -> dict[str, object]:
    """Fair allocation of one large county."""
    capacity, demand, links = county()
    allocation = fair(capacity, demand, links)
    met = float(np.nansum(demand * allocation.ratios))
    if not np.isclose(met, allocation.used.sum(), rtol=1e-9):
        raise ValueError("what is given is not what is received")
    taken = seconds(lambda: fair(capacity, demand, links), 3)
    return {
        "case": f"Gerechte Verteilung: 500 Strukturen, 2.000 Zellen, {len(links.units)} Paare",
        "seconds": round(taken, 3),
        "goal": "höchstens 1 s",
        "met": taken <= 1.0,
    }


def run() -> list[dict[str, object]]:
    """Measure all cases of this module."""
    return [*state_wide(), fair_allocation()]
