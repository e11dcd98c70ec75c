"""Who is invited to a survey and how: one link each, reminders only where no answer came."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from tests import world

from gelingen.access.tokens import UnknownLinkError
from gelingen.history.models import ChangeEvent
from gelingen.post.models import OutgoingMail
from gelingen.register.models import Organisation
from gelingen.surveys.inviting import (
    Invitee,
    NobodyInvitedError,
    NotSentNowError,
    Sending,
    Sought,
    UnreadableLineError,
    candidates,
    invite,
    read_lines,
)
from gelingen.surveys.letters import INVITATION, REMINDER, proposed
from gelingen.surveys.links import Closed, ClosedSurveyError, open_invitation
from gelingen.surveys.models import Invitation
from gelingen.surveys.reminding import (
    AnsweredError,
    NobodyToRemindError,
    due,
    new_link,
    remind,
    withdraw_invitation,
)
from gelingen.surveys.watching import by_group, invitations

pytestmark = pytest.mark.django_db

ON = date(2017, 6, 1)
AT = datetime(2017, 6, 1, 10, tzinfo=UTC)
LATER = ON + timedelta(days=14)


@pytest.fixture
def actor():
    return world.person()


@pytest.fixture(params=["named", "anonymous"])
def survey(request):
    return opened(mode=request.param)


def opened(**fields):
    fields = {"opens": ON, "closes": date(2017, 7, 1), "state": "open", **fields}
    return world.survey(key="umfrage", title="Akteure", **fields)


def at_work(number, **fields):
    return world.organisation(
        key=f"o{number}", name=f"Stelle {number}", mailbox=f"o{number}@stelle.example", **fields
    )


class Links(Sending):
    """Letters of a day; keeps the tokens of the links."""

    __slots__ = ("tokens",)

    def __init__(self, on=ON):
        tokens = []
        object.__setattr__(self, "tokens", tokens)

        def link(token):
            tokens.append(token)
            return f"https://desk.example/umfrage/{token}/"

        super().__init__(link, on, AT + (on - ON))


def send(actor, survey, whom=None, *, language="de", group=""):
    links = Links()
    found = candidates(actor, survey, Sought(), on=ON) if whom is None else whom
    words = proposed(survey, language, INVITATION)
    invite(actor, survey, found, words=words, language=language, sending=links, group=group)
    return links.tokens


def again(actor, survey, on=LATER):
    links = Links(on)
    words = {one: proposed(survey, one, REMINDER) for one in due(actor, survey, on=on)}
    remind(actor, survey, words=words, sending=links)
    return links.tokens


# Whom


def test_gesucht_wird_nach_art_ebene_thema_und_ort(actor):
    survey = opened()
    cell = {name: make(world.tenant()) for name, make in world.CELL.items()}
    below = world.topic(key="alpha", name="Alphabetisierung", above=cell["topic"])
    course = at_work(1, kind="course_provider", level="county")
    world.reach(structure=world.structure(organisation=course), **{**cell, "topic": below})
    at_work(2, kind="club", level="municipality", seat=cell["territory"])
    at_work(3, kind="club", ends=ON)

    def keys(**sought):
        found = candidates(actor, survey, Sought(**sought), on=ON)
        return [one.organisation for one in found]

    assert keys() == ["o1", "o2"]
    assert keys(kind="club") == ["o2"]
    assert keys(level="county") == ["o1"]
    assert keys(topic="sprache") == keys(topic="alpha") == ["o1"]
    assert keys(place="09473112") == ["o1", "o2"]
    assert keys(kind="club", topic="sprache") == []


def test_gruppe_ist_die_art_der_organisation_wenn_nichts_anderes_gesagt_ist(actor, survey):
    at_work(1, kind="club")
    send(actor, survey)
    assert Invitation.objects.get().group == "Verein/Helferkreis"
    at_work(2, kind="club")
    send(actor, survey, group="Ehrenamt")
    assert Invitation.objects.get(organisation="o2").group == "Ehrenamt"


def test_wer_eingeladen_ist_bekommt_keine_zweite_einladung(actor, survey):
    at_work(1)
    send(actor, survey)
    (found,) = candidates(actor, survey, Sought(), on=ON)
    assert found.invited
    with pytest.raises(NobodyInvitedError):
        send(actor, survey)
    at_work(2)
    assert len(send(actor, survey)) == 1


def test_wer_kein_postfach_hat_wird_genannt_und_nicht_angeschrieben(actor, survey):
    world.organisation(key="ohne", name="Ohne", mailbox="")
    (found,) = candidates(actor, survey, Sought(), on=ON)
    assert (found.name, found.mailbox) == ("Ohne", "")
    with pytest.raises(NobodyInvitedError):
        send(actor, survey)


def test_von_hand_eine_zeile_je_postfach_mit_oder_ohne_gruppe(actor, survey):
    text = "a@kurs.example\n\n Helferkreis ; b@kurs.example\r\nA@kurs.example"
    whom = read_lines(text, group="Teilnehmende")
    assert whom == [
        Invitee("a@kurs.example", "a@kurs.example", "Teilnehmende"),
        Invitee("b@kurs.example", "b@kurs.example", "Helferkreis"),
    ]
    assert len(send(actor, survey, whom)) == 2
    with pytest.raises(NobodyInvitedError):
        send(actor, survey, read_lines("B@kurs.example"))


@pytest.mark.parametrize(
    "line", ["kein Postfach", "a; b; c@d.example", f"{'g' * 121}; c@d.example"]
)
def test_was_sich_nicht_lesen_laesst_wird_mit_der_zeile_genannt(line):
    with pytest.raises(UnreadableLineError, match="Zeile 2"):
        read_lines(f"a@kurs.example\n{line}")


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "closed"}, {"closes": ON}])
def test_eingeladen_wird_nur_zu_einer_offenen_umfrage(actor, fields):
    survey = opened(**({"opens": None} | fields))
    at_work(1)
    with pytest.raises(NotSentNowError):
        send(actor, survey)


@pytest.mark.parametrize("role", ["reader", "partner"])
def test_einladen_darf_nur_wer_umfragen_fuehrt(survey, role):
    person = world.person(role=role, organisation=at_work(1))
    for command in (
        lambda: candidates(person, survey, Sought(), on=ON),
        lambda: due(person, survey, on=ON),
        lambda: withdraw_invitation(person, survey, 1),
    ):
        with pytest.raises(PermissionDenied):
            command()


# Letters


def test_die_nachricht_nennt_titel_und_letzten_tag_und_der_verweis_steht_nicht_im_text(actor):
    at_work(1)
    (token,) = send(actor, opened())
    mail = OutgoingMail.objects.get()
    assert mail.to == "o1@stelle.example"
    assert "Akteure" in mail.subject
    assert "Der Verweis gilt bis 30.06.2017." in mail.plain
    assert token not in mail.plain + str(Invitation.objects.values().get())
    assert open_invitation(token, on=ON).name == "Stelle 1"


def test_in_einer_anderen_sprache_steht_deutsch_davor_und_ungeprueft_dabei(actor):
    survey = opened(texts={"ar": {"title": "الجهات"}})
    at_work(1)
    send(actor, survey, language="ar")
    mail = OutgoingMail.objects.get()
    assert mail.subject == "Umfrage: Akteure / استبيان: الجهات"
    assert mail.plain.index("Guten Tag") < mail.plain.index("تحية طيبة")
    assert mail.plain.count("[[Verweis]]") == 2
    assert '<div lang="ar" dir="rtl">' in mail.html
    assert "لم تتم مراجعته" in mail.plain
    assert Invitation.objects.get().language == "ar"


def test_ist_die_sprache_freigegeben_steht_nicht_mehr_ungeprueft_dabei(actor):
    world.language_release(language="tr")
    at_work(1)
    send(actor, opened(), language="tr")
    assert "kontrol edilmedi" not in OutgoingMail.objects.get().plain


def test_im_verlauf_steht_wie_viele_und_weder_name_noch_postfach(actor, survey):
    at_work(1)
    at_work(2)
    send(actor, survey)
    again(actor, survey)
    events = [str(one.__dict__) for one in ChangeEvent.objects.exclude(reason="")]
    assert any("Eingeladen: 2." in one for one in events)
    assert any("Erinnert: 2." in one for one in events)
    assert not any("Stelle 1" in one or "stelle.example" in one for one in events)


# Reminders


def test_erinnert_wird_nur_wer_nicht_geantwortet_hat_und_nicht_zurueckgezogen_ist(actor, survey):
    for number in range(3):
        at_work(number)
    send(actor, survey)
    Invitation.objects.filter(organisation="o0").update(used=True)
    withdraw_invitation(actor, survey, Invitation.objects.get(organisation="o1").pk)
    OutgoingMail.objects.all().delete()
    assert due(actor, survey, on=LATER) == {"de": 1}
    again(actor, survey)
    assert OutgoingMail.objects.get().to == "o2@stelle.example"


def test_am_selben_tag_wird_niemand_zweimal_angeschrieben(actor, survey):
    at_work(1)
    send(actor, survey)
    assert not due(actor, survey, on=ON)
    again(actor, survey)
    with pytest.raises(NobodyToRemindError):
        again(actor, survey)
    assert again(actor, survey, LATER + timedelta(days=1))


def test_der_neue_verweis_gilt_und_der_alte_nicht_mehr(actor, survey):
    at_work(1)
    (old,) = send(actor, survey)
    (new,) = again(actor, survey)
    assert open_invitation(new, on=LATER)
    with pytest.raises(UnknownLinkError):
        open_invitation(old, on=LATER)
    # Its letter had not left the house, so it never will.
    assert "der frühere gilt nicht mehr".casefold() in OutgoingMail.objects.get().plain.casefold()


def test_wer_geantwortet_hat_behaelt_seinen_verweis(actor):
    survey = opened()
    at_work(1)
    at_work(2)
    tokens = send(actor, survey)
    Invitation.objects.filter(organisation="o1").update(used=True)
    again(actor, survey)
    assert open_invitation(tokens[0], on=LATER).organisation == "o1"


def test_anonym_verraet_der_tag_der_erinnerung_nicht_wer_geantwortet_hatte(actor):
    survey = opened(mode="anonymous")
    for number in range(3):
        at_work(number)
    send(actor, survey)
    Invitation.objects.filter(organisation="o0").update(used=True)
    again(actor, survey)
    assert set(Invitation.objects.values_list("reminded", flat=True)) == {LATER}


def test_anonym_oeffnet_den_verweis_nur_das_postfach(actor):
    at_work(1)
    send(actor, opened(mode="anonymous"))
    assert OutgoingMail.objects.get().addressee_only


def test_jede_erinnerung_kommt_in_der_sprache_ihrer_einladung(actor, survey):
    for number, language in enumerate(("de", "tr")):
        at_work(number)
        send(actor, survey, language=language)
    OutgoingMail.objects.all().delete()
    again(actor, survey)
    turkish = OutgoingMail.objects.get(to="o1@stelle.example")
    assert "Anket hatırlatması" in turkish.subject
    assert "Anket" not in OutgoingMail.objects.get(to="o0@stelle.example").plain


# Lost links, withdrawn invitations


def test_ein_verlorener_verweis_wird_durch_einen_neuen_ersetzt(actor, survey):
    at_work(1)
    (old,) = send(actor, survey)
    links = Links()
    words = proposed(survey, "de", INVITATION)
    new_link(actor, survey, Invitation.objects.get().pk, words=words, sending=links)
    assert open_invitation(links.tokens[0], on=ON)
    with pytest.raises(UnknownLinkError):
        open_invitation(old, on=ON)


def test_zurueckgezogen_oeffnet_der_verweis_nichts_und_die_nachricht_geht_nicht_hinaus(actor):
    survey = opened()
    at_work(1)
    (token,) = send(actor, survey)
    withdraw_invitation(actor, survey, Invitation.objects.get().pk)
    assert not OutgoingMail.objects.exists()
    with pytest.raises(ClosedSurveyError) as refused:
        open_invitation(token, on=ON)
    assert refused.value.closed is Closed.WITHDRAWN
    assert send(actor, survey)


def seen(actor, survey):
    """What the desk shows of invitations and letters, without the words."""
    shown = ("name", "mailbox", "group", "invited", "reminded", "withdrawn")
    letters = OutgoingMail.objects.order_by("to").values_list("to", "why", "addressee_only")
    said = ChangeEvent.objects.order_by("pk").values_list("reason", flat=True)
    return [list(invitations(actor, survey).values_list(*shown)), list(letters), list(said)]


@pytest.mark.parametrize("deed", ["withdraw", "new link"])
def test_anonym_verraet_weder_zurueckziehen_noch_ein_neuer_verweis_wer_geantwortet_hat(actor, deed):
    survey = opened(mode="anonymous")
    at_work(1)
    at_work(2)
    send(actor, survey)
    pk, words = Invitation.objects.first().pk, proposed(survey, "de", INVITATION)
    found = []
    for used in (True, False):
        with transaction.atomic():
            Invitation.objects.filter(pk=pk).update(used=used)
            before = by_group(actor, survey)
            if deed == "withdraw":
                withdraw_invitation(actor, survey, pk)
            else:
                new_link(actor, survey, pk, words=words, sending=Links())
            assert by_group(actor, survey) == before
            found.append(seen(actor, survey))
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_anonym_zurueckgezogen_oeffnet_der_verweis_nichts_und_niemand_wird_noch_einmal_gefragt(
    actor,
):
    survey = opened(mode="anonymous")
    at_work(1)
    typed = read_lines("a@kurs.example")
    tokens = [*send(actor, survey), *send(actor, survey, typed)]
    for one in Invitation.objects.all():
        withdraw_invitation(actor, survey, one.pk)
    assert not OutgoingMail.objects.exists()
    for token in tokens:
        with pytest.raises(UnknownLinkError):
            open_invitation(token, on=ON)
    for whom in (None, typed):
        with pytest.raises(NobodyInvitedError):
            send(actor, survey, whom)
    assert not due(actor, survey, on=LATER)


def test_anonym_sagt_der_neue_verweis_dem_der_geantwortet_hat_dass_die_antwort_da_ist(actor):
    survey = opened(mode="anonymous")
    at_work(1)
    send(actor, survey)
    Invitation.objects.update(used=True)
    links, words = Links(), proposed(survey, "de", INVITATION)
    new_link(actor, survey, Invitation.objects.get().pk, words=words, sending=links)
    with pytest.raises(ClosedSurveyError) as refused:
        open_invitation(links.tokens[0], on=ON)
    assert refused.value.closed is Closed.ANSWERED


def test_teilen_sich_zwei_organisationen_ein_postfach_steht_das_bei_der_zweiten(actor, survey):
    world.organisation(key="a", name="A", mailbox="Amt@kreis.example")
    send(actor, survey)
    world.organisation(key="b", name="B", mailbox="amt@kreis.example")
    second = candidates(actor, survey, Sought(), on=ON)[-1]
    assert (second.name, second.invited, second.known) == ("B", False, True)
    assert send(actor, survey, [second])


def test_was_beantwortet_ist_wird_weder_ersetzt_noch_zurueckgezogen(actor):
    survey = opened()
    at_work(1)
    send(actor, survey)
    Invitation.objects.update(used=True)
    pk = Invitation.objects.get().pk
    with pytest.raises(AnsweredError):
        withdraw_invitation(actor, survey, pk)
    words = proposed(survey, "de", INVITATION)
    with pytest.raises(AnsweredError):
        new_link(actor, survey, pk, words=words, sending=Links())
    assert not Invitation.objects.get().withdrawn


def test_vierzig_organisationen_kosten_so_viele_briefe(actor, survey):
    for number in range(40):
        at_work(number)
    assert len(set(send(actor, survey))) == 40
    assert OutgoingMail.objects.count() == Organisation.objects.count() == 40
