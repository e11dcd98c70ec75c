"""What a table of statistics would add and change, before anything is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.access.record import Record
from gelingen.official import Observation, OfficialTable, Skipped
from gelingen.official.values import SIGNS
from gelingen.terms.vocabulary import Certainty, DatePrecision, TerritoryKind
from gelingen.transfer.figures.mapping import ADDED, Answers
from gelingen.transfer.records import model_of
from gelingen.transfer.sheets.foundations import TERRITORIES
from gelingen.transfer.sheets.relations import FIGURES
from gelingen.workbook.raw import german_number
from gelingen.workbook.references import derive_key

# A figure is known again by territory, indicator, unit, day, its precision, and source.
Identity = tuple[str, str, str, date, str, str]
_CENSUS = re.compile(r"(?<!vor )Zensus (2011|2022)")
_STATE, _DISTRICT, _COUNTY = 2, 3, 5
# What may change beside a value that stays.
_BESIDE = {"note": "Anmerkung", "base": "Zählung", "published": "amtlich veröffentlicht"}
_TOWN = re.compile(r",\s*(?:GK)?St\b|\bStadt\b")
_MARKET = re.compile(r",\s*M(?:kt)?\b|\bMarkt\b")


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that would be added or changed.

    Attributes:
        thing: the figure as stored; None if it is new.
        key: its key.
        territory: official key of its territory.
        name: name of its territory.
        indicator: our indicator.
        values: its new values by field.
        before: the value that is stored, as people read it; "" for a new one.
        after: the new value.
        place: where it stands in the file.

    """

    thing: Record | None
    key: str
    territory: str
    name: str
    indicator: str
    values: Mapping[str, Any]
    before: str
    after: str
    place: str


@dataclass(frozen=True, slots=True)
class NewTerritory:
    """A territory that would be added."""

    key: str
    name: str
    kind: TerritoryKind
    above: str


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """Everything that writing a table would do.

    Attributes:
        tenant: whose figures.
        territories: those that would be added, by key.
        new: figures that would be added, in the order of the file, days before years.
        changed: figures with another value, or about which the table says more than before.
        untouched: number of figures that are as stored.
        unmapped: number of figures of series that are left out.
        elsewhere: number of figures of territories that are left out.
        skipped: places that give no figure, mistakes first.

    """

    tenant: Tenant
    territories: tuple[NewTerritory, ...]
    new: tuple[FigureChange, ...]
    changed: tuple[FigureChange, ...]
    untouched: int
    unmapped: int
    elsewhere: int
    skipped: tuple[Skipped, ...]

    @property
    def problems(self) -> int:
        """Number of mistakes; with one, nothing is written."""
        return sum(one.serious for one in self.skipped)

    @property
    def empty(self) -> bool:
        """Whether nothing would be written."""
        return not (self.new or self.changed)

    @property
    def stamp(self) -> str:
        """Something that is the same as long as the same would happen to the same records."""
        told = [
            (one.key, one.thing and one.thing.version, sorted(map(str, one.values.items())))
            for one in (*self.new, *self.changed)
        ]
        return sha256(repr((told, self.territories, self.problems)).encode()).hexdigest()


def plan_figures(
    actor: Actor, tenant: Tenant, table: OfficialTable, answers: Answers
) -> FigurePlan:  # fmt: skip
    """Say what a table would add and change. Two queries.

    Args:
        actor: who reads it in.
        tenant: whose figures.
        table: what stands in the file.
        answers: what its series and territories are here; what is missing is left out.

    Raises:
        PermissionDenied: the actor may not change figures in this tenant.

    """
    require(actor, May.EDIT_BASICS, tenant)
    sorting = _Sorting(_territory_names(tenant), _Stored(tenant))
    skipped = list(table.skipped)
    # Days come first: a year must not take the figure of a day that stands in the same table.
    for one in sorted(table.observations, key=_names_year):
        twice = sorting.take(one, table, answers)
        if twice:
            skipped.append(twice)
    changes = sorting.changes
    return FigurePlan(
        tenant,
        tuple(sorting.added[key] for key in sorted(sorting.added)),
        tuple(one for one in changes if one.thing is None),
        tuple(one for one in changes if one.thing is not None),
        sorting.untouched,
        sorting.unmapped,
        sorting.elsewhere,
        tuple(sorted(skipped, key=lambda one: not one.serious)),
    )


class _Sorting:
    """Sorts the figures of a table by what becomes of them."""

    def __init__(self, names: Mapping[str, str], stored: "_Stored") -> None:
        self.names, self.stored = names, stored
        self.added: dict[str, NewTerritory] = {}
        self.changes: list[FigureChange] = []
        self.seen: dict[Identity, Observation] = {}
        self.unmapped = self.elsewhere = self.untouched = 0

    def take(self, one: Observation, table: OfficialTable, answers: Answers) -> Skipped | None:
        """Take one figure; says if it is the same as one before."""
        indicator, unit = answers.series.get(one.series.id, ("", ""))
        key = _place(one, answers, self.names) if indicator else ""
        if not key:
            self.unmapped += not indicator
            self.elsewhere += bool(indicator)
            return None
        values = _values(one, table, answers, indicator, unit)
        identity = _identity(key, values)
        if identity in self.seen:
            return _twice(one, self.seen[identity])
        self.seen[identity] = one
        if key not in self.names:
            self.added.setdefault(key, _territory(key, one.territory_name, self.names))
        name = self.names.get(key) or self.added[key].name
        change = _change(key, name, values, self.stored.find(identity), one.place)
        if change is None:
            self.untouched += 1
        else:
            self.changes.append(change)
        return None


def _territory_names(tenant: Tenant) -> dict[str, str]:
    found = model_of(TERRITORIES)._default_manager.filter(tenant=tenant).order_by("key")
    return dict(found.values_list("key", "name"))


class _Stored:
    """The figures about territories that a tenant has."""

    def __init__(self, tenant: Tenant) -> None:
        model: Any = model_of(FIGURES)
        found = model._default_manager.filter(tenant=tenant, territory__isnull=False)
        self.exact: dict[Identity, Record] = {}
        self.in_year: dict[Identity, list[Record]] = {}
        self.used: set[int] = set()
        for one in found.select_related("territory").order_by("-key"):
            identity = _identity(one.territory.key, one.field_values())
            self.exact[identity] = one
            if one.reference is not None:
                self.in_year.setdefault(_year_of(identity), []).append(one)

    def find(self, identity: Identity) -> Record | None:
        """Find a figure. Where a table names only the year, the only one in that year is meant."""
        same = self.exact.get(identity)
        if same is None and identity[4] == DatePrecision.YEAR.value:
            alike = self.in_year.get(_year_of(identity), [])
            same = alike[0] if len(alike) == 1 and alike[0].pk not in self.used else None
        if same is not None:
            self.used.add(same.pk)
        return same


def _names_year(one: Observation) -> bool:
    return one.precision is DatePrecision.YEAR


def _year_of(identity: Identity) -> Identity:
    territory, indicator, unit, reference, _, source = identity
    return territory, indicator, unit, reference.replace(month=1, day=1), "", source


def _identity(territory: str, values: Mapping[str, Any]) -> Identity:
    told = ("indicator", "unit", "reference", "reference_precision", "source")
    indicator, unit, reference, precision, source = (values[name] for name in told)
    return territory, indicator, unit, reference, str(precision), source


def _place(one: Observation, answers: Answers, names: Mapping[str, str]) -> str:
    """Give the official key of the territory of a figure here; "" if it is left out."""
    told = one.territory or one.territory_name
    if told in names:
        return told
    key = answers.places.get(told, "")
    return told if key == ADDED and told.isdigit() else key.removeprefix(ADDED)


def _values(
    one: Observation, table: OfficialTable, answers: Answers, indicator: str, unit: str
) -> dict[str, Any]:
    source = one.source or answers.source or table.source
    words = f"{source} {one.note}"
    census = _CENSUS.search(words)
    rolled = "Fortschreibung " if "Fortschreibung" in words else ""
    return {
        "indicator": indicator,
        "value_low": one.low,
        "value_high": one.high,
        "unit": unit,
        "reference": one.reference,
        "reference_precision": one.precision.value,
        "base": f"{rolled}Zensus {census[1]}" if census else "",
        "source": source,
        "source_date": table.as_of,
        "certainty": Certainty.STATED.value,
        "published": table.shape.official,
        "note": one.note,
    }


def _change(
    territory: str, name: str, values: dict[str, Any], thing: Any, place: str  # noqa: ANN401 - a figure of whichever app
) -> FigureChange | None:  # fmt: skip
    """Say what becomes of one figure; None if it is as stored."""
    after = value_words(values["value_low"], values["value_high"], values["unit"])
    if thing is None:
        key = derive_key(FIGURES, {**values, "territory": territory, "structure": None})
        told = str(values["indicator"])
        return FigureChange(None, key, territory, name, told, values, "", after, place)
    kept = _renewed(thing, values)
    if not kept:
        return None
    before = value_words(thing.value_low, thing.value_high, thing.unit)
    beside = [said for name, said in _BESIDE.items() if name in kept]
    if before == after and beside:
        after = f"{after}; neu: {', '.join(beside)}"
    indicator = str(values["indicator"])
    return FigureChange(thing, thing.key, territory, name, indicator, kept, before, after, place)


def _renewed(thing: Any, values: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Say what a stored figure takes from a table.

    Of a new value everything, also how certain it is, and whether statistics published it; the
    census from which it is rolled forward stays where the table names none. Of the same value only
    what is not said here yet: what people wrote about a figure stays, and a sign that no longer
    stands beside it goes.
    """
    if (thing.value_low, thing.value_high) != (values["value_low"], values["value_high"]):
        wanted = ("value_low", "value_high", "note", "source_date", "certainty", "published")
        return {field: values[field] for field in wanted} | {"base": values["base"] or thing.base}
    told = {"note": values["note"]} if thing.note in {"", *SIGNS} else {}
    told |= {"base": values["base"]} if not thing.base else {}
    told |= {"published": True} if values["published"] else {}
    return {field: value for field, value in told.items() if value != getattr(thing, field)}


def value_words(low: Decimal, high: Decimal, unit: str) -> str:
    """Write a value or a range with its unit: "12,5 Prozent", "10–15 Personen"."""
    bounds = dict.fromkeys((german_number(low), german_number(high)))
    return f"{'–'.join(bounds)} {unit}".strip()


def _twice(one: Observation, before: Observation) -> Skipped:
    if (one.low, one.high) == (before.low, before.high):
        why = f"Gleich mit {before.place}: dasselbe Gebiet, dieselbe Kennzahl, derselbe Tag."
        return Skipped(one.place, german_number(one.low), why)
    why = (
        f"Nach der Zuordnung ist das dasselbe wie {before.place}, dort steht aber "
        f"{german_number(before.low)}. Bitte eines von beiden nicht übernehmen."
    )
    return Skipped(one.place, german_number(one.low), why, serious=True)


def _territory(key: str, name: str, names: Mapping[str, str]) -> NewTerritory:
    """Make a territory of a key and a name: the length of the key says which kind it is."""
    inside = [other for other in names if key.startswith(other) and other != key]
    return NewTerritory(key, name or key, _kind(key, name), max(inside, key=len, default=""))


def _kind(key: str, name: str) -> TerritoryKind:
    if len(key) == _STATE:
        return TerritoryKind.STATE
    if len(key) == _DISTRICT:
        return TerritoryKind.DISTRICT
    if len(key) == _COUNTY:
        city = re.search(r"stadt", name, re.IGNORECASE) and "Landkreis" not in name
        return TerritoryKind.CITY if city else TerritoryKind.COUNTY
    if _TOWN.search(name):
        return TerritoryKind.TOWN
    return TerritoryKind.MARKET if _MARKET.search(name) else TerritoryKind.MUNICIPALITY
