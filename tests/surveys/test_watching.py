"""What the desk sees of a survey that is open: numbers, and names only where names were asked."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

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

pytestmark = pytest.mark.django_db

ON = date(2017, 6, 1)
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
        ({"a": (9, 1), "b": (4, 2), "c": (3, 0)}, [("a", 9, 1), ("übrige Gruppen", 7, 2)]),
        # Too few together: the next larger group goes with them.
        (
            {"a": (9, 1), "d": (6, 1), "c": (3, 0)},
            [("a", 9, 1), ("übrige Gruppen", 9, 1)],
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
    found = [(one.page, one.reached, one.stopped) for one in by_page(actor, survey)]
    assert found == [(1, 4, 1), (2, 3, 0), (3, 3, 1)]


def test_anonym_zaehlt_je_seite_nur_die_zahl_der_aufrufe(actor):
    survey = survey_of("anonymous", kurse=(9, 5))
    for page, reached in ((1, 8), (2, 6)):
        world.question(survey=survey, page=page)
        PageCount.objects.create(survey=survey, page=page, reached=reached)
    for _ in range(5):
        AnonymousAnswer.objects.create(survey=survey, day=ON)
    found = [(one.page, one.reached, one.stopped) for one in by_page(actor, survey)]
    assert found == [(1, 8, 2), (2, 6, 1)]


def test_je_frage_zaehlen_die_abgeschickten_antworten(actor):
    survey = survey_of(kurse=(3, 2))
    world.question(key="umfrage.a", survey=survey, page=1)
    world.question(key="umfrage.b", survey=survey, page=1, order=1)
    answer("kurse 0", page=1, sent=AT, **{"umfrage.a": "x", "umfrage.b": "y"})
    answer("kurse 1", page=1, sent=AT, **{"umfrage.a": "x"})
    answer("kurse 2", page=1, **{"umfrage.a": "x"})
    found = [(one.asked.key, one.answered, one.sent) for one in by_question(actor, survey)]
    assert found == [("umfrage.a", 2, 2), ("umfrage.b", 1, 2)]


def test_anonym_sagen_wenige_antworten_noch_nichts_je_frage(actor):
    survey = survey_of("anonymous", kurse=(9, 5))
    world.question(key="umfrage.a", survey=survey)
    for number in range(5):
        (before,) = by_question(actor, survey)
        assert (before.answered, before.sent) == (0, 0), number
        AnonymousAnswer.objects.create(survey=survey, day=ON, values={"umfrage.a": "x"})
    (found,) = by_question(actor, survey)
    assert (found.answered, found.sent) == (5, 5)


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
    assert by_open_link(actor, survey) == 1


def test_sehen_darf_es_nur_wer_umfragen_fuehrt():
    survey = survey_of(kurse=(1, 0))
    reader = world.person(role="reader")
    for look in (by_group, by_open_link, missing, by_page, by_question, by_day):
        with pytest.raises(PermissionDenied):
            look(reader, survey)
