"""Sitzungen: planen, Tagesordnung, Niederschrift, abschließen, genehmigen, Aufträge."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.access.queries import on_day
from gelingen.boards import actions, agenda, meetings, minuting
from gelingen.boards.meetings import MeetingError
from gelingen.boards.minutes import minutes_of
from gelingen.boards.models import ActionPoint, AgendaItem, Attendance, Meeting
from gelingen.editing import take_back
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.register.steps import carry_out
from gelingen.terms.boards import Cycle, MinutesState

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 20)


@pytest.fixture
def body():
    return world.body(key="ag", name="AG Sprache", quorum="majority", cycle="monthly")


@pytest.fixture
def officer():
    return on_day(world.person(role="officer"), on=DAY)


def chair_of(body, office="chair"):
    person = world.person(role="member")
    seat = world.seat(body=body, office=office, order=9)
    world.tenure(seat=seat, function="Vorsitz", person=person)
    return on_day(person, on=DAY)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def titles(meeting):
    found = AgendaItem.objects.filter(meeting=meeting).order_by("-public", "order")
    return [one.title for one in found]


# Planning


def test_a_series_keeps_the_weekday_and_its_place_in_the_month():
    found = meetings.days_of(date(2017, 6, 20), Cycle.MONTHLY, last=date(2017, 9, 30))
    assert [str(one) for one in found] == ["2017-06-20", "2017-07-18", "2017-08-15", "2017-09-19"]


def test_where_a_month_has_no_fifth_friday_the_last_one_is_meant():
    found = meetings.days_of(date(2017, 6, 30), Cycle.MONTHLY, last=date(2017, 8, 31))
    assert [str(one) for one in found] == ["2017-06-30", "2017-07-28", "2017-08-25"]


@pytest.mark.parametrize(
    ("cycle", "last"),
    [
        (Cycle.NEEDED, date(2018, 1, 1)),
        (Cycle.MONTHLY, date(2017, 1, 1)),
        (Cycle.MONTHLY, date(2030, 1, 1)),
    ],
)  # fmt: skip
def test_a_series_without_distance_or_end_is_refused(cycle, last):
    with pytest.raises(MeetingError):
        meetings.days_of(DAY, cycle, last=last)


def test_a_series_is_one_undertaking_and_leaves_days_on_which_the_body_meets(body, officer):
    world.meeting(body=body, day=date(2017, 7, 18))
    given = meetings.Given(DAY, begins=time(14), place="Landratsamt")
    plan = meetings.plan_series(body, given, Cycle.MONTHLY, last=date(2017, 8, 31))
    assert plan.stays == ("Am 18.07.2017 tagt es schon.",)
    batch = carry_out(actor=officer, plan=plan)
    assert Meeting.objects.filter(body=body, place="Landratsamt").count() == 2
    take_back(actor=officer, tenant=body.tenant, batch=batch)
    assert Meeting.objects.filter(body=body).count() == 1


def test_the_next_meeting_is_proposed_as_the_last_one_was_a_cycle_later(body):
    world.meeting(body=body, day=date(2017, 5, 16), begins=time(14), place="Saal")
    found = meetings.proposed(body, on=DAY)
    # A month later would be past: then it is today at the earliest.
    assert (found.day, found.begins, found.place) == (DAY, time(14), "Saal")
    assert meetings.proposed(body, on=date(2017, 6, 1)).day == DAY


def test_items_of_a_cancelled_meeting_wait_again_and_come_back_by_undoing(body, officer):
    meeting = world.meeting(body=body)
    item = world.agenda_item(meeting=meeting)
    batch = meetings.cancel_meeting(actor=officer, meeting=meeting)
    assert fresh(item).meeting is None
    take_back(actor=officer, tenant=body.tenant, batch=batch)
    assert fresh(item).meeting == meeting
    assert fresh(meeting).state == "planned"


def test_who_leads_one_body_plans_its_meetings_and_no_others(body):
    chair = chair_of(body)
    meetings.new_meeting(actor=chair, body=body, given=meetings.Given(DAY))
    with pytest.raises(PermissionDenied):
        meetings.new_meeting(actor=chair, body=world.body(name="Andere"), given=meetings.Given(DAY))
    member = chair_of(body, "member")
    with pytest.raises(PermissionDenied):
        meetings.new_meeting(actor=member, body=body, given=meetings.Given(DAY))


def test_who_leads_a_body_takes_back_what_was_just_done(body):
    chair, batch = chair_of(body), new_batch()
    meetings.new_meeting(actor=chair, body=body, given=meetings.Given(DAY), batch=batch)
    take_back(actor=chair, tenant=body.tenant, batch=batch)
    assert not Meeting.objects.filter(body=body).exists()


# Agenda


def test_items_move_within_their_part_only(body, officer):
    meeting = world.meeting(body=body)
    for order, (title, public) in enumerate(
        (("A", True), ("B", True), ("X", False), ("C", True)), 1
    ):
        world.agenda_item(meeting=meeting, order=order, title=title, public=public)
    item = AgendaItem.objects.get(title="C")
    agenda.move_item(actor=officer, item=item, by=-2)
    assert titles(meeting) == ["C", "A", "B", "X"]
    assert agenda.move_item(actor=officer, item=fresh(item), by=-1) == ""


def test_an_item_goes_from_the_backlog_to_the_end_of_an_agenda_of_its_body(body, officer):
    meeting = world.meeting(body=body)
    world.agenda_item(meeting=meeting, title="Erstes", order=1)
    waiting = agenda.new_item(
        actor=officer, body=body, meeting=None, given=agenda.Given("Zweites"), origin="measure:m01"
    )
    assert list(agenda.backlog(officer, body)) == [waiting]
    agenda.put_in(actor=officer, item=waiting, meeting=meeting)
    assert titles(meeting) == ["Erstes", "Zweites"]
    with pytest.raises(MeetingError):
        agenda.put_in(
            actor=officer, item=waiting, meeting=world.meeting(body=world.body(name="Andere"))
        )


def test_what_follows_from_an_item_becomes_not_public_with_it(body, officer):
    item = world.agenda_item(meeting=world.meeting(body=body))
    given = actions.Given("Räume anfragen")
    action = actions.new_action(actor=officer, body=body, item=item, given=given)
    assert action.public
    agenda.change_item(actor=officer, item=item, given=agenda.Given("Bericht", public=False))
    assert not fresh(action).public


def test_the_history_names_no_item_by_what_it_is_about(body, officer):
    meeting = world.meeting(body=body)
    item = agenda.new_item(
        actor=officer, body=body, meeting=meeting, given=agenda.Given("GEHEIM", public=False)
    )
    actions.new_action(actor=officer, body=body, item=item, given=actions.Given("GEHEIM"))
    told = ChangeEvent.objects.values_list("subject", "label", "reason")
    assert "GEHEIM" not in repr(list(told))


# Minutes


def test_the_first_word_makes_a_draft_and_a_change_after_the_meeting_amends_it(body, officer):
    meeting = world.meeting(body=body)
    item = world.agenda_item(meeting=meeting)
    said = minuting.Said(course="Es wurde beraten.", result="unchanged", yes=3, no=1, abstain=0)
    minuting.write_item(actor=officer, item=item, said=said)
    assert fresh(meeting).minutes == MinutesState.DRAFT
    minuting.close_meeting(actor=officer, meeting=fresh(meeting))
    assert fresh(meeting).minutes == MinutesState.DRAFT
    minuting.write_item(actor=officer, item=fresh(item), said=said)
    assert fresh(meeting).minutes == MinutesState.AMENDED


def test_two_who_write_the_same_item_do_not_overwrite_each_other(body, officer):
    item = world.agenda_item(meeting=world.meeting(body=body))
    seen = item.version
    minuting.write_item(actor=officer, item=fresh(item), said=minuting.Said("Eins"))
    with pytest.raises(LostUpdateError):
        minuting.write_item(
            actor=officer, item=fresh(item), said=minuting.Said("Zwei"), version=seen
        )


def test_attendance_is_noted_changed_and_taken_away(body, officer):
    meeting = world.meeting(body=body)
    seat = world.seat(body=body, key="s1")
    world.tenure(seat=seat)
    foreign = world.seat(body=world.body(name="Andere"), key="s2")
    noted = {"s1": ("present", ""), foreign.key: ("present", "")}
    minuting.note_attendance(actor=officer, meeting=meeting, noted=noted)
    assert [one.seat.key for one in Attendance.objects.all()] == ["s1"]
    minuting.note_attendance(
        actor=officer, meeting=fresh(meeting), noted={"s1": ("deputy", "Vertretung Sozialamt")}
    )
    (place,) = minutes_of(officer, fresh(meeting)).places
    assert (place.presence, place.function) == ("deputy", "Vertretung Sozialamt")
    minuting.note_attendance(actor=officer, meeting=fresh(meeting), noted={"s1": ("", "")})
    assert not Attendance.objects.exists()


def test_votes_that_do_not_fit_who_was_there_are_a_hint(body, officer):
    meeting = world.meeting(body=body)
    for number in range(3):
        seat = world.seat(body=body, key=f"s{number}", order=number)
        world.tenure(seat=seat)
        world.attendance(meeting=meeting, seat=seat)
    places = minutes_of(officer, meeting).places
    assert not minuting.vote_hint(places, 2, 1, 0)
    assert not minuting.vote_hint(places, None, None, None)
    assert "mehr als die 3" in minuting.vote_hint(places, 3, 1, None)
    assert "weniger als die 3" in minuting.vote_hint(places, 1, 1, None)


def test_what_is_unfinished_goes_on_in_the_next_meeting_and_undoing_takes_all_back(body, officer):
    meeting = world.meeting(body=body, day=DAY)
    later = world.meeting(body=body, day=date(2017, 7, 18))
    world.meeting(body=body, day=date(2017, 7, 4), state="cancelled")
    world.agenda_item(meeting=later, order=1, title="Schon da")
    for order, (title, result) in enumerate(
        (("Fertig", "noted"), ("Vertagt", "postponed"), ("Offen", "")), 1
    ):
        world.agenda_item(meeting=meeting, order=order, title=title, result=result, course="GEHEIM")
    batch = new_batch()
    carried = minuting.close_meeting(actor=officer, meeting=meeting, batch=batch)
    assert carried == (2, later)
    assert titles(later) == ["Schon da", "Vertagt", "Offen"]
    following = AgendaItem.objects.get(meeting=later, title="Vertagt")
    assert (following.previous.title, following.course, following.result) == ("Vertagt", "", "")
    assert fresh(meeting).state == "held"
    take_back(actor=officer, tenant=body.tenant, batch=batch)
    assert titles(later) == ["Schon da"]
    assert fresh(meeting).state == "planned"


def test_without_a_next_meeting_the_unfinished_waits_in_the_backlog(body, officer):
    meeting = world.meeting(body=body)
    world.agenda_item(meeting=meeting, title="Offen")
    assert minuting.close_meeting(actor=officer, meeting=meeting) == (1, None)
    assert [one.title for one in agenda.backlog(officer, body)] == ["Offen"]


def test_approved_minutes_are_fixed_until_somebody_opens_them_with_a_reason(body, officer):
    meeting = world.meeting(body=body, day=DAY)
    item = world.agenda_item(meeting=meeting, result="noted")
    later = world.meeting(body=body, day=date(2017, 7, 18))
    with pytest.raises(MeetingError):
        minuting.approve(actor=officer, meeting=meeting, at=later)
    minuting.close_meeting(actor=officer, meeting=fresh(meeting))
    assert minuting.to_approve(later) == [meeting]
    with pytest.raises(MeetingError):
        minuting.approve(actor=officer, meeting=fresh(meeting), at=meeting)
    minuting.approve(actor=officer, meeting=fresh(meeting), at=later)
    assert minuting.to_approve(later) == []
    attempts = (
        lambda: minuting.write_item(actor=officer, item=fresh(item), said=minuting.Said("Neu")),
        lambda: agenda.remove_item(actor=officer, item=fresh(item)),
        lambda: agenda.new_item(
            actor=officer, body=body, meeting=fresh(meeting), given=agenda.Given("Neu")
        ),
        lambda: minuting.note_attendance(actor=officer, meeting=fresh(meeting), noted={}),
        lambda: minuting.reopen(actor=officer, meeting=fresh(meeting), reason=" "),
    )
    for attempt in attempts:
        with pytest.raises(MeetingError):
            attempt()
    minuting.reopen(actor=officer, meeting=fresh(meeting), reason="Zahl falsch")
    assert (fresh(meeting).minutes, fresh(meeting).approved_in) == ("amended", None)
    assert ChangeEvent.objects.filter(reason="Zahl falsch").exists()


# Action points


def test_who_has_something_to_do_says_it_is_done_and_somebody_else_confirms(body, officer):
    worker = on_day(world.person(role="member"), on=DAY)
    action = world.action_point(body=body, person=worker)
    actions.say_done(actor=worker, action=action, on=DAY)
    with pytest.raises(PermissionDenied):
        actions.confirm(actor=worker, action=fresh(action), on=DAY)
    actions.confirm(actor=officer, action=fresh(action), on=DAY)
    assert fresh(action).confirmed_by == str(officer)


def test_who_reported_it_does_not_confirm_it(body, officer):
    action = world.action_point(body=body)
    actions.say_done(actor=officer, action=action, on=DAY)
    with pytest.raises(actions.ActionError):
        actions.confirm(actor=officer, action=fresh(action), on=DAY)
    actions.say_open(actor=officer, action=fresh(action))
    assert fresh(action).done is None


def test_others_do_not_report_it(body):
    with pytest.raises(PermissionDenied):
        actions.say_done(
            actor=on_day(world.person(role="reader"), on=DAY),
            action=world.action_point(body=body), on=DAY,
        )  # fmt: skip


def test_action_points_are_found_by_how_they_stand(body, officer):
    late = world.action_point(key="spaet", body=body, due=DAY, person=officer)
    world.action_point(key="spaeter", body=body, due=date(2017, 6, 21))
    world.action_point(key="getan", body=body, done=DAY, done_by="x")
    found = {
        one: [action.key for action in actions.listed(officer, body.tenant, one, on=DAY)]
        for one in actions.Standing
    }
    assert found["offen"] == ["spaet", "spaeter"]
    assert found["ueberfaellig"] == [late.key]
    assert found["meine"] == [late.key]
    assert found["zu-bestaetigen"] == ["getan"]
    assert len(found["alle"]) == ActionPoint.objects.count()


def test_only_an_account_with_a_role_here_gets_something_to_do(body, officer):
    stranger = world.person(role="officer", at=world.tenant("09463", "Stadt Coburg"))
    with pytest.raises(actions.ActionError):
        actions.new_action(
            actor=officer, body=body, item=None, given=actions.Given("Tun", person=stranger)
        )
