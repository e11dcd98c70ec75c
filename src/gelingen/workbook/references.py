"""References resolved by key or by label, and keys derived where none is given."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from hashlib import sha256

from rapidfuzz import fuzz, process

from gelingen.terms.vocabulary import Vocabulary
from gelingen.workbook.declare import Sheet
from gelingen.workbook.folding import fold, fold_key
from gelingen.workbook.raw import german_number, official_key

__all__ = ["SEPARATOR", "Directory", "UnresolvedError", "derive_key"]

SEPARATOR = re.compile(r"[;\n]")  # between several references in one cell
_LIKELY = 75  # rapidfuzz score from which a name is suggested
_SUGGESTED = 3
_MOST_SUGGESTIONS = 200  # per sheet; comparing one name with thousands takes milliseconds
_COUNTY_DIGITS = 5
_LONGEST_KEY, _LENGTH_OF_MARK = 200, 12

_COUNTY = "landkreis"
_KINDS = frozenset({_COUNTY, "stadt", "markt", "gemeinde"})
_ABBREVIATIONS = {
    "lkr": _COUNTY,
    "lk": _COUNTY,
    "landkr": _COUNTY,
    "kreis": _COUNTY,
    "st": "stadt",
    "mkt": "markt",
    "gde": "gemeinde",
    "gem": "gemeinde",
    "b": "bei",
    "a": "am",
    "i": "im",
    "ofr": "oberfranken",
    "ufr": "unterfranken",
    "mfr": "mittelfranken",
}


class UnresolvedError(LookupError):
    """A reference leads nowhere or to several rows; the message is the German remedy."""


def derive_key(sheet: Sheet, values: Mapping[str, object]) -> str:
    """Derive the key of a row from the columns that the sheet names for it.

    Args:
        sheet: its declaration.
        values: values of the row as declare.Kind describes them.

    Returns:
        The folded values joined by "|", or "" if all of them are empty. A longer text than a key
        may have is cut and ends with a number made from the whole, so that keys stay different.

    """
    columns = [sheet.column(name) for name in sheet.key_from]
    parts = [
        "_".join(filter(None, (fold_key(_text(values.get(field))) for field in column.fields)))
        for column in columns
    ]
    key = "|".join(parts) if any(parts) else ""
    if len(key) <= _LONGEST_KEY:
        return key
    mark = sha256(key.encode()).hexdigest()[:_LENGTH_OF_MARK]
    return f"{key[: _LONGEST_KEY - _LENGTH_OF_MARK - 1]}_{mark}"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Vocabulary):
        return value.value
    if isinstance(value, Decimal):
        return german_number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return str(value)


class _Shelf:
    """Rows of one origin, findable by key, label and, for territories, by place name."""

    def __init__(self, labels: Mapping[str, str], *, official: bool) -> None:
        self.labels = labels
        self._by_key: defaultdict[str, list[str]] = defaultdict(list)
        self._by_label: defaultdict[str, list[str]] = defaultdict(list)
        self._by_place: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
        for key, label in labels.items():
            self._by_key[fold(key) or key].append(key)
            if fold(label):
                self._by_label[fold(label)].append(key)
            if official:
                self._by_place[_place(label)[0]].append(key)

    def find(self, text: str) -> list[str]:
        """Keys for an exact key, else for a folded key, else for a label."""
        if text in self.labels:
            return [text]
        folded = fold(text)
        return self._by_key.get(folded, []) or self._by_label.get(folded, [])

    def find_place(self, text: str) -> list[str]:
        """Keys whose label means the same place, whatever kind of territory stands with it."""
        name, kinds = _place(text)
        found = self._by_place.get(name, []) if name else []
        return [key for key in found if _agrees(kinds, key, self.labels[key])]


def _place(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    words = [_ABBREVIATIONS.get(word, word) for word in fold(text).split()]
    name = tuple(word for word in words if word not in _KINDS and word != "kreisfreie")
    return name, frozenset(words) & _KINDS


def _agrees(kinds: frozenset[str], key: str, label: str) -> bool:
    """Tell a county from its towns: by the word in the label, else by the length of the key."""
    if not kinds:
        return True
    of_label = _place(label)[1]
    if of_label:
        return (_COUNTY in kinds) == (_COUNTY in of_label)
    return _COUNTY not in kinds or len(key) == _COUNTY_DIGITS


class Directory:
    """All rows a reference may mean: those of the file, then those already recorded."""

    def __init__(self, sheet: Sheet, own: Mapping[str, str], known: Mapping[str, str]) -> None:
        """Index rows, given as label by key."""
        self._sheet = sheet
        official = sheet.official_keys
        self._shelves = (_Shelf(own, official=official), _Shelf(known, official=official))
        self._labels = {**known, **own}
        self._suggestions_left = _MOST_SUGGESTIONS
        self._words: dict[str, str] = {}
        self._found: dict[str, str | UnresolvedError] = {}

    def find(self, text: str) -> str:
        """Find the key that a text means.

        Raises:
            UnresolvedError: if none or several fit.

        """
        found = self._found.get(text)
        if found is None:
            try:
                found = self._search(text)
            except UnresolvedError as error:
                found = error
            self._found[text] = found
        if isinstance(found, UnresolvedError):
            raise found
        return found

    def _search(self, text: str) -> str:
        wanted = official_key(text) if self._sheet.official_keys else text
        for shelf in self._shelves:
            if found := shelf.find(wanted):
                return self._only(text, found)
        if self._sheet.official_keys:
            for shelf in self._shelves:
                if found := shelf.find_place(text):
                    return self._only(text, found)
        raise UnresolvedError(self._explain(text))

    def _only(self, text: str, keys: Iterable[str]) -> str:
        distinct = sorted(set(keys))
        if len(distinct) == 1:
            return distinct[0]
        listed = " oder ".join(self._name(key) for key in distinct[:_SUGGESTED])
        message = f"„{text}“ ist nicht eindeutig: {listed}. Bitte die Kennung eintragen."
        raise UnresolvedError(message)

    def _name(self, key: str) -> str:
        label = self._labels[key]
        return f"{key} ({label})" if label and label != key else key

    def _explain(self, text: str) -> str:
        title = self._sheet.title
        if not self._labels:
            return f"Auf dem Blatt „{title}“ steht noch nichts. Bitte dort zuerst eintragen."
        likely = self._suggest(text)
        if likely:
            return "Meinten Sie " + " oder ".join(likely) + "?"
        return f"Auf dem Blatt „{title}“ gibt es das nicht. Bitte dort eintragen oder berichtigen."

    def _suggest(self, text: str) -> list[str]:
        if self._suggestions_left == 0:
            return []
        self._suggestions_left -= 1
        if not self._words:
            for key, label in sorted(self._labels.items()):
                self._words.setdefault(fold(label) or fold(key), key)
                self._words.setdefault(fold(key), key)
        best = process.extract(
            fold(text), self._words.keys(), scorer=fuzz.WRatio, score_cutoff=_LIKELY, limit=10
        )
        ordered = sorted(best, key=lambda match: (-match[1], match[0]))
        keys = dict.fromkeys(self._words[word] for word, *_ in ordered)
        return [self._quote(key) for key in list(keys)[:_SUGGESTED]]

    def _quote(self, key: str) -> str:
        label = self._labels[key]
        return f"„{label}“ ({key})" if label and label != key else f"„{key}“"
