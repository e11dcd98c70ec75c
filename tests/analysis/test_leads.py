"""Federführung: Felder mit mehreren und Felder ohne."""

from datetime import date

import pytest
from tests.analysis.specs import rows, structures, table

from gelingen.analysis.inventory import Inventory
from gelingen.analysis.leads import find_leads
from gelingen.analysis.schema import Needs, Reach, Responsibilities, TopicTree

ON = date(2021, 6, 1)


def leads(text, *columns, on=ON, **inventory):
    found = find_leads(table(Responsibilities, text), Inventory(**inventory), on=on)
    return rows(found.cells, *columns)


def test_zwei_federfuehrungen_am_selben_tag_fuer_dieselbe_aufgabe_sind_mehrere():
    text = """
        organisation | kind
        fb22         | lead
        traeger_d    | lead
        mentor       | participates
        """
    assert leads(text, "role", "kind", "task", "holders", "evidence") == [
        ("lead", "several", "beraten", "fb22;traeger_d", "responsibility0;responsibility1")
    ]


def test_vorgaenger_und_nachfolger_sind_keine_mehrfachzustaendigkeit():
    text = """
        organisation | kind | starts     | ends
        diakonie     | lead |            | 2021-01-01
        caritas      | lead | 2021-01-01 |
        """
    for on in (date(2020, 12, 31), date(2021, 1, 1)):
        assert leads(text, "kind", on=on) == []


def test_ueberlappen_vorgaenger_und_nachfolger_einen_tag_zaehlt_dieser_tag():
    text = """
        organisation | kind | starts     | ends
        diakonie     | lead |            | 2021-01-02
        caritas      | lead | 2021-01-01 |
        """
    assert leads(text, "holders", on=date(2021, 1, 1)) == [("caritas;diakonie",)]
    assert leads(text, "holders", on=date(2021, 1, 2)) == []


def test_die_federfuehrung_des_kreises_gilt_auch_in_der_gemeinde():
    text = """
        organisation | kind | place
        lra          | lead | 09473
        gemeinde     | lead | 09473112
        stadt        | lead | 09463000
        """
    assert leads(text, "place", "holders") == [("09473112", "gemeinde;lra")]


def test_federfuehrungen_auf_verschiedenen_ebenen_sind_keine_mehrfachzustaendigkeit():
    text = """
        organisation | kind | level
        land         | lead | state
        lra          | lead | county
        """
    assert leads(text, "kind") == []
    assert leads(text.replace("county", ""), "kind") == [("several",)]


def test_mehrere_eintraege_derselben_organisation_sind_eine_federfuehrung():
    text = """
        organisation | kind
        lra          | lead
        lra          | lead
        """
    assert leads(text, "kind") == []


def test_verschiedene_aufgaben_im_selben_feld_werden_als_solche_genannt():
    text = """
        organisation | kind | task
        lra          | lead | Ehrenamt insgesamt
        awo          | lead | Ehrenamt in der Flüchtlingshilfe
        """
    assert leads(text, "kind", "task", "holders") == [("several_tasks", None, "awo;lra")]


def test_berufsschule_eins_und_zwei_nebeneinander_werden_gezeigt_und_von_menschen_beurteilt():
    text = """
        organisation | kind | task                      | topic | target_group | place
        bs1          | lead | Berufsintegrationsklassen | beruf | junge        | 09463000
        bs2          | lead | Berufsintegrationsklassen | beruf | junge        | 09463000
        """
    assert leads(text, "kind", "holders") == [("several", "bs1;bs2")]


def test_stadt_und_kreis_mit_demselben_traeger_sind_zwei_felder_mit_einer_federfuehrung():
    text = """
        organisation | kind | place
        caritas      | lead | 09473
        caritas      | lead | 09463000
        """
    assert leads(text, "kind") == []


def test_wirken_andere_mit_und_niemand_fuehrt_fehlt_die_federfuehrung():
    text = """
        organisation | kind
        awo          | participates
        bund         | funds
        """
    assert leads(text, "kind", "task", "holders", "evidence") == [
        ("none", None, "", "responsibility0;responsibility1")
    ]


def test_fuehrt_im_feld_jemand_eine_andere_aufgabe_fehlt_nur_die_fuer_diese():
    text = """
        organisation | kind         | task
        awo          | participates | begleiten
        lra          | lead         | beraten
        """
    assert leads(text, "kind", "task", "holders") == [("none_task", "begleiten", "lra")]


def test_wer_nur_foerdert_braucht_keine_federfuehrung_fuer_die_foerderung_selbst():
    text = """
        organisation | kind  | task
        bund         | funds | Förderung der Kurse
        vhs          | lead  | Kurse
        """
    assert leads(text, "kind") == []


NEED = "need | place\nb1 | 09473112"


def test_ein_bedarf_ohne_jeden_eintrag_zur_zustaendigkeit_ist_unbekannt_keine_luecke():
    assert leads("organisation | kind", "kind", "evidence", needs=table(Needs, NEED)) == [
        ("not_known", "b1")
    ]


def test_ein_bedarf_bei_dem_andere_mitwirken_hat_keine_federfuehrung():
    text = "organisation | kind\nawo | participates"
    assert leads(text, "kind", "place", "evidence", needs=table(Needs, NEED)) == [
        ("none", "09473", "responsibility0"),
        ("none", "09473112", "b1;responsibility0"),
    ]


def test_die_federfuehrung_fuer_das_obere_thema_gilt_auch_fuer_das_untere():
    needs = table(Needs, "need | topic\nb1 | alphabetisierung")
    topics = table(TopicTree, "topic | above\nsprache |\nalphabetisierung | sprache")
    text = "organisation | kind\nvhs | lead"
    assert leads(text, "kind", needs=needs, topics=topics) == []
    assert leads(text, "kind", needs=needs) == [("not_known",)]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("09473", "09473"), [("decides", "several", "kreistag;rat")]),
        (("09473", "09463000"), []),
    ],
)
def test_in_jedem_feld_entscheidet_genau_eine_struktur(places, expected):
    reach = Reach.from_rows(
        [
            (name, "sprache", "frauen", place)
            for name, place in zip(("kreistag", "rat"), places, strict=True)
        ]
    )
    found = leads(
        "organisation | kind",
        "role",
        "kind",
        "holders",
        structures=structures("kreistag", "rat", function="decides"),
        reach=reach,
    )
    assert found == expected


def test_wo_niemand_entscheidet_fehlt_die_entscheidung_nur_in_themen_mit_entscheidern():
    found = leads(
        "organisation | kind\nvhs | lead",
        "role",
        "kind",
        "topic",
        "place",
        structures=structures("rat", function="decides"),
        reach=table(Reach, "structure | place\nrat | 09463000"),
        needs=table(Needs, "need | topic\nb1 | sprache\nb2 | wohnen"),
    )
    assert found == [
        ("decides", "none", "sprache", "09473"),
        ("lead", "not_known", "wohnen", "09473"),
    ]


def test_die_annahmen_nennen_was_die_eintraege_verschweigen():
    found = find_leads(
        table(Responsibilities, "organisation | kind\nvhs | lead"),
        Inventory(structures=structures("rat", function="decides")),
        on=ON,
    )
    assert found.basis.assumptions == (
        "Zuständigkeiten ohne Zeitraum: 1; sie gelten durchgehend.",
        "Entscheidende Strukturen ohne Reichweite: 1; sie zählen in keinem Feld.",
    )
