"""The entries of a request in few words, as somebody reads them who sees them once a year."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gelingen.access.policy import Operator
from gelingen.access.record import Record
from gelingen.confirmations.models import Request
from gelingen.confirmations.proposals import texts_now
from gelingen.editing import get_record, sheet_of
from gelingen.register.queries import structures
from gelingen.terms.asking import EntryAnswer
from gelingen.terms.spelling import day, last_day, number_range
from gelingen.terms.vocabulary import EndKind

_NAMED = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry that is asked for.

    Attributes:
        pk: its number on the page.
        name: name of the structure.
        lines: how many places and until when; whom it reaches; who pays.
        answer: what was answered; None: nothing so far.

    """

    pk: int
    name: str
    lines: tuple[str, ...]
    answer: EntryAnswer | None


def actor_of(request: Request) -> Operator:
    """Give who answers: the right comes from the officer who asked, the name from the request."""
    return Operator(f"{request.name[:110]} (per Verweis)")


def entries(request: Request) -> list[Entry]:
    """Entries of a request in its order; what was deleted since is left out. Seven queries."""
    asked = list(request.entries.all())
    keys = [one.structure for one in asked]
    found = structures(actor_of(request), request.tenant).filter(key__in=keys)
    known = {
        one.key: one
        for one in found.prefetch_related("reach__topic", "reach__target_group", "fundings__funder")
    }
    return [
        Entry(
            one.pk,
            known[one.structure].name,
            lines_of(known[one.structure]),
            EntryAnswer.of(one.answer) if one.answer else None,
        )
        for one in asked
        if one.structure in known
    ]


def structure_of(request: Request, key: str) -> Record:
    """Find the structure of an entry."""
    return get_record(actor_of(request), request.tenant, sheet_of("structure"), key)


def organisation_of(request: Request) -> Record:
    """Find the organisation that was asked."""
    kind = sheet_of("organisation")
    return get_record(actor_of(request), request.tenant, kind, request.organisation)


def known_texts(request: Request, key: str) -> tuple[dict[str, str], str]:
    """Give what a form for changes starts with: texts by column, and what is counted there."""
    structure: Any = structure_of(request, key)
    own = texts_now("structure", structure)
    return own | texts_now("organisation", organisation_of(request)), structure.capacity_unit


def lines_of(structure: Record) -> tuple[str, ...]:
    """Say of a structure how many places and until when; whom it reaches; who pays."""
    return tuple(_lines(structure))


def _lines(structure: Record) -> Iterator[str]:
    # Any record here is a structure with its parts prefetched; its model is protected.
    one: Any = structure
    low, high = one.capacity_low, one.capacity_high
    places = ""
    if low is not None or high is not None:
        size = number_range(
            None if low is None else float(low), None if high is None else float(high)
        )
        places = f"{size} {one.capacity_unit or _('Plätze')}"
    yield ", ".join(part for part in (places, _until(one.ends, one.ends_kind)) if part)
    reach = list(one.reach.all())
    if reach:
        topics = _named(part.topic.name for part in reach)
        groups = _named(part.target_group.name for part in reach)
        yield _("{topics}, für {groups}").format(topics=topics, groups=groups)
    paid = [_money(part) for part in one.fundings.all()]
    if paid:
        yield _("Geld: {}").format(_named(paid))


def _until(ends: date | None, kind: str) -> str:
    if ends is not None:
        return _("läuft bis {}").format(day(last_day(ends)))
    known = {EndKind.UNLIMITED: _("unbefristet"), EndKind.FURTHER_NOTICE: _("bis auf Weiteres")}
    return {str(code): word for code, word in known.items()}.get(kind, _("Ende nicht bekannt"))


def _money(funding: Any) -> str:  # noqa: ANN401 - as above
    source = funding.programme or (funding.funder.name if funding.funder else _("ohne Angabe"))
    if not funding.ends:
        return str(source)
    return _("{source} bis {day}").format(source=source, day=day(last_day(funding.ends)))


def _named(names: Iterable[str]) -> str:
    different = list(dict.fromkeys(names))
    more = _(" und {} weitere").format(len(different) - _NAMED) if len(different) > _NAMED else ""
    return ", ".join(different[:_NAMED]) + more
