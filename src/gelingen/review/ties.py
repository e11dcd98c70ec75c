"""With whom organisations say they work: told names become known organisations, then ties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.register.queries import organisations
from gelingen.register.ties import NewTie, confirm_tie, get_organisation, partners_of, set_ties
from gelingen.review.decisions import DecidedError, NothingChosenError, decide, decided
from gelingen.review.heard import Row, heard
from gelingen.review.names import Meaning, meanings, new_organisation, remember
from gelingen.surveys.said import Said
from gelingen.terms.asking import ReviewState

NEW = "neu"


class UnclearError(UserError):
    """It is not said which organisation a name means."""


@dataclass(frozen=True, slots=True)
class Told:
    """One tie that an organisation told of.

    Attributes:
        subject: its stable name.
        said: the answer; its speaker is one end of the tie.
        partner: key of the other end where it was chosen from the list; "" where it was written.
        written: the name of the other end, as chosen or written.
        meaning: what a written name may mean; None where it was chosen.
        kind: code of the kind of cooperation; "" if not said.
        intensity: 1 to 3; None if not said.

    """

    subject: str
    said: Said
    partner: str
    written: str
    meaning: Meaning | None
    kind: str
    intensity: int | None

    @property
    def settled(self) -> str:
        """Give the key of the other end where nobody has to be asked; "" elsewhere."""
        sure = self.meaning.sure if self.meaning else None
        return self.partner or (sure.key if sure else "")


def waiting(actor: Actor, tenant: Tenant, *, on: date) -> list[Told]:
    """Give ties on which nobody decided, unclear names first, then by name. Six queries."""
    done = decided(tenant)
    rows = {key: pair for key, pair in heard(actor, tenant).ties.items() if key not in done}
    there = dict(organisations(actor, tenant).values_list("key", "name")) if rows else {}
    written = [str(row["name"]) for _, row in rows.values() if row.get("organisation") not in there]
    meant = meanings(actor, tenant, written, on=on)
    found = [_told(key, one, row, there, meant) for key, (one, row) in rows.items()]
    return sorted(
        (one for one in found if one.said.speaker in there),
        key=lambda one: (bool(one.settled), one.written.casefold(), one.subject),
    )


def _told(
    subject: str, one: Said, row: Row, there: Mapping[str, str], meant: Mapping[str, Meaning]
) -> Told:
    key = str(row.get("organisation") or "")
    chosen = key if key in there else ""
    name = " ".join(str(row.get("name") or "").split())
    intensity = row.get("intensity")
    return Told(
        subject=subject,
        said=one,
        partner=chosen,
        written=there.get(chosen, name),
        meaning=None if chosen else meant.get(name),
        kind=str(row.get("kind") or ""),
        intensity=int(cast("int", intensity)) if intensity else None,
    )


def accept(  # noqa: PLR0913 - what a decision consists of
    *,
    actor: Actor,
    tenant: Tenant,
    subjects: Sequence[str],
    means: Mapping[str, str],
    on: date,
    batch: str,
) -> int:
    """Enter ties; a name that was decided on is remembered, and never asked for again.

    Args:
        actor: who decides.
        tenant: whose register.
        subjects: of ties that wait.
        means: by subject the key of the organisation that the name means, or `NEW`; those not
            named here must be settled.
        on: the day; new ties begin on it.
        batch: number of the undertaking.

    Returns:
        How many were entered.

    Raises:
        PermissionDenied: the actor may not.
        DecidedError: one waits no more.
        UnclearError: of one it is not said whom it means, or it means the speaker.

    """
    require(actor, May.ASK, tenant)
    told = _chosen(actor, tenant, subjects, on=on)
    made: dict[str, str] = {}
    with transaction.atomic():
        for one in told:
            key = _partner(actor, tenant, one, means.get(one.subject, ""), made, batch)
            _enter(actor, tenant, one, key, on, batch)
            decide(
                actor,
                tenant,
                [one.subject],
                ReviewState.ACCEPTED,
                on=on,
                batch=batch,
                result=f"organisation:{key}",
            )
    return len(told)


def decline(  # noqa: PLR0913 - what a decision consists of
    *, actor: Actor, tenant: Tenant, subjects: Sequence[str], reason: str, on: date, batch: str
) -> int:
    """Set ties aside; gives their number.

    Raises:
        PermissionDenied: the actor may not.
        DecidedError: one waits no more.

    """
    require(actor, May.ASK, tenant)
    told = _chosen(actor, tenant, subjects, on=on)
    decide(
        actor,
        tenant,
        [one.subject for one in told],
        ReviewState.DECLINED,
        on=on,
        batch=batch,
        reason=reason,
    )
    return len(told)


def _chosen(actor: Actor, tenant: Tenant, subjects: Sequence[str], *, on: date) -> list[Told]:
    if not subjects:
        raise NothingChosenError(
            "Bitte mindestens eine Verbindung ankreuzen, bei der klar ist, wer gemeint ist."
        )
    known = {one.subject: one for one in waiting(actor, tenant, on=on)}
    if any(one not in known for one in subjects):
        raise DecidedError
    return [known[one] for one in dict.fromkeys(subjects)]


def _partner(  # noqa: PLR0913, PLR0917 - what has to be known to find it
    actor: Actor, tenant: Tenant, one: Told, means: str, made: dict[str, str], batch: str
) -> str:
    """Find or make the other end of a tie; the same new name is entered once."""
    if one.partner:
        return one.partner
    if means == NEW or (not means and one.written in made):
        if one.written not in made:
            source = f"Umfrage „{one.said.title}“, genannt von {one.said.name}"
            entered = new_organisation(
                actor=actor, tenant=tenant, written=one.written, source=source, batch=batch
            )
            made[one.written] = entered.key
        return made[one.written]
    if means:
        remember(
            actor=actor,
            tenant=tenant,
            written=one.written,
            organisation=means,
            same=True,
            batch=batch,
        )
        return means
    if not one.settled:
        raise UnclearError(f"Bitte sagen, welche Organisation „{one.written}“ ist.")
    return one.settled


def _enter(  # noqa: PLR0913, PLR0917 - what an undertaking consists of
    actor: Actor, tenant: Tenant, one: Told, key: str, on: date, batch: str
) -> None:
    """Begin a tie, or confirm the one that the other side has told of."""
    if key == one.said.speaker:
        raise UnclearError(f"„{one.written}“ ist {one.said.name} selbst.")
    own = get_organisation(actor, tenant, one.said.speaker)
    partner = next((two for two in partners_of(actor, own, on=on) if two.key == key), None)
    if partner is not None and partner.one_sided and partner.told_by != own.name:
        for tie in partner.one_sided:
            confirm_tie(actor=actor, tenant=tenant, key=tie, batch=batch)
    elif partner is None or not partner.ties:
        terms = NewTie(kind=one.kind, intensity=one.intensity)
        set_ties(actor=actor, of=own, before=(), ticked=(key,), terms=terms, on=on, batch=batch)
