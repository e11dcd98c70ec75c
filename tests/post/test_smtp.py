"""The outbox against a real mail server on this machine."""

import asyncio
import socket
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from tests import world

from gelingen.post.commands import DELAYS, post, send_due
from gelingen.post.letters import Letter
from gelingen.post.models import OutgoingMail
from gelingen.post.queries import state_of
from gelingen.terms.asking import MailState

pytestmark = pytest.mark.django_db

AT = datetime(2017, 6, 1, 10, tzinfo=UTC)
SUBJECT = "Bitte prüfen: Sprachcafé „Grüß Gott“ – Einträge für das Jahr 2017, Landkreis Coburg"
LETTER = Letter(SUBJECT, ("Guten Tag,", "schöne Grüße."), "Einträge ansehen", ("Bis dann.",))
ADDRESS = "https://desk.example/bestaetigen/geheim/"
AGAIN = AT + DELAYS[0]


class Postbox:
    """What the server does with a mail: answers in turn, then takes everything."""

    def __init__(self):
        self.taken = []
        self.rcpt, self.data, self.late = [], [], 0.0

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's interface
        if self.rcpt:
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's interface
        late, self.late = self.late, 0.0
        await asyncio.sleep(late)
        if self.data:
            return self.data.pop(0)
        if not late:
            self.taken.append(envelope)
        return "250 OK"


@pytest.fixture
def box(settings):
    """Start the server, and let the outbox send to it."""
    box = Postbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.DEFAULT_FROM_EMAIL = "Landkreis Coburg <integration@landkreis.example>"
    yield box
    controller.stop()


def written():
    return post(
        tenant=world.tenant(), to="post@vhs.example", letter=LETTER, why="Probe", at=AT,
        link=ADDRESS,
    )  # fmt: skip


def now(mail):
    found = OutgoingMail.objects.get(pk=mail.pk)
    return state_of(found), found.error


def test_ein_brief_kommt_als_text_und_html_mit_umlauten_im_betreff_an(box):
    mail = written()
    assert send_due(at=AT) is None
    (envelope,) = box.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == (
        "integration@landkreis.example",
        ["post@vhs.example"],
    )
    raw = envelope.original_content
    assert raw.partition(b"\r\n\r\n")[0].isascii()
    letter = message_from_bytes(raw, policy=policy.default)
    assert letter["Subject"].strip() == SUBJECT  # a folded line begins with a blank
    assert (letter["To"], letter["Auto-Submitted"]) == ("post@vhs.example", "auto-generated")
    assert letter.get_content_type() == "multipart/alternative"
    plain, html = (part.get_content() for part in letter.iter_parts())
    assert "schöne Grüße." in plain
    assert ADDRESS in plain
    assert "<p>schöne Grüße.</p>" in html
    assert f'<a href="{ADDRESS}">Einträge ansehen</a>' in html
    assert now(mail) == (MailState.SENT, "")


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (
            {"rcpt": ["550 5.1.1 unbekannt"]},
            "Der Mailserver nimmt dieses Postfach nicht an. Bitte die Adresse prüfen.",
        ),
        (
            {"data": ["451 4.3.0 später"]},
            "Der Mailserver hat die Nachricht nicht angenommen.",
        ),
        (
            {"late": 1.0},
            "Der Mailserver antwortet nicht rechtzeitig (GELINGEN_MAIL_HOST).",
        ),
    ],
)
def test_was_abgewiesen_wird_oder_zu_lange_dauert_wartet_mit_einem_satz_und_geht_spaeter_hinaus(
    box, settings, refusal, sentence
):
    settings.EMAIL_TIMEOUT = 0.3
    mail = written()
    vars(box).update(refusal)
    assert send_due(at=AT) == AGAIN
    assert now(mail) == (MailState.AGAIN, sentence)
    assert box.taken == []
    assert send_due(at=AGAIN) is None
    assert now(mail) == (MailState.SENT, "")
    assert [envelope.rcpt_tos for envelope in box.taken] == [["post@vhs.example"]]
