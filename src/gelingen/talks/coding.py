"""Code statements: each coder alone, then all together.

code(...)                one coder says which labels a statement has
finish(...), resume(...) a coder is done, or goes on
settle(...)              what all agree on, once the codings may be compared

A coder sees nobody else's codings until so many as planned, and everybody who began, are done.
Who could have seen them codes no more: the coders are settled then (`Talk.uncovered`).
"""

from collections.abc import Iterable
from uuid import uuid4

from django.db import transaction

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import LostUpdateError, change, remove
from gelingen.register.keys import free_keys, key_of
from gelingen.talks.commands import require_open
from gelingen.talks.labels import links_of
from gelingen.talks.models import Code, Coding, Statement, Talk
from gelingen.talks.queries import AGREED, Codings, codings_in, uncovered
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, fold


class CodingError(UserError):
    """Nobody codes like this now: one is done, others are not, or all have been compared."""


def coder_of(actor: Actor) -> str:
    """Name under which somebody codes: that of the account."""
    return str(actor)[:150]


def code(
    *,
    actor: Actor,
    statement: Statement,
    idents: Iterable[str],
    seen: int | None = None,
    batch: str = "",
) -> Coding:
    """Say which labels a statement has; none at all is an answer too.

    Args:
        actor: who codes, under the name of the account.
        statement: read before, with its talk.
        idents: the labels, see `labels.Label.ident`.
        seen: version of the own coding that the person saw, 0 for none; None: whatever it is.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not ask.
        ClosedTalkError: the talk is closed.
        CodingError: the actor is done, or the codings have been compared.
        UnknownLabelError: a label leads nowhere.
        LostUpdateError: it was coded anew since, perhaps in another window.

    """
    require(actor, May.ASK, statement)
    with transaction.atomic():
        talk = _held(statement.talk)
        require_open(talk)
        refuse_coding(codings_in(actor, talk), coder_of(actor))
        return _write(actor, statement, coder_of(actor), idents, seen, batch)


def _held(talk: Talk) -> Talk:
    """Read a talk again and hold it: nobody finishes while somebody else codes."""
    held: Talk = Talk.objects.select_for_update().get(pk=talk.pk)
    return held


def refuse_coding(known: Codings, coder: str) -> None:
    """Refuse a coder who is done or comes too late; raises CodingError."""
    if coder in known.finished:
        raise CodingError("Sie haben sich fertig gemeldet. Bitte erst die Kodierung fortsetzen.")
    if known.opened or (known.uncovered and coder not in known.uncovered):
        raise CodingError(
            "Die Kodierungen sind schon aufgedeckt; wer jetzt kodiert, kennt die anderen. Was sich "
            "ändern soll, wird als gemeinsame Kodierung vereinbart."
        )


def _write(  # noqa: PLR0913, PLR0917 - everything a coding consists of
    actor: Actor,
    statement: Statement,
    coder: str,
    idents: Iterable[str],
    seen: int | None,
    batch: str,
) -> Coding:
    links = links_of(statement.tenant, idents)
    coding: Coding | None = statement.codings.filter(coder=coder).first()
    if seen is not None and seen != (coding.version if coding else 0):
        raise LostUpdateError(
            f"„{statement}“ wurde inzwischen anders kodiert. Hier steht, was Sie angekreuzt haben; "
            "wer noch einmal speichert, ersetzt die andere Fassung."
        )
    verb = Verb.CHANGED if coding else Verb.CREATED
    made = coding or Coding(
        tenant_id=statement.tenant_id, key=uuid4().hex, statement=statement, coder=coder
    )
    with change(by=actor, verb=verb, of=made, links=links, batch=batch):
        pass
    return made


def finish(*, actor: Actor, talk: Talk, batch: str = "") -> None:
    """Say that one has coded all one wants to; what is not coded counts as missing.

    Raises:
        PermissionDenied: the actor may not ask.
        ClosedTalkError: the talk is closed.
        CodingError: the actor has coded nothing, or is done.
        LostUpdateError: somebody else changed the talk since it was read.

    """
    require(actor, May.ASK, talk)
    require_open(talk)
    with transaction.atomic():
        _held(talk)
        known, coder = codings_in(actor, talk), coder_of(actor)
        if not known.own(coder):
            raise CodingError("Sie haben hier noch keine Aussage kodiert.")
        if coder in known.finished:
            raise CodingError("Sie haben sich schon fertig gemeldet.")
        with change(by=actor, verb=Verb.CHANGED, of=talk, batch=batch):
            talk.finished = sorted({*talk.finished, coder})
            talk.uncovered = uncovered(talk, known)


def resume(*, actor: Actor, talk: Talk, batch: str = "") -> None:
    """Go on coding, as long as no other coder's work has been uncovered.

    Raises:
        PermissionDenied: the actor may not ask.
        ClosedTalkError: the talk is closed.
        CodingError: the actor is not done, or the codings have been compared.
        LostUpdateError: somebody else changed the talk since it was read.

    """
    require(actor, May.ASK, talk)
    require_open(talk)
    known, coder = codings_in(actor, talk), coder_of(actor)
    if coder not in known.finished:
        raise CodingError("Sie haben sich hier noch nicht fertig gemeldet.")
    if known.opened and set(known.coders) != {coder}:
        raise CodingError(
            "Die Kodierungen sind schon aufgedeckt. Was sich ändern soll, wird als gemeinsame "
            "Kodierung festgehalten."
        )
    with change(by=actor, verb=Verb.CHANGED, of=talk, batch=batch):
        talk.finished = sorted(set(talk.finished) - {coder})


def settle(
    *,
    actor: Actor,
    statement: Statement,
    idents: Iterable[str],
    seen: int | None = None,
    batch: str = "",
) -> Coding:
    """Note which labels all agreed on; from then on they count.

    `seen` is the version of what was agreed that the person saw, 0 for nothing; None: whatever it
    is.

    Raises:
        PermissionDenied: the actor may not ask.
        ClosedTalkError: the talk is closed.
        CodingError: not everybody is done yet.
        UnknownLabelError: a label leads nowhere.
        LostUpdateError: others agreed on something since.

    """
    require(actor, May.ASK, statement)
    with transaction.atomic():
        talk = _held(statement.talk)
        require_open(talk)
        if not codings_in(actor, talk).opened:
            raise CodingError("Erst wenn alle fertig sind, lässt sich eine Kodierung vereinbaren.")
        return _write(actor, statement, AGREED, idents, seen, batch)


def new_code(
    *, actor: Actor, tenant: Tenant, label: str, meaning: str = "", batch: str = ""
) -> Code:
    """Give the code of this word; a new one if there is none yet.

    Raises:
        PermissionDenied: the actor may not ask.
        ValidationError: the word is empty or too long.

    """
    require(actor, May.ASK, tenant)
    word = clean(label)
    for one in Code.objects.filter(tenant=tenant):
        if fold(one.label) == fold(word):
            return one  # type: ignore[no-any-return]  # a code
    (key,) = free_keys(Code, tenant.pk, [key_of(word) or "code"])
    made = Code(tenant=tenant, key=key, label=word, meaning=clean(meaning))
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        pass
    return made


def change_code(  # noqa: PLR0913 - what a recorded change consists of
    *,
    actor: Actor,
    code: Code,
    label: str,
    meaning: str = "",
    version: int | None = None,
    batch: str = "",
) -> None:
    """Change the word of a code or what it means; `version` is the one that the person saw.

    Raises:
        PermissionDenied: the actor may not ask.
        LostUpdateError: somebody else changed it since.
        ValidationError: there is a code of this word already.

    """
    require(actor, May.ASK, code)
    code.version = code.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=code, batch=batch):
        code.label, code.meaning = clean(label), clean(meaning)


def remove_code(*, actor: Actor, code: Code, batch: str = "") -> None:
    """Delete a code; codings lose it.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, code)
    remove(by=actor, of=code, batch=batch)
