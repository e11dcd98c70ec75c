"""The Masterplan: its chapters, its evidence, its words, and what it leaves out."""

from datetime import date

import pytest
from tests import world
from tests.reports.small_county import HORIZON, ON, build

from gelingen.analysis.continuity import HorizonError
from gelingen.documents import Heading, Note, NoteKind, Table, plain, statements, untraced, write
from gelingen.reports import masterplan, trace
from gelingen.reports.masterplan.paper import CHAPTERS
from gelingen.terms import vocabulary

pytestmark = pytest.mark.django_db


def plan_of(tenant, on=ON, horizon=HORIZON):
    return masterplan(world.OPERATOR, tenant, on=on, horizon=horizon)


def words(document):
    captions = [block.caption for block in document.blocks if isinstance(block, Table)]
    return "\n".join([*(statement.text for statement in statements(document)), *captions])


def chapters(document):
    return [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]


def part(document, title):
    """Give the blocks below the first heading with this title, up to the next of its level."""
    found, level = [], 0
    for block in document.blocks:
        if isinstance(block, Heading):
            if level and block.level <= level:
                break
            if not level and block.text == title:
                level = block.level
        elif level:
            found.append(block)
    return found


def test_die_kapitel_stehen_in_ihrer_reihenfolge():
    document = plan_of(build())
    numbered = [title for code, title in CHAPTERS.items() if code != "vorwort"]
    assert chapters(document) == [
        *numbered,
        "Maßnahmenblätter",
        "Akteure nach Funktion",
        "Strukturen",
        "Lücken",
        "Kennzahlen",
        "Begriffe",
        "Quellen",
    ]


def test_der_eigene_text_steht_am_anfang_seines_kapitels():
    first = part(plan_of(build()), "Auftrag und Planungshorizont")[0]
    assert plain(first.content) == "Der Kreistag hat den Plan beauftragt."
    assert first.own_text


def test_ein_text_zu_einem_themenfeld_steht_bei_dem_themenfeld():
    tenant = build()
    world.chapter(chapter="thema_0", text="Sprache öffnet Türen.")
    assert plain(part(plan_of(tenant), "Themenfeld 0")[0].content) == "Sprache öffnet Türen."


def test_fehlt_ein_text_sagt_das_kapitel_wo_er_einzutragen_ist():
    notes = [
        plain(block.content)
        for block in part(plan_of(build()), "Vorgehen und Beteiligung")
        if isinstance(block, Note) and block.kind is NoteKind.MISSING
    ]
    assert notes[0] == (
        "Der Text zu diesem Kapitel fehlt. Er gehört zum Kapitel „vorgehen“. "
        "Einzutragen in: Arbeitsmappe, Blatt „Kapiteltexte“."
    )


def test_ohne_jeden_datensatz_entsteht_ein_plan_der_sagt_was_fehlt():
    document = plan_of(world.tenant())
    missing = [b for b in document.blocks if isinstance(b, Note) and b.kind is NoteKind.MISSING]
    assert {"Bestand: Strukturen und ihre Finanzierung", "Bedarfe"} <= set(chapters(document))
    assert any("Blatt „Strukturen“" in plain(note.content) for note in missing)
    assert any("Blatt „Bedarfe“" in plain(note.content) for note in missing)
    assert trace(document).untraced == ()


@pytest.mark.parametrize("times", [1, 3])
def test_hinter_jeder_aussage_steht_ein_datensatz_oder_eine_quelle(times):
    document = plan_of(build(times))
    assert untraced(document) == []
    assert str(trace(document)) == f"Aussagen {trace(document).statements}, ohne Beleg 0"
    assert trace(document).statements > 50


@pytest.mark.parametrize("times", [1, 3])
def test_die_zahl_der_abfragen_haengt_nicht_von_der_zahl_der_datensaetze_ab(
    times, django_assert_num_queries
):
    tenant = build(times)
    with django_assert_num_queries(61):
        plan_of(tenant)


def test_kennzahlen_nach_dem_stichtag_bleiben_draussen():
    tenant = build()
    world.figure(indicator="Spätere Zahl", reference=date(2017, 6, 2))
    world.figure(indicator="Zahl vom Stichtag", reference=ON)
    text = words(plan_of(tenant))
    assert "Spätere Zahl" not in text
    assert "Zahl vom Stichtag" in text


def test_ein_jahreswert_gilt_erst_wenn_das_jahr_vorbei_ist():
    tenant = build()
    for year in (2016, 2017):
        world.figure(
            indicator=f"Quote {year}", reference=date(year, 1, 1), reference_precision="year"
        )
    text = words(plan_of(tenant))
    assert "Quote 2016" in text
    assert "Quote 2017" not in text


def test_zwei_definitionen_stehen_nie_in_einer_zeile():
    tenant = build()
    world.figure(indicator="Anteil", definition="Register", value_low=6, value_high=6)
    world.figure(indicator="Anteil", definition="Zensus", value_low=8, value_high=8)
    document = plan_of(tenant)
    captions = [b.caption for b in document.blocks if isinstance(b, Table)]
    assert "Anteil: Register" in captions
    assert "Anteil: Zensus" in captions
    rows = [s.text for s in statements(document) if s.kind == "Tabellenzeile"]
    assert not [row for row in rows if "6 Personen" in row and "8 Personen" in row]


def test_ein_bedarf_der_erst_spaeter_besteht_steht_nicht_als_null_felder_in_der_zusammenfassung():
    tenant = build()
    document = plan_of(tenant, on=date(2001, 1, 1))
    assert "0 Feldern" not in words(document)


def test_ein_feld_nach_dem_niemand_gefragt_hat_ist_keine_luecke():
    tenant = build()
    topic = world.topic(key="wohnen", name="Wohnen")
    world.need(topic=topic, statement="Wohnungen fehlen", key="bedarf_wohnen")
    document = plan_of(tenant)
    gaps = [plain(c) for b in part(document, "Lücken") for row in b.rows for c in row]
    assert not [cell for cell in gaps if "Wohnen" in cell]
    unknown = [b for b in part(document, "Was nicht bekannt ist") if isinstance(b, Table)]
    assert [plain(row[0]) for row in unknown[0].rows] == ["Wohnen, Frauen (Ahorn)"]


def test_die_zusammenfassung_nennt_was_wegfaellt_in_eur_und_vzae():
    text = " ".join(
        plain(b.content) for b in part(plan_of(build()), "Zusammenfassung") if hasattr(b, "content")
    )
    assert "Von 24.000 EUR im Jahr fehlen dann 24.000 EUR, von 1 VZÄ fehlen 1" in text
    assert "Zuerst betrifft es am 30.06.2018 Kurs 0." in text
    assert "haben für dieselbe Aufgabe mehrere Stellen die Federführung" in text


def test_jeder_planungsabschnitt_hat_einen_eigenen_teil():
    tenant = build()
    world.period(name="Ausbau", starts=date(2019, 1, 1), ends=date(2026, 1, 1))
    headings = [b.text for b in plan_of(tenant).blocks if isinstance(b, Heading)]
    assert "Aufbau (01.01.2017 bis 31.12.2018)" in headings
    assert "Ausbau (01.01.2019 bis 31.12.2025)" in headings


def test_das_massnahmenblatt_fasst_leere_felder_zusammen():
    sheet = part(plan_of(build()), "Kurs verlängern 0")
    pairs = dict(sheet[0].pairs)
    assert pairs["Federführung"] == "Träger 0"
    assert "Haushaltsstelle" not in pairs
    assert "Haushaltsstelle" in pairs["Nicht angegeben"]
    told = pairs["Nicht angegeben"]
    assert told.startswith(tuple("123456789"))
    assert len(told.split(", ")) <= 6


def test_beschluesse_eines_massnahmenblatts_stehen_getrennt_voneinander():
    tenant = build()
    world.measure(
        key="m_neu",
        title="Lotsen",
        resolutions="Kreistag, 2015: begrüßt\nKreistag, 2016: bewilligt\n",
    )
    pairs = dict(part(plan_of(tenant), "Lotsen")[0].pairs)
    assert pairs["Beschlüsse"] == "Kreistag, 2015: begrüßt; Kreistag, 2016: bewilligt"


def test_was_kein_massnahmenblatt_nennt_steht_einmal_davor():
    blocks = part(plan_of(build(times=2)), "Maßnahmenblätter")
    (note,) = (block for block in blocks if isinstance(block, Note))
    assert "Verbindlichkeit" in str(note.content)
    assert "Federführung" not in str(note.content)


def test_annahmen_sind_als_solche_gekennzeichnet():
    tenant = build()
    world.structure(key="erdacht", name="Erdachtes Angebot", certainty="assumed")
    assert "Erdachtes Angebot [erdacht] (Annahme)" in words(plan_of(tenant))


def test_der_plan_enthaelt_keine_codewoerter():
    text = words(plan_of(build(2)))
    found = {
        word
        for kind in vars(vocabulary).values()
        if isinstance(kind, type) and issubclass(kind, vocabulary.Vocabulary)
        for word in kind
        if word.value != word.label and word.value in text.split()
    }
    assert found == set()


def test_ein_horizont_vor_dem_stichtag_wird_abgelehnt():
    with pytest.raises(HorizonError, match="liegt vor dem Stichtag"):
        plan_of(build(), horizon=ON)


def test_der_horizont_darf_der_stichtag_selbst_sein():
    document = plan_of(build(), horizon=date(2017, 6, 2))
    assert trace(document).untraced == ()


def test_derselbe_stand_gibt_denselben_plan():
    tenant = build(2)
    assert write(plan_of(tenant), "html") == write(plan_of(tenant), "html")


def test_auch_ein_bedarf_den_nur_stimmen_nennen_hat_eine_herkunft():
    tenant = build()
    need = world.need(key="zz", statement="Abendbus", severity=5)
    for group in ("Schule", "Gemeinde", "Gemeinde", ""):
        world.voice(need=need, group=group, function="Leitung")
    document = plan_of(tenant)
    (table,) = part(document, "Wer die Bedarfe genannt hat")
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["Gemeinde", "1"], ["Leitung Jobcenter", "1"], ["Schule", "1"],
        ["Stimmen ohne Gruppe", "1"],
    ]  # fmt: skip
    assert "bei jeder Stelle" in table.notes
    assert "Ohne Angabe" not in table.notes
    severe = [b for b in part(document, "Die schwersten Bedarfe") if isinstance(b, Table)]
    assert plain(severe[0].rows[-1][-1]) == "Gemeinde, Schule, Stimmen ohne Gruppe"
