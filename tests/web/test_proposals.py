"""Vorschläge am Arbeitsplatz: einbringen, unterstützen, weiterleiten, antworten, zusammenlegen."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, SCRIPT, sit_down, text
from tests.web.test_lists import names

from gelingen.boards.models import AgendaItem
from gelingen.history.models import ChangeEvent
from gelingen.plan.models import Measure
from gelingen.proposals.models import Proposal, Station, Supporter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
BASE = DESK + "gremien/vorschlaege/"
ONE = BASE + "vorschlag/idee/"
DEEDS = ("Weiterleiten", "Unterstützen", "Zusammenlegen", "Ändern", "Zurückziehen")


@pytest.fixture
def bodies():
    kinds = {"ag": "working_group", "ag2": "working_group", "beirat": "advisory", "sg": "steering"}
    return {key: world.body(key=key, name=key.upper(), kind=kind) for key, kind in kinds.items()}


def chair(client, body, office="chair"):
    person = world.person(role="member")
    world.tenure(seat=world.seat(body=body, office=office), person=person)
    client.force_login(person)
    return person


def idea(body, **fields):
    return world.proposal(**{"key": "idee", "title": "Stadtteilmütter", "body": body, **fields})


def send(client, url, **given):
    """Send a form as a person who has just opened it."""
    stand = re.search(r'name="stand" value="([^"]*)"', text(client.get(url)))
    seen = {"stand": stand[1]} if stand else {}
    return client.post(url, {**seen, **given}, follow=True)


def offered(page):
    return [one for one in DEEDS if f">{one}<" in page]


# Die Liste


@pytest.mark.parametrize("number", [1, 3])
def test_die_seiten_kosten_gleich_viel_bei_einem_und_bei_drei(client, bodies, number):
    topic = world.topic(key="bildung")
    for order in range(number):
        one = idea(bodies["ag"], key="idee" if not order else f"idee{order}", topics=[topic])
        for body in [*bodies.values()][1 : number + 1]:
            world.supporter(proposal=one, body=body, topics=[topic])
            item = world.agenda_item(body=bodies["sg"])
            world.station(proposal=one, body=bodies["sg"], item=item, public=False)
    sit_down(client)
    found = {}
    for path in (BASE, ONE, f"{ONE}weiterleiten/", f"{ONE}zusammenlegen/"):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        found[path.removeprefix(BASE)] = len(queries)
    assert found == {
        "": 14,
        "vorschlag/idee/": 15,
        "vorschlag/idee/weiterleiten/": 13,
        "vorschlag/idee/zusammenlegen/": 6,
    }


def test_die_liste_sagt_bei_wem_ein_vorschlag_liegt_seit_wann_und_wer_ihn_unterstuetzt(
    client, bodies
):
    one = idea(bodies["ag"])
    world.supporter(proposal=one, body=bodies["ag2"])
    world.station(
        proposal=one, body=bodies["sg"], sender=bodies["ag"], since=date(2017, 5, 3),
        due=date(2017, 5, 20),
    )  # fmt: skip
    sit_down(client, role="reader")
    page = text(client.get(BASE))
    for said in ("AG2", "SG", "03.05.2017", "wartet auf Antwort", "Frist vorbei"):
        assert said in page
    assert "1 Vorschlag, davon wartet 1 auf Antwort. Bei einem ist die Frist vorbei." in page
    assert ">Neuer Vorschlag<" not in page


def test_die_liste_laesst_sich_einschraenken(client, bodies):
    topic = world.topic(key="bildung")
    mine = idea(bodies["ag"])
    other = idea(bodies["ag2"], key="zwei", title="Elterncafé", kind="need", topics=[topic])
    gone = idea(bodies["ag2"], key="drei", title="Aufgegangen", merged_into=mine)
    world.supporter(proposal=other, body=bodies["beirat"])
    world.station(proposal=mine, body=bodies["sg"])
    assert gone
    chair(client, bodies["ag"], "member")
    for query, expected in (
        ("", {"Stadtteilmütter", "Elterncafé"}),
        ("stand=merged", {"Aufgegangen"}),
        ("stand=own", {"Elterncafé"}),
        ("art=need", {"Elterncafé"}),
        ("gremium=sg", {"Stadtteilmütter"}),
        ("gremium=beirat", {"Elterncafé"}),
        ("thema=bildung", {"Elterncafé"}),
        ("meine=ja", {"Stadtteilmütter"}),
        ("stand=adopted", set()),
    ):
        assert set(names(text(client.get(f"{BASE}?{query}")))) == expected, query
    assert "Kein Vorschlag passt" in text(client.get(f"{BASE}?stand=adopted"))


def test_ohne_vorschlaege_sagt_die_seite_was_hier_stehen_wird(client, bodies):
    chair(client, bodies["ag"], "member")
    page = text(client.get(BASE))
    assert "Noch kein Vorschlag" in page
    assert "Vorschlagen kann, wer ein Gremium leitet." in page
    chair(client, bodies["ag"])
    assert "Beginnen Sie mit" in text(client.get(BASE))


# Einbringen


def test_ein_vorsitz_schlaegt_etwas_vor_und_nimmt_es_zurueck(client, bodies):
    world.topic(key="bildung", name="Bildung")
    person = chair(client, bodies["ag"])
    given = {"body": "ag", "kind": "measure", "title": "Stadtteilmütter", "topics": ["bildung"]}
    page = text(client.post(f"{BASE}neu/", given, follow=True))
    assert "Vorgeschlagen: Stadtteilmütter." in page
    assert offered(page) == ["Weiterleiten", "Ändern", "Zurückziehen"]
    made = Proposal.objects.get()
    assert (made.made, made.body) == (date(2017, 6, 1), bodies["ag"])
    batch = ChangeEvent.objects.filter(by=str(person)).latest("pk").batch
    client.post(f"{DESK}eintrag/zuruecknehmen/{batch}/")
    assert not Proposal.objects.exists()


def test_einem_vorschlag_fuer_ein_fremdes_gremium_wird_widersprochen(client, bodies):
    chair(client, bodies["ag"])
    given = {"body": "sg", "kind": "measure", "title": "Stadtteilmütter"}
    assert client.post(f"{BASE}neu/", given).status_code == 422
    chair(client, bodies["ag"], "member")
    assert client.get(f"{BASE}neu/").status_code == 403


def test_vor_einem_aehnlichen_vorschlag_wird_einmal_gewarnt(client, bodies):
    idea(bodies["ag2"], title="Stadtteil-Mütter")
    chair(client, bodies["ag"])
    part = text(client.get(f"{BASE}aehnlich/?title=Stadtteilmuetter", headers=SCRIPT))
    assert "Stadtteil-Mütter (AG2)" in part
    given = {"body": "ag", "kind": "measure", "title": "Stadtteilmütter"}
    page = text(client.post(f"{BASE}neu/", given))
    assert "Gibt es schon" in page
    assert Proposal.objects.count() == 1
    client.post(f"{BASE}neu/", {**given, "trotzdem": "Stadtteilmütter"})
    assert Proposal.objects.count() == 2


def test_der_vorschlag_zu_einer_massnahme_ist_vorausgefuellt_und_steht_bei_ihr(client, bodies):
    world.measure(key="kurs", title="Kurs")
    chair(client, bodies["ag"])
    page = text(client.get(f"{BASE}neu/?massnahme=kurs"))
    assert '<option value="kurs" selected>Kurs</option>' in page
    idea(bodies["ag"], measure=Measure.objects.get())
    assert "Stadtteilmütter" in text(client.get(f"{DESK}plan/massnahmen/kurs/"))


def test_zwei_die_zugleich_aendern_sehen_beide_fassungen(client, bodies):
    idea(bodies["ag"])
    chair(client, bodies["ag"])
    first = {"stand": "1", "kind": "measure", "title": "Elternlotsinnen"}
    assert "Gespeichert." in text(client.post(f"{ONE}aendern/", first, follow=True))
    page = text(client.post(f"{ONE}aendern/", {**first, "title": "Elternlotsen"}))
    assert "Elternlotsinnen" in page
    assert "Elternlotsen" in page
    assert Proposal.objects.get().title == "Elternlotsinnen"


def test_zurueckziehen_nennt_den_grund_und_nimmt_die_knoepfe(client, bodies):
    idea(bodies["ag"])
    chair(client, bodies["ag"])
    page = text(send(client, f"{ONE}zurueckziehen/", why="Träger fehlt"))
    assert "Zurückgezogen am 01.06.2017: Träger fehlt." in page
    assert offered(page) == []


# Unterstützen


def test_eine_andere_gruppe_unterstuetzt_und_hoert_wieder_auf(client, bodies):
    idea(bodies["ag"])
    world.topic(key="begegnung", name="Begegnung")
    chair(client, bodies["ag2"])
    page = text(client.get(ONE))
    assert offered(page) == ["Unterstützen"]
    given = {"body": "ag2", "topics": ["begegnung"], "reason": "Passt zu uns"}
    page = text(client.post(f"{ONE}unterstuetzen/", given, follow=True))
    for said in ("AG2", "Begegnung", "Passt zu uns", ">Nicht mehr unterstützen<"):
        assert said in page
    assert client.get(f"{ONE}unterstuetzen/").status_code == 403
    one = Supporter.objects.get()
    client.post(f"{BASE}unterstuetzung/{one.key}/beenden/")
    assert not Supporter.objects.exists()


# Weiterleiten und antworten


def test_weiterleiten_mit_empfehlung_frist_und_dringlichkeit(client, bodies):
    idea(bodies["ag"])
    chair(client, bodies["ag"])
    given = {
        "to": "sg", "task": "decide", "due": "30.06.2017", "priority": "1",
        "recommendation": "Bald beginnen",
    }  # fmt: skip
    page = text(send(client, f"{ONE}weiterleiten/", **given))
    for said in (
        "Weitergeleitet.", "Liegt bei: SG, seit 01.06.2017", "AG empfiehlt: Bald beginnen",
        "Antwort bis 30.06.2017", "Dringlichkeit hoch",
    ):  # fmt: skip
        assert said in page
    assert Station.objects.get().due == date(2017, 7, 1)
    assert client.get(f"{ONE}weiterleiten/").status_code == 403


def test_wer_noch_nicht_geantwortet_hat_kann_nur_eine_stellungnahme_erbitten(client, bodies):
    one = idea(bodies["ag"])
    world.station(proposal=one, body=bodies["sg"], sender=bodies["ag"], task="decide")
    chair(client, bodies["sg"])
    page = text(client.get(ONE))
    assert ">Stellungnahme erbitten<" in page
    assert ">Weiterleiten<" not in page
    form = text(client.get(f"{ONE}weiterleiten/"))
    assert 'value="advise"' in form
    assert 'value="decide"' not in form


def test_wer_zugleich_weiterleitet_bemerkt_es(client, bodies):
    idea(bodies["ag"])
    chair(client, bodies["ag"])
    send(client, f"{ONE}weiterleiten/", to="beirat", task="advise")
    late = {"stand": "0", "to": "sg", "task": "decide"}
    page = text(client.post(f"{ONE}weiterleiten/", late))
    assert "Inzwischen hat jemand den Vorschlag weitergeleitet." in page
    assert Station.objects.count() == 1


def test_der_beirat_antwortet_und_die_gruppe_sieht_was_daraus_wurde(client, bodies):
    one = idea(bodies["ag"])
    station = world.station(proposal=one, body=bodies["beirat"], sender=bodies["ag"], task="advise")
    chair(client, bodies["beirat"])
    url = f"{BASE}station/{station.key}/antwort/"
    assert 'value="adopted"' not in text(client.get(url))
    send(client, url, answer="recommended", text="Der Beirat ist dafür.", on="01.06.2017")
    chair(client, bodies["ag"], "member")
    page = text(client.get(ONE))
    assert "empfohlen am 01.06.2017" in page
    assert "Der Beirat ist dafür." in page
    assert client.get(url).status_code == 403
    stale = {"stand": "1", "answer": "noted", "on": "01.06.2017"}
    chair(client, bodies["ag"])
    assert offered(text(client.get(ONE))) == ["Weiterleiten", "Zurückziehen"]
    chair(client, bodies["beirat"])
    page = text(client.post(url, stale))
    assert "Inzwischen hat jemand hier geantwortet." in page
    assert 'name="stand" value="2"' in page


def test_die_antwort_aus_der_sitzung_ist_vorausgefuellt(client, bodies):
    one = idea(bodies["ag"])
    station = world.station(proposal=one, body=bodies["sg"], sender=bodies["ag"], task="decide")
    chair(client, bodies["sg"])
    client.post(f"{BASE}station/{station.key}/tagesordnung/")
    item = AgendaItem.objects.get()
    assert "Themenspeicher" in text(client.get(ONE))
    meeting = world.meeting(body=bodies["sg"], day=date(2017, 5, 20))
    assert item.origin == "proposal:idee"
    done = world.agenda_item(
        meeting=meeting, title="x", origin="proposal:idee", result="majority",
        resolution="Wird umgesetzt.", public=False,
    )  # fmt: skip
    page = text(client.get(ONE))
    url = f"{BASE}station/{station.key}/antwort/?punkt={done.key}"
    assert url in page
    form = text(client.get(url))
    assert '<option value="adopted" selected>angenommen</option>' in form
    assert "Wird umgesetzt." in form
    given = {"answer": "adopted", "text": "Wird umgesetzt.", "on": "20.05.2017", "closed": "on"}
    page = text(send(client, url, **given))
    assert "angenommen am 20.05.2017" in page
    station = Station.objects.get()
    assert (station.item, station.public) == (done, False)


def test_nichtoeffentliches_steht_nirgends_wo_es_nicht_hingehoert(client, bodies):
    one = idea(bodies["ag"])
    item = world.agenda_item(
        body=bodies["sg"], public=False, title="MARKER", origin="proposal:idee"
    )
    world.station(
        proposal=one, body=bodies["sg"], sender=bodies["ag"], task="decide", public=False,
        recommendation="MARKER", answer="rejected", answer_text="MARKER", item=item,
        answered=date(2017, 5, 20), due=date(2017, 5, 10),
    )  # fmt: skip
    town = world.tenant("09463", "Stadt Coburg")
    people = [
        lambda: sit_down(client, role="reader"),
        lambda: chair(client, bodies["ag"]),
        lambda: chair(client, bodies["ag2"], "member"),
    ]
    for log_in in people:
        log_in()
        for url in (BASE, ONE, DESK, f"{DESK}suche/?q=MARK", f"{DESK}gremien/gremium/sg/"):
            page = text(client.get(url))
            assert page.replace("suche/?q=MARK", "").count("MARKER") == page.count(
                'value="MARKER"'
            ) + page.count("„MARKER“"), url
            assert "abgelehnt" not in page.replace('<option value="rejected">abgelehnt', "")
            assert "20.05.2017" not in page
        assert "wird nichtöffentlich behandelt" in text(client.get(BASE))
    chair(client, bodies["sg"], "member")
    assert "MARKER" in text(client.get(ONE))
    sit_down(client, at=town)
    assert client.get(ONE).status_code == 404
    assert client.get(ONE.replace("09473", "09463")).status_code == 404


# Zusammenlegen und umsetzen


def test_zusammenlegen_zeigt_vorher_was_geschieht(client, bodies):
    idea(bodies["ag"])
    idea(bodies["ag2"], key="zwei", title="Stadtteil-Mütter")
    sit_down(client)
    page = text(client.post(f"{ONE}zusammenlegen/", {"others": "zwei"}))
    assert "AG2 schlägt es auch vor und unterstützt „Stadtteilmütter“." in page
    assert not Supporter.objects.exists()
    stamp = re.search(r'name="stempel" value="([^"]*)"', page)[1]
    given = {"others": "zwei", "stempel": stamp}
    page = text(client.post(f"{ONE}zusammenlegen/", given, follow=True))
    assert "Zusammengelegt: Stadtteilmütter." in page
    assert "Darin aufgegangen" in page
    assert "dort geht es weiter" in text(client.get(f"{BASE}vorschlag/zwei/"))
    chair(client, bodies["ag"])
    assert client.get(f"{ONE}zusammenlegen/").status_code == 403


@pytest.mark.parametrize(("kind", "maturity"), [("steering", "planned"), ("council", "decided")])
def test_was_angenommen_ist_wird_als_massnahme_angelegt_oder_verbunden(
    client, bodies, kind, maturity
):
    who = world.body(key="wer", kind=kind)
    topic = world.topic(key="bildung", name="Bildung")
    one = idea(bodies["ag"], topics=[topic], text="Mütter besuchen Mütter.")
    said = {"answer": "adopted", "answered": date(2017, 5, 20)}
    world.station(proposal=one, body=who, sender=bodies["ag"], task="decide", **said)
    sit_down(client)
    page = text(client.get(ONE))
    assert ">Als Maßnahme anlegen<" in page
    form = text(client.get(f"{ONE}umsetzen/"))
    assert 'value="Stadtteilmütter"' in form
    assert '<option value="bildung" selected>Bildung</option>' in form
    assert client.post(f"{ONE}umsetzen/", {"name": ""}).status_code == 422
    given = {"name": "Stadtteilmütter", "topic": "bildung"}
    client.post(f"{ONE}umsetzen/", given)
    made = Measure.objects.get()
    assert (made.title, made.description, made.maturity) == (
        "Stadtteilmütter", "Mütter besuchen Mütter.", maturity,
    )  # fmt: skip
    assert "angenommen am 20.05.2017" in made.source
    assert Proposal.objects.get().measure == made
    batch = ChangeEvent.objects.latest("pk").batch
    client.post(f"{DESK}eintrag/zuruecknehmen/{batch}/")
    assert (Measure.objects.count(), Proposal.objects.get().measure) == (0, None)
    world.measure(key="kurs", title="Kurs", topic=topic)
    client.post(f"{ONE}umsetzen/", {"there": "kurs"})
    assert Proposal.objects.get().measure.key == "kurs"


def test_ein_angenommener_bedarf_wird_ein_bedarf(client, bodies):
    one = idea(bodies["ag"], kind="need")
    world.topic(key="bildung")
    world.target_group(key="frauen")
    world.territory(key="09473112")
    said = {"answer": "adopted", "answered": date(2017, 5, 20)}
    world.station(proposal=one, body=bodies["sg"], sender=bodies["ag"], task="decide", **said)
    sit_down(client)
    assert ">Als Bedarf anlegen<" in text(client.get(ONE))
    given = {
        "name": "Mütter erreichen", "topic": "bildung", "target_group": "frauen",
        "territory": "09473112",
    }  # fmt: skip
    assert client.post(f"{ONE}umsetzen/", given).status_code == 302
    assert Proposal.objects.get().need.statement == "Mütter erreichen"


def test_was_nicht_angenommen_ist_wird_nichts(client, bodies):
    idea(bodies["ag"])
    sit_down(client)
    assert client.get(f"{ONE}umsetzen/").status_code == 422


def test_vorschlaege_lassen_sich_aus_der_auswahl_auf_die_tagesordnung_setzen(client, bodies):
    one = idea(bodies["ag"])
    idea(bodies["ag2"], key="fremd", title="Fremd")
    world.station(proposal=one, body=bodies["sg"], sender=bodies["ag"])
    meeting = world.meeting(key="juni", body=bodies["sg"])
    chair(client, bodies["sg"])
    url = f"{DESK}gremien/sitzungen/speicher/sg/auswahl/?woher=proposal&sitzung={meeting.key}"
    page = text(client.get(url))
    assert page.count('name="wahl"') == 1
    client.post(url, {"wahl": "proposal:idee"})
    assert AgendaItem.objects.get().origin == "proposal:idee"
    assert "Stadtteilmütter" in text(client.get(f"{DESK}gremien/sitzungen/sitzung/juni/"))


# Heute; in einem leeren Mandanten sagt es, womit man beginnt


def test_heute_nennt_was_gefragt_ist_und_welche_antwort_kam(client, bodies):
    world.structure()
    one = idea(bodies["ag"])
    world.supporter(proposal=one, body=bodies["ag2"])
    world.station(
        key="s1", proposal=one, body=bodies["beirat"], sender=bodies["ag"], task="advise",
        due=date(2017, 6, 11),
    )  # fmt: skip
    chair(client, bodies["beirat"])
    page = text(client.get(DESK))
    assert "BEIRAT: Stellungnahme bis 10.06.2017, erbeten von AG." in page
    number = Station.objects.get().pk
    assert f"vorschlag/idee/#station-{number}" in page
    send(client, f"{BASE}station/s1/antwort/", answer="recommended", on="01.06.2017")
    assert "BEIRAT: Stellungnahme" not in text(client.get(DESK))
    for body in ("ag", "ag2"):
        chair(client, bodies[body], "member")
        page = text(client.get(DESK))
        assert "BEIRAT hat am 01.06.2017 geantwortet: empfohlen." in page
    sit_down(client, role="reader")
    assert "geantwortet" not in text(client.get(DESK))


def test_heute_nennt_keine_nichtoeffentliche_antwort_und_keine_alte(client, bodies):
    world.structure()
    one = idea(bodies["ag"])
    said = {"proposal": one, "sender": bodies["ag"], "answer": "noted"}
    closed = {"answer_text": "MARKER", "public": False, "answered": date(2017, 5, 30)}
    world.station(body=bodies["sg"], **said, **closed)
    world.station(body=bodies["beirat"], **said, order=2, answered=date(2017, 4, 30))
    chair(client, bodies["ag"], "member")
    assert "geantwortet" not in text(client.get(DESK))


def test_heute_fragt_nicht_mehr_nach_einer_stellungnahme_auf_die_niemand_wartet(client, bodies):
    world.structure()
    one = idea(bodies["ag"])
    world.station(proposal=one, body=bodies["beirat"], sender=bodies["ag"], task="advise")
    said = {"answer": "recommended", "answered": date(2017, 5, 20), "order": 2}
    world.station(proposal=one, body=bodies["sg"], sender=bodies["ag"], **said)
    chair(client, bodies["beirat"])
    assert "BEIRAT: Stellungnahme" not in text(client.get(DESK))


def test_die_suche_findet_vorschlaege(client, bodies):
    idea(bodies["ag"])
    sit_down(client, role="reader")
    page = text(client.get(f"{DESK}suche/?q=Stadtteilmuetter"))
    assert f'href="{ONE}"' in page
