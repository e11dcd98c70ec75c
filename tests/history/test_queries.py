"""What people read about changes: German fields, German values, few queries."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from tests import world

from gelingen.errors import NotFoundError
from gelingen.history.models import ChangeEvent
from gelingen.history.queries import (
    events_in,
    events_of,
    events_since,
    get_event,
    get_undertaking,
    taken_back,
    undertakings,
)
from gelingen.history.recorded import Recorded
from gelingen.history.recording import change, new_batch, remove
from gelingen.history.saying import NO_NAMES, say_changes
from gelingen.history.undo import undo, undo_batch
from gelingen.register.models import Funding, Structure
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
TENANT = "09473"


def altered(thing, by="Leitung", links=None, batch="", **values):
    with change(by=by, verb=Verb.CHANGED, of=thing, links=links, batch=batch):
        for name, value in values.items():
            setattr(thing, name, value)


def latest(most=1):
    (subject,) = {e.subject for e in ChangeEvent.objects.order_by("-pk")[:1]}
    return events_of(TENANT, [subject], most=most)[0]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"ends": date(2018, 1, 1)}, {"ends": None}, ("Ende", "31.12.2017", "")),
        ({"starts": date(2016, 1, 1)}, {"starts": None}, ("Beginn", "01.01.2016", "")),
        ({"state": "planned"}, {"state": "approved"}, ("Stand", "geplant", "bewilligt")),
        ({"eur_per_year": None}, {"eur_per_year": 12345.5}, ("EUR im Jahr", "", "12.345,5")),
        ({"eur_per_year": 100}, {"eur_per_year": 1000}, ("EUR im Jahr", "100", "1.000")),
    ],
)  # fmt: skip
def test_werte_stehen_da_wie_man_sie_schreibt(before, after, said):
    funding = world.funding(**before)

    altered(funding, **after)

    assert latest().fields == (said,)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            {"starts": date(2015, 1, 1), "ends": date(2016, 1, 1)},
            {"starts": date(2018, 1, 1), "ends": None},
            ("starts,ends", "Zeitraum", "01.01.2015 bis 31.12.2015", "ab 01.01.2018"),
        ),
        (
            {"starts": None, "ends": None},
            {"starts": date(2018, 1, 1), "ends": date(2019, 1, 1)},
            ("starts,ends", "Zeitraum", "", "01.01.2018 bis 31.12.2018"),
        ),
        (
            {"starts": date(2015, 1, 1), "ends": date(2016, 1, 1)},
            {"ends": date(2017, 1, 1)},
            ("ends", "Ende", "31.12.2015", "31.12.2016"),
        ),
    ],
)
def test_ein_zeitraum_von_dem_sich_beide_enden_aendern_ist_eine_angabe(before, after, said):
    altered(world.funding(**before), **after)

    (one,) = latest().parts
    assert (one.name, one.label, one.before, one.after) == said


def test_ja_und_nein_stehen_als_wort_da():
    measure = world.measure(public=False)
    altered(measure, public=True)
    assert latest().fields == (("veröffentlichen", "Nein", "Ja"),)


def test_verweise_stehen_mit_namen_da_auch_wenn_es_den_eintrag_nicht_mehr_gibt():
    old, new = world.organisation(name="Alter Träger"), world.organisation(name="Neuer Träger")
    structure = world.structure(organisation=old)
    altered(structure, organisation=new)
    remove(by="Leitung", of=old)

    assert events_of(TENANT, [f"register.Structure:{structure.key}"])[0].fields == (
        ("Träger", "Alter Träger", "Neuer Träger"),
    )


def test_verknuepfungen_stehen_als_hinzugefuegt_und_entfernt_da():
    vhs, awo, amt = (world.organisation(name=name) for name in ("VHS", "AWO", "Amt"))
    measure = world.measure(partners=[vhs, awo])
    altered(measure, links={"partners": [awo, amt]})
    assert latest().fields == (("Beteiligte", "entfernt: VHS", "hinzugefügt: Amt"),)

    altered(measure, links={"partners": [amt]})
    assert latest().fields == (("Beteiligte", "entfernt: AWO", "—"),)


def test_eine_andere_reihenfolge_der_verknuepfungen_ist_keine_aenderung():
    vhs, awo = world.organisation(key="vhs"), world.organisation(key="awo")
    measure = world.measure(partners=[vhs, awo])
    altered(measure, links={"partners": [awo, vhs]})
    assert ChangeEvent.objects.latest("pk").changed == {}


def test_geloeschtes_nennt_was_darin_stand():
    funding = world.funding(programme="Landesprogramm")
    remove(by="Leitung", of=funding)

    said = {label: (before, after) for label, before, after in latest().fields}
    assert said["Programm"] == ("Landesprogramm", "")
    assert "Anmerkung" not in said
    assert "Mandant" not in said


@pytest.mark.parametrize("events", [1, 3])
def test_die_zahl_der_abfragen_haengt_nicht_von_der_zahl_der_ereignisse_ab(
    events, django_assert_num_queries
):
    topic, structure = world.topic(), world.structure()
    measure = world.measure(topic=topic)
    for _ in range(events):
        altered(structure, organisation=world.organisation())
        altered(measure, links={"partners": [world.organisation()]})

    subjects = [f"register.Structure:{structure.key}", f"plan.Measure:{measure.key}"]
    with django_assert_num_queries(3):  # events, organisations by pk, organisations by key
        assert len(events_of(TENANT, subjects)) == 2 * events + 2


def test_was_andere_seit_einem_zeitpunkt_geaendert_haben():
    structure = world.structure(name="Kurs")
    altered(structure, by="ich", fte=1)
    moment = ChangeEvent.objects.latest("pk").at
    altered(structure, by="ich", fte=2)
    altered(structure, by="sie", fte=3)

    assert [one.fields[0][2] for one in events_since(TENANT, moment)] == ["3", "2"]
    assert [one.by for one in events_since(TENANT, moment, not_by="ich")] == ["sie"]
    assert events_since(TENANT, moment + timedelta(days=1)) == []
    assert events_since("09463", moment - timedelta(days=1)) == []


def test_vorgaenge_nennen_was_wann_von_wem_und_wie_viel():
    batch, structure = new_batch(), world.structure()
    altered(structure, batch=batch, fte=1)
    altered(structure, batch=batch, fte=2)
    other = remove(by="sie", of=structure)

    assert [(one.batch, one.by, one.what, one.events) for one in undertakings(TENANT)] == [
        (other, "sie", "gelöscht", 1),
        (batch, "Leitung", "geändert", 2),
    ]
    assert [one.batch for one in undertakings(TENANT, verbs=[Verb.REMOVED])] == [other]
    assert [one.fields[0][2] for one in events_in(TENANT, batch)] == ["1", "2"]
    assert get_undertaking(TENANT, batch).events == 2
    with pytest.raises(NotFoundError):
        get_undertaking("09463", batch)
    with pytest.raises(NotFoundError):
        get_undertaking(TENANT, "")


def test_was_im_ganzen_zurueckgenommen_ist_gilt_nicht_mehr_bis_auch_das_zurueckgenommen_wird():
    thing = world.structure(name="Kurs")
    tenant, first = thing.tenant_id, new_batch()
    altered(thing, batch=first, name="Kurs A")
    assert taken_back(tenant) == {}
    second = undo_batch(first, by="Leitung")
    assert list(taken_back(tenant)) == [first]
    third = undo_batch(second, by="Leitung")
    assert list(taken_back(tenant)) == [second]
    undo_batch(third, by="Leitung")
    assert set(taken_back(tenant)) == {first, third}
    assert taken_back("09463") == {}


def test_wer_nur_eine_einzelne_aenderung_zuruecknimmt_nimmt_nicht_den_vorgang_zurueck():
    one, other, batch = world.structure(name="A"), world.structure(name="B"), new_batch()
    altered(one, batch=batch, name="A 2")
    altered(other, batch=batch, name="B 2")
    for event in ChangeEvent.objects.filter(batch=batch):
        undo(event, by="Leitung")
    assert taken_back(one.tenant_id) == {}


def test_ein_ereignis_eines_anderen_mandanten_ist_nicht_zu_finden():
    world.structure()
    event = ChangeEvent.objects.latest("pk")
    assert get_event(TENANT, event.pk) == event
    with pytest.raises(NotFoundError):
        get_event("09463", event.pk)


def test_ohne_namen_wird_die_kennung_gesagt_und_unbekanntes_bleibt_wie_es_ist():
    event = ChangeEvent(tenant=TENANT, changed={"organisation_id": [1, 2], "weg": ["a", "b"]})
    said = say_changes(Structure, event, NO_NAMES)
    assert [(one.label, one.before) for one in said] == [("Träger", "1"), ("weg", "a")]
    assert [one.label for one in say_changes(None, event)] == ["organisation_id", "weg"]


@pytest.mark.parametrize(
    "model",
    [m for m in apps.get_models() if issubclass(m, Recorded)],
    ids=lambda m: m._meta.label,
)
def test_jedes_feld_hat_einen_deutschen_namen(model):
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    named = {f.name: str(f.verbose_name) for f in fields if f.name not in {"id", "version"}}
    assert [name for name, label in named.items() if label == name.replace("_", " ")] == []


def test_das_ende_der_finanzierung_ist_ihr_letzter_tag():
    event = ChangeEvent(tenant=TENANT, changed={"ends": [None, "2020-01-01"]})
    assert [(one.before, one.after) for one in say_changes(Funding, event)] == [("", "31.12.2019")]
