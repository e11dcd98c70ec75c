"""A forgotten password: a link in a mail, through the outbox, and never more said than that."""

from datetime import timedelta

from allauth.account import views
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from gelingen.access.models import User
from gelingen.access.queries import passwords_are_used, tenants_of
from gelingen.config.day import today
from gelingen.jobs import send_mail
from gelingen.post.commands import can_send, post
from gelingen.post.letters import Letter
from gelingen.web.pages import page, whole_address


def is_open() -> bool:
    """Whether anybody signs in with a password; with the login of the house alone nobody does."""
    return not settings.ENV.oidc_address or passwords_are_used()


def ask(request: HttpRequest) -> HttpResponseBase:
    """Take the address of whoever has forgotten the password."""
    if not is_open():
        return redirect("account_login")
    answer: HttpResponseBase = views.password_reset(request)
    return answer


def asked(request: HttpRequest) -> HttpResponse:
    """Say what happens now, whether or not there is such an account."""
    return page(request, "account/password_reset_done.html", can_send=can_send())


def send_link(person: User, path: str, request: HttpRequest) -> None:
    """Write the mail with the way to a new password; it stands in the outbox of a tenant.

    Who has no password signs in at the house, which alone decides about that; who has no role
    would find nothing here. Both get no mail.

    Args:
        person: who asked for it, or for whom somebody asked.
        path: the way to the page that sets the password, or its whole address.
        request: the one that asks.

    """
    held = tenants_of(person, on=today())
    if not held or not person.has_usable_password():
        return
    at = timezone.now()
    post(
        tenant=held[0],
        to=person.email,
        letter=_letter(person, f"{timezone.localtime(at + _valid()):%d.%m.%Y, %H:%M}"),
        why="Passwort vergessen",
        at=at,
        link=whole_address(request, path),
        addressee_only=True,
    )
    send_mail.enqueue()


def path_of(key: str) -> str:
    """Way to the page behind a key of allauth, which is a person and a secret."""
    number, _, secret = key.partition("-")
    return reverse("account_reset_password_from_key", kwargs={"uidb36": number, "key": secret})


def _valid() -> timedelta:
    return timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def _letter(person: User, until: str) -> Letter:
    asked_ = (
        f"für Ihr Konto „{person.username}“ im Programm Gelingen wurde ein neues Passwort "
        "angefordert. Hier können Sie es setzen."
    )
    holds = f"Der Verweis gilt bis {until} Uhr und nur einmal. Bitte geben Sie ihn nicht weiter."
    nothing = (
        "Sie haben nichts angefordert? Dann brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie "
        "es ist."
    )
    return Letter(
        subject="Neues Passwort für Gelingen",
        before=("Guten Tag,", asked_),
        link_label="Neues Passwort setzen",
        after=(holds, nothing),
        sender="Gelingen, Integration vor Ort steuern",
    )
