"""Voices of needs: kept one by one, counted by group, each speaker once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.access.models import Membership, User
from gelingen.history.recording import remove
from gelingen.needs.models import Voice
from gelingen.needs.voices import UnknownSpeakerError, add_voice, groups_of, said_of, voices_of

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 1)


def say(need, group="Gemeinde", function="Geschäftsleitung", **given):
    values = {"day": DAY, "where": "Bürgermeisterrunde", "origin": "", **given}
    return add_voice(world.OPERATOR, need, group=group, function=function, **values)


def said(need):
    return said_of(world.OPERATOR, need.tenant)[need.key]


def test_zwei_stimmen_derselben_organisation_sind_eine_unabhaengige_stimme():
    need = world.need()
    world.organisation(key="awo")
    say(need, group="Verband", speaker="awo", origin="survey:a")
    say(need, group="Verband", speaker="awo", origin="survey:b")
    say(need)

    assert said(need).groups == (("Gemeinde", 1), ("Verband", 1))
    assert said(need).number == 2


def test_wer_unter_seinem_namen_spricht_zaehlt_in_der_gruppe_in_der_er_zuletzt_sprach():
    need = world.need()
    world.organisation(key="awo")
    say(need, group="Verein", speaker="awo", origin="survey:b", day=date(2018, 1, 1))
    say(need, group="Verband", speaker="awo", origin="survey:a", day=date(2016, 1, 1))

    assert said(need).groups == (("Verein", 1),)


def test_anonyme_stimmen_derselben_umfrage_zaehlen_jede_fuer_sich():
    need = world.need()
    for _ in range(3):
        say(need, function="", origin="survey:a")
    assert said(need).groups == (("Gemeinde", 3),)


@pytest.mark.parametrize("again", [{"speaker": "awo", "origin": "survey:a"},
                                   {"origin": "statement:g1/3"}])  # fmt: skip
def test_dieselbe_stimme_aus_derselben_herkunft_steht_nur_einmal_da(again):
    need = world.need()
    world.organisation(key="awo")
    assert say(need, **again) == say(need, **again)
    assert Voice.objects.count() == 1


def test_die_erste_stimme_im_bedarf_zaehlt_mit_ohne_gruppe():
    need = world.need(voice="Leitung Kursbüro", voiced=DAY)
    say(need)
    assert said(need).groups == (("", 1), ("Gemeinde", 1))


def test_steht_die_erste_stimme_auch_als_eigene_da_zaehlt_sie_einmal():
    need = world.need(voice="Leitung Kursbüro", voiced=DAY)
    say(need, group="Verein", function="leitung kursbüro")
    assert said(need).groups == (("Verein", 1),)


def test_bedarfe_ohne_stimme_fehlen_und_summen_gehen_ueber_alle():
    silent, one, two = world.need(), world.need(), world.need()
    say(one)
    say(two)
    say(two, group="Verein", severity=5)
    found = said_of(world.OPERATOR, silent.tenant)

    assert set(found) == {one.key, two.key}
    assert groups_of(found.values()) == (("Gemeinde", 2), ("Verein", 1))
    assert found[two.key].severities == (5,)


@pytest.mark.parametrize("number", [1, 3])
def test_alle_stimmen_aller_bedarfe_kosten_eine_abfrage(number, django_assert_num_queries):
    for _ in range(number):
        say(world.need(voice="Leitung"))
    tenant = world.tenant()
    with django_assert_num_queries(1):
        assert len(said_of(world.OPERATOR, tenant)) == number


def test_stimmen_eines_bedarfs_kommen_mit_der_juengsten_zuerst():
    need = world.need()
    old, new, never = (say(need, day=day) for day in (date(2016, 1, 1), DAY, None))
    assert voices_of(world.OPERATOR, need) == [new, old, never]


def test_eine_unbekannte_organisation_kann_nicht_sprechen():
    with pytest.raises(UnknownSpeakerError, match="gibt es nicht mehr"):
        say(world.need(), speaker="niemand")


def test_wer_bedarfe_nicht_aendern_darf_fuegt_keine_stimme_hinzu():
    need = world.need()
    reader = User.objects.create_user("r", "r@example.org", "x")
    Membership.objects.create(user=reader, tenant=need.tenant, role="reader")
    with pytest.raises(PermissionDenied):
        add_voice(reader, need, group="", function="", day=None, where="", origin="")
    assert not Voice.objects.exists()


def test_mit_dem_bedarf_gehen_seine_stimmen():
    voice = world.voice()
    remove(by="world", of=voice.need)
    assert not Voice.objects.exists()
