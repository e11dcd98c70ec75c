"""Was wäre, wenn: mit anderen Grenzen gerechnet, und für viele Gewichtungen der Kriterien."""

import pytest
from tests.programme import year
from tests.programme.year import TODAY, key_of, scored
from tests.web.desk import DESK, sit_down, text

from gelingen.analysis.selection.robustness import draw_weightings
from gelingen.history.models import ChangeEvent
from gelingen.programme import weighing
from gelingen.programme.queries import whole
from gelingen.programme.rules import CriterionGiven, set_criteria
from gelingen.programme.scoring import get_ballot, save_scores, send_ballot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]


@pytest.fixture
def officer():
    return year.officer()


def page_of(selection):
    return f"{DESK}auswahl/{selection.key}/wenn/"


def test_mit_weniger_geld_sagt_jede_liste_was_dazukommt_und_was_wegfaellt(client, officer):
    selection = year.selection(officer)
    scored(officer, selection)
    sit_down(client)
    events = ChangeEvent.objects.count()
    limit = selection.limits.get().key
    page = text(client.get(page_of(selection), {f"grenze_{limit}": "70.000"}))
    # 40,000 and 30,000: the course no longer fits beside the guide.
    assert "Neu dabei: „Bus“. Nicht mehr dabei: „Kurs“." in page
    assert "Gespeichert ist davon nichts." in page
    assert ChangeEvent.objects.count() == events
    assert "Unverändert." in text(client.get(page_of(selection)))


def test_es_steht_da_ab_welchem_betrag_sich_die_auswahl_aendert(client, officer):
    selection = year.selection(officer)
    scored(officer, selection)
    sit_down(client)
    page = text(client.get(page_of(selection), {"stufen": selection.limits.get().key}))
    assert "100.000 EUR" in page
    # With 130,000 the bus comes besides the course and the guide.
    assert "130.000 EUR" in page
    assert "Neu dabei: „Bus“." in page


def two_criteria(officer):
    """Make a selection in which the weights decide between two measures of 60,000 euros."""
    selection = year.selection(officer)
    criterion = selection.criteria.get()
    wished = [
        CriterionGiven(criterion.key, "Nutzen", "", 1, 10),
        CriterionGiven("", "Reichweite", "", 1, 10),
    ]
    set_criteria(actor=officer, selection=selection, wished=wished)
    year.open_scoring(actor=officer, selection=selection)
    benefit, reach = (selection.criteria.get(name=name).key for name in ("Nutzen", "Reichweite"))
    ballot = get_ballot(officer, selection.tenant, selection, "ag")
    said = {"kurs": (10, 0), "lotsin": (9, 9), "treff": (0, 10), "bus": (0, 0)}
    points = {key_of(selection, name): {benefit: a, reach: b} for name, (a, b) in said.items()}
    save_scores(actor=officer, ballot=ballot, points=points, comments={}, on=TODAY)
    send_ballot(actor=officer, ballot=ballot, on=TODAY)
    year.close_scoring(actor=officer, selection=selection)
    selection.refresh_from_db()
    return selection


def test_in_wie_vielen_gewichtungen_eine_massnahme_gewaehlt_wird(client, officer):
    selection = two_criteria(officer)
    sit_down(client)
    assert "1.000 Gewichtungen rechnen" in text(client.get(page_of(selection)))
    client.post(f"{page_of(selection)}gewichten/")
    found = weighing.weigh(officer, selection)
    seen = whole(officer, selection)
    benefit = seen.criteria[0].key
    # Either the course or the meeting place fits beside the guide: whichever gets more points.
    drawn = draw_weightings([one.key for one in seen.criteria], 1)
    column = drawn.criteria.index(benefit)
    course = int((drawn.weights[:, column] > 500).sum())
    even = int((drawn.weights[:, column] == 500).sum())
    assert found.chosen[key_of(selection, "lotsin")] == found.proved == 1_000
    assert course <= found.chosen[key_of(selection, "kurs")] <= course + even
    page = text(client.get(page_of(selection)))
    assert "immer, wie man auch gewichtet" in page
    assert "hängt von den Gewichten ab" in page


def test_solange_gerechnet_wird_fragt_die_seite_nur_nach_dem_stand(client, officer):
    selection = two_criteria(officer)
    weighing.begin(officer, selection)
    sit_down(client)
    assert 'data-hx-trigger="every 2s"' in text(client.get(page_of(selection)))
    part = text(client.get(page_of(selection), headers={"HX-Request": "true"}))
    assert part.startswith('<div id="gewichtungen"')
    assert "0 von 1.000 gerechnet" in part


def test_eine_alte_antwort_steht_nie_unter_einer_neuen_frage(officer):
    selection = two_criteria(officer)
    weighing.weigh(officer, selection)
    year.set_limits(
        actor=officer, selection=selection,
        wished=[(selection.limits.get().key, "money", "Kreis", 70_000)],
    )  # fmt: skip
    assert weighing.weighed(whole(officer, selection)) is None


def test_was_schon_gerechnet_wird_wird_nicht_noch_einmal_angestossen(officer):
    selection = two_criteria(officer)
    assert weighing.begin(officer, selection)
    assert not weighing.begin(officer, selection)


def test_wer_nicht_fuehrt_stoesst_nichts_an_und_sieht_nichts_von_verdeckten(client, officer):
    selection = two_criteria(officer)
    sit_down(client, role="steering")
    assert client.post(f"{page_of(selection)}gewichten/").status_code == 403
    assert "1.000 Gewichtungen rechnen" not in text(client.get(page_of(selection)))


def test_mit_einem_kriterium_gibt_es_nichts_zu_gewichten(client, officer):
    selection = year.selection(officer)
    scored(officer, selection)
    sit_down(client)
    assert "mindestens zwei Kriterien" in text(client.get(page_of(selection)))
    assert client.post(f"{page_of(selection)}gewichten/").status_code == 422
