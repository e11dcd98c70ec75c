"""Statements become a need: what they have in common is filled in, and who said it stays attached.

Every statement keeps its tie to the need. As voices count those who spoke: statements of one
function in one talk are one voice, and so are all statements of a talk of which nobody knows who
said them. That counts rather too few voices than too many.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.editing import get_record, save_record, sheet_of
from gelingen.errors import UserError
from gelingen.history.recording import change
from gelingen.needs.voices import STATEMENT, add_voice
from gelingen.talks.labels import ident_of
from gelingen.talks.models import Statement
from gelingen.talks.queries import Codings, Idents, statements
from gelingen.terms.talks import Dimension
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import fold

if TYPE_CHECKING:
    from gelingen.needs.models import Need

MOST = 50


class NothingChosenError(UserError):
    """No statement was chosen, or more than one need can come from."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a need of some statements begins with; keys, "" where they do not tell."""

    statement: str
    topic: str
    target_group: str
    territory: str


def chosen(actor: Actor, tenant: Tenant, keys: Iterable[str]) -> list[Statement]:
    """Find statements by their keys, by talk and number. One query.

    Raises:
        NothingChosenError: none of them is there, or there are too many.

    """
    found = list(statements(actor, tenant).filter(key__in=list(keys)[: MOST + 1]))
    if not found:
        raise NothingChosenError("Bitte mindestens eine Aussage ankreuzen.")
    if len(found) > MOST:
        raise NothingChosenError(f"Bitte höchstens {MOST} Aussagen ankreuzen.")
    return found


def suggest(said: Sequence[Statement], codings: Mapping[str, Codings], *, coder: str) -> Suggested:
    """Fill in what most of the statements are coded with; of equal ones the first by key.

    Until the codings of a talk are opened, the person's own ones count.

    Args:
        said: the statements.
        codings: by key of the talk.
        coder: who asks.

    """
    found: list[Idents] = []
    for one in said:
        known = codings[one.talk.key]
        counted = known.counted(one.key) if known.opened else known.own(coder).get(one.key)
        found.append(counted or frozenset())
    first = said[0]
    place = first.talk.territory.key if first.talk.territory else ""
    return Suggested(
        first.text,
        _most(found, Dimension.TOPIC),
        _most(found, Dimension.GROUP),
        _most(found, Dimension.PLACE) or place,
    )


def _most(found: Iterable[Idents], kind: Dimension) -> str:
    prefix = ident_of(kind, "")
    every = [ident for one in found for ident in one if ident.startswith(prefix)]
    best = min(set(every), key=lambda ident: (-every.count(ident), ident), default="")
    return best.removeprefix(prefix)


def make_need(  # noqa: PLR0913 - what the step consists of
    *,
    actor: Actor,
    tenant: Tenant,
    said: Sequence[Statement],
    values: Mapping[str, object],
    group: str = "",
    batch: str = "",
) -> str:
    """Make a need of some statements, all or nothing.

    Args:
        actor: who does it; has to be allowed to ask and to change needs.
        tenant: whose records.
        said: the statements.
        values: of the need, as its sheet has them; references are keys.
        group: which kind of actors spoke.
        batch: number of the undertaking.

    Returns:
        Key of the need.

    Raises:
        PermissionDenied: one of both rights is missing.
        NothingChosenError: there is no statement.
        UnknownRecordError: a topic, group or place leads nowhere.
        ValidationError: a value is broken; the messages are German, by field.

    """
    require(actor, May.ASK, tenant)
    if not said:
        raise NothingChosenError("Bitte mindestens eine Aussage ankreuzen.")
    with transaction.atomic():
        need = save_record(
            actor=actor, tenant=tenant, sheet=sheet_of("need"), values=values, batch=batch
        )
        _attach(actor, need, said, group=group, batch=batch)  # type: ignore[arg-type]  # its sheet makes a need
    return need.key


def add_to_need(  # noqa: PLR0913 - what the step consists of
    *,
    actor: Actor,
    tenant: Tenant,
    said: Sequence[Statement],
    need: str,
    group: str = "",
    batch: str = "",
) -> "Need":
    """Attach statements to a need that is there, with the voices of those who spoke.

    Who has a voice for it by another statement of the same talk gets no second one.

    Args:
        actor: who does it; has to be allowed to ask and to change the need.
        tenant: whose records.
        said: the statements.
        need: key of the need.
        group: which kind of actors spoke.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: one of both rights is missing.
        NothingChosenError: there is no statement, or all of them stand with the need already.
        UnknownRecordError: there is no such need.

    """
    require(actor, May.ASK, tenant)
    if not said:
        raise NothingChosenError("Bitte mindestens eine Aussage ankreuzen.")
    found: Need = get_record(actor, tenant, sheet_of("need"), need)  # type: ignore[assignment]  # of that sheet
    require(actor, May.EDIT_NEEDS, found)
    with transaction.atomic():
        before = list(found.statements.select_related("talk"))
        new = [one for one in said if one not in before]
        if not new:
            raise NothingChosenError("Diese Aussagen stehen schon bei diesem Bedarf.")
        _attach(actor, found, new, group=group, before=before, batch=batch)
    return found


def _attach(  # noqa: PLR0913 - as above
    actor: Actor,
    need: "Need",
    said: Sequence[Statement],
    *,
    group: str,
    before: Iterable[Statement] = (),
    batch: str,
) -> None:
    """Add a voice for each who spoke and has none yet, and tie the statements to the need."""
    spoke = {_speaker(one) for one in before}
    for one in _speakers(said):
        if _speaker(one) not in spoke:
            add_voice(
                actor,
                need,
                group=group,
                function=one.speaker,
                day=one.talk.day,
                where=_where(one),
                origin=f"{STATEMENT}{one.key}",
                batch=batch,
            )
    for one in said:
        links = {"needs": [*one.needs.all(), need]}
        with change(by=actor, verb=Verb.CHANGED, of=one, links=links, batch=batch):
            pass


def _speaker(statement: Statement) -> tuple[str, str]:
    """Tell who spoke apart: by talk and function."""
    return statement.talk.key, fold(statement.speaker)


def _speakers(said: Iterable[Statement]) -> list[Statement]:
    """Give the first statement of each who spoke."""
    first: dict[tuple[str, str], Statement] = {}
    for one in said:
        first.setdefault(_speaker(one), one)
    return list(first.values())


def _where(statement: Statement) -> str:
    return f"Gespräch: {statement.talk.title}"[:300]
