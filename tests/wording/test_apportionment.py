"""Sätze zu verteilten Sitzen."""

from gelingen.analysis.apportionment import apportion
from gelingen.terms.selection import SeatMethod
from gelingen.wording.apportionment import MEANINGS, say_open

NAMES = {"a": "CSU", "b": "SPD"}


def test_jedes_verfahren_ist_in_einem_satz_erklaert():
    assert set(MEANINGS) == set(SeatMethod)


def test_was_offen_ist_wird_gesagt_und_wer_darauf_anspruch_hat():
    assert say_open(apportion({"a": 2, "b": 1}, 3, SeatMethod.DHONDT), NAMES) == ""
    assert say_open(apportion({"a": 1, "b": 1}, 3, SeatMethod.DHONDT), NAMES) == (
        "Ein Sitz ist nicht entschieden: CSU und SPD haben darauf gleich viel Anspruch. "
        "Das Los entscheidet oder was die Satzung für diesen Fall vorsieht."
    )
    several = apportion({"a": 1, "b": 1, "c": 1}, 2, SeatMethod.HARE_NIEMEYER)
    assert say_open(several, NAMES).startswith("2 Sitze sind nicht entschieden: CSU, SPD und c")
