"""Put mail into the outbox, send what is due, try again, forget."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from email import encoders
from email.message import Message
from email.mime.base import MIMEBase
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.post.letters import Enclosure, Letter, with_link
from gelingen.post.models import Attachment, OutgoingMail

KEPT_DAYS = 90
# After the first, second … attempt that fails; then nobody tries until somebody asks.
DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
)
MOST_ATTEMPTS = len(DELAYS) + 1
_log = logging.getLogger(__name__)


class NoServerError(UserError):
    """No mail server is known."""


def can_send() -> bool:
    """Whether this installation knows a mail server."""
    return bool(settings.EMAIL_HOST)


def post(  # noqa: PLR0913 - what a mail consists of
    *,
    tenant: Tenant,
    to: str,
    letter: Letter,
    why: str,
    at: datetime,
    link: str = "",
    addressee_only: bool = False,
    enclosed: Iterable[Enclosure] = (),
) -> OutgoingMail:
    """Put a letter into the outbox; the worker sends it. The caller has checked the rights.

    Args:
        tenant: in whose name.
        to: the mailbox.
        letter: what it says.
        why: the occasion, as the outbox shows it.
        at: when.
        link: the address that the letter's mark stands for; forgotten once it is sent.
        addressee_only: whether the link opens what nobody but the addressee may open.
        enclosed: files that go with it.

    """
    # A worker must not see the mail before its files.
    with transaction.atomic():
        mail = OutgoingMail.objects.create(
            tenant=tenant,
            to=to,
            subject=" ".join(letter.subject.split())[:200],
            plain=letter.plain(),
            html=letter.html(),
            link=link,
            addressee_only=addressee_only,
            why=why[:200],
            created=at,
            held=not can_send(),
        )
        Attachment.objects.bulk_create(
            Attachment(mail=mail, name=one.name, media_type=one.media_type, content=one.content)
            for one in enclosed
        )
    return mail


def send_due(*, at: datetime) -> datetime | None:
    """Send everything that is due, each mail at most once, also with several workers.

    Returns:
        When to come again for what failed; None if nothing waits.

    """
    waiting = OutgoingMail.objects.filter(sent=None, held=False, attempts__lt=MOST_ATTEMPTS)
    for mail in waiting.order_by("created", "pk"):
        if _due(mail) <= at and _claim(mail, at):
            _send(mail, at)
    return min((_due(mail) for mail in waiting.all()), default=None)


def _due(mail: OutgoingMail) -> datetime:
    return mail.created if mail.tried is None else mail.tried + DELAYS[mail.attempts - 1]


def _claim(mail: OutgoingMail, at: datetime) -> bool:
    """Take a mail, unless another worker was quicker."""
    mine = OutgoingMail.objects.filter(pk=mail.pk, sent=None, attempts=mail.attempts)
    return mine.update(attempts=F("attempts") + 1, tried=at) == 1


def _send(mail: OutgoingMail, at: datetime) -> None:
    message = EmailMultiAlternatives(
        mail.subject,
        with_link(mail.plain, mail.link),
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(with_link(mail.html, mail.link), "text/html")
    for one in mail.attachments.all():
        message.attach(_part(one))
    this = OutgoingMail.objects.filter(pk=mail.pk)
    try:
        message.send()
    except (OSError, SMTPException, ValueError) as error:
        # The server's own words may hold the address.
        _log.warning("Nachricht %s nicht gesendet: %s", mail.pk, type(error).__name__)
        this.update(error=_reason(error))
    else:
        this.update(sent=at, error="", link="")


def _part(file: Attachment) -> MIMEBase:
    """Write a file as part of a message; Django's own way loses parameters such as the method."""
    kind = Message()
    kind["Content-Type"] = file.media_type
    part = MIMEBase(kind.get_content_maintype(), kind.get_content_subtype())
    for name, value in (kind.get_params() or [])[1:]:
        part.set_param(name, value)
    part.set_payload(bytes(file.content))
    encoders.encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=file.name)
    return part


# The first that fits counts: smtplib's errors are special cases of SMTPException and OSError.
_REASONS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    (
        (SMTPAuthenticationError, SMTPNotSupportedError),
        "Der Mailserver nimmt die Anmeldung nicht an (GELINGEN_MAIL_USER).",
    ),
    (
        (SMTPRecipientsRefused,),
        "Der Mailserver nimmt dieses Postfach nicht an. Bitte die Adresse prüfen.",
    ),
    (
        (SMTPSenderRefused,),
        "Der Mailserver nimmt den Absender nicht an (GELINGEN_MAIL_FROM).",
    ),
    (
        (SMTPServerDisconnected, TimeoutError),
        "Der Mailserver antwortet nicht rechtzeitig (GELINGEN_MAIL_HOST).",
    ),
    ((SMTPException,), "Der Mailserver hat die Nachricht nicht angenommen."),
    ((OSError,), "Der Mailserver ist nicht erreichbar (GELINGEN_MAIL_HOST)."),
)


def _reason(error: Exception) -> str:
    for kinds, reason in _REASONS:
        if isinstance(error, kinds):
            return reason
    return "Die Nachricht lässt sich so nicht senden. Bitte Betreff und Postfach prüfen."


def try_again(actor: Actor, mail: OutgoingMail) -> None:
    """Release a mail that was held back, or that failed too often.

    Raises:
        PermissionDenied: the actor may not ask partners.
        NoServerError: there is no mail server.

    """
    require(actor, May.EDIT_REGISTER, mail.tenant)
    if not can_send():
        raise NoServerError(
            "Diese Installation kennt keinen Mailserver. Wer sie betreibt, trägt ihn mit "
            "GELINGEN_MAIL_HOST ein."
        )
    again = OutgoingMail.objects.filter(pk=mail.pk, sent=None)
    again.update(held=False, attempts=0, tried=None, error="")


def withdraw(mail_pk: int) -> None:
    """Forget a mail that is not sent yet, because what it asks for is withdrawn."""
    OutgoingMail.objects.filter(pk=mail_pk, sent=None).delete()


def drop_old_mail(*, before: datetime) -> int:
    """Forget all mail written before; gives its number."""
    return OutgoingMail.objects.filter(created__lt=before).delete()[0]
