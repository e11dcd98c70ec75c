"""What people answer by a link, in other languages: complete, chosen by them, remembered."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.utils.translation import to_locale
from django.utils.translation.template import templatize
from tests.web.desk import DESK, text
from tests.web.test_confirm import inventory, link  # noqa: F401 - fixtures

import gelingen
from gelingen.confirmations.models import Request
from gelingen.terms.asking import EntryAnswer
from gelingen.terms.surveys import Language

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
HOME = Path(gelingen.__file__).parent
CATALOGUES = {path.parents[1].name: path for path in (HOME / "locale").rglob("django.mo")}
OTHERS = sorted(set(CATALOGUES) - {"en"})
MARKED = re.compile(r"gettext\((u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\")\)")
# The same word in both languages; the word that fields understand, named in their hint.
UNTRANSLATED = {"Name", "unbefristet"}


def marked_in(path):
    """Give what a file marks for translation."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        return {ast.literal_eval(found) for found in MARKED.findall(templatize(source))}
    if "gettext" not in source:
        return set()
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "_"
        if isinstance(call.args[0], ast.Constant)
    }


def catalogue(code="en"):
    """Give the words of a language by the German ones."""
    lines = CATALOGUES[code].with_suffix(".po").read_text(encoding="utf-8")
    return dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', lines, re.MULTILINE))


def marked(*places):
    """Give what is marked in some folders and files, or everywhere."""
    files = [
        path
        for place in places or (HOME,)
        for path in ([place] if place.is_file() else place.rglob("*"))
        if path.suffix == ".py" or (path.suffix == ".html" and "templates" in path.parts)
    ]
    return set().union(*(marked_in(path) for path in files))


def test_alles_was_zu_uebersetzen_ist_ist_uebersetzt():
    assert marked() == set(catalogue())
    same = [german for german, english in catalogue().items() if german == english]
    assert same == ["Name", "Information", "Organisation", "Definition"]
    assert {one.label for one in EntryAnswer} <= set(catalogue())


@pytest.mark.parametrize("code", OTHERS)
def test_umfragen_und_webseite_liest_man_ganz_in_jeder_ihrer_sprachen(code):
    web = HOME / "web"
    spoken = [HOME / "surveys", web / "answer", web / "templates" / "answer"]
    # The site has a page in easy German, not a frame.
    spoken += [] if code == "de_Einfach" else [web / "site", web / "templates" / "site"]
    assert set(catalogue(code)) == marked(*spoken, HOME / "confirmations" / "entries.py")
    same = {german for german, other in catalogue(code).items() if german == other}
    assert code == "de_Einfach" or same == set()


def test_jede_sprache_einer_umfrage_hat_ihre_liste():
    assert {to_locale(one) for one in Language} == {"de", *CATALOGUES}


@pytest.mark.parametrize("code", CATALOGUES)
def test_in_einer_uebersetzung_fehlt_keine_luecke_des_satzes(code):
    gaps = re.compile(r"\{\w*\}|%\(\w+\)s")
    for german, other in catalogue(code).items():
        assert other
        assert sorted(gaps.findall(german)) == sorted(gaps.findall(other)), german


@pytest.mark.parametrize("code", CATALOGUES)
def test_der_katalog_ist_aus_der_liste_gemacht(code):
    with CATALOGUES[code].open("rb") as file:
        made = gettext.GNUTranslations(file)
    assert {german: made.gettext(german) for german in catalogue(code)} == catalogue(code)


def german_in(page):
    """Give what a page still says in German though the catalogue has English for it."""
    said = text(page)
    plain = [german for german in catalogue() if not set(german) & set("{%")]
    return [one for one in plain if len(one) > 8 and one in said and one not in UNTRANSLATED]


def test_wer_englisch_liest_bekommt_die_seiten_englisch(client, link):  # noqa: F811
    first = client.get(link, headers={"Accept-Language": "en-US,en;q=0.9"})
    assert '<html lang="en">' in first.content.decode()
    assert "Are your three entries still correct?" in text(first)
    assert german_in(first) == []
    entry = Request.objects.get().entries.first().pk
    for name in ("geaendert", "weg"):
        assert german_in(client.get(f"{link}{entry}/{name}/?sprache=en")) == []


def test_die_wahl_der_sprache_bleibt_bis_zum_dank(client, link):  # noqa: F811
    client.get(f"{link}?sprache=en")
    thanks = client.post(f"{link}alle/", follow=True)
    assert "Thank you" in text(thanks)
    assert "3 entries are confirmed." in text(thanks)
    assert german_in(thanks) == []
    again = client.get(f"{link}?sprache=de")
    assert again.status_code == 410
    assert "Ihre Antwort ist schon da" in text(again)


def test_was_sich_nicht_lesen_laesst_erklaert_der_hinweis(client, link):  # noqa: F811
    entry = Request.objects.get().entries.first().pk
    refused = client.post(f"{link}{entry}/weg/?sprache=en", {"ends": "irgendwann"})
    assert refused.status_code == 422
    assert "This could not be read. An approximate day will do" in text(refused)
    empty = client.post(f"{link}{entry}/weg/", {"ends": ""})
    assert "Please fill in." in text(empty)


def test_ohne_wunsch_und_am_arbeitsplatz_ist_alles_deutsch(client, link):  # noqa: F811
    assert "Stimmen Ihre drei Einträge noch?" in text(client.get(link))
    desk = client.get(f"{DESK}?sprache=en", headers={"Accept-Language": "en"})
    assert '<html lang="de">' in text(desk)
