"""What goes out comes back: import, export and the county's own lists."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from tests import world

from gelingen.access.models import Tenant
from gelingen.history.models import ChangeEvent
from gelingen.history.undo import preview_undo, undo_batch
from gelingen.register.models import Funding, Organisation, Structure
from gelingen.transfer.exports import export
from gelingen.transfer.imports import (
    NoTenantError,
    UnfitValueError,
    apply_import,
    preview_import,
    tenant_of,
)
from gelingen.transfer.records import snapshot
from gelingen.transfer.refusals import StalePreviewError

pytestmark = pytest.mark.django_db
EXAMPLE = Path(__file__).parents[2] / "examples" / "coburg" / "landkreis"
TENANT = "Amtlicher Schlüssel;Name\n09473;Landkreis Coburg\n"


@pytest.fixture
def folder(tmp_path):
    """Write CSV sheets by title."""

    def write(**sheets):
        for title, text in {"Mandant": TENANT, **sheets}.items():
            (tmp_path / f"{title}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def preview(path, actor=world.OPERATOR):
    return preview_import(actor, path, tenant=tenant_of(path))


def take(path):
    found = preview(path)
    assert found.book.problems == ()
    return apply_import(world.OPERATOR, found)


def contents(tenant):
    return {
        sheet: {key: stored.values for key, stored in records.items()}
        for sheet, records in snapshot(tenant).items()
    }


@pytest.mark.parametrize("name", ["ausgabe.xlsx", "ausgabe"])
def test_ausgegeben_in_leere_installation_eingelesen_und_wieder_ausgegeben_ist_dasselbe(
    name, tmp_path
):
    take(EXAMPLE)
    county = Tenant.objects.get()
    before = contents(county)
    export(world.OPERATOR, tmp_path / name, tenant=county)
    moved = Tenant.objects.create(key="09999", name="Leere Installation")

    found = preview_import(world.OPERATOR, tmp_path / name, tenant=moved)
    apply_import(world.OPERATOR, found)

    assert found.book.problems == ()
    assert contents(moved) == before


def test_dieselbe_datei_zweimal_aendert_nichts():
    take(EXAMPLE)
    events = ChangeEvent.objects.count()

    again = preview(EXAMPLE)
    apply_import(world.OPERATOR, again)

    assert again.empty
    assert ChangeEvent.objects.count() == events


def test_eine_liste_nur_mit_namen_und_enden_laesst_alles_andere_stehen(folder):
    take(folder(
        Organisationen="Name;Art\nVolkshochschule;Kursträger\n",
        Strukturen="Träger;Name;Funktion;VZÄ\nVolkshochschule;Kurs A;erbringt;0,5\n",
    ))  # fmt: skip

    take(folder(Strukturen="Träger;Name;Funktion;Ende\nVolkshochschule;Kurs A;erbringt;12/2019\n"))

    course = Structure.objects.get()
    assert (course.fte, course.ends) == (0.5, date(2020, 1, 1))
    assert course.history.count() == 2


def test_die_vorschau_sagt_was_neu_geaendert_und_nicht_mehr_da_ist(folder):
    take(folder(Organisationen="Kennung;Name\nawo;AWO\ncaritas;Caritas\n"))

    found = preview(folder(Organisationen="Kennung;Name\nawo;AWO Coburg\nvhs;VHS\n"))

    part = found.sheets[0]
    assert list(part.new) == ["vhs"]
    assert part.differences == {"awo": [("Name", "AWO", "AWO Coburg")]}
    assert part.missing == ("caritas",)
    assert Organisation.objects.count() == 2


def test_was_in_der_datei_fehlt_wird_nicht_geloescht(folder):
    take(folder(Organisationen="Kennung;Name\nawo;AWO\n"))
    take(folder(Organisationen="Kennung;Name\nvhs;VHS\n"))
    assert set(Organisation.objects.values_list("key", flat=True)) == {"awo", "vhs"}


def test_eine_zeile_gegen_die_regeln_nennt_blatt_und_zeile(folder):
    found = preview(folder(
        Organisationen="Kennung;Name\nvhs;VHS\n",
        Strukturen="Kennung;Träger;Name;Funktion\nkurs;vhs;Kurs;erbringt\n",
        Finanzierungen="Struktur;Stand;Anteil\nkurs;bewilligt;120 %\n",
    ))  # fmt: skip

    assert not found.book.sound
    assert [(p.sheet, p.found) for p in found.book.problems] == [("Finanzierungen", "120 %")]
    assert not Funding.objects.exists()


def test_verweise_gelten_auch_auf_schon_erfasste_eintraege(folder, tmp_path):
    take(folder(Organisationen="Kennung;Name\nvhs;VHS\n"))
    (tmp_path / "Organisationen.csv").unlink()

    take(folder(Strukturen="Träger;Name;Funktion\nVHS;Kurs;erbringt\n"))

    assert Structure.objects.get().organisation.key == "vhs"


def test_alle_aenderungen_einer_datei_gehoeren_zu_einem_vorgang():
    batch = take(EXAMPLE)
    assert set(ChangeEvent.objects.values_list("batch", flat=True)) == {batch}


def test_eine_datei_ohne_mandant_fragt_nach_ihm(tmp_path):
    (tmp_path / "Organisationen.csv").write_text("Name\nVHS\n", encoding="utf-8")
    with pytest.raises(NoTenantError, match="--tenant"):
        tenant_of(tmp_path)

    world.tenant()
    assert tenant_of(tmp_path).pk == "09473"


def test_wer_nur_liest_tauscht_keine_arbeitsmappen(folder):
    world.tenant()
    with pytest.raises(PermissionDenied):
        preview(folder(Organisationen="Name\nVHS\n"), actor=world.person(role="reader"))


def test_lange_saetze_ohne_kennung_ergeben_kennungen_die_passen_und_verschieden_sind(folder):
    sentence = "Frauen brauchen Sprachkurse mit Kinderbetreuung. " * 6
    path = folder(Bedarfe=f"Bedarf;Art\n{sentence}A;operativ\n{sentence}B;operativ\n")

    found = preview(path)

    keys = list(found.sheets[-1].new)
    assert len(set(keys)) == 2
    assert max(map(len, keys)) <= 200
    assert list(preview(path).sheets[-1].new) == keys


def test_derselbe_bedarf_an_zwei_orten_sind_zwei_zweimal_am_selben_ist_ein_fehler(folder):
    path = folder(
        Gebiete="Schlüssel;Name;Art\n09473112;Ahorn;Gemeinde\n09473158;Rodach;Gemeinde\n",
        Bedarfe="Bedarf;Art;Gebiet\nKurse;operativ;Ahorn\nKurse;operativ;Rodach\n"
        "Kurse;operativ;Ahorn\n",
    )

    twins = [p for p in preview(path).book.problems if "steht schon in Zeile 2" in p.remedy]

    assert [(p.sheet, p.cell, p.serious) for p in twins] == [("Bedarfe", "A4", True)]


def test_was_seit_der_vorschau_geaendert_ist_wird_nicht_ueberschrieben(folder):
    take(folder(Organisationen="Kennung;Name\nawo;AWO\n"))
    mine = preview(folder(Organisationen="Kennung;Name\nawo;Meine AWO\nvhs;VHS\n"))
    take(folder(Organisationen="Kennung;Name\nawo;Deine AWO\n"))

    with pytest.raises(StalePreviewError, match="inzwischen geändert"):
        apply_import(world.OPERATOR, mine)

    assert list(Organisation.objects.values_list("name", flat=True)) == ["Deine AWO"]


def test_ein_neuer_name_des_mandanten_steht_im_vorgang_der_uebernahme(folder):
    take(folder(Organisationen="Kennung;Name\nawo;AWO\n"))

    batch = take(folder(Mandant="Amtlicher Schlüssel;Name\n09473;Kreis Coburg\n"))

    (event,) = ChangeEvent.objects.filter(batch=batch)
    assert event.changed == {"name": ["Landkreis Coburg", "Kreis Coburg"]}


def test_eine_ganze_uebernahme_laesst_sich_zuruecknehmen(folder):
    take(folder(Organisationen="Kennung;Name\nawo;AWO\n"))
    before = contents(Tenant.objects.get())
    batch = take(EXAMPLE)

    found = preview_undo(batch)
    undo_batch(batch, by="Leitung")

    assert (found.obstacles, found.stays) == ((), ())
    assert contents(Tenant.objects.get()) == before


def test_die_erste_uebernahme_laesst_den_mandanten_stehen_wenn_sie_zurueckgenommen_wird():
    batch = take(EXAMPLE)
    assert preview_undo(batch).stays == ("Landkreis Coburg",)

    undo_batch(batch, by="Leitung")

    assert not Organisation.objects.exists()
    assert Tenant.objects.get().name == "Landkreis Coburg"


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite takes what does not fit the declared column"
)
@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "x" * 300), ("note", "vor\0nach"), ("fte", Decimal(10) ** 9)],
    ids=["too long", "NUL", "too large"],
)
def test_was_die_datenbank_nicht_fassen_kann_wird_auf_deutsch_abgelehnt_und_nichts_geschrieben(
    folder, field, value
):
    take(folder(Organisationen="Kennung;Name\nvhs;VHS\n"))
    found = preview(folder(
        Organisationen="Kennung;Name\nvhs;VHS Coburg\n",
        Strukturen="Kennung;Träger;Name;Funktion;VZÄ\nkurs;vhs;Kurs;erbringt;0,5\n",
    ))  # fmt: skip
    (part,) = (part for part in found.sheets if part.sheet.name == "structure")
    spoilt = replace(part, new={"kurs": {**part.new["kurs"], field: value}})
    found = replace(found, sheets=(found.sheets[0], spoilt))

    with pytest.raises(UnfitValueError, match="Nichts wurde geschrieben"):
        apply_import(world.OPERATOR, found)

    assert [(o.name, o.version) for o in Organisation.objects.all()] == [("VHS", 1)]
    assert not Structure.objects.exists()
