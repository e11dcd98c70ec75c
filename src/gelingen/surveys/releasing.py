"""Free texts: read and released one by one; what nobody has released is only counted."""

from dataclasses import dataclass
from datetime import date

from gelingen.access.policy import Actor, May, require
from gelingen.access.record import UnknownRecordError
from gelingen.errors import UserError
from gelingen.history.recording import change, remove
from gelingen.surveys.models import Survey
from gelingen.surveys.published import TextRelease
from gelingen.surveys.questions import Asked, questions_of
from gelingen.surveys.said import Names, answers_to
from gelingen.terms.surveys import QuestionKind, SurveyMode
from gelingen.terms.vocabulary import Verb


class TextReleaseError(UserError):
    """The text cannot be released."""


@dataclass(frozen=True, slots=True)
class FreeText:
    """What somebody wrote.

    Attributes:
        answer: names the answer within its survey.
        text: as it was written; "" once it is deleted.
        released: how it may be read outside; None if nobody has released it.
        by: name of who was invited; "" if nobody knows.

    """

    answer: str
    text: str
    released: TextRelease | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class TextsOf:
    """The free texts of one question."""

    asked: Asked
    texts: tuple[FreeText, ...]

    @property
    def waiting(self) -> int:
        """How many nobody has released."""
        return sum(one.released is None for one in self.texts)


def free_texts(actor: Actor, survey: Survey) -> list[TextsOf]:
    """Give the free texts by question; of an anonymous survey only with enough answers.

    Texts of one answer stand in different orders and under different names, so that nobody reads
    them together. Four queries.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    answers = answers_to(actor, survey)
    asked = [one for one in questions_of(survey) if one.kind is QuestionKind.TEXT]
    if survey.mode == SurveyMode.ANONYMOUS and len(answers) < survey.threshold:
        answers = []
    released = {(one.question, one.answer): one for one in survey.released_texts.all()}
    found = []
    for one in asked:
        names = Names()
        given = {
            each.name or names.of(one.key, each.values[one.key]): str(each.values[one.key])
            for each in answers
            if one.key in each.values
        }
        names_of = {each.name: each.by for each in answers if each.by}
        gone = {answer for question, answer in released if question == one.key} - given.keys()
        texts = [
            FreeText(
                answer,
                given.get(answer, ""),
                released.get((one.key, answer)),
                names_of.get(answer, ""),
            )
            for answer in (*given, *gone)
        ]
        found.append(TextsOf(one, tuple(sorted(texts, key=_words))))
    return found


def _words(one: FreeText) -> str:
    return one.released.text if one.released and not one.text else one.text


def release_text(  # noqa: PLR0913 - what a release consists of
    *,
    actor: Actor,
    survey: Survey,
    question: str,
    answer: str,
    text: str,
    by: str,
    on: date,
    batch: str = "",
) -> TextRelease:
    """Release one text, as it may be read outside.

    Args:
        actor: who does it.
        survey: read before.
        question: key of the question.
        answer: names the answer, as `FreeText` does.
        text: the words without what tells who wrote them.
        by: function of who has read it, never a name.
        on: the day.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not ask.
        TextReleaseError: there is no such text, it is released already, or nothing is left of it.

    """
    require(actor, May.ASK, survey)
    known = {
        (of.asked.key, one.answer): one for of in free_texts(actor, survey) for one in of.texts
    }
    found = known.get((question, answer))
    if found is None:
        raise TextReleaseError("Diesen Text gibt es nicht (mehr).")
    if found.released is not None:
        raise TextReleaseError("Dieser Text ist schon freigegeben.")
    if not text.strip():
        raise TextReleaseError("Es ist kein Wort übrig, das freigegeben werden könnte.")
    made = TextRelease(
        tenant=survey.tenant,
        key=f"{question}.{answer}",
        survey=survey,
        question=question,
        answer=answer,
        day=on,
        by=by,
    )
    with change(by=actor, verb=Verb.CONFIRMED, of=made, batch=batch):
        made.text = text.strip()
    return made


def take_back_text(
    *, actor: Actor, survey: Survey, question: str, answer: str, batch: str = ""
) -> None:
    """Take a release back; papers that are out already keep the text.

    Raises:
        PermissionDenied: the actor may not ask.
        UnknownRecordError: nobody has released it.

    """
    require(actor, May.ASK, survey)
    found = survey.released_texts.filter(question=question, answer=answer).first()
    if found is None:
        raise UnknownRecordError("Dieser Text ist nicht freigegeben.")
    remove(by=actor, of=found, batch=batch)
