"""Questions whose answers are written: numbers, days, free text."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gelingen.surveys.kinds.fields import Control, Field, Group
from gelingen.surveys.kinds.kind import LINE, AnswerError, Given, Kind, Written
from gelingen.surveys.languages import Spoken
from gelingen.surveys.questions import Value
from gelingen.terms.spelling import day as spelled_day
from gelingen.terms.surveys import Language
from gelingen.workbook.dates import NoDateError, read_span
from gelingen.workbook.numbers import NoNumberError, read_quantity

# Of a comma before three digits nobody knows, across languages, what it separates.
_GROUPED = re.compile(r"\d[.,]\d{3}(?!\d)")
_LONGEST = 30
_MOST = Decimal(10) ** 9
_CENT = Decimal("0.01")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199


class NumberKind(Kind):
    """Zahl oder Spanne."""

    def read(self, given: Given) -> Value | None:
        """Read a number, or both ends of a range; one end alone is a number."""
        return self.quantity(given, range_asked=bool(self.asked.settings.get("range")))

    def quantity(
        self, given: Given, *parts: object, range_asked: bool = True
    ) -> dict[str, str] | None:
        """Read a number or a range from two fields.

        Raises:
            AnswerError: it is none, or out of bounds.

        """
        low = self._number(given, *parts, "low")
        high = self._number(given, *parts, "high") if range_asked else low
        low, high = (high if low is None else low), (low if high is None else high)
        if low is None or high is None:
            return None
        if low > high:
            raise AnswerError(_("Bitte zuerst die kleinere Zahl."))
        self._check(low, high)
        return {"low": _plain(low), "high": _plain(high)}

    def _check(self, low: Decimal, high: Decimal) -> None:
        least, most = self.asked.settings.get("least"), self.asked.settings.get("most")
        if least is not None and low < Decimal(str(least)):
            raise AnswerError(_("Bitte mindestens {}.").format(least))
        if most is not None and high > Decimal(str(most)):
            raise AnswerError(_("Bitte höchstens {}.").format(most))

    def _number(self, given: Given, *parts: object) -> Decimal | None:
        text = self.one(given, *parts)
        if not text:
            return None
        return number_of(text, self.asked.language)

    def write(self, value: Value) -> Written:
        """Give both ends, the higher one only if it differs."""
        return self.write_quantity(value)

    def write_quantity(self, value: Value, *parts: object) -> Written:
        """Give the two fields of a number or a range."""
        low, high = (str(value[end]).replace(".", ",") for end in ("low", "high"))
        found = {self.name(*parts, "low"): [low]}
        return found if low == high else found | {self.name(*parts, "high"): [high]}

    def groups(self, given: Given, wrong: Mapping[str, str]) -> list[Group]:
        """Offer one field, or two for a range."""
        del wrong
        unit = str(self.asked.settings.get("unit") or "")
        label = Spoken(unit) if unit else self.say(_("Zahl"))
        if not self.asked.settings.get("range"):
            return [Group((self.field(given, label, "low"),))]
        fields = (
            self.field(given, self.say(_("von")), "low"),
            self.field(given, self.say(_("bis")), "high"),
        )
        return [Group(fields, lines=(unit,) if unit else ())]

    def field(self, given: Given, label: Spoken, *parts: object) -> Field:
        """Make the field of a number."""
        name = self.name(*parts)
        return Field(name, Control.NUMBER, label, self.one(given, *parts))

    def told(self, value: Value) -> list[Spoken]:
        """Say the number or the range with its unit."""
        return [Spoken(f"{said(value)} {self.asked.settings.get('unit') or ''}".strip())]


class DateKind(Kind):
    """Tag."""

    def read(self, given: Given) -> Value | None:
        """Read a day."""
        text = self.one(given)
        return day_of(text) if text else None

    def write(self, value: Value) -> Written:
        """Give the field of the day."""
        return {self.name(): [str(value)]}

    def groups(self, given: Given, wrong: Mapping[str, str]) -> list[Group]:
        """Offer one field."""
        del wrong
        value = self.one(given)
        return [Group((Field(self.name(), control_for(value), Spoken(""), value),))]

    def told(self, value: Value) -> list[Spoken]:
        """Say the day as Germans write it."""
        return [Spoken(spelled_day(date.fromisoformat(value)))]


class TextKind(Kind):
    """Freier Text."""

    def read(self, given: Given) -> Value | None:
        """Read the text."""
        long = self.asked.settings.get("long")
        return (self.lines(given) if long else self.one(given)) or None

    def write(self, value: Value) -> Written:
        """Give the field of the text."""
        return {self.name(): [str(value)]}

    def groups(self, given: Given, wrong: Mapping[str, str]) -> list[Group]:
        """Offer one field, of several lines if much is expected."""
        del wrong
        long = bool(self.asked.settings.get("long"))
        value = self.lines(given) if long else self.one(given)
        control = Control.LINES if long else Control.LINE
        hint = _("Bitte keine Namen von Personen.")
        return [Group((Field(self.name(), control, Spoken(""), value, hint=hint),))]

    def told(self, value: Value) -> list[Spoken]:
        """Say the text."""
        return [self.say(str(value))]


def number_of(text: str, language: Language) -> Decimal:
    """Read a number as it is written in a language; German alone groups digits.

    Raises:
        AnswerError: it is none, or it may be read in two ways.

    """
    german = language in {Language.DE, Language.EASY}
    if not german and _GROUPED.search(text):
        raise AnswerError(_("Bitte Tausender ohne Zeichen schreiben: 1500."))
    try:
        found = read_quantity(text)
    except NoNumberError:
        found = None
    if found is None or found.low is None or found.low != found.high or len(text) > _LONGEST:
        raise AnswerError(_("Bitte nur eine Zahl schreiben."))
    if not 0 <= found.low < _MOST:
        raise AnswerError(_("Bitte eine Zahl ab 0 schreiben."))
    return found.low.quantize(_CENT)


def control_for(text: str) -> Control:
    """Choose by what a day is filled in: what no calendar can show stands there to be mended."""
    try:
        date.fromisoformat(text or "2017-06-01")
    except ValueError:
        return Control.LINE
    return Control.DAY


def day_of(text: str) -> str:
    """Read a day as browsers send it, or as Germans write it.

    Raises:
        AnswerError: it is none.

    """
    try:
        found = date.fromisoformat(text[:LINE])
    except ValueError:
        try:
            span = read_span(text)
        except NoDateError:
            span = None
        if span is None or (span.after - span.first).days != 1:
            raise AnswerError(_("Bitte einen Tag angeben, zum Beispiel 31.12.2019.")) from None
        found = span.first
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise AnswerError(_("Bitte einen Tag angeben, zum Beispiel 31.12.2019."))
    return found.isoformat()


def said(value: Mapping[str, str]) -> str:
    """Say a number or a range with German signs."""
    low, high = (str(value[end]).replace(".", ",") for end in ("low", "high"))
    return low if low == high else f"{low}–{high}"


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
