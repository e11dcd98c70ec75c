"""The year's selection: three lists side by side, and a thousand weightings."""

import statistics
import time
from collections import defaultdict
from fractions import Fraction

import numpy as np

from gelingen.analysis.selection.ballots import Ballots
from gelingen.analysis.selection.optimum import optimum
from gelingen.analysis.selection.plain import down_the_ranking
from gelingen.analysis.selection.pool import Candidate, Minimum, Pool
from gelingen.analysis.selection.robustness import Parts, draw_weightings, robustness
from gelingen.analysis.selection.scores import Criterion, Mark, points, summarise
from gelingen.analysis.selection.shares import equal_shares

SIZE, GROUPS = 150, 30
CRITERIA = ("aufwand", "bedarf", "machbar", "nutzen", "reichweite", "schnell")
TOPICS = "abcdefgh"
SOURCES = ("bund", "kreis", "land")
# How much of what all ask for there is. Earmarked money of others is seldom what is short.
SCARCE = {"bund": 0.97, "kreis": 0.35, "land": 0.97, "stellen": 0.5, "stunden": 0.97}
ALL_SCARCE = {"bund": 0.3, "kreis": 0.35, "land": 0.4, "stellen": 0.4, "stunden": 0.5}


def sheets(seed: int) -> list[Mark]:
    """Marks of 0 to 5 by all groups; groups agree roughly, and abstain now and then."""
    random = np.random.default_rng(seed)
    worth = 2.5 + random.normal(0, 0.8, (SIZE, 1)) + random.normal(0, 0.9, (SIZE, len(CRITERIA)))
    marks = np.clip(np.rint(worth + random.normal(0, 1, (GROUPS, SIZE, len(CRITERIA)))), 0, 5)
    given = random.random(marks.shape) > 0.1
    return [
        Mark(
            f"g{group:02}",
            f"m{one:03}",
            CRITERIA[about],
            Fraction(int(marks[group, one, about])) if given[group, one, about] else None,
        )
        for group, one, about in np.ndindex(marks.shape)
    ]


def county(seed: int, tight: dict[str, float]) -> tuple[Pool, Parts]:
    """150 measures with money from three sources, posts and hours; everything that may hold."""
    random = np.random.default_rng(seed)
    criteria = [Criterion(name, Fraction(1), Fraction(0), Fraction(5)) for name in CRITERIA]
    rated = points(criteria, summarise(criteria, sheets(seed)), by="mean")
    topics = random.choice(list(TOPICS), SIZE, p=np.array([30, 25, 20, 10, 6, 4, 3, 2]) / 100)
    needs = {int(a): f"m{b:03}" for a, b in random.choice(SIZE, (15, 2), replace=False)}
    candidates = [
        Candidate(
            f"m{at:03}",
            one.rounded or Fraction(0),
            costs(random),
            frozenset(topics[at]),
            frozenset([needs[at]] if at in needs else []),
        )
        for at, one in enumerate(rated)
    ]
    asked = Pool(tuple(candidates)).used([one.key for one in candidates])
    pool = Pool(
        tuple(candidates),
        {name: Fraction(int(asked[name] * Fraction(part))) for name, part in tight.items()},
        frozenset({"m000", "m001"}),
        tuple((f"m{a:03}", f"m{b:03}") for a, b in random.choice(SIZE, (8, 2), replace=False)),
        tuple(Minimum(topic, 2) for topic in TOPICS if (topics == topic).sum() > 2),
        frozenset(SOURCES),
    )
    return pool, {one.candidate: one.parts for one in rated}


def costs(random: np.random.Generator) -> dict[str, Fraction]:
    """Money in steps of 500 euros, mostly from one source; a tenth of a post; ten hours."""
    money = int(max(1, round(random.lognormal(9.3, 0.9) / 500))) * 500
    source, second = random.choice(SOURCES, 2, replace=False, p=[0.2, 0.5, 0.3]).tolist()
    part = 500 * (money // 2_000) if random.random() < 0.25 else 0
    post = int(random.integers(1, 11)) if random.random() < 0.5 else 0
    hours = 10 * int(random.integers(1, 13)) if random.random() < 0.4 else 0
    return {
        source: Fraction(money - part),
        second: Fraction(part),
        "stellen": Fraction(post, 10),
        "stunden": Fraction(hours),
    }


def lists() -> dict[str, object]:
    """Three lists side by side, as the page asks for them."""
    pool, _ = county(0, SCARCE)
    given = ballots(pool)
    money = sum((pool.limits[name] for name in SOURCES), Fraction(0))
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        best = optimum(pool)
        fair = equal_shares(given, money)
        plain = down_the_ranking(pool)
        taken.append(time.perf_counter() - begun)
    if not best.possible or best.value < plain.selection.value or not fair.chosen:
        raise ValueError("the best choice is not the best")
    return {
        "case": f"Jahresauswahl: drei Listen, {SIZE} Maßnahmen, {GROUPS} Bögen, 5 Mittel",
        "seconds": round(statistics.median(taken), 3),
        "goal": "höchstens 1 s",
        "met": statistics.median(taken) <= 1.0,
    }


def ballots(pool: Pool) -> Ballots:
    """Each group gives its mark for the benefit as points, if it is 3 or more."""
    given: dict[str, dict[str, int]] = defaultdict(dict)
    for mark in sheets(0):
        if mark.criterion == "nutzen" and mark.value is not None and mark.value >= 3:
            given[mark.voter][mark.candidate] = int(mark.value)
    return Ballots({one.key: pool.price(one.key) for one in pool.candidates}, given)


def weightings(words: str, tight: dict[str, float], goal: float | None) -> dict[str, object]:
    """A thousand weightings with progress told."""
    pool, parts = county(0, tight)
    told: list[int] = []
    begun = time.perf_counter()
    drawn = draw_weightings(CRITERIA, seed=1)
    found = robustness(pool, parts, drawn, progress=lambda done: told.append(done) is None)
    taken = time.perf_counter() - begun
    if told != list(range(1, len(drawn.weights) + 1)):
        raise ValueError("progress was not told")
    return {
        "case": f"Robustheit: 1.000 Gewichtungen, {SIZE} Maßnahmen, {words}; bewiesen: "
        f"{found.proved}",
        "seconds": round(taken, 3),
        "proved": found.proved,
        "gap": found.gap,
        "goal": f"höchstens {goal:g} s" if goal else "",
        "met": taken <= goal if goal else None,
    }


def run() -> list[dict[str, object]]:
    """Measure all cases of this module."""
    return [
        lists(),
        weightings("zwei Mittel knapp", SCARCE, 20.0),
        weightings("alle fünf Mittel knapp", ALL_SCARCE, None),
    ]
