"""What django-allauth asks us about accounts."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from gelingen.access.invitations import accept_by_house_login, is_invited
from gelingen.access.models import User
from gelingen.web.account import forgotten


class ClosedAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by the administration of the installation, never by strangers."""

    # allauth's German says "du".
    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": "Das bisherige Passwort stimmt nicht.",
        "incorrect_password": "Das Passwort stimmt nicht.",
        "email_password_mismatch": "E-Mail-Adresse oder Passwort stimmen nicht.",
        "username_password_mismatch": "Benutzername oder Passwort stimmen nicht.",
        "rate_limited": "Das waren zu viele Versuche. Bitte warten Sie einige Minuten.",
        "too_many_login_attempts": "Zu viele Fehlversuche. Bitte warten Sie fünf Minuten.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's interface
        """Refuse."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Give the path alone; which host the mail names says the setting."""
        return forgotten.path_of(key)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, object]) -> None:  # noqa: ARG002 - allauth's interface
        """Send through the outbox, to the address of the account and not to the one typed."""
        forgotten.send_link(user, str(context["password_reset_url"]), self.request)


class HouseLogin(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """The login of the house opens existing accounts, and makes those of invited people alone.

    The house vouches for an address by saying that it is verified; other addresses open nothing.
    """

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse strangers before allauth offers them a form; roles come from invitations."""
        at = timezone.now()
        if sociallogin.is_existing:
            if _vouched(sociallogin) == sociallogin.user.email.casefold():
                accept_by_house_login(sociallogin.user, at=at)
            return
        if not is_invited(_vouched(sociallogin), at=at):
            messages.error(
                request,
                "Ihr Haus hat Sie angemeldet, aber hier sind Sie nicht eingeladen. "
                "Bitten Sie die Verwaltung dieser Installation um eine Einladung.",
            )
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - allauth's interface
        """Let invited people in; all others were refused before."""
        return is_invited(_vouched(sociallogin), at=timezone.now())

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: object = None
    ) -> User:
        """Make the account, without a password, and give the roles of the invitation."""
        person: User = super().save_user(request, sociallogin, form)
        accept_by_house_login(person, at=timezone.now())
        return person


def _vouched(sociallogin: SocialLogin) -> str:
    """Address that the house has verified, in small letters; "" if there is none."""
    found = [one.email.casefold() for one in sociallogin.email_addresses if one.verified]
    return found[0] if found else ""
