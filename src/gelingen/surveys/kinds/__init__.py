"""Kinds of questions: what a form sends becomes an answer, and an answer fills the form again."""

from gelingen.surveys.kinds.chosen import ChoiceKind, ScaleKind, SeveralKind, TopicsKind
from gelingen.surveys.kinds.entries import EntriesKind
from gelingen.surveys.kinds.kind import AnswerError, Given, Kind, Written
from gelingen.surveys.kinds.rows import MissingKind, TiesKind
from gelingen.surveys.kinds.written import DateKind, NumberKind, TextKind
from gelingen.surveys.known import Known
from gelingen.surveys.questions import Asked
from gelingen.terms.surveys import QuestionKind

__all__ = ["KINDS", "AnswerError", "Given", "Kind", "Written", "kind_of"]

KINDS: dict[QuestionKind, type[Kind]] = {
    QuestionKind.CHOICE: ChoiceKind,
    QuestionKind.SEVERAL: SeveralKind,
    QuestionKind.SCALE: ScaleKind,
    QuestionKind.NUMBER: NumberKind,
    QuestionKind.DATE: DateKind,
    QuestionKind.TEXT: TextKind,
    QuestionKind.TOPICS: TopicsKind,
    QuestionKind.ENTRIES: EntriesKind,
    QuestionKind.TIES: TiesKind,
    QuestionKind.MISSING: MissingKind,
}


def kind_of(asked: Asked, known: Known) -> Kind:
    """Give what reads and writes the answers to a question."""
    return KINDS[asked.kind](asked, known)
