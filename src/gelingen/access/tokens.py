"""Last parts of links that open something without an account: signed, kept only as a hash."""

from hashlib import sha256
from secrets import token_urlsafe

from django.core.signing import BadSignature, Signer

from gelingen.errors import NotFoundError

_LONGEST = 200


class UnknownLinkError(NotFoundError):
    """The link was never given, or it is mutilated."""

    def __init__(self) -> None:
        super().__init__("Diesen Verweis gibt es nicht.")


class Tokens:
    """Tokens for one purpose; those of another purpose are unknown here."""

    def __init__(self, purpose: str) -> None:
        # The salt makes the signature good for this purpose alone.
        self._signer = Signer(sep=".", salt=purpose)

    def new(self) -> tuple[str, str]:
        """Make the last part of a new link, and the hash under which it is found again."""
        token = self.sign(token_urlsafe(24))
        return token, self._hash(token)

    def sign(self, value: str) -> str:
        """Sign a value that may be read by everybody, for a link that many share."""
        return self._signer.sign(value)

    def hash_of(self, token: str) -> str:
        """Give the hash of a link that was ours.

        Raises:
            UnknownLinkError: it never was.

        """
        self.value_of(token)
        return self._hash(token)

    def value_of(self, token: str) -> str:
        """Give the value that was signed.

        Raises:
            UnknownLinkError: it never was.

        """
        try:
            return self._signer.unsign(token[:_LONGEST])
        except BadSignature:
            raise UnknownLinkError from None

    @staticmethod
    def _hash(token: str) -> str:
        return sha256(token.encode()).hexdigest()
