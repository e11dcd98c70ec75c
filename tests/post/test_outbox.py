"""The outbox: kept first, sent once, tried again, forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.post.commands import (
    DELAYS,
    NoServerError,
    drop_old_mail,
    post,
    send_due,
    try_again,
)
from gelingen.post.letters import HIDDEN, LINK, Letter, with_link
from gelingen.post.models import OutgoingMail
from gelingen.post.queries import UnknownMailError, get_mail, outbox, state_of
from gelingen.terms.asking import MailState

pytestmark = pytest.mark.django_db

AT = datetime(2017, 6, 1, 10, tzinfo=UTC)
LETTER = Letter("Betreff", ("Guten Tag,", "zwei\nZeilen <b>"), "Hier", ("Danach.",), "Landkreis")
ADDRESS = "https://desk.example/bestaetigen/geheim/"


@pytest.fixture
def server(settings):
    settings.EMAIL_HOST = "mail.example"


@pytest.fixture
def nobody_answers(settings, server):  # noqa: ARG001 - comes before
    """Let the mail server be a port on which nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9


def written(**given):
    return post(
        tenant=world.tenant(), to="post@vhs.example", letter=LETTER, why="Probe", at=AT,
        link=ADDRESS, **given,
    )  # fmt: skip


def test_the_letter_says_the_same_as_plain_text_and_as_html():
    assert LETTER.plain() == (
        "Guten Tag,\n\nzwei\nZeilen <b>\n\nHier:\n[[Verweis]]\n\nDanach.\n\nLandkreis\n"
    )
    html = with_link(LETTER.html(), ADDRESS)
    assert "<p>zwei<br>Zeilen &lt;b&gt;</p>" in html
    assert f'<a href="{ADDRESS}">Hier</a>' in html
    for foreign in ("<img", "style", "<script", "<link"):
        assert foreign not in html


def test_ohne_mailserver_bleibt_die_nachricht_im_postausgang():
    mail = written()
    assert send_due(at=AT) is None
    assert django_mail.outbox == []
    assert state_of(mail) is MailState.HELD


@pytest.mark.usefixtures("server")
def test_eine_nachricht_geht_einmal_hinaus_und_ihr_verweis_ist_dann_vergessen():
    mail = written()
    assert state_of(mail) is MailState.WAITING
    assert send_due(at=AT) is None
    send_due(at=AT + timedelta(days=9))
    (sent,) = django_mail.outbox
    assert sent.to == ["post@vhs.example"]
    assert ADDRESS in sent.body
    assert [kind for _, kind in sent.alternatives] == ["text/html"]
    mail.refresh_from_db()
    assert (state_of(mail), mail.link, ADDRESS in mail.plain) == (MailState.SENT, "", False)
    assert HIDDEN in with_link(mail.plain, mail.link)
    assert LINK in mail.plain


@pytest.mark.usefixtures("nobody_answers")
def test_nach_einem_fehler_wird_es_spaeter_noch_einmal_versucht():
    mail = written()
    at = AT
    for attempt, delay in enumerate(DELAYS, start=1):
        assert send_due(at=at) == at + delay
        assert send_due(at=at) == at + delay  # too early
        mail.refresh_from_db()
        assert (mail.attempts, state_of(mail)) == (attempt, MailState.AGAIN)
        at += delay
    assert send_due(at=at) is None
    mail.refresh_from_db()
    assert state_of(mail) is MailState.FAILED
    assert mail.error == "Der Mailserver ist nicht erreichbar (GELINGEN_MAIL_HOST)."


@pytest.mark.usefixtures("nobody_answers")
def test_das_protokoll_nennt_keine_adresse(caplog):
    written()
    send_due(at=AT)
    assert "nicht gesendet" in caplog.text
    assert "vhs.example" not in caplog.text
    assert "geheim" not in caplog.text


def test_zurueckgehaltenes_geht_hinaus_sobald_es_einen_mailserver_gibt(settings):
    mail, officer = written(), world.person()
    with pytest.raises(NoServerError):
        try_again(officer, mail)
    settings.EMAIL_HOST = "mail.example"
    send_due(at=AT)
    assert django_mail.outbox == []
    try_again(officer, mail)
    send_due(at=AT)
    assert len(django_mail.outbox) == 1


def test_nach_neunzig_tagen_ist_eine_nachricht_vergessen():
    written()
    assert drop_old_mail(before=AT) == 0
    assert drop_old_mail(before=AT + timedelta(seconds=1)) == 1
    assert not OutgoingMail.objects.exists()


def test_den_postausgang_sieht_wer_den_ganzen_bestand_aendern_darf_und_nur_den_eigenen():
    mail = written()
    officer = world.person()
    assert outbox(officer, world.tenant()) == [mail]
    with pytest.raises(PermissionDenied):
        outbox(world.person(role="reader"), world.tenant())
    city = world.tenant("09463", "Stadt Coburg")
    assert outbox(world.person(at=city), city) == []
    with pytest.raises(UnknownMailError):
        get_mail(world.person(at=city), city, mail.pk)
