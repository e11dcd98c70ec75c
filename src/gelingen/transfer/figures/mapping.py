"""What people said about the series and territories of tables of one form, kept for next time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from rapidfuzz import fuzz, process

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.official import OfficialTable, Series
from gelingen.official.keys import closest_place
from gelingen.transfer.models import FigureMapping
from gelingen.transfer.records import model_of
from gelingen.transfer.sheets.foundations import TERRITORIES
from gelingen.transfer.sheets.relations import FIGURES
from gelingen.workbook.folding import fold

ADDED = "+"  # a territory that is to be added
_MANY = 20  # a table of so many series is a choice, not a list of what is wanted
_LIKELY = 88  # rapidfuzz score from which an indicator is the same
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Answers:
    """What the series and territories of a table are here.

    Attributes:
        series: for each `Series.id` our indicator and its unit; an empty one is left out.
        places: for each territory of the table our official key, ADDED, or "" for left out.
        source: what is cited where the table itself names no source.

    """

    series: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about a table, with what is proposed.

    Attributes:
        answers: remembered or proposed, for everything in the table.
        known: the ids of series that people have mapped before.
        unknown: the territories of the table that are none of ours, with their names.
        kept: those of them about which people have said something before.
        territories: names of ours by official key.
        indicators: our indicators with their units, by name.

    """

    answers: Answers
    known: frozenset[str]
    unknown: Mapping[str, str]
    kept: frozenset[str]
    territories: Mapping[str, str]
    indicators: Mapping[str, str]

    @property
    def open(self) -> bool:
        """Whether people have not said yet what something in the table is."""
        return any(one not in self.known for one in self.answers.series) or any(
            one not in self.kept for one in self.unknown
        )


def remembered(tenant: Tenant, table: OfficialTable) -> Answers:
    """Read what people of a tenant said about tables of this form. One query."""
    kept = FigureMapping.objects.filter(tenant=tenant, shape=table.shape).first()
    if kept is None:
        return Answers()
    series = {key: (name, unit) for key, (name, unit) in kept.series.items()}
    return Answers(series, kept.places, kept.sources.get(table.name, ""))


def ask(actor: Actor, tenant: Tenant, table: OfficialTable) -> Asked:
    """Find out what has to be asked about a table, and propose answers. Four queries.

    Raises:
        PermissionDenied: the actor may not change figures in this tenant.

    """
    require(actor, May.EDIT_BASICS, tenant)
    told = remembered(tenant, table)
    ours = _names(tenant)
    indicators = _indicators(tenant)
    unknown = {key: name for key, name in table.territories.items() if key not in ours}
    series = {
        one.id: told.series.get(one.id) or _proposed(one, table, indicators)
        for one in table.series
    }  # fmt: skip
    few = not table.shape.official and len(unknown) <= _MANY
    places = {
        key: told.places[key] if key in told.places
        else closest_place(key if key.isdigit() else "", name, ours)
        or (ADDED if few and key.isdigit() else "")
        for key, name in unknown.items()
    }  # fmt: skip
    return Asked(
        Answers(series, places, told.source or table.source),
        frozenset(told.series.keys() & series.keys()),
        unknown,
        frozenset(told.places.keys() & unknown.keys()),
        ours,
        indicators,
    )


def _names(tenant: Tenant) -> dict[str, str]:
    model = model_of(TERRITORIES)
    rows = model._default_manager.filter(tenant=tenant).order_by("key").values_list("key", "name")
    return dict(rows)


def _indicators(tenant: Tenant) -> dict[str, str]:
    """Give our indicators with a unit of each, by name; of some the sheets wait for figures."""
    model: Any = model_of(FIGURES)
    stored = model._default_manager.filter(tenant=tenant, territory__isnull=False)
    sheets: Any = apps.get_model("indicators.Indicator")._default_manager.filter(tenant=tenant)
    waiting = dict(sheets.order_by("figure").values_list("figure", "unit"))
    known = stored.order_by("indicator", "unit").values_list("indicator", "unit").distinct()
    return dict(sorted({**waiting, **dict(known)}.items()))


def _proposed(
    one: Series, table: OfficialTable, indicators: Mapping[str, str]
) -> tuple[str, str]:  # fmt: skip
    """Propose our indicator of the same or a very similar name, else a new one of this name.

    Of a table with many series only what is known already is proposed.
    """
    names = {name: fold(name) for name in indicators}
    best = process.extractOne(fold(one.name), names, scorer=fuzz.ratio, score_cutoff=_LIKELY)
    if best:
        return best[2], indicators[best[2]] or one.unit
    wanted = not table.shape.official or len(table.series) <= _MANY
    return (one.name[:_LONGEST] if wanted else "", one.unit)


def remember(
    actor: Actor, tenant: Tenant, table: OfficialTable, answers: Answers, *, at: datetime
) -> None:
    """Keep what people said about a table, beside what they said about others of its form.

    Raises:
        PermissionDenied: the actor may not change figures in this tenant.

    """
    require(actor, May.EDIT_BASICS, tenant)
    kept = FigureMapping.objects.filter(tenant=tenant, shape=table.shape).first()
    kept = kept or FigureMapping(tenant=tenant, shape=table.shape)
    kept.series |= {key: list(value) for key, value in answers.series.items()}
    kept.places |= dict(answers.places)
    kept.sources |= {table.name: answers.source}
    kept.at = at
    kept.save()
