"""Sätze zu Überschneidungen, Zusammenarbeit und Bestand."""

from datetime import date

import pytest

from gelingen.wording.continuity import say_loss, say_outlook
from gelingen.wording.isolation import (
    say_actor,
    say_bridge,
    say_network,
    say_one_sided,
    say_parallel,
)
from gelingen.wording.overlaps import say_lead, say_pair
from gelingen.wording.words import counted, day_before, keys_of, listed

NAMES = {"d": "Träger D", "fb22": "Fachbereich 22", "09473112": "Bad Rodach", "x": "Frauenkurs"}


def test_anzahlen_und_tage_stehen_wie_auf_deutsch():
    assert day_before(date(2020, 1, 1)) == "31.12.2019"
    assert (counted(1, "Ort", "Orte"), counted(3, "Ort", "Orte")) == ("1 Ort", "3 Orte")


def test_lange_aufzaehlungen_werden_gekuerzt():
    assert keys_of("d;fb22") == ("d", "fb22")
    assert keys_of("") == ()
    assert listed(["fb22", "d"], NAMES) == "Fachbereich 22 und Träger D"
    assert listed(list("abcdefgh"), {}, most=3) == "a, b und 6 weitere"


LEAD = {
    "role": "lead",
    "kind": "several",
    "topic": "Sprache",
    "target_group": "Frauen",
    "place": "09473112",
    "task": None,
    "holders": "d;fb22",
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {},
            (
                "Zwei Federführungen zur selben Zeit (Sprache, Frauen, Bad Rodach): "
                "Fachbereich 22 und Träger D."
            ),
        ),
        (
            {"kind": "several_tasks"},
            (
                "Mehrere führen im selben Feld verschiedene Aufgaben "
                "(Sprache, Frauen, Bad Rodach): "
                "Fachbereich 22 und Träger D."
            ),
        ),
        (
            {"role": "decides"},
            (
                "Mehrere entscheiden zur selben Zeit (Sprache, Frauen, Bad Rodach): "
                "Fachbereich 22 und Träger D."
            ),
        ),
        (
            {"kind": "none_task", "task": "beraten", "holders": "d"},
            (
                "Für „beraten“ hat niemand die Federführung (Sprache, Frauen, Bad Rodach); "
                "anderes führt dort Träger D."
            ),
        ),
        (
            {"kind": "none", "holders": ""},
            "Hier hat niemand die Federführung: Sprache, Frauen, Bad Rodach.",
        ),
        (
            {"kind": "none", "role": "decides", "holders": ""},
            "Hier entscheidet niemand: Sprache, Frauen, Bad Rodach.",
        ),
        (
            {"kind": "not_known", "holders": ""},
            "Wer hier die Federführung hat, ist nicht erhoben: Sprache, Frauen, Bad Rodach.",
        ),
    ],
)
def test_saetze_zur_federfuehrung(change, sentence):
    assert say_lead({**LEAD, **change}, NAMES) == sentence


PAIR = {
    "a": "x",
    "b": "y",
    "organisation_a": "d",
    "organisation_b": "fb22",
    "score": 1.0,
    "topics": "Sprache",
    "target_groups": "Frauen",
    "places": "09473112",
    "verdict": "duplicate",
    **dict.fromkeys(("excess_low", "excess", "excess_high"), 10.0),
    "measure": "Plätze",
    "contact": "not_in_touch",
}
ALIKE = "Frauenkurs (Träger D) und y (Fachbereich 22) tun dasselbe (Sprache; Frauen; Bad Rodach): "


@pytest.mark.parametrize(
    ("change", "rest"),
    [
        (
            {},
            (
                "zusammen bieten sie 10 Plätze mehr, als gebraucht werden; "
                "die Träger arbeiten nicht zusammen."
            ),
        ),
        (
            {"excess_low": 4.0, "excess": 20.0, "excess_high": 36.0, "contact": "in_touch"},
            (
                "zusammen bieten sie 4 bis 36 Plätze mehr, als gebraucht werden; "
                "die Träger arbeiten zusammen."
            ),
        ),
        (
            {"verdict": "possible", "excess_low": -6.0, "excess_high": 26.0, "contact": "in_touch"},
            (
                "zusammen bieten sie vielleicht bis zu 26 Plätze mehr, als gebraucht werden; "
                "die Träger arbeiten zusammen."
            ),
        ),
        (
            {"verdict": "possible", "excess_low": None, "excess_high": None, "contact": "in_touch"},
            (
                "zusammen bieten sie vielleicht etwa 10 Plätze mehr, als gebraucht werden; "
                "die Träger arbeiten zusammen."
            ),
        ),
        (
            {"verdict": "needed", "excess": -5.0, "contact": "in_touch"},
            "beide werden gebraucht; die Träger arbeiten zusammen.",
        ),
        (
            {
                "verdict": "not_known",
                **dict.fromkeys(("excess_low", "excess", "excess_high", "measure")),
                "contact": "not_known",
            },
            (
                "ob beide gebraucht werden, ist ohne Mengen nicht zu sagen; "
                "ob die Träger zusammenarbeiten, ist nicht erhoben."
            ),
        ),
    ],
)
def test_saetze_zu_strukturen_die_dasselbe_tun(change, rest):
    assert say_pair({**PAIR, **change}, NAMES) == ALIKE + rest


def test_saetze_zur_zusammenarbeit():
    actor = {"organisation": "d", "partners": 0, "parts": 3, "topic": "Sprache"}
    assert say_actor({**actor, "state": "isolated"}, NAMES).startswith("Träger D arbeitet allein")
    assert say_actor({**actor, "state": "not_known"}, NAMES).endswith("ist nicht erhoben.")
    assert say_bridge(actor, NAMES) == "Nur Träger D hält 3 Teile des Netzes zusammen."
    told = {"told_by": "d", "other": "fb22", "other_asked": True}
    assert say_one_sided(told, NAMES) == (
        "Träger D nennt eine Zusammenarbeit mit Fachbereich 22, Fachbereich 22 nennt sie nicht."
    )
    assert say_one_sided({**told, "other_asked": False}, NAMES).endswith("ist nicht befragt.")
    assert say_parallel({**PAIR, "state": "apart"}, NAMES).endswith(
        "tun dasselbe nebeneinander, ohne einen gemeinsamen Partner."
    )
    figures = {"actors": 3, "asked": 2, "ties": 1, "density": None, "isolated": 1, "not_known": 1}
    assert say_network(figures).endswith("; wie dicht das Netz ist, lässt sich nicht sagen.")
    assert "das sind 33,3 % der möglichen" in say_network({**figures, "density": 1 / 3})


LOSS = {
    "day": date(2020, 1, 1),
    "structure": "x",
    "kind": "money_ends",
    "fte": 1.0,
    "eur_per_year": 78000.0,
    "capacity": None,
    "measure": None,
    "places": "09473112",
    "bare": 0,
    "resumes": None,
}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {},
            (
                "Am 31.12.2019 endet das Geld für Frauenkurs: es fallen 1,00 VZÄ und 78.000 EUR im "
                "Jahr weg, betroffen ist Bad Rodach."
            ),
        ),
        (
            {"kind": "ends", "fte": None, "eur_per_year": None},
            (
                "Am 31.12.2019 endet Frauenkurs: wie viel wegfällt, ist nicht angegeben, "
                "betroffen ist Bad Rodach."
            ),
        ),
        (
            {
                "kind": "reduced",
                "eur_per_year": None,
                "capacity": 20.0,
                "measure": "Plätze",
                "places": "09473112;09473120",
            },
            (
                "Am 31.12.2019 endet ein Teil des Geldes für Frauenkurs: es fallen 1,00 VZÄ und "
                "20 Plätze weg, betroffen sind 09473120 und Bad Rodach."
            ),
        ),
        (
            {"bare": 2, "resumes": date(2020, 3, 1)},
            (
                "Am 31.12.2019 endet das Geld für Frauenkurs: es fallen 1,00 VZÄ und 78.000 EUR im "
                "Jahr weg, betroffen ist Bad Rodach; in 2 Feldern aus Thema, Zielgruppe und Ort "
                "bleibt danach kein anderes Angebot; ab 01.03.2020 geht es weiter."
            ),
        ),
    ],
)
def test_saetze_zum_wegfall(change, sentence):
    assert say_loss({**LOSS, **change}, NAMES) == sentence


def test_saetze_zum_bestand():
    outlook = {
        "scenario": "secured",
        "structures": 2,
        "day": date(2019, 6, 1),
        "fte": 1.5,
        "eur_per_year": 78000.0,
        "unknown": 3,
    }
    assert say_outlook(outlook) == (
        "Mit bewilligtem Geld stehen am 01.06.2019 2 Strukturen mit 1,50 VZÄ und 78.000 EUR im "
        "Jahr, soweit angegeben; bei 3 ist die Finanzierung nicht bekannt."
    )
