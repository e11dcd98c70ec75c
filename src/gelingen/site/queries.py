"""The site as the desk sees it, drafts too: to who may see the tenant's records."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, within
from gelingen.access.record import UnknownRecordError
from gelingen.site.models import News, Occasion, PageText, SiteQuestion, SiteSettings

if TYPE_CHECKING:
    from gelingen.site.commands import Entry

_KEY = "webseite"
# The kinds of entries by the word that stands in addresses.
KINDS: "dict[str, type[Entry]]" = {
    "nachrichten": News,
    "fragen": SiteQuestion,
    "termine": Occasion,
    "texte": PageText,
}
A_YEAR = timedelta(days=365)


def settings_of(actor: Actor, tenant: Tenant) -> SiteSettings:
    """Give the settings of a tenant's site; switched off and not stored, where it has none.

    One query. To whoever may see no records, it has none.
    """
    found: SiteSettings | None = within(
        actor, May.VIEW, SiteSettings.objects.filter(tenant=tenant)
    ).first()
    if found is None:
        return SiteSettings(tenant=tenant, key=_KEY)
    found.tenant = tenant
    return found


def entries(actor: Actor, tenant: Tenant, kind: str) -> "list[Entry]":
    """List the entries of a kind in the order in which the site shows them. One query.

    Raises:
        UnknownRecordError: there is no such kind.

    """
    found = list(within(actor, May.VIEW, _kind(kind).objects.filter(tenant=tenant)))
    for one in found:
        one.tenant = tenant
    return found


def get_entry(actor: Actor, tenant: Tenant, kind: str, key: str) -> "Entry":
    """Find one entry. One query.

    Raises:
        UnknownRecordError: there is none, or the actor may not see it.

    """
    found = within(actor, May.VIEW, _kind(kind).objects.filter(tenant=tenant, key=key)).first()
    if found is None:
        raise UnknownRecordError("Diesen Eintrag der Webseite gibt es nicht.")
    entry: Entry = found
    entry.tenant = tenant
    return entry


def new_entry(tenant: Tenant, kind: str) -> "Entry":
    """Begin an entry of a kind; nothing is stored.

    Raises:
        UnknownRecordError: there is no such kind.

    """
    return _kind(kind)(tenant=tenant)


def statement_is_old(settings: SiteSettings, *, on: date) -> bool:
    """Tell whether the accessibility statement of a site was last reviewed a year ago or never."""
    seen = settings.reviewed_on or settings.statement_on
    return settings.switched_on and (seen is None or seen + A_YEAR <= on)


def _kind(kind: str) -> "type[Entry]":
    if kind not in KINDS:
        raise UnknownRecordError("Diese Art von Eintrag gibt es auf der Webseite nicht.")
    return KINDS[kind]
