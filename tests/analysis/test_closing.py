"""Schließen: was eine Lücke schließen kann, in der Reihenfolge, in der man suchen soll."""

from datetime import date

from tests.analysis.specs import rows, table
from tests.analysis.stock import ASKED, ON, stock

from gelingen.analysis.closing import find_options
from gelingen.analysis.coverage import coverage
from gelingen.analysis.schema import Responsibilities

FORTY = "need | quantity | measure | place\nb | 40 | P | 09473112"
LEAD = "organisation | kind\no | lead"
HEADS = "structure | permanence | capacity | measure | ends"


def options(*columns, leads=LEAD, limit=None, horizon=None, **texts):
    records = stock(**texts)
    result = coverage(records, on=ON, limit=limit, horizon=horizon)
    found = find_options(records, result, table(Responsibilities, leads), limit=limit)
    return rows(found, *columns)


def test_zuerst_freie_plaetze_in_der_naehe_zuletzt_eine_neue_massnahme():
    assert options(
        "rank",
        "kind",
        "key",
        "adds",
        "remains",
        leads="organisation | kind | place\no | lead | 09463",
        needs=FORTY,
        structures=f"{HEADS}\nalt | project | 15 | P | 2019-01-01\nnah | standing | 10 | P |\n"
        "ohne | project | 20 | P |",
        reach="structure | place\nalt | 09473\nnah | 09473113\nohne | 09473",
        tranches="structure | ends\nohne | 2019-01-01",
    ) == [
        (1, "spare", "nah", 10.0, 30.0),
        (2, "lead", None, None, 40.0),
        (3, "extension", "ohne", 20.0, 20.0),
        (4, "successor", "alt", 15.0, 25.0),
        (5, "new", None, 40.0, 0.0),
    ]


def test_ein_anderer_kreis_ist_nicht_in_der_naehe():
    assert "spare" not in options(
        "kind",
        needs=FORTY,
        structures=f"{HEADS}\ns | standing | 10 | P |",
        reach="structure | place\ns | 09463",
        inquiries=ASKED,
    )


def test_was_schon_verteilt_ist_ist_nicht_frei():
    found = options(
        "cell",
        "kind",
        "adds",
        needs="need | quantity | measure | place\na | 40 | P | 09473112\nb | 7 | P | 09473113",
        structures=f"{HEADS}\ns | standing | 10 | P |",
        reach="structure | place\ns | 09473113",
        inquiries=ASKED,
    )
    assert found == [
        ("sprache|frauen|09473112|operational|P", "spare", 3.0),
        ("sprache|frauen|09473112|operational|P", "new", 40.0),
    ]


def test_mit_wegzeiten_zaehlt_der_weg_und_nicht_die_kreisgrenze():
    records = {
        "needs": FORTY,
        "structures": f"{HEADS}\nnah | standing | 10 | P |\nfern | standing | 10 | P |",
        "reach": "structure | place\nnah | 09463\nfern | 09473113",
        "travel": "place | structure | minutes\n09473112 | nah | 30\n09473112 | fern | 31",
        "inquiries": ASKED,
    }
    found = [key for kind, key in options("kind", "key", limit=30, **records) if kind == "spare"]
    assert found == ["nah"]


def test_eine_federfuehrung_fehlt_auch_wenn_es_mehrere_gibt():
    def kinds(leads):
        return [kind for (kind,) in options("kind", leads=leads, needs=FORTY, inquiries=ASKED)]

    assert kinds("organisation | kind\no | lead") == ["new"]
    assert kinds("organisation | kind\no | lead\nq | lead") == ["lead", "new"]
    assert kinds("organisation | kind\no | advises") == ["lead", "new"]
    assert kinds("organisation | kind | ends\no | lead | 2019-06-01") == ["lead", "new"]
    assert kinds("organisation | kind | place\no | lead | 09473112") == ["new"]
    assert kinds("organisation | kind | place\no | lead | 09473113") == ["lead", "new"]


def test_verlaengern_kostet_was_das_letzte_geld_kostete():
    def found(amounts):
        texts = {
            "needs": FORTY,
            "structures": f"{HEADS}\ns | project | 20 | P |",
            "reach": "structure | place\ns | 09473",
            "tranches": f"funding | structure | eur_per_year | ends\n{amounts}",
        }
        return options("kind", "fundings", "eur_per_year", **texts)[0]

    early, late = "a | s | 9 | 2018-01-01", "b | s | 10 | 2019-01-01"
    assert found(f"{early}\n{late}\nc | s | 5 | 2019-01-01") == ("extension", "b;c", 15.0)
    assert found(f"{early}\n{late}\nc | s |  | 2019-01-01") == ("extension", "b;c", None)


def test_endet_ein_angebot_ist_verlaengern_ab_seinem_ende_noetig():
    assert options(
        "kind",
        "key",
        "from_day",
        "adds",
        horizon=date(2020, 12, 31),
        needs="need\nb",
        structures="structure | permanence | ends\ns | standing | 2020-01-01",
        reach="structure\ns",
    ) == [
        ("extension", "s", date(2020, 1, 1), None),
        ("new", None, date(2020, 1, 1), None),
    ]
