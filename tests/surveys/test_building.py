"""A survey is built, and once it was opened its questions stay as they are."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.editing import take_back
from gelingen.history.recording import LostUpdateError, StillNeededError, change, new_batch
from gelingen.surveys import building, composing
from gelingen.surveys.building import FixedSurveyError, NoTitleError
from gelingen.surveys.composing import StillAskedForError
from gelingen.surveys.layout import broken, joined, pages_of, put_before, stepped
from gelingen.surveys.models import Invitation, Question, Survey
from gelingen.surveys.queries import get_question, get_survey, questions, surveys
from gelingen.surveys.shipped import UnknownTemplateError, templates
from gelingen.terms.surveys import Language, QuestionKind, SurveyMode
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
ON = date(2017, 6, 1)


def words(text="Was fehlt?", **more):
    return {"texts": {"de": {"text": text}}, **more}


@pytest.fixture
def officer():
    return world.person()


@pytest.fixture
def draft(officer):
    """Make a survey with three questions on two pages."""
    made = building.new_survey(actor=officer, tenant=world.tenant(), title="Was fehlt?")
    for number, text in enumerate(("Eins?", "Zwei?", "Drei?")):
        composing.add_question(
            actor=officer, survey=made, kind=QuestionKind.TEXT, values=words(text),
            new_page=number == 2,
        )  # fmt: skip
    return get_survey(officer, world.tenant(), made.key)


def layout(survey):
    names = {one.key: str(one) for one in questions(survey)}
    return [[names[key] for key in page] for page in pages_of(questions(survey))]


def opened(survey):
    with change(by="test", verb=Verb.CHANGED, of=survey):
        survey.state = "open"


# Begin


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.name)
def test_aus_jeder_vorlage_wird_eine_umfrage_mit_allen_fragen(officer, template):
    made = building.new_survey(
        actor=officer, tenant=world.tenant(), title=template.title, template=template.name
    )
    asked = questions(made)
    assert (made.mode, made.state, made.languages) == (template.mode, "draft", ["de"])
    assert [(one.kind, one.page) for one in asked] == [
        (one.kind, one.page) for one in template.questions
    ]
    keys = {one.key for one in asked}
    assert {one.condition["question"] for one in asked if "question" in one.condition} <= keys
    assert set(made.texts) == set(template.texts) - {"de"}


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.name)
def test_was_die_stufen_der_themen_heissen_sagt_nur_eine_stelle(template):
    # The field itself says it, in each language; a second sentence could say something else.
    for one in template.questions:
        if one.kind is QuestionKind.TOPICS:
            helps = [text.get("help", "") for text in one.texts.values()]
            assert not any("1" in text or "5" in text for text in helps)


def test_ein_eigener_titel_behaelt_nicht_die_uebersetzung_des_titels_der_vorlage(officer):
    made = building.new_survey(
        actor=officer, tenant=world.tenant(), title="Sommerfest", template="veranstaltung"
    )
    assert "title" not in made.texts["tr"]
    assert made.texts["tr"]["purpose"]


def test_eine_leere_umfrage_hat_einen_titel_und_sonst_nichts(officer):
    made = building.new_survey(actor=officer, tenant=world.tenant(), title=" Was fehlt? ")
    assert (made.title, made.key, made.mode, questions(made)) == (
        "Was fehlt?", "was_fehlt", "named", [],
    )  # fmt: skip


def test_ohne_titel_und_aus_unbekannten_vorlagen_wird_nichts(officer):
    with pytest.raises(NoTitleError):
        building.new_survey(actor=officer, tenant=world.tenant(), title=" ")
    with pytest.raises(UnknownTemplateError):
        building.new_survey(actor=officer, tenant=world.tenant(), title="X", template="nichts")


def test_eine_neue_runde_fragt_dasselbe_und_kennt_die_alte(officer):
    old = building.new_survey(
        actor=officer, tenant=world.tenant(), title="Bedarfe 2017", template="bedarfe"
    )
    building.change_survey(
        actor=officer, survey=old,
        values={"closes": ON, "group_question": f"{old.key}|gruppe", "contact": "Beauftragte"},
    )  # fmt: skip
    new = building.next_round(actor=officer, survey=old, title="Bedarfe 2018")
    assert (new.previous, new.state, new.closes, new.contact) == (old, "draft", None, "Beauftragte")
    assert new.group_question == "bedarfe_2018|gruppe"
    endings = [one.key.partition("|")[2] for one in questions(new)]
    assert endings == [one.key.partition("|")[2] for one in questions(old)]
    hanging = next(one for one in questions(new) if one.key.endswith("|schwer"))
    assert hanging.condition == {"question": "bedarfe_2018|gruppe", "is": ["zugewandert"]}


@pytest.mark.parametrize(("title", "kept"), [("Anlass 2017", True), ("Anlass 2018", False)])
def test_eine_neue_runde_mit_anderem_titel_heisst_in_keiner_sprache_wie_die_alte(
    officer, title, kept
):
    texts = {"tr": {"title": "Anket 2017", "purpose": "Plan"}}
    old = world.survey(key="alt", title="Anlass 2017", texts=texts)
    new = building.next_round(actor=officer, survey=old, title=title)
    assert new.texts == (texts if kept else {"tr": {"purpose": "Plan"}})


def test_eine_vorlage_laesst_sich_in_einem_schritt_zuruecknehmen(officer):
    batch = new_batch()
    building.new_survey(
        actor=officer, tenant=world.tenant(), title="X", template="bedarfe", batch=batch
    )
    take_back(actor=officer, tenant=world.tenant(), batch=batch)
    assert not Survey.objects.exists()
    assert not Question.objects.exists()


# Questions


def test_eine_frage_kommt_ans_ende_hinter_eine_andere_oder_auf_eine_neue_seite(officer, draft):
    assert layout(draft) == [["Eins?", "Zwei?"], ["Drei?"]]
    composing.add_question(
        actor=officer, survey=draft, kind=QuestionKind.DATE, values=words("Wann?"),
        after=questions(draft)[0].key,
    )  # fmt: skip
    assert layout(draft) == [["Eins?", "Wann?", "Zwei?"], ["Drei?"]]


def test_eine_frage_ohne_worte_gibt_es_nicht(officer, draft):
    with pytest.raises(NoTitleError):
        composing.add_question(
            actor=officer, survey=draft, kind=QuestionKind.TEXT, values=words(" ")
        )


def test_wer_eine_alte_fassung_aendert_ueberschreibt_nichts(officer, draft):
    one = questions(draft)[0]
    composing.change_question(actor=officer, question=one, values={"required": True})
    with pytest.raises(LostUpdateError):
        composing.change_question(
            actor=officer, question=one, values={"required": False}, version=1
        )


def test_eine_kopie_steht_hinter_ihrem_vorbild(officer, draft):
    composing.copy_question(actor=officer, question=questions(draft)[0])
    assert layout(draft) == [["Eins?", "Eins?", "Zwei?"], ["Drei?"]]


def test_wovon_eine_andere_abhaengt_wird_nicht_geloescht(officer, draft):
    first, _, third = questions(draft)
    composing.change_question(
        actor=officer, question=third, values={"condition": {"question": first.key, "is": ["ja"]}}
    )
    with pytest.raises(StillAskedForError, match="„Drei\\?“"):
        composing.remove_question(actor=officer, question=first)
    batch = new_batch()
    composing.remove_question(actor=officer, question=third, batch=batch)
    assert layout(draft) == [["Eins?", "Zwei?"]]
    take_back(actor=officer, tenant=world.tenant(), batch=batch)
    assert layout(draft) == [["Eins?", "Zwei?"], ["Drei?"]]


# Order


@pytest.mark.parametrize(
    ("move", "wanted"),
    [
        (lambda p: stepped(p, "b", back=True), [["b", "a"], ["c"]]),
        (lambda p: stepped(p, "b", back=False), [["a"], ["b", "c"]]),
        (lambda p: stepped(p, "c", back=True), [["a", "b", "c"]]),
        (lambda p: stepped(p, "a", back=True), [["a", "b"], ["c"]]),
        (lambda p: stepped(p, "c", back=False), [["a", "b"], ["c"]]),
        (lambda p: put_before(p, "c", "a"), [["c", "a", "b"]]),
        (lambda p: put_before(p, "a", ""), [["b"], ["c", "a"]]),
        (lambda p: put_before(p, "a", "a"), [["a", "b"], ["c"]]),
        (lambda p: broken(p, "b"), [["a"], ["b"], ["c"]]),
        (lambda p: broken(p, "a"), [["a", "b"], ["c"]]),
        (lambda p: joined(p, "c"), [["a", "b", "c"]]),
        (lambda p: joined(p, "a"), [["a", "b"], ["c"]]),
    ],
)
def test_verschieben_geht_ueber_seiten_hinweg_und_endet_am_rand(move, wanted):
    assert move([["a", "b"], ["c"]]) == wanted


def test_eine_neue_reihenfolge_wird_in_einem_schritt_geschrieben_und_zurueckgenommen(
    officer, draft
):
    batch = new_batch()
    first, second, third = (one.key for one in questions(draft))
    composing.arrange(actor=officer, survey=draft, pages=[[third], [second, first]], batch=batch)
    assert layout(draft) == [["Drei?"], ["Zwei?", "Eins?"]]
    take_back(actor=officer, tenant=world.tenant(), batch=batch)
    assert layout(draft) == [["Eins?", "Zwei?"], ["Drei?"]]


# Open surveys, rights


def test_an_einer_geoeffneten_umfrage_aendert_sich_keine_frage(officer, draft):
    one, two, _ = questions(draft)
    opened(draft)
    for attempt in (
        lambda: composing.add_question(
            actor=officer, survey=draft, kind=QuestionKind.TEXT, values=words()
        ),
        lambda: composing.change_question(actor=officer, question=one, values={"required": True}),
        lambda: composing.copy_question(actor=officer, question=one),
        lambda: composing.remove_question(actor=officer, question=two),
        lambda: composing.arrange(actor=officer, survey=draft, pages=[[two.key, one.key]]),
        lambda: building.change_survey(actor=officer, survey=draft, values={"mode": "anonymous"}),
        lambda: building.change_survey(actor=officer, survey=draft, values={"purpose": "Anders"}),
        lambda: building.remove_survey(actor=officer, survey=draft),
    ):
        with pytest.raises(FixedSurveyError, match="schon geöffnet worden"):
            attempt()
    building.change_survey(
        actor=officer, survey=draft,
        values={"closes": ON, "contact": "Beauftragte", "languages": ["de", "tr"]},
    )  # fmt: skip
    assert get_survey(officer, world.tenant(), draft.key).contact == "Beauftragte"


def test_wenn_jemand_eingeladen_ist_steht_die_art_fest(officer, draft):
    Invitation.objects.create(survey=draft, name="VHS", invited=ON)
    with pytest.raises(FixedSurveyError, match="steht in der Einladung"):
        building.change_survey(actor=officer, survey=draft, values={"mode": "anonymous"})
    with pytest.raises(StillNeededError):
        building.remove_survey(actor=officer, survey=draft)


def test_bauen_darf_nur_wer_umfragen_fuehrt(draft):
    reader = world.person(role="reader")
    with pytest.raises(PermissionDenied):
        building.new_survey(actor=reader, tenant=world.tenant(), title="X")
    with pytest.raises(PermissionDenied):
        composing.remove_question(actor=reader, question=questions(draft)[0])
    assert not surveys(reader, world.tenant()).exists()


def test_eine_frage_wird_mit_ihrer_umfrage_gefunden(draft, django_assert_num_queries):
    tenant = world.tenant()
    with django_assert_num_queries(1):
        found = get_question(world.OPERATOR, tenant, f"{draft.key}|eins")
        assert found.survey.title == "Was fehlt?"


def test_die_vorlagen_sind_in_allen_ihren_sprachen_vollstaendig():
    for template in templates():
        for question in template.questions:
            german = question.texts["de"]
            for language in template.languages:
                theirs = question.texts[language]
                assert set(theirs) == set(german), (question.name, language)
                assert set(theirs.get("options", ())) == set(german.get("options", ()))
    assert {one.name: len(one.languages) for one in templates()} == {
        "akteure": 3, "bedarfe": len(Language), "bestaetigung": 3, "veranstaltung": len(Language),
    }  # fmt: skip
    anonymous = [one for one in templates() if one.mode == SurveyMode.ANONYMOUS]
    assert [one.name for one in anonymous] == ["bedarfe", "veranstaltung"]
