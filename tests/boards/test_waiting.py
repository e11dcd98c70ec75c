"""Was in den Gremien auf eine Person wartet."""

from datetime import date

import pytest
from tests import world

from gelingen.access.queries import on_day
from gelingen.boards.waiting import tasks, unwritten

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 20)


@pytest.fixture
def body():
    return world.body(key="ag", name="AG Sprache")


def present(role="officer"):
    return on_day(world.person(role=role), on=DAY)


def chair_of(body):
    person = world.person(role="member")
    world.tenure(seat=world.seat(body=body, office="chair"), person=person)
    return on_day(person, on=DAY)


def test_one_has_what_one_is_to_do_and_may_confirm_what_others_did(body):
    chair = chair_of(body)
    world.action_point(key="meiner", body=body, person=chair)
    world.action_point(key="fremder", body=body, person=present())
    world.action_point(key="getan", body=body, done=DAY, done_by="k")
    world.action_point(key="selbst", body=body, done=DAY, done_by=str(chair))
    world.action_point(key="woanders", body=world.body(key="andere"), done=DAY, done_by="k")
    found = [(one.key, one.confirm) for one in tasks(chair, body.tenant, on=DAY)]
    assert sorted(found) == [("getan", True), ("meiner", False)]
    assert tasks(present("reader"), body.tenant, on=DAY) == []


def test_what_nobody_with_an_account_has_to_do_comes_to_the_chair_two_weeks_before(body):
    chair = chair_of(body)
    world.action_point(key="bald", body=body, who="Jugendamt", due=date(2017, 7, 4))
    world.action_point(key="spaeter", body=body, due=date(2017, 7, 5))
    world.action_point(key="ohne_tag", body=body)
    world.action_point(key="vergeben", body=body, person=present(), due=DAY)
    found = [(one.key, one.mine, one.confirm) for one in tasks(chair, body.tenant, on=DAY)]
    assert sorted(found) == [("bald", False, False), ("ohne_tag", False, False)]
    assert tasks(present("reader"), body.tenant, on=DAY) == []


def test_what_is_not_public_waits_only_for_who_may_see_it(body):
    person = present("member")
    world.action_point(body=body, person=person, public=False)
    assert tasks(person, body.tenant, on=DAY) == []


@pytest.mark.parametrize(("day", "waits"), [(date(2017, 6, 13), True), (date(2017, 6, 14), False)])
def test_minutes_are_missed_a_week_after_the_meeting(body, day, waits):
    world.meeting(key="m", body=body, day=day)
    found = unwritten(chair_of(body), body.tenant, on=DAY)
    assert [one.key for one in found] == (["m"] if waits else [])
    assert unwritten(present("reader"), body.tenant, on=DAY) == []


def test_a_draft_waits_to_be_approved_in_the_next_meeting_that_is_not_cancelled(body):
    world.meeting(key="m", body=body, day=date(2017, 6, 1), state="held", minutes="draft")
    world.meeting(key="alt", body=body, day=date(2017, 5, 1), state="cancelled")
    chair = chair_of(body)
    assert unwritten(chair, body.tenant, on=DAY) == []
    world.meeting(key="ab", body=body, day=date(2017, 7, 1), state="cancelled")
    world.meeting(key="m2", body=body, day=date(2017, 7, 20))
    (found,) = unwritten(chair, body.tenant, on=DAY)
    assert (found.key, found.approves, found.until) == ("m", "m2", date(2017, 7, 20))
