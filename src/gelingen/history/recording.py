"""Write and record in one step: the only way in which domain data changes.

`change` writes one record, `change_many` writes thousands in a few statements a table, `remove`
(in `history.removing`) deletes one. Each keeps a full version (django-simple-history) and one
event that says who did what and what is different. Anything else that tries to write a recorded
model is refused.

    change(*, by, verb, of, links=None, reason="", batch="")            # a context manager
    change_many(drafts, *, by, verb, reason="", batch="") -> batch
    remove(*, by, of, reason="", batch="", verb=Verb.REMOVED) -> batch

What belongs together shares a `batch`, the number of an undertaking: make one with
`new_batch()`, hand it to every call, and `undo_batch` takes all of it back at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import models, transaction

from gelingen.history.many import (
    CircleError,
    Draft,
    ForeignLinkError,
    Links,
    change_many,
    new_batch,
    tenant_of,
)
from gelingen.history.models import Effect
from gelingen.history.recorded import Recorded, RecordedQuerySet, UnrecordedWriteError, writing
from gelingen.history.removing import LostUpdateError, StillNeededError, refuse_lost_update, remove
from gelingen.history.trace import Difference, difference, event_of, keys_of
from gelingen.terms.vocabulary import Verb

__all__ = [
    "CircleError",
    "Draft",
    "ForeignLinkError",
    "Links",
    "LostUpdateError",
    "Recorded",
    "RecordedQuerySet",
    "StillNeededError",
    "UnrecordedWriteError",
    "change",
    "change_many",
    "new_batch",
    "note",
    "remove",
]


@contextmanager
def change(  # noqa: PLR0913  one argument a thing to know
    *,
    by: object,
    verb: Verb,
    of: Recorded,
    links: Links | None = None,
    reason: str = "",
    batch: str = "",
) -> Iterator[None]:
    """Change one thing: check it, save it and record the difference, all or nothing.

    with change(by=actor, verb=Verb.CHANGED, of=funding):
        funding.ends = until

    Args:
        by: who does it; stored as text.
        verb: what is done.
        of: the record, new or read before.
        links: for each many-to-many field the records it shall hold afterwards.
        reason: why, in the words of the person who does it.
        batch: number of the undertaking that the change belongs to; empty: it stands alone.

    Raises:
        ValidationError: a value, a link or a constraint is broken; the messages are German.
        LostUpdateError: somebody else saved the record since it was read.

    """
    adding = of._state.adding
    before = {} if adding else of.field_values()
    old_links = {} if adding else {name: keys_of(getattr(of, name).all()) for name in links or {}}
    with transaction.atomic(), writing():
        if not adding:
            refuse_lost_update(of)
        yield
        of.full_clean()
        _refuse_foreign_links(of, links or {})
        of.version += 1
        of.save()
        for name, things in (links or {}).items():
            getattr(of, name).set(things)
        changed = difference(before, of.field_values())
        changed |= difference(old_links, {n: keys_of(t) for n, t in (links or {}).items()})
        effect = Effect.ADDED if adding else Effect.CHANGED
        event_of(of, changed, effect=effect, by=by, verb=verb, batch=batch, reason=reason).save()


def _refuse_foreign_links(thing: Recorded, links: Links) -> None:
    for name, things in links.items():
        if any(tenant_of(linked) != tenant_of(thing) for linked in things):
            raise ValidationError({name: "Dieser Eintrag gehört zu einem anderen Mandanten."})


def note(  # noqa: PLR0913  one argument a column
    thing: models.Model,
    *,
    by: object,
    verb: Verb,
    effect: Effect,
    tenant: str,
    changed: Difference,
    batch: str = "",
    reason: str = "",
) -> None:
    """Leave an event about something that is no record: a tenant, an account, a role.

    Args:
        thing: what was changed, saved before.
        by: who did it; stored as text.
        verb: what was done.
        effect: what became of the thing.
        tenant: key of the tenant in whose history it stands.
        changed: before and after of what differs, by field; never a password.
        batch: number of the undertaking that the change belongs to.
        reason: why.

    """
    event = event_of(thing, changed, effect=effect, by=by, verb=verb, batch=batch, reason=reason)
    event.tenant = tenant
    event.save()
