"""One state of a measure has one word: in the plan, in progress, at the desk, on the site."""

import pytest

from gelingen.terms.boards import PhaseState
from gelingen.terms.progress import STATE_OF_LIGHT, MeasureState
from gelingen.terms.vocabulary import FundingState, Light, Maturity
from gelingen.transfer.sheets import SHEETS
from gelingen.web.site.words import PHASES, STATES
from gelingen.web.states import look
from gelingen.workbook.values import read_cell

MEASURES = next(one for one in SHEETS if one.name == "measure")


def test_plan_umsetzung_arbeitsplatz_und_webseite_sagen_dasselbe_wort() -> None:
    for light, state in STATE_OF_LIGHT.items():
        words = {light.label, state.label, look(light).word, look(state).word}
        assert words == {state.label}
    assert {code: str(one.word) for code, one in STATES.items()} == {
        state.value: state.label for state in MeasureState
    }
    assert Maturity.DROPPED.label == MeasureState.DROPPED.label
    assert Maturity.FINISHED.label == MeasureState.DONE.label
    for phase in (PhaseState.LATE, PhaseState.DONE, PhaseState.RESTING):
        assert phase.label == look(phase).word == str(PHASES[phase.value].word)


def test_gleiche_kennungen_verschiedener_listen_behalten_ihr_eigenes_wort() -> None:
    words = [look(one).word for one in (FundingState.PLANNED, Light.PLANNED, PhaseState.PLANNED)]
    assert words == ["geplant", "im Plan", "noch nicht begonnen"]


@pytest.mark.parametrize(
    ("column", "before", "now"),
    [
        ("light", "verspätet", Light.LATE),
        ("light", "blockiert", Light.BLOCKED),
        ("light", "erledigt", Light.DONE),
        ("light", "aufgegeben", Light.DROPPED),
        ("maturity", "aufgegeben", Maturity.DROPPED),
    ],
)
def test_arbeitsmappen_mit_den_frueheren_woertern_lassen_sich_lesen(
    column: str, before: str, now: object
) -> None:
    assert read_cell(MEASURES.column(column), before).values == (now,)
