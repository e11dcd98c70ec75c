"""How a phase stands follows from its days alone."""

from datetime import date

import pytest
from tests import world

from gelingen.process.standing import Days
from gelingen.process.waiting import waiting
from gelingen.terms.boards import PhaseState

ON = date(2017, 6, 1)
MAY, JUNE_2, JULY = date(2017, 5, 1), date(2017, 6, 2), date(2017, 7, 1)


@pytest.mark.parametrize(
    ("days", "state", "said"),
    [
        (Days(), PhaseState.PLANNED, "noch ohne Beginn"),
        (Days(planned_starts=JULY), PhaseState.PLANNED, "beginnt am 01.07.2017"),
        (Days(planned_starts=ON), PhaseState.PLANNED, "beginnt am 01.06.2017"),
        (Days(planned_starts=MAY), PhaseState.LATE, "sollte am 01.05.2017 beginnen"),
        (Days(planned_ends=ON), PhaseState.LATE, "sollte bis 31.05.2017 abgeschlossen sein"),
        (Days(starts=ON), PhaseState.RUNNING, "läuft seit 01.06.2017"),
        (Days(starts=JULY, planned_starts=MAY), PhaseState.PLANNED, "beginnt am 01.07.2017"),
        (
            Days(starts=MAY, planned_ends=JULY),
            PhaseState.RUNNING,
            "läuft seit 01.05.2017, geplant bis 30.06.2017",
        ),
        (
            Days(starts=MAY, planned_ends=ON),
            PhaseState.LATE,
            "sollte bis 31.05.2017 abgeschlossen sein",
        ),
        (Days(starts=MAY, resting=ON), PhaseState.RESTING, "ruht seit 01.06.2017"),
        (Days(starts=MAY, resting=JULY), PhaseState.RUNNING, "läuft seit 01.05.2017"),
        # What rests is not late as well: that it rests says more.
        (Days(starts=MAY, planned_ends=ON, resting=ON), PhaseState.RESTING, "ruht seit 01.06.2017"),
        (Days(starts=MAY, ends=ON), PhaseState.DONE, "am 31.05.2017 abgeschlossen"),
        # On its last day a phase is done: whoever finishes it today sees that it is.
        (Days(starts=MAY, ends=JUNE_2), PhaseState.DONE, "am 01.06.2017 abgeschlossen"),
        (Days(starts=MAY, ends=JULY), PhaseState.RUNNING, "läuft seit 01.05.2017"),
    ],
)
def test_der_stand_einer_phase_folgt_aus_ihren_tagen(days, state, said):
    assert (days.state(ON), days.said(ON)) == (state, said)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("precision", "on", "told"),
    [("year", date(2017, 11, 30), ""), ("year", date(2017, 12, 15), "geplant: 2017."),
     ("month", date(2017, 1, 20), "geplant: Januar 2017."),
     ("month", date(2017, 2, 1), "geplant: Januar 2017. Ob es so war, ist nicht eingetragen.")],
)  # fmt: skip
def test_an_ein_ereignis_wird_erst_am_ende_seines_monats_oder_jahres_erinnert(precision, on, told):
    world.event(key="e", planned=date(2017, 1, 1), planned_precision=precision, day=None)
    every = waiting(world.OPERATOR, world.tenant(), on=on)
    found = [one.why for one in every if one.record == "event:e"]
    assert found == ([f"Werkstatt, {told}"] if told else [])
