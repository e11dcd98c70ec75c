"""What the worker does by itself: send mail, and tidy up once a day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests import world

from gelingen.access.invitations import invite
from gelingen.access.models import Invitation
from gelingen.access.queries import on_day
from gelingen.desk.models import Draft
from gelingen.history.models import ChangeEvent
from gelingen.jobs import begin_days, check_workbook, daily, send_mail
from gelingen.post.commands import post
from gelingen.post.letters import Letter
from gelingen.post.models import OutgoingMail
from gelingen.register.models import Organisation
from gelingen.terms.desk import UploadState
from gelingen.transfer.checking import begin_checking
from gelingen.transfer.models import Upload
from gelingen.transfer.uploads import KEPT, keep_upload, root

pytestmark = pytest.mark.django_db


def planned(job):
    found = DBTaskResult.objects.filter(task_path=job.module_path)
    return list(found.values_list("run_after", flat=True))


def written(at):
    letter = Letter("Betreff", ("Guten Tag,",))
    return post(tenant=world.tenant(), to="post@vhs.example", letter=letter, why="Probe", at=at)


def test_beim_start_wird_der_tag_geplant_und_nur_einmal():
    begin_days()
    begin_days()
    assert len(planned(daily)) == 1


def test_nach_jedem_tag_kommt_der_naechste():
    daily.func()
    (following,) = planned(daily)
    assert timedelta(hours=23) < following - timezone.now() <= timedelta(days=1)
    begin_days()
    daily.func()
    assert len(planned(daily)) == 1


@pytest.fixture
def sent(settings, tmp_path):
    """A file that waits for the worker, sent in an installation that stands still in 2017."""
    settings.HOME = tmp_path
    settings.ENV = replace(settings.ENV, day=date(2017, 6, 1))
    person = world.person()
    person.memberships.update(ends=date(2017, 7, 1))
    on_day(person, on=date(2017, 6, 1))
    file = SimpleUploadedFile("Organisationen.csv", b"Kennung;Name\nawo;AWO")
    kept, _ = keep_upload(person, world.tenant(), file, at=timezone.now())
    begin_checking(person, kept, at=timezone.now())
    return kept


def check(kept):
    check_workbook.func(
        actor_id=kept.user.pk,
        tenant_key=kept.tenant.pk,
        upload=kept.key,
        at=timezone.now().isoformat(),
    )


def test_fuer_auftraege_gelten_die_rollen_am_tag_der_installation(sent):
    check(sent)
    assert Upload.objects.get().state == UploadState.CHECKED


def test_wer_seine_rolle_vor_dem_auftrag_verliert_liest_das_bei_der_datei(sent):
    sent.user.memberships.update(ends=date(2017, 6, 1))
    with pytest.raises(PermissionDenied):
        check(sent)
    found = Upload.objects.get()
    assert found.state == UploadState.FAILED
    assert "darf hier keine Arbeitsmappen mehr einlesen" in found.complaint


def test_einmal_am_tag_wird_vergessen_was_seine_zeit_gehabt_hat(settings, tmp_path):
    settings.HOME = tmp_path
    now, person = timezone.now(), world.person()
    for days in (59, 61):
        Draft.objects.create(
            user=person, tenant=world.tenant(), form=str(days), at=now - timedelta(days=days)
        )
    for days in (89, 91):
        written(now - timedelta(days=days))
    for days in (96, 98):
        invite(
            actor=world.OPERATOR,
            tenant=world.tenant(),
            email=f"tag{days}@kreis.example",
            role="reader",
            on=now.date(),
            at=now - timedelta(days=days),
        )
    for days in (29, 31):
        Upload.objects.create(
            key=f"datei{days}",
            tenant=world.tenant(),
            user=person,
            name="liste.csv",
            state=UploadState.RECEIVED,
            at=now - timedelta(days=days),
            expires=now - timedelta(days=days) + KEPT,
        )
        (root() / f"datei{days}").mkdir(parents=True)
    owner = world.organisation(mailbox="alt@vhs.example")
    Organisation.history.update(history_date=now - timedelta(days=400))
    ChangeEvent.objects.update(at=now - timedelta(days=400))
    daily.func()
    assert [one.form for one in Draft.objects.all()] == ["59"]
    assert OutgoingMail.objects.count() == 1
    assert [one.email for one in Invitation.objects.all()] == ["tag96@kreis.example"]
    assert [one.key for one in Upload.objects.all()] == ["datei29"]
    assert (root() / "datei29").exists()
    assert not (root() / "datei31").exists()
    assert "mailbox" not in ChangeEvent.objects.get(label=owner.name).changed


def test_der_arbeiter_sendet_und_kommt_nach_einem_fehler_wieder(settings):
    settings.EMAIL_HOST = "mail.example"
    written(timezone.now())
    send_mail.func()
    assert len(django_mail.outbox) == 1
    assert planned(send_mail) == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    written(timezone.now())
    send_mail.func()
    send_mail.func()
    assert len(planned(send_mail)) == 1
