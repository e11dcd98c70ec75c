"""Organisations that people name in their own words, held against those that are known."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.access.record import Record
from gelingen.analysis.matching.letters import words
from gelingen.analysis.matching.matching import Matching, match
from gelingen.analysis.matching.tables import Decisions, Mentions
from gelingen.editing import get_record, save_record, sheet_of
from gelingen.history.recording import change
from gelingen.places.queries import territories
from gelingen.register.queries import organisations
from gelingen.review.models import SameName
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, fold_key

_INCOMING = "genannt:"
# Name, place and mailbox.
_Known: TypeAlias = tuple[str, str | None, str]


@dataclass(frozen=True, slots=True)
class Likely:
    """A known organisation that a name may mean.

    Attributes:
        key: its key.
        name: its name.
        probability: 0 to 1.
        sure: whether it may be taken without asking.
        evidence: codes of the reasons, as `wording.matching` reads them.

    """

    key: str
    name: str
    probability: float
    sure: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a written name may mean.

    Attributes:
        written: the name as it was written.
        likely: known organisations, the most likely first; empty: it is probably new.
        also: other spellings that mean the same organisation.

    """

    written: str
    likely: tuple[Likely, ...]
    also: tuple[str, ...]

    @property
    def sure(self) -> Likely | None:
        """Give the organisation that is meant without doubt, if there is one."""
        return self.likely[0] if self.likely and self.likely[0].sure else None


def meanings(
    actor: Actor, tenant: Tenant, written: Iterable[str], *, on: date
) -> dict[str, Meaning]:
    """Find what names mean, by the name as written. Two queries.

    Args:
        actor: who asks; knows only the organisations that they may see.
        tenant: whose register.
        written: the names.
        on: the day.

    """
    wanted = sorted({clean(name) for name in written} - {""})
    if not wanted:
        return {}
    rows = organisations(actor, tenant).values_list("key", "name", "seat__name", "mailbox")
    known = {key: (name, place, mailbox) for key, name, place, mailbox in rows}
    found = match(
        Mentions.from_rows(
            (key, name, place, None, None, mailbox or None)
            for key, (name, place, mailbox) in known.items()
        ),
        Mentions.from_rows((f"{_INCOMING}{name}", name, None, None, None, None) for name in wanted),
        on=on,
        decisions=_decisions(tenant, known),
        places=territories(actor, tenant).values_list("name", flat=True),
    )
    likely, also = _likely(found, known), _also(found)
    return {name: Meaning(name, likely.get(name, ()), also[name]) for name in wanted}


def _likely(found: Matching, known: Mapping[str, _Known]) -> dict[str, tuple[Likely, ...]]:
    """Give the known organisations that each name may mean, the most likely first."""
    likely: dict[str, tuple[Likely, ...]] = {}
    for row in found.matches.frame.sort("record", "rank").iter_rows(named=True):
        name = row["record"].removeprefix(_INCOMING)
        one = Likely(
            row["known"],
            known[row["known"]][0],
            row["probability"],
            row["zone"] == "automatic",
            row["evidence"],
        )
        likely[name] = (*likely.get(name, ()), one)
    return likely


def _also(found: Matching) -> dict[str, tuple[str, ...]]:
    """Give to each name the others that mean the same."""
    groups: dict[str, list[str]] = {}
    for record, cluster in found.groups.frame.select("record", "cluster").sort("record").rows():
        groups.setdefault(cluster, []).append(record.removeprefix(_INCOMING))
    return {
        name: tuple(one for one in names if one != name)
        for names in groups.values()
        for name in names
    }


def _decisions(tenant: Tenant, known: Collection[str]) -> Decisions:
    """Hand over what people decided; on organisations that are gone there is nothing to say."""
    kept = SameName.objects.filter(tenant=tenant).values_list("written", "organisation", "same")
    return Decisions.from_rows(
        (None, key, written, None, same) for written, key, same in kept if key in known
    )


def remember(  # noqa: PLR0913 - what a decision consists of
    *, actor: Actor, tenant: Tenant, written: str, organisation: str, same: bool, batch: str
) -> None:
    """Keep what a name means, or does not mean; a decision made before is replaced.

    Raises:
        PermissionDenied: the actor may not.
        UnknownRecordError: there is no such organisation.

    """
    require(actor, May.ASK, tenant)
    get_record(actor, tenant, sheet_of("organisation"), organisation)
    name = clean(written)
    # Spellings that differ in nothing but case and signs are one name: they must not contradict.
    alike = [
        one for one in SameName.objects.filter(tenant=tenant) if words(one.written) == words(name)
    ]
    with transaction.atomic():
        for one in alike:
            means = same and one.organisation == organisation
            if one.same != means and (same or one.organisation == organisation):
                with change(by=actor, verb=Verb.DECIDED, of=one, batch=batch):
                    one.same = means
        if organisation not in {one.organisation for one in alike}:
            thing = SameName(
                tenant=tenant,
                key=f"name_{fold_key(name)[:90]}_{fold_key(organisation)[:90]}",
                written=name,
                organisation=organisation,
            )
            with change(by=actor, verb=Verb.DECIDED, of=thing, batch=batch):
                thing.same = same


def new_organisation(
    *, actor: Actor, tenant: Tenant, written: str, source: str, batch: str
) -> Record:
    """Enter an organisation that nobody knew, by the name as it was written.

    Raises:
        PermissionDenied: the actor may not.
        ValidationError: a rule is broken.

    """
    require(actor, May.ASK, tenant)
    made = save_record(
        actor=actor,
        tenant=tenant,
        sheet=sheet_of("organisation"),
        values={"name": clean(written), "source": source},
        batch=batch,
    )
    remember(
        actor=actor, tenant=tenant, written=written, organisation=made.key, same=True, batch=batch
    )
    return made
