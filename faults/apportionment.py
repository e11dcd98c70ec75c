"""Faults in the sharing out of seats."""

from faults.fault import Fault

TESTS = ("analysis/test_apportionment.py",)

# In order: what stands there, and what somebody might have written.
PLANTED = (
    ("SeatMethod.SAINTE_LAGUE: Fraction(1, 2)", "SeatMethod.SAINTE_LAGUE: Fraction(1, 3)"),
    ("SeatMethod.DHONDT: Fraction(1)}", "SeatMethod.DHONDT: Fraction(2)}"),
    ("if seats < 0 or any(", "if any("),
    ("floor(share) for party", "round(share) for party"),
    ("sorted(set(remainders.values()), reverse=True)", "sorted(set(remainders.values()))"),
    ("if remainders[party] == remainder]", "if remainders[party] >= remainder / 2]"),
    ("weight / (held[party] + shift) for", "weight / (held[party] + 1) for"),
    ("if quotients[party] == best]", "if quotients[party] == best][:1]"),
    ("room = seats - len(weights) * (1 - shift)", "room = seats"),
    ("floor(weight / divisor + 1 - shift)", "floor(weight / divisor + 1)"),
)
FAULTS = tuple(Fault("analysis/apportionment.py", old, new, TESTS) for old, new in PLANTED)
