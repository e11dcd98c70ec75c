"""Definition sheets, the catalogue, series with breaks, what is published."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world

from gelingen.access.policy import Operator
from gelingen.history.recording import new_batch
from gelingen.history.undo import undo_batch
from gelingen.indicators import commands, queries
from gelingen.indicators.catalogue import catalogue
from gelingen.indicators.models import Indicator
from gelingen.indicators.publishing import published_series, published_sources
from gelingen.indicators.series import Break, Point, distance, series_of
from gelingen.indicators.values import every_series
from gelingen.places.commands import FigureError
from gelingen.places.models import Figure
from gelingen.terms.indicators import (
    BreakReason,
    LowestLevel,
    MigrationDefinition,
    Periodicity,
    Wanted,
)
from gelingen.terms.vocabulary import DatePrecision

ON = date(2023, 1, 1)
ME = Operator(day=ON)


def series(one):
    """Read the values of an indicator."""
    (found,) = every_series(one.tenant, one.tenant, [one], on=ON)
    return found


def points(values, *, base="Register", first=2000):
    return [
        Point(f"{base}{at}", date(first + at, 12, 31), Decimal(one), Decimal(one), base=base)
        for at, one in enumerate(values)
    ]


def test_eine_linie_geht_nie_ueber_eine_andere_zaehlung_hinweg():
    found = series_of(
        "09473", "Landkreis", [*points([4, 5]), *points([6, 7], base="Zensus", first=2002)], ()
    )
    assert [[one.base for one in part] for part in found.stretches] == [
        ["Register", "Register"], ["Zensus", "Zensus"],
    ]  # fmt: skip
    (only,) = found.breaks
    assert (only.day, only.reason) == (date(2002, 12, 31), BreakReason.BASE)


def test_ein_festgelegter_bruch_trennt_auch_was_gleich_gezaehlt_ist():
    stop = Break(date(2001, 6, 1), BreakReason.DECLARED, "neues Verfahren")
    found = series_of("09473", "Landkreis", points([4, 5, 6]), [stop])
    assert [len(part) for part in found.stretches] == [1, 2]
    assert found.breaks == (stop,)


def test_zwei_zaehlungen_nebeneinander_bleiben_zwei_linien():
    census = points([9], base="Zensus", first=2001)
    found = series_of("09473", "Landkreis", [*points([4, 5, 6, 7]), *census], ())
    assert sorted(len(part) for part in found.stretches) == [1, 4]


def test_zaehlungen_nebeneinander_sind_kein_bruch_eine_die_folgt_ist_einer():
    register = points(range(5, 10))
    beside = [*points([9], base="Zensus 2001", first=2001), *points([9], base="Zensus", first=2003)]
    assert series_of("09473", "Landkreis", [*register, *beside], ()).breaks == ()
    after = points([9], base="Zensus", first=2009)
    (only,) = series_of("09473", "Landkreis", [*register, *after], ()).breaks
    assert only.why == "Zählung: Register, danach Zensus"


@pytest.mark.parametrize(("precision", "breaks"), [("day", 1), ("month", 1), ("year", 0)])
def test_der_wert_eines_jahres_reicht_bis_zu_dessen_ende(precision, breaks):
    year = [
        Point(f"{at}", date(at, 1, 1), Decimal(5), Decimal(5), precision=precision)
        for at in (2021, 2022)
    ]
    census = Point("z", date(2022, 5, 15), Decimal(4), Decimal(4), base="Zensus")
    assert len(series_of("09473", "Landkreis", [*year, census], ()).breaks) == breaks


def test_die_steigung_steht_je_jahr_auch_wenn_halbjaehrlich_gezaehlt_wird():
    half = [
        Point(f"{at}", date(2000 + at // 2, 6 + at % 2 * 6, 1), Decimal(at), Decimal(at))
        for at in range(9)
    ]
    assert series_of("1", "A", half, ()).trend.slope.mid == 2


def test_ein_trend_braucht_acht_werte_in_gleichem_abstand():
    assert series_of("1", "A", points(range(7)), ()).trend is None
    assert series_of("1", "A", points(range(8)), ()).trend.state == "rising"
    gap = [*points(range(7)), *points([9], first=2012)]
    assert series_of("1", "A", gap, ()).trend is None


def test_ein_anteil_an_weniger_als_zwanzig_ist_nicht_interpretierbar():
    few = Point("a", date(2020, 1, 1), Decimal(50), Decimal(50), denominator=Decimal(19))
    assert not few.interpretable


def test_von_einer_spanne_zaehlt_fuer_das_ziel_das_fernere_ende():
    value = Point("a", date(2020, 1, 1), Decimal(40), Decimal(60))
    path = {date(2019, 1, 1): (None, Decimal(1)), date(2025, 1, 1): (Decimal(50), None)}
    found = distance(value, path)
    assert (found.due, found.missing) == (date(2025, 1, 1), Decimal(10))


def test_wer_ueber_dem_hoechstwert_liegt_hat_das_ziel_ueberschritten():
    value = Point("a", date(2020, 1, 1), Decimal(12), Decimal(12))
    assert distance(value, {date(2025, 1, 1): (None, Decimal(10))}).over
    assert not distance(value, {date(2025, 1, 1): (Decimal(14), None)}).over


def test_der_katalog_nennt_nur_was_in_den_listen_steht():
    codes = [one.code for one in catalogue()]
    assert len(codes) == len(set(codes)) == 47
    for one in catalogue():
        assert all((one.definition, one.relevance, one.source)), one.code
        Periodicity.of(one.periodicity)
        LowestLevel.of(one.lowest)
        MigrationDefinition.of(one.migration_definition)
        Wanted.of(one.wanted)


@pytest.mark.django_db
def test_der_ganze_katalog_kommt_mit_einem_klick_und_nichts_doppelt():
    tenant = world.tenant()
    assert len(commands.take_over(actor=ME, tenant=tenant, codes=["X-A10"])) == 1
    assert len(commands.take_over(actor=ME, tenant=tenant)) == 46
    assert commands.take_over(actor=ME, tenant=tenant) == []
    with pytest.raises(commands.IndicatorError, match="kein „F1“"):
        commands.take_over(actor=ME, tenant=tenant, codes=["F1"])


@pytest.mark.django_db
def test_die_beiden_verzeichnisse_mischen_sich_nicht():
    tied = {"kind": "output", "stair": 2, "measure": world.measure()}
    with pytest.raises(ValidationError, match="gehört zu keiner Maßnahme"):
        world.indicator(**tied).full_clean()
    world.indicator(code="M-1", figure="Teilnehmende", register="measure", **tied)
    with pytest.raises(ValidationError, match="teilen sich keine Werte"):
        world.indicator(code="X-2", figure="Teilnehmende").full_clean()
    every = list(Indicator.objects.order_by("code"))
    every.append(Indicator(register="context"))
    with pytest.raises(queries.MixedDefinitionError, match="nicht in einem Bild"):
        queries.comparable(every)


def test_zwei_bestimmungen_des_migrationshintergrunds_stehen_nicht_in_einem_bild():
    ways = ["microcensus", "register"]
    sheets = [Indicator(register="context", migration_definition=one) for one in ways]
    with pytest.raises(queries.MixedDefinitionError, match="verschieden"):
        queries.comparable(sheets)
    queries.comparable([sheets[0], Indicator(register="context", migration_definition="none")])


@pytest.mark.django_db
def test_zaehlungen_der_stufen_eins_bis_drei_belegen_keine_wirkung():
    goal = world.goal()
    low = world.indicator(
        code="M-1", figure="Kurse", register="measure", kind="output", stair=1, goal=goal
    )
    found = queries.evidence(ME, goal.tenant, [goal.pk], on=ON)[goal.pk]
    assert found.highest is None
    assert "nicht was sich ändert" in found.warning
    figure(low, world.territory(key="09473112"), 12)
    world.indicator(
        code="M-2", figure="Deutsch", register="measure", kind="outcome", stair=4, goal=goal
    )
    found = queries.evidence(ME, goal.tenant, [goal.pk], on=ON)[goal.pk]
    assert (found.highest, found.warning) == (1, "")


def figure(indicator, territory, value, **more):
    given = {"reference": date(2022, 12, 31), "unit": "", **more}
    return world.figure(
        indicator=indicator.figure, territory=territory, structure=None, value_low=value,
        value_high=value, **given,
    )  # fmt: skip


@pytest.mark.django_db
def test_veroeffentlicht_wird_keine_zahl_unter_fuenf_und_keine_die_sie_verraet():
    one = world.indicator(unit="Personen", figure="Unbegleitete Minderjährige")
    whole = world.territory(key="09473", name="Landkreis", kind="county")
    towns = [world.territory(key=f"0947310{at}", name=f"Ort {at}") for at in range(4)]
    for place, value in zip([whole, *towns], [63, 3, 10, 20, 30], strict=True):
        figure(one, place, value, source="Jugendamt")
    (row,) = published_series(one.tenant, on=ON)
    shown = {value["territory"]: value["low"] for value in row["series"]}
    assert "09473100" not in shown
    assert len(shown) == 3  # one more is left out, so that nobody reckons the small one
    (source,) = published_sources([row])
    assert source["reference"] == "2022-12-31"


@pytest.mark.django_db
def test_von_nicht_oeffentlichen_massnahmen_geht_nichts_hinaus():
    hidden = world.measure(public=False)
    one = world.indicator(register="measure", kind="output", stair=2, measure=hidden)
    figure(one, world.territory(key="09473112"), 50)
    assert published_series(one.tenant, on=ON) == []


@pytest.mark.django_db
def test_ein_wert_wird_eingetragen_und_die_erhebung_ist_erledigt():
    one = world.indicator()
    plan = world.collection_plan(indicator=one)
    assert queries.waiting(ME, one.tenant, on=ON) == [plan]
    value = commands.Value(
        world.territory(key="09473112"),
        date(2016, 12, 31),
        Decimal(4),
        Decimal(5),
        "Register",
        approximate=True,
    )
    commands.enter(actor=ME, indicator=one, value=value)
    assert queries.waiting(ME, one.tenant, on=ON) == []
    assert queries.sheet(ME, one.tenant, one.key, on=ON).main.last.approximate
    with pytest.raises(FigureError, match="schon einen Wert"):
        commands.enter(actor=ME, indicator=one, value=value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "day", "precision", "done"),
    [("09473", (2016, 12, 31), "day", True), ("09473112", (2016, 12, 31), "day", True),
     ("09", (2016, 12, 31), "day", False), ("09473", (2017, 12, 31), "day", False),
     ("09473", (2016, 1, 1), "year", True), ("09473", (2016, 12, 1), "month", True),
     ("09473", (2016, 1, 1), "month", False), ("09473", (2015, 1, 1), "year", False)],
)  # fmt: skip
def test_eine_erhebung_ist_erledigt_wenn_der_wert_ihrer_zeit_aus_dem_eigenen_gebiet_da_ist(
    place, day, precision, done
):
    one = world.indicator()
    plan = world.collection_plan(indicator=one)
    where = world.territory(key=place, name="Ort")
    figure(one, where, 5, reference=date(*day), reference_precision=precision)
    assert queries.waiting(ME, one.tenant, on=ON) == ([] if done else [plan])


@pytest.mark.django_db
def test_wer_einen_wert_eintraegt_fuehrt_die_reihe_ohne_bruch_fort():
    one = world.indicator()
    place = world.territory(key="09473", name="Landkreis", kind="county")
    figure(one, place, 5, base="Register", definition="nur Hauptwohnsitze")
    value = commands.Value(
        place, date(2021, 12, 31), Decimal(4), Decimal(4), "Amt", base="Register"
    )
    commands.enter(actor=ME, indicator=one, value=value)
    (only,) = series(one)
    assert [len(run) for run in only.stretches] == [2]
    assert only.breaks == ()


@pytest.mark.django_db
def test_ein_wert_mit_den_worten_des_blatts_ist_gezaehlt_wie_einer_ohne_worte():
    one = world.indicator()
    place = world.territory(key="09473", name="Landkreis", kind="county")
    figure(one, place, 5, definition=one.definition)
    figure(one, place, 4, reference=date(2021, 12, 31))
    (only,) = series(one)
    assert [len(run) for run in only.stretches] == [2]


@pytest.mark.django_db
def test_das_eigene_gebiet_steht_vor_dem_land():
    one = world.indicator()
    for place, value in {"09": 12, "09473": 5, "09473112": 4}.items():
        figure(one, world.territory(key=place, name=f"Ort {place}"), value)
    assert [part.territory for part in series(one)] == [
        "09473", "09", "09473112",
    ]  # fmt: skip
    (line,) = queries.lines(ME, one.tenant, on=ON)
    assert line.last.low == 5


@pytest.mark.django_db
def test_der_nenner_eines_jahres_gehoert_zum_anteil_eines_tages_in_ihm():
    one = world.indicator(denominator_figure="Bevölkerung")
    place = world.territory(key="09473", name="Landkreis", kind="county")
    figure(one, place, 50)
    for value, year in ((100, 2022), (19, 2021)):
        world.figure(
            territory=place, structure=None, indicator="Bevölkerung", value_low=value,
            value_high=value, reference=date(year, 1, 1), reference_precision="year",
        )  # fmt: skip
    (only,) = series(one)
    assert only.last.denominator == 100
    assert only.last.least == Decimal("1.9")
    (row,) = published_series(one.tenant, on=ON)
    assert [value["low"] for value in row["series"]] == [50]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("precision", "out", "said"),
    [(DatePrecision.YEAR, "2022", "2022"), (DatePrecision.MONTH, "2022-12", "Dezember 2022"),
     (DatePrecision.DAY, "2022-12-31", "31.12.2022")],
)  # fmt: skip
def test_wovon_man_nur_jahr_oder_monat_kennt_geht_ohne_tag_hinaus(precision, out, said):
    one = world.indicator(unit="Personen")
    figure(one, world.territory(key="09473112"), 5, reference_precision=precision)
    (row,) = published_series(one.tenant, on=ON)
    assert [value["reference"] for value in row["series"]] == [out]
    assert queries.sheet(ME, one.tenant, one.key, on=ON).main.last.day_said == said


OWN = {"X-S3": commands.Own(Decimal(0), Decimal(25), "0,0 von 4,0 Vollzeitstellen befristet.")}


def own(actor=ME, **more):
    return commands.enter_own(actor=actor, tenant=world.tenant(), given=OWN, on=ON, **more)


@pytest.mark.django_db
def test_was_gelingen_rechnet_wird_mit_blatt_tag_und_begruendung_einmal_am_tag_eingetragen():
    world.territory(key="09473", kind="county")
    batch = new_batch()
    (one,) = own(batch=batch)
    sheet = Indicator.objects.get()
    assert (sheet.code, one.indicator) == ("X-S3", sheet.figure)
    assert (one.value_low, one.value_high, one.certainty) == (0, 25, "assumed")
    assert (one.reference, one.source) == (ON, "Gelingen, gerechnet am 01.01.2023")
    assert one.note == "0,0 von 4,0 Vollzeitstellen befristet."
    assert own() == []
    undo_batch(batch, by=ME)
    assert not Figure.objects.exists()


@pytest.mark.django_db
def test_ohne_das_eigene_gebiet_wird_nichts_eingetragen_und_gesagt_was_zu_tun_ist():
    with pytest.raises(commands.IndicatorError, match="eigene Gebiet"):
        own()
    assert not Indicator.objects.exists()


@pytest.mark.django_db
def test_wer_den_plan_nicht_aendern_darf_traegt_nichts_gerechnetes_ein():
    world.territory(key="09473", kind="county")
    with pytest.raises(PermissionDenied):
        own(actor=world.person(role="member"))
    assert not Indicator.objects.exists()
