"""Bestand im Zeitverlauf: was steht, was wegfällt, wen es trifft."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.specs import rows, structures, table

from gelingen.analysis.cliff import find_cliff
from gelingen.analysis.continuity import HorizonError, find_continuity
from gelingen.analysis.inventory import Inventory
from gelingen.analysis.money import effective_share, funding_timeline
from gelingen.analysis.schema import Reach, Structures, Tranches
from gelingen.terms.vocabulary import Scenario

ON, ENDS = date(2018, 6, 1), date(2026, 1, 1)
POST = structures("lotsin", permanence="project", fte=1.0)


def continuity(money, kept=POST, *, on=ON, ends=ENDS, scenario=Scenario.SECURED, **more):
    inventory = Inventory(structures=kept, tranches=table(Tranches, money), **more)
    return find_continuity(inventory, on=on, ends=ends, scenario=scenario)


LOSS = ("day", "structure", "kind", "fte", "eur_per_year")


def test_endet_das_letzte_geld_faellt_am_tag_danach_alles_weg():
    found = continuity(
        """
        funding | structure | eur_per_year | ends
        f1      | lotsin    | 78000        | 2020-01-01
        """
    )
    assert rows(found.cliff, *LOSS, "month", "fundings") == [
        (date(2020, 1, 1), "lotsin", "money_ends", 1.0, 78000.0, date(2019, 12, 1), "f1")
    ]


RENEWED = """
    funding | structure | state    | share | eur_per_year | starts     | ends
    f1      | lotsin    | approved |       | 60000        | 2018-01-01 | 2021-01-01
    f2      | lotsin    | approved |       |              | 2021-01-01 | 2022-01-01
    f3      | bruecke   | approved |       |              | 2022-01-01 | 2022-07-01
    f4      | lotsin    | approved |       | 60000        | 2022-07-01 | 2024-01-01
    f5      | lotsin    | applied  |       | 60000        | 2024-01-01 | 2027-01-01
    """


def test_eine_viermal_verlaengerte_stelle_faellt_nur_in_den_luecken_weg():
    kept = Structures.from_rows(
        [
            ("lotsin", "lra", "networks", "fixed_term", None, None, None, None, 1.0, None, None),
            (
                "bruecke",
                "lra",
                "networks",
                "fixed_term",
                None,
                None,
                None,
                None,
                0.5,
                date(2022, 1, 1),
                date(2022, 7, 1),
            ),
        ]
    )
    found = continuity(RENEWED, kept)
    assert rows(found.cliff, "day", "structure", "kind", "fte", "resumes") == [
        (date(2022, 1, 1), "lotsin", "money_ends", 1.0, date(2022, 7, 1)),
        (date(2022, 7, 1), "bruecke", "ends", 0.5, None),
        (date(2024, 1, 1), "lotsin", "money_ends", 1.0, None),
    ]
    hoped = continuity(RENEWED, kept, scenario=Scenario.OPTIMISTIC)
    assert date(2024, 1, 1) not in [day for (day,) in rows(hoped.cliff, "day")]


def test_luecklos_verlaengertes_geld_ist_kein_verlust():
    found = continuity(
        """
        structure | starts     | ends
        lotsin    | 2018-01-01 | 2021-01-01
        lotsin    | 2021-01-01 | 2027-01-01
        """
    )
    assert len(found.cliff) == 0


def test_nach_jeder_luecke_wird_der_naechste_tag_mit_geld_genannt():
    found = continuity(
        """
        structure | starts     | ends
        lotsin    | 2018-01-01 | 2019-01-01
        lotsin    | 2019-03-01 | 2019-06-01
        lotsin    | 2020-01-01 |
        """
    )
    assert rows(found.cliff, "day", "resumes") == [
        (date(2019, 1, 1), date(2019, 3, 1)),
        (date(2019, 6, 1), date(2020, 1, 1)),
    ]


def test_endet_die_struktur_faellt_sie_weg_auch_wenn_ihr_geld_unbekannt_ist():
    kept = structures("lotsin", permanence="project", fte=0.5, ends=date(2020, 1, 1))
    assert rows(continuity("structure | share", kept).cliff, *LOSS) == [
        (date(2020, 1, 1), "lotsin", "ends", 0.5, None)
    ]


def test_was_kein_geld_mehr_hat_faellt_mit_seinem_ende_nicht_noch_einmal_weg():
    kept = structures("lotsin", permanence="project", fte=0.5, ends=date(2020, 1, 1))
    found = continuity("structure | ends\nlotsin | 2019-01-01", kept)
    assert rows(found.cliff, "day", "kind") == [(date(2019, 1, 1), "money_ends")]


def test_endet_ein_teil_des_geldes_faellt_dieser_teil_weg():
    found = continuity(
        """
        structure | share | eur_per_year | ends
        lotsin    | 0.75  | 60000        | 2020-01-01
        lotsin    | 0.25  | 20000        |
        """
    )
    assert rows(found.cliff, *LOSS) == [(date(2020, 1, 1), "lotsin", "reduced", 0.75, 60000.0)]


def test_faellt_geld_weg_ohne_den_anteil_zu_aendern_wird_der_betrag_genannt():
    found = continuity(
        """
        structure | share | eur_per_year | ends
        lotsin    | 1     | 60000        | 2020-01-01
        lotsin    | 1     | 13000        |
        """
    )
    assert rows(found.cliff, *LOSS) == [(date(2020, 1, 1), "lotsin", "reduced", 0.0, 60000.0)]


@pytest.mark.parametrize(
    ("ends", "found"), [("2018-06-01", 0), ("2018-06-02", 1), ("2026-01-01", 1), ("2026-01-02", 0)]
)
def test_verluste_zaehlen_vom_stichtag_bis_zum_letzten_tag_des_horizonts(ends, found):
    assert len(continuity(f"structure | ends\nlotsin | {ends}").cliff) == found


def test_ein_horizont_vor_dem_stichtag_wird_abgelehnt():
    with pytest.raises(HorizonError, match=r"Planungshorizont 31\.05\.2018 liegt vor dem Stichtag"):
        continuity("structure | share", ends=ON)


def test_weniger_kapazitaet_nach_mass_und_monat():
    kept = structures("x", "y", permanence="project", capacity=25.0, measure="Plätze")
    found = continuity("structure | ends\nx | 2020-01-01\ny | 2019-12-15", kept)
    assert rows(found.capacity_losses, "month", "measure", "capacity") == [
        (date(2019, 12, 1), "Plätze", 50.0)
    ]


REACH = table(Reach, "structure | place\nx | 09473112\nx | 09473120\ny | 09473")


@pytest.mark.parametrize(("other_ends", "bare"), [("", 0), ("2020-01-01", 2), ("2021-01-01", 0)])
def test_wen_es_trifft_und_wo_danach_niemand_mehr_ist(other_ends, bare):
    kept = structures("x", "y", permanence="project")
    money = f"structure | ends\nx | 2020-01-01\ny | {other_ends}"
    found = continuity(money, kept, reach=REACH)
    assert rows(found.cliff, "structure", "cells", "bare", "places")[0] == (
        "x",
        2,
        bare,
        "09473112;09473120",
    )


def test_ein_feld_das_zwei_im_selben_monat_verlassen_zaehlt_einmal():
    kept = structures("x", "y", permanence="project", fte=0.5)
    reach = table(Reach, "structure\nx\ny")
    found = continuity("structure | ends\nx | 2020-01-01\ny | 2020-01-01", kept, reach=reach)
    assert rows(
        found.months, "month", "structures", "ending", "fte", "cells", "bare", "records"
    ) == [(date(2019, 12, 1), 2, 2, 1.0, 1, 1, "x;y")]


def test_eine_struktur_anderer_funktion_ersetzt_die_wegfallende_nicht():
    kept = Structures.from_rows(
        [
            ("x", "o", "delivers", "project", *[None] * 7),
            ("y", "o", "advises", "standing", *[None] * 7),
        ]
    )
    found = continuity("structure | ends\nx | 2020-01-01", kept, reach=REACH)
    assert rows(found.cliff, "bare") == [(2,)]


def test_der_bestand_nennt_getragene_unbekannte_und_solche_ohne_geld_getrennt():
    kept = Structures.from_rows(
        [
            (key, "o", "delivers", permanence, None, 10.0, None, "Plätze", 1.0, None, None)
            for key, permanence in [
                ("bezahlt", "project"),
                ("beendet", "project"),
                ("unbekannt", "project"),
                ("amt", "standing"),
                ("helfer", "volunteer"),
            ]
        ]
    )
    money = """
        funding | structure | share | eur_per_year | ends
        f1      | bezahlt   | 0.5   | 30000        |
        f2      | beendet   |       | 30000        | 2018-01-01
        """
    found = continuity(money, kept)
    assert rows(found.standing, "structure", "state", "band", "fte", "fundings") == [
        ("amt", "stands", "standing", 1.0, ""),
        ("beendet", "unfunded", "none", 0.0, ""),
        ("bezahlt", "stands", "secured", 0.5, "f1"),
        ("helfer", "stands", "volunteer", 1.0, ""),
        ("unbekannt", "unknown", "unknown", None, ""),
    ]
    total = rows(
        found.stock,
        "day",
        "part",
        "structures",
        "unknown",
        "unfunded",
        "fte",
        "eur_per_year",
        "eur_missing",
    )
    assert total[0] == (ON, "all", 3, 1, 1, 2.5, 30000.0, 2)
    assert rows(found.capacities, "measure", "capacity")[0] == ("Plätze", 25.0)


def test_der_bestand_wird_nach_dauerhaftigkeit_funktion_ebene_und_geld_geteilt():
    inventory = Inventory(structures=structures("x", permanence="standing"))
    found = find_continuity(inventory, on=ON, ends=ENDS, levels={"x": "county"})
    today = [row[1:] for row in rows(found.stock, "day", "part", "value") if row[0] == ON]
    assert today == [
        ("all", "all"),
        ("band", "standing"),
        ("function", "delivers"),
        ("level", "county"),
        ("permanence", "standing"),
    ]


def test_der_ausblick_stellt_drei_geldannahmen_nebeneinander():
    money = """
        structure | state    | share | probability | eur_per_year
        lotsin    | approved | 0.5   |             | 40000
        lotsin    | applied  | 0.4   | 0.5         | 20000
        lotsin    | planned  | 0.1   |             | 10000
        """
    found = continuity(money)
    assert rows(found.outlook, "scenario", "fte", "eur_per_year")[:3] == [
        ("secured", 0.5, 40000.0),
        ("expected", pytest.approx(0.7), 50000.0),
        ("optimistic", 1.0, 70000.0),
    ]


@pytest.mark.parametrize("scenario", list(Scenario))
def test_der_ausblick_nennt_stichtag_und_horizont_unter_jeder_annahme(scenario):
    money = """
        structure | state    | share | ends       | eur_per_year
        lotsin    | approved | 0.5   | 2020-01-01 | 40000
        lotsin    | approved | 0.2   |            | 16000
        """
    found = continuity(money, scenario=scenario)
    told = rows(found.outlook, "day", "scenario", "fte", "eur_per_year")
    now, later = (pytest.approx(0.7), 56000.0), (pytest.approx(0.2), 16000.0)
    assert told == [(ON, one.value, *now) for one in Scenario] + [
        (ENDS - timedelta(days=1), one.value, *later) for one in Scenario
    ]


def test_geld_nach_jahren_zaehlt_tage_mit_laufendem_geld_und_bestehender_struktur():
    kept = structures("lotsin", permanence="project", ends=date(2020, 1, 1))
    money = """
        structure | eur_per_year | starts     | ends
        lotsin    | 36500        | 2018-01-01 | 2019-04-11
        lotsin    |              | 2019-01-01 |
        """
    found = continuity(money, kept, ends=date(2021, 1, 1))
    assert rows(found.years, "year", "secured", "missing", "fundings") == [
        (2018, pytest.approx(36500 * 214 / 365), 0, 1),
        (2019, pytest.approx(10000.0), 1, 2),
        (2020, 0.0, 0, 0),
    ]


def test_geld_vor_dem_beginn_der_struktur_zaehlt_nicht():
    kept = structures("lotsin", permanence="project", starts=date(2019, 1, 1))
    found = continuity("structure | eur_per_year\nlotsin | 36500", kept, ends=date(2020, 1, 1))
    assert rows(found.years, "year", "secured") == [(2018, 0.0), (2019, 36500.0)]


PERIOD = (date(2020, 1, 1), date(2021, 1, 1))


def test_die_annahmen_nennen_was_in_den_summen_fehlt():
    found = continuity("structure | share\nlotsin | ", structures("lotsin", permanence="project"))
    assert found.basis.assumptions == (
        "Finanzierungen ohne Ende: 1; sie gelten als weiterlaufend.",
        "Strukturen ohne Angabe zum Personal: 1; sie fehlen in den VZÄ.",
        "Finanzierungen ohne Jahresbetrag: 1; sie fehlen in den Summen.",
    )
    assert found.basis.scenario is Scenario.SECURED


# Few values each: ends and beginnings have to touch often.
FIRST = date(2024, 1, 1)
days = st.integers(0, 4).map(lambda n: FIRST + timedelta(days=n))
periods = st.tuples(st.none() | days, st.none() | days).filter(lambda p: None in p or p[0] < p[1])
money_ = st.lists(
    st.tuples(
        st.sampled_from(["x", "y"]),
        st.sampled_from(["approved", "applied", "unknown"]),
        st.sampled_from([0.25, 0.5, 1.0]),
        periods,
    ),
    max_size=4,
)
kept_ = st.tuples(*[st.tuples(st.sampled_from([None, "standing", "project"]), periods)] * 2)


def tables(money, kept):
    structures_ = Structures.from_rows(
        [
            (name, "o", "delivers", permanence, None, None, None, None, 2.0, *period)
            for name, (permanence, period) in zip("xy", kept, strict=True)
        ]
    )
    tranches = Tranches.from_rows(
        [
            (f"f{n}", s, "Land", state, share, 0.5, None, *period)
            for n, (s, state, share, period) in enumerate(money)
        ]
    )
    return Inventory(
        structures=structures_, tranches=tranches, reach=table(Reach, "structure\nx\ny")
    )


def losses(inventory, starts, scenario=Scenario.SECURED):
    spans = funding_timeline(
        inventory.tranches,
        inventory.structures,
        starts=starts,
        ends=starts + timedelta(days=5),
        scenario=scenario,
    )
    return find_cliff(inventory, spans)[0]


@settings(max_examples=120, deadline=None)
@given(money_, kept_, st.sampled_from(list(Scenario)))
def test_der_verlust_ist_der_unterschied_zweier_aufeinanderfolgender_tage(money, kept, scenario):
    inventory = tables(money, kept)
    cliff = losses(inventory, FIRST, scenario)

    def state(day):
        shares = effective_share(
            inventory.tranches, inventory.structures, on=day, scenario=scenario
        )
        alive = {
            row[0]: (row[-2] is None or row[-2] <= day) and (row[-1] is None or day < row[-1])
            for row in inventory.structures.frame.rows()
        }
        return {key: (alive[key], share, band) for key, share, band in shares.frame.rows()}

    expected = []
    for n in range(1, 5):
        day = FIRST + timedelta(days=n)
        before, after = state(day - timedelta(days=1)), state(day)
        for key in "xy":
            (was, share, band), (still, rest, then) = before[key], after[key]
            carried = band in ("secured", "standing", "volunteer")
            if was and not still and band != "none":
                expected.append((day, key, "ends", 2.0 * (1.0 if share is None else share)))
            elif carried and then not in ("secured", "standing", "volunteer"):
                expected.append((day, key, "money_ends", 2.0 * share))
            elif carried and rest < share:
                expected.append((day, key, "reduced", 2.0 * (share - rest)))
    assert rows(cliff, "day", "structure", "kind", "fte") == expected
    gone = {(day, key) for day, key, kind, _ in expected if kind != "reduced"}
    for day, key, kind, bare in rows(cliff, "day", "structure", "kind", "bare"):
        other = "y" if key == "x" else "x"
        left = state(day)[other][2] in ("secured", "standing", "volunteer")
        assert bare == (0 if left or kind == "reduced" else 1)
        assert ((day, key) in gone) == (kind != "reduced")


@settings(max_examples=40, deadline=None)
@given(money_, kept_, st.integers(1, 400))
def test_verschieben_sich_alle_tage_verschiebt_sich_das_ergebnis(money, kept, shift):
    def moved(period):
        return tuple(day and day + timedelta(days=shift) for day in period)

    one = losses(tables(money, kept), FIRST)
    later = losses(
        tables(
            [(*row[:3], moved(row[3])) for row in money],
            [(permanence, moved(period)) for permanence, period in kept],
        ),
        FIRST + timedelta(days=shift),
    )
    columns = ("day", "structure", "kind", "fte", "cells", "bare")
    shifted = [(day + timedelta(days=shift), *rest) for day, *rest in rows(one, *columns)]
    assert rows(later, *columns) == shifted
