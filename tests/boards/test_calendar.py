"""Termine: was Kalender lesen, mit zwei Lesern geprüft, und der Verweis eines Gremiums."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject
from icalendar import Calendar
from tests import world

from gelingen.access.policy import Operator
from gelingen.access.tokens import UnknownLinkError
from gelingen.boards.calendar import Method, entry_of, meeting_file, uid_of
from gelingen.boards.feeds import end_link, feed_of, link_of, renew_link
from gelingen.boards.minuting import cancel_meeting
from gelingen.history.recording import change
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
ON = date(2017, 6, 1)
AT = datetime(2017, 6, 1, 9, 30, 5, tzinfo=UTC)
LEAD = Operator(day=ON)


@pytest.fixture
def body():
    return world.body(key="ag", name="AG Sprache", mailbox="ag@landkreis.test")


@pytest.fixture
def meeting(body):
    return world.meeting(
        key="m1", body=body, day=date(2017, 7, 20), begins=time(14), until=time(16), place="Saal 1"
    )


def both(content):
    """Read a calendar with two readers: the first meeting as each of them sees it."""
    known = Calendar.from_ical(content)
    (ours,) = known.walk("VEVENT")
    return ours, vobject.readOne(content.decode()).vevent


def written(meeting, *, method=Method.REQUEST, sequence=1, description=""):
    entry = entry_of(meeting, description=description, sequence=sequence, stamp=AT)
    return meeting_file(entry, method=method, organizer="ag@landkreis.test", attendee="a@b.test")


def test_beide_leser_verstehen_zeit_und_ort_im_sommer_und_im_winter(body, meeting):
    ours, other = both(written(meeting))
    assert ours["DTSTART"].dt == other.dtstart.value
    assert ours["DTSTART"].dt.utcoffset() == timedelta(hours=2)
    assert other.dtend.value.astimezone(UTC).hour == 14
    assert str(ours["LOCATION"]) == other.location.value == "Saal 1"
    winter = world.meeting(key="m2", body=body, day=date(2017, 12, 5), begins=time(14))
    ours, other = both(written(winter))
    assert ours["DTSTART"].dt.utcoffset() == other.dtstart.value.utcoffset() == timedelta(hours=1)
    assert "DTEND" not in ours


def test_am_tag_der_zeitumstellung_stimmt_die_stunde_davor_und_danach(body):
    for hour, offset in ((1, 1), (3, 2)):
        found = world.meeting(key=f"z{hour}", body=body, day=date(2018, 3, 25), begins=time(hour))
        _, other = both(written(found))
        assert other.dtstart.value.utcoffset() == timedelta(hours=offset)


def test_ohne_uhrzeit_nimmt_eine_sitzung_den_ganzen_tag(body):
    found = world.meeting(key="tag", body=body, day=date(2017, 7, 20))
    ours, other = both(written(found))
    assert ours["DTSTART"].dt == other.dtstart.value == date(2017, 7, 20)
    assert other.dtend.value == date(2017, 7, 21)


def test_zeilen_sind_gefaltet_und_umlaute_satzzeichen_und_umbrueche_kommen_wieder_heraus(meeting):
    text = "Tagesordnung:\n1. Übergänge; Kita, Schule \\ Beruf\n" + "ß" * 200
    content = written(meeting, description=text)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    ours, other = both(content)
    assert str(ours["DESCRIPTION"]) == text
    assert other.description.value == text


def test_einladung_aenderung_und_absage_haben_dieselbe_kennung_und_zaehlen_weiter(meeting):
    first, _ = both(written(meeting))
    moved, _ = both(written(meeting, sequence=2))
    cancel_meeting(actor=LEAD, meeting=meeting)
    content = written(meeting, method=Method.CANCEL, sequence=3)
    off, other = both(content)
    assert {str(one["UID"]) for one in (first, moved, off)} == {uid_of(meeting)}
    assert [one["SEQUENCE"] for one in (first, moved, off)] == [1, 2, 3]
    assert (str(off["STATUS"]), other.status.value) == ("CANCELLED", "CANCELLED")
    assert Calendar.from_ical(content)["METHOD"] == "CANCEL"


def test_der_verweis_zeigt_tage_und_erst_nach_der_einladung_die_oeffentlichen_punkte(body, meeting):
    world.agenda_item(meeting=meeting, title="Kurse im Herbst")
    world.agenda_item(meeting=meeting, title="GEHEIMWORT", public=False)
    world.meeting(key="alt", body=body, day=date(2016, 5, 1))
    world.meeting(body=world.body(key="andere"), day=date(2017, 7, 21))
    token = renew_link(actor=LEAD, body=body, on=ON)
    (one,) = Calendar.from_ical(feed_of(token, on=ON)).walk("VEVENT")
    assert str(one["UID"]) == uid_of(meeting)
    assert "DESCRIPTION" not in one
    with change(by=LEAD, verb=Verb.CHANGED, of=meeting):
        meeting.state = "invited"
    content = feed_of(token, on=ON)
    (one,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(one["DESCRIPTION"]) == "Tagesordnung:\n1. Kurse im Herbst"
    assert b"GEHEIM" not in content
    assert content == feed_of(token, on=ON)
    assert vobject.readOne(content.decode()).vevent.location.value == "Saal 1"


def test_ein_neuer_verweis_schliesst_den_alten_und_beenden_schliesst_ihn_auch(body):
    old = renew_link(actor=LEAD, body=body, on=ON)
    new = renew_link(actor=LEAD, body=body, on=ON)
    assert link_of(LEAD, body).token_hash not in new
    with pytest.raises(UnknownLinkError):
        feed_of(old, on=ON)
    assert feed_of(new, on=ON).startswith(b"BEGIN:VCALENDAR")
    end_link(actor=LEAD, body=body)
    for token in (new, "erfunden", ""):
        with pytest.raises(UnknownLinkError):
            feed_of(token, on=ON)


@pytest.mark.parametrize("many", [1, 3])
def test_der_kalender_braucht_immer_gleich_viele_abfragen(body, many, django_assert_num_queries):
    for number in range(many):
        found = world.meeting(key=f"q{number}", body=body, day=ON, state="invited")
        world.agenda_item(meeting=found)
    token = renew_link(actor=LEAD, body=body, on=ON)
    with django_assert_num_queries(4):
        feed_of(token, on=ON)
