"""Anonymous answers wait for each other, move together, and are hidden where they are too few."""

from collections import Counter
from datetime import timedelta

import pytest
from tests.surveys.asking import ON, invite, question, survey

from gelingen.access.policy import Operator
from gelingen.history.recording import change
from gelingen.surveys import anonymous
from gelingen.surveys.links import ClosedSurveyError
from gelingen.surveys.models import AnonymousAnswer, Invitation, PageCount, WaitingAnswer
from gelingen.surveys.opening import close_survey
from gelingen.terms.surveys import Channel
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
LATER = ON + timedelta(days=30)


@pytest.fixture
def of():
    made = survey(mode="anonymous", threshold=3)
    question(made, "text")
    return made


def answer(of, group, number=1, *, on=ON, **fields):
    for _ in range(number):
        anonymous.send(of, {"umfrage_text": group}, group=group, on=on, **fields)


def close(of):
    with change(by="x", verb=Verb.ENDED, of=of):
        of.state = "closed"


def groups():
    return Counter(AnonymousAnswer.objects.values_list("group", flat=True))


def test_antworten_warten_bis_genug_aus_derselben_gruppe_da_sind(of):
    answer(of, "Schule", 2)
    answer(of, "Verein", 2)
    assert not AnonymousAnswer.objects.exists()
    answer(of, "Schule")
    assert groups() == {"Schule": 3}
    assert set(WaitingAnswer.objects.values_list("group", flat=True)) == {"Verein"}


def test_auch_spaeter_kommen_aus_einer_gruppe_nur_genug_auf_einmal_dazu(of):
    answer(of, "Schule", 3)
    answer(of, "Schule", 2, on=ON + timedelta(days=1))
    assert groups() == {"Schule": 3}
    answer(of, "Schule", on=ON + timedelta(days=2))
    days = Counter(AnonymousAnswer.objects.values_list("day", flat=True))
    assert days == {ON: 3, ON + timedelta(days=2): 3}


def test_mit_jeder_antwort_bekommen_die_wartenden_neue_schluessel(of):
    answer(of, "Schule")
    before = set(WaitingAnswer.objects.values_list("pk", flat=True))
    answer(of, "Verein")
    assert not before & set(WaitingAnswer.objects.values_list("pk", flat=True))


def test_ein_verweis_zaehlt_einmal_und_die_zweite_antwort_wird_nicht_genommen(of):
    invited, _ = invite(of, group="Schule")
    anonymous.send(of, {}, invitation=invited, on=ON)
    with pytest.raises(ClosedSurveyError):
        anonymous.send(of, {}, invitation=invited, on=ON)
    assert WaitingAnswer.objects.count() == 1
    assert WaitingAnswer.objects.get().group == "Schule"


def test_scheitert_das_ablegen_ist_auch_der_verweis_nicht_verbraucht(of, monkeypatch):
    invited, _ = invite(of)

    def crash(*_given):
        raise OSError

    monkeypatch.setattr(anonymous, "_write_again", crash)
    with pytest.raises(OSError):  # noqa: PT011 - the one from above
        anonymous.send(of, {}, invitation=invited, on=ON)
    assert not Invitation.objects.get().used
    assert not WaitingAnswer.objects.exists()


def test_am_ende_verlieren_zu_kleine_gruppen_ihren_namen(of):
    answer(of, "Schule", 4)
    answer(of, "Verein", 5)
    answer(of, "Kirche", 2)
    answer(of, "Amt", 1)
    close(of)
    assert anonymous.finish(of, on=LATER) == 0
    assert groups() == {"Schule": 4, "Verein": 5, "": 3}
    assert not WaitingAnswer.objects.exists()
    cells = Counter(AnonymousAnswer.objects.values_list("day", "group", "channel"))
    assert min(cells.values()) >= 3


def test_wer_namenlos_wird_verliert_auch_die_antwort_auf_die_frage_nach_der_gruppe(of):
    question(of, "choice", key="umfrage_gruppe")
    with change(by="x", verb=Verb.CHANGED, of=of):
        of.group_question = "umfrage_gruppe"
    # Those of the school have moved already, but two alone would not be enough without them.
    for group, many in (("Schule", 3), ("Verein", 4), ("Kirche", 2)):
        values = {"umfrage_gruppe": group, "umfrage_text": "x"}
        for _ in range(many):
            anonymous.send(of, values, group=group, on=ON)
    close(of)
    anonymous.finish(of, on=LATER)
    said = [(one.group, one.values.get("umfrage_gruppe")) for one in of.anonymous_answers.all()]
    assert Counter(said) == {("Verein", "Verein"): 4, ("", None): 5}
    assert all("umfrage_text" in one.values for one in of.anonymous_answers.all())


def test_reicht_das_nicht_verliert_auch_die_naechstgroessere_ihren_namen(of):
    answer(of, "Schule", 3)
    answer(of, "Verein", 4)
    answer(of, "Kirche", 2)
    close(of)
    anonymous.finish(of, on=LATER)
    assert groups() == {"Verein": 4, "": 5}


def test_der_weg_ist_wie_eine_gruppe_ein_einzelner_bogen_faellt_nicht_auf(of):
    answer(of, "Schule", 3)
    answer(of, "Schule", 1, channel=Channel.PAPER)
    close(of)
    anonymous.finish(of, on=LATER)
    assert set(AnonymousAnswer.objects.values_list("group", "channel")) == {("", "")}
    assert AnonymousAnswer.objects.count() == 4


def test_hat_die_ganze_umfrage_zu_wenige_antworten_bleiben_sie_verborgen(of):
    answer(of, "Schule", 2)
    close(of)
    assert anonymous.finish(of, on=LATER) == 2
    assert not AnonymousAnswer.objects.exists()


def test_unter_antworten_von_aussen_verbirgt_sich_niemand(of):
    """Whoever took them in has the table: taken away, it would leave the one answer."""
    for _ in range(5):
        AnonymousAnswer.objects.create(survey=of, group="", channel=Channel.OUTSIDE, day=ON)
    answer(of, "Schule", 1)
    close(of)
    assert anonymous.finish(of, on=LATER) == 1
    assert AnonymousAnswer.objects.count() == 5
    assert WaitingAnswer.objects.get().group == "Schule"


def test_wer_vorzeitig_schliesst_laesst_im_selben_augenblick_alle_umziehen(of):
    answer(of, "Schule", 4)
    close_survey(actor=Operator(), survey=of, on=ON)
    assert groups() == {"Schule": 4}
    assert not WaitingAnswer.objects.exists()


def test_solange_die_umfrage_offen_ist_zieht_nichts_um(of):
    answer(of, "Schule", 4)
    assert anonymous.finish(of, on=ON) == 1
    assert WaitingAnswer.objects.count() == 1


def test_der_taegliche_auftrag_raeumt_auf_was_zu_ende_ist(of):
    answer(of, "Schule", 4)
    assert anonymous.finish_all(on=ON) == 0
    assert anonymous.finish_all(on=of.closes) == 1
    assert groups() == {"Schule": 4}


def test_seiten_werden_gezaehlt_und_sonst_nichts(of):
    for page in (1, 1, 2):
        anonymous.count_page(of, page)
    assert dict(PageCount.objects.values_list("page", "reached")) == {1: 2, 2: 1}
