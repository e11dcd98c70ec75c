"""What the desk sees of a survey that is open: numbers, and names only where names were asked."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.history.recording import change
from gelingen.surveys.models import AnonymousAnswer, Invitation, PageCount, Response
from gelingen.surveys.watching import (
    by_day,
    by_group,
    by_open_link,
    by_page,
    by_question,
    missing,
    whole,
)
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db

ON = date(2017, 6, 1)
CLOSES = date(2017, 7, 1)
AT = datetime(2017, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def actor():
    return world.person()


def survey_of(mode="named", **groups):
    """Make an open survey; of each group so many are invited, and so many have answered."""
    survey = world.survey(key="umfrage", mode=mode, state="open", threshold=5)
    for group, (invited, answered) in groups.items():
        for number in range(invited):
            Invitation.objects.create(
                survey=survey, name=f"{group} {number}", mailbox=f"{group}{number}@stelle.example",
                group=group, token_hash=f"{group}{number}", invited=ON, used=number < answered,
            )  # fmt: skip
    return survey


def answer(name, *, page, sent=None, **values):
    one = Invitation.objects.get(name=name)
    return Response.objects.create(
        survey=one.survey, invitation=one, started=AT, changed=AT, page=page, sent=sent,
        values=values, group=one.group,
    )  # fmt: skip


def pages(actor, survey, on=ON):
    return [(one.page, one.reached, one.stopped) for one in by_page(actor, survey, on=on)]


def pages_reached(*reached):
    """Make an anonymous survey with five answers whose pages were reached so often."""
    survey = world.survey(
        key=f"umfrage{len(reached)}", mode="anonymous", state="open", threshold=5, closes=CLOSES
    )
    for page, many in enumerate(reached, start=1):
        world.question(key=f"{survey.key}.{page}", survey=survey, page=page)
        PageCount.objects.create(survey=survey, page=page, reached=many)
    for _ in range(5):
        AnonymousAnswer.objects.create(survey=survey, day=ON)
    return survey


def shown(found):
    return [(one.group, one.invited, one.answered) for one in found]


def test_ruecklauf_nach_gruppe_die_groesste_zuerst(actor):
    survey = survey_of(kurse=(2, 1), vereine=(30, 12))
    Invitation.objects.filter(name="vereine 29").update(withdrawn=True)
    found = by_group(actor, survey)
    assert shown(found) == [("vereine", 29, 12), ("kurse", 2, 1)]
    assert (whole(found).invited, whole(found).answered) == (31, 13)


def test_ein_anteil_hat_eine_spanne_und_aus_wenigen_sagt_er_nichts(actor):
    many, few = by_group(actor, survey_of(kurse=(2, 1), vereine=(30, 12)))
    assert many.share.estimate.low == pytest.approx(0.246, abs=0.001)
    assert many.share.estimate.high == pytest.approx(0.577, abs=0.001)
    assert many.share.interpretable
    assert not few.share.interpretable


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"a": (9, 6), "b": (4, 3), "c": (3, 2)}, [("a", 9, 6), ("übrige Gruppen", 7, 5)]),
        # Too few together: the next larger group goes with them.
        (
            {"a": (9, 7), "d": (6, 5), "c": (3, 0)},
            [("a", 9, 7), ("übrige Gruppen", 9, 5)],
        ),
        # Enough are invited, but too few have answered.
        (
            {"a": (20, 9), "b": (12, 0), "d": (9, 2), "c": (8, 3)},
            [("a", 20, 9), ("b", 12, 0), ("übrige Gruppen", 17, 5)],
        ),
        ({"a": (9, 1), "c": (4, 0)}, [("übrige Gruppen", 13, 1)]),
        ({"a": (5, 5)}, [("a", 5, 5)]),
        ({}, []),
    ],
)
def test_anonym_werden_kleine_gruppen_zusammengefasst(actor, groups, expected):
    assert shown(by_group(actor, survey_of("anonymous", **groups))) == expected


def test_wer_fehlt_steht_mit_namen_da_und_wie_weit_er_ist(actor):
    survey = survey_of(kurse=(3, 1))
    answer("kurse 2", page=2)
    found = [(one.name, one.page) for one in missing(actor, survey)]
    assert found == [("kurse 1", 0), ("kurse 2", 2)]


def test_anonym_fehlt_niemand_mit_namen_und_kein_tag_wird_gezeigt(actor):
    survey = survey_of("anonymous", kurse=(9, 5))
    AnonymousAnswer.objects.create(survey=survey, day=ON)
    assert missing(actor, survey) == []
    assert by_day(actor, survey) == []


def test_wo_menschen_aufhoeren_steht_je_seite(actor):
    survey = survey_of(kurse=(4, 2))
    for page in (1, 2, 3):
        world.question(survey=survey, page=page)
    answer("kurse 0", page=3, sent=AT)
    answer("kurse 1", page=2, sent=AT)  # the last page was not asked
    answer("kurse 2", page=1)
    answer("kurse 3", page=3)
    assert pages(actor, survey) == [(1, 4, 1), (2, 3, 0), (3, 3, 1)]


def test_anonym_zaehlt_je_seite_nur_die_zahl_der_aufrufe_und_erst_am_ende(actor):
    survey = pages_reached(20, 11)
    assert pages(actor, survey) == []
    assert pages(actor, survey, on=survey.closes) == [(1, 20, 9), (2, 11, 6)]


def test_anonym_verraet_keine_seite_wie_wenige_dort_waren_oder_aufgehoert_haben(actor):
    # Two stopped on the first page, and one on the second.
    assert pages(actor, pages_reached(8, 6), on=CLOSES) == [(1, None, None), (2, None, None)]
    assert pages(actor, pages_reached(20, 17, 5), on=CLOSES) == [
        (1, 20, 15), (2, None, None), (3, 5, 0),
    ]  # fmt: skip


def test_anonym_fehlt_eine_seite_die_nur_ein_teil_sieht(actor):
    survey = pages_reached(20, 10, 10)
    depends = {"question": f"{survey.key}.1", "is": ["ja"]}
    second = survey.questions.get(page=2)
    with change(by="x", verb=Verb.CHANGED, of=second):
        second.condition = depends
    assert [page for page, *_ in pages(actor, survey, on=CLOSES)] == [1, 3]


def test_je_frage_zaehlen_die_abgeschickten_antworten(actor):
    survey = survey_of(kurse=(3, 2))
    world.question(key="umfrage.a", survey=survey, page=1)
    world.question(key="umfrage.b", survey=survey, page=1, order=1)
    answer("kurse 0", page=1, sent=AT, **{"umfrage.a": "x", "umfrage.b": "y"})
    answer("kurse 1", page=1, sent=AT, **{"umfrage.a": "x"})
    answer("kurse 2", page=1, **{"umfrage.a": "x"})
    found = [(one.asked.key, one.answered, one.sent) for one in by_question(actor, survey)]
    assert found == [("umfrage.a", 2, 2), ("umfrage.b", 1, 2)]


def test_anonym_sagt_der_ruecklauf_nichts_je_frage(actor):
    survey = survey_of("anonymous", kurse=(9, 5))
    world.question(key="umfrage.a", survey=survey)
    for _ in range(9):
        AnonymousAnswer.objects.create(survey=survey, day=ON, values={"umfrage.a": "x"})
    assert by_question(actor, survey) == []


def test_namentlich_steht_je_tag_wie_viele_geantwortet_haben(actor):
    survey = survey_of(kurse=(3, 2))
    answer("kurse 0", page=1, sent=AT)
    answer("kurse 1", page=1, sent=datetime(2017, 6, 2, 22, 30, tzinfo=UTC))
    # Half past ten in London is the next day here.
    assert by_day(actor, survey) == [(date(2017, 6, 1), 1), (date(2017, 6, 3), 1)]


@pytest.mark.parametrize("mode", ["named", "anonymous"])
def test_was_ueber_den_offenen_verweis_kam_steht_fuer_sich(actor, mode):
    survey = survey_of(mode, kurse=(9, 5))
    if mode == "named":
        times = {"started": AT, "changed": AT, "sent": AT}
        Response.objects.create(survey=survey, channel="open-link", **times)
    else:
        AnonymousAnswer.objects.create(survey=survey, day=ON, channel="open-link")
        AnonymousAnswer.objects.create(survey=survey, day=ON)
    nobody = {"named": "ohne Gruppe", "anonymous": "alle"}[mode]
    assert by_open_link(actor, survey) == [(nobody, 1)]


def test_sehen_darf_es_nur_wer_umfragen_fuehrt():
    survey = survey_of(kurse=(1, 0))
    reader = world.person(role="reader")
    for look in (by_group, by_open_link, missing, by_question, by_day):
        with pytest.raises(PermissionDenied):
            look(reader, survey)
    with pytest.raises(PermissionDenied):
        by_page(reader, survey, on=ON)
