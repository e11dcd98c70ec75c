"""A survey is answered on a phone by a link: in Arabic, without script, and from right to left."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests.browser.counting import count
from tests.surveys.asking import invite, question, survey
from tests.web.desk import TODAY, county

from gelingen.history.recording import change
from gelingen.surveys.models import Response, WaitingAnswer
from gelingen.terms.vocabulary import Verb

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844, "signed_in": False}
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
# Everything that can be pressed, with its height; a link inside a sentence is not meant, nor what
# is hidden and only says which button counts when one presses the enter key.
SMALL = """
[...document.querySelectorAll(
  "button:not(.g-zuerst), .g-option, .g-stufen label, summary, select, textarea, "
  + "input:not([type=hidden], [type=radio], [type=checkbox])")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 48)
  .map((one) => one.outerHTML)
"""
ASKED = {"de": "Was brauchen Sie?", "ar": "ما الذي تحتاجه؟"}
NEXT = {"de": "Weiter", "ar": "التالي"}
BEGIN = {"de": "Beginnen", "ar": "ابدأ"}
SEND = {"de": "Absenden", "ar": "إرسال"}
THANKS = {"de": "Vielen Dank", "ar": "شكرًا جزيلًا"}


@pytest.fixture(autouse=True)
def _day(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    county()


def asked(mode):
    of = survey(mode=mode, notice="Verantwortlich ist der Landkreis.")
    for page, kind in enumerate(("choice", "scale", "topics", "text", "missing")):
        words = {"ar": ASKED["ar"]}
        question(of, kind, page=1 + page // 3, german=ASKED["de"], others=words)
    texts = {"ar": {"title": "استبيان", "purpose": "نريد أن نعرف ما الذي ينقص."}}
    with change(by="x", verb=Verb.CHANGED, of=of):
        of.texts = texts
    return of


def walk(phone, link, language, look):
    """Go from the beginning to the thanks; look at each page."""
    phone.open(link)
    look("start")
    phone.page.get_by_text(BEGIN[language], exact=True).click()
    expect(phone.page.get_by_text(ASKED[language]).first).to_be_visible()
    look("page 1")
    phone.page.locator("input[value=zwei]").check()
    phone.page.locator("input[name=umfrage_scale][value='4']").check()
    phone.page.get_by_role("button", name=NEXT[language]).click()
    phone.page.locator("textarea[name=umfrage_text]").fill("دورات مسائية")
    look("page 2")
    phone.page.get_by_role("button", name=NEXT[language]).click()
    expect(phone.page.get_by_text("دورات مسائية")).to_be_visible()
    look("overview")
    phone.page.get_by_role("button", name=SEND[language]).click()
    phone.page.get_by_role("heading", name=THANKS[language]).wait_for()
    look("thanks")


@pytest.mark.parametrize("mode", ["named", "anonymous"])
@pytest.mark.parametrize(("language", "scheme"), [("de", "light"), ("ar", "light"), ("ar", "dark")])
def test_every_page_is_accessible_and_large_enough_on_a_phone(visit, mode, language, scheme):
    _, link = invite(asked(mode), language=language)
    phone = visit(**PHONE, scheme=scheme)
    found = {}

    def look(name):
        found[name] = (phone.axe(), phone.page.evaluate(FITS), phone.page.evaluate(SMALL))

    walk(phone, f"{link}?sprache={language}", language, look)
    assert found == dict.fromkeys(found, ([], True, []))
    assert len(found) == 5


def test_auf_arabisch_beantwortet_von_rechts_nach_links_in_wenigen_griffen(visit):
    of = asked("named")
    _, link = invite(of)
    phone = visit(**PHONE)
    phone.open(link)
    taps = count(phone.page)
    phone.page.locator("summary").filter(has_text="Deutsch").click()
    phone.page.get_by_role("link", name="العربية").click()
    expect(phone.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(phone.page.get_by_text("هذه الترجمة آلية ولم تُراجع.")).to_be_visible()
    expect(phone.page.get_by_role("heading", name="استبيان")).to_be_visible()
    phone.page.get_by_text(BEGIN["ar"], exact=True).click()
    mark = phone.page.locator("input[value=zwei]").bounding_box()
    words = phone.page.locator("label:has(input[value=zwei]) span").first.bounding_box()
    assert mark["x"] > words["x"]
    phone.page.locator("input[value=zwei]").check()
    for _ in range(2):
        phone.page.get_by_role("button", name=NEXT["ar"]).click()
    phone.page.get_by_role("button", name=SEND["ar"]).click()
    phone.page.get_by_role("heading", name=THANKS["ar"]).wait_for()
    assert (taps.clicks, taps.keys) == (7, 0)
    saved = Response.objects.get()
    assert (saved.language, saved.values["umfrage_choice"]) == ("ar", "zwei")


def test_die_eingabetaste_fuehrt_weiter_und_nicht_in_eine_andere_sprache(visit):
    of = survey(mode="anonymous")
    question(of, "number")
    _, link = invite(of)
    phone = visit(**PHONE)
    phone.open(link)
    phone.page.get_by_role("button", name="Beginnen").click()
    phone.page.get_by_label("von").fill("12")
    phone.page.keyboard.press("Enter")
    expect(phone.page.get_by_role("heading", name="Ihre Antworten")).to_be_visible()
    expect(phone.page.get_by_text("12 Personen")).to_be_visible()
    phone.page.get_by_role("button", name="Absenden").click()
    phone.page.get_by_role("heading", name="Vielen Dank").wait_for()
    assert WaitingAnswer.objects.get().values == {"umfrage_number": {"low": "12", "high": "12"}}


def test_felder_eines_eintrags_erscheinen_erst_wenn_man_sie_braucht(visit):
    of = survey()
    question(of, "entries")
    _, link = invite(of, organisation="traeger_0")
    phone = visit(**PHONE)
    phone.open(f"{link}seite/1/")
    expect(phone.page.get_by_label("Läuft bis")).to_be_hidden()
    phone.page.get_by_text("Hat sich geändert").click()
    expect(phone.page.get_by_label("Läuft bis")).to_be_visible()
    assert (phone.axe(), phone.page.evaluate(SMALL)) == ([], [])
