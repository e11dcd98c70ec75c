"""One record entered, changed and removed by hand."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world

from gelingen.editing import offers, remove_record, row_at, row_of, save_record, sheet_of, texts_of
from gelingen.history.recording import LostUpdateError, StillNeededError
from gelingen.register.models import Funding, Structure

pytestmark = pytest.mark.django_db
FUNDING, STRUCTURE = sheet_of("funding"), sheet_of("structure")


def save(sheet, values, *, actor=world.OPERATOR, **more):
    return save_record(actor=actor, tenant=world.tenant(), sheet=sheet, values=values, **more)


def test_eine_neue_struktur_bekommt_eine_kennung_aus_ihrem_namen():
    owner = world.organisation(key="traeger", name="Träger")
    values = {"name": "Sprachcafé Süd", "organisation": "traeger", "function": "delivers"}
    first, second = save(STRUCTURE, values), save(STRUCTURE, values)
    assert first.organisation == owner
    assert first.key != second.key
    assert second.key == f"{first.key}_2"


def test_was_nicht_angegeben_ist_bleibt_wie_es_ist():
    structure = world.structure(key="cafe", name="Sprachcafé", languages="Arabisch")
    save(STRUCTURE, {"name": "Sprachcafé Mitte"}, of=structure)
    stored = Structure.objects.get(key="cafe")
    assert (stored.name, stored.languages) == ("Sprachcafé Mitte", "Arabisch")


def test_wer_eine_alte_fassung_sah_ueberschreibt_nichts():
    structure = world.structure(key="cafe", name="Sprachcafé")
    save(STRUCTURE, {"name": "Sprachcafé Nord"}, of=Structure.objects.get(key="cafe"))
    with pytest.raises(LostUpdateError):
        save(STRUCTURE, {"name": "Sprachcafé Süd"}, of=structure, version=1)
    assert Structure.objects.get(key="cafe").name == "Sprachcafé Nord"


def test_eine_frueher_gespeicherte_fassung_laesst_sich_lesen():
    structure = world.structure(key="cafe", name="Sprachcafé")
    save(STRUCTURE, {"name": "Café"}, of=structure)
    assert row_at(STRUCTURE, structure, 1)["name"] == "Sprachcafé"
    assert row_at(STRUCTURE, structure, 99) is None


def test_ein_partner_legt_nur_fuer_die_eigene_organisation_an():
    own = world.organisation(key="eigene")
    world.organisation(key="fremde")
    partner = world.person(role="partner", organisation=own)
    values = {"name": "Treff", "organisation": "fremde", "function": "delivers"}
    with pytest.raises(PermissionDenied):
        save(STRUCTURE, values, actor=partner)
    assert not Structure.objects.filter(name="Treff").exists()
    made = save(STRUCTURE, {**values, "organisation": "eigene"}, actor=partner)
    with pytest.raises(PermissionDenied):
        save(STRUCTURE, {"organisation": "fremde"}, of=made, actor=partner)


def test_eine_verletzte_regel_nennt_das_feld_und_nichts_ist_geschrieben():
    funding = world.funding(starts=date(2017, 1, 1), ends=date(2018, 1, 1))
    with pytest.raises(ValidationError) as refused:
        save(FUNDING, {"share_percent": 120}, of=funding)
    assert "Erlaubt sind Werte von 0 bis 100." in str(refused.value.message_dict)
    assert Funding.objects.get().share_percent is None


def test_was_noch_gebraucht_wird_laesst_sich_nicht_loeschen():
    structure = world.structure(name="Sprachcafé")
    with pytest.raises(StillNeededError, match="Sprachcafé"):
        remove_record(actor=world.OPERATOR, of=structure.organisation)


def test_eine_zeile_zeigt_den_letzten_tag_und_kennt_ihre_verweise():
    funding = world.funding(key="f", starts=date(2017, 1, 1), ends=date(2018, 1, 1))
    texts = texts_of(FUNDING, row_of(FUNDING, funding))
    assert (texts["starts"], texts["ends"]) == ("01.01.2017", "31.12.2017")
    names = offers(world.OPERATOR, world.tenant(), FUNDING)
    assert (funding.structure.key, funding.structure.name) in names["structure"]


def test_bedarfe_stehen_mit_ihrer_aussage_zur_wahl_und_gelten_mit_ihrer_kennung():
    long = "Deutschkurse mit Kinderbetreuung, " * 6
    world.need(key="n01", statement="Mehr Busse am Abend")
    world.need(key="n02", statement=long)
    found = dict(offers(world.OPERATOR, world.tenant(), sheet_of("measure"))["needs"])
    assert found["n01"] == "Mehr Busse am Abend"
    assert found["n02"].startswith("Deutschkurse mit Kinderbetreuung, Deutschkurse")
    assert len(found["n02"]) <= 100
