"""Roles with dates, deputies, the last administrator, locked accounts."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st
from tests import world

from gelingen.access.models import Membership, User
from gelingen.access.policy import May, allowed, allowed_in, roles_held
from gelingen.access.queries import effective, on_day, tenants_of
from gelingen.access.rights import get_person_in, rights_of
from gelingen.access.roles import (
    DeputyError,
    ForeignAccountError,
    LastAdministratorError,
    OwnRoleError,
    RoleError,
    end_role,
    give_role,
    lock_account,
    name_deputy,
    reopen_role,
    unlock_account,
)
from gelingen.history.models import ChangeEvent

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 1)
DAY = timedelta(days=1)


def fresh(person, on=TODAY):
    return on_day(User.objects.get(pk=person.pk), on=on)


def deputy_of(person, *, starts=TODAY, ends=TODAY + 10 * DAY):
    deputy = world.person(role="reader")
    name_deputy(
        actor=world.OPERATOR, tenant=world.tenant(), person=person, deputy=deputy,
        starts=starts, ends=ends, on=TODAY,
    )  # fmt: skip
    return deputy


# Dates


@pytest.mark.parametrize(
    ("day", "may"),
    [(TODAY - DAY, False), (TODAY, True), (TODAY + DAY, True), (TODAY + 2 * DAY, False)],
)
def test_eine_rolle_gilt_vom_ersten_bis_zum_letzten_tag(day, may):
    structure, person = world.structure(), world.person(role="reader")
    give_role(
        actor=world.OPERATOR, tenant=world.tenant(), person=person, role="planner",
        starts=TODAY, ends=TODAY + 2 * DAY, on=TODAY,
    )  # fmt: skip
    assert allowed(fresh(person, day), May.EDIT_REGISTER, structure) is may


def test_wessen_letzte_rolle_abgelaufen_ist_gehoert_zu_keinem_mandanten():
    person = world.person()
    Membership.objects.filter(user=person).update(ends=TODAY)
    assert tenants_of(person, on=TODAY) == []
    assert tenants_of(person, on=TODAY - DAY) == [world.tenant()]


def test_ohne_tag_gibt_eine_rolle_mit_datum_nichts():
    person = world.person()
    Membership.objects.filter(user=person).update(ends=TODAY + DAY)
    assert not allowed_in(User.objects.get(pk=person.pk), May.VIEW, world.tenant())


# Deputies


@pytest.mark.parametrize(
    ("day", "may"),
    [(TODAY - DAY, False), (TODAY, True), (TODAY + 9 * DAY, True), (TODAY + 10 * DAY, False)],
)
def test_die_vertretung_darf_zwischen_den_tagen_was_die_vertretene_person_darf(day, may):
    deputy = deputy_of(world.person(role="officer"))
    assert allowed_in(fresh(deputy, day), May.EXCHANGE, world.tenant()) is may


def test_die_vertretung_endet_mit_der_rolle_der_vertretenen_person():
    officer = world.person()
    deputy = deputy_of(officer)
    Membership.objects.filter(user=officer).update(ends=TODAY + DAY)
    assert not allowed_in(fresh(deputy, TODAY + DAY), May.EXCHANGE, world.tenant())


def test_die_vertretung_darf_fuer_die_organisation_der_vertretenen_person():
    structure = world.structure()
    partner = world.person(role="partner", organisation=structure.organisation)
    assert allowed(fresh(deputy_of(partner)), May.EDIT_REGISTER, structure)


def test_wer_eine_vertretung_vertritt_bekommt_nur_deren_eigene_rollen():
    second = deputy_of(deputy_of(world.person(role="officer")))
    assert not allowed_in(fresh(second), May.EXCHANGE, world.tenant())


def test_eine_vertretung_reicht_nicht_in_einen_anderen_mandanten():
    town = world.tenant("09463", "Stadt Coburg")
    officer = world.person(at=town)
    give_role(actor=world.OPERATOR, tenant=world.tenant(), person=officer, role="reader", on=TODAY)
    assert not allowed_in(fresh(deputy_of(officer)), May.VIEW, town)


def test_der_grund_nennt_rolle_vertretung_und_letzten_tag():
    officer = world.person()
    deputy = deputy_of(officer)
    found = get_person_in(world.OPERATOR, world.tenant(), deputy.pk, on=TODAY)
    reasons = {right.may: right.reasons for right in rights_of(found.held)}
    words = f"Vertretung von {officer} (Integrationsbeauftragte), bis 10.06.2017"
    assert reasons[May.EXCHANGE] == (words,)
    assert reasons[May.VIEW] == ("Lesend", words)


span = st.tuples(
    st.none() | st.integers(0, 4).map(lambda n: TODAY + n * DAY),
    st.none() | st.integers(0, 4).map(lambda n: TODAY + n * DAY),
)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from(["reader", "officer", 1, 2, 3]), span),
        max_size=6,
    ),
    st.integers(0, 4).map(lambda n: TODAY + n * DAY),
)
def test_was_gilt_stimmt_mit_einem_zeilenweisen_vergleich_ueberein(rows, on):
    tenant = world.tenant()
    people = {number: User(pk=number, username=str(number)) for number in (1, 2, 3)}
    stored = [
        Membership(
            user=people[who],
            tenant=tenant,
            role=what if isinstance(what, str) else "",
            stands_in_for=people[what] if isinstance(what, int) else None,
            starts=begins,
            ends=ends,
        )
        for who, what, (begins, ends) in rows
    ]

    def valid(row):
        _, _, (begins, ends) = row
        return (begins is None or begins <= on) and (ends is None or on < ends)

    for number, person in people.items():
        now = [row for row in rows if valid(row)]
        own = [what for who, what, _ in now if who == number and isinstance(what, str)]
        taken = [
            other
            for who, what, _ in now
            if who == number and isinstance(what, int)
            for whose, other, _ in now
            if whose == what and isinstance(other, str)
        ]
        assert [one.role for one in effective(person, stored, on=on)] == own + taken


# Who may give and end


def test_wer_keine_personen_verwaltet_gibt_keine_rollen():
    planner, other = world.person(role="planner"), world.person(role="reader")
    with pytest.raises(PermissionDenied):
        give_role(actor=planner, tenant=world.tenant(), person=other, role="officer", on=TODAY)


def test_niemand_gibt_oder_beendet_eigene_rollen():
    officer = world.person()
    world.person()
    with pytest.raises(OwnRoleError):
        give_role(actor=officer, tenant=world.tenant(), person=officer, role="head", on=TODAY)
    with pytest.raises(OwnRoleError):
        end_role(actor=officer, membership=officer.memberships.get(), on=TODAY)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"role": "kaiser"}, "gibt es nicht"),
        ({"role": "partner"}, "gilt für eine Organisation"),
        ({"role": "reader", "ends": TODAY}, "schon vorbei"),
        ({"role": "reader", "starts": TODAY + 9 * DAY, "ends": TODAY + DAY}, "vor dem ersten"),
    ],
)
def test_was_nicht_passt_wird_mit_grund_abgelehnt(more, words):
    person = world.person()
    with pytest.raises(RoleError, match=words):
        give_role(actor=world.OPERATOR, tenant=world.tenant(), person=person, on=TODAY, **more)


def test_eine_organisation_eines_anderen_mandanten_wird_abgelehnt():
    foreign = world.organisation(tenant=world.tenant("09463", "Stadt Coburg"))
    with pytest.raises(RoleError, match="anderen Mandanten"):
        give_role(
            actor=world.OPERATOR, tenant=world.tenant(), person=world.person(), role="partner",
            organisation=foreign, on=TODAY,
        )  # fmt: skip


def test_niemand_vertritt_sich_selbst_oder_traegt_sich_selbst_ein():
    officer, other = world.person(), world.person()
    for person, deputy in ((other, other), (other, officer)):
        with pytest.raises(DeputyError):
            name_deputy(
                actor=officer, tenant=world.tenant(), person=person, deputy=deputy,
                starts=TODAY, ends=TODAY + DAY, on=TODAY,
            )  # fmt: skip


def test_das_recht_der_letzten_verwaltenden_person_bleibt():
    last, limited = world.person(), world.person()
    Membership.objects.filter(user=limited).update(ends=TODAY + DAY)
    held = last.memberships.get()

    with pytest.raises(LastAdministratorError):
        end_role(actor=fresh(limited), membership=held, on=TODAY)
    with pytest.raises(LastAdministratorError):
        lock_account(actor=fresh(limited), tenant=world.tenant(), person=last, on=TODAY)

    world.person(role="administrator")
    end_role(actor=fresh(limited), membership=held, on=TODAY)
    assert roles_held(fresh(last)) == []


def test_eine_beendete_rolle_laesst_sich_wieder_oeffnen_und_beides_steht_im_verlauf():
    person = world.person(role="reader")
    held = person.memberships.get()
    end_role(actor=world.OPERATOR, membership=held, on=TODAY)
    assert roles_held(fresh(person)) == []
    reopen_role(actor=world.OPERATOR, membership=held)
    assert [one.role for one in roles_held(fresh(person))] == ["reader"]
    told = ChangeEvent.objects.filter(subject=f"access.Membership:{held.pk}").order_by("pk")
    assert [(one.verb, one.changed) for one in told] == [
        ("ended", {"ends": [None, "2017-06-01"]}),
        ("undone", {"ends": ["2017-06-01", None]}),
    ]


# Accounts


def test_ein_gesperrtes_konto_bleibt_mit_seinen_rollen_erhalten():
    person, officer = world.person(role="reader"), world.person()
    lock_account(actor=officer, tenant=world.tenant(), person=person, on=TODAY)
    assert not User.objects.get(pk=person.pk).is_active
    assert person.memberships.count() == 1
    unlock_account(actor=officer, tenant=world.tenant(), person=person)
    assert User.objects.get(pk=person.pk).is_active


def test_ein_mandant_sperrt_kein_konto_das_auch_einem_anderen_gehoert():
    person, officer = world.person(role="reader"), world.person()
    town = world.tenant("09463", "Stadt Coburg")
    give_role(actor=world.OPERATOR, tenant=town, person=person, role="reader", on=TODAY)
    with pytest.raises(ForeignAccountError):
        lock_account(actor=officer, tenant=world.tenant(), person=person, on=TODAY)
