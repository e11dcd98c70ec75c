"""What the load of answers says about itself."""

import pytest
from soak.answers import in_time


@pytest.mark.parametrize(
    ("last", "load", "wanted"),
    [(61.0, 0.5, True), (75.0, 1.9, True), (75.1, 1.9, False), (61.0, 2.0, None), (90, 5, None)],
)
def test_ob_die_letzte_antwort_rechtzeitig_kam_wird_nur_an_einem_ruhigen_rechner_gesagt(
    last, load, wanted
):
    assert in_time(last, seconds=60, load=load, cores=2) is wanted
