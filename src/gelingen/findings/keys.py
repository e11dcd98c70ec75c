"""The stable keys of findings, as they are stored."""

from hashlib import sha256

LONGEST = 200  # what the column of keys holds
_DIGITS = 16


def stored_key(key: str) -> str:
    """Give the key under which a finding is stored.

    The key of an observation names everything it is about and can outgrow the column; then its end
    gives way to a checksum of the whole, so that it stays the same from run to run.
    """
    if len(key) <= LONGEST:
        return key
    digest = sha256(key.encode()).hexdigest()[:_DIGITS]
    return f"{key[: LONGEST - _DIGITS - 1]}~{digest}"
