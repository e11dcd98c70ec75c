"""Rückmeldungen von außen: ankommen, beantwortet werden, vergessen werden."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world

from gelingen.access.queries import on_day
from gelingen.feedback import commands
from gelingen.feedback.models import Feedback
from gelingen.feedback.queries import SHOWN, feedbacks, waiting
from gelingen.post.models import OutgoingMail
from gelingen.privacy.kinds import Way, searched, way_of

pytestmark = pytest.mark.django_db
AT = datetime(2017, 6, 1, 10, tzinfo=UTC)


def said(key="a", *, mailbox="", message="Der Verweis geht nicht.", at=AT):
    return commands.receive(
        tenant=world.tenant(), key=key, page="/09473/ziele/", message=message, mailbox=mailbox,
        at=at,
    )  # fmt: skip


def officer():
    return on_day(world.person(role="officer"), on=AT.date())


def test_zweimal_dasselbe_formular_ist_eine_rueckmeldung():
    assert said("a") == said("a")
    assert said("b") != said("a")
    assert Feedback.objects.count() == 2


def test_wer_im_selben_augenblick_zweimal_sendet_hat_es_einmal_gesagt(monkeypatch):
    whole = Feedback.full_clean

    def meanwhile(new, *given, **named):
        monkeypatch.setattr(Feedback, "full_clean", whole)
        said("a")
        whole(new, *given, **named)

    monkeypatch.setattr(Feedback, "full_clean", meanwhile)
    assert said("a") == Feedback.objects.get()


def test_ohne_text_oder_mit_falschem_postfach_kommt_nichts_an():
    for wrong in ({"message": "   "}, {"mailbox": "keine Adresse"}):
        with pytest.raises(ValidationError):
            said(**wrong)
    assert not Feedback.objects.exists()


def test_die_antwort_geht_an_das_postfach_und_steht_dabei():
    one = said(mailbox="frau@example.org")
    commands.answer(actor=officer(), feedback=one, text="Ist behoben.\n\nDanke.", at=AT)
    mail = OutgoingMail.objects.get()
    assert mail.to == "frau@example.org"
    assert "Ist behoben." in mail.plain
    assert "Der Verweis geht nicht." in mail.plain
    assert (one.state, one.answer) == ("answered", "Ist behoben.\n\nDanke.")
    with pytest.raises(commands.FeedbackError, match="abgeschickt"):
        commands.reopen(actor=officer(), feedback=one)


def test_ohne_postfach_laesst_sich_nicht_antworten_aber_erledigen_und_wieder_oeffnen():
    one = said()
    with pytest.raises(commands.FeedbackError, match="niemand ein Postfach"):
        commands.answer(actor=officer(), feedback=one, text="Ja.", at=AT)
    commands.close(actor=officer(), feedback=one, note="Behoben", at=AT)
    assert one.state == "closed"
    commands.reopen(actor=officer(), feedback=one)
    assert (one.state, one.handled, one.answer) == ("new", None, "Behoben")


def test_zwei_die_zugleich_antworten_schicken_nur_eine_antwort():
    said(mailbox="frau@example.org")
    mine, theirs = Feedback.objects.get(), Feedback.objects.get()
    commands.answer(actor=officer(), feedback=mine, text="Erste.", at=AT)
    with pytest.raises(commands.StaleFeedbackError):
        commands.answer(actor=officer(), feedback=theirs, text="Zweite.", at=AT)
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("role", ["reader", "lead", "partner", "head"])
def test_wer_nicht_veroeffentlichen_darf_liest_keine_rueckmeldung(role):
    one = said()
    person = on_day(world.person(role=role), on=AT.date())
    assert waiting(person, world.tenant()) == []
    with pytest.raises(PermissionDenied):
        commands.close(actor=person, feedback=one, note="", at=AT)


def test_postfach_und_rueckmeldung_werden_nach_ihrer_zeit_vergessen():
    said("alt", mailbox="a@example.org", at=AT - timedelta(days=366))
    done, new = said("b", mailbox="b@example.org"), said("c", mailbox="c@example.org")
    commands.close(actor=officer(), feedback=done, note="", at=AT - timedelta(days=31))
    assert commands.drop_old(at=AT) == 1
    assert dict(Feedback.objects.values_list("key", "mailbox")) == {"b": "", "c": new.mailbox}


def test_eine_auskunft_findet_rueckmeldungen_und_loescht_sie_ganz():
    assert Feedback in searched()
    assert way_of(Feedback, Feedback._meta.get_field("message")) is Way.ROW


def test_was_wartet_faellt_auch_hinter_vielen_juengeren_nicht_von_der_liste():
    old = said("alt", at=AT - timedelta(days=90))
    Feedback.objects.bulk_create(
        Feedback(
            tenant=world.tenant(), key=f"k{number}", message="Danke.", state="closed",
            received=AT, handled=AT,
        )
        for number in range(SHOWN)
    )  # fmt: skip
    found = feedbacks(officer(), world.tenant())
    assert (found[0], len(found)) == (old, SHOWN)
