"""The questions of a survey as a form to print and fill in with a pen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import translation
from django.utils.translation import gettext as _

from gelingen.access.policy import Actor, May, require
from gelingen.documents.qr import qr_code
from gelingen.documents.questionnaire import (
    Blanks,
    Boxes,
    Lines,
    Question,
    Questionnaire,
    Rows,
    Steps,
    Text,
    questionnaire_pdf,
)
from gelingen.surveys.known import Known, known_of
from gelingen.surveys.languages import Spoken, is_unchecked, of_survey, tag_of
from gelingen.surveys.models import Survey
from gelingen.surveys.paper_words import WORDS, PaperWords
from gelingen.surveys.questions import Asked, kinds_in, questions_of
from gelingen.terms.spelling import day, last_day
from gelingen.terms.surveys import Language, QuestionKind, SurveyMode

_STEPS = 5
_ROWS = 5
_SHORT, _LONG = 1, 5


def paper_form(
    actor: Actor, survey: Survey, language: Language, *, on: date, link: str = ""
) -> bytes:
    """Set the form in a language as PDF.

    Args:
        actor: who prints.
        survey: what is asked.
        language: one of the survey's.
        on: the day; what holds on it is offered.
        link: address of the open link; "" prints none.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    with translation.override(language.value):
        return questionnaire_pdf(questionnaire(survey, language, on=on, link=link))


def questionnaire(survey: Survey, language: Language, *, on: date, link: str) -> Questionnaire:
    """Put the form together; labels come in the language that is active."""
    asked = questions_of(survey, language)
    known = known_of(survey, kinds_in(asked) - {QuestionKind.ENTRIES, QuestionKind.TIES}, on=on)
    writer = _Writer(language, known, {one.key: n for n, one in enumerate(asked, start=1)}, asked)
    words = WORDS[language]
    pages = [list(group) for _page, group in groupby(asked, key=lambda one: one.page)]
    parts = [
        (words.part.format(n) if len(pages) > 1 else "", tuple(map(writer.question, page)))
        for n, page in enumerate(pages, start=1)
    ]
    return Questionnaire(
        language=tag_of(language),
        title=_text(of_survey(survey, language, "title")),
        sender=survey.tenant.name,
        intro=tuple(_intro(survey, language, words)),
        parts=tuple(parts),
        outro=tuple(_outro(survey, language, words)),
        page=words.page,
        code=qr_code(link) if link else "",
        code_text=words.screen if link else "",
        link=link,
    )


def _text(spoken: Spoken) -> Text:
    return Text(spoken.text, spoken.tag)


def _intro(survey: Survey, language: Language, words: PaperWords) -> list[Text]:
    """Say why it is asked, on what basis, how and until when to answer."""
    named = survey.mode == SurveyMode.NAMED
    told = [of_survey(survey, language, "purpose")]
    if named:
        told += [of_survey(survey, language, name) for name in ("legal_basis", "notice")]
    lines = [_text(one) for one in told if one]
    here = [words.how]
    if survey.closes is not None:
        here.append(words.until.format(day(last_day(survey.closes))))
    here.append(f"{words.named} ______________________________" if named else words.anonymous)
    if is_unchecked(survey.tenant, language):
        here.append(words.unchecked)
    return [*lines, *(Text(one, tag_of(language)) for one in here)]


def _outro(survey: Survey, language: Language, words: PaperWords) -> list[Text]:
    if not survey.contact:
        return []
    return [Text(words.back.format(survey.contact), tag_of(language))]


@dataclass(frozen=True, slots=True)
class _Writer:
    """What it takes to write a question down: the language, what is known, the numbers."""

    language: Language
    known: Known
    numbers: Mapping[str, int]
    all: Sequence[Asked]

    @property
    def words(self) -> PaperWords:
        return WORDS[self.language]

    def say(self, text: str) -> Text:
        return Text(text, tag_of(self.language))

    def question(self, asked: Asked) -> Question:
        """Write one question."""
        hints = [self.say(self._condition(asked))] if asked.condition else []
        hints += [_text(asked.help)] if asked.help else []
        hints += [self.say(hint) for hint in self._hints(asked) if hint]
        return Question(self.numbers[asked.key], _text(asked.text), self._body(asked), tuple(hints))

    def _condition(self, asked: Asked) -> str:
        """Say when a question is to be answered."""
        other = next((one for one in self.all if one.key == asked.condition.get("question")), None)
        if other is None:
            return self.words.only_entries
        chosen = [str(code) for code in asked.condition.get("is", ())]
        said = [other.options[code].text if code in other.options else code for code in chosen]
        return self.words.only_if.format(self.numbers[other.key], " / ".join(said))

    def _hints(self, asked: Asked) -> list[str]:
        words, most = self.words, asked.settings.get("most")
        by_kind = {
            QuestionKind.CHOICE: words.one,
            QuestionKind.SEVERAL: words.most.format(most) if most else words.several,
            QuestionKind.TOPICS: words.low_high,
            QuestionKind.TEXT: words.no_names,
            QuestionKind.MISSING: words.no_names,
        }
        return [by_kind.get(asked.kind, ""), words.required if asked.required else ""]

    def _body(self, asked: Asked) -> Boxes | Steps | Blanks | Lines | Rows:
        match asked.kind:
            case QuestionKind.CHOICE | QuestionKind.SEVERAL:
                options = tuple(_text(one) for one in asked.options.values())
                return Boxes(options, several=asked.kind is QuestionKind.SEVERAL)
            case QuestionKind.SCALE:
                low, high = (asked.options.get(end, Spoken("")) for end in ("low", "high"))
                number = int(asked.settings.get("steps") or _STEPS)
                return Steps(number, _text(low), _text(high))
            case QuestionKind.NUMBER | QuestionKind.DATE:
                return self._blanks(asked)
            case QuestionKind.TEXT:
                return Lines(_LONG if asked.settings.get("long") else _SHORT)
            case _:
                return self._rows(asked)

    def _blanks(self, asked: Asked) -> Blanks:
        if asked.kind is QuestionKind.DATE:
            return Blanks((self.say(""),), self.say(f"({self.words.day})"))
        wide = asked.settings.get("range")
        labels = (self.words.range_from, self.words.range_to) if wide else ("",)
        unit = str(asked.settings.get("unit") or "")
        return Blanks(tuple(map(self.say, labels)), Text(unit))

    def _rows(self, asked: Asked) -> Rows:
        number = min(int(asked.settings.get("rows") or _ROWS), 2 * _ROWS)
        empty = (self.say(""),) * number
        if asked.kind is QuestionKind.TOPICS:
            wanted = asked.settings.get("topics") or self.known.topics
            names = (self.known.topics[key] for key in wanted if key in self.known.topics)
            heads = [_("Thema"), *map(str, range(1, _STEPS + 1))]
            return self._table(heads, tuple(map(Text, names)), range(1, _STEPS + 1))
        if asked.kind is QuestionKind.ENTRIES:
            heads = [self.words.entry, _("Stimmt noch"), _("Hat sich geändert")]
            return self._table([*heads, _("Gibt es nicht mehr")], empty, (1, 3))
        if asked.kind is QuestionKind.TIES:
            return self._table([_("Organisation"), _("Wobei vor allem?"), _("Wie eng?")], empty)
        heads = [_("Was fehlt?"), _("Thema"), _("Für wen?"), _("Wo?"), _("Ab wann?")]
        return self._table([*heads, _("Wie dringend? 1 = kaum, 5 = sehr")], empty)

    def _table(
        self, heads: Sequence[str], first: tuple[Text, ...], ticks: Sequence[int] = ()
    ) -> Rows:
        return Rows(tuple(map(self.say, heads)), first, tuple(ticks))
