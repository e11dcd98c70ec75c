"""Sitzungen: planen, Tagesordnung, Niederschrift, abschließen, genehmigen, Aufträge."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world

from gelingen.access.queries import on_day
from gelingen.boards import actions, agenda, meetings, minuting, seen
from gelingen.boards.meetings import MeetingError
from gelingen.boards.minutes import minutes_of
from gelingen.boards.models import ActionPoint, AgendaItem, Attendance, Meeting, Tenure
from gelingen.editing import take_back
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import (
    LostUpdateError,
    StillNeededError,
    change,
    new_batch,
    remove,
)
from gelingen.history.undo import UndoRefusedError, undo_batch, undo_field
from gelingen.register.steps import carry_out
from gelingen.terms.boards import Cycle, MinutesState
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
DAY, LATER = date(2017, 6, 20), date(2017, 7, 18)


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
    batch = minuting.cancel_meeting(actor=officer, meeting=meeting)
    assert fresh(item).meeting is None
    take_back(actor=officer, tenant=body.tenant, batch=batch)
    assert fresh(item).meeting == meeting
    assert fresh(meeting).state == "planned"


def test_what_was_minuted_before_the_meeting_is_cancelled_stays_there_and_the_rest_waits(
    body, officer
):
    meeting = world.meeting(body=body, minutes="draft")
    world.agenda_item(meeting=meeting, title="Fertig", result="noted", order=1)
    world.agenda_item(meeting=meeting, title="Begonnen", course="Es wurde beraten.", order=2)
    world.agenda_item(meeting=meeting, title="Offen", order=3)
    batch = minuting.cancel_meeting(actor=officer, meeting=meeting)
    assert titles(meeting) == ["Fertig", "Begonnen"]
    waiting = list(agenda.backlog(officer, body))
    assert [(one.title, one.course) for one in waiting] == [("Begonnen", ""), ("Offen", "")]
    assert waiting[0].previous.title == "Begonnen"
    take_back(actor=officer, tenant=body.tenant, batch=batch)
    assert titles(meeting) == ["Fertig", "Begonnen", "Offen"]
    assert not agenda.backlog(officer, body)


def test_in_a_cancelled_meeting_nothing_is_minuted(body, officer):
    meeting = world.meeting(body=body, state="cancelled")
    item = world.agenda_item(meeting=meeting)
    with pytest.raises(MeetingError):
        minuting.write_item(actor=officer, item=item, said=minuting.Said("Neu"))
    with pytest.raises(MeetingError):
        minuting.note_attendance(actor=officer, meeting=meeting, noted={})


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


def test_who_leads_one_body_puts_nothing_on_the_agenda_of_another(body):
    other = world.meeting(body=world.body(name="Andere"))
    with pytest.raises(MeetingError):
        agenda.new_item(actor=chair_of(body), body=body, meeting=other, given=agenda.Given("Fremd"))
    assert not AgendaItem.objects.exists()


def test_of_several_items_all_are_added_or_none(body, officer):
    given = [("", agenda.Given("Erstes")), ("", agenda.Given("Zweites", kind="unbekannt"))]
    with pytest.raises(ValidationError):
        agenda.new_items(actor=officer, body=body, meeting=world.meeting(body=body), given=given)
    assert not AgendaItem.objects.exists()


def test_who_deletes_an_item_keeps_its_action_points_as_secret_as_they_were(body, officer):
    item = world.agenda_item(meeting=world.meeting(body=body), public=False)
    made = actions.new_action(
        actor=officer, body=body, item=item, given=actions.Given("Räume anfragen")
    )
    agenda.remove_item(actor=officer, item=item, batch="weg")
    made.refresh_from_db()
    assert (made.item, made.public) == (None, False)
    undo_batch("weg", by=officer)
    made.refresh_from_db()
    assert made.item.key == item.key


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
        minuting.approve(actor=officer, meeting=meeting, at=later, on=LATER)
    minuting.close_meeting(actor=officer, meeting=fresh(meeting))
    assert minuting.to_approve(later) == [meeting]
    for at, on in ((meeting, LATER), (later, date(2017, 7, 17))):
        with pytest.raises(MeetingError):
            minuting.approve(actor=officer, meeting=fresh(meeting), at=at, on=on)
    minuting.approve(actor=officer, meeting=fresh(meeting), at=later, on=LATER)
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


def test_taking_the_first_word_back_leaves_the_minutes_that_others_go_on_with(body, officer):
    meeting = world.meeting(body=body)
    first, second = (world.agenda_item(meeting=meeting) for _ in range(2))
    # Both began from the same page: the second does not know that there are minutes.
    second.meeting = fresh(meeting)
    batch = minuting.write_item(actor=officer, item=first, said=minuting.Said("Eins"))
    minuting.write_item(actor=officer, item=second, said=minuting.Said("Zwei"))
    take_back(actor=officer, tenant=body.tenant, batch=batch)
    assert fresh(first).course == ""
    assert (fresh(second).course, fresh(meeting).minutes) == ("Zwei", MinutesState.DRAFT)


def approved(body, officer):
    """A meeting with everything in it whose minutes are approved, and what was done, by name."""
    meeting = world.meeting(body=body, day=DAY)
    seat = world.seat(key="s1", body=body)
    world.tenure(seat=seat, function="Leitung Sozialamt")
    item = world.agenda_item(meeting=meeting)
    done = {name: new_batch() for name in ("item", "written", "there", "order", "closed", "ok")}
    agenda.new_item(
        actor=officer, body=body, meeting=meeting, given=agenda.Given("Neu"), batch=done["item"]
    )
    said = minuting.Said("Es wurde beraten.", result="noted")
    minuting.write_item(actor=officer, item=item, said=said, batch=done["written"])
    minuting.note_attendance(
        actor=officer, meeting=fresh(meeting), noted={"s1": ("present", "")}, batch=done["there"]
    )
    order = actions.Given("Räume anfragen", person=officer)
    actions.new_action(actor=officer, body=body, item=fresh(item), given=order, batch=done["order"])
    minuting.close_meeting(actor=officer, meeting=fresh(meeting), batch=done["closed"])
    at = world.meeting(body=body, day=LATER)
    minuting.approve(actor=officer, meeting=fresh(meeting), at=at, on=LATER, batch=done["ok"])
    return fresh(meeting), done


def test_taking_back_what_was_done_before_changes_no_approved_minutes(body, officer):
    meeting, done = approved(body, officer)
    before = minutes_of(officer, meeting)
    for name in ("item", "written", "there", "order", "closed"):
        with pytest.raises(UndoRefusedError, match="genehmigt und fest"):
            take_back(actor=officer, tenant=body.tenant, batch=done[name])
    event = ChangeEvent.objects.get(batch=done["ok"])
    with pytest.raises(UndoRefusedError):
        undo_field(event, "minutes", by=officer)
    assert minutes_of(officer, fresh(meeting)) == before
    # The approval itself can be taken back, and given again by taking that back.
    again = take_back(actor=officer, tenant=body.tenant, batch=done["ok"])
    assert (fresh(meeting).minutes, "seats" in fresh(meeting).kept) == ("draft", False)
    take_back(actor=officer, tenant=body.tenant, batch=again)
    assert minutes_of(officer, fresh(meeting)) == before


def test_who_had_the_page_open_before_writes_nothing_into_approved_minutes(body, officer):
    meeting, _ = approved(body, officer)
    item = AgendaItem.objects.get(meeting=meeting, title="Bericht")
    item.meeting = fresh(meeting)
    item.meeting.minutes = MinutesState.DRAFT
    with pytest.raises(MeetingError):
        minuting.write_item(actor=officer, item=item, said=minuting.Said("Anders"))
    assert fresh(item).course == "Es wurde beraten."


def test_opened_minutes_are_approved_again_by_taking_back_only_if_nothing_was_changed(
    body, officer
):
    meeting, _ = approved(body, officer)
    first, second = new_batch(), new_batch()
    minuting.reopen(actor=officer, meeting=meeting, reason="Zahl falsch", batch=first)
    take_back(actor=officer, tenant=body.tenant, batch=first)
    assert fresh(meeting).minutes == MinutesState.APPROVED
    minuting.reopen(actor=officer, meeting=fresh(meeting), reason="Zahl falsch", batch=second)
    item = AgendaItem.objects.get(meeting=meeting, title="Bericht")
    minuting.write_item(actor=officer, item=item, said=minuting.Said("Anders"))
    with pytest.raises(UndoRefusedError, match="Genehmigt wird sie deshalb in einer Sitzung"):
        take_back(actor=officer, tenant=body.tenant, batch=second)


def test_approved_minutes_go_on_telling_who_was_there_and_by_which_rule(body, officer):
    meeting, _ = approved(body, officer)
    before = minutes_of(officer, meeting)
    assert before.quorum.sentence.startswith("Beschlussfähig: 1 von 1")
    tenure = Tenure.objects.get()
    with change(by=officer, verb=Verb.CHANGED, of=tenure):
        tenure.function, tenure.ends = "Jemand anders", date(2017, 1, 1)
    with change(by=officer, verb=Verb.CHANGED, of=body):
        body.quorum, body.quorum_number = "number", 7
    world.tenure(seat=world.seat(key="s2", body=body), function="Später eingetragen")
    found = minutes_of(officer, fresh(meeting))
    assert (found.places, found.quorum) == (before.places, before.quorum)
    # Opened again, the seats are those that hold for the day now, and the rule is that of the day.
    minuting.reopen(actor=officer, meeting=fresh(meeting), reason="Besetzung falsch")
    found = minutes_of(officer, fresh(meeting))
    assert [one.function for one in found.places] == ["", "Später eingetragen"]
    assert found.quorum.needed == 1


def test_a_seat_that_minutes_name_ends_and_is_not_deleted(body, officer):
    seat = world.attendance(meeting=world.meeting(body=body), seat=world.seat(body=body)).seat
    with pytest.raises(StillNeededError, match="bitte sein Ende eintragen"):
        remove(by=officer, of=seat)
    remove(by=officer, of=fresh(body))
    assert not Attendance.objects.exists()


# Action points


def test_what_approved_minutes_say_of_an_action_point_stays_but_who_has_it_can_change(
    body, officer
):
    approved(body, officer)
    other = world.person(role="member")
    for given in (actions.Given("Anderes", person=officer), actions.Given("", person=officer)):
        with pytest.raises((MeetingError, actions.ActionError)):
            actions.change_action(actor=officer, action=ActionPoint.objects.get(), given=given)
    with pytest.raises(MeetingError):
        actions.remove_action(actor=officer, action=ActionPoint.objects.get())
    handed = actions.Given("Räume anfragen", person=other)
    actions.change_action(actor=officer, action=ActionPoint.objects.get(), given=handed)
    actions.say_done(actor=officer, action=ActionPoint.objects.get(), on=LATER)
    assert ActionPoint.objects.get().person == other


def test_who_has_something_to_do_keeps_it_without_a_role_here(body, officer):
    gone = world.person(role="member")
    action = world.action_point(body=body, person=gone)
    gone.memberships.all().delete()
    given = actions.Given("Räume anfragen", person=gone, due=LATER)
    actions.change_action(actor=officer, action=action, given=given)
    assert (fresh(action).person, fresh(action).due) == (gone, LATER)


def test_what_has_no_day_comes_last_on_every_database(body, officer):
    world.action_point(key="a", body=body)
    world.action_point(key="b", body=body, due=DAY)
    assert [one.key for one in seen.actions(officer, body.tenant)] == ["b", "a"]
    assert [one.key for one in ActionPoint.objects.all()] == ["b", "a"]
    for key, begins in (("x", None), ("y", time(14)), ("z", time(9))):
        world.meeting(key=key, body=body, day=LATER, begins=begins)
    assert [one.key for one in seen.meetings(officer, body.tenant)] == ["x", "y", "z"]
    first = world.meeting(body=body, day=DAY)
    assert minuting.next_meeting(first).key == "z"
    waiting = world.agenda_item(body=body)
    world.agenda_item(meeting=first)
    assert seen.items(officer, body.tenant).last() == AgendaItem.objects.last() == waiting


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
