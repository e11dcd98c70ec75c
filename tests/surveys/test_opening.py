"""What must be there before a survey opens; then it closes, and opens again while answers last."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world

from gelingen.editing import take_back
from gelingen.history.recording import LostUpdateError, change, new_batch
from gelingen.history.undo import UndoRefusedError
from gelingen.surveys import building, composing
from gelingen.surveys.models import Invitation, Question, Survey
from gelingen.surveys.opening import (
    NotReadyError,
    Page,
    SurveyStateError,
    close_survey,
    open_survey,
    problems,
    reopen_survey,
)
from gelingen.surveys.queries import get_survey, questions
from gelingen.surveys.shipped import templates
from gelingen.surveys.translating import (
    ReleaseError,
    missing,
    passages,
    release_language,
    take_back_release,
    translate,
)
from gelingen.terms.surveys import Language
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
ON = date(2017, 6, 1)
READY = {
    "purpose": "Planung", "legal_basis": "Gesetz", "notice": "Hinweise", "contact": "Beauftragte",
    "closes": date(2017, 7, 1), "keep_until": date(2018, 1, 1),
}  # fmt: skip


@pytest.fixture
def officer():
    return world.person()


def survey(**more):
    return world.survey(key="befragung", **{**READY, **more})


def choice(of, key="auswahl", **more):
    texts = {"de": {"text": "Ja?", "options": {"ja": "ja", "nein": "nein"}}}
    return world.question(
        key=key, survey=of, kind="choice", texts=texts, settings={"options": ["ja", "nein"]}, **more
    )


def found(of, on=ON):
    return [(one.sentence, one.page, one.key) for one in problems(of, questions(of), on=on)]


def sentences(of, on=ON):
    return " ".join(one for one, _, _ in found(of, on))


# What is missing


def test_einer_leeren_umfrage_fehlt_alles_und_jedes_mit_der_seite_dafuer():
    places = found(world.survey(key="leer", title="Leer"))
    assert {page for _, page, _ in places} == {Page.TEXTS, Page.QUESTIONS}
    assert len(places) == 7
    assert "Die Rechtsgrundlage fehlt: Wer namentlich fragt, muss sie nennen." in {
        sentence for sentence, _, _ in places
    }


def test_anonym_braucht_keine_rechtsgrundlage():
    one = survey(mode="anonymous", legal_basis="", notice="")
    choice(one)
    assert found(one) == []


def test_aus_jeder_vorlage_fehlt_nur_was_niemand_vorher_wissen_kann(officer):
    for template in templates():
        made = building.new_survey(
            actor=officer, tenant=world.tenant(), title=template.title, template=template.name
        )
        assert {page for _, page, _ in found(made)} == {Page.TEXTS}
        gap = "eckigen Klammern" in sentences(made)
        assert gap == (template.mode == "named")


def test_ein_vergangener_letzter_tag_wird_gemeldet():
    one = survey()
    choice(one)
    assert sentences(one, on=date(2017, 7, 1)) == "Der letzte Tag ist schon vorbei."
    assert found(one, on=date(2017, 6, 30)) == []


def test_ein_vergangener_tag_des_loeschens_wird_gemeldet():
    one = survey(closes=None, keep_until=date(2017, 6, 1))
    choice(one)
    assert "Der Tag des Löschens ist schon vorbei." in sentences(one)
    assert "Löschens" not in sentences(one, on=date(2017, 5, 31))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "choice", "settings": {"options": ["ja"]}}, "weniger als zwei Antworten"),
        (
            {"kind": "several", "settings": {"options": ["a", "b"]}},
            "Eine Antwort hat keinen Text.",
        ),
        ({"kind": "scale", "settings": {"steps": 2}}, "Stufen gibt es 3 bis 11."),
        ({"kind": "scale", "settings": {"steps": 5}}, "die erste und die letzte Stufe"),
        ({"kind": "number", "settings": {"least": 5, "most": 1}}, "größer als der größte"),
        ({"condition": {"question": "weg", "is": ["ja"]}}, "gibt es nicht mehr"),
        ({"page": 2, "condition": {"question": "auswahl", "is": ["x"]}}, "gibt es nicht mehr"),
        ({"condition": {"question": "auswahl", "is": ["ja"]}}, "früheren Seite"),
    ],
)
def test_was_an_einer_frage_nicht_stimmt_fuehrt_zu_ihr(given, words):
    one = survey()
    choice(one)
    world.question(key="frage", survey=one, **given)
    assert [key for _, _, key in found(one)] == ["frage"] * len(found(one))
    assert words in sentences(one)


def test_auf_einer_frueheren_seite_darf_eine_frage_entscheiden():
    one = survey()
    choice(one)
    world.question(key="dann", survey=one, page=2, condition={"question": "auswahl", "is": ["ja"]})
    assert found(one) == []


def test_in_einer_anonymen_umfrage_nennt_keine_frage_die_organisation():
    one = survey(mode="anonymous")
    choice(one)
    world.question(key="eigene", survey=one, kind="entries")
    world.question(key="netz", survey=one, kind="ties")
    world.question(key="wenn", survey=one, condition={"register": "entries"})
    assert [key for _, _, key in found(one)] == ["eigene", "netz", "wenn"]


def test_nach_der_gruppe_fragt_eine_pflichtfrage_mit_antworten_die_alle_sehen():
    one = survey(group_question="auswahl")
    assert "Die Frage nach der Gruppe gibt es nicht mehr." in sentences(one)
    asked = choice(one)
    assert "nur als Pflichtfrage" in sentences(one)
    with change(by="test", verb=Verb.CHANGED, of=asked):
        asked.required = True
    assert found(one) == []


# Open, close, open again


def test_oeffnen_haelt_fest_seit_wann_und_laesst_sich_nicht_wiederholen(officer):
    one = survey()
    choice(one)
    open_survey(actor=officer, survey=one, on=ON)
    stored = get_survey(officer, world.tenant(), one.key)
    assert (stored.state, stored.opens) == ("open", ON)
    with pytest.raises(SurveyStateError):
        open_survey(actor=officer, survey=stored, on=ON)


def test_was_fehlt_verhindert_das_oeffnen(officer):
    one = survey(contact="")
    with pytest.raises(NotReadyError, match="Es gibt noch keine Frage"):
        open_survey(actor=officer, survey=one, on=ON)
    assert Survey.objects.get().state == "draft"


def test_wer_inzwischen_ueberholt_ist_oeffnet_nichts(officer):
    one = survey()
    choice(one)
    old = get_survey(officer, world.tenant(), one.key)
    building.change_survey(actor=officer, survey=one, values={"threshold": 7})
    with pytest.raises(LostUpdateError):
        open_survey(actor=officer, survey=old, on=ON)


def test_schliessen_und_wieder_oeffnen_solange_die_antworten_da_sind(officer):
    one = survey()
    choice(one)
    open_survey(actor=officer, survey=one, on=ON)
    close_survey(actor=officer, survey=one, on=ON)
    with pytest.raises(SurveyStateError, match="schon vorbei"):
        reopen_survey(actor=officer, survey=one, closes=ON, on=ON)
    with pytest.raises(SurveyStateError, match="wie angekündigt"):
        reopen_survey(actor=officer, survey=one, closes=date(2018, 2, 1), on=ON)
    with pytest.raises(SurveyStateError, match="gelöscht"):
        reopen_survey(actor=officer, survey=one, closes=date(2018, 2, 1), on=date(2018, 1, 1))
    reopen_survey(actor=officer, survey=one, closes=date(2017, 8, 1), on=ON)
    assert (one.state, one.closes) == ("open", date(2017, 8, 1))


def test_oeffnen_laesst_sich_zuruecknehmen_solange_niemand_eingeladen_ist(officer):
    one = survey()
    choice(one)
    batch = new_batch()
    open_survey(actor=officer, survey=one, on=ON, batch=batch)
    take_back(actor=officer, tenant=world.tenant(), batch=batch)
    assert Survey.objects.get().state == "draft"


def test_solange_eine_umfrage_offen_ist_laesst_sich_ihr_letzter_tag_nicht_leeren(officer):
    one = survey()
    choice(one)
    open_survey(actor=officer, survey=one, on=ON)
    with pytest.raises(ValidationError, match="braucht einen letzten Tag") as refused:
        building.change_survey(actor=officer, survey=one, values={"closes": None})
    assert list(refused.value.message_dict) == ["closes"]
    building.change_survey(actor=officer, survey=one, values={"closes": date(2017, 8, 1)})
    assert Survey.objects.get().closes == date(2017, 8, 1)


# Languages


def test_uebersetzt_wird_auch_in_einer_offenen_umfrage_und_jeder_text_fuer_sich(officer):
    one = survey()
    choice(one)
    open_survey(actor=officer, survey=one, on=ON)
    before = len(passages(one, questions(one), "tr"))
    assert missing(one, questions(one), "tr") == before
    translate(
        actor=officer, survey=one, asked=questions(one), language=Language.TR,
        texts={("", "title"): "Anket", ("auswahl", "text"): "Evet mi?",
               ("auswahl", "option:ja"): "evet", ("auswahl", "option:nein"): ""},
    )  # fmt: skip
    asked = Question.objects.get()
    assert asked.texts["tr"] == {"text": "Evet mi?", "options": {"ja": "evet"}}
    assert asked.texts["de"]["options"] == {"ja": "ja", "nein": "nein"}
    assert missing(Survey.objects.get(), [asked], "tr") == before - 3


def translated(officer, one, **more):
    return translate(
        actor=officer, survey=one, asked=questions(one), language=Language.TR,
        texts={("", "purpose"): "Plan", ("auswahl", "option:ja"): "evet"}, **more,
    )  # fmt: skip


def overtaken(one):
    return [(p.name, p.of) for p in passages(one, questions(one), "tr") if p.outdated]


def reword(officer, one, **options):
    question = questions(one)[0]
    given = question.texts["de"]
    texts = {**question.texts, "de": {**given, "options": {**given["options"], **options}}}
    composing.change_question(actor=officer, question=question, values={"texts": texts})


def test_wer_das_deutsche_umformuliert_sieht_welche_uebersetzung_nicht_mehr_passt(officer):
    one = survey(languages=["de", "tr"])
    choice(one)
    translated(officer, one)
    assert overtaken(one) == []
    reword(officer, one, ja="immer", nein="nie")
    reword(officer, one, ja="stets")
    building.change_survey(actor=officer, survey=one, values={"purpose": "Eine Befragung"})
    # What it was made from is said, not what stood there in between; what has no Turkish, is not.
    assert overtaken(one) == [("purpose", "Planung"), ("option:ja", "ja")]
    assert found(one) == [
        ("Türkisch: 2 Texte gehören zu einem früheren deutschen Wortlaut.", Page.TRANSLATION, "tr")
    ]
    building.change_survey(actor=officer, survey=one, values={"languages": ["de"]})
    assert found(one) == []


def test_neu_geschrieben_bestaetigt_oder_zurueckgenommen_passt_eine_uebersetzung_wieder(officer):
    one = survey(languages=["de", "tr"])
    choice(one)
    translated(officer, one)
    reword(officer, one, ja="immer")
    building.change_survey(actor=officer, survey=one, values={"purpose": "Eine Befragung"})
    # Saving the page as it was says nothing about what fits.
    translated(officer, one)
    assert len(overtaken(one)) == 2
    translated(officer, one, fitting=[("", "purpose")])
    assert overtaken(one) == [("option:ja", "ja")]
    reword(officer, one, ja="ja")
    assert overtaken(one) == []
    reword(officer, one, ja="immer")
    new = {("auswahl", "option:ja"): "hep"}
    translate(actor=officer, survey=one, asked=questions(one), language=Language.TR, texts=new)
    assert overtaken(one) == []
    assert "of" not in Question.objects.get().texts["tr"]


def test_eine_sprache_wird_freigegeben_und_die_freigabe_zurueckgenommen(officer):
    given = {"actor": officer, "tenant": world.tenant(), "language": Language.TR}
    release_language(**given, by="Dolmetscherdienst", on=ON)
    with pytest.raises(ReleaseError):
        release_language(**given, by="Dolmetscherdienst", on=ON)
    take_back_release(**given)
    with pytest.raises(ReleaseError):
        take_back_release(**given)


def test_freigeben_darf_nicht_jeder():
    with pytest.raises(PermissionDenied):
        release_language(
            actor=world.person(role="reader"), tenant=world.tenant(), language=Language.TR,
            by="Leserin", on=ON,
        )  # fmt: skip


# Taking back


def done_before_opening(officer, one, deed):
    """Do something, then open the survey; gives the number of what was done."""
    batch = new_batch()
    deed(batch)
    open_survey(actor=officer, survey=Survey.objects.get(pk=one.pk), on=ON)
    return batch


def test_was_vor_dem_oeffnen_geschah_laesst_sich_danach_nicht_zuruecknehmen(officer):
    one = survey()
    asked = choice(one)
    deeds = (
        lambda batch: composing.change_question(
            actor=officer, question=asked, values={"required": True}, batch=batch
        ),
        lambda batch: composing.copy_question(actor=officer, question=asked, batch=batch),
        lambda batch: building.change_survey(
            actor=officer, survey=one, values={"purpose": "Anders"}, batch=batch
        ),
    )
    for deed in deeds:
        batch = done_before_opening(officer, one, deed)
        with pytest.raises(UndoRefusedError, match="schon geöffnet worden"):
            take_back(actor=officer, tenant=world.tenant(), batch=batch)
        one = Survey.objects.get()
        with change(by="test", verb=Verb.CHANGED, of=one):
            one.state = "draft"


def test_ein_letzter_tag_und_eine_uebersetzung_lassen_sich_auch_danach_zuruecknehmen(officer):
    one = survey()
    choice(one)
    open_survey(actor=officer, survey=one, on=ON)
    batch = new_batch()
    building.change_survey(
        actor=officer, survey=one, values={"closes": date(2017, 8, 1)}, batch=batch
    )
    translate(
        actor=officer, survey=one, asked=questions(one), language=Language.TR,
        texts={("auswahl", "text"): "Evet mi?"}, batch=batch,
    )  # fmt: skip
    take_back(actor=officer, tenant=world.tenant(), batch=batch)
    assert Survey.objects.get().closes == date(2017, 7, 1)
    assert "tr" not in Question.objects.get().texts


def test_oeffnen_laesst_sich_nicht_zuruecknehmen_wenn_jemand_eingeladen_ist(officer):
    one = survey()
    choice(one)
    batch = new_batch()
    open_survey(actor=officer, survey=one, on=ON, batch=batch)
    Invitation.objects.create(survey=one, name="VHS", invited=ON)
    with pytest.raises(UndoRefusedError, match="schon jemand eingeladen"):
        take_back(actor=officer, tenant=world.tenant(), batch=batch)
