"""Questions that are answered in rows: with whom one works, and what is missing."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from gelingen.surveys.kinds.chosen import TOPIC_STEPS, step_of
from gelingen.surveys.kinds.fields import Control, Field, Group
from gelingen.surveys.kinds.kind import AnswerError, Given, Kind, Written
from gelingen.surveys.kinds.written import NumberKind, control_for, day_of, said
from gelingen.surveys.languages import Spoken
from gelingen.surveys.questions import Value
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import CooperationKind
from gelingen.workbook.folding import fold

MOST_ROWS = 40
_ROWS = 5
INTENSITIES = 3


class RowsKind(Kind):
    """Rows with the same fields; empty ones count for nothing."""

    folds: ClassVar[bool]  # whether empty rows but the first are opened by whoever needs them

    def read(self, given: Given) -> Value | None:
        """Read the rows in which something is said."""
        found: list[Value] = []
        wrong: dict[str, str] = {}
        for row in range(min(self._last(given) + 1, MOST_ROWS)):
            try:
                said_here = self._read_row(given, row)
            except AnswerError as error:
                wrong |= error.wrong
            else:
                if said_here:
                    found.append(said_here)
        if wrong:
            raise AnswerError(_("Bitte noch einmal ansehen."), wrong=wrong)
        return found or None

    def write(self, value: Value) -> Written:
        """Give the fields of every row."""
        found: Written = {}
        for row, one in enumerate(value):
            found |= self._write_row(one, row)
        return found

    def groups(self, given: Given, wrong: Mapping[str, str]) -> list[Group]:
        """Offer as many rows as are wanted, and always one that is empty."""
        wanted = int(self.asked.settings.get("rows") or _ROWS)
        number = min(max(wanted, self._last(given) + 2), MOST_ROWS)
        begun = max(self._last(given), 0)
        return [
            self._marked(self._group(given, row), wrong, folded=self.folds and row > begun)
            for row in range(number)
        ]

    @staticmethod
    def _marked(group: Group, wrong: Mapping[str, str], *, folded: bool) -> Group:
        fields = tuple(replace(one, error=wrong.get(one.name, "")) for one in group.fields)
        return replace(group, fields=fields, folded=folded)

    def _last(self, given: Given) -> int:
        """Give the number of the last row in which anything stands; -1: in none."""
        start = f"{self.asked.key}."
        rows = (
            name.removeprefix(start).partition(".")[0]
            for name in self.names(given)
            if any(one.strip() for one in given[name])
        )
        numbers = [int(row) for row in rows if row.isdecimal() and len(row) <= len(str(MOST_ROWS))]
        return max(numbers, default=-1)

    @abstractmethod
    def _read_row(self, given: Given, row: int) -> Value | None:
        """Read one row; None: it is empty."""

    @abstractmethod
    def _write_row(self, value: Value, row: int) -> Written:
        """Give the fields of one row."""

    @abstractmethod
    def _group(self, given: Given, row: int) -> Group:
        """Show one row."""


class TiesKind(RowsKind):
    """Mit wem man zusammenarbeitet."""

    folds = False

    def _read_row(self, given: Given, row: int) -> Value | None:
        name = self.one(given, row, "name")
        if not name:
            return None
        known = {fold(word): key for key, word in self.known.organisations.items()}
        kind = self.one(given, row, "kind")
        intensity = self.one(given, row, "intensity")
        wrong = {}
        if kind and kind not in set(CooperationKind):
            wrong[self.name(row, "kind")] = _("Bitte eine der Antworten wählen.")
        try:
            step = step_of(intensity, INTENSITIES) if intensity else None
        except AnswerError as error:
            wrong[self.name(row, "intensity")] = str(error)
        if wrong:
            raise AnswerError("", wrong=wrong)
        organisation = known.get(fold(name), "")
        name = self.known.organisations.get(organisation, name)
        return {"organisation": organisation, "name": name, "kind": kind, "intensity": step}

    def _write_row(self, value: Value, row: int) -> Written:
        step = value["intensity"]
        texts = {"name": value["name"], "kind": value["kind"], "intensity": str(step or "")}
        return {self.name(row, name): [text] for name, text in texts.items() if text}

    def _group(self, given: Given, row: int) -> Group:
        name = Field(
            self.name(row, "name"),
            Control.LINE,
            self.say(_("Organisation")),
            self.one(given, row, "name"),
            offers=self.name("offers"),
        )
        kinds = [(str(code), self.say(word)) for code, word in _kinds().items()]
        kind = self.select(given, self.name(row, "kind"), self.say(_("Wobei vor allem?")), kinds)
        intensity = self.select(
            given,
            self.name(row, "intensity"),
            self.say(_("Wie eng?")),
            [(str(step), self.say(word)) for step, word in _intensities().items()],
        )
        return Group((name, kind, intensity), self.say(f"{row + 1}."))

    @property
    def offers(self) -> tuple[str, list[str]]:
        """Name of the list of suggestions, and what stands in it."""
        return self.name("offers"), list(self.known.organisations.values())

    def told(self, value: Value) -> list[Spoken]:
        """Say each organisation with the kind and the closeness of the work."""
        kinds = {str(code): word for code, word in _kinds().items()}
        steps = _intensities()
        lines = (
            (one["name"], kinds.get(one["kind"]), steps.get(one["intensity"])) for one in value
        )
        return [self.say(", ".join(filter(None, line))) for line in lines]


def _kinds() -> dict[CooperationKind, str]:
    return {
        CooperationKind.INFORMATION: _("Information"),
        CooperationKind.COORDINATION: _("Koordination"),
        CooperationKind.JOINT_SERVICE: _("gemeinsame Leistung"),
        CooperationKind.FUNDING: _("Finanzierung"),
        CooperationKind.STAFF: _("Personal"),
    }


def _intensities() -> dict[int, str]:
    return {1: _("ab und zu"), 2: _("regelmäßig"), 3: _("sehr eng")}


class MissingKind(RowsKind):
    """Was fehlt."""

    folds = True

    @property
    def _lists(self) -> dict[str, Mapping[str, str]]:
        known = self.known
        return {
            "topic": known.topics,
            "target_group": known.target_groups,
            "territory": known.territories,
        }

    def _read_row(self, given: Given, row: int) -> Value | None:
        texts = {name: self.one(given, row, name) for name in (*self._lists, "unit", "starts")}
        statement = self.lines(given, row, "statement")
        severity = self.one(given, row, "severity")
        wrong: dict[str, str] = {}
        quantity = self._quantity(given, row, wrong)
        if not (statement or quantity or severity or any(texts.values()) or wrong):
            return None
        if not statement:
            wrong[self.name(row, "statement")] = _("Bitte in einem Satz sagen, was fehlt.")
        for name, known in self._lists.items():
            if texts[name] and texts[name] not in known:
                wrong[self.name(row, name)] = _("Bitte eine der Antworten wählen.")
        try:
            starts = day_of(texts["starts"]) if texts["starts"] else ""
        except AnswerError as error:
            wrong[self.name(row, "starts")] = str(error)
        try:
            step = step_of(severity, TOPIC_STEPS) if severity else None
        except AnswerError as error:
            wrong[self.name(row, "severity")] = str(error)
        if wrong:
            raise AnswerError("", wrong=wrong)
        more = {"starts": starts, "severity": step, "quantity": quantity}
        return {"statement": statement, **texts, **more}

    def _quantity(self, given: Given, row: int, wrong: dict[str, str]) -> Value | None:
        try:
            return NumberKind(self.asked, self.known).quantity(given, row, "quantity")
        except AnswerError as error:
            wrong[self.name(row, "quantity", "low")] = str(error)
            return None

    def _write_row(self, value: Value, row: int) -> Written:
        names = ("statement", *self._lists, "unit", "starts", "severity")
        texts = {name: str(value[name] or "") for name in names}
        found = {self.name(row, name): [text] for name, text in texts.items() if text}
        if value["quantity"]:
            numbers = NumberKind(self.asked, self.known)
            found |= numbers.write_quantity(value["quantity"], row, "quantity")
        return found

    def _group(self, given: Given, row: int) -> Group:
        def line(name: str, label: str, control: Control = Control.LINE, hint: str = "") -> Field:
            value = self.lines(given, row, name)
            return Field(self.name(row, name), control, self.say(label), value, hint=hint)

        labels = {
            "topic": _("Thema"),
            "target_group": _("Für wen?"),
            "territory": _("Wo?"),
        }
        lists = [
            self.select(
                given,
                self.name(row, name),
                self.say(labels[name]),
                [(key, Spoken(word)) for key, word in known.items()],
            )
            for name, known in self._lists.items()
        ]
        numbers = NumberKind(self.asked, self.known)
        severity = self.say(_("Wie dringend? 1 = kaum, 5 = sehr"))
        name = self.name(row, "severity")
        fields = (
            line("statement", _("Was fehlt?"), Control.LINES, _("Bitte keine Namen von Personen.")),
            *lists,
            line(
                "starts",
                _("Ab wann?"),
                control_for(self.one(given, row, "starts")),
                _("Leer heißt: schon jetzt."),
            ),
            self.steps(given, name, severity, number=TOPIC_STEPS, optional=True),
            numbers.field(given, self.say(_("Wie viele? Von")), row, "quantity", "low"),
            numbers.field(given, self.say(_("bis")), row, "quantity", "high"),
            line("unit", _("Wovon?"), hint=_("Zum Beispiel Personen, Plätze oder Stunden.")),
        )
        return Group(fields, self.say(f"{row + 1}."))

    def told(self, value: Value) -> list[Spoken]:
        """Say what is missing, with everything that was said about it."""
        lines = []
        for one in value:
            quantity = f"{said(one['quantity'])} {one['unit']}" if one["quantity"] else ""
            starts = day(date.fromisoformat(one["starts"])) if one["starts"] else ""
            named = [known.get(one[name], "") for name, known in self._lists.items()]
            parts = [one["statement"], *named, starts, str(one["severity"] or ""), quantity.strip()]
            lines.append(self.say(" · ".join(filter(None, parts))))
        return lines
