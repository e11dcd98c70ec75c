"""Questions whose answers are given: one, several, a step, a rating of topics."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from gelingen.surveys.kinds.fields import Choice, Control, Field, Group
from gelingen.surveys.kinds.kind import AnswerError, Given, Kind, Written
from gelingen.surveys.languages import Spoken
from gelingen.surveys.questions import Value

TOPIC_STEPS = 5


def _choose_one() -> AnswerError:
    return AnswerError(_("Bitte eine der Antworten wählen."))


class ChoiceKind(Kind):
    """Eine Antwort."""

    def read(self, given: Given) -> Value | None:
        """Read the code of an option."""
        code = self.one(given)
        if code and code not in self.asked.options:
            raise _choose_one()
        return code or None

    def write(self, value: Value) -> Written:
        """Give the field that chooses an option."""
        return {self.name(): [str(value)]}

    def groups(self, given: Given, wrong: Mapping[str, str]) -> list[Group]:
        """Offer the options, and to say nothing unless an answer is needed."""
        del wrong
        chosen = self.one(given)
        choices = [Choice(c, word, c == chosen) for c, word in self.asked.options.items()]
        if not self.asked.required:
            choices.append(Choice("", self.say(_("keine Angabe")), not chosen))
        return [
            Group((Field(self.name(), Control.RADIOS, Spoken(""), chosen, tuple(choices)),)),
        ]

    def told(self, value: Value) -> list[Spoken]:
        """Say the option."""
        return [self.asked.options.get(str(value), Spoken(str(value)))]


class SeveralKind(Kind):
    """Mehrere Antworten."""

    def read(self, given: Given) -> Value | None:
        """Read the codes of options, in their order."""
        ticked = set(given.get(self.name()) or ())
        if ticked - set(self.asked.options) - {""}:
            raise AnswerError(_("Bitte nur von den Antworten wählen, die da stehen."))
        codes = [code for code in self.asked.options if code in ticked]
        most = self.asked.settings.get("most")
        if most and len(codes) > int(most):
            raise AnswerError(_("Bitte höchstens {} Antworten wählen.").format(most))
        return codes or None

    def write(self, value: Value) -> Written:
        """Give the fields that choose the options."""
        return {self.name(): [str(code) for code in value]}

    def groups(self, given: Given, wrong: Mapping[str, str]) -> list[Group]:
        """Offer the options."""
        del wrong
        ticked = set(given.get(self.name()) or ())
        most = self.asked.settings.get("most")
        hint = _("Höchstens {} Antworten.").format(most) if most else _("Mehrere sind möglich.")
        choices = tuple(Choice(c, word, c in ticked) for c, word in self.asked.options.items())
        field = Field(self.name(), Control.CHECKS, Spoken(""), choices=choices, hint=hint)
        return [Group((field,))]

    def told(self, value: Value) -> list[Spoken]:
        """Say the options."""
        return [self.asked.options.get(str(code), Spoken(str(code))) for code in value]


class ScaleKind(Kind):
    """Stufen."""

    @property
    def _number(self) -> int:
        return int(self.asked.settings.get("steps") or TOPIC_STEPS)

    def read(self, given: Given) -> Value | None:
        """Read the number of a step."""
        step = self.one(given)
        if not step:
            return None
        return step_of(step, self._number)

    def write(self, value: Value) -> Written:
        """Give the field that chooses a step."""
        return {self.name(): [str(value)]}

    def groups(self, given: Given, wrong: Mapping[str, str]) -> list[Group]:
        """Offer the steps, with the words of both ends."""
        del wrong
        low, high = (self.asked.options.get(end, Spoken("")) for end in ("low", "high"))
        ends = " ".join(
            f"{number} = {word.text}." for number, word in ((1, low), (self._number, high)) if word
        )
        field = self.steps(
            given,
            self.name(),
            Spoken(""),
            number=self._number,
            optional=not self.asked.required,
        )
        return [Group((field,), lines=(ends,) if ends else ())]

    def told(self, value: Value) -> list[Spoken]:
        """Say the step."""
        return [self.say(_("{step} von {steps}").format(step=value, steps=self._number))]


class TopicsKind(Kind):
    """Themenfelder bewerten."""

    @property
    def _topics(self) -> dict[str, str]:
        wanted = self.asked.settings.get("topics") or self.known.topics
        return {key: self.known.topics[key] for key in wanted if key in self.known.topics}

    def read(self, given: Given) -> Value | None:
        """Read a step for each topic; topics without one are left out."""
        found = {key: self.one(given, key) for key in self._topics}
        return {key: step_of(step, TOPIC_STEPS) for key, step in found.items() if step} or None

    def write(self, value: Value) -> Written:
        """Give the fields that choose the steps."""
        return {self.name(key): [str(step)] for key, step in value.items()}

    def groups(self, given: Given, wrong: Mapping[str, str]) -> list[Group]:
        """Offer the steps for each topic."""
        del wrong
        hint = _("1 = kann warten, 5 = sehr dringend. Was Sie nicht einschätzen können: „–“.")
        fields = [
            self.steps(given, self.name(key), Spoken(word), number=TOPIC_STEPS, optional=True)
            for key, word in self._topics.items()
        ]
        return [Group(tuple(fields), lines=(hint,))]

    def told(self, value: Value) -> list[Spoken]:
        """Say each topic with its step, in the order of the topics."""
        return [
            Spoken(f"{word}: {value[key]}") for key, word in self._topics.items() if key in value
        ]


def step_of(text: str, number: int) -> int:
    """Read a step from 1 to a number.

    Raises:
        AnswerError: it is none.

    """
    if not text.isdecimal() or not 1 <= int(text) <= number:
        raise _choose_one()
    return int(text)
