"""What the register knows and questions ask about: topics, groups, places, organisations, entries.

Whoever answers has no account: what is shown follows from the survey, which an officer has opened.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gelingen.access.policy import Operator
from gelingen.confirmations.entries import lines_of
from gelingen.confirmations.proposals import texts_now
from gelingen.places.queries import own_places
from gelingen.register.queries import organisations, structures
from gelingen.surveys.models import Survey
from gelingen.terms.surveys import QuestionKind
from gelingen.topics.queries import target_groups, topics

_ASKER = Operator("Umfrage")


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """A structure of the asked organisation.

    Attributes:
        key: its key.
        name: its name.
        lines: how many places and until when; whom it reaches; who pays.
        texts: by column what stands there today, as one writes it.
        unit: what is counted there; "": places.

    """

    key: str
    name: str
    lines: tuple[str, ...]
    texts: Mapping[str, str]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What questions may name, by key; only what the questions at hand ask for is there."""

    topics: Mapping[str, str] = field(default_factory=dict)
    target_groups: Mapping[str, str] = field(default_factory=dict)
    territories: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    entries: tuple[KnownEntry, ...] = ()
    has_entries: bool = False


_NOTHING = Known()


def known_of(
    survey: Survey,
    kinds: Collection[QuestionKind],
    *,
    organisation: str = "",
    conditions: bool = False,
    on: date,
) -> Known:
    """Read what questions of some kinds name.

    Topics one query, what is missing three, ties one, entries four; a condition one.

    Args:
        survey: the survey.
        kinds: kinds of the questions that are shown or read.
        organisation: key of the asked organisation; "": nobody in particular.
        conditions: whether a question depends on the entries of the organisation.
        on: the day; only what holds on it is offered.

    """
    missing = QuestionKind.MISSING in kinds
    entries = _entries(survey, organisation, on) if QuestionKind.ENTRIES in kinds else ()
    there = bool(entries)
    if conditions and not there and QuestionKind.ENTRIES not in kinds:
        there = _structures(survey, organisation, on).exists()
    return Known(
        topics=_topics(survey, on) if missing or QuestionKind.TOPICS in kinds else {},
        target_groups=_names(target_groups(_ASKER, survey.tenant)) if missing else {},
        territories=_names(own_places(_ASKER, survey.tenant)) if missing else {},
        organisations=_others(survey, organisation, on) if QuestionKind.TIES in kinds else {},
        entries=entries,
        has_entries=there,
    )


def _names(found: QuerySet[Any]) -> dict[str, str]:
    return dict(found.values_list("key", "name"))


def _valid(on: date) -> Q:
    begun = Q(starts__isnull=True) | Q(starts__lte=on)
    return begun & (Q(ends__isnull=True) | Q(ends__gt=on))


def _topics(survey: Survey, on: date) -> dict[str, str]:
    return _names(topics(_ASKER, survey.tenant).filter(_valid(on)))


def _others(survey: Survey, organisation: str, on: date) -> dict[str, str]:
    there = Q(ends__isnull=True) | Q(ends__gt=on)
    found = organisations(_ASKER, survey.tenant).filter(there).exclude(key=organisation)
    return _names(found.order_by("name", "key"))


def _structures(survey: Survey, organisation: str, on: date) -> QuerySet[Any]:
    there = Q(ends__isnull=True) | Q(ends__gt=on)
    found = structures(_ASKER, survey.tenant).filter(there, organisation__key=organisation)
    return found.order_by("name", "key") if organisation else found.none()


def _entries(survey: Survey, organisation: str, on: date) -> tuple[KnownEntry, ...]:
    found = _structures(survey, organisation, on)
    read = found.prefetch_related("reach__topic", "reach__target_group", "fundings__funder")
    return tuple(
        KnownEntry(one.key, one.name, lines_of(one), texts_now("structure", one), one.capacity_unit)
        for one in read
    )
