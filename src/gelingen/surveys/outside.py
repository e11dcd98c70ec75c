"""Answers that were gathered elsewhere: read line by line, as a form would have sent them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.surveys.inviting import LONGEST_GROUP
from gelingen.surveys.kinds import Kind, kind_of
from gelingen.surveys.known import Known, known_of
from gelingen.surveys.models import KnownColumns, Question, Survey
from gelingen.surveys.outside_columns import GROUP, WHO, Meaning, Sheet, meanings
from gelingen.surveys.queries import questions
from gelingen.surveys.questions import Asked, asked_as, asked_values, kinds_in, pages_of
from gelingen.terms.surveys import Language, QuestionKind, SurveyMode, SurveyState
from gelingen.workbook.folding import clean
from gelingen.workbook.heads import cell_name

_LONGEST_NAME = 250


class NotTakenInError(UserError):
    """Nothing can be taken in: the message says why."""


@dataclass(frozen=True, slots=True)
class Outside:
    """One answer from outside.

    Attributes:
        values: by question, as `models` describes it.
        group: of who answers.
        who: organisation in the words of the table; "" in an anonymous survey.
        cell: where its line begins.

    """

    values: Mapping[str, Any]
    group: str = ""
    who: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table holds.

    Attributes:
        answers: line by line; lines that say nothing are left out.
        wrong: cells that are no answers, with the reason.
        empty: lines that say nothing.
        unasked: answers to questions that would not have been put; they are left out.
        once: see `Sheet.once`.

    """

    answers: tuple[Outside, ...]
    wrong: tuple[tuple[str, str], ...]
    empty: int
    unasked: int
    once: str


@dataclass(frozen=True)
class Columns:
    """What columns of a survey can mean, and what reading them needs.

    Attributes:
        survey: the survey.
        offered: in the order of the questions.
        asked: the questions in German.
        known: topics, groups and places that can be named.
        remembered: what columns meant before, by folded head.

    """

    survey: Survey
    offered: Sequence[Meaning]
    asked: Sequence[Asked]
    known: Known
    remembered: Mapping[str, str]

    @property
    def named(self) -> bool:
        """Whether who answers may be known."""
        return self.survey.mode == SurveyMode.NAMED


def columns_of(actor: Actor, survey: Survey, *, on: date) -> Columns:
    """Say what columns can mean. At most five queries.

    Raises:
        PermissionDenied: the actor may not ask.
        NotTakenInError: the survey takes no answers: a draft, or its answers are deleted.

    """
    require(actor, May.ASK, survey)
    require_taking(survey, on=on)
    found: list[Question] = questions(survey)
    asked = [asked_as(one, Language.DE) for one in found]
    kinds = kinds_in(asked) - {QuestionKind.ENTRIES, QuestionKind.TIES}
    known = known_of(survey, kinds, on=on)
    kept = KnownColumns.objects.filter(survey=survey).first()
    return Columns(survey, meanings(found, asked, known), asked, known, kept.means if kept else {})


def require_taking(survey: Survey, *, on: date) -> None:
    """Refuse answers to a draft, and where answers are deleted; raises NotTakenInError."""
    if survey.state == SurveyState.DRAFT:
        raise NotTakenInError("Antworten lassen sich einlesen, sobald die Umfrage geöffnet ist.")
    if survey.state == SurveyState.CLEARED or (survey.keep_until and survey.keep_until <= on):
        raise NotTakenInError("Die Antworten dieser Umfrage sind gelöscht; es kommen keine dazu.")


@dataclass
class _Lines:
    """A table while it is read."""

    columns: Columns
    meant: Mapping[int, Meaning]
    wrong: list[tuple[str, str]] = field(default_factory=list)
    unasked: int = 0

    def __post_init__(self) -> None:
        read = {one.asked.key: one.asked for one in self.meant.values() if one.asked}
        self.kinds: dict[str, Kind] = {
            key: kind_of(one, self.columns.known) for key, one in read.items()
        }

    def read(self, cells: Sequence[str], row: int) -> Outside:
        """Read one line; cells that are no answers are noted."""
        given: dict[str, list[str]] = {}
        fixed = {WHO: "", GROUP: ""}
        cell_of: dict[str, str] = {}
        for at, meaning in self.meant.items():
            if not cells[at]:
                continue
            if meaning.asked is None:
                fixed[meaning.ident] = clean(cells[at])
                continue
            cell_of.setdefault(meaning.asked.key, cell_name(row, at))
            try:
                for name, texts in meaning.given(cells[at]).items():
                    given.setdefault(name, []).extend(texts)
            except UserError as error:
                self.wrong.append((cell_name(row, at), str(error)))
        values = self._values(given, cell_of)
        asked = asked_values(pages_of(self.columns.asked, values, self.columns.known), values)
        self.unasked += len(values) - len(asked)
        group = fixed[GROUP] or self._group(asked)
        who = fixed[WHO][:_LONGEST_NAME] if self.columns.named else ""
        return Outside(asked, group[:LONGEST_GROUP], who, cell_name(row, 0))

    def _values(
        self, given: Mapping[str, Sequence[str]], cell_of: Mapping[str, str]
    ) -> dict[str, Any]:
        found = {}
        for key, kind in self.kinds.items():
            try:
                value = kind.read(given) if key in cell_of else None
            except UserError as error:
                said = " ".join(getattr(error, "wrong", {}).values()) or str(error)
                self.wrong.append((cell_of[key], said))
            else:
                if value is not None:
                    found[key] = value
        return found

    def _group(self, values: Mapping[str, Any]) -> str:
        """Name the group as the question about it says, like an answer by the open link."""
        key = self.columns.survey.group_question
        asked = next((one for one in self.columns.asked if one.key == key), None)
        code = str(values.get(key, ""))
        return str(asked.options.get(code) or "") if asked and code else ""


def read_answers(columns: Columns, sheet: Sheet, idents: Sequence[str]) -> Reading:
    """Read every line of a table. No query.

    Args:
        columns: of the survey.
        sheet: the table.
        idents: of each column what it means; "": it is not read.

    Raises:
        NotTakenInError: two columns mean the same, or none means a question.

    """
    by_ident = {one.ident: one for one in columns.offered}
    by_ident |= {one: Meaning(one, "") for one in ((WHO, GROUP) if columns.named else (GROUP,))}
    chosen = [one for one in idents if one]
    if len(chosen) != len(set(chosen)):
        raise NotTakenInError("Zwei Spalten können nicht dasselbe bedeuten.")
    meant = {at: by_ident[one] for at, one in enumerate(idents) if one in by_ident}
    if not any(one.asked for one in meant.values()):
        raise NotTakenInError("Bitte mindestens einer Spalte eine Frage zuordnen.")
    lines = _Lines(columns, meant)
    rows = [lines.read(cells, sheet.first + at) for at, cells in enumerate(sheet.rows)]
    answers = tuple(one for one in rows if one.values)
    empty = len(rows) - len(answers)
    return Reading(answers, tuple(lines.wrong), empty, lines.unasked, sheet.once)
