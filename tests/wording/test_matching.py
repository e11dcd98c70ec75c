"""Sätze zum Abgleich von Namen."""

import pytest

from gelingen.analysis.matching.tables import AGAINST, FOR
from gelingen.wording.matching import say_evidence


def test_gruende_stehen_nach_dafuer_und_dagegen():
    assert say_evidence("short_form;same_mailbox;other_phone") == (
        "Dafür: Name nur anders geschrieben oder abgekürzt, gleiches Postfach. "
        "Dagegen: andere Telefonnummer."
    )


def test_was_nicht_da_ist_wird_nicht_gesagt():
    assert say_evidence("other_place") == "Dagegen: anderer Ort."
    assert say_evidence("") == ""


@pytest.mark.parametrize(("code", "side"), [*((c, "Dafür") for c in FOR),
                                            *((c, "Dagegen") for c in AGAINST)])  # fmt: skip
def test_jeder_grund_hat_worte(code, side):
    assert say_evidence(code).startswith(f"{side}: ")
