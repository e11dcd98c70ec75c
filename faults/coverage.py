"""Faults in coverage and what is built on it."""

from faults.fault import Fault

SPEC = ("analysis/test_coverage.py", "analysis/test_faults_found.py")
SHARED = ("analysis/test_allocation.py",)
CLOSING = ("analysis/test_closing.py",)
CARRYING = ("analysis/test_carrying.py",)
REPEATED = ("analysis/test_systematic.py",)
BALANCE = ("analysis/test_balance.py",)
ACCESS = ("analysis/test_access.py",)
TABLES = ("analysis/test_tables.py",)
FILES = ("analysis/test_files.py",)

# In order: file, what stands there, what somebody might have written, who has to notice.
PLANTED: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("allocation", "ratio = min(1.0, whole)", "ratio = whole", SHARED),
    ("allocation", "np.maximum(raw, 1.0)", "np.minimum(raw, 1.0)", SHARED),
    ("allocation", "if not tight or len(tight) == len(cells):", "if len(cells):", SHARED),
    ("allocation", "demand * open_part", "open_part", SHARED),
    ("flow", "return set(layers.depth)", "return set(short)", SHARED),
    (
        "flow",
        "self.slack[last], *(self.flow[link] for link in path[1::2])",
        "self.slack[last]",
        SHARED,
    ),
    ("matches", '"networks": "strategic"', '"networks": "operational"', SPEC),
    ("matches", "part != scope and ", "", SPEC),
    ("matches", '"none_found", "none_exists"', '"none_found", "none_exists", "not_asked"', SPEC),
    ("matches", '(place or "").startswith(where)', 'where.startswith(place or "")', SPEC),
    ("matches", '"minutes") > limit', '"minutes") >= limit', SPEC),
    ("ranges", "coalesce(stated, (low + high) / 2, low", "coalesce(stated, low", SPEC),
    ("matches", "about in above", "about == topic", SPEC),
    ("matches", "whom is None or whom == group", "True", SPEC),
    (
        "matches",
        'pl.col("sized_in") == pl.col("measure")',
        'pl.col("sized_in").is_not_null()',
        SPEC,
    ),
    ("cells", 'how="left")\n        .with', 'how="inner")\n        .with', SPEC),
    ("service", "starts <= reached", "starts < reached", SPEC),
    (
        "service",
        "if None in holding:\n            return None",
        "if None in holding:\n            return reached",
        SPEC,
    ),
    ("service", "if starts < day < ends", "if starts < day <= ends", SPEC),
    ("state", 'pl.col("starts") <= on', 'pl.col("starts") < on', SPEC),
    ("state", "~self.far | far", "~self.far | ~far", SPEC),
    ("state", '> 0) | (capacities.frame["band"] == "unknown")', "> 0)", SPEC),
    ("state", "fill_null(0.0) > 0).to", "fill_null(1.0) > 0).to", SPEC),
    ("gaptypes", "(never & asked, GapType.STRUCTURAL)", "(never, GapType.STRUCTURAL)", SPEC),
    ("gaptypes", "state.any_pair(unsized & working)", "state.any_pair(unsized & ~working)", SPEC),
    ("gaptypes", "_met(with_far), GapType.ACCESS", "_met(with_far), GapType.CAPACITY", SPEC),
    ("gaptypes", "ratios) >= ENOUGH", "ratios) > 1.0 + ENOUGH", SPEC),
    ("gaptypes", "np.maximum(state.nominal, state.capacity[1])", "state.capacity[1]", SPEC),
    ("figures", "ratios\n    worst", "ratios * 0\n    worst", SPEC),
    ("figures", "state.capacity[LOW], level=HIGH", "state.capacity[HIGH], level=HIGH", SPEC),
    (
        "figures",
        "np.where(sized & ~no_least, _unmet(state.demand[LOW], best), 0.0)",
        "_unmet(state.demand[LOW], best)",
        SPEC,
    ),
    ("lasting", "day <= horizon else", "day < horizon else", SPEC),
    ("lasting", "if day and day <= on]", "if day]", SPEC),
    ("lasting", "max(over, default=None)", "min(over, default=None)", SPEC),
    ("coverage", 'pl.col("since") <= on', 'pl.col("since") < on', SPEC),
    ("systematic", 'pl.col("gaps") >= at_least', 'pl.col("gaps") > at_least', REPEATED),
    ("systematic", "if now.get(cell) != kind:", "if cell not in now:", REPEATED),
    ("systematic", ">= at_least_months", "> at_least_months", REPEATED),
    ("closing", "- state.shared(state.capacity[1]).used", "", CLOSING),
    ("closing", '"minutes") <= limit', '"minutes") < limit', CLOSING),
    ("closing", "        == 1\n", "        >= 1\n", CLOSING),
    ("closing", "eur if known else None", "eur", CLOSING),
    ("closing", 'if gap["type"] == GapType.ENDING else on', "if on is None else on", CLOSING),
    ("carrying", "end(structure, first=first)", "end(structure, first=on)", CARRYING),
    ("carrying", "lost <= horizon", "lost < horizon", CARRYING),
    ("carrying", "lost < after", "lost <= after", CARRYING),
    ("carrying", "is_not_null().all()", "is_not_null().any()", CARRYING),
    ("balance", "frame.filter(running(ordered[0]))", "frame", BALANCE),
    ("balance", "days[-1] + 2", "days[-1] + 1", BALANCE),
    ("balance", "[amount, -amount]", "[amount, amount * 0]", BALANCE),
    ("access", "cost <= limit", "cost < limit", ACCESS),
    ("access", 'side="right"', 'side="left"', ACCESS),
    ("access", "access < line", "access <= line + 1", ACCESS),
    ("access", "- share / 2.0", "", ACCESS),
    (
        "tables",
        "given.is_not_null() & values.is_null()",
        "given.is_null() & values.is_null()",
        TABLES,
    ),
    ("tables", 'replace_all(".", "", literal=True)', 'replace_all(" ", "", literal=True)', TABLES),
    ("files", "timedelta(days=1)", "timedelta(days=0)", FILES),
    ("files", "~values.is_first_distinct()", "values.is_first_distinct()", FILES),
)
FAULTS = tuple(
    Fault(f"analysis/{module}.py", old, new, tests) for module, old, new, tests in PLANTED
)
