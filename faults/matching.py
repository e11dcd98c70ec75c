"""Faults in matching organisations that are named differently."""

from faults.fault import Fault

NAMES = ("analysis/test_matching_names.py",)
PAIRS = ("analysis/test_matching.py",)

# In order: file, what stands there, what somebody might have written, who has to notice.
PLANTED = (
    ("letters", '_ENDINGS = ("innen", ', "_ENDINGS = (", NAMES),
    ("mending", "return (word + after,)\n        for", "return (word, after)\n        for", NAMES),
    ("mending", "(word[:-1], word[-1] + after), ", "", NAMES),
    ("mending", "if max(at, len(word) - at) < _LONG_PART:", "if at:", NAMES),
    ("names", "if len(rest) > 1 and rest[-1] == _REGISTERED", "if False", NAMES),
    ("names", "if len(wholes) == 1 and part not in full", "if part not in full", NAMES),
    ("names", 'f"{phrase[-1]}er"', "phrase[-1]", NAMES),
    ("names", 'word.lstrip("0") or "0"', "word", NAMES),
    ("comparing", "a.numbers != b.numbers", "False", PAIRS),
    ("comparing", "if _disjoint(a.scope, b.scope)", "if False", PAIRS),
    ("comparing", "if _disjoint(a.level, b.level)", "if False", PAIRS),
    ("comparing", "return bool(common) and alone and", "return False and", PAIRS),
    ("comparing", "weight -= sum(", "weight += sum(", PAIRS),
    ("scoring", 'pl.col("conflict") | elsewhere', 'pl.col("conflict")', PAIRS),
    ("scoring", " & ~at_seat.fill_null(value=False)", "", PAIRS),
    ("scoring", "most - weights.SPREAD * spread.log()", "most + spread.log()", PAIRS),
    ("scoring", "with_code.log()", "with_code.log() + 1", PAIRS),
    ("scoring", ".str.head(-_EXTENSION)", "", PAIRS),
    ("learning", 'pl.col("agree") >= _FROM_PLACES', "pl.lit(value=False)", PAIRS),
    ("learning", "pl.concat([shared, own])", "shared", PAIRS),
    ("clustering", "(pairs - between.compared) * _UNCOMPARED", "0", PAIRS),
    ("clustering", "if between.banned or", "if", PAIRS),
    ("clustering", " or (a in self.taken and b in self.taken)", "", PAIRS),
    ("clustering", "part.join_decided()", "part.together.sort()", PAIRS),
    ("deciding", "_check(together, apart, ", "(together, apart, ", PAIRS),
    ("matching", '& (pl.col("rivals") == 0)', "", PAIRS),
    ("evaluation", "(hit - chance) / (most - chance)", "hit / most", PAIRS),
)  # fmt: skip
FAULTS = tuple(Fault(f"analysis/matching/{file}.py", *rest) for file, *rest in PLANTED)
