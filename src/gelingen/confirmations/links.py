"""Links that open a request without an account: signed, expiring, kept only as a hash."""

from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from secrets import token_urlsafe

from django.core.signing import BadSignature, Signer

from gelingen.confirmations.models import Request
from gelingen.errors import NotFoundError, UserError

VALID = timedelta(days=60)
_LONGEST = 200
# The salt makes the signature good for this purpose alone.
_signer = Signer(sep=".", salt="gelingen.confirmations")


class UnknownLinkError(NotFoundError):
    """The link was never given, or it is mutilated."""


class Closed(Enum):
    """Why a link opens nothing any more."""

    EXPIRED = "expired"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class ClosedLinkError(UserError):
    """The link was good once."""

    def __init__(self, closed: Closed) -> None:
        super().__init__("Dieser Verweis gilt nicht mehr.")
        self.closed = closed


def new_token() -> tuple[str, str]:
    """Make the last part of a new link, and the hash under which it is found again."""
    token = _signer.sign(token_urlsafe(24))
    return token, _hash(token)


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def open_link(token: str, *, at: datetime) -> Request:
    """Find the request that a link opens. One query; none for a link that is not ours.

    Raises:
        UnknownLinkError: there never was such a link.
        ClosedLinkError: it has expired, is answered or withdrawn.

    """
    try:
        _signer.unsign(token[:_LONGEST])
    except BadSignature:
        raise _unknown() from None
    request = Request.objects.select_related("tenant").filter(token_hash=_hash(token)).first()
    if request is None:
        raise _unknown()
    closed = closed_why(request, at=at)
    if closed is not None:
        raise ClosedLinkError(closed)
    return request


def _unknown() -> UnknownLinkError:
    return UnknownLinkError("Diesen Verweis gibt es nicht.")


def closed_why(request: Request, *, at: datetime) -> Closed | None:
    """Tell why a request is closed; None if it is open."""
    if request.withdrawn is not None:
        return Closed.WITHDRAWN
    if request.answered is not None:
        return Closed.ANSWERED
    return Closed.EXPIRED if request.expires <= at else None
