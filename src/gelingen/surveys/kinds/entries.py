"""Your entries: structures of the asked organisation, each still true, changed or gone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from gelingen.confirmations.proposals import asked_sheet
from gelingen.editing import texts_of
from gelingen.surveys.kinds.fields import Choice, Control, Field, Group
from gelingen.surveys.kinds.kind import AnswerError, Given, Kind, Written
from gelingen.surveys.known import KnownEntry
from gelingen.surveys.languages import Spoken
from gelingen.surveys.questions import Value
from gelingen.terms.asking import EntryAnswer
from gelingen.terms.spelling import day, last_day
from gelingen.terms.surveys import Language
from gelingen.workbook.declare import Column, Sheet
from gelingen.workbook.declare import Kind as Cell
from gelingen.workbook.values import read_cell

_ENDS = Column("ends", "Letzter Tag", Cell.LAST_DAY, "", required=True)


def _sheet() -> Sheet:
    return asked_sheet("structure")


class EntriesKind(Kind):
    """Eigene Einträge."""

    def read(self, given: Given) -> Value | None:
        """Read what is said about each entry; entries about which nothing is said are left out."""
        found: dict[str, Value] = {}
        wrong: dict[str, str] = {}
        for entry in self.known.entries:
            try:
                said = self._entry(given, entry)
            except AnswerError as error:
                wrong |= error.wrong
            else:
                if said:
                    found[entry.key] = said
        if wrong:
            raise AnswerError(_("Bitte noch einmal ansehen."), wrong=wrong)
        return found or None

    def _entry(self, given: Given, entry: KnownEntry) -> Value | None:
        answer = self.one(given, entry.key)
        if answer == EntryAnswer.CHANGED:
            return self._changed(given, entry)
        if answer == EntryAnswer.GONE:
            return {"answer": answer, "ends": self._ends(given, entry)}
        return {"answer": answer} if answer == EntryAnswer.TRUE else None

    def _changed(self, given: Given, entry: KnownEntry) -> Value:
        values, wrong = {}, {}
        for column in _sheet().columns:
            text = self.one(given, entry.key, column.name)
            reading = read_cell(column, text)
            if (reading.remedy and reading.serious) or (column.required and not text):
                name = self.name(entry.key, column.name)
                wrong[name] = self._remedy(reading.remedy, self._hint(column.name))
            else:
                row = dict(zip(column.fields, reading.values, strict=True))
                spelled = texts_of(_sheet().only(column.name), row)
                after = str(spelled.get(column.name) or "")
                if after != entry.texts[column.name]:
                    values[column.name] = after
        remark = self.lines(given, entry.key, "remark")
        if wrong:
            raise AnswerError("", wrong=wrong)
        if not values and not remark:
            name = self.name(entry.key)
            raise AnswerError("", wrong={name: _("Bitte ändern, was nicht stimmt.")})
        return {"answer": EntryAnswer.CHANGED.value, "values": values, "remark": remark}

    def _ends(self, given: Given, entry: KnownEntry) -> str:
        name, text = self.name(entry.key, "until"), self.one(given, entry.key, "until")
        if not text:
            told = _("Bitte angeben, bis wann es das Angebot gab; ungefähr genügt.")
            raise AnswerError("", wrong={name: told})
        reading = read_cell(_ENDS, text)
        found = reading.values[0]
        if (reading.remedy and reading.serious) or not isinstance(found, date):
            hint = _("Wenn Sie es nicht genau wissen: ungefähr.")
            raise AnswerError("", wrong={name: self._remedy(reading.remedy, hint)})
        return found.isoformat()

    def _remedy(self, remedy: str, hint: str) -> str:
        """Say what is wrong; what cells say is German, in other languages the hint has to do."""
        if remedy and self.asked.language == Language.DE:
            return remedy
        return _("Das lässt sich nicht lesen. %(hint)s") % {"hint": hint}

    def write(self, value: Value) -> Written:
        """Give the fields of every entry about which something is said."""
        found: Written = {}
        known = {entry.key: entry for entry in self.known.entries}
        for key, said in value.items():
            found[self.name(key)] = [said["answer"]]
            if said["answer"] == EntryAnswer.CHANGED:
                now = known[key].texts if key in known else {}
                texts = {**now, **said["values"], "remark": said["remark"]}
                found |= {self.name(key, name): [text] for name, text in texts.items() if text}
            elif said["answer"] == EntryAnswer.GONE:
                ends = date.fromisoformat(said["ends"])
                found[self.name(key, "until")] = [day(last_day(ends))]
        return found

    def groups(self, given: Given, wrong: Mapping[str, str]) -> list[Group]:
        """Show each entry with its three answers, and what belongs to them."""
        return [self._group(entry, given, wrong) for entry in self.known.entries]

    def _group(self, entry: KnownEntry, given: Given, wrong: Mapping[str, str]) -> Group:
        begun = self.name(entry.key) in given
        chosen = self.one(given, entry.key)
        words = {
            EntryAnswer.TRUE: _("Stimmt noch"),
            EntryAnswer.CHANGED: _("Hat sich geändert"),
            EntryAnswer.GONE: _("Gibt es nicht mehr"),
        }
        choices = [Choice(str(c), self.say(word), c == chosen) for c, word in words.items()]
        name = self.name(entry.key)
        radios = Field(name, Control.RADIOS, Spoken(""), chosen, tuple(choices))
        changes = (self._field(entry, given, one.name, begun=begun) for one in _sheet().columns)
        fields = (radios, *changes, *self._more(entry, given))
        marked = tuple(replace(one, error=wrong.get(one.name, "")) for one in fields)
        return Group(marked, Spoken(entry.name), entry.lines)

    def _field(self, entry: KnownEntry, given: Given, name: str, *, begun: bool) -> Field:
        labels = {"name": _("Name"), "ends": _("Läuft bis"), "capacity": _("Plätze")}
        label = self.say(labels[name])
        if name == "capacity" and entry.unit:
            label = Spoken(entry.unit)
        value = self.one(given, entry.key, name) if begun else entry.texts[name]
        return Field(
            self.name(entry.key, name),
            Control.LINE,
            label,
            value,
            hint=self._hint(name),
            when=EntryAnswer.CHANGED.value,
        )

    @staticmethod
    def _hint(name: str) -> str:
        hints = {
            "ends": _("Letzter Tag, zum Beispiel 31.12.2019, oder „unbefristet“."),
            "capacity": _("Zahl oder Spanne: 16 oder 16–20."),
        }
        return hints.get(name, "")

    def _more(self, entry: KnownEntry, given: Given) -> tuple[Field, Field]:
        remark = Field(
            self.name(entry.key, "remark"),
            Control.LINES,
            self.say(_("Was hat sich noch geändert?")),
            self.lines(given, entry.key, "remark"),
            hint=_("Freiwillig. Bitte keine Namen von Personen."),
            when=EntryAnswer.CHANGED.value,
        )
        until = Field(
            self.name(entry.key, "until"),
            Control.LINE,
            self.say(_("Letzter Tag")),
            self.one(given, entry.key, "until"),
            hint=_("Wenn Sie es nicht genau wissen: ungefähr."),
            when=EntryAnswer.GONE.value,
        )
        return remark, until

    def told(self, value: Value) -> list[Spoken]:
        """Say each entry with its answer, and what has changed."""
        words = {
            EntryAnswer.TRUE.value: _("Stimmt noch"),
            EntryAnswer.CHANGED.value: _("Hat sich geändert"),
            EntryAnswer.GONE.value: _("Gibt es nicht mehr"),
        }
        names = {entry.key: entry.name for entry in self.known.entries}
        lines = []
        for key, said in value.items():
            more = [*said.get("values", {}).values(), said.get("remark", "")]
            if said["answer"] == EntryAnswer.GONE:
                more = [day(last_day(date.fromisoformat(said["ends"])))]
            parts = [f"{names.get(key, key)}: {words[said['answer']]}", *filter(None, more)]
            lines.append(self.say(", ".join(parts)))
        return lines
