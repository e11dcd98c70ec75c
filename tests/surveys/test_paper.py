"""The paper form: the same questions, conditions in words, in every language, readable by all."""

from datetime import date

import pdfua
import pytest
from django.core.exceptions import PermissionDenied
from tests import world
from tests.documents.reading import pdf_text

from gelingen.documents.qr import qr_code
from gelingen.surveys.paper import paper_form, questionnaire
from gelingen.terms.surveys import Language

pytestmark = pytest.mark.django_db

ON = date(2017, 6, 1)
LINK = "https://desk.example/umfrage/offen/abc/"


@pytest.fixture
def survey():
    """A survey with a question of every kind, of which the choice is in Turkish as well."""
    world.topic(key="sprache", name="Sprache und Bildung")
    survey = world.survey(
        key="umfrage", title="Was fehlt vor Ort?", closes=date(2017, 7, 1), mode="named",
        purpose="Für den Masterplan.", legal_basis="Einwilligung", contact="Integrationsstelle",
        languages=[one.value for one in Language], state="open",
    )  # fmt: skip
    options = {"ja": "ja, sehr", "nein": "nein"}
    texts = {
        "de": {"text": "Fehlt etwas?", "options": options},
        "tr": {"text": "Eksik var mı?", "options": {"ja": "evet"}},
    }
    settings = {"options": ["ja", "nein"]}
    world.question(
        key="umfrage.fehlt", survey=survey, kind="choice", texts=texts, settings=settings,
        required=True,
    )  # fmt: skip
    rest = [
        ("several", {**settings, "most": 2}), ("scale", {"steps": 4}),
        ("number", {"range": True, "unit": "Personen"}), ("date", {}), ("text", {"long": True}),
        ("topics", {}), ("entries", {}), ("ties", {"rows": 2}), ("missing", {}),
    ]  # fmt: skip
    for number, (kind, given) in enumerate(rest, start=1):
        world.question(
            key=f"umfrage.{kind}", survey=survey, kind=kind, order=number, page=1 + number // 5,
            settings=given, texts={"de": {"text": f"Frage {kind}", "options": options}},
            condition={"question": "umfrage.fehlt", "is": ["ja"]} if kind == "text" else {},
        )  # fmt: skip
    return survey


def hints(survey, language, number):
    paper = questionnaire(survey, language, on=ON, link="")
    found = [one for _, questions in paper.parts for one in questions if one.number == number]
    return [one.text for one in found[0].hints]


def test_eine_bedingung_steht_in_worten_mit_der_nummer_der_frage(survey):
    assert "Nur wenn bei Frage 1 angekreuzt ist: ja, sehr." in hints(survey, Language.DE, 6)
    assert "Yalnızca 1. soruda şu işaretlendiyse: evet." in hints(survey, Language.TR, 6)


def test_pflicht_und_hoechstzahl_stehen_dabei(survey):
    assert "Diese Angabe wird gebraucht." in hints(survey, Language.DE, 1)
    assert hints(survey, Language.DE, 2) == ["Höchstens 2 Antworten."]


def test_was_nicht_uebersetzt_ist_steht_deutsch_da_und_heisst_auch_so(survey):
    paper = questionnaire(survey, Language.TR, on=ON, link="")
    first = paper.parts[0][1][0]
    assert [(one.text, one.language) for one in first.body.options] == [
        ("evet", "tr"),
        ("nein", "de"),
    ]
    assert paper.title.language == "de"


@pytest.mark.parametrize("language", Language)
def test_der_bogen_ist_in_jeder_sprache_ein_zugaengliches_pdf(survey, language, tmp_path):
    made = paper_form(world.person(), survey, language, on=ON, link=LINK)
    path = tmp_path / "bogen.pdf"
    path.write_bytes(made)
    report = pdfua.validate(str(path))
    assert [one for one in report.findings if one.severity.name == "ERROR"] == []
    assert made == paper_form(world.person(), survey, language, on=ON, link=LINK)


def test_der_deutsche_bogen_sagt_wer_wozu_bis_wann_und_wohin(survey):
    text = pdf_text(paper_form(world.person(), survey, Language.DE, on=ON, link=LINK))
    for words in (
        "Landkreis Coburg", "Was fehlt vor Ort?", "Für den Masterplan.", "Einwilligung",
        "Bitte bis zum 30.06.2017 zurückgeben.", "Zurück an: Integrationsstelle", LINK,
        "Sprache und Bildung", "Hat sich geändert",
    ):  # fmt: skip
        assert words in text


def test_anonym_wird_gebeten_nicht_zu_sagen_wer_man_ist(survey):
    survey.mode = "anonymous"
    lines = [one.text for one in questionnaire(survey, Language.DE, on=ON, link="").intro]
    assert any(line.startswith("Bitte keinen Namen und keine Organisation") for line in lines)
    assert "Einwilligung" not in lines


def test_drucken_darf_nur_wer_umfragen_fuehrt(survey):
    with pytest.raises(PermissionDenied):
        paper_form(world.person(role="reader"), survey, Language.DE, on=ON)


def test_der_code_ist_ein_bild_ohne_stil_und_ohne_skript():
    drawn = qr_code(LINK)
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox=')
    assert "style" not in drawn
    assert "script" not in drawn
    assert qr_code(LINK) == drawn != qr_code(f"{LINK}x")
