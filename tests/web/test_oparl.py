"""The OParl endpoint as programs read it, by the words of the specification 1.1.

Each field that the specification demands has a line in `REQUIRED`. No claim is made beyond.
"""

import json
import re
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha512
from urllib.parse import urlencode

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from tests import world
from tests.documents.reading import pdf_text

from gelingen.access.policy import Operator
from gelingen.boards.models import AgendaItem, Body, Meeting
from gelingen.history.recording import change, new_batch, remove
from gelingen.history.undo import undo_batch
from gelingen.oparl.models import Endpoint, LegislativeTerm
from gelingen.papers.models import Deliberation, Paper
from gelingen.register.attachments import attach
from gelingen.register.models import Attachment
from gelingen.terms.vocabulary import Verb

FILES = ("/datei/", "/herunterladen/")
OPERATOR = Operator(day=date(2017, 6, 1))
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
ROOT = "http://testserver/oparl/v1.1/09473/"
HIDDEN = "Geheimsache"
OF_ALL = {"id", "type", "created", "modified"}
LISTS = {
    "organization": "Organization", "person": "Person", "meeting": "Meeting", "paper": "Paper",
    "agendaItem": "AgendaItem", "consultation": "Consultation", "file": "File",
    "membership": "Membership", "locationList": "Location",
    "legislativeTermList": "LegislativeTerm",
}  # fmt: skip
# What the specification calls "zwingend", by type.
REQUIRED = {
    "System": {"oparlVersion", "body"},
    "Body": {"name", "legislativeTerm", *LISTS},
    "LegislativeTerm": set(),
    "Organization": set(),
    "Meeting": set(),
    "AgendaItem": {"order"},
    "Paper": set(),
    "Consultation": set(),
    "Location": set(),
    "File": {"accessUrl"},
}
# Not demanded, and still always told here where it is known.
TOLD = {
    "LegislativeTerm": {"body", "name", "startDate", "endDate"},
    "Organization": {"body", "name", "meeting", "organizationType", "classification"},
    "Meeting": {"name", "meetingState", "cancelled", "start", "end", "location", "organization",
                "agendaItem", "invitation"},
    "AgendaItem": {"meeting", "number", "name", "public", "consultation"},
    "Paper": {"body", "name", "reference", "date", "paperType", "originatorOrganization",
              "consultation", "mainFile", "auxiliaryFile"},
    "Consultation": {"paper", "agendaItem", "meeting", "organization", "authoritative", "role"},
    "Location": {"description", "meetings"},
    "File": {"name", "fileName", "mimeType", "size", "sha512Checksum", "downloadUrl", "paper"},
}  # fmt: skip


def opened(**fields):
    given = {"switched_on": True, "since": datetime(2017, 1, 1, tzinfo=UTC)}
    return world.endpoint(**given | fields)


def annex(paper, title, *, public=False):
    content = ContentFile(f"{title} Inhalt".encode())
    given = {"actor": OPERATOR, "to": paper, "title": title, "name": "a.txt", "content": content}
    return attach(**given, public=public)


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def county():
    """A county with its endpoint, one object of every type, and secrets beside each."""
    opened(contact_name="Kreistagsbüro", contact_email="kreistag@example.org")
    world.legislative_term(starts=date(2014, 5, 1), ends=date(2020, 5, 1))
    body = world.body(key="beirat", name="Integrationsbeirat", kind="advisory", public=True)
    hidden = world.body(key="stab", name=f"{HIDDEN} Stab", public=False)
    meeting = world.meeting(
        key="m1", body=body, day=date(2017, 6, 20), begins=time(17), until=time(19),
        place="Landratsamt, Saal 1", state="invited", chair=f"{HIDDEN} Leitung",
    )  # fmt: skip
    item = world.agenda_item(key="i1", body=body, meeting=meeting, title="Sprachkurse", order=2)
    world.agenda_item(
        key="i0", body=body, meeting=meeting, title=f"{HIDDEN} Vertrag", public=False, order=1
    )
    world.agenda_item(key="i2", body=body, title=f"{HIDDEN} Speicher")
    planned = world.meeting(key="m2", body=body, day=date(2017, 9, 1), guests=f"{HIDDEN} Gast")
    world.agenda_item(key="i3", body=body, meeting=planned, title=f"{HIDDEN} Entwurf")
    inner = world.meeting(key="m3", body=hidden, title=HIDDEN, place=HIDDEN, state="held")
    world.agenda_item(key="i4", body=hidden, meeting=inner, title=f"{HIDDEN} intern")
    paper = world.paper(
        key="p1", subject="Mehr Sprachkurse", number="12/2017", day=date(2017, 5, 2), body=body,
        state="released", released=date(2017, 5, 3), clerk=f"{HIDDEN} Sachbearbeitung",
    )  # fmt: skip
    annex(paper, "Übersicht", public=True)
    annex(paper, f"{HIDDEN} Anlage")
    world.deliberation(key="d1", paper=paper, body=body, item=item, role="advice")
    world.deliberation(key="d2", paper=paper, body=hidden, role="decision", order=2)
    draft = world.paper(key="p2", subject=f"{HIDDEN} Entwurf")
    annex(draft, f"{HIDDEN} Anlage", public=True)
    world.paper(key="p3", subject=HIDDEN, state="released", released=date(2017, 5, 3), public=False)
    seat = world.seat(body=body)
    world.tenure(seat=seat, function=f"{HIDDEN} Funktion", holder=f"{HIDDEN} Name")
    other = world.tenant("09463", f"Stadt {HIDDEN}")
    theirs = world.body(tenant=other, name=f"{HIDDEN} dort", public=True)
    world.meeting(tenant=other, body=theirs, title=f"{HIDDEN} dort", state="held")
    return world.tenant()


def get(url, status=200, **headers):
    answer = Client().get(url, headers=headers)
    assert answer.status_code == status, (url, answer.content)
    return json.loads(answer.content) if answer.content else {}


def every(kind, **asked):
    return get(f"{ROOT}{kind}/" + (f"?{urlencode(asked)}" if asked else ""))["data"]


def attached():
    """Files that somebody attached; of the others the size is not known before."""
    return [one for one in every("file") if "size" in one]


def of_type(name):
    """One object of a type as it stands alone."""
    if name == "System":
        return get(ROOT)
    if name == "Body":
        return get(f"{ROOT}body/09473/")
    kind = {"Location": "location", "LegislativeTerm": "legislativeTerm"}.get(name)
    (first, *_) = every(kind or name[0].lower() + name[1:])
    return get(first["id"])


def texts():
    """All that the endpoint answers, by address: followed from its root as a program does."""
    waiting, seen = [ROOT], {}
    while waiting:
        url = waiting.pop()
        if url in seen or not url.startswith(ROOT):
            continue
        answer = Client().get(url)
        assert answer.status_code == 200, url
        # Not closed by hand: outside the client that ends the request, and with it the connection.
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        pdf = answer["Content-Type"] == "application/pdf"
        said = pdf_text(content) if pdf else content.decode()
        seen[url] = said + answer.headers.get("Content-Disposition", "")
        waiting += re.findall(r'"(http://testserver/oparl/[^"]+)"', seen[url])
    return seen


# What the specification demands


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, field) for kind, more in REQUIRED.items() for field in sorted(OF_ALL | more)],
)
@pytest.mark.usefixtures("county")
def test_jedes_zwingende_feld_steht_im_objekt(kind, field):
    assert of_type(kind)[field] not in (None, "")


@pytest.mark.parametrize(
    ("kind", "field"), [(kind, field) for kind, more in TOLD.items() for field in sorted(more)]
)
@pytest.mark.usefixtures("county")
def test_was_bekannt_ist_wird_gesagt(kind, field):
    assert of_type(kind)[field] not in (None, "", [])


@pytest.mark.parametrize("kind", REQUIRED)
@pytest.mark.usefixtures("county")
def test_die_art_ist_die_adresse_aus_der_spezifikation(kind):
    assert of_type(kind)["type"] == f"https://schema.oparl.org/1.1/{kind}"


@pytest.mark.parametrize("kind", REQUIRED)
@pytest.mark.usefixtures("county")
def test_die_kennung_ist_die_adresse_unter_der_das_objekt_steht(kind):
    found = of_type(kind)
    assert get(found["id"]) == found


@pytest.mark.usefixtures("county")
def test_die_schnittstelle_nennt_die_fassung_der_spezifikation():
    assert get(ROOT)["oparlVersion"] == "https://schema.oparl.org/1.1/"


@pytest.mark.parametrize(("field", "kind"), LISTS.items())
@pytest.mark.usefixtures("county")
def test_jede_liste_der_koerperschaft_laesst_sich_abrufen(field, kind):
    found = get(of_type("Body")[field])
    assert set(found) == {"data", "pagination", "links"}
    assert {one["type"] for one in found["data"]} <= {f"https://schema.oparl.org/1.1/{kind}"}


@pytest.mark.usefixtures("county")
def test_kein_feld_ist_leer():
    """Nach der Spezifikation entfällt, was nicht bekannt ist; zwingende Listen dürfen leer sein."""
    empty = []
    for url, text in texts().items():
        if url.endswith(FILES):
            continue
        found = json.loads(text)
        for one in found.get("data", [found]):
            empty += [(url, name) for name, value in one.items() if value in (None, "", [], {})]
    assert empty == []


@pytest.mark.usefixtures("county")
def test_zeiten_haben_eine_zeitzone_und_tage_keine():
    (meeting, *_) = every("meeting")
    assert meeting["start"] == "2017-06-20T17:00:00+02:00"
    assert meeting["end"] == "2017-06-20T19:00:00+02:00"
    assert datetime.fromisoformat(meeting["created"]).tzinfo is not None
    (term,) = every("legislativeTerm")
    assert (term["startDate"], term["endDate"]) == ("2014-05-01", "2020-04-30")


@pytest.mark.usefixtures("county")
def test_eine_sitzung_ohne_uhrzeit_sagt_dass_sie_nur_einen_tag_hat():
    found = every("meeting")[1]
    assert found["start"] == "2017-09-01T00:00:00+02:00"
    assert found["gelingen:wholeDay"] is True
    assert "end" not in found


@pytest.mark.usefixtures("county")
def test_eingebettet_fehlt_der_verweis_auf_das_objekt_in_dem_es_steht():
    (meeting, *_) = every("meeting")
    (item,) = meeting["agendaItem"]
    assert "meeting" not in item
    assert get(item["id"]) == item | {"meeting": meeting["id"]}
    assert "meetings" not in meeting["location"]
    (paper,) = every("paper")
    (station,) = paper["consultation"]
    assert "paper" not in station
    assert get(station["id"]) == station | {"paper": paper["id"]}
    assert "body" not in of_type("Body")["legislativeTerm"][0]


@pytest.mark.usefixtures("county")
def test_ohne_eingebettete_objekte_bleibt_der_rest_wie_er_ist():
    (full, *_), (bare, *_) = every("meeting"), every("meeting", omit_internal="true")
    assert {"location", "agendaItem", "invitation"} == set(full) - set(bare)
    (paper,) = every("paper", omit_internal="true")
    assert {"consultation", "mainFile", "auxiliaryFile"}.isdisjoint(paper)


# What is public


@pytest.mark.usefixtures("county")
def test_nichts_nichtoeffentliches_und_nichts_fremdes_steht_irgendwo():
    found = texts()
    assert len(found) > 20
    assert any("Übersicht" in text for text in found.values())
    assert [url for url, text in found.items() if HIDDEN in text] == []
    assert [url for url in found if "09463" in url] == []


@pytest.mark.usefixtures("county")
def test_ein_nichtoeffentlicher_punkt_laesst_keine_luecke():
    (item,) = every("agendaItem")
    assert (item["number"], item["order"], item["name"]) == ("1", 0, "Sprachkurse")


@pytest.mark.usefixtures("county")
def test_keine_adresse_enthaelt_worte():
    for url in texts():
        parts = url.removeprefix(ROOT).partition("?")[0].rstrip("/").split("/")
        words = {"body", "location", "legislativeTerm", "datei", "herunterladen", *LISTS, ""}
        assert {one for one in parts if not one.isdigit()} <= words


@pytest.mark.usefixtures("county")
def test_wer_einen_sitz_hat_steht_nirgends():
    assert (every("person"), every("membership")) == ([], [])


@pytest.mark.parametrize("key", ["i0", "i2", "i3", "i4"])
@pytest.mark.usefixtures("county")
def test_was_nicht_oeffentlich_ist_gibt_es_unter_keiner_nummer(key):
    number = AgendaItem.objects.get(key=key).pk
    found = get(f"{ROOT}agendaItem/{number}/", 404)
    assert found["type"] == "https://schema.oparl.org/1.1/Error"


@pytest.mark.usefixtures("county")
def test_ein_gremium_eines_anderen_mandanten_gibt_es_hier_nicht():
    for kind, model in (("organization", Body), ("meeting", Meeting)):
        for number in model.objects.filter(tenant="09463").values_list("pk", flat=True):
            get(f"{ROOT}{kind}/{number}/", 404)
    get(f"{ROOT}body/09463/", 404)
    get("http://testserver/oparl/v1.1/09463/", 404)


def test_eine_schnittstelle_die_niemand_eingeschaltet_hat_gibt_es_nicht():
    world.tenant()
    get(ROOT, 404)
    world.endpoint(switched_on=False)
    for url in (ROOT, f"{ROOT}body/", f"{ROOT}meeting/"):
        found = get(url, 404)
        assert found["message"] == "Hier gibt es keine OParl-Schnittstelle."


@pytest.mark.usefixtures("county")
def test_ergebnis_und_wortlaut_stehen_erst_nach_der_genehmigung_da():
    edit(AgendaItem, "i1", result="unchanged", resolution="Es gibt mehr Kurse.")
    edit(Meeting, "m1", state="held", minutes="draft")
    (item,) = every("agendaItem")
    assert "result" not in item
    assert of_type("Meeting")["meetingState"] == "eingeladen"
    edit(Meeting, "m1", minutes="approved")
    (item,) = every("agendaItem")
    assert item["result"] == "unverändert beschlossen"
    assert item["resolutionText"] == "Es gibt mehr Kurse."
    assert of_type("Meeting")["meetingState"] == "durchgeführt"


@pytest.mark.usefixtures("county")
def test_eine_abgesagte_sitzung_sagt_es():
    edit(Meeting, "m1", state="cancelled")
    found = of_type("Meeting")
    assert (found["cancelled"], found["meetingState"]) == (True, "abgesagt")
    assert "agendaItem" not in found


@pytest.mark.usefixtures("county")
def test_das_uebergeordnete_gremium_wird_nur_genannt_wenn_es_oeffentlich_ist():
    edit(Body, "beirat", parent=Body.objects.get(key="stab"))
    assert "subOrganizationOf" not in of_type("Organization")
    edit(Body, "stab", public=True)
    found = {one["name"]: one for one in every("organization")}
    above = found[f"{HIDDEN} Stab"]["id"]
    assert found["Integrationsbeirat"]["subOrganizationOf"] == above


# What is gone


def edit(model, key, **values):
    thing = model.objects.get(key=key)
    with change(by="world", verb=Verb.CHANGED, of=thing):
        for name, value in values.items():
            setattr(thing, name, value)


def dropped(model, key, batch=""):
    """Remove something that no paper waits for any more."""
    if model in (Meeting, AgendaItem):
        edit(Deliberation, "d1", item=None)
    return remove(by="world", of=model.objects.get(key=key), batch=batch)


def shared_file():
    return Attachment.objects.get(title="Übersicht")


def long_ago():
    return "2017-01-01T00:00:00+01:00"


GONE = [
    ("organization", lambda: edit(Body, "beirat", public=False)),
    ("meeting", lambda: edit(Body, "beirat", public=False)),
    ("meeting", lambda: dropped(Meeting, "m1")),
    ("agendaItem", lambda: dropped(AgendaItem, "i1")),
    ("agendaItem", lambda: edit(AgendaItem, "i1", public=False)),
    ("agendaItem", lambda: edit(AgendaItem, "i1", meeting=None)),
    ("agendaItem", lambda: edit(Meeting, "m1", state="planned")),
    ("agendaItem", lambda: edit(Body, "beirat", public=False)),
    ("location", lambda: edit(Meeting, "m1", place="")),
    ("location", lambda: dropped(Meeting, "m1")),
    ("legislativeTerm", lambda: dropped(LegislativeTerm, LegislativeTerm.objects.get().key)),
    ("paper", lambda: edit(Paper, "p1", public=False)),
    ("paper", lambda: edit(Paper, "p1", state="withdrawn")),
    ("paper", lambda: dropped(Paper, "p1")),
    ("file", lambda: edit(Paper, "p1", state="withdrawn")),
    ("file", lambda: edit(Attachment, shared_file().key, public=False)),
    ("file", lambda: dropped(Attachment, shared_file().key)),
    ("consultation", lambda: dropped(Deliberation, "d1")),
    ("consultation", lambda: edit(Paper, "p1", state="draft")),
    ("consultation", lambda: edit(Body, "beirat", public=False)),
]


@pytest.mark.parametrize(("kind", "deed"), GONE)
@pytest.mark.usefixtures("county")
def test_was_nicht_mehr_oeffentlich_ist_sagt_nur_dass_es_weg_ist(kind, deed):
    (before, *_) = every(kind)
    deed()
    found = get(before["id"])
    assert set(found) == {"id", "type", "created", "modified", "deleted"}
    assert (found["id"], found["type"]) == (before["id"], before["type"])
    assert (found["created"], found["deleted"]) == (before["created"], True)
    assert found["modified"] >= before["modified"]


@pytest.mark.parametrize(("kind", "deed"), GONE)
@pytest.mark.usefixtures("county")
def test_was_weg_ist_steht_nur_in_listen_mit_modified_since(kind, deed):
    (before, *_) = every(kind)
    deed()
    assert before["id"] not in {one["id"] for one in every(kind)}
    found = {one["id"]: one for one in every(kind, modified_since=long_ago())}
    assert found[before["id"]]["deleted"] is True


@pytest.mark.usefixtures("county")
def test_was_nie_oeffentlich_war_hinterlaesst_nichts():
    for model, key in ((AgendaItem, "i0"), (AgendaItem, "i2"), (AgendaItem, "i3")):
        dropped(model, key)
    dropped(Meeting, "m3")
    dropped(Paper, "p2")
    edit(AgendaItem, "i1", title="Sprachkurse am Abend")
    for kind in ("agendaItem", "meeting", "paper", "organization"):
        found = every(kind, modified_since=long_ago())
        assert not any(one.get("deleted") for one in found), kind


@pytest.mark.usefixtures("county")
def test_was_weg_war_bevor_die_schnittstelle_eingeschaltet_wurde_verraet_sie_nicht():
    (before, *_) = every("meeting")
    dropped(Meeting, "m1")
    edit(Endpoint, Endpoint.objects.get().key, since=datetime(2100, 1, 1, tzinfo=UTC))
    assert len(every("meeting", modified_since=long_ago())) == 1
    get(before["id"], 404)


@pytest.mark.usefixtures("county")
def test_was_zurueckgeholt_wird_hat_seine_alte_kennung():
    (before, *_) = every("meeting")
    batch = new_batch()
    dropped(Meeting, "m1", batch)
    undo_batch(batch, by="world")
    (found, *_) = every("meeting")
    assert found["id"] == before["id"]
    assert "deleted" not in found
    assert [one["id"] for one in found["agendaItem"]] == [before["agendaItem"][0]["id"]]


@pytest.mark.usefixtures("county")
def test_aendert_sich_etwas_eingebettetes_ist_auch_das_ganze_geaendert():
    def stand():
        return [datetime.fromisoformat(every(kind)[0]["modified"]) for kind in ("meeting", "paper")]

    edit_past(hours=5)
    before = stand()
    dropped(AgendaItem, "i1")
    assert all(now > then for now, then in zip(stand(), before, strict=True))


def edit_past(**back):
    """Let everything that was written so far have been written earlier."""
    written = (Body, Meeting, AgendaItem, Paper, Deliberation, Attachment, Endpoint)
    for model in (*written, LegislativeTerm):
        for one in model.history.all():
            one.history_date -= timedelta(**back)
            one.save()


# Lists


@pytest.mark.usefixtures("county")
def test_listen_lassen_sich_nach_zeiten_einschraenken():
    edit_past(days=10)
    border = (Meeting.history.latest().history_date + timedelta(days=5)).isoformat()
    edit(Meeting, "m2", place="Rathaus")
    changed, unchanged = (
        [one["start"][:10] for one in every("meeting", **{name: border})]
        for name in ("modified_since", "modified_until")
    )
    assert (changed, unchanged) == (["2017-09-01"], ["2017-06-20"])
    assert len(every("meeting", created_until=border)) == 2
    assert every("meeting", created_since=border) == []
    (meeting, *_) = every("meeting")
    for name in ("created_since", "created_until"):
        shown = every("meeting", **{name: meeting["created"]})
        assert meeting["id"] in {one["id"] for one in shown}


@pytest.mark.usefixtures("county")
def test_ein_plus_das_niemand_verschluesselt_hat_wird_verstanden():
    url = f"{ROOT}meeting/?modified_since=2017-01-01T00:00:00+01:00"
    assert len(get(url)["data"]) == 2


@pytest.mark.parametrize(
    "asked",
    ["modified_since=gestern", "created_until=2017-01-01T00:00:00", "limit=0", "page=-1", "page=x",
     "limit=9999999999", "page=2"],
)  # fmt: skip
@pytest.mark.usefixtures("county")
def test_was_keinen_sinn_ergibt_wird_mit_einem_satz_abgelehnt(asked):
    found = get(f"{ROOT}meeting/?{asked}", 400)
    assert found["type"] == "https://schema.oparl.org/1.1/Error"
    assert found["message"].endswith((".", "?"))


def test_seiten_einer_liste_verweisen_aufeinander_und_behalten_was_gefragt_war():
    opened()
    body = world.body(public=True)
    for number in range(5):
        world.meeting(key=f"s{number}", body=body, day=date(2017, 1, 1 + number))
    asked = urlencode({"modified_since": long_ago(), "limit": 2, "omit_internal": "true"})
    url, seen, pages = f"{ROOT}meeting/?{asked}", [], []
    while url:
        page = get(url)
        assert page["links"]["self"] == url
        seen += [one["id"] for one in page["data"]]
        pages.append(page["pagination"])
        url = page["links"].get("next")
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen, key=lambda one: int(one.rstrip("/").rpartition("/")[2]))
    assert pages[1] == {
        "totalElements": 5, "elementsPerPage": 2, "currentPage": 2, "totalPages": 3,
    }  # fmt: skip
    last = get(page["links"]["prev"])["links"]["last"]
    assert last == page["links"]["self"]
    assert get(page["links"]["first"])["pagination"]["currentPage"] == 1


@pytest.mark.usefixtures("county")
def test_die_liste_der_sitzungen_eines_gremiums_hat_nur_seine():
    other = world.body(key="ag", public=True)
    world.meeting(body=other, day=date(2017, 7, 1))
    shown = {one["name"]: get(one["meeting"])["data"] for one in every("organization")}
    assert [len(found) for found in shown.values()] == [2, 1]
    get(f"{ROOT}organization/{Body.objects.get(key='stab').pk}/meeting/", 404)


QUERIES = {
    "organization": 3, "meeting": 9, "agendaItem": 8, "location": 6, "paper": 12,
    "consultation": 9, "legislativeTerm": 3, "file": 11,
}  # fmt: skip
# Of the paper, the meeting and the item one each, the paper itself and the invitation.
FILES_EACH = 5


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), QUERIES.items())
def test_eine_liste_kostet_immer_gleich_viele_abfragen(
    kind, queries, rows, django_assert_num_queries
):
    opened()
    for number in range(rows):
        world.legislative_term(name=f"Zeit {number}")
        body = world.body(public=True)
        meeting = world.meeting(body=body, place="Saal", state="invited")
        item = world.agenda_item(body=body, meeting=meeting)
        paper = world.paper(state="released", released=date(2017, 5, 3), body=body)
        for to in (paper, meeting, item):
            annex(to, f"Anlage {number}", public=True)
        world.deliberation(paper=paper, body=body, item=item)
    with django_assert_num_queries(queries):
        assert len(every(kind)) == rows * (FILES_EACH if kind == "file" else 1)


# How it answers


@pytest.mark.parametrize("path", ["", "body/", "meeting/", "meeting/999999/", "meeting/?page=9"])
@pytest.mark.usefixtures("county")
def test_seiten_anderer_duerfen_die_schnittstelle_im_browser_lesen(path):
    answer = Client().get(f"{ROOT}{path}")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert not answer.cookies


@pytest.mark.usefixtures("county")
def test_umlaute_stehen_als_utf_8_da():
    answer = Client().get(ROOT)
    assert "Kreistagsbüro".encode() in answer.content
    assert not answer.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.usefixtures("county")
def test_was_sich_nicht_geaendert_hat_wird_nicht_noch_einmal_geschickt():
    url = f"{ROOT}meeting/"
    first = Client().get(url)
    for headers in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = Client().get(url, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
    edit(Meeting, "m1", place="Rathaus")
    assert Client().get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.usefixtures("county")
def test_schreiben_laesst_sich_nichts():
    assert Client().post(ROOT).status_code == 405


@pytest.mark.usefixtures("county")
def test_niemand_braucht_ein_konto_und_keines_zeigt_mehr():
    signed = Client()
    signed.force_login(world.person())
    for url, text in texts().items():
        if not url.endswith(FILES):
            assert signed.get(url).content.decode() == text


# Files


@pytest.mark.usefixtures("county")
def test_eine_datei_laesst_sich_ansehen_und_mit_namen_aufheben():
    (found,) = attached()
    shown, kept = Client().get(found["accessUrl"]), Client().get(found["downloadUrl"])
    assert not shown["Content-Disposition"].startswith("attachment")
    assert kept["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%9Cbersicht.txt")
    for answer in (shown, kept):
        assert b"".join(answer.streaming_content).decode() == "Übersicht Inhalt"
        assert answer["Content-Type"] == "text/plain"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert int(answer["Content-Length"]) == found["size"]


@pytest.mark.usefixtures("county")
def test_die_pruefsumme_ist_die_der_heruntergeladenen_datei_auch_in_der_vorlage():
    (found,), (paper,) = attached(), every("paper")
    kept = b"".join(Client().get(found["downloadUrl"]).streaming_content)
    assert found["sha512Checksum"] == sha512(kept).hexdigest()
    assert [one["sha512Checksum"] for one in paper["auxiliaryFile"]] == [found["sha512Checksum"]]


@pytest.mark.usefixtures("county")
def test_fehlt_die_datei_selbst_fehlt_nur_ihre_pruefsumme():
    shared_file().file.storage.delete(str(shared_file().file))
    (found,) = attached()
    assert "sha512Checksum" not in found
    assert found["name"] == "Übersicht"
    assert "verloren" in get(found["downloadUrl"], 404)["message"]


@pytest.mark.usefixtures("county")
def test_eine_datei_die_nicht_mehr_oeffentlich_ist_ist_weg():
    (found,) = attached()
    edit(Paper, "p1", public=False)
    assert get(found["accessUrl"], 410)["message"] == "Diese Datei gibt es nicht mehr."


@pytest.mark.usefixtures("county")
def test_eine_datei_die_nie_oeffentlich_war_gibt_es_nicht():
    for number in Attachment.objects.exclude(title="Übersicht").values_list("pk", flat=True):
        get(f"{ROOT}file/{number}/", 404)
        get(f"{ROOT}file/{number}/datei/", 404)


@pytest.mark.usefixtures("county")
def test_die_vorlage_nennt_ihre_dateien():
    (paper,) = every("paper")
    (inside,) = paper["auxiliaryFile"]
    assert get(inside["id"]) == inside | {"paper": [paper["id"]]}
