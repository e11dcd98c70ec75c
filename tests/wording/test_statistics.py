"""Sätze zu verborgenen Zahlen, Anteilen und Verläufen."""

import polars as pl
import pytest

from gelingen.analysis.disclosure.anonymity import make_anonymous
from gelingen.analysis.disclosure.counts import Dimension, cross_table
from gelingen.analysis.disclosure.protection import Rule, protect
from gelingen.analysis.disclosure.rounding import round_table
from gelingen.analysis.proportions import ci_poisson, ci_proportion
from gelingen.analysis.trend import trend
from gelingen.wording.disclosure import (
    name_cell,
    say_cell,
    say_note,
    say_protected,
    say_rounded,
    say_rows,
)
from gelingen.wording.statistics import say_count, say_share, say_trend

NAMES = {"09473112": "Bad Rodach", "09473121": "Ebersdorf", "sprache": "Sprache"}


def places(first, second, third=40, **more):
    counts = pl.DataFrame(
        {"place": ["09473112", "09473121", "09473134"], "count": [first, second, third]}
    )
    return cross_table(counts, [Dimension("place", tuple(counts["place"]))], **more)


def sentences(protected):
    return [say_cell(row, NAMES) for row in protected.cells.frame.rows(named=True)]


def test_zellen_heissen_nach_dem_was_sie_zaehlen():
    assert name_cell("place=09473112;topic=sprache", NAMES) == "Bad Rodach, Sprache"
    assert name_cell("", NAMES) == "Alle"


def test_jede_verborgene_zahl_sagt_warum():
    assert sentences(protect(places(2, 9))) == [
        "Alle: 51.",
        "Bad Rodach: nicht ausgewiesen, weil die Zahl klein ist; von außen möglich: 1 bis 10.",
        (
            "Ebersdorf: nicht ausgewiesen, weil sich sonst eine kleine Zahl aus den Summen "
            "errechnen ließe; von außen möglich: 1 bis 10."
        ),
        "09473134: 40.",
    ]


def test_auch_der_unterschied_zu_frueher_ist_ein_grund():
    first = protect(places(7, 20, universe="Q1"))
    second = protect(places(8, 40, 60, universe="H1", contains=("Q1",)), published=[first])
    assert sentences(second)[1].startswith(
        "Bad Rodach: nicht ausgewiesen, weil sonst der Unterschied zu einer früheren "
        "Veröffentlichung eine kleine Zahl verriete; von außen möglich: "
    )


def test_die_tabelle_sagt_wie_viel_fehlt_und_dass_geprueft_ist():
    assert say_protected(protect(places(2, 9))) == (
        "Von 4 Zahlen sind 2 nicht ausgewiesen: 1, weil sie klein sind, 1 zum Schutz der kleinen. "
        "Mit weniger geht es nicht. Geprüft: Für jede kleine Zahl bleiben von außen mindestens 4 "
        "Werte möglich."
    )
    assert say_protected(protect(places(7, 9))) == (
        "Alle 4 Zahlen werden ausgewiesen; keine davon ist klein."
    )


def test_eine_zurueckgehaltene_tabelle_sagt_es():
    protected = protect(places(2, 0, 0), Rule(totals_known=True))
    assert say_protected(protected).startswith("Die Tabelle wird nicht herausgegeben: ")
    assert sentences(protected)[0].startswith(
        "Alle: nicht ausgewiesen, weil die ganze Tabelle zurückgehalten wird; "
    )


@pytest.mark.parametrize(
    ("rule", "start"),
    [(Rule(), "Zahlen von 1 bis 4 sind"), (Rule(threshold=3, zeros=True), "Zahlen unter 3 sind")],
)
def test_unter_der_tabelle_steht_was_fehlt(rule, start):
    assert say_note(rule) == (
        f"{start} nicht ausgewiesen, ebenso weitere, aus denen sie sich errechnen ließen."
    )


def test_gerundetes_sagt_wie_genau_es_ist():
    assert say_rounded(round_table(places(4, 5))) == (
        "Alle Zahlen sind Vielfache von 3; jede weicht um höchstens 1 von der gezählten ab, und "
        "alle Summen gehen auf."
    )


def test_eine_offene_ausgabe_sagt_was_fehlt():
    rows = pl.DataFrame({"place": ["a"] * 3 + ["b", "c", "d", "e"]})
    wider = {"place": {"b": "kreis", "c": "kreis", "d": "kreis"}}
    assert say_rows(make_anonymous(rows, ["place"], coarser=wider)) == (
        "Ausgegeben: 6 von 7 Zeilen, davon 3 vergröbert, 1 fehlen, weil zu wenige ihnen gleichen. "
        "Keine Angabe trifft auf weniger als 3 Zeilen zu."
    )


def test_anteile_nennen_ihren_bereich():
    assert say_share(ci_proportion(81, 263)) == (
        "81 von 263 (30,8 %); für alle ist mit 25,5 bis 36,6 % zu rechnen."
    )
    assert say_share(ci_proportion(6, 24, 24)) == "6 von 24 (25,0 %); alle sind befragt."
    assert say_share(ci_proportion(5, 12)) == (
        "5 von 12; als Anteil nicht interpretierbar, weil zu wenige befragt sind."
    )
    assert say_share(ci_proportion(0, 0)) == "Niemand ist befragt; ein Anteil ist nicht bekannt."


def test_anzahlen_nennen_was_ueblich_sein_kann():
    assert say_count(ci_poisson(10)) == "10 gezählt; üblich können 4,8 bis 18,4 sein."


def test_verlaeufe_sagen_nur_was_sie_hergeben():
    assert say_trend(trend([90, 88, 89, 85, 84, 84, 80, 79, 75, 74, 73])) == (
        "Sinkt um etwa 1,8 je Jahr (1,5 bis 2,0)."
    )
    assert say_trend(trend(range(8)), step="Quartal") == "Steigt um etwa 1,0 je Quartal (1,0)."
    slow = [4.10, 4.09, 4.07, 4.06, 4.04, 4.02, 4.01, 3.99]
    assert say_trend(trend(slow)) == "Sinkt um etwa 0,02 je Jahr (0,01 bis 0,02)."
    assert say_trend(trend([5, 3, 6, 4, 5, 4, 6, 3])) == (
        "Ob es steigt oder sinkt, ist vom Zufall nicht zu unterscheiden (8 Werte)."
    )
    assert say_trend(trend(range(7))) == (
        "Der Verlauf ist zu kurz für eine Aussage: 7 Werte, nötig sind 8."
    )
