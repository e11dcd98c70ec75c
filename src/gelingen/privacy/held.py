"""What is kept about one person or organisation, found by the fields that models declare.

Searched is what records say now, what they said before, and what records said that are gone. Not
searched: what belongs to an account (it is on the account's own page), the proof of who changed
what, what stands inside of files, and backups.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db import models

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.access.record import Record
from gelingen.history.models import Effect
from gelingen.history.recorded import Recorded
from gelingen.history.recording import note
from gelingen.history.redaction import KEPT_DAYS
from gelingen.privacy.earlier import Earlier, earlier
from gelingen.privacy.kinds import (
    BY_LINE,
    BY_WORD,
    HOMES,
    OWNERS,
    WHOLE,
    Model,
    Way,
    fields_of,
    german,
    personal_of,
    read_along,
    searched,
    step,
    tenant_path,
    way_of,
)
from gelingen.privacy.lines import lines_of, mark_of
from gelingen.privacy.wanted import Wanted, texts_of
from gelingen.register.queries import organisations
from gelingen.terms.vocabulary import Verb

PAST = "past"
_LONGEST = 300
_Rows: TypeAlias = Mapping[object, models.Model]


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is kept.

    Attributes:
        ident: names it in forms: model, number and field, and whether it is of the past or which
            line of a list is meant.
        kind: German name of the record.
        title: the record in words.
        cite: kind and key of the record on whose page it stands: "organisation:awo"; "" if none.
        name: German name of the field.
        text: what stands there, in words.
        value: the same as it is stored; of the past a list.
        past: "früherer Stand" if it does not stand there any more; "" if it does.
        kept: what it is and how long it is kept, as the model declares.
        way: how it can be forgotten.

    """

    ident: str
    kind: str
    title: str
    cite: str
    name: str
    text: str
    value: object
    past: str
    kept: str
    way: Way


def held(actor: Actor, tenant: Tenant, *, words: str = "", organisation: str = "") -> list[Held]:
    """Find what is kept, by kind of record; what stands there now before what stood there.

    One query a model, and one or two for what it said before.

    Args:
        actor: who asks.
        tenant: in whose data.
        words: a name, function or mailbox; found wherever it stands in a declared field, whatever
            its case and however its umlauts are written.
        organisation: key of an organisation; found is what belongs to it, and where its mailbox
            stands.

    Raises:
        PermissionDenied: the actor may not.

    """
    require(actor, May.PROTECT, tenant)
    mailboxes: list[str] = []
    if organisation:
        of_it = organisations(actor, tenant).filter(key=organisation)
        mailboxes = [mailbox for mailbox in of_it.values_list("mailbox", flat=True) if mailbox]
    wanted = Wanted.of(words, mailboxes, organisation)
    if wanted is None:
        return []
    found: list[Held] = []
    for model in searched():
        rows: _Rows = {row.pk: row for row in _rows(model, tenant)}
        for row in rows.values():
            found += _of_row(model, row, wanted)
        if issubclass(model, Recorded):
            found += (_of_past(one, rows) for one in earlier(model, tenant, wanted, rows))
    return found


def hand_out(
    actor: Actor, tenant: Tenant, *, words: str = "", organisation: str = ""
) -> list[Held]:
    """Find what is kept for somebody who asked for it, and leave a note that it was handed out.

    The note says how much it was, and nothing of whom.

    Args:
        actor: who hands it out.
        tenant: in whose data.
        words: as `held`.
        organisation: as `held`.

    Raises:
        PermissionDenied: the actor may not.

    """
    found = held(actor, tenant, words=words, organisation=organisation)
    note(
        tenant,
        by=actor,
        verb=Verb.INFORMED,
        effect=Effect.CHANGED,
        tenant=tenant.pk,
        changed={},
        reason=f"Angaben: {len(found)}",
    )
    return found


def _rows(model: Model, tenant: Tenant) -> models.QuerySet[models.Model]:
    """Read all rows: only Python compares texts in the same way on every database."""
    found: models.QuerySet[models.Model] = model._default_manager.filter(
        **{tenant_path(model): tenant}
    )
    return found.select_related(*read_along(model)).order_by("pk")


def _of_row(model: Model, row: models.Model, wanted: Wanted) -> Iterator[Held]:
    """Give the declared fields of a row that say something of it; all, if the row is its own."""
    label = model._meta.label
    owner = step(row, OWNERS.get(label, ""))
    own = bool(wanted.organisation) and owner == wanted.organisation
    for field in fields_of(model):
        value = getattr(row, field.name)
        texts = list(texts_of(value))
        if label in BY_LINE and not field.is_relation:
            for line in filter(wanted.says, lines_of(value)):
                yield _present(model, row, field, line, line, mark_of(line))
            continue
        if label in BY_WORD:
            value = texts = [one for one in texts if wanted.names(one)]
        if texts and (own or label in BY_WORD or wanted.says(", ".join(texts))):
            yield _present(model, row, field, ", ".join(texts), value)


def _present(  # noqa: PLR0913, PLR0917 - what is told of a field
    model: Model,
    row: models.Model,
    field: Any,  # noqa: ANN401 - a field of any model
    text: str,
    value: object,
    line: str = "",
) -> Held:
    """Tell what stands in a field of a row, or on one line of it."""
    ident = f"{model._meta.label}:{row.pk}:{field.name}"
    return Held(
        ident=f"{ident}:{line}" if line else ident,
        kind=german(model._meta.verbose_name),
        title=_title(row),
        cite=_cite(row),
        name=german(field.verbose_name),
        text=text,
        value=value if isinstance(value, (dict, list)) else str(value),
        past="",
        kept=personal_of(model)[field.name],
        way=way_of(model, field),
    )


def _of_past(one: Earlier, rows: _Rows) -> Held:
    row = rows.get(one.pk)
    kind = one.model._meta
    gone = row is None
    return Held(
        ident=f"{kind.label}:{one.pk}:{one.of.name}:{PAST}",
        kind=german(kind.verbose_name),
        title="gelöschter Eintrag" if row is None else _title(row),
        cite="" if row is None else _cite(row),
        name=german(one.of.verbose_name),
        text=" / ".join(one.texts),
        value=one.values,
        past="früherer Stand",
        kept=f"nach {KEPT_DAYS} Tagen geleert",
        # What a record said before can be blanked whatever the field is today.
        way=Way.ROW if gone and kind.label in WHOLE else Way.BLANK,
    )


def _title(row: models.Model) -> str:
    draft = row._meta.label == "desk.Draft"  # its own title says no more than a number
    return german(row._meta.verbose_name) if draft else str(row)[:_LONGEST]


def _cite(row: models.Model) -> str:
    found = step(row, HOMES.get(row._meta.label, "")) or row
    return f"{found._meta.model_name}:{found.key}" if isinstance(found, Record) else ""
