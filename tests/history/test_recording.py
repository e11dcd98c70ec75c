"""Every write leaves a trace, and nothing is written in any other way."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from tests import world

from gelingen.history.models import ChangeEvent
from gelingen.history.recording import (
    CircleError,
    Draft,
    LostUpdateError,
    UnrecordedWriteError,
    change,
    change_many,
    remove,
)
from gelingen.places.models import Territory
from gelingen.register.models import Organisation, Structure
from gelingen.terms.vocabulary import Verb
from gelingen.topics.models import TargetGroup

pytestmark = pytest.mark.django_db


def test_eine_aenderung_speichert_stand_und_nachweis():
    structure = world.structure(name="Kurs A")

    with change(by="Leitung", verb=Verb.CHANGED, of=structure, reason="umbenannt"):
        structure.name = "Kurs B"

    event = ChangeEvent.objects.latest("pk")
    assert (event.by, event.verb, event.reason) == ("Leitung", "changed", "umbenannt")
    assert event.changed == {"name": ["Kurs A", "Kurs B"]}
    assert [version.name for version in structure.history.all()] == ["Kurs B", "Kurs A"]


@pytest.mark.parametrize(
    "write",
    [
        lambda thing: thing.save(),
        lambda thing: thing.delete(),
        lambda _: Structure.objects.update(name="x"),
        lambda _: Structure.objects.all().delete(),
        lambda thing: Structure.objects.bulk_create([thing]),
        lambda thing: Structure.objects.bulk_update([thing], ["name"]),
    ],
    ids=["save", "delete", "update", "queryset delete", "bulk_create", "bulk_update"],
)
def test_ohne_nachweis_wird_nichts_geschrieben(write):
    structure = world.structure()

    with pytest.raises(UnrecordedWriteError):
        write(structure)


def test_wer_einen_alten_stand_speichert_ueberschreibt_niemanden():
    mine = world.structure(name="Kurs A")
    theirs = Structure.objects.get(pk=mine.pk)
    with change(by="sie", verb=Verb.CHANGED, of=theirs):
        theirs.name = "Kurs B"

    with pytest.raises(LostUpdateError, match="inzwischen von jemand anderem geändert"):  # noqa: SIM117
        with change(by="ich", verb=Verb.CHANGED, of=mine):
            mine.name = "Kurs C"

    assert Structure.objects.get(pk=mine.pk).name == "Kurs B"


def test_was_nicht_stimmt_wird_auf_deutsch_abgelehnt_und_nicht_gespeichert():
    structure = world.structure(starts=date(2017, 1, 1))
    events = ChangeEvent.objects.count()

    with pytest.raises(ValidationError, match="Das Ende muss nach dem Beginn liegen"):  # noqa: SIM117
        with change(by="ich", verb=Verb.CHANGED, of=structure):
            structure.ends = date(2016, 1, 1)

    assert Structure.objects.get(pk=structure.pk).ends is None
    assert ChangeEvent.objects.count() == events


def test_viele_aenderungen_haben_einen_vorgang_und_je_eine_zeile_nachweis():
    tenant = world.tenant()
    drafts = [
        Draft(Organisation(tenant=tenant, key=key, name=key.upper())) for key in ("a", "b", "c")
    ]

    batch = change_many(drafts, by="Import", verb=Verb.IMPORTED)

    events = ChangeEvent.objects.filter(batch=batch).order_by("pk")
    assert [event.label for event in events] == ["A", "B", "C"]
    assert [o.history.count() for o in Organisation.objects.order_by("key")] == [1, 1, 1]
    assert Organisation.history.filter(history_type="+").count() == 3


def test_viele_aenderungen_gelingen_alle_oder_keine():
    tenant = world.tenant()
    twice = [Draft(Organisation(tenant=tenant, key="a", name="A")) for _ in range(2)]
    events = ChangeEvent.objects.count()

    with pytest.raises(IntegrityError):
        change_many(twice, by="Import", verb=Verb.IMPORTED)

    assert ChangeEvent.objects.count() == events


def test_neue_eintraege_duerfen_aufeinander_verweisen_gleich_in_welcher_reihenfolge():
    tenant = world.tenant()
    county = Territory(tenant=tenant, key="09473", name="Landkreis", kind="county")
    town = Territory(tenant=tenant, key="09473112", name="Ahorn", kind="municipality", above=county)

    change_many([Draft(town), Draft(county)], by="Import", verb=Verb.IMPORTED)

    assert Territory.objects.get(key="09473112").above.key == "09473"


def test_verweise_im_kreis_werden_abgelehnt():
    tenant = world.tenant()
    one = Territory(tenant=tenant, key="01", name="Eins", kind="county")
    two = Territory(tenant=tenant, key="02", name="Zwei", kind="county", above=one)
    one.above = two

    with pytest.raises(CircleError, match="Eins"):
        change_many([Draft(one), Draft(two)], by="Import", verb=Verb.IMPORTED)


def test_verknuepfungen_stehen_im_nachweis_mit_vorher_und_nachher():
    tenant = world.tenant()
    women = world.target_group(tenant=tenant, key="frauen")
    young = world.target_group(tenant=tenant, key="junge")

    draft = Draft(
        women, links={"overlaps": [young]}, before=women.field_values(),
        links_before={"overlaps": []},
    )  # fmt: skip
    change_many([draft], by="Import", verb=Verb.IMPORTED)

    assert ChangeEvent.objects.latest("pk").changed == {"overlaps": [[], ["junge"]]}
    assert list(TargetGroup.objects.get(key="frauen").overlaps.all()) == [young]


def test_geloeschtes_bleibt_im_nachweis():
    organisation = world.organisation(key="awo", name="Verband")
    pk = organisation.pk

    remove(by="Leitung", of=organisation, reason="doppelt")

    event = ChangeEvent.objects.latest("pk")
    assert (event.verb, event.label, event.reason) == ("removed", "Verband", "doppelt")
    assert Organisation.history.filter(id=pk, history_type="-").exists()
