"""Die Seiten der Berichte über den Plan: beginnen, folgern, freigeben, herunterladen, vorlegen."""

import re
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from tests import world
from tests.yearly.year import ON, build

from gelingen.access.models import User
from gelingen.desk.drafts import keep_draft
from gelingen.history.recording import change
from gelingen.papers.models import Paper
from gelingen.plan.models import Measure
from gelingen.register.models import Attachment
from gelingen.terms.vocabulary import Verb
from gelingen.yearly.models import Conclusion, ReportFile, YearReport

pytestmark = pytest.mark.django_db
T = "09473"


@pytest.fixture(autouse=True)
def in_february(monkeypatch):
    for room in ("views", "writing", "concluding", "files", "releasing", "showing"):
        monkeypatch.setattr(f"gelingen.web.yearly.{room}.today", lambda: ON)


@pytest.fixture
def desk():
    build()
    world.body(key="kreistag", name="Kreistag", kind="council")
    client = Client()
    client.force_login(world.person())
    return client


def at(name, **values):
    return reverse(name, kwargs={"tenant": T, "record": "bericht"} | values)


def follow(thing):
    return f"{at('report-conclusion')}?fuer={thing}"


def test_ein_bericht_wird_fuer_das_letzte_jahr_begonnen(desk):
    url = reverse("new-year-report", args=[T])
    assert 'value="2017"' in desk.get(url).content.decode()
    desk.post(url, {"kind": "yearly", "first": "2017", "last": "2017", "title": ""})
    made = YearReport.objects.exclude(key="bericht").get()
    assert (made.title, str(made.starts), str(made.ends)) == (
        "Sachstandsbericht 2017", "2017-01-01", "2018-01-01",
    )  # fmt: skip
    wrong = desk.post(url, {"kind": "evaluation", "first": "2017", "last": "2016"})
    assert wrong.status_code == 422
    assert "Das letzte Jahr liegt vor dem ersten." in wrong.content.decode()


def test_was_jemand_zu_tippen_begann_steht_wieder_da_bis_der_bericht_begonnen_ist(desk):
    url = reverse("new-year-report", args=[T])
    begun = {"title": ["Bericht an den Kreistag"], "first": ["2016"], "csrf": []}
    keep_draft(User.objects.get(), world.tenant(), url, begun, at=datetime(2018, 2, 15, tzinfo=UTC))
    page = desk.get(url).content.decode()
    assert 'value="Bericht an den Kreistag"' in page
    assert 'value="2016"' in page
    desk.post(url, {"kind": "yearly", "first": "2016", "last": "2016", "title": ""})
    assert "Bericht an den Kreistag" not in desk.get(url).content.decode()


def test_folgerungen_entstehen_neben_den_fakten_und_eine_fuehrt_zur_naechsten(desk):
    shown = desk.get(follow("measure:bus")).content.decode()
    assert "Der Bus fehlt." in shown
    assert "Sozialamt, 20.01.2018" in shown
    sent = {"stand": "0", "verdict": "change", "text": "Ein zweiter Bus ab Mai."}
    answer = desk.post(follow("measure:bus"), sent)
    assert answer.url == follow("measure:still")
    assert Conclusion.objects.get().text == "Ein zweiter Bus ab Mai."
    assert desk.post(follow("measure:still"), {"stand": "0"}).status_code == 422
    assert desk.get(follow("measure:idee")).status_code == 404


def test_haben_zwei_dieselbe_folgerung_offen_stehen_beide_fassungen_nebeneinander(desk):
    sent = {"stand": "0", "verdict": "keep", "text": "Erste"}
    desk.post(follow("goal:w01"), sent)
    clash = desk.post(follow("goal:w01"), sent | {"text": "Zweite"}).content.decode()
    assert "Ihre Fassung: Zweite" in clash
    assert "Inzwischen gespeichert: Erste" in clash
    assert Conclusion.objects.get().text == "Erste"


def finished(desk):
    """Conclude everything and release."""
    desk.post(at("report-conclusions"))
    for thing in ("goal:w01", "measure:bus", "measure:still"):
        sent = {"stand": "0", "verdict": "decide", "text": "Neu planen."}
        desk.post(follow(thing), sent)
    return desk.post(at("release-year-report"), follow=True)


def test_freigeben_herunterladen_und_dem_gremium_vorlegen(desk):
    early = desk.post(at("release-year-report"))
    assert early.status_code == 422
    assert "Für 3 Maßnahmen fehlt die Folgerung." in early.content.decode()
    assert "Freigegeben am 15.02.2018" in finished(desk).content.decode()
    for fmt, begins in (("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!"), ("xlsx", b"PK")):
        answer = desk.get(at("report-file", fmt=fmt))
        assert b"".join(answer.streaming_content).startswith(begins)
        assert f'filename="sachstand-2017.{fmt}"' in answer["Content-Disposition"]
    assert desk.post(follow("goal:w01"), {"verdict": "keep"}).status_code == 422
    shown = desk.post(at("report-to-paper"), follow=True).content.decode()
    paper = Paper.objects.get()
    assert paper.proposal.startswith("1. Der Bericht „Sachstand 2017“ vom 15.02.2018 wird zur")
    assert "Über die Maßnahme „Fahrdienst“ wird entschieden: Neu planen." in paper.proposal
    assert [one.key for one in paper.measures.order_by("key")] == ["bus", "still"]
    assert re.search(r"Anlagen.*Sachstand 2017", shown, re.DOTALL)
    for one in YearReport.objects.get().files.all():
        one.file.delete(save=False)


@pytest.mark.django_db(transaction=True)
def test_gelingt_das_speichern_am_ende_nicht_bleiben_keine_dateien_zurueck(
    desk, settings, tmp_path, monkeypatch
):
    settings.MEDIA_ROOT = tmp_path
    commit, tried = connection.commit, []

    def fail():
        if ReportFile.objects.exists():
            tried.extend(one for one in tmp_path.rglob("*") if one.is_file())
            raise OperationalError("Der Speicher ist voll.")
        commit()

    monkeypatch.setattr(connection, "commit", fail)
    with pytest.raises(OperationalError):
        finished(desk)
    assert len(tried) == 4
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
    assert YearReport.objects.get().state == "draft"


@pytest.mark.usefixtures("desk")
def test_wer_nur_liest_sieht_keinen_entwurf_und_aendert_nichts():
    reader = Client()
    reader.force_login(world.person(role="reader"))
    assert reader.get(at("year-report")).status_code == 404
    assert "Hier steht er, sobald er freigegeben ist." in (
        reader.get(reverse("year-reports", args=[T])).content.decode()
    )
    assert reader.post(at("release-year-report")).status_code == 404
    assert reader.get(reverse("new-year-report", args=[T])).status_code == 403


def test_ein_auszug_kommt_fuer_gemeinde_oder_foerderung(desk):
    asked = at("report-extract", fmt="html")
    paid = desk.get(f"{asked}?programm=Landesprogramm").content.decode()
    assert "Kurse am Abend" in paid
    assert "Fahrdienst" not in paid
    assert desk.get(f"{asked}?gemeinde=09473999").status_code == 404


def test_eigene_worte_stehen_neben_dem_kapitel(desk):
    url = f"{at('report-text')}?kapitel=ueberblick"
    assert "Stand der 3 Maßnahmen" in desk.get(url).content.decode()
    desk.post(url, {"stand": "0", "text": "Ein **gutes** Jahr."})
    assert "<strong>gutes</strong>" in desk.get(at("report-preview")).content.decode()
    assert desk.get(f"{at('report-text')}?kapitel=vorwort").status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_die_liste_der_folgerungen_fragt_gleich_oft(desk, more, django_assert_num_queries):
    for _ in range(more):
        world.measure(maturity="running")
    with django_assert_num_queries(23):
        desk.get(at("report-conclusions"))


@pytest.fixture
def site(desk, settings, tmp_path):
    """Release the report, and switch a site on."""
    settings.MEDIA_ROOT = tmp_path
    world.site_settings(switched_on=True)
    make_public("kurs")
    finished(desk)
    return Client()


def make_public(*keys):
    for one in Measure.objects.filter(key__in=keys):
        with change(by="world", verb=Verb.CHANGED, of=one):
            one.public = True


def test_die_oeffentliche_fassung_ist_vorher_zu_sehen_und_steht_dann_auf_der_webseite(desk, site):
    before = desk.get(at("show-report")).content.decode()
    assert "2 andere bleiben weg" in before
    assert "Kurse am Abend" in before
    assert "Fahrdienst" not in before
    assert "berichte/" not in site.get(f"/{T}/dokumente/").content.decode()
    shown = desk.post(at("show-report"), follow=True).content.decode()
    assert "Auf der Webseite seit 15.02.2018." in shown
    listed = site.get(f"/{T}/dokumente/").content.decode()
    assert "Sachstand 2017" in listed
    for fmt, begins in (("pdf", b"%PDF-"), ("html", b"<!")):
        assert f'href="/{T}/berichte/bericht.{fmt}"' in listed
        answer = site.get(f"/{T}/berichte/bericht.{fmt}")
        assert b"".join(answer.streaming_content).startswith(begins)
        assert "sandbox" in answer["Content-Security-Policy"]
    mark = {"If-None-Match": answer["ETag"]}
    assert site.get(f"/{T}/berichte/bericht.html", headers=mark).status_code == 304


def test_heruntergenommen_ist_er_fuer_niemanden_draussen_mehr_da(desk, site):
    desk.post(at("show-report"))
    shown = desk.post(at("take-down-report"), follow=True).content.decode()
    assert "Nicht auf der Webseite." in shown
    assert site.get(f"/{T}/berichte/bericht.pdf").status_code == 404
    assert "Sachstand 2017" not in site.get(f"/{T}/dokumente/").content.decode()


def test_nur_wer_den_plan_aendern_darf_stellt_einen_bericht_hinaus(desk, site):
    reader = Client()
    reader.force_login(world.person(role="reader"))
    assert reader.get(at("show-report")).status_code == 403
    assert reader.post(at("show-report")).status_code == 403
    desk.post(at("show-report"))
    assert reader.post(at("take-down-report")).status_code == 403
    assert site.get(f"/{T}/berichte/bericht.pdf").getvalue().startswith(b"%PDF-")


def test_ein_entwurf_kommt_nicht_auf_die_webseite(desk):
    answer = desk.post(at("show-report"))
    assert answer.status_code == 422
    assert "Bitte zuerst freigeben." in answer.content.decode()


@pytest.mark.parametrize(("keys", "public"), [(("kurs",), False), (("kurs", "bus", "still"), True)])
def test_der_bericht_haengt_nur_oeffentlich_an_der_vorlage_wenn_jede_massnahme_es_ist(
    desk, settings, tmp_path, keys, public
):
    settings.MEDIA_ROOT = tmp_path
    make_public(*keys)
    finished(desk)
    shown = desk.post(at("report-to-paper"), follow=True).content.decode()
    assert ("aber nicht öffentlich" in shown) is not public
    assert Attachment.objects.get(title="Sachstand 2017").public is public


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("more", [0, 2])
def test_die_oeffentliche_fassung_fragt_bei_einer_und_drei_massnahmen_gleich_oft(
    desk, django_assert_num_queries, more
):
    for _ in range(more):
        world.measure(public=True, maturity="running", topic=world.topic(key=f"t_{_}"))
    desk.get(at("show-report"))
    with django_assert_num_queries(32):
        desk.get(at("show-report"))
