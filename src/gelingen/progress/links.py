"""Links that let the lead of a measure report without an account, until the round closes.

A link is the signed core of a request. The core alone is stored: from it nobody can make the link,
and each reminder carries the same one.
"""

from datetime import date

from gelingen.access.tokens import Tokens, UnknownLinkError
from gelingen.errors import UserError
from gelingen.progress.models import ProgressRequest

_TOKENS = Tokens("gelingen.progress")


class ClosedRoundError(UserError):
    """The link was good once; the round is closed."""

    def __init__(self, request: ProgressRequest) -> None:
        super().__init__("Für dieses Jahr wird nicht mehr berichtet.")
        self.request = request


def token_of(request: ProgressRequest) -> str:
    """Give the last part of the link of a request."""
    return _TOKENS.sign(request.ident)


def open_link(token: str, *, on: date) -> ProgressRequest:
    """Find the request that a link opens, with its round and tenant. One query.

    Raises:
        UnknownLinkError: there never was such a link.
        ClosedRoundError: the round is over.

    """
    ident = _TOKENS.value_of(token)
    every = ProgressRequest.objects.select_related("round", "tenant")
    found = every.filter(ident=ident).first()
    if found is None:
        raise UnknownLinkError
    if found.round.closes <= on:
        raise ClosedRoundError(found)
    return found
