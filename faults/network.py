"""Faults in money, leads, overlaps, isolation and continuity."""

from faults.fault import Fault

MONEY = ("analysis/test_money.py",)
LEADS = ("analysis/test_leads.py",)
OVERLAPS = ("analysis/test_overlaps.py",)
ISOLATION = ("analysis/test_isolation.py",)
CONTINUITY = ("analysis/test_continuity.py",)

# In order: file, what stands there, what somebody might have written, who has to notice.
PLANTED = (
    ("money", '(pl.col("starts") <= on)', '(pl.col("starts") < on)', MONEY),
    ("money", '(pl.col("ends") > on)', '(pl.col("ends") >= on)', MONEY),
    (
        "money",
        'pl.col("probability").fill_null(0.0)',
        'pl.col("probability").fill_null(1.0)',
        MONEY,
    ),
    ("money", ".clip(upper_bound=1.0)", "", MONEY),
    ("money", "1.0 if scenario is Scenario.OPTIMISTIC", "1.0 if scenario", MONEY),
    ("money", "unrecorded & pl.col", "pl.col", MONEY),
    ("money", "pl.when(~exists)", "pl.when(pl.lit(value=False))", MONEY),
    ("cells", 'pl.col("topic_up").fill_null(pl.col("topic"))', 'pl.col("topic")', LEADS),
    ("cells", 'pl.col("place").str.head(length)', 'pl.col("place")', LEADS),
    ("leads", 'pl.col("holder") != pl.col("holder_right")', "pl.lit(value=True)", LEADS),
    ("leads", "(level == other) | level.is_null() | other.is_null()", "pl.lit(value=True)", LEADS),
    ("leads", "(level == other) | level.is_null() | other.is_null()", "level == other", LEADS),
    ("leads", "responsibilities.frame.filter(running(on))", "responsibilities.frame", LEADS),
    ("leads", 'DOING = ["participates",', 'DOING = ["participates", "funds",', LEADS),
    ("leads", 'deciders, on="topic", how="semi"', 'deciders, on="topic", how="left"', LEADS),
    ("likeness", "2 * len(p & q)", "len(p & q)", OVERLAPS),
    ("likeness", "np.prod(factors, axis=0) ** 0.25", "np.mean(factors, axis=0)", OVERLAPS),
    ("likeness", "np.maximum(*self.groups", "np.minimum(*self.groups", OVERLAPS),
    ("likeness", "np.minimum(length[rows", "np.maximum(length[rows", OVERLAPS),
    ("likeness", "whole - inside[name]", "whole", OVERLAPS),
    ("excess", '* pl.col("share") for bound', "* 1.0 for bound", OVERLAPS),
    (
        "excess",
        "zip(BOUNDS, reversed(BOUNDS), strict=True)",
        "zip(BOUNDS, BOUNDS, strict=True)",
        OVERLAPS,
    ),
    ("excess", "BOUNDS[2 - BOUNDS.index(bound)]", "bound", OVERLAPS),
    ("excess", ".first() * part", ".first()", OVERLAPS),
    (
        "excess",
        'runs & (pl.col("excess_low") > NOTHING)',
        'pl.col("excess_mid") > NOTHING',
        OVERLAPS,
    ),
    ("excess", '(pl.col("kind") == pl.col("serves"))', "(pl.lit(value=True))", OVERLAPS),
    ("excess", "is_not_null() & comparable & cap", "is_not_null() & cap", OVERLAPS),
    (
        "overlaps",
        'left_on=["b", "root", "overlaps"]',
        'left_on=["b", "root", "target_group"]',
        OVERLAPS,
    ),
    (
        "network",
        "one.is_in(asked) & other.is_in(asked)",
        "one.is_in(asked) | other.is_in(asked)",
        OVERLAPS,
    ),
    ("network", "pl.when(turned).then(told_b)", "pl.when(turned).then(told_a)", ISOLATION),
    ("network", '(pl.col("a") != pl.col("b"))', "(pl.lit(value=True))", ISOLATION),
    (
        "isolation",
        '.when(pl.col("asked"))\n        .then(pl.lit("isolated"))',
        '.when(pl.lit(value=True))\n        .then(pl.lit("isolated"))',
        ISOLATION,
    ),
    ("isolation", "pl.col(of) * (pl.col(of) - 1) // 2", "pl.col(of) * pl.col(of) // 2", ISOLATION),
    (
        "isolation",
        '.filter(pl.col("asked") | pl.col("asked_b"))',
        '.filter(pl.col("asked"))',
        ISOLATION,
    ),
    ("isolation", '(by_a != by_b) & ~pl.col("told_by_third")', "by_a != by_b", ISOLATION),
    ("isolation", "ties.height - 2 * own", "ties.height - own", ISOLATION),
    ("isolation", '| (pl.col("topics") == "")', "", ISOLATION),
    ("measures", "blocks[name] > 1", "blocks[name] > 2", ISOLATION),
    ("parallel", "pl.concat([sides, second,", "pl.concat([sides, sides,", ISOLATION),
    ("parallel", "part / surveyed if", "part / whole if", ISOLATION),
    (
        "cliff",
        '.otherwise(pl.col("share").fill_null(1.0))',
        '.otherwise(pl.col("share"))',
        CONTINUITY,
    ),
    ("cliff", '.offset_by("-1d")', '.offset_by("0d")', CONTINUITY),
    ("cliff", '(pl.col("over") > pl.col("day"))', '(pl.col("over") >= pl.col("day"))', CONTINUITY),
    ("cliff", '(pl.col("other_function") == pl.col("function"))', "pl.lit(value=True)", CONTINUITY),
    ("cliff", '& (pl.col("band") != "none")', "", CONTINUITY),
    ("cliff", 'agg(resumes=pl.col("back").min())', 'agg(resumes=pl.col("back").max())', CONTINUITY),
    ("continuity", "ends=ends + timedelta(days=1)", "ends=ends", CONTINUITY),
    ("stock", 'pl.col(name) * pl.col("share")', "pl.col(name)", CONTINUITY),
    ("continuity", "(last, scenario): at_horizon", "(last, scenario): standing", CONTINUITY),
    ("years", 'pl.max_horizontal("starts", "begun",', 'pl.max_horizontal("starts",', CONTINUITY),
    ("years", 'pl.min_horizontal("ends", "over",', 'pl.min_horizontal("ends",', CONTINUITY),
)
FAULTS = tuple(Fault(f"analysis/{module}.py", *rest) for module, *rest in PLANTED)
