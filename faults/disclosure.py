"""Faults in disclosure control, shares and trends."""

from faults.fault import Fault

HIDING = ("analysis/test_disclosure.py",)
CHOICE = ("analysis/test_disclosure_choice.py",)
ROUNDING = ("analysis/test_rounding_anonymity.py",)
DIVERSITY = ("analysis/test_diversity.py",)
SHARES = ("analysis/test_proportions.py",)

# In order: file, what stands there, what somebody might have written, who has to notice.
PLANTED = (
    ("disclosure/world", "<= count < self.threshold", "<= count <= self.threshold", HIDING),
    ("disclosure/world", "1 if self.knowing and not self.zeros else 0", "1", HIDING),
    ("disclosure/world", "both[total] - both[part]\n", "both[total]\n", HIDING),
    ("disclosure/world", "for other in table.contains:", "for other in ():", HIDING),
    ("disclosure/world", "for other in table.inside:", "for other in ():", HIDING),
    ("disclosure/world", "values.keys() & earlier.floors.keys()", "set()", HIDING),
    ("disclosure/attack", "OPEN, ends[:, 1])", "ends[:, 1], ends[:, 1])", HIDING),
    ("disclosure/choice", "system.total, dear, 1.0", "system.total, 0.5, 1.0", HIDING),
    ("disclosure/choice", "    master.at_most(few, float(few @ found))\n", "", HIDING),
    ("disclosure/choice", "np.maximum(-left, 0.0) * up", "np.maximum(left, 0.0) * up", CHOICE),
    ("disclosure/protection", "if not short.any():", "if hidden.any():", HIDING),
    ("disclosure/protection", "and name not in earlier.values", "", HIDING),
    ("disclosure/counts", "-self._depth(item[0])", "self._depth(item[0])", HIDING),
    ("disclosure/rounding", "base - 2 * over", "base - over", ROUNDING),
    ("disclosure/rounding", "steps * base - 1", "steps * base - 2", ROUNDING),
    ("disclosure/diversity", "if counts[whole] and any(", "if all(", DIVERSITY),
    ("disclosure/diversity", "== counts[whole] for part", ">= 1 for part", DIVERSITY),
    ("disclosure/anonymity", 'pl.col("_like") >= fewest', 'pl.col("_like") >= 2', ROUNDING),
    ("disclosure/anonymity", "rare & known.is_not_null()", "known.is_not_null()", ROUNDING),
    ("proportions", "(n - 1) * population", "n * population", SHARES),
    ("proportions", "gammaincinv(count + 1", "gammaincinv(count", SHARES),
    ("proportions", "n >= FEWEST", "n > FEWEST", SHARES),
    ("proportions", "population if corrected else None", "population", SHARES),
    ("trend", "(score - np.sign(score))", "score", SHARES),
    ("trend", "ties * (ties - 1) * (2 * ties + 5)", "ties * (ties - 1)", SHARES),
    ("trend", "n < FEWEST else", "n <= FEWEST else", SHARES),
    ("trend", "/ (second - first), variance", ", variance", SHARES),
)
FAULTS = tuple(Fault(f"analysis/{module}.py", *rest) for module, *rest in PLANTED)
