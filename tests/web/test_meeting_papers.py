"""Papiere und Schreiben zu Sitzungen am Arbeitsplatz, und der Kalender ohne Konto."""

import re
from datetime import date, time
from io import BytesIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document as Docx
from icalendar import Calendar
from tests import world
from tests.documents.reading import pdf_text
from tests.web.desk import DESK, sit_down, text

from gelingen.access.policy import Operator
from gelingen.boards import inviting
from gelingen.boards.enclosed import add_file
from gelingen.boards.models import AgendaItem, Meeting, Notice, Tenure
from gelingen.boards.notices import addressees, due
from gelingen.history.recording import change
from gelingen.post.commands import send_due
from gelingen.post.models import OutgoingMail
from gelingen.register.attachments import attach
from gelingen.register.models import Attachment
from gelingen.terms.vocabulary import Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day", "meeting")]
SHEET = DESK + "gremien/sitzungen/sitzung/m1/"
LETTER = SHEET + "schreiben/"
BODY = DESK + "gremien/gremium/ag/"
SECRET = "GEHEIMWORT"  # noqa: S105  a word to look for


@pytest.fixture
def body():
    return world.body(key="ag", name="AG Sprache", mailbox="ag@landkreis.test", quorum="majority")


@pytest.fixture
def meeting(body):
    found = world.meeting(
        key="m1", body=body, day=date(2017, 6, 20), begins=time(14), place="Saal", minutes="draft",
        guests=f"{SECRET} Gast", approved_in=None,
    )  # fmt: skip
    world.agenda_item(
        meeting=found, title="Kurse im Herbst", order=1, resolution="Fünf Kurse", yes=3, no=1,
        course="Lange beraten", result="majority", dissent="Schulamt: zu wenig", duration=20,
    )  # fmt: skip
    world.agenda_item(
        meeting=found, title=SECRET, order=1, public=False, about=SECRET, course=SECRET,
        resolution=SECRET, responsible=SECRET,
    )  # fmt: skip
    return found


@pytest.fixture
def seats(body):
    """Three seats that are taken: with a mailbox of its own, of the organisation, with none."""
    sends = world.organisation(key="awo", name="AWO", mailbox="post@awo.test")
    world.tenure(
        seat=world.seat(body=body, order=1), function="Leitung Amt", mailbox="amt@kreis.test"
    )
    world.tenure(seat=world.seat(body=body, order=2, organisation=sends), function="Beratung")
    world.tenure(seat=world.seat(body=body, order=3), function="Ehrenamt")
    world.seat(body=body, order=4)
    return body


def seated(client, body, office="member"):
    person = sit_down(client, role="member")
    world.tenure(seat=world.seat(body=body, office=office, order=50), person=person)
    return person


def values(page):
    """Give what stands in the form of the letter."""
    (stand,) = re.findall(r'name="stand" value="(\d+)"', page)
    return {"subject": "Einladung", "text": "Guten Tag", "stand": stand}


# Papers


@pytest.mark.parametrize("kind", ["einladung", "niederschrift"])
def test_die_oeffentliche_fassung_enthaelt_nichts_nichtoeffentliches_auch_fuer_die_leitung(
    client, kind
):
    sit_down(client)
    world.attendance(meeting=Meeting.objects.get(), function=SECRET)
    page = text(client.get(f"{SHEET}{kind}.html"))
    assert "Kurse im Herbst" in page
    assert SECRET not in page
    assert "ichtöffentlich" not in page


@pytest.mark.parametrize("kind", ["einladung", "niederschrift"])
def test_die_vollstaendige_fassung_bekommt_nur_wer_nichtoeffentliches_sehen_darf(
    client, body, kind
):
    address = f"{SHEET}{kind}.html?fassung=voll"
    sit_down(client)
    assert SECRET in text(client.get(address))
    sit_down(client, role="reader")
    assert client.get(address).status_code == 403
    assert SECRET not in text(client.get(f"{SHEET}{kind}.html"))
    seated(client, world.body(key="andere"))
    assert client.get(address).status_code == 403
    seated(client, body)
    assert SECRET in text(client.get(address))


def test_die_niederschrift_nennt_ergebnis_beschluss_stimmen_auftraege_und_dass_sie_entwurf_ist(
    client, meeting
):
    sit_down(client)
    item = meeting.items.get(public=True)
    world.action_point(
        body=meeting.body, item=item, text="Räume suchen", who="VHS", due=date(2017, 9, 1)
    )
    world.tenure(seat=world.seat(body=meeting.body))
    page = text(client.get(f"{SHEET}niederschrift.html"))
    for said in (
        "Entwurf", "TOP 1: Kurse im Herbst", "Mehrheitlich beschlossen", "Fünf Kurse",
        "Ja 3, Nein 1", "Schulamt: zu wenig", "Räume suchen", "VHS", "31.08.2017",
        "Unterschriften", "Stimmberechtigte",
    ):  # fmt: skip
        assert said in page, said


def test_papiere_gibt_es_als_pdf_und_docx_mit_der_fassung_im_namen(client):
    sit_down(client)
    answer = client.get(f"{SHEET}niederschrift.pdf?fassung=voll")
    assert answer.content.startswith(b"%PDF")
    name = 'attachment; filename="niederschrift-ag-sprache-2017-06-20-nichtoeffentlich.pdf"'
    assert answer["Content-Disposition"] == name
    answer = client.get(f"{SHEET}einladung.docx")
    assert "-oeffentlich.docx" in answer["Content-Disposition"]
    assert "Einladung: AG Sprache" in [p.text for p in Docx(BytesIO(answer.content)).paragraphs]
    assert client.get(f"{SHEET}einladung.exe").status_code == 404


def test_ein_band_hat_alle_sitzungen_des_zeitraums_vorn_die_beschluesse(client, body):
    sit_down(client)
    for number, day in enumerate((date(2016, 11, 8), date(2017, 2, 7), date(2017, 5, 9)), 1):
        found = world.meeting(body=body, day=day, state="held")
        world.agenda_item(meeting=found, title=f"Punkt {number}", resolution=f"Wortlaut {number}")
        world.agenda_item(meeting=found, title=SECRET, public=False)
    given = {"starts": "01.01.2017", "ends": "31.12.2017", "art": "html"}
    page = text(client.post(BODY + "niederschriften/", given))
    assert page.index("Wortlaut 2") < page.rindex("Sitzung am 07.02.2017")
    assert page.rindex("Sitzung am 07.02.2017") < page.rindex("Sitzung am 09.05.2017")
    assert "Wortlaut 1" not in page
    assert SECRET not in page
    assert SECRET in text(client.post(BODY + "niederschriften/", given | {"voll": "on"}))
    sit_down(client, role="reader")
    assert SECRET not in text(client.post(BODY + "niederschriften/", given | {"voll": "on"}))


def test_ohne_uhrzeiten_hat_die_tagesordnung_keine_spalte_dafuer(client, body):
    sit_down(client)
    world.agenda_item(meeting=world.meeting(key="m2", body=body), title="Ohne Zeit")
    page = text(client.get(SHEET.replace("/m1/", "/m2/") + "einladung.html"))
    assert "Ohne Zeit" in page
    assert "Beginn" not in page


def test_ein_band_ohne_sitzung_sagt_das(client):
    sit_down(client)
    answer = client.post(BODY + "niederschriften/", {"art": "pdf"})
    assert answer.status_code == 422
    assert "hat keine Sitzung stattgefunden" in text(answer)


# Letters


@pytest.mark.usefixtures("seats")
def test_einladen_zeigt_wer_schreiben_bekommt_und_wem_man_selbst_bescheid_gibt(client):
    sit_down(client)
    page = text(client.get(LETTER))
    for said in ("amt@kreis.test", "post@awo.test", "Postfach der Organisation", "Ehrenamt"):
        assert said in page
    assert "2 Nachrichten" in page
    assert "1. Kurse im Herbst" in page
    assert SECRET not in page
    assert not OutgoingMail.objects.exists()


@pytest.mark.usefixtures("seats")
def test_eingeladen_wird_mit_einladung_und_termin_im_anhang(client, settings):
    settings.EMAIL_HOST = "mail.test"
    sit_down(client)
    given = values(text(client.get(LETTER)))
    answer = client.post(LETTER, given, follow=True)
    assert "2 Nachrichten liegen im Postausgang" in text(answer)
    found = Meeting.objects.get()
    assert (found.state, found.invited, found.sequence) == ("invited", date(2017, 6, 1), 1)
    send_due(at=timezone.now())
    message = next(one for one in mail.outbox if one.to == ["post@awo.test"])
    paper, calendar = message.attachments
    assert paper.get_payload(decode=True).startswith(b"%PDF")
    assert calendar["Content-Type"] == 'text/calendar; charset="utf-8"; method="REQUEST"'
    (event,) = Calendar.from_ical(calendar.get_payload(decode=True)).walk("VEVENT")
    assert str(event["ORGANIZER"]) == "mailto:ag@landkreis.test"
    assert str(event["ATTENDEE"]) == "mailto:post@awo.test"


def seated_as(function, **fields):
    """Change who takes the seat by that function."""
    tenure = Tenure.objects.get(function=function)
    with change(by=Operator(), verb=Verb.CHANGED, of=tenure):
        for name, value in fields.items():
            setattr(tenure, name, value)


@pytest.fixture
def entitled(seats):
    """Somebody with an account and its mailbox on the seat of the office."""
    person = world.person(role="member", email="Amt@kreis.test")
    seated_as("Leitung Amt", person=person)
    return seats


def written(client):
    """Invite with what is not public; gives the mailboxes whose letter names it."""
    sit_down(client)
    given = values(text(client.get(LETTER)))
    client.post(LETTER, given | {"closed": "on"})
    mails = list(OutgoingMail.objects.all())
    assert len(mails) == 2
    for one in mails:
        assert SECRET.encode() not in bytes(one.attachments.get(name="termin.ics").content)
    return {one.to for one in mails if SECRET in one.plain + one.html}


@pytest.mark.usefixtures("entitled")
def test_nichtoeffentliches_geht_nur_auf_wunsch_und_nur_an_ein_konto_das_es_sehen_darf(client):
    sit_down(client)
    page = text(client.get(LETTER))
    assert SECRET not in page
    assert page.count("darf Nichtöffentliches bekommen") == 1
    given = values(page)
    assert SECRET in text(client.post(LETTER, given | {"vorschau": "ja", "closed": "on"}))
    assert written(client) == {"amt@kreis.test"}
    own = OutgoingMail.objects.get(to="amt@kreis.test")
    other = OutgoingMail.objects.get(to="post@awo.test")
    papers = [bytes(one.attachments.get(name__endswith=".pdf").content) for one in (own, other)]
    assert papers[0] != papers[1]
    # Everybody else learns where to read on.
    assert f"steht nach der Anmeldung hier: http://testserver{SHEET}" in other.plain


def enclosed(meeting):
    """One file of the meeting and one of each item; a released paper stands on the agenda."""
    of = Operator(day=date(2017, 6, 1))
    items = AgendaItem.objects.filter(meeting=meeting)
    for to, title, public in (
        (meeting, "Anfahrt", True),
        (meeting, "Vermerk", False),
        (items.get(public=True), "Kursliste", True),
        (items.get(public=False), "Anwalt", False),
    ):
        content = SimpleUploadedFile("datei.txt", title.encode())
        add_file(actor=of, to=to, title=title, name="datei.txt", content=content, public=public)
    paper = world.paper(
        key="kurse", subject="Kurse", state="released", released=date(2017, 5, 1), public=True
    )
    annex = SimpleUploadedFile("plan.txt", b"Plan")
    attach(actor=of, to=paper, title=SECRET, name="plan.txt", content=annex)
    world.agenda_item(meeting=meeting, title="Vorlage beraten", order=2, origin="paper:kurse")


def files_of(to):
    """Names of what a mailbox got beside invitation and calendar, and what its letter says."""
    got = OutgoingMail.objects.get(to=to)
    names = {one.name for one in got.attachments.all()}
    return names - {"termin.ics", "einladung-2017-06-20.pdf"}, got.plain


@pytest.mark.usefixtures("entitled")
def test_mit_der_einladung_gehen_dateien_und_vorlagen_nichtoeffentliches_nur_an_wen_es_darf(
    client, meeting
):
    enclosed(meeting)
    sit_down(client)
    page = text(client.get(LETTER))
    assert "Außerdem im Anhang:" in page
    assert "Anwalt" not in page.partition("So liest sich")[2].partition("An wen")[0]
    given = values(page) | {"along": re.findall(r'name="along" value="([^"]*)"', page)}
    client.post(LETTER, given | {"closed": "on"})
    assert OutgoingMail.objects.count() == 2
    names, plain = files_of("amt@kreis.test")
    every = {"anfahrt.txt", "vermerk.txt", "kursliste.txt", "anwalt.txt", "vorlage-kurse.pdf"}
    assert names == every
    assert "Anwalt" in plain
    names, plain = files_of("post@awo.test")
    assert names == {"anfahrt.txt", "kursliste.txt", "vorlage-kurse.pdf"}
    assert "Kursliste" in plain
    assert "Anwalt" not in plain
    paper = OutgoingMail.objects.get(to="post@awo.test").attachments.get(name="vorlage-kurse.pdf")
    # Whoever gets a public paper learns nothing of annexes that are not.
    assert "Kurse" in pdf_text(bytes(paper.content))
    assert SECRET not in pdf_text(bytes(paper.content))


@pytest.mark.usefixtures("seats")
def test_mit_der_einladung_geht_nur_was_angekreuzt_ist(client, meeting):
    enclosed(meeting)
    sit_down(client)
    given = values(text(client.get(LETTER)))
    client.post(LETTER, given | {"along": []})
    assert files_of("post@awo.test")[0] == set()


@pytest.mark.usefixtures("seats")
def test_was_zu_gross_fuer_ein_postfach_ist_wird_abgelehnt_bevor_jemand_schreibt(
    client, meeting, monkeypatch
):
    enclosed(meeting)
    monkeypatch.setattr(inviting, "LARGEST_LETTER", 10_000)
    sit_down(client)
    page = text(client.get(LETTER))
    given = values(page) | {"along": re.findall(r'name="along" value="([^"]*)"', page)}
    assert "Bitte weniger Dateien mitschicken" in text(client.post(LETTER, given))
    assert not OutgoingMail.objects.exists()


@pytest.mark.usefixtures("seats")
def test_fehlt_eine_datei_auf_dem_server_sagt_das_die_seite_und_niemand_bekommt_etwas(
    client, meeting
):
    enclosed(meeting)
    lost = Attachment.objects.get(title="Anfahrt")
    Path(lost.file.path).unlink()
    sit_down(client)
    page = text(client.get(LETTER))
    given = values(page) | {"along": re.findall(r'name="along" value="([^"]*)"', page)}
    assert "Die Datei „Anfahrt“ fehlt auf dem Server." in text(client.post(LETTER, given))
    assert not OutgoingMail.objects.exists()


@pytest.mark.usefixtures("seats")
def test_ein_postfach_an_der_besetzung_bekommt_ohne_konto_nur_den_oeffentlichen_teil(client):
    assert written(client) == set()


@pytest.mark.usefixtures("entitled")
@pytest.mark.parametrize(
    "alter",
    [
        lambda _: world.organisation(key="vhs", mailbox="AMT@kreis.test"),
        lambda _: world.body(key="b2", mailbox="amt@kreis.test"),
        lambda person: person.memberships.update(ends=date(2017, 6, 1)),
        lambda person: type(person).objects.update(is_active=False),
        lambda person: type(person).objects.update(email="anders@kreis.test"),
        # Whoever takes the seat from the day of the meeting on may not see it before.
        lambda _: seated_as("Leitung Amt", starts=date(2017, 6, 20)),
        # The office shares its mailbox with somebody without an account.
        lambda _: seated_as("Beratung", mailbox="amt@kreis.test"),
    ],
    ids=["organisation", "body", "role", "closed", "other", "later", "shared"],
)
def test_geteilte_postfaecher_und_konten_ohne_recht_bekommen_nichts_nichtoeffentliches(
    client, alter
):
    alter(Tenure.objects.get(function="Leitung Amt").person)
    sit_down(client)
    client.post(LETTER, values(text(client.get(LETTER))) | {"closed": "on"})
    assert OutgoingMail.objects.exists()
    assert not OutgoingMail.objects.filter(plain__contains=SECRET).exists()


@pytest.mark.usefixtures("seats")
def test_wer_am_neuen_tag_keinen_sitz_mehr_hat_bekommt_die_absage_mit_derselben_kennung(client):
    sit_down(client)
    client.post(LETTER, values(text(client.get(LETTER))))
    seated_as("Leitung Amt", ends=date(2017, 6, 25))
    moved = {"day": "27.06.2017", "begins": "14:00", "place": "Turm", "stand": "2"}
    client.post(f"{SHEET}angaben/", moved)
    page = text(client.get(LETTER))
    assert "Bekommen die Absage" in page
    client.post(LETTER, values(page))
    first, last = OutgoingMail.objects.filter(to="amt@kreis.test").order_by("pk")
    assert "20.06.2017, 14:00 Uhr, Saal, gilt für dieses Postfach nicht mehr" in last.plain
    assert "Turm" not in last.plain
    assert "Kurse im Herbst" not in last.plain
    files = [
        Calendar.from_ical(bytes(one.attachments.get(name="termin.ics").content))
        for one in (first, last)
    ]
    events = [one.walk("VEVENT")[0] for one in files]
    assert [one["METHOD"] for one in files] == ["REQUEST", "CANCEL"]
    assert [str(one["STATUS"]) for one in events] == ["CONFIRMED", "CANCELLED"]
    assert [one["SEQUENCE"] for one in events] == [1, 2]
    assert len({str(one["UID"]) for one in events}) == 1
    # Once is enough: the next letter does not go there any more.
    assert "amt@kreis.test" not in text(client.get(LETTER))
    kinds = OutgoingMail.objects.filter(to="post@awo.test").order_by("pk")
    assert [one.subject[:7] for one in kinds] == ["Einladu"] * 2
    assert Notice.objects.order_by("sequence").last().letters == 2


@pytest.mark.usefixtures("seats")
def test_auch_wer_keinen_sitz_mehr_hat_erfaehrt_dass_die_sitzung_abgesagt_ist(client):
    sit_down(client)
    client.post(LETTER, values(text(client.get(LETTER))))
    for function in ("Leitung Amt", "Beratung", "Ehrenamt"):
        seated_as(function, ends=date(2017, 6, 2))
    client.post(f"{SHEET}absagen/")
    client.post(LETTER, values(text(client.get(LETTER))))
    told = OutgoingMail.objects.filter(attachments__media_type__endswith="method=CANCEL")
    assert sorted(told.values_list("to", flat=True)) == ["amt@kreis.test", "post@awo.test"]


@pytest.mark.usefixtures("seats")
def test_verschoben_und_abgesagt_wird_mit_derselben_kennung_und_hoeherer_fassung(client):
    sit_down(client)
    client.post(LETTER, values(text(client.get(LETTER))))
    moved = {"day": "27.06.2017", "begins": "14:00", "place": "Saal", "stand": "2"}
    client.post(f"{SHEET}angaben/", moved)
    page = text(client.get(LETTER))
    assert "Bisher hieß es: 20.06.2017, 14:00 Uhr, Saal." in page
    client.post(LETTER, values(page))
    client.post(f"{SHEET}absagen/")
    assert "Absage senden" in text(client.get(SHEET))
    client.post(LETTER, values(text(client.get(LETTER))))
    assert "Die Absage ist geschrieben." in text(client.get(LETTER))
    assert "Absage senden" not in text(client.get(SHEET))
    files = [
        Calendar.from_ical(bytes(one.attachments.get(name="termin.ics").content))
        for one in OutgoingMail.objects.filter(to="amt@kreis.test").order_by("pk")
    ]
    events = [one.walk("VEVENT")[0] for one in files]
    assert [one["METHOD"] for one in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [one["SEQUENCE"] for one in events] == [1, 2, 3]
    assert len({str(one["UID"]) for one in events}) == 1
    kinds = Notice.objects.order_by("sequence").values_list("kind", flat=True)
    assert list(kinds) == ["invitation", "update", "cancellation"]


@pytest.mark.usefixtures("seats")
def test_zwei_die_zugleich_einladen_schreiben_jedem_nur_einmal(client):
    sit_down(client)
    given = values(text(client.get(LETTER)))
    client.post(LETTER, given)
    answer = client.post(LETTER, given)
    assert answer.status_code == 422
    assert "inzwischen von jemand anderem geändert" in text(answer)
    assert OutgoingMail.objects.count() == 2


@pytest.mark.usefixtures("seats")
def test_einladen_darf_wer_das_gremium_leitet_und_niemand_sonst(client, body):
    for role in ("reader", "steering"):
        sit_down(client, role=role)
        assert client.get(LETTER).status_code == 403
        assert "Einladen" not in text(client.get(SHEET))
    seated(client, body, "secretary")
    assert client.get(LETTER).status_code == 200
    assert "Einladen" in text(client.get(SHEET))


def test_ohne_besetzten_sitz_wird_gesagt_wo_man_ihn_eintraegt(client):
    sit_down(client)
    assert "Kein Sitz ist besetzt" in text(client.get(LETTER))


@pytest.mark.usefixtures("seats")
def test_zurueckgenommen_bleibt_die_einladung_geschrieben_und_die_naechste_zaehlt_weiter(client):
    sit_down(client)
    client.post(LETTER, values(text(client.get(LETTER))))
    found = Meeting.objects.get()
    with change(by=Operator(), verb=Verb.CHANGED, of=found):  # as taking it back would
        found.state, found.invited, found.sequence = "planned", None, 0
    # The page of the meeting offers what would be written.
    assert "Änderung mitteilen" in text(client.get(SHEET))
    assert "Zuletzt geschrieben: Einladung am 01.06.2017 an 2 Postfächer" in text(
        client.get(LETTER)
    )
    client.post(LETTER, values(text(client.get(LETTER))))
    assert list(Notice.objects.values_list("sequence", flat=True)) == [1, 2]
    assert Meeting.objects.get().sequence == 2


@pytest.mark.usefixtures("seats")
def test_nach_der_sitzung_gibt_es_nichts_mehr_zu_schreiben(client, meeting):
    sit_down(client)
    with change(by=Operator(), verb=Verb.CHANGED, of=meeting):
        meeting.state = "held"
    assert "hat schon stattgefunden" in text(client.get(LETTER))
    answer = client.post(LETTER, {"subject": "x", "text": "x", "stand": meeting.version})
    assert answer.status_code == 422
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("many", [1, 3])
def test_wer_eingeladen_wird_steht_nach_acht_abfragen_fest(
    body, meeting, many, django_assert_num_queries
):
    for number in range(many):
        person = world.person(role="member", email=f"p{number}@b.test")
        seat = world.seat(body=body, order=number)
        world.tenure(seat=seat, person=person, mailbox=person.email)
    now = due(meeting)
    with django_assert_num_queries(8):
        found = addressees(Operator(), meeting, now, on=date(2017, 6, 1)).reached
    assert [one.sees for one in found] == [True] * many


@pytest.mark.parametrize("many", [1, 3])
def test_die_niederschrift_braucht_immer_gleich_viele_abfragen(
    client, body, meeting, many, django_assert_num_queries
):
    for number in range(many):
        item = world.agenda_item(meeting=meeting, title=f"Punkt {number}")
        world.action_point(body=body, item=item)
        world.tenure(seat=world.seat(body=body, order=number))
    sit_down(client)
    client.get(f"{SHEET}niederschrift.html")
    with django_assert_num_queries(10):
        client.get(f"{SHEET}niederschrift.html?fassung=voll")


# Calendar


def test_der_verweis_wird_einmal_gezeigt_und_oeffnet_den_kalender_ohne_konto(client):
    sit_down(client)
    page = text(client.post(BODY + "kalender/"))
    (path,) = re.findall(r"<code[^>]*>https?://[^/]+(/kalender/[^<]+)</code>", page)
    assert path not in text(client.get(BODY + "kalender/"))
    client.logout()
    answer = client.get(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert SECRET not in text(answer)
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1
    assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert client.get("/kalender/erfunden/").status_code == 404
    sit_down(client)
    client.post(BODY + "kalender/beenden/")
    assert client.get(path).status_code == 404


def test_den_verweis_vergibt_nur_wer_leitet(client):
    sit_down(client, role="reader")
    assert client.get(BODY + "kalender/").status_code == 403
    assert client.post(BODY + "kalender/").status_code == 403
    assert client.post(BODY + "kalender/beenden/").status_code == 403
