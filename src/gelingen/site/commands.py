"""Write what stands on the site: settings, news, questions, dates, texts; publish it, take it back.

set_site(...) -> SiteSettings
write(...) -> Entry, publish(...), take_down(...), remove_entry(...)

What everybody reads is decided by who may change the whole plan.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change, remove
from gelingen.register.keys import free_keys, key_of
from gelingen.site.models import News, Occasion, PageText, SiteQuestion, SiteSettings
from gelingen.site.queries import settings_of
from gelingen.terms.site import PublicState
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines

Entry: TypeAlias = News | SiteQuestion | Occasion | PageText
# What may be told about each kind; longer texts keep their lines.
FIELDS: Mapping[type[Entry], tuple[str, ...]] = {
    News: ("title", "day", "text"),
    SiteQuestion: ("title", "order", "text"),
    Occasion: ("title", "day", "begins", "place", "text"),
    PageText: ("page", "language", "origin", "text"),
}
SETTINGS = (
    "switched_on", "title", "lead", "mandate", "period", "partners", "partner_region", "support",
    "funder_notice", "contact_name", "contact_email", "contact_phone", "contact_address",
    "contact_hours", "imprint", "privacy", "languages", "checked_languages", "conformity",
    "barriers", "check_method", "statement_on", "reviewed_on", "enforcement", "surveys",
    "embedding",
)  # fmt: skip
_LINES = frozenset(
    {
        "text", "lead", "mandate", "partners", "partner_region", "support", "funder_notice",
        "contact_address", "imprint", "privacy", "barriers", "enforcement",
    }
)  # fmt: skip


class SiteError(UserError):
    """Something is missing, or does not stand so that this can be done with it."""


def set_site(
    *,
    actor: Actor,
    tenant: Tenant,
    given: Mapping[str, Any],
    version: int | None = None,
    batch: str = "",
) -> SiteSettings:
    """Say what the frame of the site says, and whether there is one.

    Args:
        actor: who does it.
        tenant: whose site.
        given: values by the names of `SETTINGS`; what is not named stays.
        version: the version that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        SiteError: a site without imprint, privacy or somebody to ask is to be switched on.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_PLAN, tenant)
    found = settings_of(actor, tenant)
    verb = Verb.CREATED if found._state.adding else Verb.CHANGED
    found.version = found.version if version is None else version
    with change(by=actor, verb=verb, of=found, batch=batch):
        _set(found, {name: given[name] for name in SETTINGS if name in given})
        if found.switched_on:
            _refuse_unready(found)
    return found


def _refuse_unready(found: SiteSettings) -> None:
    needed = {
        "ein Titel": found.title,
        "das Impressum": found.imprint,
        "der Text zum Datenschutz": found.privacy,
        "eine Ansprechstelle": found.contact_name,
        "ihr Postfach": found.contact_email,
    }
    missing = [said for said, value in needed.items() if not value]
    if missing:
        raise SiteError(f"Vor dem Einschalten fehlt noch: {', '.join(missing)}.")


def write(
    *,
    actor: Actor,
    entry: Entry,
    given: Mapping[str, Any],
    version: int | None = None,
    batch: str = "",
) -> Entry:
    """Write an entry: a new one is a draft, one that is out changes for everybody at once.

    Args:
        actor: who writes.
        entry: read before, or new with nothing but its tenant.
        given: values by the names of `FIELDS`.
        version: the version that the person saw.
        batch: number of the undertaking.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_PLAN, entry.tenant)
    adding = entry._state.adding
    if adding:
        words = [str(given.get(name, "")) for name in ("title", "page", "language")]
        wished = key_of(*(one for one in words if one)) or entry._meta.model_name
        (entry.key,) = free_keys(type(entry), entry.tenant_id, [wished or ""])
    entry.version = entry.version if version is None else version
    with change(by=actor, verb=Verb.CREATED if adding else Verb.CHANGED, of=entry, batch=batch):
        _set(entry, {name: given[name] for name in FIELDS[type(entry)] if name in given})
    return entry


def publish(*, actor: Actor, entry: Entry, version: int | None = None, batch: str = "") -> None:
    """Put an entry on the site.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        SiteError: it is out already, or says nothing.
        LostUpdateError: somebody else changed it since.

    """
    if not isinstance(entry, Occasion) and not entry.text:
        raise SiteError("Hier steht noch kein Text. Bitte erst schreiben, dann veröffentlichen.")
    _turn(actor, entry, PublicState.PUBLISHED, version, batch)


def take_down(*, actor: Actor, entry: Entry, version: int | None = None, batch: str = "") -> None:
    """Take an entry from the site; it stays as a draft.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        SiteError: it is a draft already.
        LostUpdateError: somebody else changed it since.

    """
    _turn(actor, entry, PublicState.DRAFT, version, batch)


def remove_entry(*, actor: Actor, entry: Entry, batch: str = "") -> str:
    """Delete an entry that nobody outside sees.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        SiteError: it is out.

    """
    require(actor, May.EDIT_PLAN, entry.tenant)
    if entry.out:
        raise SiteError("Das steht auf der Webseite. Bitte zuerst herunternehmen.")
    return remove(by=actor, of=entry, batch=batch)


def _turn(actor: Actor, entry: Entry, state: PublicState, version: int | None, batch: str) -> None:
    require(actor, May.EDIT_PLAN, entry.tenant)
    if entry.state == state:
        raise SiteError(f"Das ist schon {state.label}.")
    entry.version = entry.version if version is None else version
    with change(by=actor, verb=Verb.CHANGED, of=entry, batch=batch):
        entry.state = state


def _set(thing: Entry | SiteSettings, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        said = value
        if isinstance(value, str):
            said = clean_lines(value) if name in _LINES else clean(value)
        setattr(thing, name, said)
