"""Fragen, die nur ein Teil bekommt, und die Frage nach der Gruppe verraten nichts Verborgenes."""

import pytest
from tests import world
from tests.surveys.answered import ON, answers, counts, question, survey

from gelingen.history.recording import change
from gelingen.surveys.publishing import publish
from gelingen.surveys.results import results
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
THREE = {"ja": "ja", "teils": "teils", "nein": "nein"}


@pytest.fixture
def officer():
    return world.person()


def asked(kind="choice", codes=("teils",)):
    """Ask everybody one question, and another of those who gave certain answers to it."""
    of = survey()
    question(of, "a", kind, THREE)
    question(of, "b", after=("a", codes))
    return of


def outside(officer, of, **more):
    return results(officer, of, public=True, on=ON, **more)


def test_wie_viele_die_folgefrage_beantwortet_haben_verraet_keine_kleine_zahl_davor(officer):
    of = asked()
    answers(of, 3, a="ja")
    answers(of, 7, a="teils", b="ja")
    answers(of, 20, a="nein")
    found = outside(officer, of)
    assert counts(found) == {"ja": None, "teils": None, "nein": 20}
    after = found.questions[1]
    assert after.withheld
    # Not even which lines there are.
    assert (after.answered[""].count, after.lines) == (None, ())


def test_ist_gezeigt_wie_viele_gefragt_waren_steht_auch_die_folgefrage_da(officer):
    of = asked()
    answers(of, 9, a="ja")
    answers(of, 6, a="teils", b="ja")
    answers(of, 7, a="teils", b="nein")
    answers(of, 5, a="teils")
    answers(of, 20, a="nein")
    found = outside(officer, of)
    after = found.questions[1]
    assert not after.withheld
    assert after.answered[""].count == 13
    assert counts(found, 1) == {"ja": 6, "nein": 7}


def test_wer_gefragt_war_und_nicht_geantwortet_hat_ist_auch_eine_kleine_zahl(officer):
    of = asked()
    answers(of, 9, a="ja")
    answers(of, 13, a="teils", b="ja")
    answers(of, 2, a="teils")
    found = outside(officer, of)
    # 15 were asked, that is shown: 13 who answered would tell the two who did not.
    assert counts(found)["teils"] == 15
    assert found.questions[1].answered[""].count is None
    assert counts(found, 1) == {"ja": None, "nein": 0}


def test_was_von_einer_zurueckgehaltenen_frage_abhaengt_ist_auch_zurueckgehalten(officer):
    of = asked()
    question(of, "c", after=("b", ["ja"]))
    answers(of, 3, a="ja")
    answers(of, 7, a="teils", b="ja", c="ja")
    answers(of, 20, a="nein")
    assert [one.withheld for one in outside(officer, of).questions] == [False, True, True]


def test_fuehren_zwei_verborgene_antworten_zu_ihr_bleibt_sie_auch_zurueck(officer):
    of = asked(codes=("ja", "teils"))
    answers(of, 3, a="ja", b="ja")
    answers(of, 4, a="teils", b="ja")
    answers(of, 20, a="nein")
    found = outside(officer, of)
    assert counts(found) == {"ja": None, "teils": None, "nein": 20}
    assert found.questions[1].withheld


def test_eine_folgefrage_allein_ist_geschuetzt_wie_unter_allen(officer):
    of = asked()
    answers(of, 3, a="ja")
    answers(of, 7, a="teils", b="ja")
    answers(of, 20, a="nein")
    (alone,) = outside(officer, of, only="umfrage.b").questions
    assert alone.asked.key == "umfrage.b"
    assert alone.withheld


def test_mit_gruppen_steht_die_folgefrage_nur_fuer_alle_da_wenn_einer_gruppe_eine_zahl_fehlt(
    officer,
):
    of = asked()
    for group, yes, partly in (("kurse", 3, 10), ("vereine", 8, 10)):
        answers(of, yes, group, a="ja")
        answers(of, partly, group, a="teils", b="ja")
        answers(of, 20, group, a="nein")
    found = outside(officer, of)
    assert counts(found, 0, "kurse")["teils"] is None
    assert counts(found, 1) == {"ja": 20, "nein": 0}
    assert counts(found, 1, "vereine") == {"ja": None, "nein": None}


def test_bei_mehreren_antworten_verraet_die_folgefrage_nicht_wer_zwei_davon_gab(officer):
    of = asked("several", ("ja", "teils"))
    answers(of, 9, a=["ja"], b="ja")
    answers(of, 9, a=["teils"], b="ja")
    answers(of, 2, a=["ja", "teils"], b="ja")
    answers(of, 9, a=["nein"])
    found = outside(officer, of)
    # 11 said yes, 11 partly: that 20 were asked would tell the two who said both.
    assert counts(found) == {"ja": 11, "teils": 11, "nein": 9}
    assert found.questions[1].withheld


def test_bei_mehreren_antworten_muss_auch_gezeigt_sein_was_nicht_zu_ihr_fuehrt(officer):
    of = asked("several", ("ja", "teils"))
    answers(of, 9, a=["ja"], b="ja")
    answers(of, 9, a=["teils"], b="ja")
    answers(of, 6, a=["ja", "teils"], b="ja")
    answers(of, 3, a=["ja", "nein"], b="ja")
    answers(of, 9, a=[])
    found = outside(officer, of)
    assert counts(found)["nein"] is None
    assert found.questions[1].withheld


def test_bei_mehreren_antworten_genuegt_sonst_dass_die_ganze_frage_gezeigt_ist(officer):
    of = asked("several", ("ja", "teils"))
    answers(of, 9, a=["ja"], b="ja")
    answers(of, 9, a=["teils"], b="ja")
    answers(of, 6, a=["ja", "teils"], b="ja")
    answers(of, 9, a=["nein"])
    assert counts(outside(officer, of), 1) == {"ja": 24, "nein": 0}


def test_hat_jemand_geantwortet_der_nicht_gefragt_war_bleibt_die_frage_zurueck(officer):
    of = asked()
    answers(of, 9, a="teils", b="ja")
    answers(of, 1, a="ja", b="ja")
    answers(of, 9, a="ja")
    assert outside(officer, of).questions[1].withheld


def test_innen_sieht_man_namentlich_auch_bei_folgefragen_jede_zahl(officer):
    of = asked()
    answers(of, 3, a="ja")
    answers(of, 7, a="teils", b="ja")
    found = results(officer, of, public=False, on=ON)
    assert counts(found, 1) == {"ja": 7, "nein": 0}


def test_auch_veroeffentlicht_wird_zu_einer_zurueckgehaltenen_frage_keine_zeile(officer):
    of = asked()
    answers(of, 3, a="ja")
    answers(of, 7, a="teils", b="ja")
    answers(of, 20, a="nein")
    publish(actor=officer, survey=of, by="Amt", on=ON)
    shown = of.publications.get().shown["questions"][1]
    assert (shown["answered"], shown["lines"]) == ({"": None}, [])


def test_eine_spaetere_veroeffentlichung_beruecksichtigt_die_folgefragen_der_frueheren(officer):
    of = asked()
    for many in (6, 7):
        answers(of, many, a="ja")
        answers(of, many, a="teils", b="ja")
        answers(of, many, a="teils", b="nein")
        found = publish(actor=officer, survey=of, by="Amt", on=ON)
        assert not found.questions[1].withheld
    answers(of, 6, a="ja")
    answers(of, 2, a="teils", b="ja")
    found = publish(actor=officer, survey=of, by="Amt", on=ON)
    assert found.questions[1].withheld


# The question about the group


def grouped(mode="named"):
    of = survey(mode)
    question(of, "g", options={"k": "kurse", "v": "vereine", "c": "kirchen"})
    question(of, "a")
    with change(by="x", verb=Verb.CHANGED, of=of):
        of.group_question = "umfrage.g"
    for code, many in (("k", 9), ("v", 8), ("c", 3)):
        answers(of, many, {"k": "kurse", "v": "vereine", "c": "kirchen"}[code], g=code, a="ja")
    return of


@pytest.mark.parametrize("mode", ["named", "anonymous"])
def test_die_frage_nach_der_gruppe_steht_geschuetzt_nicht_fuer_sich(officer, mode):
    found = outside(officer, grouped(mode))
    assert [one.asked.key for one in found.questions] == ["umfrage.a"]
    assert 3 not in found.sizes.values()
    inside = results(officer, found.survey, public=False, on=ON)
    assert len(inside.questions) == (1 if mode == "anonymous" else 2)


def test_was_von_der_gruppe_abhaengt_bleibt_zurueck(officer):
    of = grouped()
    question(of, "nur", after=("g", ["k"]))
    answers(of, 9, "kurse", g="k", a="ja", nur="ja")
    assert [one.withheld for one in outside(officer, of).questions] == [False, True]
