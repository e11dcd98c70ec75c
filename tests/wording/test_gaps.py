"""Ein einfacher deutscher Satz zu jedem Ergebnis über Lücken."""

from datetime import date

import pytest

from gelingen.wording.gaps import (
    gap_sentence,
    lasting_sentence,
    loss_sentence,
    option_sentence,
    systematic_sentence,
)

NAMES = {
    "t": "Sprache und Bildung",
    "g": "Frauen mit Kindern",
    "09473112": "Ahorn",
    "09473": "Landkreis Coburg",
    "s": "Kurs „Mama lernt Deutsch“",
    "m": "Stadtteilmütter",
    "o": "Volkshochschule",
}
CELL = {
    "topic": "t",
    "target_group": "g",
    "place": "09473112",
    "kind": "operational",
    "measure": None,
    "reason": None,
    "demand_low": None,
    "demand": None,
    "demand_high": None,
    "unmet_low": None,
    "unmet": None,
    "unmet_high": None,
    "fair": None,
    "ended": None,
    "until": None,
    "begins": None,
}
ABOUT = "Für Frauen mit Kindern in Ahorn zu Sprache und Bildung"
ABOUT_COUNTY = (
    "Ob es für Frauen mit Kindern im Landkreis Coburg zu Sprache und Bildung ein Angebot gibt, "
    "wurde nicht erhoben."
)
NO_SIZE = (
    "Ob für Frauen mit Kindern in Ahorn zu Sprache und Bildung für 40 Plätze genug da ist, "
    "lässt sich nicht sagen; die Größe ist nicht erfasst."
)
SIZED = {
    "measure": "Plätze",
    **dict.fromkeys(("demand_low", "demand", "demand_high"), 40.0),
    **dict.fromkeys(("unmet_low", "unmet", "unmet_high"), 27.5),
    "fair": 0.3125,
}
RANGED = SIZED | {"demand_high": 60.0, "unmet_low": 20.0, "unmet_high": 47.0}
OPEN = RANGED | {"demand_high": None, "unmet_low": 0.0, "unmet_high": None}


@pytest.mark.parametrize(
    ("given", "records", "sentence"),
    [
        ({"type": "covered"}, {}, f"{ABOUT} ist der Bedarf gedeckt."),
        ({"type": "no_demand"}, {}, f"{ABOUT} besteht derzeit kein Bedarf."),
        (
            {"type": "structural"},
            {},
            f"{ABOUT} gibt es kein Angebot; danach wurde gefragt und nichts gefunden.",
        ),
        (
            {"type": "structural"},
            {"structure:part": ("s",)},
            f"{ABOUT} gibt es kein Angebot; nur in Teilen des Gebiets: Kurs „Mama lernt Deutsch“.",
        ),
        (
            {"type": "funding_cliff", "ended": date(2020, 1, 1)},
            {"structure:ended": ("s",)},
            f"{ABOUT} gibt es kein Angebot mehr; Kurs „Mama lernt Deutsch“ endete am 31.12.2019.",
        ),
        (
            {"type": "funding_cliff", "ended": date(2020, 1, 1), "kind": "strategic"},
            {},
            f"{ABOUT} gibt es keine Steuerung mehr; das letzte Angebot endete am 31.12.2019.",
        ),
        (
            {"type": "capacity"} | SIZED,
            {},
            f"{ABOUT} reicht, was es gibt, nur zum Teil: 12,5 von 40 (Plätze).",
        ),
        (
            {"type": "capacity"} | RANGED,
            {},
            (
                f"{ABOUT} reicht, was es gibt, nur zum Teil: gebraucht 40 bis 60, ungedeckt "
                "20 bis 47 (Plätze)."
            ),
        ),
        (
            {"type": "capacity"} | OPEN | {"unmet_low": 12.5},
            {},
            (
                f"{ABOUT} reicht, was es gibt, nur zum Teil: gebraucht mindestens 40, ungedeckt "
                "mindestens 12,5 (Plätze)."
            ),
        ),
        (
            {"type": "capacity"} | RANGED | {"unmet_low": 0.0},
            {},
            (
                f"{ABOUT} reicht, was es gibt, nur zum Teil: gebraucht 40 bis 60, ungedeckt "
                "höchstens 47 (Plätze)."
            ),
        ),
        (
            {"type": "capacity", "begins": date(2020, 2, 1)},
            {},
            f"{ABOUT} gibt es kein Angebot; das nächste beginnt am 01.02.2020.",
        ),
        (
            {"type": "ending", "until": date(2022, 1, 1)},
            {"structure:serves": ("s",)},
            f"{ABOUT} gibt es ein Angebot nur bis zum 31.12.2021: Kurs „Mama lernt Deutsch“.",
        ),
        ({"type": "access"}, {}, f"{ABOUT} gibt es ein Angebot nur zu weit entfernt."),
        (
            {"type": "unknown_funding", "kind": "strategic"},
            {},
            f"{ABOUT} gibt es eine Steuerung, deren Geld nicht bekannt ist.",
        ),
        (
            {"type": "not_known", "reason": "not_asked", "place": "09473"},
            {},
            ABOUT_COUNTY,
        ),
        (
            {"type": "not_known", "reason": "size"} | SIZED,
            {},
            NO_SIZE,
        ),
        (
            {"type": "not_known", "reason": "size"} | OPEN,
            {},
            NO_SIZE.replace("40", "mindestens 40"),
        ),
    ],
)
def test_eine_luecke_ist_ein_satz(given, records, sentence):
    assert gap_sentence(CELL | given, NAMES, records) == sentence


def option(kind, key=None, adds=None, remains=None, cost=None):
    row = {"kind": kind, "key": key, "adds": adds, "remains": remains, "eur_per_year": cost}
    return option_sentence(row, CELL | SIZED, NAMES)


def test_freie_plaetze_in_der_naehe():
    assert option("spare", "s", 10.0, 30.0) == (
        "Kurs „Mama lernt Deutsch“ hat in der Nähe noch 10 Plätze frei; 30 Plätze blieben "
        "ungedeckt."
    )
    assert option("spare", "s") == (
        "Kurs „Mama lernt Deutsch“ macht in der Nähe das Gleiche; ob dort Platz ist, ist nicht "
        "bekannt."
    )


def test_federfuehrung_vereinbaren():
    assert option("lead", remains=40.0) == (
        "Eine Stelle sollte die Federführung übernehmen; bisher hat sie keine allein."
    )


def test_verlaengern_nennt_was_es_bringt_und_bisher_kostet():
    assert option("extension", "s", 40.0, 0.0, 12000.0) == (
        "Das Geld für Kurs „Mama lernt Deutsch“ ließe sich verlängern, aufstocken oder sichern; "
        "das brächte 40 Plätze; bisher 12.000 EUR im Jahr; damit wäre die Lücke geschlossen."
    )


def test_nachfolger_und_neue_massnahme():
    assert option("successor", "s") == (
        "Ein Nachfolger kann weiterführen, was Kurs „Mama lernt Deutsch“ geleistet hat; "
        "die Kosten sind nicht bekannt."
    )
    assert option("new", None, 40.0, 0.0) == (
        "Eine neue Maßnahme für 40 Plätze kann die Lücke schließen; die Kosten sind nicht bekannt."
    )


def test_systematisches_nennt_die_linie_und_wie_oft():
    found = {"along": "place", "value": "09473", "type": "structural", "gaps": 4, "known": 6}
    assert systematic_sentence(found, NAMES) == (
        "Im Landkreis Coburg zeigt sich in 4 von 6 bekannten Fällen dieselbe Lücke: "
        "Es gibt nichts, was den Bedarf deckt."
    )


def test_anhaltendes_nennt_ersten_und_letzten_tag():
    found = {"type": "ending", "starts": date(2018, 1, 1), "ends": date(2020, 1, 1)}
    assert lasting_sentence(found, CELL, NAMES) == (
        f"{ABOUT} bleibt vom 01.01.2018 bis zum 31.12.2019 dieselbe Lücke: Was es gibt, endet."
    )


@pytest.mark.parametrize(
    ("loses", "record", "end"),
    [
        ("lead", "o", "fehlt nach dem 31.12.2019 die Federführung: Volkshochschule."),
        ("structure", "o", "fehlt nach dem 31.12.2019, was sie braucht: Volkshochschule."),
    ],
)
def test_was_einer_massnahme_fehlt_nennt_den_letzten_tag(loses, record, end):
    day = date(2020, 1, 1)
    loss = {"measure": "m", "loses": loses, "record": record, "on_day": day, "already": False}
    assert loss_sentence(loss, NAMES) == f"Der Maßnahme „Stadtteilmütter“ {end}"


def test_ohne_federfuehrung_und_ohne_geld():
    day = date(2020, 1, 1)
    loss = {"measure": "m", "loses": "no_lead", "record": None, "on_day": day, "already": False}
    assert loss_sentence(loss, NAMES) == (
        "Für die Maßnahme „Stadtteilmütter“ ist keine federführende Stelle benannt."
    )
    assert loss_sentence(loss | {"loses": "money"}, NAMES) == (
        "Das gesicherte Geld der Maßnahme „Stadtteilmütter“ reicht nur bis zum 31.12.2019."
    )


@pytest.mark.parametrize(
    ("loses", "says"),
    [
        ("lead", "Der Maßnahme „Stadtteilmütter“ fehlt bereits die Federführung: Volkshochschule."),
        (
            "structure",
            "Der Maßnahme „Stadtteilmütter“ fehlt bereits, was sie braucht: Volkshochschule.",
        ),
        ("money", "Für die Maßnahme „Stadtteilmütter“ ist kein gesichertes Geld mehr da."),
    ],
)
def test_was_schon_vorher_fehlte_bekommt_keinen_erfundenen_tag(loses, says):
    loss = {"measure": "m", "loses": loses, "record": "o", "on_day": date(2020, 1, 1)}
    assert loss_sentence(loss | {"already": True}, NAMES) == says
