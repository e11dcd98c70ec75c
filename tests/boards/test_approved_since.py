"""What was read before an approval and written after it does not get into approved minutes."""

from datetime import date

import pytest
from tests import world

from gelingen.access.queries import on_day
from gelingen.boards import actions, agenda
from gelingen.boards.meetings import MeetingError
from gelingen.boards.minuting import approve
from gelingen.boards.models import ActionPoint, AgendaItem, Meeting

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 1)


@pytest.fixture
def officer():
    return on_day(world.person(role="officer"), on=DAY)


@pytest.fixture
def read(officer):
    """An item, a second one and an action point, read with their meeting before it is approved."""
    body = world.body(key="ag", name="AG")
    held = world.meeting(key="m1", body=body, day=date(2017, 5, 1), state="held", minutes="draft")
    later = world.meeting(key="m2", body=body, day=DAY, state="held")
    first = world.agenda_item(key="i1", body=body, meeting=held, order=1, title="Vorher")
    world.agenda_item(key="i2", body=body, meeting=held, order=2)
    world.action_point(key="a1", body=body, item=first, text="Vorher")
    found = AgendaItem.objects.select_related("meeting", "body").get(key="i1")
    task = ActionPoint.objects.select_related("item__meeting", "body").get(key="a1")
    assert task.item.meeting.minutes == found.meeting.minutes == "draft"
    approve(actor=officer, meeting=Meeting.objects.get(pk=held.pk), at=later, on=DAY)
    return found, task


GIVEN = agenda.Given("Nachher")
TASK = actions.Given(text="Nachher")
DEEDS = {
    "neuer Punkt": lambda who, one, _: agenda.new_item(
        actor=who, body=one.body, meeting=one.meeting, given=GIVEN
    ),
    "Punkt ändern": lambda who, one, _: agenda.change_item(actor=who, item=one, given=GIVEN),
    "Punkt verschieben": lambda who, one, _: agenda.move_item(actor=who, item=one, by=1),
    "Punkt zurückstellen": lambda who, one, _: agenda.put_in(actor=who, item=one, meeting=None),
    "Punkt löschen": lambda who, one, _: agenda.remove_item(actor=who, item=one),
    "neuer Auftrag": lambda who, one, _: actions.new_action(
        actor=who, body=one.body, item=one, given=TASK
    ),
    "Auftrag ändern": lambda who, _, task: actions.change_action(
        actor=who, action=task, given=TASK
    ),
    "Auftrag löschen": lambda who, _, task: actions.remove_action(actor=who, action=task),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_wer_vor_der_genehmigung_las_aendert_danach_nichts_mehr(officer, read, deed):
    found, task = read
    number = found.pk
    with pytest.raises(MeetingError):
        DEEDS[deed](officer, found, task)
    kept = [(one.title, one.order) for one in AgendaItem.objects.order_by("order")]
    assert kept[0] == ("Vorher", 1)
    assert len(kept) == 2
    assert list(ActionPoint.objects.values_list("text", "item")) == [("Vorher", number)]
