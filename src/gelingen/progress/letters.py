"""What the mails to leads of measures say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gelingen.post.letters import Letter
from gelingen.terms.spelling import day, last_day

SUBJECT = "Sachstand {year}: Was ist aus Ihrer Maßnahme geworden?"
TEXT = (
    "Guten Tag,\n\n"
    "einmal im Jahr berichten alle Stellen, die im Masterplan für eine Maßnahme federführend sind, "
    "was daraus geworden ist. Dafür gibt es eine Seite mit höchstens acht Angaben; die des "
    "Vorjahres stehen daneben. Sie brauchen kein Konto und können jederzeit unterbrechen."
)
_AGAIN = {
    1: "wir haben Sie um den Sachstand {year} gebeten und noch keine Antwort. Vielleicht ist die "
    "erste Nachricht untergegangen.",
    2: "der Sachstand {year} fehlt noch. Dies ist die letzte Erinnerung; danach melden wir uns "
    "persönlich bei Ihnen.",
}
_LINK = "Sachstand eintragen"
_UNTIL = (
    "Bis zum {day} lässt sich alles eintragen und berichtigen. Wer den Verweis hat, kann "
    "antworten; bitte geben Sie ihn nur an die zuständige Stelle weiter."
)
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Subject:
    """A measure in a mail: its title, and until when its money is granted (first day after)."""

    title: str
    money_ends: date | None = None


def asking(  # noqa: PLR0913 - what differs from mail to mail
    *,
    year: int,
    subject: str,
    text: str,
    measures: Sequence[Subject],
    closes: date,
    sender: str,
) -> Letter:
    """Write the first mail: the officer's words, the measures, the link, until when."""
    paragraphs = (text or TEXT).replace("\r\n", "\n").split("\n\n")
    words = [one.strip() for one in paragraphs if one.strip()]
    return _letter(subject or SUBJECT.format(year=year), words, measures, closes, sender)


def reminding(
    *, year: int, which: int, measures: Sequence[Subject], closes: date, sender: str
) -> Letter:
    """Write a reminder, the first or the second."""
    words = ["Guten Tag,", _AGAIN[which].format(year=year)]
    return _letter(f"Erinnerung: Sachstand {year}", words, measures, closes, sender)


def _letter(
    subject: str, words: Sequence[str], measures: Sequence[Subject], closes: date, sender: str
) -> Letter:
    until = _UNTIL.format(day=day(last_day(closes)))
    return Letter(subject, (*words, _listed(measures), *_ending(measures)), _LINK, (until,), sender)


def _listed(measures: Sequence[Subject]) -> str:
    lines = [f"– {one.title}" for one in measures[:_LISTED]]
    if len(measures) > _LISTED:
        lines.append(f"– und {len(measures) - _LISTED} weitere")
    many = "eine Maßnahme" if len(measures) == 1 else f"{len(measures)} Maßnahmen"
    return "\n".join([f"Es geht um {many}:", *lines])


def _ending(measures: Sequence[Subject]) -> list[str]:
    """Ask how those go on whose money ends."""
    ends = [
        f"– {one.title}: bewilligt bis {day(last_day(one.money_ends))}"
        for one in measures
        if one.money_ends is not None
    ]
    if not ends:
        return []
    asked = "Die Förderung endet bald. Bitte schreiben Sie unter „Nächster Schritt“, wie es danach "
    return ["\n".join([f"{asked}weitergeht:", *ends])]
