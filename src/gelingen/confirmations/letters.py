"""What the mail to an organisation says."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime

from gelingen.post.letters import Letter
from gelingen.terms.spelling import day

SUBJECT = "Stimmen Ihre Einträge noch?"
TEXT = (
    "Guten Tag,\n\n"
    "in unserer Übersicht der Integrationsarbeit steht auch, was Ihre Organisation anbietet. "
    "Bitte sehen Sie kurz nach, ob es noch stimmt. Das dauert etwa zwei Minuten, "
    "ein Konto brauchen Sie nicht. (English: please open the link and choose “English”.)"
)
_LINK = "Einträge ansehen und bestätigen"
_VALID = (
    "Der Verweis gilt bis {}. Wer ihn hat, kann antworten; bitte geben Sie ihn nur an die "
    "zuständige Stelle weiter."
)
_LISTED = 12


def letter(  # noqa: PLR0913 - what differs from mail to mail
    *,
    subject: str,
    text: str,
    organisation: str,
    entries: Sequence[str],
    sender: str,
    expires: datetime,
) -> Letter:
    """Write the mail: the officer's words, the entries, the link, how long it holds."""
    return Letter(
        subject,
        (*_paragraphs(text), _listed(organisation, entries)),
        _LINK,
        (_VALID.format(day(localtime(expires).date())),),
        sender,
    )


def _paragraphs(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").split("\n\n")
    return [line.strip() for line in lines if line.strip()]


def _listed(organisation: str, entries: Sequence[str]) -> str:
    many = (
        "Es geht um einen Eintrag" if len(entries) == 1 else f"Es geht um {len(entries)} Einträge"
    )
    lines = [f"– {name}" for name in entries[:_LISTED]]
    if len(entries) > _LISTED:
        lines.append(f"– und {len(entries) - _LISTED} weitere")
    return "\n".join([f"{many} ({organisation}):", *lines])
