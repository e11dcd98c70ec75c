"""Der Bericht zu einer Umfrage: was zu schützen ist, steht auch als Text und Satz nicht darin."""

import pytest
from tests import world
from tests.surveys.answered import BY, ON, answer, answers, question, survey

from gelingen.documents import Bullets, Heading, Table
from gelingen.reports.survey import saying
from gelingen.reports.survey.paper import Told, survey_report
from gelingen.surveys.releasing import free_texts, release_text
from gelingen.surveys.results import results

pytestmark = pytest.mark.django_db
THREE = {"ja": "ja", "teils": "teils", "nein": "nein"}


@pytest.fixture
def officer():
    return world.person()


def told(officer, of, **more):
    given = {"rounds": None, "invited": 30, "answered": 30, "on": ON, **more}
    found = results(officer, of, public=True, on=ON)
    return Told(results=found, texts=tuple(free_texts(officer, of)), **given)


def lines(told_):
    """Give headings and texts of the report in their order."""
    for block in survey_report(told_).blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Bullets):
            yield from (getattr(item, "content", item) for item in block.items)
        elif not isinstance(block, Table):
            yield getattr(block, "content", "")


def released(officer, of, name, text):
    (found,) = [one for one in free_texts(officer, of) if one.asked.key == f"umfrage.{name}"]
    (one,) = [each for each in found.texts if each.text == text]
    release_text(
        actor=officer, survey=of, question=found.asked.key, answer=one.answer, text=text, by=BY,
        on=ON,
    )  # fmt: skip


def test_texte_stehen_unter_ihrer_frage_nur_wo_die_zahl_der_antworten_dasteht(officer):
    of = survey()
    question(of, "viele", "text", text="Was noch?")
    question(of, "wenige", "text", text="Warum nicht?")
    answers(of, 12, viele="Mehr Kurse")
    answer(of, viele="Mehr Räume", wenige="Kein Bus")
    for name, text in (("viele", "Mehr Räume"), ("wenige", "Kein Bus")):
        released(officer, of, name, text)
    found = list(lines(told(officer, of)))
    at = found.index
    assert at("Was noch?") < at("„Mehr Räume“") < at("Warum nicht?")
    assert at("Warum nicht?") < at("Freie Texte") < at("„Kein Bus“")


def test_eine_zurueckgehaltene_frage_ist_ein_satz_ohne_zahlen(officer):
    of = survey()
    question(of, "a", options=THREE)
    question(of, "b", text="Und warum?", after=("a", ["teils"]))
    answers(of, 3, a="ja")
    answers(of, 7, a="teils", b="ja")
    answers(of, 20, a="nein")
    made = told(officer, of)
    found = list(lines(made))
    assert found[found.index("Und warum?") + 1] == saying.WITHHELD
    tables = [block for block in survey_report(made).blocks if isinstance(block, Table)]
    assert "Und warum?" not in {one.caption for one in tables}


def test_wie_viele_der_eingeladenen_geantwortet_haben_fehlt_wenn_es_wenige_sind(officer):
    of = survey()
    question(of, "a")
    answers(of, 20, a="ja")
    few, many = (" ".join(lines(told(officer, of, answered=n))) for n in (3, 12))
    assert "von 30 Eingeladenen" not in few
    assert "12 von 30 Eingeladenen" in many
