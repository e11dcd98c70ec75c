"""Analyse: the matrix on two days, and what stands behind a field."""

from datetime import date

import pytest
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.web.analysis.fields import RANKS, STATES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
MATRIX = DESK + "analyse/"
FIELD = "?zeile=frauen&spalte=sprache"


def test_a_field_shows_both_days(client):
    county()
    sit_down(client)
    page = text(client.get(MATRIX))
    assert 'g-z--endet">endet' in page
    assert 'g-z--luecke">Lücke' in page
    assert "Lücken am 01.06.2017: 0 von 1 Feldern mit Bedarf, am 31.12.2025: 1 von 1." in page
    assert "Bis 31.12.2025 öffnet sich ein Feld, keines schließt sich." in page


def test_the_days_are_chosen_in_the_address(client):
    county()
    sit_down(client)
    page = text(client.get(MATRIX + "?stand=01.02.2018&vergleich=01.02.2018"))
    assert "bleibt" in page
    assert 'g-z--endet">endet' not in page


def test_hoped_for_money_counts_where_one_chooses_so(client):
    county()
    world.funding(
        structure=world.structure.model.objects.get(), state="planned", starts=date(2018, 1, 1),
        ends=date(2027, 1, 1),
    )  # fmt: skip
    sit_down(client)
    assert "Lücke" in text(client.get(MATRIX))
    page = text(client.get(MATRIX + "?geld=optimistic"))
    assert 'g-z--luecke">Lücke' not in page


def test_a_field_of_several_cells_shows_the_worst_and_how_many(client):
    county()
    world.need(
        topic=world.topic.model.objects.get(key="sprache"),
        target_group=world.target_group.model.objects.get(key="frauen"),
        territory=world.territory(key="09473", name="Landkreis", kind="county"),
    )
    world.inquiry(territory=world.territory.model.objects.get(key="09473"), state="none_exists")
    sit_down(client)
    page = text(client.get(MATRIX))
    assert "1 von 2" in page


def test_what_nobody_asked_about_is_unclear_and_no_gap(client):
    world.plan(horizon=date(2026, 1, 1))
    world.structure()
    world.need()
    sit_down(client)
    page = text(client.get(MATRIX))
    assert 'g-z--unklar">unklar' in page
    assert 'g-z--luecke">Lücke' not in page


def test_a_field_opens_beside_the_matrix_and_on_a_page_of_its_own(client):
    county()
    sit_down(client)
    beside, alone = text(client.get(MATRIX + FIELD)), text(client.get(MATRIX + "feld/" + FIELD))
    for page in (beside, alone):
        for words in (
            "gibt es ein Angebot nur bis zum 31.12.2017",
            "gibt es kein Angebot mehr",
            f'<a href="{DESK}bedarfe/bedarf/n_0/">Deutsch lernen 0</a>',
            f'<a href="{DESK}bestand/strukturen/angebot_0/">Sprachcafé 0</a>',
            "Finanzierung verlängern.",
            "Neue Maßnahme.",
        ):
            assert words in page
    assert 'aria-current="true"' in beside


def test_the_verdict_of_the_finding_stands_in_the_field(client):
    county()
    world.finding(
        key="gap:sprache|frauen|09473112|operational",
        values={"n": 1},
        evidence=["need:n_0"],
    )
    sit_down(client)
    assert "Noch nicht bewertet." in text(client.get(MATRIX + FIELD))


def test_a_field_without_need_is_not_there(client):
    county()
    sit_down(client)
    assert client.get(MATRIX + "feld/?zeile=frauen&spalte=nichts").status_code == 404
    assert client.get(MATRIX + "?zeile=frauen&spalte=nichts").status_code == 200


def test_a_misspelt_choice_falls_back_to_the_standard(client):
    county()
    sit_down(client)
    assert client.get(MATRIX + "?zeilen=x&geld=y&stand=z").status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "analyse/?stand=31.12.9999",
        "analyse/?vergleich=31.12.9999",
        "analyse/verlauf/?stand=31.12.9999",
        "analyse/verlauf/?bis=31.12.2199",
    ],
)
def test_ein_tag_den_die_mappe_nicht_annimmt_ist_keine_stoerung(client, asked):
    county()
    sit_down(client)
    assert client.get(DESK + asked).status_code == 200


def test_without_needs_the_page_says_what_is_missing(client):
    world.structure()
    sit_down(client)
    assert "Für die Matrix fehlen Bedarfe" in text(client.get(MATRIX))


def test_every_type_has_a_state_and_every_state_a_rank():
    assert set(STATES.values()) | {"several"} == set(RANKS)
