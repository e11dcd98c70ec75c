"""Invitations: a link that opens once, for a while, for one address."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.access.commands import WeakPasswordError, set_account
from gelingen.access.invitations import (
    InvitationClosedError,
    NameTakenError,
    OtherAddressError,
    accept_by_house_login,
    accept_with_account,
    accept_with_new_account,
    find_invitation,
    invite,
    is_invited,
    open_invitations,
    token_of,
    withdraw_invitation,
)
from gelingen.access.models import Invitation, User
from gelingen.access.roles import RoleError
from gelingen.errors import UserError
from gelingen.history.models import ChangeEvent

pytestmark = pytest.mark.django_db
NOW = datetime(2017, 6, 1, 12, tzinfo=UTC)
TODAY = date(2017, 6, 1)
PASSWORD = "Zimtstern-Ahorn-47"  # noqa: S105  made up for this test


def invited(email="mia@example.org", *, actor=world.OPERATOR, at=NOW, **more):
    given = {"role": "planner", **more}
    return invite(actor=actor, tenant=world.tenant(), email=email, on=TODAY, at=at, **given)


def accept(invitation, *, username="mia", password=PASSWORD, at=NOW):
    return accept_with_new_account(
        token=token_of(invitation), username=username, password=password, at=at
    )


def test_wer_annimmt_hat_konto_adresse_rolle_und_ende():
    person = accept(invited("Mia@Example.org ", ends=date(2018, 1, 1)))
    held = person.memberships.get()
    assert (person.email, person.check_password(PASSWORD)) == ("mia@example.org", True)
    assert (held.role, held.tenant, held.ends) == ("planner", world.tenant(), date(2018, 1, 1))


def test_einladung_und_annahme_stehen_im_verlauf_ohne_passwort():
    accept(invited())
    told = [(one.by, one.subject.split(":")[0], one.verb) for one in ChangeEvent.objects.all()]
    assert told == [
        ("Kommandozeile", "access.Invitation", "created"),
        ("mia", "access.User", "created"),
        ("mia", "access.Membership", "created"),
    ]
    assert PASSWORD not in str([one.changed for one in ChangeEvent.objects.all()])


@pytest.mark.parametrize("name", ["Kommandozeile", "KOMMANDOZEILE", "\uff2bommandozeile"])
def test_niemand_heisst_wie_die_kommandozeile(name):
    with pytest.raises(UserError, match="braucht das Programm selbst"):
        accept(invited(), username=name)
    with pytest.raises(UserError, match="braucht das Programm selbst"):
        set_account(
            actor=world.OPERATOR, username=name, password=PASSWORD, role="officer",
            tenant=world.tenant(),
        )  # fmt: skip
    assert not User.objects.exists()


def test_auch_die_anmeldung_des_hauses_vergibt_diesen_namen_nicht():
    given = get_adapter().generate_unique_username([world.OPERATOR.name])
    assert given.casefold() != world.OPERATOR.name.casefold()


def test_ein_verweis_gilt_nur_einmal():
    invitation = invited()
    accept(invitation)
    with pytest.raises(InvitationClosedError):
        accept(invitation, username="mia2")


def test_ein_verweis_gilt_sieben_tage():
    token = token_of(invited())
    week = timedelta(days=7)
    assert find_invitation(token, at=NOW + week - timedelta(seconds=1))
    with pytest.raises(InvitationClosedError):
        find_invitation(token, at=NOW + week)


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "9" + t, lambda _: "", lambda _: "x"]
)
def test_ein_veraenderter_verweis_oeffnet_nichts(change):
    token = token_of(invited())
    with pytest.raises(InvitationClosedError):
        find_invitation(change(token), at=NOW)


def test_zurueckgezogen_oder_neu_eingeladen_oeffnet_der_alte_verweis_nicht_mehr():
    first = invited()
    second = invited(at=NOW + timedelta(hours=1))
    assert open_invitations(world.OPERATOR, world.tenant(), at=NOW + timedelta(hours=1)) == [second]
    withdraw_invitation(
        actor=world.OPERATOR, tenant=world.tenant(), number=second.pk, at=NOW + timedelta(hours=2)
    )
    for one in (first, second):
        with pytest.raises(InvitationClosedError):
            find_invitation(token_of(one), at=NOW + timedelta(hours=2))


def test_ein_schwaches_passwort_oder_ein_vergebener_name_verbrauchen_den_verweis_nicht():
    invitation = invited()
    User.objects.create_user("Anna")
    with pytest.raises(WeakPasswordError):
        accept(invitation, password="kurz")  # noqa: S106
    with pytest.raises(NameTakenError):
        accept(invitation, username="anna")
    assert accept(invitation)


def test_wer_schon_ein_konto_hat_nimmt_angemeldet_an():
    person = world.person(at=world.tenant("09463", "Stadt Coburg"), email="mia@example.org")
    invitation = invited()
    with pytest.raises(OtherAddressError):
        accept(invitation)
    with pytest.raises(OtherAddressError):
        accept_with_account(token=token_of(invitation), person=world.person(), at=NOW)
    accept_with_account(token=token_of(invitation), person=person, at=NOW)
    assert {held.tenant_id for held in person.memberships.all()} == {"09463", "09473"}


def test_nur_wer_personen_verwaltet_laedt_ein():
    with pytest.raises(PermissionDenied):
        invited(actor=world.person(role="planner"))
    assert invited(actor=world.person(role="administrator"))


def test_eine_rolle_fuer_eine_organisation_braucht_eine():
    with pytest.raises(RoleError):
        invited(role="partner")


def test_das_haus_meldet_nur_eingeladene_an_und_gibt_ihre_rollen():
    invited()
    assert is_invited("MIA@example.org", at=NOW)
    assert not is_invited("eva@example.org", at=NOW)
    person = User.objects.create_user("mia", "mia@example.org")
    assert accept_by_house_login(person, at=NOW) == 1
    assert [held.role for held in person.memberships.all()] == ["planner"]
    assert accept_by_house_login(person, at=NOW) == 0


def test_alte_einladungen_werden_vergessen():
    invited("alt@example.org", at=NOW - timedelta(days=98))
    invited()
    assert [one.email for one in Invitation.objects.all()] == ["mia@example.org"]
