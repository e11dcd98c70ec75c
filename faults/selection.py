"""Faults in the year's selection: optimum, changes, rankings, scores, robustness."""

from faults.fault import Fault

BEST = ("analysis/test_optimum.py",)
RANKED = ("analysis/test_rankings.py",)
SCORED = ("analysis/test_scores.py",)
ROBUST = ("analysis/test_robustness.py",)

# In order: file, what stands there, what somebody might have written, who has to notice.
PLANTED = (
    ("pool", "coefficients[self.at[other]] += sign", "coefficients[self.at[other]] -= sign", BEST),
    ("pool", "amount * (least.share - part)", "amount * (part - least.share)", BEST),
    ("pool", "fewest = Fraction(-least.count)", "fewest = Fraction(1 - least.count)", BEST),
    ("pool", "if least.of else [Fraction(1)]", "if not least.of else [Fraction(1)]", BEST),
    ("pool", "waiting.extend(self.candidates[self.at[key]].needs)", "pass", BEST),
    ("solving", "over = np.flatnonzero(self.matrix @ found > self.most)", "over = []", BEST),
    ("solving", "self.at_most(-objective, -worth)", "self.at_most(-objective, 1 - worth)", BEST),
    ("solving", "room = self.most - value", "room = value - self.most", BEST),
    ("solving", "np.arange(len(block))[::-1]", "np.arange(len(block))", BEST),
    ("solving", "if self._only(found):", "if found.any():", BEST),
    ("solving", "base = low | (high & (gain > 0))", "base = gain > 0", ROBUST),
    ("optimum", "-np.array(prices, dtype=np.int64)", "np.array(prices, dtype=np.int64)", BEST),
    ("optimum", "search.high[pool.at[key]] = False", "pass", BEST),
    ("obstacles", "if used[name] > most:", "if used[name] >= most:", BEST),
    ("obstacles", "must = pool.with_needed(pool.duties | forced)", "must = pool.duties", BEST),
    ("obstacles", "            rows = without\n", "            break\n", BEST),
    ("changes", "limit, below = selection.used[resource] - grain, least", "break", BEST),
    ("changes", "one not in pool.duties]", "one]", BEST),
    ("changes", "after - before - {key}", "after - before", BEST),
    ("plain", "if more[name] and used[name] > most", "if used[name] > most + more[name]", BEST),
    ("plain", "pool.price(one.key), one.key", "one.key", BEST),
    ("plain", "group = pool.with_needed([key]) - chosen", "group = frozenset([key])", BEST),
    ("rankings", "np.full(len(ordered), len(opinion.places))", "np.full(len(ordered), -1)", RANKED),
    ("rankings", "(2 * below + equal)", "(2 * below)", RANKED),
    ("rankings", "np.where(prefer > prefer.T, prefer, 0)", "prefer", RANKED),
    ("rankings", "wins == len(self.keys) - 1", "wins == wins.max()", RANKED),
    ("kemeny", "prefer >= prefer.T)]", "prefer > prefer.T)]", RANKED),
    ("kemeny", "if value == self.best[subset]", "if value >= 0", RANKED),
    ("kemeny", "        most -= ~forward\n", "", RANKED),
    ("kemeny", "if prefer[a, b] == prefer[b, a]]", "if prefer[a, b] >= prefer[b, a]]", RANKED),
    ("scores", "FULL - part if criterion.falling", "part if criterion.falling", SCORED),
    ("scores", "+ Fraction(1, 2)", "", SCORED),
    ("scores", "if one.key in parts}", "}", SCORED),
    ("scores", "if mark.voter in before:", "if before.get(mark.voter):", SCORED),
    ("listing", "far <= room", "far <= room / 2", ROBUST),
    ("listing", "- self.take[at], 0.0)", ", 0.0)", ROBUST),
    ("listing", "left + self.back[at] >= 0", "left >= 0", ROBUST),
    ("listing", "                complete = False\n", "", ROBUST),
    ("robustness", "(2 * points + weights)", "(2 * points)", ROBUST),
    ("robustness", "worth == worth.max()", "worth >= 0", ROBUST),
    ("robustness", "prices == prices.min()", "prices >= 0", ROBUST),
    ("robustness", "choice & ~doubtful", "choice", ROBUST),
    ("robustness", "place < WHOLE", "place > WHOLE", ROBUST),
)
FAULTS = tuple(Fault(f"analysis/selection/{module}.py", *rest) for module, *rest in PLANTED)
