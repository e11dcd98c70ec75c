"""Die öffentliche Webseite in einem echten Browser: barrierefrei, in beiden Schreibrichtungen."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from tests import world
from tests.opendata.shown import SERIES, county
from tests.web.desk import TODAY
from tests.web.test_site import addresses

from gelingen.editions.freezing import tables_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.documentElement.scrollWidth <= window.innerWidth"
FEW = {"site", "site-measures", "site-measure", "site-figure", "site-take-part"}
STATES = (
    ("on_course", "Zwei Kurse laufen."), ("late", "Ein Meilenstein ist überfällig."),
    ("blocked", "Die Förderung fehlt."), ("done", ""),
)  # fmt: skip


def value(territory, name, year, number):
    return {
        "territory": territory, "territory_name": name, "reference": f"{year}-12-31",
        "low": number, "high": number, "source": "Zensus", "note": "",
    }  # fmt: skip


def full():
    """Release an edition in which every page has something to show."""
    tenant, plan = world.tenant(), county(4)
    world.site_settings(
        switched_on=True, title="Integration im Landkreis Coburg", contact_name="Stelle",
        lead="17 Städte und Gemeinden arbeiten am selben Plan.", contact_email="i@lk.example",
        languages=["en", "tr", "ar", "uk", "ru"], mandate="Beschluss des Kreistags.",
        imprint="## Herausgeber\n\nLandkreis Coburg", privacy="Verantwortlich ist der Landkreis.",
        enforcement="Stelle des Landes", conformity="partly", barriers="- Ältere PDF",
    )  # fmt: skip
    world.news(key="neu", state="published")
    world.site_question(state="published")
    world.occasion(state="published", place="Ahorn")
    edition = world.edition(
        key="ausgabe-1", plan=plan, number=1, state="released", on=TODAY, released_on=TODAY,
        resolution="Beschluss des Kreistags vom 1. Juni 2017",
    )  # fmt: skip
    tables = tables_of(tenant, plan, on=TODAY)
    for row, (state, why) in zip(tables["measures"], STATES, strict=True):
        row |= {"state": state, "state_reason": why, "state_day": "2017-05-01"}
    tables["goals"][0] |= {"state": "late", "aim": "60 Frauen erreichen A2.", "due": "2019-01-01"}
    course = [value("09473", "Landkreis Coburg", year, year - 1970) for year in range(2005, 2017)]
    small = [value("09473112", "Ahorn", year, year - 1980) for year in (2010, 2013, 2016)]
    chance = {"key": "c", "kind": "opportunity", "title": "Viele Vereine", "topic": ""}
    tables["chances"] = [chance]
    breaks = [{"reference": "2011-05-09", "reason": "Zensus 2011"}]
    tables["indicators"] = [SERIES | {"series": course + small, "breaks": breaks}]
    for name, rows in tables.items():
        world.edition_table(key=f"1-{name}", edition=edition, name=name, rows=rows)


@pytest.fixture(autouse=True)
def _site(settings, person):
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    full()


@pytest.mark.parametrize(
    ("width", "scheme", "language", "names"),
    [
        (1280, "light", "", None),
        (390, "light", "ar", None),
        (390, "dark", "", None),
        (1280, "light", "ar", FEW),
    ],
)
def test_die_webseite_ist_barrierefrei_und_passt(visit, width, scheme, language, names):
    window, found = visit(width=width, scheme=scheme, signed_in=False), {}
    for name, url in addresses(language):
        if names is None or name in names:
            assert window.open(url).status == 200
            found[name] = (window.axe(), window.page.evaluate(FITS))
    assert found == dict.fromkeys(found, ([], True))
    assert window.page.context.cookies() == []


# Gives the place of what has the focus among all that can have it, and whether one sees that.
FOCUSED = """() => {
  const focusable = "a[href],button,input,select,textarea,summary,[tabindex]";
  const all = [...document.querySelectorAll(focusable)]
    .filter(one => one.checkVisibility() && !one.disabled && one.type !== "hidden"
                   && one.tabIndex >= 0);
  const at = document.activeElement, style = getComputedStyle(at);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
    || style.boxShadow !== "none";
  return [all.length, all.indexOf(at), seen];
}"""


def walked(page):
    """Press Tab from the beginning to the end of a page; gives what is wrong with the way."""
    many, wrong = page.evaluate(FOCUSED)[0], []
    for place in range(many):
        page.keyboard.press("Tab")
        _, at, seen = page.evaluate(FOCUSED)
        if at != place or not seen:
            said = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
            wrong.append((place, at, seen, said))
            break
    return wrong


@pytest.mark.parametrize("language", ["", "ar"])
def test_auf_jeder_seite_fuehrt_die_tastatur_der_reihe_nach_ueberall_hin_und_man_sieht_wo(
    visit, language
):
    window, found = visit(signed_in=False), {}
    spoken = {"language": language} if language else {}
    more = [
        (name, reverse(name, kwargs={"tenant": "09473", **spoken}))
        for name in ("site-feedback", "site-open-data")
    ]
    for name, url in [*addresses(language), *more]:
        assert window.open(url).status == 200
        found[name] = walked(window.page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(found) > 20


def test_mit_der_tastatur_und_ohne_script_findet_man_eine_massnahme(visit):
    window = visit(width=390, signed_in=False)
    page = window.page
    window.open("/09473/massnahmen/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    assert page.url.endswith("#inhalt")
    page.get_by_role("searchbox").fill("kurs 2")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=kurs**")
    page.get_by_role("link", name="Kurs 2").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Kurs 2"
    assert date(2017, 5, 1).strftime("%d.%m.%Y") in page.inner_text("main")
