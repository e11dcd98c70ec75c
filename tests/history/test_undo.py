"""Taking back: one field, one change, a whole undertaking, and never over somebody else's work."""

from datetime import date
from decimal import Decimal

import pytest
from tests import world

from gelingen.errors import NotFoundError
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import (
    Draft,
    StillNeededError,
    change,
    change_many,
    new_batch,
    remove,
)
from gelingen.history.reversal import NotARecordError
from gelingen.history.undo import (
    UndoRefusedError,
    preview_undo,
    undo,
    undo_batch,
    undo_field,
)
from gelingen.plan.models import Measure
from gelingen.register.models import Funding, Organisation, Reach, Structure
from gelingen.terms.vocabulary import Verb
from gelingen.topics.models import TargetGroup

pytestmark = pytest.mark.django_db


def last():
    return ChangeEvent.objects.latest("pk")


def altered(thing, by="Leitung", links=None, batch="", **values):
    with change(by=by, verb=Verb.CHANGED, of=thing, links=links, batch=batch):
        for name, value in values.items():
            setattr(thing, name, value)
    return last()


def stored(thing):
    return type(thing).objects.get(pk=thing.pk)


def state():
    """Everything that the records say, without the counter of versions."""
    return {
        model: {
            thing.pk: thing.field_values()
            | {
                f.name: sorted(getattr(thing, f.name).values_list("key", flat=True))
                for f in model._meta.many_to_many
            }
            for thing in model.objects.all()
        }
        for model in (Organisation, Structure, Funding, Reach, Measure, TargetGroup)
    }


def test_eine_aenderung_wird_auf_die_werte_davor_zurueckgesetzt():
    funding = world.funding(eur_per_year=Decimal("1200.50"))
    before = state()
    event = altered(funding, ends=date(2019, 1, 1), eur_per_year=None, state="planned")

    undo(event, by="Planung", reason="Irrtum")

    assert state() == before
    assert (last().by, last().verb, last().reason) == ("Planung", "undone", "Irrtum")
    assert last().changed["ends"] == ["2019-01-01", "2018-01-01"]
    assert funding.history.count() == 3


def test_auch_das_zuruecknehmen_laesst_sich_zuruecknehmen():
    structure = world.structure(name="Kurs A")
    event = altered(structure, name="Kurs B")

    batch = undo(event, by="Planung")
    undo_batch(batch, by="Leitung")

    assert stored(structure).name == "Kurs B"


def test_wurde_das_feld_danach_geaendert_sagt_die_ablehnung_welches_von_wem_und_wann():
    structure = world.structure(name="Kurs A", fte=1)
    event = altered(structure, name="Kurs B", fte=2)
    altered(structure, by="Frau Zwei", name="Kurs C")

    with pytest.raises(UndoRefusedError, match=r"Kurs B“: Name wurde inzwischen am .* Uhr von Frau Zwei") as error:  # fmt: skip  # noqa: E501
        undo(event, by="Planung")

    assert (stored(structure).name, stored(structure).fte) == ("Kurs C", 2)
    assert error.value.free == ("fte",)


def test_ein_feld_das_niemand_mehr_angefasst_hat_laesst_sich_allein_zuruecksetzen():
    structure = world.structure(name="Kurs A", fte=1)
    event = altered(structure, name="Kurs B", fte=2)
    altered(structure, name="Kurs C")

    undo_field(event, "fte", by="Planung")

    assert (stored(structure).name, stored(structure).fte) == ("Kurs C", 1)
    with pytest.raises(UndoRefusedError, match="Name wurde inzwischen"):
        undo_field(event, "name", by="Planung")
    with pytest.raises(UndoRefusedError, match="nicht geändert"):
        undo_field(event, "duty", by="Planung")


def test_beide_enden_eines_zeitraums_werden_zusammen_zurueckgesetzt():
    funding = world.funding(starts=date(2015, 1, 1), ends=date(2016, 1, 1), programme="A")
    event = altered(funding, starts=date(2018, 1, 1), ends=date(2019, 1, 1), programme="B")

    # One end alone would end before it begins.
    with pytest.raises(UndoRefusedError, match="Das Ende muss nach dem Beginn liegen"):
        undo_field(event, "ends", by="Planung")
    undo_field(event, "starts,ends", by="Planung")

    now = stored(funding)
    assert (now.starts, now.ends, now.programme) == (date(2015, 1, 1), date(2016, 1, 1), "B")
    with pytest.raises(UndoRefusedError, match="nicht geändert"):
        undo_field(event, "starts,duty", by="Planung")


def test_wer_die_spaetere_aenderung_zuruecknimmt_kann_auch_die_fruehere_zuruecknehmen():
    structure = world.structure(name="Kurs A")
    first = altered(structure, name="Kurs B")
    second = altered(structure, name="Kurs C")

    undo(second, by="Planung")
    undo(first, by="Planung")

    assert stored(structure).name == "Kurs A"


def test_verknuepfungen_kommen_zurueck():
    vhs, awo, amt = (world.organisation(key=key) for key in ("vhs", "awo", "amt"))
    measure = world.measure(partners=[vhs, awo])
    event = altered(measure, links={"partners": [amt]}, title="Neu")

    undo(event, by="Planung")

    assert set(measure.partners.all()) == {vhs, awo}
    assert last().changed["partners"] == [["amt"], ["awo", "vhs"]]


def test_ueberschneidungen_gelten_auch_nach_dem_zuruecknehmen_in_beiden_richtungen():
    women, young = world.target_group(key="frauen"), world.target_group(key="junge")
    event = altered(women, links={"overlaps": [young]})
    undone = undo(event, by="Planung")

    assert not young.overlaps.exists()
    undo_batch(undone, by="Planung")
    assert list(young.overlaps.all()) == [women]


def test_wurden_die_verknuepfungen_danach_geaendert_bleiben_sie():
    vhs, awo = world.organisation(key="vhs"), world.organisation(key="awo")
    measure = world.measure()
    event = altered(measure, links={"partners": [vhs]})
    altered(stored(measure), by="Frau Zwei", links={"partners": [vhs, awo]})

    with pytest.raises(UndoRefusedError, match=r"Beteiligte wurde inzwischen .* Frau Zwei"):
        undo(event, by="Planung")

    assert measure.partners.count() == 2


def test_ein_neuer_eintrag_wird_beim_zuruecknehmen_entfernt_und_kommt_auf_wunsch_wieder():
    vhs = world.organisation(key="vhs")
    world.measure(partners=[vhs], title="Kurse")
    before = state()

    batch = undo(last(), by="Planung")
    assert not Measure.objects.exists()
    undo_batch(batch, by="Planung")

    assert state() == before


def test_was_seit_dem_anlegen_geaendert_wurde_wird_nicht_weggenommen():
    structure = world.structure(name="Kurs A")
    event = last()
    altered(structure, by="Frau Zwei", name="Kurs B")

    with pytest.raises(UndoRefusedError, match=r"Name wurde inzwischen .* Frau Zwei"):
        undo(event, by="Planung")

    altered(structure, name="Kurs A")
    undo(event, by="Planung")
    assert not Structure.objects.exists()


def test_was_seit_dem_anlegen_verknuepft_wurde_wird_nicht_weggenommen():
    measure = world.measure()
    event = last()
    altered(measure, by="Frau Zwei", links={"partners": [world.organisation()]})

    with pytest.raises(UndoRefusedError, match=r"Beteiligte wurde inzwischen .* Frau Zwei"):
        undo(event, by="Planung")


@pytest.mark.parametrize("needs", ["reference", "link"])
def test_woran_inzwischen_anderes_haengt_bleibt_und_die_ablehnung_nennt_es(needs):
    vhs = world.organisation(name="Volkshochschule")
    event = last()
    if needs == "reference":
        world.structure(name="Kurs A", organisation=vhs)
    else:
        world.measure(title="Kurs A", partners=[vhs])

    with pytest.raises(UndoRefusedError, match=r"Volkshochschule“ wird inzwischen gebraucht von .* „Kurs A“"):  # fmt: skip  # noqa: E501
        undo(event, by="Planung")


def test_geloeschtes_kommt_mit_kennung_teilen_verknuepfungen_und_nummer_zurueck():
    structure = world.structure(name="Kurs A", fte=Decimal("0.5"))
    world.funding(structure=structure)
    world.reach(structure=structure)
    world.measure(title="Kurse", structures=[structure])
    before = state()

    remove(by="Leitung", of=structure)
    assert not Funding.objects.exists()
    assert not Measure.objects.get().structures.exists()
    undo(last(), by="Planung")

    assert state() == before


def test_nur_was_mit_geloescht_wurde_kommt_mit_zurueck():
    structure, other = world.structure(), world.structure()
    batch = new_batch()
    remove(by="Leitung", of=other, batch=batch)
    remove(by="Leitung", of=structure, batch=batch)

    undo(last(), by="Planung")

    assert list(Structure.objects.all()) == [structure]


def test_teile_und_verlorene_verknuepfungen_haben_beim_loeschen_ihren_eigenen_nachweis():
    structure = world.structure(key="kurs")
    funding = world.funding(structure=structure)
    measure = world.measure(structures=[structure])

    batch = remove(by="Leitung", of=structure)

    events = {event.subject: event for event in ChangeEvent.objects.filter(batch=batch)}
    assert events[f"register.Funding:{funding.key}"].verb == "removed"
    assert events[f"plan.Measure:{measure.key}"].changed == {"structures": [["kurs"], []]}
    assert funding.history.first().history_type == "-"


def test_was_gebraucht_wird_laesst_sich_nicht_loeschen():
    vhs = world.organisation(name="Volkshochschule")
    world.structure(name="Kurs A", organisation=vhs)

    with pytest.raises(StillNeededError, match="Volkshochschule“ wird noch gebraucht von Struktur „Kurs A“"):  # fmt: skip  # noqa: E501
        remove(by="Leitung", of=vhs)


def test_wurde_geloeschtes_neu_angelegt_bleibt_das_neue():
    structure = world.structure(key="kurs", name="Kurs A")
    remove(by="Leitung", of=structure)
    event = last()
    world.structure(key="kurs", name="Kurs B")

    with pytest.raises(UndoRefusedError, match="Kurs A“ gibt es wieder"):
        undo(event, by="Planung")


def test_bekam_ein_neuer_eintrag_im_selben_vorgang_die_kennung_wird_das_gesagt():
    batch = new_batch()
    old = world.target_group(key="neue", name="Neue")
    remove(by="Leitung", of=old, batch=batch)
    new = TargetGroup(tenant=old.tenant, key="neue")
    with change(by="Leitung", verb=Verb.CREATED, of=new, batch=batch):
        new.name = "Andere"
    with pytest.raises(UndoRefusedError, match="die Kennung neu vergeben"):
        undo_batch(batch, by="Leitung")


def test_wer_das_anlegen_zuruecknimmt_entfernt_nicht_was_inzwischen_neu_angelegt_wurde():
    structure = world.structure(key="kurs", name="Kurs A")
    event = last()
    remove(by="Leitung", of=structure)
    again = world.structure(key="kurs", name="Kurs B", organisation=structure.organisation)
    altered(again, name="Kurs C")

    with pytest.raises(UndoRefusedError, match="gelöscht und neu angelegt"):
        undo(event, by="Planung")


def test_fehlt_worauf_der_eintrag_verwies_wird_zuerst_danach_gefragt():
    vhs = world.organisation()
    structure = world.structure(organisation=vhs)
    remove(by="Leitung", of=structure)
    event = last()
    remove(by="Leitung", of=vhs)

    with pytest.raises(UndoRefusedError, match="Träger verwies auf einen Eintrag, den es nicht"):
        undo(event, by="Planung")

    undo(last(), by="Planung")
    undo(event, by="Planung")
    assert stored(structure).organisation == vhs


def test_was_inzwischen_geloescht_ist_wird_genannt():
    structure = world.structure(name="Kurs A")
    event = altered(structure, name="Kurs B")
    remove(by="Frau Zwei", of=structure)

    with pytest.raises(UndoRefusedError, match=r"Kurs B“ wurde am .* von Frau Zwei gelöscht"):
        undo(event, by="Planung")


def test_ein_frueherer_stand_gegen_die_regeln_wird_auf_deutsch_abgelehnt():
    funding = world.funding(starts=date(2016, 1, 1), ends=date(2017, 1, 1))
    event = altered(funding, ends=date(2020, 1, 1))
    altered(funding, starts=date(2018, 1, 1))

    with pytest.raises(UndoRefusedError, match="Das Ende muss nach dem Beginn liegen"):
        undo(event, by="Planung")

    assert stored(funding).ends == date(2020, 1, 1)


def test_wovon_der_verlauf_nur_erzaehlt_laesst_sich_hier_nicht_zuruecknehmen():
    event = ChangeEvent.objects.create(
        by="x", verb="changed", subject="access.Tenant:09473", label="Landkreis Coburg"
    )
    with pytest.raises(NotARecordError, match="Landkreis Coburg"):
        undo(event, by="Planung")


def bulk(rows):
    """Change, make and refer in one undertaking, as an import does."""
    tenant = world.tenant()
    old = [world.organisation(key=f"alt{n}", name=f"Alt {n}") for n in range(rows)]
    event = last().pk
    drafts = [Draft(one, before=one.field_values()) for one in old]
    for draft in drafts:
        draft.thing.name = draft.thing.name.replace("Alt", "Neu")
    batch = change_many(drafts, by="Import", verb=Verb.IMPORTED)
    new = [Organisation(tenant=tenant, key=f"neu{n}", name=f"N {n}") for n in range(rows)]
    for below, above in zip(new[1:], new, strict=False):
        below.above = above
    change_many([Draft(o) for o in new], by="Import", verb=Verb.IMPORTED, batch=batch)
    made = [
        Structure(tenant=tenant, key=f"s{n}", name=f"S {n}", organisation=o, function="delivers")
        for n, o in enumerate(new)
    ]
    change_many([Draft(s) for s in made], by="Import", verb=Verb.IMPORTED, batch=batch)
    return batch, event


@pytest.mark.parametrize("rows", [2, 120], ids=["few", "many"])
def test_ein_ganzer_vorgang_wird_zurueckgenommen_und_wieder_hergestellt(rows):
    batch, _ = bulk(rows)
    after = state()

    found = preview_undo(batch)
    undone = undo_batch(batch, by="Planung")
    assert found.changed == {"Organisationen": rows}
    assert found.removed == {"Organisationen": rows, "Strukturen": rows}
    assert (found.restored, found.obstacles) == ({}, ())
    names = set(Organisation.objects.values_list("name", flat=True))
    assert names == {f"Alt {n}" for n in range(rows)}

    assert preview_undo(undone).restored == found.removed
    undo_batch(undone, by="Planung")
    assert state() == after


@pytest.mark.parametrize("rows", [2, 120], ids=["few", "many"])
def test_steht_etwas_im_weg_wird_gar_nichts_zurueckgenommen(rows):
    batch, _ = bulk(rows)
    altered(Organisation.objects.get(key="alt1"), by="Frau Zwei", name="Ganz neu")
    world.structure(name="Kurs A", organisation=Organisation.objects.get(key="neu1"))
    before = state()

    obstacles = preview_undo(batch).obstacles
    with pytest.raises(UndoRefusedError) as error:
        undo_batch(batch, by="Planung")

    assert len(obstacles) == 2
    assert "Name wurde inzwischen" in obstacles[0]
    assert obstacles[1] == "Organisation „N 1“ wird inzwischen gebraucht von Struktur „Kurs A“."
    assert error.value.obstacles == obstacles
    assert state() == before


def test_verknuepfungen_eines_grossen_vorgangs_kommen_zurueck():
    old, new = world.organisation(key="alt"), world.organisation(key="neu")
    topic = world.topic()
    measures = [world.measure(topic=topic, partners=[old]) for _ in range(101)]
    before = state()
    drafts = [
        Draft(one, {"partners": [new]}, one.field_values(), {"partners": ["alt"]})
        for one in measures
    ]
    batch = change_many(drafts, by="Import", verb=Verb.IMPORTED)

    undo_batch(batch, by="Planung")

    assert state() == before


def test_einzelne_aenderungen_eines_vorgangs_werden_zusammen_zurueckgenommen():
    batch = new_batch()
    structure = world.structure(name="Kurs A")
    before = state()
    altered(structure, name="Kurs B", batch=batch)
    altered(structure, name="Kurs C", fte=1, batch=batch)
    funding = Funding(tenant=structure.tenant, key="f", structure=structure)
    with change(by="Leitung", verb=Verb.CREATED, of=funding, batch=batch):
        pass
    altered(funding, programme="Landesprogramm", batch=batch)

    undo_batch(batch, by="Planung")

    assert state() == before


def test_ein_vorgang_eines_anderen_mandanten_ist_nicht_zu_finden():
    batch, _ = bulk(2)
    other = world.tenant("09463", "Stadt Coburg")

    with pytest.raises(NotFoundError):
        undo_batch(batch, by="Planung", tenant=other)
    with pytest.raises(NotFoundError):
        undo_batch("", by="Planung")
    undo_batch(batch, by="Planung", tenant=world.tenant())
