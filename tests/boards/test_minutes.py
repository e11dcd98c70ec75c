"""Tagesordnung und Niederschrift, wie Seiten und Papiere sie lesen."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world

from gelingen.access.queries import on_day
from gelingen.boards import seen
from gelingen.boards.minutes import agenda_of, minutes_of
from gelingen.boards.quorum import check

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 20)


@pytest.fixture
def body():
    return world.body(key="ag", name="AG Sprache", quorum="majority")


@pytest.fixture
def meeting(body):
    return world.meeting(key="m", body=body, day=DAY, begins=time(14), guests="Jugendamt\nVHS")


def present(person):
    """Give a person as a page does, for whom the day is known."""
    return on_day(person, on=DAY)


def officer():
    return present(world.person(role="officer"))


def reader():
    return present(world.person(role="reader"))


def member_of(body, office="member"):
    person = world.person(role="member")
    seat = world.seat(body=body, office=office, order=9)
    world.tenure(seat=seat, function="Mitglied", person=person)
    return present(person)


def test_the_numbering_goes_through_the_public_part_first(meeting):
    world.agenda_item(meeting=meeting, order=1, title="Personal", public=False)
    world.agenda_item(meeting=meeting, order=2, title="Bericht")
    found = agenda_of(officer(), meeting)
    assert [(one.number, one.title) for one in found.public] == [(1, "Bericht")]
    assert [(one.number, one.title) for one in found.closed] == [(2, "Personal")]


def test_times_by_the_clock_follow_from_the_times_before_as_long_as_they_are_known(meeting):
    for order, minutes in enumerate((15, 30, None, 10), 1):
        world.agenda_item(meeting=meeting, order=order, duration=minutes)
    found = agenda_of(officer(), meeting)
    assert [one.begins for one in found.public] == [time(14), time(14, 15), time(14, 45), None]
    assert (found.minutes, found.without_time, found.ends) == (55, 1, None)


def test_the_end_is_known_where_every_item_has_a_time(meeting):
    world.agenda_item(meeting=meeting, duration=90)
    assert agenda_of(officer(), meeting).ends == time(15, 30)


def test_who_may_not_see_the_closed_part_sees_nothing_of_it(body, meeting):
    secret = world.agenda_item(meeting=meeting, order=1, title="GEHEIM", public=False, duration=50)
    # An action point that calls itself public follows its item.
    world.action_point(body=body, item=secret, text="GEHEIM tun", public=True)
    world.agenda_item(meeting=meeting, order=2, title="Bericht", duration=10)
    other = member_of(world.body(name="Andere"))
    for person in (reader(), other):
        read = minutes_of(person, meeting)
        agenda = agenda_of(person, meeting)
        assert (read.closed, agenda.closed, read.places) == (None, None, None)
        assert read.guests == ()
        assert "GEHEIM" not in repr((read.public, agenda.public))
        assert agenda.minutes == 10
        assert not seen.actions(person, meeting.tenant).exists()
        assert not seen.items(person, meeting.tenant).filter(public=False).exists()


def test_a_member_sees_the_closed_part_of_its_own_body(body, meeting):
    secret = world.agenda_item(meeting=meeting, title="GEHEIM", public=False)
    world.action_point(body=body, item=secret, text="tun", public=False)
    read = minutes_of(member_of(body), meeting)
    assert [one.title for one in read.closed] == ["GEHEIM"]
    assert [order.text for order in read.closed[0].orders] == ["tun"]
    assert read.guests == ("Jugendamt", "VHS")


def test_the_quorum_counts_seats_with_a_vote_that_are_taken_on_the_day(body, meeting):
    seats = [world.seat(body=body, order=order) for order in range(1, 5)]
    adviser = world.seat(body=body, order=5, advising=True)
    over = world.seat(body=body, order=6, ends=date(2017, 1, 1))
    for one in (*seats[:3], adviser, over):
        world.tenure(seat=one)
    world.tenure(seat=seats[3], ends=DAY)  # over on the day itself: vacant
    world.attendance(meeting=meeting, seat=seats[0], presence="present")
    world.attendance(meeting=meeting, seat=seats[1], presence="deputy")
    world.attendance(meeting=meeting, seat=seats[2], presence="excused")
    world.attendance(meeting=meeting, seat=adviser, presence="present")
    found = minutes_of(officer(), meeting)
    assert [one.vacant for one in found.places] == [False, False, False, True, False]
    assert found.quorum.sentence == (
        "Beschlussfähig: 2 von 3 Stimmberechtigten anwesend oder vertreten, nötig sind 2."
    )


@pytest.mark.parametrize(
    ("rule", "voters", "there", "found"),
    [
        (("none", None), 5, 0, (None, 0)),
        (("majority", None), 4, 2, (False, 3)),
        (("majority", None), 5, 3, (True, 3)),
        (("half", None), 4, 2, (True, 2)),
        (("half", None), 5, 2, (False, 3)),
        (("number", 3), 9, 3, (True, 3)),
        (("number", 3), 9, 2, (False, 3)),
        (("majority", None), 0, 0, (None, 1)),
    ],
)
def test_each_rule_of_the_quorum(rule, voters, there, found):
    compared = check(*rule, voters=voters, there=there)
    assert (compared.met, compared.needed) == found


@pytest.mark.parametrize("rows", [1, 3])
def test_minutes_are_read_with_as_many_statements_whatever_their_length(body, meeting, rows):
    for number in range(rows):
        world.tenure(seat=world.seat(body=body, order=number))
        one = world.agenda_item(meeting=meeting, order=number)
        world.action_point(body=body, item=one)
    person = officer()
    meeting = seen.get_meeting(person, meeting.tenant, "m")
    with CaptureQueriesContext(connection) as counted:
        minutes_of(person, meeting)
    assert len(counted) == 6
