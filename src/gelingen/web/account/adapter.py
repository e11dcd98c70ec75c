"""What django-allauth asks us about accounts."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from gelingen.access.house import take_house_roles
from gelingen.access.invitations import accept_by_house_login, is_invited
from gelingen.access.models import User
from gelingen.config.day import today
from gelingen.config.env import house_roles
from gelingen.web.account import forgotten

# Where allauth keeps what the house tells of a person; the first that names groups counts.
_TOLD = ("userinfo", "id_token")


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
            _take_roles(sociallogin.user, sociallogin)
            return
        if not _may_come(sociallogin):
            messages.error(
                request,
                "Ihr Haus hat Sie angemeldet, aber hier sind Sie nicht eingeladen. "
                "Bitten Sie die Verwaltung dieser Installation um eine Einladung.",
            )
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - allauth's interface
        """Let invited people in; all others were refused before."""
        return _may_come(sociallogin)

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: object = None
    ) -> User:
        """Make the account, without a password, and give the roles of the invitation."""
        person: User = super().save_user(request, sociallogin, form)
        accept_by_house_login(person, at=timezone.now())
        _take_roles(person, sociallogin)
        return person


def _may_come(sociallogin: SocialLogin) -> bool:
    """Whether a stranger gets an account: invited, or in a group of the house that gives a role."""
    address = _vouched(sociallogin)
    return bool(address) and (is_invited(address, at=timezone.now()) or bool(_granted(sociallogin)))


def _take_roles(person: User, sociallogin: SocialLogin) -> None:
    granted = _granted(sociallogin)
    if granted is not None:
        take_house_roles(person, granted, on=today())


def _granted(sociallogin: SocialLogin) -> set[tuple[str, str]] | None:
    """Find the roles of the groups that the house names; None if it names none at all."""
    mapped, claim = house_roles(settings.ENV.oidc_groups), settings.ENV.oidc_groups_claim
    told = sociallogin.account.extra_data
    named = [part[claim] for name in _TOLD if claim in (part := told.get(name) or {})]
    if not mapped or not named:
        return None
    groups = [named[0]] if isinstance(named[0], str) else named[0]
    return {one for group in groups for one in mapped.get(str(group), ())}


def _vouched(sociallogin: SocialLogin) -> str:
    """Address that the house has verified, in small letters; "" if there is none."""
    found = [one.email.casefold() for one in sociallogin.email_addresses if one.verified]
    return found[0] if found else ""
