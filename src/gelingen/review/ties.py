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
    """Give ties on which nobody decided, unclear names first, then by name. Six queries.

    The same name stands together. What an organisation told that is not there any more waits for
    nobody.
    """
    done = decided(tenant)
    rows = {key: pair for key, pair in heard(actor, tenant).ties.items() if key not in done}
    there = dict(organisations(actor, tenant).values_list("key", "name")) if rows else {}
    written = [str(row["name"]) for _, row in rows.values() if row.get("organisation") not in there]
    meant = meanings(actor, tenant, written, on=on)
    found = [_told(key, one, row, there, meant) for key, (one, row) in rows.items()]
    return sorted(
        (one for one in found if one.said.speaker in there),
        key=lambda one: (
            bool(one.settled),
            one.written.casefold(),
            one.written,
            one.settled,
            one.subject,
        ),
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
    keys: dict[tuple[str, str], str] = {}  # of what each name with its meaning leads to
    ends: dict[str, list[tuple[Told, str]]] = {}
    results: dict[str, list[str]] = {}
    with transaction.atomic():
        for one in told:
            name = one.partner or one.written, means.get(one.subject, "")
            if name not in keys:
                keys[name] = _partner(actor, tenant, one, name[1], batch)
            ends.setdefault(one.said.speaker, []).append((one, keys[name]))
            results.setdefault(keys[name], []).append(one.subject)
        for speaker in sorted(ends):
            _enter(actor, tenant, speaker, ends[speaker], on, batch)
        for key in sorted(results):
            found = f"organisation:{key}"
            decide(
                actor, tenant, results[key], ReviewState.ACCEPTED, on=on, batch=batch, result=found
            )
    return len(told)


def decline(  # noqa: PLR0913 - what a decision consists of
    *, actor: Actor, tenant: Tenant, subjects: Sequence[str], reason: str, on: date, batch: str
) -> int:
    """Set ties aside, with a reason; gives their number.

    Raises:
        PermissionDenied: the actor may not.
        DecidedError: one waits no more.
        UnclearError: no reason is given.

    """
    require(actor, May.ASK, tenant)
    if not reason.strip():
        raise UnclearError("Bitte eine Begründung angeben.")
    told = _chosen(actor, tenant, subjects, on=on)
    decide(
        actor,
        tenant,
        [one.subject for one in told],
        ReviewState.DECLINED,
        on=on,
        batch=batch,
        reason=reason.strip(),
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


def _partner(actor: Actor, tenant: Tenant, one: Told, means: str, batch: str) -> str:
    """Find or make the other end of a tie."""
    if one.partner:
        return one.partner
    if means == NEW:
        source = f"Umfrage „{one.said.title}“, genannt von {one.said.name}"
        return new_organisation(
            actor=actor, tenant=tenant, written=one.written, source=source, batch=batch
        ).key
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
    actor: Actor,
    tenant: Tenant,
    speaker: str,
    told: Sequence[tuple[Told, str]],
    on: date,
    batch: str,
) -> None:
    """Begin the ties that one organisation told of, or confirm those that the other side told."""
    own = get_organisation(actor, tenant, speaker)
    partners = {one.key: one for one in partners_of(actor, own, on=on)}
    new: dict[str, NewTie] = {}
    # Whom somebody names twice counts once, as first told.
    for key, one in {key: one for one, key in reversed(told)}.items():
        if key == speaker:
            raise UnclearError(f"„{one.written}“ ist {one.said.name} selbst.")
        known = partners.get(key)
        if known is None or not known.ties:
            new[key] = NewTie(kind=one.kind, intensity=one.intensity)
        elif known.one_sided and known.told_by != own.name:
            for tie in known.one_sided:
                confirm_tie(actor=actor, tenant=tenant, key=tie, batch=batch)
    for terms in dict.fromkeys(new.values()):
        keys = [key for key, wanted in new.items() if wanted == terms]
        set_ties(actor=actor, of=own, before=(), ticked=keys, terms=terms, on=on, batch=batch)
