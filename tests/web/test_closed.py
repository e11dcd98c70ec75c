"""Was nicht öffentlich ist, zeigt keine Seite und keine Ausgabe denen, die es nicht sehen dürfen.

Punkte, Aufträge, Stationen, Vorlagen und Bewertungen anderer Gruppen tragen dasselbe Wort.

Walks the whole address table, as `test_two_tenants` does, within one tenant.
"""

from datetime import UTC, date, datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import world
from tests.web.test_two_tenants import says, shown
from tests.web.walk import OF_TENANT, addresses, foreign, seat

from gelingen.access.policy import Operator
from gelingen.access.queries import on_day
from gelingen.boards.enclosed import add_file
from gelingen.boards.feeds import feed_of, renew_link
from gelingen.transfer.exports import export

pytestmark = [
    pytest.mark.django_db, pytest.mark.usefixtures("fixed_day"), pytest.mark.once,
]  # fmt: skip
SECRET, OPEN = "Mondstein", "Salamander"
TODAY = date(2017, 6, 1)
# Pages on which somebody who may see it has to find it: otherwise the walk looks past it.
FOUND = {
    "meeting", "meeting-file", "minutes", "actions", "council-papers", "council-paper",
    "council-paper-file", "proposal", "ballot", "selection-scores",
}  # fmt: skip
ALONE = "eines Mitglieds"


@pytest.fixture
def county():
    """One body with everything that can be closed, each text with the word; one is public."""
    tenant = world.tenant()
    body = world.body(key="kreis", name="Kreisgremium", public=True)
    other = world.body(key="ag", name="AG Offen", public=True)
    world.endpoint(switched_on=True, since=datetime(2017, 5, 1, tzinfo=UTC))
    held = world.meeting(
        key="sitzung", body=body, day=TODAY, begins=time(14), state="held", minutes="approved",
        approved_in=world.meeting(key="juli", body=body, day=date(2017, 7, 1)),
    )  # fmt: skip
    world.agenda_item(key="offen", body=body, meeting=held, title=f"{OPEN} Punkt")
    item = world.agenda_item(
        key="zu", body=body, meeting=held, public=False, order=2, result="majority",
        **{name: f"{SECRET} {name}" for name in (
            "title", "about", "course", "resolution", "dissent", "responsible"
        )},
    )  # fmt: skip
    world.action_point(key="zu", body=body, item=item, text=f"{SECRET} Auftrag", public=False)
    for to in (held, item):
        file = SimpleUploadedFile("datei.txt", SECRET.encode())
        add_file(
            actor=Operator(day=TODAY), to=to, title=f"{SECRET} Datei", name="d.txt", content=file
        )
    proposal = world.proposal(key="idee", title=f"{OPEN} Vorschlag", body=other)
    world.station(
        key="zu", proposal=proposal, body=body, sender=body, public=False, item=item,
        recommendation=f"{SECRET} Empfehlung", answer="recommended", answered=TODAY,
        answer_text=f"{SECRET} Antwort",
    )  # fmt: skip
    paper = world.paper(
        key="zu", body=body, public=False, state="released", released=TODAY,
        **{name: f"{SECRET} {name}" for name in ("subject", "facts", "proposal", "cover")},
    )  # fmt: skip
    world.paper_version(key="zu", paper=paper, content={"subject": f"{SECRET} Fassung"})
    world.deliberation(key="zu", paper=paper, body=body, adopted=f"{SECRET} Wortlaut")
    world.consequence(key="zu", paper=paper, text=f"{SECRET} Folge")
    chosen = world.selection(key="wahl", body=body, state="weighing", showing="never")
    world.criterion(key="nutzen", selection=chosen)
    one = world.candidate(key="eins", selection=chosen, measure=world.measure(key="m1"))
    chosen.groups.add(body, other)
    world.ballot(
        key="zu", selection=chosen, body=body, sent=TODAY, scores={one.key: {"nutzen": 7}},
        comments={one.key: f"{SECRET} Bemerkung"},
    )  # fmt: skip
    alone = world.selection(key="einzeln", state="scoring", body=body, voting="within")
    alone.groups.add(body, other)
    two = world.candidate(key="zwei", selection=alone, measure=world.measure(key="m2"))
    world.member_ballot(
        selection=alone, body=body, person=world.person(role="member"), sent=TODAY,
        comments={two.key: f"{SECRET} {ALONE}"},
    )  # fmt: skip
    return tenant


def told(client, tenant):
    """Names of the pages that say the word to whoever sits there, and those that broke."""
    found, broken = set(), set()
    for name, path in OF_TENANT:
        for url in addresses(name, path, key=tenant.pk, of=tenant):
            searched = [] if foreign(path) else [f"{url}?q={SECRET}&suche={SECRET}"]
            for asked in (url, *searched):
                answer = client.get(asked)
                # What was searched for stands in the field again.
                text = shown(answer).replace(f'value="{SECRET}"', "").replace(f"„{SECRET}“", "")
                for said in (f"q={SECRET}", f"suche={SECRET}", f"{SECRET}: Suche"):
                    text = text.replace(said, "")
                if says(text, SECRET):
                    found.add(name)
                if answer.status_code >= 500:
                    broken.add(name)
    assert broken == set()
    return found


def test_wer_es_sehen_darf_findet_es(county):
    assert told(seat(world.person(role="officer")), county) >= FOUND


def test_was_ein_mitglied_sagt_findet_vor_dem_abschluss_auch_die_leitung_nirgends(county):
    client = seat(world.person(role="officer"))
    pages = [
        shown(client.get(url))
        for name, path in OF_TENANT
        for url in addresses(name, path, key=county.pk, of=county)
    ]
    assert any(says(page, SECRET) for page in pages)
    assert not any(says(page, f"{SECRET} {ALONE}") for page in pages)


def test_wer_es_nicht_sehen_darf_findet_es_nirgends(county):
    assert told(seat(world.person(role="reader")), county) == set()


def test_wer_in_einem_anderen_gremium_sitzt_findet_es_nirgends(county):
    person = world.person(role="member")
    group = world.body.model.objects.get(key="ag")
    world.tenure(seat=world.seat(body=group, office="chair"), person=person)
    assert told(seat(person), county) == set()


def test_schnittstelle_kalender_und_arbeitsmappe_sagen_nur_oeffentliches(county, tmp_path):
    client = Client()
    texts = [
        shown(client.get(f"/oparl/v1.1/{county.pk}/{kind}/"))
        for kind in ("", "body", "organization", "meeting", "agendaItem", "paper", "consultation")
    ]
    assert any(says(text, OPEN) for text in texts)
    officer = world.person(role="officer")
    body = world.body.model.objects.get(key="kreis")
    token = renew_link(actor=on_day(officer, on=TODAY), body=body, on=TODAY)
    texts.append(feed_of(token, on=TODAY).decode())
    export(officer, tmp_path / "mappe.xlsx", tenant=county)
    assert [text for text in texts if says(text, SECRET)] == []
