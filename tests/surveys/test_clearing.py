"""When a survey's day has come, answers, names and mailboxes are gone and numbers stay."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from tests import world

from gelingen.access.policy import Operator
from gelingen.history.models import ChangeEvent
from gelingen.jobs import daily
from gelingen.post.models import OutgoingMail
from gelingen.surveys.clearing import clear_due
from gelingen.surveys.inviting import Invitee, Sending, invite
from gelingen.surveys.letters import INVITATION, proposed
from gelingen.surveys.models import AnonymousAnswer, Invitation, Response, Survey, WaitingAnswer
from gelingen.surveys.queries import get_survey
from gelingen.surveys.watching import by_group, by_open_link

pytestmark = pytest.mark.django_db

ON = date(2017, 6, 1)
AT = datetime(2017, 6, 1, 10, tzinfo=UTC)
KEPT = date(2017, 9, 1)


def survey_of(mode):
    survey = world.survey(
        key="umfrage", title="Akteure", mode=mode, state="open", opens=ON,
        closes=date(2017, 7, 1), keep_until=KEPT, threshold=3,
    )  # fmt: skip
    whom = [
        Invitee(f"Stelle {n}", f"s{n}@stelle.example", "Kurse" if n < 4 else "Kammern")
        for n in range(6)
    ]
    invite(
        Operator(), survey, whom, words=proposed(survey, "de", INVITATION), language="de",
        sending=Sending(lambda token: f"https://desk.example/{token}", ON, AT),
    )  # fmt: skip
    used = Invitation.objects.filter(name__in=["Stelle 0", "Stelle 3", "Stelle 4"])
    used.update(used=True)
    for number, one in enumerate(used):
        said = {"values": {"frage": f"Geheim {number}"}, "group": one.group}
        if mode == "named":
            moment = timezone.now()
            Response.objects.create(
                survey=survey, invitation=one, started=moment, changed=moment, sent=moment, **said
            )
        else:
            AnonymousAnswer.objects.create(survey=survey, day=ON, **said)
    return survey


def everything():
    """All that stands in the tables of surveys and letters, as one text."""
    models = (Invitation, Response, WaitingAnswer, AnonymousAnswer, OutgoingMail, ChangeEvent)
    return "".join(str(list(one.objects.values())) for one in models)


@pytest.mark.parametrize("mode", ["named", "anonymous"])
def test_am_tag_davor_ist_alles_da_und_am_tag_nichts_mehr(mode):
    survey_of(mode)
    assert clear_due(on=date(2017, 8, 31)) == 0
    assert "Geheim 1" in everything()
    assert "s3@stelle.example" in everything()
    assert clear_due(on=KEPT) == 1
    for gone in ("Geheim", "Stelle", "stelle.example"):
        assert gone not in everything()
    assert Survey.objects.get().state == "cleared"
    assert clear_due(on=KEPT) == 0


@pytest.mark.parametrize("mode", ["named", "anonymous"])
def test_die_zahlen_nach_gruppe_bleiben_kleine_gruppen_verlieren_ihren_namen(mode):
    survey = survey_of(mode)
    clear_due(on=KEPT)
    found = {one.group: (one.invited, one.answered) for one in by_group(Operator(), survey)}
    if mode == "named":
        assert found == {"Kurse": (4, 2), "ohne Gruppe": (2, 1)}
    else:
        # The rest is too few to stand alone, so it stands with the others.
        assert found == {"übrige Gruppen": (6, 3)}
        assert AnonymousAnswer.objects.filter(values={}).count() == 3


def test_von_antworten_ueber_den_offenen_verweis_bleibt_wie_viele_es_je_gruppe_waren():
    survey = survey_of("named")
    for number, group in enumerate([*["Kurse"] * 3, *["Vereine"] * 2]):
        Response.objects.create(
            survey=survey, group=group, channel="open-link", values={"frage": f"Geheim {number}"},
            started=AT, changed=AT, sent=AT,
        )  # fmt: skip
    Response.objects.create(survey=survey, channel="open-link", started=AT, changed=AT)
    assert by_open_link(Operator(), survey) == [("Kurse", 3), ("Vereine", 2)]
    clear_due(on=KEPT)
    survey.refresh_from_db()
    assert by_open_link(Operator(), survey) == [("Kurse", 3), ("ohne Gruppe", 2)]
    assert "Geheim" not in everything()
    assert get_survey(Operator(), survey.tenant, survey.key).answered == 3 + 5


def test_zurueckgezogene_einladungen_und_wartende_antworten_gehen_mit():
    survey = survey_of("anonymous")
    Invitation.objects.filter(used=False).update(withdrawn=True)
    WaitingAnswer.objects.create(survey=survey, values={"frage": "Geheim"})
    clear_due(on=KEPT)
    assert Invitation.objects.count() == 3
    assert not WaitingAnswer.objects.exists()
    assert AnonymousAnswer.objects.count() == 4


def test_nichts_sagt_mehr_welche_einladung_wessen_war():
    survey_of("named")
    clear_due(on=KEPT)
    order = list(Invitation.objects.order_by("pk").values_list("group", "used"))
    assert order == sorted(order)


def test_ohne_tag_wird_nichts_geloescht():
    survey = world.survey(state="closed", keep_until=None)
    assert clear_due(on=date(2099, 1, 1)) == 0
    survey.refresh_from_db()
    assert survey.state == "closed"


def test_der_taegliche_auftrag_tut_es_am_tag_der_installation(settings):
    survey_of("named")
    settings.ENV = replace(settings.ENV, day=date(2017, 8, 31))
    daily.func()
    assert Survey.objects.get().state == "open"
    settings.ENV = replace(settings.ENV, day=KEPT)
    daily.func()
    assert Survey.objects.get().state == "cleared"
    assert ChangeEvent.objects.latest("pk").by == "Täglicher Auftrag"


@pytest.mark.parametrize(("state", "closes"), [("draft", date(2017, 7, 1)), ("open", None)])
def test_ein_entwurf_und_was_noch_zu_beantworten_ist_wird_nie_geloescht(state, closes):
    world.survey(state=state, opens=None, closes=closes, keep_until=KEPT)
    assert clear_due(on=KEPT) == 0
    assert Survey.objects.get().state == state


def test_briefe_einer_anderen_umfrage_mit_demselben_titel_bleiben_liegen():
    first = survey_of("named")
    second = world.survey(
        key="zweite", title=first.title, state="open", opens=ON, closes=date(2017, 7, 1),
        keep_until=date(2018, 9, 1),
    )  # fmt: skip
    invite(
        Operator(), second, [Invitee("Stelle 0", "s0@stelle.example")], language="de",
        words=proposed(second, "de", INVITATION),
        sending=Sending(lambda token: f"https://desk.example/{token}", ON, AT),
    )  # fmt: skip
    clear_due(on=KEPT)
    assert OutgoingMail.objects.get() == second.invitations.get().mail


def test_auch_der_brief_vor_der_erinnerung_wird_vergessen():
    survey_of("named")
    OutgoingMail.objects.update(sent=AT)
    Invitation.objects.update(mail=None)  # a reminder came in its place and is forgotten already
    clear_due(on=KEPT)
    assert not OutgoingMail.objects.exists()
