"""Anlagen: Dateien, die mit einer Nachricht gehen und mit ihr vergessen werden."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from tests import world

from gelingen.post.commands import drop_old_mail, post, send_due
from gelingen.post.letters import Enclosure, Letter
from gelingen.post.models import Attachment

pytestmark = pytest.mark.django_db
CALENDAR = Enclosure("termin.ics", "text/calendar; charset=utf-8; method=REQUEST", b"\xc3\x9c" * 9)
PAPER = Enclosure("Einladung für Juni.pdf", "application/pdf", bytes(range(256)))


def test_anlagen_kommen_byte_fuer_byte_mit_namen_und_art_an(settings):
    settings.EMAIL_HOST = "mail.test"
    at = timezone.now()
    post(
        tenant=world.tenant(), to="a@b.test", letter=Letter("Betreff", ("Text",)), why="Probe",
        at=at, enclosed=(PAPER, CALENDAR),
    )  # fmt: skip
    send_due(at=at)
    parts = [one for one in mail.outbox[0].message().walk() if one.get_filename()]
    assert [one.get_filename() for one in parts] == [PAPER.name, CALENDAR.name]
    assert [one.get_payload(decode=True) for one in parts] == [PAPER.content, CALENDAR.content]
    assert [one.get_content_type() for one in parts] == ["application/pdf", "text/calendar"]
    assert parts[1].get_param("method") == "REQUEST"


def test_mit_der_nachricht_werden_ihre_anlagen_vergessen():
    at = timezone.now()
    post(
        tenant=world.tenant(), to="a@b.test", letter=Letter("Betreff", ("Text",)), why="Probe",
        at=at, enclosed=(PAPER,),
    )  # fmt: skip
    drop_old_mail(before=at + timedelta(days=1))
    assert not Attachment.objects.exists()
