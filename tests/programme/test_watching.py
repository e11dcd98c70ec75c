"""What Heute says of selections that wait to be decided."""

from datetime import date

import pytest
from tests import world

from gelingen.access.policy import Operator
from gelingen.programme.watching import to_decide
from gelingen.worklist.sources import choosing

pytestmark = pytest.mark.django_db
TODAY = date(2017, 6, 1)


def selection(groups, sent, **fields):
    """Make a selection that so many groups score, of which so many have sent their ballot."""
    one = world.selection(**fields)
    for number in range(groups):
        body = world.body(key=f"ag_{number}", name=f"AG {number}")
        one.groups.add(body)
        given = TODAY if number < sent else None
        world.ballot(key=f"b_{number}", selection=one, body=body, sent=given)
    return one


def said():
    found = to_decide(Operator(), world.tenant(), on=TODAY)
    return [one.why for one in choosing(found)]


@pytest.mark.parametrize(
    ("groups", "sent", "how_many"),
    [
        (5, 2, "2 von 5 Gruppen haben abgegeben. "),
        (5, 1, "1 von 5 Gruppen hat abgegeben. "),
        (5, 5, "5 von 5 Gruppen haben abgegeben. "),
        (0, 0, ""),
    ],
)
def test_heute_sagt_wie_viele_gruppen_abgegeben_haben_bevor_entschieden_wird(
    groups, sent, how_many
):
    selection(groups, sent, state="weighing")
    assert said() == [f"{how_many}Zu entscheiden ist noch."]


def test_heute_sagt_es_auch_wenn_die_zeit_um_und_nicht_abgeschlossen_ist():
    selection(3, 0, state="scoring", ends=TODAY)
    (why,) = said()
    assert why.startswith("0 von 3 Gruppen haben abgegeben. Die Zeit zum Bewerten ist vorbei, ")


@pytest.mark.parametrize("groups", [1, 3])
def test_was_zu_entscheiden_ist_kostet_eine_abfrage(groups, django_assert_num_queries):
    selection(groups, 1, state="weighing")
    tenant = world.tenant()
    with django_assert_num_queries(1):
        assert [one.groups for one in to_decide(Operator(), tenant, on=TODAY)] == [groups]
