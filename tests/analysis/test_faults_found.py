"""Was eingesetzte Fehler an Lücken der Prüfungen gezeigt haben."""

from tests.analysis.stock import covered

FORTY = "need | quantity | measure\nb | 40 | Personen"
HERE = "structure\ns"


def test_ohne_obergrenze_und_ohne_angabe_zum_geld_kann_der_ganze_bedarf_gedeckt_sein():
    unclear = (
        "structure | permanence | capacity_low | capacity | capacity_high | measure\n"
        "s | project | 20 | 20 |  | Personen"
    )
    columns = ("unmet_low", "unmet", "unmet_high")
    assert covered(*columns, needs=FORTY, structures=unclear, reach=HERE) == [(0.0, 40.0, 40.0)]
