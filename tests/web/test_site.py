"""Die öffentliche Webseite: nur Freigegebenes, ohne Konto, ohne Cookie, in ihren Sprachen."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from PIL import Image
from tests import world
from tests.opendata.shown import SERIES, county, keep_paper, release
from tests.web.desk import text

from gelingen.access.models import Tenant
from gelingen.documents.pictures.card import card
from gelingen.history.recording import change
from gelingen.site.commands import publish, take_down
from gelingen.site.models import SiteSettings
from gelingen.terms.site import SITE_LANGUAGES
from gelingen.terms.vocabulary import Verb
from gelingen.web.site.public_urls import PAGES
from gelingen.web.site.words import said_day, said_period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
ROOT = "/09473/"
RECORDS = {"site-measure": "m_0", "site-figure": "k-b2", "site-news-entry": "neu"}
# Kilobytes of HTML, scripts and pictures that a page may have; style sheets are counted apart.
BUDGET, STYLES = 150_000, 350_000


@pytest.fixture
def shown():
    release(county())
    world.news(key="neu", state="published")
    world.site_question(state="published")
    world.occasion(state="published")


def set_to(**values):
    settings = SiteSettings.objects.get(tenant="09473")
    with change(by="test", verb=Verb.CHANGED, of=settings):
        for name, value in values.items():
            setattr(settings, name, value)


def addresses(language=""):
    """Give the address of each page, by its name; files of editions are no pages."""
    spoken = {"language": language} if language else {}
    for one in PAGES:
        if one.name not in ("site-document", "site-report"):
            record = {"record": RECORDS[one.name]} if one.name in RECORDS else {}
            yield one.name, reverse(one.name, kwargs={"tenant": "09473", **spoken, **record})


@pytest.mark.usefixtures("shown")
def test_jede_seite_geht_ohne_konto_und_ohne_cookie(client):
    for name, url in addresses():
        answer = client.get(url)
        assert answer.status_code == 200, name
        assert not answer.cookies, name
        assert "Cookie" not in answer.get("Vary", ""), name
        assert answer["Cache-Control"] == "public, max-age=60"
        if name != "site-embed":
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.usefixtures("shown")
def test_nur_was_zum_einbetten_da_ist_laesst_sich_einbetten(client):
    answer = client.get(ROOT + "einbetten/")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert client.get(ROOT)["X-Frame-Options"] == "DENY"
    again = client.get(ROOT + "einbetten/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert "frame-ancestors *" in again["Content-Security-Policy"]
    set_to(embedding=False)
    refused = client.get(ROOT + "einbetten/")
    assert (refused.status_code, refused["X-Frame-Options"]) == (404, "DENY")
    assert "frame-ancestors 'none'" in refused["Content-Security-Policy"]


def test_dokumente_heissen_nach_dem_was_sie_sind_und_nicht_nach_ihrer_datei(
    client, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    keep_paper(release(county()))
    page = text(client.get(ROOT + "dokumente/"))
    assert ">Masterplan (HTML)</a>" in page
    assert ">plan.html" not in page


def test_eine_datei_laeuft_auch_beim_zweiten_mal_im_sandkasten(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    keep_paper(release(county()))
    url = ROOT + "dokumente/1/plan.html"
    first = client.get(url)
    assert b"".join(first) == b"<p>Plan</p>"
    assert "sandbox" in first["Content-Security-Policy"]
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]


@pytest.mark.usefixtures("shown")
def test_ein_neuer_name_des_landkreises_steht_sofort_da(client):
    first = client.get(ROOT)
    Tenant.objects.filter(pk="09473").update(name="Landkreis Neu")
    again = client.get(ROOT, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200


@pytest.mark.usefixtures("shown")
def test_was_sich_nicht_geaendert_hat_wird_nicht_noch_einmal_gebaut(
    client, django_assert_num_queries
):
    first = client.get(ROOT)
    with django_assert_num_queries(2):
        again = client.get(ROOT, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(ROOT, headers=since).status_code == 304
    world.news(key="noch", title="Zweite Nachricht", state="published")
    assert "Zweite Nachricht" in text(client.get(ROOT, headers={"If-None-Match": first["ETag"]}))


@pytest.mark.parametrize("number", [1, 3])
def test_abfragen_haengen_nicht_an_der_menge(client, django_assert_num_queries, number):
    release(county(number))
    for place in range(number):
        world.news(key=f"n_{place}", state="published")
        world.occasion(state="published")
        world.site_question(state="published")
    for path, queries in {
        "": 9, "projekt/": 5, "themen/": 7, "ziele/": 7, "massnahmen/": 7, "massnahmen/m_0/": 6,
        "weg/": 6, "zahlen/": 5, "zahlen/k-b2/": 4, "neues/": 4, "fragen/": 4, "mitmachen/": 6,
        "kontakt/": 4, "impressum/": 4, "barrierefreiheit/": 4, "einbetten/": 5, "dokumente/": 9,
    }.items():  # fmt: skip
        with django_assert_num_queries(queries, info=path):
            assert client.get(ROOT + path).status_code == 200


@pytest.mark.usefixtures("shown")
def test_was_einmal_geschrieben_ist_wird_wieder_gegeben_bis_sich_etwas_aendert(
    client, django_assert_num_queries
):
    first = client.get(ROOT + "neues/")
    with django_assert_num_queries(2):
        again = client.get(ROOT + "neues/")
    assert again.content == first.content
    assert again.headers == first.headers
    assert client.get(ROOT + "neues/", headers={"Host": "localhost"})["ETag"] != first["ETag"]
    assert client.get(f"{ROOT}en/neues/").content != first.content
    world.news(key="eilig", title="Eilige Nachricht", state="published")
    assert "Eilige Nachricht" in text(client.get(ROOT + "neues/"))
    assert client.get(ROOT + "gibt-es-nicht/").status_code == 404
    set_to(switched_on=False)
    assert client.get(ROOT + "neues/").status_code == 404


def test_ohne_freigegebene_ausgabe_steht_da_was_fehlt(client):
    world.site_settings(switched_on=True)
    county()
    world.edition(title="Geheimer Entwurf")
    for path in ("", "ziele/", "massnahmen/", "zahlen/", "weg/", "dokumente/", "themen/"):
        answer = text(client.get(ROOT + path))
        assert "Der Plan ist noch nicht freigegeben" in answer, path
        assert "Kurs 0" not in answer
        assert "Geheimer Entwurf" not in answer


def test_wer_keine_webseite_eingeschaltet_hat_hat_keine(client):
    assert client.get(ROOT).status_code == 404
    release(county())
    assert client.get(ROOT).status_code == 200
    set_to(switched_on=False)
    answer = client.get(ROOT)
    assert (answer.status_code, answer.cookies) == (404, {})
    assert "Kurs 0" not in text(answer)


@pytest.mark.usefixtures("shown")
def test_entwuerfe_und_kuenftige_nachrichten_sieht_draussen_niemand(client):
    world.news(title="Entwurf einer Nachricht")
    world.news(title="Erst morgen", day=date(2017, 6, 2), state="published")
    world.site_question(title="Entwurf einer Frage")
    world.occasion(title="Entwurf eines Termins")
    world.page_text(page="start", text="Entwurf eines Textes")
    for _, url in addresses():
        answer = text(client.get(url))
        assert not re.search("Entwurf ein|Erst morgen", answer), url


def test_veroeffentlichen_und_herunternehmen_wirkt_sofort(client):
    release(county())
    news = world.news(key="neu", title="Kurs beginnt")
    publish(actor=world.OPERATOR, entry=news)
    assert "Kurs beginnt" in text(client.get(ROOT))
    take_down(actor=world.OPERATOR, entry=news)
    assert "Kurs beginnt" not in text(client.get(ROOT))
    assert client.get(ROOT + "neues/neu/").status_code == 404


@pytest.mark.usefixtures("shown")
def test_von_anderen_mandanten_steht_nichts_da(client):
    other = world.tenant("09571", "Landkreis Fremd")
    world.site_settings(tenant=other, switched_on=True, title="Fremde Seite")
    world.news(tenant=other, key="fremd", title="Fremde Nachricht", state="published")
    for _, url in addresses():
        assert "Fremd" not in text(client.get(url)), url
    assert client.get(ROOT + "neues/fremd/").status_code == 404
    assert "Kurs" not in text(client.get("/09571/"))


@pytest.mark.usefixtures("shown")
def test_arabisch_laeuft_von_rechts_und_der_deutsche_plan_bleibt_als_deutsch_erkennbar(client):
    set_to(languages=["ar", "en"])
    answer = text(client.get(ROOT + "ar/massnahmen/"))
    assert '<html lang="ar" dir="rtl">' in answer
    assert '<h2 lang="de" dir="ltr"><a href="/09473/ar/massnahmen/m_0/">Kurs 0</a>' in answer
    assert 'class="w-maschine"' in answer
    assert (
        '<link rel="alternate" hreflang="en" href="http://testserver/09473/en/massnahmen/">'
        in answer
    )
    set_to(checked_languages=["ar"])
    assert 'class="w-maschine"' not in text(client.get(ROOT + "ar/massnahmen/"))


@pytest.mark.usefixtures("shown")
def test_eine_sprache_gibt_es_nur_wenn_sie_angeboten_wird(client):
    assert client.get(ROOT + "tr/").status_code == 404
    set_to(languages=[one.value for one in SITE_LANGUAGES])
    for one in ("en", "tr", "ar", "uk", "ru"):
        for path in ("", "massnahmen/m_0/", "mitmachen/"):
            answer = client.get(f"{ROOT}{one}/{path}")
            assert answer.status_code == 200, path
            assert f'<html lang="{one}"' in text(answer)


@pytest.mark.usefixtures("shown")
def test_ein_text_in_der_sprache_steht_vor_dem_deutschen_und_sagt_wer_ihn_schrieb(client):
    set_to(languages=["en", "tr"], checked_languages=["en", "tr"])
    world.page_text(text="Worum es **geht**.", state="published")
    world.page_text(
        key="en", language="en", text="What it is about.", origin="machine", state="published"
    )
    english, turkish = (text(client.get(f"{ROOT}{one}/projekt/")) for one in ("en", "tr"))
    assert "What it is about." in english
    assert "machine" in english
    assert "Worum es" not in english
    assert (
        '<div lang="de" dir="ltr"><div class="dok">\n<p>Worum es <strong>geht</strong>' in turkish
    )


@pytest.mark.usefixtures("shown")
def test_texte_der_verwaltung_bringen_kein_html_mit(client):
    world.page_text(text="<script>alert(1)</script> [x](javascript:alert(1))", state="published")
    answer = text(client.get(ROOT + "projekt/"))
    assert "<script" not in answer
    assert 'href="javascript' not in answer


@pytest.mark.usefixtures("shown")
def test_massnahmen_lassen_sich_suchen_einschraenken_und_ordnen(client):
    def found(query):
        return re.findall(r"<h2><a[^>]*>(.*?)</a>", text(client.get(f"{ROOT}massnahmen/?{query}")))

    assert found("") == ["Kurs 0", "Kurs 1"]
    assert found("q=kurs+1") == ["Kurs 1"]
    assert found("q=vhs") == ["Kurs 0", "Kurs 1"]
    assert found("thema=sprache&stand=unknown&sortierung=titel") == ["Kurs 0", "Kurs 1"]
    assert found("stand=done") == []
    assert found("ziel=ziel") == ["Kurs 0", "Kurs 1"]
    assert found("ziel=anderes") == []


@pytest.mark.usefixtures("shown")
def test_auf_eigenem_rechnernamen_steht_die_seite_am_anfang(client, settings):
    settings.SITE_HOSTS = {"integration.example": "09473"}
    settings.ALLOWED_HOSTS = ["*"]
    world.tenant("09571", "Landkreis Fremd")

    def ask(path):
        return client.get(path, headers={"Host": "integration.example"})

    start = text(ask("/"))
    assert 'href="/ziele/"' in start
    assert '<link rel="canonical" href="http://integration.example/">' in start
    assert ROOT not in start.replace("/09473/einbetten", "")
    assert ask("/massnahmen/m_0/").status_code == 200
    assert ask("/massnahmen")["Location"] == "/massnahmen/"
    assert ask("/09473/ziele/?x=1")["Location"] == "/ziele/?x=1"
    assert ask("/09473//fremd.example/")["Location"].startswith("/%2F")
    assert ask("/09571/").status_code == 404
    assert ask("/anmelden/").status_code == 200
    assert client.generic("OPTIONS", "*", headers={"Host": "integration.example"}).status_code < 500
    assert '<meta property="og:locale" content="de_DE">' in start
    elsewhere = text(client.get(ROOT + "ziele/"))
    assert '<link rel="canonical" href="http://integration.example/ziele/">' in elsewhere


@pytest.mark.usefixtures("shown")
def test_die_erklaerung_zur_barrierefreiheit_hat_alle_pflichtangaben(client):
    answer = text(client.get(ROOT + "barrierefreiheit/"))
    for part in (
        "Geltungsbereich", "Stand der Vereinbarkeit", "Nicht barrierefreie Inhalte",
        "Erstellung der Erklärung", "Feedback und Kontakt", "Durchsetzungsverfahren",
    ):  # fmt: skip
        assert part in answer
    assert answer.count("Diese Angabe fehlt noch") == 4
    set_to(
        conformity="partly", barriers="Ältere PDF.", check_method="self", enforcement="Stelle X",
        statement_on=date(2017, 5, 1), reviewed_on=date(2017, 5, 2), contact_email="i@lk.example",
    )  # fmt: skip
    answer = text(client.get(ROOT + "barrierefreiheit/"))
    assert "Diese Angabe fehlt noch" not in answer
    for said in ("teilweise vereinbar", "Ältere PDF", "Selbstbewertung", "Stelle X", "01.05.2017"):
        assert said in answer


def test_eine_grosse_webseite_bleibt_unter_150_kilobyte(client):
    release(county(40))
    for name, url in addresses():
        if name == "site-news-entry":
            continue
        answer = client.get(url)
        assert len(answer.content) < BUDGET, name
        assert "<script" not in text(answer)
        assert re.findall(r'(?:src|href)="(?:https?:)?//(?!testserver)', text(answer)) == [], name
        assert 'style="' not in text(answer), name


def test_stylesheets_der_webseite_sind_klein():
    names = ("gelingen/site.css", "gelingen/states.css", "vendor/fira-sans/fira-sans.css")
    size = sum(Path(finders.find(name)).stat().st_size for name in names)
    assert size < STYLES / 10


def test_ein_wert_mit_kleinem_nenner_ist_markiert(client):
    plan = county()
    small = SERIES["series"][0] | {"low": 50, "high": 50, "note": "Kleiner Nenner."}
    edition = release(plan)
    rows = [SERIES | {"key": "klein", "series": [small]}]
    other = world.edition(
        key="zweite", plan=plan, number=2, state="released", on=edition.on, released_on=edition.on
    )
    world.edition_table(key="2-indicators", edition=other, name="indicators", rows=rows)
    answer = text(client.get(ROOT + "zahlen/klein/"))
    assert "<td>50 *</td>" in answer
    assert "* Kleiner Nenner." in answer


@pytest.mark.usefixtures("shown")
def test_dateien_gibt_es_nur_von_freigegebenen_ausgaben(client):
    assert client.get(ROOT + "dokumente/1/fehlt.pdf").status_code == 404
    assert client.get(ROOT + "dokumente/7/fehlt.pdf").status_code == 404
    assert client.get(f"{ROOT}dokumente/{10**30}/fehlt.pdf").status_code == 404


def test_die_seite_steht_auf_dem_tag_der_installation(client, settings):
    release(county())
    world.news(title="Im August", day=date(2017, 8, 1), state="published")
    assert "Im August" not in text(client.get(ROOT))
    settings.ENV = replace(settings.ENV, day=date(2017, 8, 1))
    assert "Im August" in text(client.get(ROOT))


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2016-11-14", None, "seit 14.11.2016"),
        ("2018-01-01", None, "ab 01.01.2018"),
        ("2016-11-14", "2020-01-01", "14.11.2016 – 31.12.2019"),
        (None, "2020-01-01", "bis 31.12.2019"),
        (None, None, ""),
    ],
)
def test_ein_offenes_ende_wird_gesagt(starts, ends, said):
    assert said_period({"starts": starts, "ends": ends}, on=date(2017, 6, 1)) == said


def test_seit_steht_nur_bei_dem_was_noch_laeuft(client):
    row = {"starts": "2016-11-14", "ends": None}
    assert said_period(row, on=date(2017, 6, 1), goes_on=False) == "ab 14.11.2016"
    release(county())
    set_to(languages=["tr"])
    assert "01.01.2017 tarihinden beri" not in text(client.get(ROOT + "weg/"))
    assert '<bdi class="w-klein">01.01.2017 tarihinden beri</bdi>' in text(
        client.get(ROOT + "tr/weg/")
    )


def test_ein_tag_wird_so_genau_gesagt_wie_er_bekannt_ist():
    assert [said_day(one) for one in ("2017-06-01", "2017-06", "2017", None, "x")] == [
        "01.06.2017", "06/2017", "2017", "", "",
    ]  # fmt: skip


def test_der_eigene_landkreis_steht_vor_dem_land(client):
    plan = county()
    value = SERIES["series"][0] | {"low": 30, "high": 30}
    land = value | {"territory": "09", "territory_name": "Bayern", "low": 70, "high": 70}
    edition = world.edition(
        key="mit-land", plan=plan, number=1, state="released", on=date(2017, 6, 1),
        released_on=date(2017, 6, 1),
    )  # fmt: skip
    rows = [SERIES | {"series": [land, value]}]
    world.edition_table(key="1-indicators", edition=edition, name="indicators", rows=rows)
    world.site_settings(switched_on=True)
    told = text(client.get(ROOT + "zahlen/"))
    assert "<b>30 %</b>" in told
    assert "70 %" not in told
    places = re.findall(r'<th scope="row">(.*?)</th>', text(client.get(ROOT + "zahlen/k-b2/")))
    assert places == ["Landkreis", "Bayern"]


# What other services show beside a shared link


@pytest.mark.usefixtures("shown")
def test_wer_einen_verweis_teilt_zeigt_ein_bild_der_webseite_mit_dem_stand_der_ziele(client):
    start = text(client.get(ROOT + "ar/"))
    assert f'<meta property="og:image" content="http://testserver{ROOT}vorschaubild.png">' in start
    answer = client.get(ROOT + "vorschaubild.png")
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=60"
    with Image.open(BytesIO(answer.content)) as picture:
        assert picture.size == (1200, 630)
    assert len(answer.content) < 150_000
    kept = client.get(ROOT + "vorschaubild.png", headers={"If-None-Match": answer["ETag"]})
    assert kept.status_code == 304
    set_to(title="Integration an der Itz")
    assert client.get(ROOT + "vorschaubild.png").content != answer.content


def test_ein_langer_titel_passt_auf_das_bild():
    long = card("Landkreis", "Zusammenleben " * 30, ["Unsere Ziele"])
    longer = card("Landkreis", "Zusammenleben " * 31, ["Unsere Ziele"])
    assert long == longer != card("Landkreis", "Zusammenleben", ["Unsere Ziele"])
