"""Versorgung: wie weit das, was es gibt und was bezahlt ist, den Bedarf deckt."""

from datetime import date

import pytest
from tests.analysis.specs import rows
from tests.analysis.stock import ASKED, ON, covered, stock

from gelingen.analysis.coverage import coverage, coverage_over

NEED = "need\nb"
FORTY = "need | quantity | measure\nb | 40 | Personen"
COURSE = "structure | permanence\ns | standing"
HERE = "structure\ns"


def sized(capacity, **more):
    """Write a standing structure with a capacity in persons."""
    heads, values = ["structure", "permanence", "capacity", "measure"], ["s", "standing", capacity]
    values.append("Personen")
    for name, value in more.items():
        heads.append(name)
        values.append(value)
    return " | ".join(heads) + "\n" + " | ".join(str(value) for value in values)


def test_was_niemand_erhoben_hat_ist_unklar_und_keine_luecke():
    assert covered("type", "reason", needs=NEED) == [("not_known", "not_asked")]
    assert len(coverage(stock(needs=NEED), on=ON).gaps()) == 0


def test_hat_jemand_gefragt_und_nichts_gefunden_ist_die_luecke_strukturell():
    assert covered("type", "reason", needs=NEED, inquiries=ASKED) == [("structural", None)]


@pytest.mark.parametrize(
    ("inquiry", "kind"),
    [
        (" |  | 09473 | none_found", "structural"),
        (" |  | 09473 | not_asked", "not_known"),
        (" |  | 09473 | asked", "not_known"),
        (" |  | 09473112 | none_found", "not_known"),
        ("sprache | frauen | 09473 | none_found", "structural"),
        ("bildung |  | 09473 | none_found", "structural"),
        ("kurse |  | 09473 | none_found", "not_known"),
        ("wohnen |  | 09473 | none_found", "not_known"),
        (" | kinder | 09473 | none_found", "not_known"),
    ],
)
def test_eine_nachfrage_gilt_fuer_themen_zielgruppen_und_gebiete_die_sie_umfasst(inquiry, kind):
    assert covered(
        "type",
        needs=NEED,
        inquiries=f"topic | target_group | place | state\n{inquiry}",
        topics="topic | above\nbildung | \nsprache | bildung\nkurse | sprache",
    ) == [kind]


@pytest.mark.parametrize(
    ("asked", "not_asked", "kind"),
    [
        (" |  | 09", " |  | 09473", "not_known"),
        (" |  | 09473", "sprache |  | 09473", "not_known"),
        ("bildung |  | 09473", "sprache | frauen | 09473", "not_known"),
        (" |  | 09473", "wohnen |  | 09473", "structural"),
        (" |  | 09473", " |  | 09473", "structural"),
        ("sprache |  | 09473", " |  | 09", "structural"),
    ],
)
def test_wonach_im_einzelnen_nicht_gefragt_wurde_ist_keine_luecke(asked, not_asked, kind):
    rows = f"{asked} | none_found\n{not_asked} | not_asked"
    assert covered(
        "type",
        needs=NEED,
        inquiries=f"topic | target_group | place | state\n{rows}",
        topics="topic | above\nbildung | \nsprache | bildung",
    ) == [kind]


def test_eine_nachfrage_gilt_erst_ab_ihrem_tag():
    asked = "inquiry | topic | target_group | place | state | since\ni | | | 09 | none_found | {}"
    assert covered("type", needs=NEED, inquiries=asked.format("2019-06-01")) == ["structural"]
    assert covered("type", needs=NEED, inquiries=asked.format("2019-06-02")) == ["not_known"]


def test_ein_angebot_des_kreises_versorgt_auch_seine_gemeinden_nicht_umgekehrt():
    def found(offer, need):
        return covered(
            "type",
            needs=f"need | place\nb | {need}",
            structures=COURSE,
            reach=f"structure | place\ns | {offer}",
            inquiries=ASKED,
        )

    assert found("09473", "09473112") == ["covered"]
    assert found("09473112", "09473112") == ["covered"]
    assert found("09473112", "09473") == ["structural"]
    assert found("09473112", "09473113") == ["structural"]


def test_ein_angebot_zum_oberthema_versorgt_auch_die_themen_darunter():
    def found(offer, need):
        return covered(
            "type",
            needs=f"need | topic\nb | {need}",
            structures=COURSE,
            reach=f"structure | topic\ns | {offer}",
            topics="topic | above\nbildung |\nsprache | bildung\nkurse | sprache",
            inquiries=ASKED,
        )

    assert found("bildung", "kurse") == ["covered"]
    assert found("kurse", "bildung") == ["structural"]


def test_zielgruppen_passen_wenn_sie_gleich_sind_oder_sich_ueberschneiden():
    def found(links):
        return covered(
            "type",
            needs=NEED,
            structures=COURSE,
            reach="structure | target_group\ns | neue",
            groups=f"target_group | overlaps\n{links}",
            inquiries=ASKED,
        )

    assert found("frauen | neue\nneue | frauen") == ["covered"]
    assert found("kinder | neue\nneue | kinder") == ["structural"]


@pytest.mark.parametrize(
    ("function", "strategic", "operational"),
    [
        ("decides", "covered", "structural"),
        ("steers", "covered", "structural"),
        ("networks", "covered", "structural"),
        ("delivers", "structural", "covered"),
        ("advises", "structural", "covered"),
        ("funds", "structural", "structural"),
    ],
)
def test_strategisches_bedient_wer_steuert_operatives_wer_leistet(function, strategic, operational):
    assert covered(
        "kind",
        "type",
        needs="need | kind\na | operational\nb | strategic",
        structures=f"structure | function | permanence\ns | {function} | standing",
        reach=HERE,
        inquiries=ASKED,
    ) == [("operational", operational), ("strategic", strategic)]


def test_ohne_mengen_genuegt_ein_angebot_das_laeuft_und_getragen_ist():
    assert covered("type", "fair", needs=NEED, structures=COURSE, reach=HERE) == [("covered", None)]


def test_ehrenamt_deckt_ohne_geld_und_steht_fuer_sich():
    volunteers = "structure | permanence | capacity | measure\ns | volunteer | 10 | Personen"
    assert covered(
        "type", "fair", "capacity", "volunteer", needs=FORTY, structures=volunteers, reach=HERE
    ) == [("capacity", 0.25, 10.0, 10.0)]


def test_ist_nicht_bekannt_ob_geld_da_ist_ist_das_ein_eigenes_ergebnis():
    unclear = "structure | permanence | capacity | measure\ns | project | 40 | Personen"
    columns = ("type", "fair", "unclear", "unmet_low", "unmet")
    assert covered(*columns, needs=FORTY, structures=unclear, reach=HERE) == [
        ("unknown_funding", 0.0, 40.0, 0.0, 40.0)
    ]
    assert covered("type", needs=NEED, structures=unclear, reach=HERE) == ["unknown_funding"]


def test_ein_ausgelaufenes_projekt_hinterlaesst_einen_foerderabbruch_mit_seinem_tag():
    records = {
        "structures": "structure | permanence | capacity | measure\ns | project | 40 | Personen",
        "reach": HERE,
        "tranches": "funding | structure | ends\nf | s | 2019-01-01",
    }
    assert covered("type", "ended", needs=FORTY, **records) == [("funding_cliff", date(2019, 1, 1))]
    assert covered("type", "ended", needs=NEED, **records) == [("funding_cliff", date(2019, 1, 1))]


def test_endete_mehreres_zaehlt_das_letzte_ende():
    assert covered(
        "ended",
        needs=NEED,
        structures=(
            "structure | permanence | ends\ns | standing | 2018-01-01\nt | standing | 2019-01-01"
        ),
        reach="structure\ns\nt",
    ) == [date(2019, 1, 1)]


def test_zwischen_zwei_angeboten_endete_das_alte_und_beginnt_das_neue():
    assert covered(
        "ended",
        "begins",
        needs=NEED,
        structures=(
            "structure | permanence | starts | ends\n"
            "s | standing | | 2018-01-01\nt | standing | 2020-01-01 | 2021-01-01"
        ),
        reach="structure\ns\nt",
    ) == [(date(2018, 1, 1), date(2020, 1, 1))]


def test_was_am_tag_selbst_beginnt_hat_begonnen_auch_wenn_das_geld_fehlt():
    def found(starts):
        return covered(
            "type",
            needs=NEED,
            structures=f"structure | permanence | starts\ns | project | {starts}",
            reach=HERE,
            tranches="structure | state\ns | applied",
        )

    assert found("2019-06-01") == ["funding_cliff"]
    assert found("2019-06-02") == ["capacity"]


def test_der_letzte_finanzierte_tag_zaehlt_der_tag_danach_nicht():
    def found(on):
        return covered(
            "type",
            needs=NEED,
            structures="structure | permanence\ns | project",
            reach=HERE,
            tranches="structure | starts | ends\ns | 2018-01-01 | 2019-06-01",
            on=on,
        )

    assert found(date(2018, 1, 1)) == ["covered"]
    assert found(date(2019, 5, 31)) == ["covered"]
    assert found(date(2019, 6, 1)) == ["funding_cliff"]


@pytest.mark.parametrize(
    ("state", "secured", "expected", "optimistic"),
    [
        ("approved", 1.0, 1.0, 1.0),
        ("applied", 0.0, 0.25, 1.0),
        ("planned", 0.0, 0.0, 1.0),
        ("unknown", 0.0, 0.0, 0.0),
    ],
)
def test_welches_geld_zaehlt_haengt_von_der_annahme_ab(state, secured, expected, optimistic):
    for scenario, ratio in zip(
        ("secured", "expected", "optimistic"), (secured, expected, optimistic), strict=True
    ):
        assert covered(
            "fair",
            needs=FORTY,
            structures="structure | permanence | capacity | measure\ns | project | 40 | Personen",
            reach=HERE,
            tranches=f"structure | state | probability\ns | {state} | 0.25",
            scenario=scenario,
        ) == [ratio]


def test_anteile_des_geldes_machen_die_wirksame_kapazitaet_hoechstens_die_ganze():
    def found(first, second):
        return covered(
            "fair",
            needs=FORTY,
            structures="structure | permanence | capacity | measure\ns | project | 40 | Personen",
            reach=HERE,
            tranches=f"structure | share\ns | {first}\ns | {second}",
        )

    assert found(0.25, 0.5) == [0.75]
    assert found(0.75, 0.75) == [1.0]


def test_reicht_die_kapazitaet_nicht_bleibt_der_rest_ungedeckt():
    assert covered("type", "fair", "unmet", needs=FORTY, structures=sized(30), reach=HERE) == [
        ("capacity", 0.75, 10.0)
    ]


def test_ohne_geltenden_bedarf_gibt_es_keine_luecke():
    needs = "need | quantity | measure | starts | ends\nb | 40 | Personen | 2018-01-01 | 2019-06-01"
    assert covered("type", needs=needs, inquiries=ASKED) == ["no_demand"]
    assert covered("type", needs=needs, inquiries=ASKED, on=date(2019, 5, 31)) == ["structural"]
    none = "need | quantity | measure\nb | 0 | Personen"
    assert covered("type", needs=none, inquiries=ASKED) == ["no_demand"]


def test_kapazitaet_in_anderem_mass_oder_unbekannter_groesse_laesst_die_frage_offen():
    other = "structure | permanence | capacity | measure\ns | standing | 2 | VZÄ"
    columns = ("type", "reason", "unmet_low", "unmet", "unmet_high")
    expected = [("not_known", "size", 0.0, None, 40.0)]
    assert covered(*columns, needs=FORTY, structures=other, reach=HERE) == expected
    assert covered(*columns, needs=FORTY, structures=COURSE, reach=HERE) == expected


def test_spannen_ergeben_spannen():
    assert covered(
        "unmet_low",
        "unmet",
        "unmet_high",
        needs="need | quantity_low | quantity_high | measure\nb | 40 | 60 | Personen",
        structures=(
            "structure | permanence | capacity_low | capacity | capacity_high | measure\n"
            "s | standing | 20 | 25 | 30 | Personen"
        ),
        reach=HERE,
    ) == [(10.0, 25.0, 40.0)]


RANGE_OF_NEED = ("demand_low", "demand", "demand_high", "unmet_low", "unmet", "unmet_high")


def test_ein_bedarf_von_mindestens_zehn_ist_nach_oben_offen():
    assert covered(
        *RANGE_OF_NEED,
        "type",
        "fair_low",
        needs="need | quantity_low | measure\nb | 10 | Personen",
        structures=sized(30),
        reach=HERE,
    ) == [(10.0, 10.0, None, 0.0, 0.0, None, "covered", None)]


def test_ein_bedarf_von_hoechstens_zehn_kann_null_sein():
    assert covered(
        *RANGE_OF_NEED,
        needs="need | quantity_high | measure\nb | 10 | Personen",
        structures=sized(4),
        reach=HERE,
    ) == [(0.0, 10.0, 10.0, 0.0, 6.0, 6.0)]


def test_ein_offener_bedarf_macht_das_meiste_auch_dort_unbekannt_wo_dieselben_strukturen_dienen():
    records = {
        "needs": (
            "need | place | quantity_low | quantity | measure\n"
            "a | 091 | 10 | | P\nb | 092 | | 10 | P\nc | 093 | | 10 | P\nd | 094 | | 10 | P"
        ),
        "structures": (
            "structure | permanence | capacity | measure\n"
            "s | standing | 6 | P\nt | standing | 6 | P\nu | standing | 6 | P"
        ),
        # a and b share s, b and c share t; d is served by u alone.
        "reach": "structure | place\ns | 091\ns | 092\nt | 092\nt | 093\nu | 094",
    }
    assert covered("demand_high", "unmet_high", **records) == [
        (None, None),
        (10.0, None),
        (10.0, None),
        (10.0, 4.0),
    ]


def test_wo_eine_kapazitaet_nach_oben_offen_ist_kann_alles_gedeckt_sein():
    offers = (
        "structure | permanence | capacity_low | measure | starts\ns | standing | 4 | Personen | {}"
    )
    found = ("unmet_low", "unmet", "unmet_high", "fair_high")
    running = covered(*found, needs=FORTY, structures=offers.format(""), reach=HERE)
    later = covered(*found, needs=FORTY, structures=offers.format("2030-01-01"), reach=HERE)
    assert running == [(0.0, 36.0, 36.0, None)]
    assert later == [(40.0, 40.0, 40.0, 0.0)]


def test_die_summe_hat_kein_hoechstens_wo_ein_bedarf_offen_ist():
    result = coverage(
        stock(
            needs="need | place | quantity_low | quantity | measure\n"
            "a | 09473112 | 10 | | P\nb | 09473113 | | 10 | P",
            inquiries=ASKED,
        ),
        on=ON,
    )
    assert rows(result.totals, "unavoidable_low", "unavoidable", "unavoidable_high") == [
        (20.0, 20.0, None)
    ]


def test_mehrere_bedarfe_einer_zelle_zaehlen_zusammen_und_die_hoechste_schwere_gilt():
    needs = "need | quantity | measure | severity\na | 10 | Personen | 2\nb | 5 | Personen | 4"
    assert covered("demand", "severity", needs=needs) == [(15.0, 4)]


def test_gerecht_verteilt_kommt_die_schlechter_versorgte_zelle_zuerst():
    # Das erste Angebot erreicht beide Orte, das zweite nur den zweiten.
    records = {
        "needs": "need | place | quantity | measure\na | 091 | 10 | P\nb | 092 | 10 | P",
        "structures": (
            "structure | permanence | capacity | measure\n"
            "s | standing | 8 | P\nt | standing | 6 | P"
        ),
        "reach": "structure | place\ns | 09\nt | 092",
    }
    assert covered("fair", "proportional", **records) == [(0.7, 0.4), (0.7, 1.0)]


SEVERE = {
    "needs": (
        "need | place | quantity | measure | severity\n"
        "a | 091 | 10 | P | 2\nb | 092 | 10 | P | 5\nc | 093 | 10 | P |"
    ),
    "structures": "structure | permanence | capacity | measure\ns | standing | 12 | P",
    "reach": "structure | place\ns | 09",
}


def test_nach_schwere_verteilt_kommt_das_schwerste_feld_zuerst():
    found = coverage(stock(**SEVERE), on=ON, severity_first=True)
    assert rows(found.cells, "fair", "unmet") == [(0.2, 8.0), (1.0, 0.0), (0.0, 10.0)]
    assert rows(found.totals, "unavoidable") == rows(
        coverage(stock(**SEVERE), on=ON).totals, "unavoidable"
    )


def test_die_schwerste_luecke_steht_vorn_und_die_nicht_eingeschaetzte_zuletzt():
    assert rows(coverage(stock(**SEVERE), on=ON).gaps(), "severity") == [(5,), (2,), (None,)]


def test_schwere_zaehlt_nur_solange_der_bedarf_gilt():
    needs = "need | severity | ends\na | 5 | 2019-06-01\nb | 2 |"
    assert covered("severity", needs=needs) == [2]
    assert covered("severity", needs=needs, on=date(2019, 5, 31)) == [5]


def test_das_ergebnis_sagt_wonach_gefragt_wurde():
    found = coverage(stock(needs=NEED), on=ON, horizon=date(2025, 12, 31), limit=45.0)
    assert found.basis.arguments == {
        "horizon": date(2025, 12, 31),
        "limit": 45.0,
        "severity_first": False,
    }


def test_ist_der_weg_zu_lang_fehlt_der_zugang():
    records = {"needs": NEED, "structures": COURSE, "reach": HERE}
    travel = "place | structure | minutes\n09473 | s | {}"
    assert covered("type", travel=travel.format(46), limit=45, **records) == ["access"]
    assert covered("type", travel=travel.format(45), limit=45, **records) == ["covered"]
    assert covered("type", travel=travel.format(46), **records) == ["covered"]
    assert covered("type", limit=45, **records) == ["covered"]
    sizes = {"needs": FORTY, "structures": sized(40), "reach": HERE}
    assert covered("type", travel=travel.format(46), limit=45, **sizes) == ["access"]


def test_am_selben_bestand_wird_jede_grenze_der_wege_fuer_sich_gerechnet():
    travel = "place | structure | minutes\n09473 | s | 46"
    records = stock(needs=NEED, structures=COURSE, reach=HERE, travel=travel)
    types = [
        coverage(records, on=ON, limit=limit).cells.frame["type"].to_list()
        for limit in (None, 45, 60, 45, None)
    ]
    assert types == [["covered"], ["access"], ["covered"], ["access"], ["covered"]]


def test_endet_das_angebot_vor_dem_horizont_endet_die_versorgung():
    records = {
        "structures": sized(40, ends="2020-01-01"),
        "reach": HERE,
    }
    for needs in (NEED, FORTY):
        columns = ("type", "until")
        assert covered(*columns, needs=needs, horizon=date(2020, 1, 1), **records) == [
            ("ending", date(2020, 1, 1))
        ]
        assert covered("type", needs=needs, horizon=date(2019, 12, 31), **records) == ["covered"]
        assert covered("type", needs=needs, **records) == ["covered"]


def test_schliesst_eine_finanzierung_an_die_andere_an_endet_nichts():
    def found(second):
        return covered(
            "type",
            "until",
            needs=NEED,
            structures="structure | permanence\ns | project",
            reach=HERE,
            tranches=f"structure | starts | ends\ns | | 2020-01-01\ns | {second} |",
            horizon=date(2025, 12, 31),
        )

    assert found("2020-01-01") == [("covered", None)]
    assert found("2020-01-02") == [("ending", date(2020, 1, 1))]


def test_ein_angebot_das_erst_kommt_deckt_noch_nicht():
    assert covered(
        "type", "begins", needs=NEED, structures=sized(1, starts="2019-07-01"), reach=HERE
    ) == [("capacity", date(2019, 7, 1))]


def test_die_belege_nennen_jeden_datensatz_mit_seiner_rolle():
    result = coverage(
        stock(
            needs="need | ends\na | \nb | 2019-01-01",
            structures=(
                "structure | permanence | starts | ends\n"
                "alt | standing | | 2018-01-01\n"
                "bald | standing | 2020-01-01 |\n"
                "da | standing | |\n"
                "klein | standing | |\n"
                "offen | project | |\n"
                "ohne | project | |"
            ),
            reach=(
                "structure | place\nalt | 09473\nbald | 09473\nda | 09473\n"
                "klein | 09473112\noffen | 09473\nohne | 09473"
            ),
            tranches="funding | structure | state\nf | ohne | applied",
            inquiries=ASKED,
        ),
        on=ON,
    )
    explained = result.explain("sprache|frauen|09473|operational|")
    assert dict(explained.records) == {
        "funding:hoped": ("f",),
        "inquiry:asked": ("i",),
        "need:now": ("a",),
        "need:other_time": ("b",),
        "structure:ended": ("alt",),
        "structure:later": ("bald",),
        "structure:part": ("klein",),
        "structure:serves": ("da",),
        "structure:unclear": ("offen",),
        "structure:unfunded": ("ohne",),
    }


def test_eine_unbekannte_zelle_laesst_sich_nicht_erklaeren():
    with pytest.raises(KeyError):
        coverage(stock(), on=ON).explain("x")


def test_die_summe_nennt_was_auch_umverteilt_fehlt_und_was_unklar_ist():
    result = coverage(
        stock(
            needs=(
                "need | place | quantity | measure\n"
                "a | 09473 | 40 | Personen\nb | 09463 | 7 | Personen"
            ),
            structures=sized(30),
            reach=HERE,
        ),
        on=ON,
    )
    columns = ("measure", "demand", "not_known", "unavoidable")
    assert result.totals.frame.select(columns).rows() == [("Personen", 40.0, 7.0, 10.0)]


def test_ein_zeitraum_gibt_ein_ergebnis_je_tag_an_dem_sich_etwas_aendert():
    records = stock(
        needs="need | starts\nb | 2019-03-01",
        structures="structure | permanence | ends\ns | standing | 2019-09-01",
        reach=HERE,
    )
    results = coverage_over(records, starts=date(2019, 1, 1), ends=date(2020, 1, 1))
    assert [(r.basis.as_of, r.cells.frame["type"].to_list()) for r in results] == [
        (date(2019, 1, 1), ["no_demand"]),
        (date(2019, 3, 1), ["covered"]),
        (date(2019, 9, 1), ["funding_cliff"]),
    ]


def test_annahmen_und_herkunft_reisen_mit():
    records = stock(needs=NEED, structures="structure\ns", reach=HERE)
    basis = coverage(records, on=ON).basis
    assert basis.as_of == ON
    assert basis.scenario == "secured"
    assert basis.assumptions == (
        "Strukturen ohne Angabe zum Geld: 1; ihre Finanzierung gilt als unbekannt.",
    )
    assert len(basis.inputs_hash) == 64
