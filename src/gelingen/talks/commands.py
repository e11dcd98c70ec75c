"""Keep talks and what was said in them.

new_talk(...) -> Talk, change_talk(...), close_talk(...), remove_talk(...)
add_statements(...) -> list[Statement], change_statement(...), remove_statement(...)

All of it takes the right to ask (`May.ASK`) and can be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.access.record import UnknownRecordError
from gelingen.errors import UserError
from gelingen.history.recording import Draft, change, change_many, new_batch, remove
from gelingen.places.queries import territories
from gelingen.register.attachments import detach_all
from gelingen.register.keys import free_keys, key_of
from gelingen.talks.models import Statement, Talk
from gelingen.talks.queries import codings_in, uncovered
from gelingen.terms.talks import TalkState
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines

MOST_AT_ONCE = 500


class ClosedTalkError(UserError):
    """The talk is closed; nothing in it changes any more."""


class UncoveredError(UserError):
    """The codings have been uncovered; who codes is settled."""


class NoStatementError(UserError):
    """Nothing was said, or too much at once."""


@dataclass(frozen=True, slots=True)
class TalkGiven:
    """What is told about a talk; `territory` is an official key or ""."""

    title: str
    day: date
    territory: str = ""
    participants: str = ""
    moderator: str = ""
    note: str = ""
    planned: int = 1


def new_talk(*, actor: Actor, tenant: Tenant, given: TalkGiven, batch: str = "") -> Talk:
    """Enter a talk.

    Raises:
        PermissionDenied: the actor may not ask.
        UnknownRecordError: there is no such place.
        ValidationError: a value is broken.

    """
    require(actor, May.ASK, tenant)
    (key,) = free_keys(Talk, tenant.pk, [key_of(given.title, f"{given.day}")])
    made = Talk(tenant=tenant, key=key)
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        _assign(actor, made, given)
    return made


def change_talk(
    *, actor: Actor, talk: Talk, given: TalkGiven, version: int | None = None, batch: str = ""
) -> None:
    """Change what is told about a talk; `version` is the one that the person saw.

    Fewer coders may mean that all are done: then their codings are uncovered.

    Raises:
        PermissionDenied: the actor may not ask.
        UnknownRecordError: there is no such place.
        UncoveredError: the codings are uncovered, and the number of coders would change.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    require(actor, May.ASK, talk)
    talk.version = talk.version if version is None else version
    known = codings_in(actor, talk) if given.planned != talk.planned else None
    if known and (known.opened or known.uncovered):
        raise UncoveredError(
            "Die Kodierungen sind schon aufgedeckt. Damit steht fest, wie viele kodiert haben."
        )
    with change(by=actor, verb=Verb.CHANGED, of=talk, batch=batch):
        _assign(actor, talk, given)
        talk.uncovered = uncovered(talk, known) if known else talk.uncovered


def _assign(actor: Actor, talk: Talk, given: TalkGiven) -> None:
    place = None
    if given.territory:
        place = territories(actor, talk.tenant).filter(key=given.territory).first()
        if place is None:
            raise UnknownRecordError("Dieses Gebiet gibt es nicht.")
    talk.territory = place
    talk.title, talk.day, talk.note = clean(given.title), given.day, clean_lines(given.note)
    talk.participants = clean_lines(given.participants)
    talk.moderator, talk.planned = clean(given.moderator), given.planned


def close_talk(*, actor: Actor, talk: Talk, closed: bool = True, batch: str = "") -> None:
    """Close a talk, so that nothing in it changes any more, or open it again.

    Raises:
        PermissionDenied: the actor may not ask.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.ASK, talk)
    verb = Verb.ENDED if closed else Verb.CHANGED
    with change(by=actor, verb=verb, of=talk, batch=batch):
        talk.state = TalkState.CLOSED if closed else TalkState.OPEN


def remove_talk(*, actor: Actor, talk: Talk, batch: str = "") -> None:
    """Delete a talk with its statements, codings and files; needs made of them stay.

    Raises:
        PermissionDenied: the actor may not ask.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.ASK, talk)
    batch = batch or new_batch()
    with transaction.atomic():
        detach_all(actor=actor, thing=talk, batch=batch)
        remove(by=actor, of=talk, batch=batch)


def require_open(talk: Talk) -> None:
    """Refuse what changes a closed talk; raises ClosedTalkError."""
    if talk.state == TalkState.CLOSED:
        raise ClosedTalkError(
            f"„{talk}“ ist abgeschlossen. Wer noch etwas ändern will, öffnet das Gespräch wieder."
        )


def split(text: str) -> list[str]:
    """Take pasted text apart: by blank lines where there are any, else by lines.

    Signs of lists at the beginning of a statement fall away.
    """
    whole = clean_lines(text)
    apart = whole.split("\n\n") if "\n\n" in whole else whole.split("\n")
    said = (clean(one).lstrip("-–•*· ").strip() for one in apart)
    return [one for one in said if one]


def add_statements(
    *, actor: Actor, talk: Talk, text: str, speaker: str = "", batch: str = ""
) -> list[Statement]:
    """Add what was said, behind what is there; see `split`.

    Args:
        actor: who enters it.
        talk: read before.
        text: one statement or many.
        speaker: the function that said all of it; "" for unknown.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not ask.
        ClosedTalkError: the talk is closed.
        NoStatementError: there is none, or there are too many for one go.

    """
    require(actor, May.ASK, talk)
    require_open(talk)
    said = split(text)
    if not said:
        raise NoStatementError("Bitte mindestens eine Aussage eintragen.")
    if len(said) > MOST_AT_ONCE:
        raise NoStatementError(
            f"Das sind {len(said)} Aussagen; höchstens {MOST_AT_ONCE} gehen auf einmal. "
            "Bitte in mehreren Teilen eintragen oder als Tabelle einlesen."
        )
    made = new_statements(talk, [(one, clean(speaker)) for one in said])
    change_many([Draft(one) for one in made], by=actor, verb=Verb.CREATED, batch=batch)
    return made


def new_statements(talk: Talk, said: Sequence[tuple[str, str]]) -> list[Statement]:
    """Make statements, text and function each, behind those of a talk; nothing is written."""
    last = 0 if talk._state.adding else talk.statements.aggregate(last=Max("order"))["last"] or 0
    # Voices and the history name a statement by its key: it must never mean another one.
    return [
        Statement(
            tenant_id=talk.tenant_id, talk=talk, key=uuid4().hex, order=order, text=text,
            speaker=speaker,
        )
        for order, (text, speaker) in enumerate(said, last + 1)
    ]  # fmt: skip


def change_statement(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    statement: Statement,
    text: str,
    speaker: str = "",
    version: int | None = None,
    batch: str = "",
) -> None:
    """Change the words of a statement, or who said it.

    Raises:
        PermissionDenied: the actor may not ask.
        ClosedTalkError: the talk is closed.
        LostUpdateError: somebody else changed it since.

    """
    require(actor, May.ASK, statement)
    require_open(statement.talk)
    statement.version = statement.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=statement, batch=batch):
        statement.text, statement.speaker = clean_lines(text), clean(speaker)


def remove_statement(*, actor: Actor, statement: Statement, batch: str = "") -> None:
    """Delete a statement with its codings; needs made of it stay.

    Raises:
        PermissionDenied: the actor may not ask.
        ClosedTalkError: the talk is closed.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.ASK, statement)
    require_open(statement.talk)
    remove(by=actor, of=statement, batch=batch)
