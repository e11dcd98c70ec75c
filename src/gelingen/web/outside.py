"""Pages that a link opens without an account: in their reader's language, private, not guessed.

Whoever knows the address of such a page may do what it offers, and nothing else speaks for them:
no session, no account. So their forms carry no token against forgery, and set no cookie for it.
"""

from collections.abc import Callable, Collection

from allauth.core.internal import ratelimit  # the public one never limits reading
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

LIMIT = "confirm_by_link"  # see ACCOUNT_RATE_LIMITS in the settings
LANGUAGE = "sprache"


def private(answer: HttpResponse) -> HttpResponse:
    """Keep a page that a secret address opens out of caches, search engines and other sites."""
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "same-origin"
    return answer


def lost(request: HttpRequest, show: Callable[..., HttpResponse]) -> HttpResponse:
    """Answer a link that is none. Only guesses count: nobody stands in somebody else's way.

    Args:
        request: the request.
        show: shows the page that says why, with its status.

    """
    if not ratelimit.consume(request, app="allauth.account", action=LIMIT, limit_get=True):
        return private(show(request, "often", status=429))
    return private(show(request, "unknown", status=404))


def language_for(
    request: HttpRequest, languages: Collection[str], *, otherwise: str = settings.LANGUAGE_CODE
) -> str:
    """Find the language that was asked for, was chosen before, or that the browser prefers.

    Args:
        request: the request.
        languages: codes of those that there are.
        otherwise: if nobody wants any of them.

    """
    chosen = (request.GET.get(LANGUAGE), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    preferred = (code.partition("-")[0] for code, _ in accepted)
    wanted = [*chosen, *preferred] if otherwise == settings.LANGUAGE_CODE else [*chosen]
    return next((code for code in wanted if code and code in languages), otherwise)


def remember(answer: HttpResponse, language: str) -> HttpResponse:
    """Keep a language that was chosen for the next page."""
    answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", httponly=True)
    return answer
