"""Links that open a request without an account: signed, expiring, kept only as a hash."""

from datetime import datetime, timedelta
from enum import Enum

from gelingen.access.tokens import Tokens, UnknownLinkError
from gelingen.confirmations.models import Request
from gelingen.errors import UserError

VALID = timedelta(days=60)
_TOKENS = Tokens("gelingen.confirmations")
new_token = _TOKENS.new


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


def open_link(token: str, *, at: datetime) -> Request:
    """Find the request that a link opens. One query; none for a link that is not ours.

    Raises:
        UnknownLinkError: there never was such a link.
        ClosedLinkError: it has expired, is answered or withdrawn.

    """
    digest = _TOKENS.hash_of(token)
    request = Request.objects.select_related("tenant").filter(token_hash=digest).first()
    if request is None:
        raise UnknownLinkError
    closed = closed_why(request, at=at)
    if closed is not None:
        raise ClosedLinkError(closed)
    return request


def closed_why(request: Request, *, at: datetime) -> Closed | None:
    """Tell why a request is closed; None if it is open."""
    if request.withdrawn is not None:
        return Closed.WITHDRAWN
    if request.answered is not None:
        return Closed.ANSWERED
    return Closed.EXPIRED if request.expires <= at else None
