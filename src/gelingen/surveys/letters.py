"""What the mail with a personal link says, in German and in the language of the invitation.

The sentences are kept here and not in the catalogues of the pages: they are proposals that whoever
sends them reads and changes before.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gelingen.post.letters import Letter, Passage
from gelingen.surveys.languages import direction_of, of_survey, tag_of
from gelingen.surveys.models import Survey
from gelingen.surveys.sentences import SENTENCES, Sentences
from gelingen.terms.spelling import day, last_day
from gelingen.terms.surveys import Language, SurveyMode


class Words(NamedTuple):
    """What an officer may change of a mail.

    Attributes:
        subject: one line.
        text: German paragraphs before the link.
        other: the same in the language of the invitation; "" if that is German.

    """

    subject: str
    text: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """Which mail it is: an invitation, or a reminder whose link takes the place of the first."""

    reminder: bool = False


INVITATION, REMINDER = Kind(), Kind(reminder=True)


def proposed(survey: Survey, language: str, kind: Kind) -> Words:
    """Propose the words of a mail."""
    german, other = SENTENCES[Language.DE], SENTENCES[Language.of(language)]
    subject = _subject(german, kind).format(survey.title)
    purpose = f"\n\n{survey.purpose}" if survey.purpose and kind is INVITATION else ""
    text = _text(german, kind).format(survey.title) + purpose
    if language == Language.DE:
        return Words(subject, text)
    title = of_survey(survey, Language.of(language), "title").text
    return Words(
        f"{subject} / {_subject(other, kind).format(title)}", text, _text(other, kind).format(title)
    )


def _subject(sentences: Sentences, kind: Kind) -> str:
    return sentences.reminder_subject if kind.reminder else sentences.subject


def _text(sentences: Sentences, kind: Kind) -> str:
    return sentences.reminder if kind.reminder else sentences.invitation


def letter(survey: Survey, words: Words, language: str, kind: Kind, *, unchecked: bool) -> Letter:
    """Write the mail: the officer's words, the link, how long it holds and what becomes of it.

    Args:
        survey: what is asked.
        words: as `proposed`, perhaps changed.
        language: of the invitation.
        kind: invitation or reminder.
        unchecked: whether nobody has checked the texts of the language.

    """
    german, other = SENTENCES[Language.DE], SENTENCES[Language.of(language)]
    also = []
    if language != Language.DE:
        after = _after(survey, other, kind)
        also = [
            Passage(
                tag_of(language),
                _paragraphs(words.other),
                other.link,
                [*after, other.unchecked] if unchecked else after,
                direction_of(language),
            )
        ]
    return Letter(
        words.subject,
        _paragraphs(words.text),
        german.link,
        _after(survey, german, kind),
        survey.tenant.name,
        also,
    )


def _after(survey: Survey, sentences: Sentences, kind: Kind) -> list[str]:
    named = survey.mode == SurveyMode.NAMED
    lines = [sentences.named if named else sentences.anonymous]
    if isinstance(survey.closes, date):
        lines.insert(0, sentences.until.format(day(last_day(survey.closes))))
    if kind.reminder:
        lines.insert(0, sentences.fresh)
    return [" ".join(lines)]


def _paragraphs(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").split("\n\n")
    return [line.strip() for line in lines if line.strip()]
