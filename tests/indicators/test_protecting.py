"""No small count, and nothing that gives it away, leaves the house: tried out on tiny tables."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from gelingen.indicators.models import Indicator
from gelingen.indicators.protecting import hidden_values
from gelingen.indicators.series import Point, series_of
from gelingen.indicators.shares import share_base
from gelingen.terms.vocabulary import DatePrecision

COUNTY, CITY, STATE = "09473", "09463000", "09"
TOWNS = ("09473100", "09473101", "09473102", "09473103")
DAY = date(2022, 12, 31)


def sheet(number=1, unit="Personen", above=None):
    return Indicator(pk=number, unit=unit, above_id=above, tenant_id=COUNTY)


def point(key, value, **more):
    low, high = value if isinstance(value, tuple) else (value, value)
    given = {"reference": DAY, **more}
    return Point(key, low=Decimal(str(low)), high=Decimal(str(high)), **given)


def series(**values):
    """Make series of territories: `t09473=63`, or several points."""
    found = []
    for name, one in values.items():
        place = name.removeprefix("t")
        points = one if isinstance(one, list) else [point(place, one)]
        found.append(series_of(place, place, points, ()))
    return found


def towns(*values):
    return {f"t{place}": value for place, value in zip(TOWNS, values, strict=False)}


def hidden(*given):
    return hidden_values(given)


def possible(shown, sums, small, most):
    """Try every table that shows the same: which values can the small cell have?

    A total is what its parts add up to; every cell that is hidden counts somebody.
    """
    totals = dict(sums)
    leaves = [cell for cell in shown if cell not in totals]
    found = set()
    ranges = [[shown[cell]] if shown[cell] is not None else range(1, most + 1) for cell in leaves]
    for values in product(*ranges):
        table = dict(zip(leaves, values, strict=True))
        while len(table) < len(shown):
            table |= {
                total: sum(table[part] for part in parts)
                for total, parts in totals.items()
                if total not in table and all(part in table for part in parts)
            }
        if all(value in (None, table[cell]) for cell, value in shown.items()):
            found.add(table[small])
    return found


def told(values, keys):
    return {cell: None if cell in keys else value for cell, value in values.items()}


def refuse_what_can_be_reckoned(values, sums, keys, most):
    for cell, value in values.items():
        if 0 < value < 5:
            assert cell in keys, (values, keys)
            assert len(possible(told(values, keys), sums, cell, most)) > 1, (values, keys)


@pytest.mark.parametrize("beside", [{}, {CITY: 50}, {CITY: 2}, {STATE: 500}, {"094": 90}])
@pytest.mark.parametrize("one", [0, 1, 3, 6])
@pytest.mark.parametrize("two", [2, 4, 7])
def test_keine_kleine_zahl_laesst_sich_aus_gebieten_errechnen(one, two, beside):
    parts = dict(zip(TOWNS, (one, two, 9, 12), strict=True))
    values = {COUNTY: sum(parts.values()), **parts, **beside}
    keys = hidden((sheet(), series(**{f"t{place}": value for place, value in values.items()})))
    own = {place: value for place, value in values.items() if place not in beside}
    refuse_what_can_be_reckoned(own, [(COUNTY, TOWNS)], keys, 12)
    for place, value in beside.items():
        assert (place in keys) == (value < 5)


@pytest.mark.parametrize("values", list(product([0, 2, 6], [3, 5], [1, 8], [4, 9])))
def test_keine_kleine_zahl_laesst_sich_aus_dem_ganzen_und_seinen_teilen_errechnen(values):
    """Women and men in two towns of a county, with all sums over both."""
    women, men = values[:2], values[2:]
    table, sums, found = {}, [], []
    for number, counts in {
        2: women,
        3: men,
        1: tuple(map(sum, zip(women, men, strict=True))),
    }.items():
        table |= {f"{number}{place}": one for place, one in zip(TOWNS, counts, strict=False)}
        table[f"{number}{COUNTY}"] = sum(counts)
        sums.append((f"{number}{COUNTY}", tuple(f"{number}{place}" for place in TOWNS[:2])))
        own = {COUNTY: sum(counts), **dict(zip(TOWNS, counts, strict=False))}
        found.append((
            sheet(number, above=1 if number > 1 else None),
            [series_of(place, place, [point(f"{number}{place}", one)], ())
             for place, one in own.items()],
        ))  # fmt: skip
    sums += [(f"1{place}", (f"2{place}", f"3{place}")) for place in TOWNS[:2]]
    refuse_what_can_be_reckoned(table, sums, hidden(*found), 9)


@pytest.mark.parametrize("whole", [63.5, (63, 65), 60])
def test_was_sich_nicht_zusammenzaehlen_laesst_bleibt_ganz_im_haus(whole):
    keys = hidden((sheet(), series(t09473=whole, **towns(3, 10, 20, 30))))
    assert keys == {COUNTY, *TOWNS}


def test_ohne_kleine_zahl_gehen_auch_gebrochene_hinaus():
    assert hidden((sheet(), series(t09473=63.5, **towns(13, 10, 20, 20)))) == set()


def test_zwei_quellen_eines_tages_ueberschreiben_einander_nicht():
    one = [point("a", 3, source="Jugendamt"), point("b", 40, source="Landesamt")]
    keys = hidden((sheet(), series(t09473=63, t09473100=one, t09473101=20)))
    assert keys == {COUNTY, "a", "b", "09473101"}  # which of both holds is not known


def test_zwei_quellen_die_dasselbe_sagen_zaehlen_als_eine():
    county = [point("a", 63, source="Jugendamt"), point("b", 63, source="Landesamt")]
    keys = hidden((sheet(), series(t09473=county, **towns(3, 10, 20, 30))))
    assert TOWNS[0] in keys
    assert len(keys - {TOWNS[0]}) == 1 or {"a", "b"} < keys


def test_drei_teile_eines_ganzen_verraten_den_vierten_nicht():
    whole = (sheet(1), series(t09473=73))
    parts = [
        (sheet(number, above=1), series(t09473=[point(f"teil{number}", value)]))
        for number, value in {2: 3, 3: 20, 4: 20, 5: 30}.items()
    ]
    keys = hidden(whole, *parts)
    assert "teil2" in keys
    assert len(keys) > 1


def test_das_ganze_und_ein_grosser_teil_verraten_nicht_wie_wenige_uebrig_sind():
    keys = hidden(
        (sheet(1), series(t09473=63)), (sheet(2, above=1), series(t09473=[point("teil", 60)]))
    )
    assert len(keys) == 1


def test_ein_wert_des_jahres_gehoert_zu_denen_seiner_tage():
    county = [point("a", 63, reference=date(2022, 1, 1), precision=DatePrecision.YEAR.value)]
    keys = hidden((sheet(), series(t09473=county, **towns(3, 10, 20, 30))))
    assert len(keys) > 1


@pytest.mark.parametrize(
    ("value", "whole", "out"),
    [(50, 100, True), (97, 100, False), (3, 100, False), (100, 100, True), (0, 100, True),
     (50, 19, False), (50, None, False)],
)  # fmt: skip
def test_ein_anteil_geht_nur_hinaus_wenn_hinter_ihm_und_neben_ihm_genug_stehen(value, whole, out):
    denominator = None if whole is None else Decimal(whole)
    one = point("a", value, denominator=denominator)
    assert (hidden((sheet(unit="Prozent"), series(t09473=[one]))) == set()) == out


@pytest.mark.parametrize(
    ("value", "whole", "out"),
    [(3, None, True), (50, None, True), (50, 100, True), (3, 100, False), (50, 19, False)],
)
def test_was_die_statistik_veroeffentlicht_hat_geht_auch_ohne_bekannten_nenner_hinaus(
    value, whole, out
):
    """Where the denominator is known the rules of the house hold for it too."""
    denominator = None if whole is None else Decimal(whole)
    one = point("a", value, denominator=denominator, published=True)
    assert (hidden((sheet(unit="Prozent"), series(t09473=[one]))) == set()) == out


def test_neben_einem_verborgenen_eigenen_anteil_bleibt_auch_ein_veroeffentlichter_im_haus():
    """Of 100 in the town 3 are counted, which the published share of the county would tell."""
    found = series(
        t09473=[point("ganz", Decimal("33.5"), denominator=Decimal(200), published=True)],
        t09473100=[point("klein", 3, denominator=Decimal(100))],
        t09473101=[point("gross", 64, denominator=Decimal(100))],
    )
    assert hidden((sheet(unit="Prozent"), found)) == {"klein", "gross", "ganz"}


@pytest.mark.parametrize(("least", "out"), [(8600, True), (60, False), (19, False)])
def test_ist_der_nenner_nur_von_anderen_zeiten_bekannt_muss_auch_ein_zehntel_genuegen(least, out):
    one = point("a", 5, least=Decimal(least))
    assert (hidden((sheet(unit="Prozent"), series(t09473=[one]))) == set()) == out


@pytest.mark.parametrize(
    ("county", "whole", "told"),
    [("33.5", 200, True), ("33.5", 800, False), ("34", 2000, False)],
)  # fmt: skip
def test_ein_genauer_anteil_des_ganzen_verraet_den_verborgenen_teil_nicht(county, whole, told):
    """Of 100 in the town 3 are counted; 200 in the county tell it, 800 leave 600 unknown."""
    town = point("klein", 3, denominator=Decimal(100))
    rest = point("gross", 64, denominator=Decimal(100))
    around = point("ganz", Decimal(county), denominator=Decimal(whole))
    found = series(t09473=[around], t09473100=[town], t09473101=[rest])
    keys = hidden((sheet(unit="Prozent"), found))
    assert keys == ({"klein", "gross", "ganz"} if told else {"klein"})


YEAR = {"precision": DatePrecision.YEAR}


@pytest.mark.parametrize(
    ("county", "around", "small"),
    [
        ("40.1", {}, {}),
        ("40.0", {}, {}),  # kept as 40, told to a tenth as the others are
        ("40.0", {"unit": "%"}, {}),
        ("40.0", YEAR, {}),
        ("40.0", {"definition": "anders gezählt"}, {}),
        ("40.0", {}, {"denominator": None}),  # so nobody can say how many are in no part
    ],
)
def test_weder_nullen_noch_schreibweisen_noch_fehlende_nenner_oeffnen_den_weg(
    county, around, small
):
    """Of 900 in one town 43,9 %, of 100 in the other 3 %, of the 1000 of both 40 %."""
    found = series(
        t09473=[point("ganz", Decimal(county), denominator=Decimal(1000), **around)],
        t09473100=[point("gross", Decimal("43.9"), denominator=Decimal(900))],
        t09473101=[point("klein", 3, **{"denominator": Decimal(100), **small})],
    )
    assert hidden((sheet(unit="Prozent"), found)) == {"ganz", "gross", "klein"}


@pytest.mark.parametrize(("whole", "told"), [(990, True), (900, False), (1000, False)])
def test_wenige_die_in_keinem_ort_stehen_werden_nicht_errechnet(whole, told):
    found = series(
        t09473=[point("ganz", Decimal("40.1"), denominator=Decimal(1000))],
        t09473100=[point("gross", Decimal("40.2"), denominator=Decimal(whole))],
    )
    assert hidden((sheet(unit="Prozent"), found)) == ({"ganz", "gross"} if told else set())


def test_ein_grob_gerundeter_anteil_verraet_nichts():
    values = {COUNTY: ("33", 20000), TOWNS[0]: ("0.02", 10000), TOWNS[1]: ("66", 10000)}
    found = series(**{
        f"t{place}": [point(place, Decimal(value), denominator=Decimal(whole))]
        for place, (value, whole) in values.items()
    })  # fmt: skip
    assert hidden((sheet(unit="Prozent"), found)) == {TOWNS[0]}


@pytest.mark.parametrize(
    ("unit", "base"),
    [("Prozent", 100), ("%", 100), ("je 1 000", 1000), ("je 1\u202f000", 1000),
     ("je 1\u00a0000 Menschen", 1000), ("je 1.000", 1000), ("je 100", 100), ("‰", 1000),
     ("Personen", None), ("Prozesse", None)],
)  # fmt: skip
def test_woran_man_einen_anteil_erkennt(unit, base):
    assert share_base(unit) == base
