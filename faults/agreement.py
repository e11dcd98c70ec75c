"""Faults in the agreement of coders."""

from faults.fault import Fault

TESTS = ("analysis/test_agreement.py",)

# In order: what stands there, and what somebody might have written.
PLANTED = (
    ("for value in one) >= _PAIR]", "for value in one) >= 1]"),
    (
        "table = [[np.nan if value is None else value",
        "table = [[0 if value is None else value",
    ),
    ('level_of_measurement="nominal"', 'level_of_measurement="interval"'),
    ("int(label in coder[one]) if one in coder else None", "int(label in coder.get(one, ()))"),
    ("        if used:\n", "        if True:\n"),
    ("sum(values) / len(values) if values", "sum(values) / (len(values) + 1) if values"),
    ("key=lambda one: -apart[one]", "key=lambda one: apart[one]"),
    ("if one.alpha is not None]", "if one.alpha]"),
)
FAULTS = tuple(Fault("analysis/agreement.py", old, new, TESTS) for old, new in PLANTED)
