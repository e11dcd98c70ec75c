"""Heute erinnert an den Bericht über das vergangene Jahr und an die Erklärung der Webseite."""

from datetime import date

import pytest
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.access.queries import on_day
from gelingen.history.recording import change
from gelingen.site import waiting as site
from gelingen.terms.vocabulary import Verb
from gelingen.worklist.publishing import accounting, reviewing
from gelingen.yearly import waiting as yearly

pytestmark = pytest.mark.django_db
SPRING = date(2018, 2, 1)
# To begin a report, to look at the statement, to go on with a report.
WAYS = [
    "umsetzung/berichte/neu/",
    "oeffentlichkeit/barrierefreiheit/",
    "umsetzung/berichte/bericht/",
]


@pytest.fixture
def officer():
    return on_day(world.person(role="officer", at=world.tenant()), on=SPRING)


def published(released_on=date(2017, 5, 1)):
    world.edition(
        key="ausgabe", number=1, state="released", released_on=released_on, resolution="Kreistag"
    )


def owed(person, *, on=SPRING):
    chores = accounting(yearly.waiting(person, world.tenant(), on=on))
    return [(one.title, one.why, one.due) for one in chores]


def test_wer_einen_plan_veroeffentlicht_hat_schuldet_bis_ende_maerz_den_bericht(officer):
    published()
    assert owed(officer) == [
        (
            "Sachstandsbericht 2017",
            "Für 2017 hat noch niemand einen Sachstandsbericht begonnen.",
            date(2018, 4, 1),
        )
    ]


def test_ohne_veroeffentlichten_plan_und_ohne_frueheren_bericht_wird_nichts_geschuldet(officer):
    world.plan(key="masterplan")
    assert owed(officer) == []
    published(released_on=date(2018, 1, 10))
    assert owed(officer) == []


def test_ein_begonnener_bericht_wartet_auf_seine_freigabe(officer):
    world.year_report(key="bericht")
    ((title, why, _),) = owed(officer)
    assert title == "Sachstand 2017"
    assert why == "Über 2017 wird berichtet; freigegeben ist der Entwurf noch nicht."


def test_ist_er_freigegeben_wartet_nichts_mehr_bis_zum_naechsten_jahr(officer):
    world.year_report(key="bericht", state="released", released=SPRING)
    assert owed(officer) == []
    assert owed(officer, on=date(2018, 12, 31)) == []
    ((title, _, due),) = owed(officer, on=date(2019, 1, 1))
    assert (title, due) == ("Sachstandsbericht 2018", date(2019, 4, 1))


def test_eine_evaluation_ersetzt_den_jahresbericht_nicht(officer):
    published()
    world.year_report(key="evaluation", kind="evaluation", state="released", released=SPRING)
    assert len(owed(officer)) == 1


def test_wer_den_plan_nicht_aendern_darf_schuldet_nichts():
    world.year_report(key="bericht")
    assert owed(world.person(role="reader", at=world.tenant())) == []


@pytest.mark.parametrize("number", [1, 3])
def test_es_kostet_hoechstens_zwei_abfragen(officer, number, django_assert_num_queries):
    published()
    for year in range(2014, 2014 + number):
        world.year_report(key=f"b_{year}", starts=date(year, 1, 1), ends=date(year + 1, 1, 1))
    tenant = world.tenant()
    with django_assert_num_queries(2):
        assert len(yearly.waiting(officer, tenant, on=SPRING)) == 1


# The statement of the public site


def said(person, *, on=SPRING):
    return [(one.why, one.due) for one in reviewing(site.waiting(person, world.tenant(), on=on))]


@pytest.mark.parametrize(
    ("day", "why", "due"),
    [
        (None, "Die Webseite ist offen, ihre Erklärung zur Barrierefreiheit fehlt.", SPRING),
        (
            date(2017, 2, 1),
            "Die Erklärung zur Barrierefreiheit wurde zuletzt am 01.02.2017 überprüft.",
            date(2018, 2, 1),
        ),
    ],
)
def test_die_erklaerung_einer_offenen_webseite_wird_jedes_jahr_ueberprueft(officer, day, why, due):
    world.site_settings(switched_on=True, statement_on=day)
    assert said(officer) == [(why, due)]


def test_vor_ablauf_des_jahres_und_bei_geschlossener_webseite_wartet_nichts(officer):
    settings = world.site_settings(switched_on=True, statement_on=date(2017, 2, 2))
    assert said(officer) == []
    with change(by="anna", verb=Verb.CHANGED, of=settings):
        settings.switched_on, settings.statement_on = False, None
    assert said(officer) == []


@pytest.mark.usefixtures("fixed_day")
def test_von_heute_geht_es_dorthin_wo_es_getan_wird(client):
    world.edition(
        key="ausgabe", number=1, state="released", released_on=date(2016, 5, 1), resolution="x"
    )
    world.site_settings(switched_on=True)
    sit_down(client)
    page = text(client.get(f"{DESK}?alle=ja"))
    assert [one for one in WAYS if f'href="{DESK}{one}"' in page] == WAYS[:2]
    world.year_report(key="bericht", starts=date(2016, 1, 1), ends=date(2017, 1, 1))
    page = text(client.get(f"{DESK}?alle=ja"))
    assert [one for one in WAYS if f'href="{DESK}{one}"' in page] == WAYS[1:]
