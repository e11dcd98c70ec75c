"""What stands on the site of a tenant, as everybody may read it: nothing says who asks.

site_of(key) -> SiteSettings            of a site that is switched on
all_sites() -> [key]
news_of, questions_of, occasions_of, reports_of, texts_of
changed_at(tenant) -> Changed           what tells a copy that somebody kept from a newer page
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import F, Max, Q

from gelingen.access.models import Tenant
from gelingen.errors import NotFoundError
from gelingen.history.models import ChangeEvent
from gelingen.site.models import (
    News,
    Occasion,
    PageText,
    SiteQuestion,
    SiteReport,
    SiteSettings,
)
from gelingen.terms.site import PublicState, SitePage, TextOrigin
from gelingen.terms.surveys import Language

_OUT = {"state": PublicState.PUBLISHED}
# Whose changes are seen on the site.
_SEEN = ("site.", "editions.Edition:", "surveys.Survey:")


class NoSiteError(NotFoundError):
    """There is no site of this key, or it is switched off."""


@dataclass(frozen=True, slots=True)
class Said:
    """A text with the language in which it stands, and who wrote it."""

    text: str
    language: Language
    origin: TextOrigin

    @property
    def unchecked(self) -> bool:
        """Whether a machine wrote it and nobody has checked it."""
        return self.origin is TextOrigin.MACHINE


@dataclass(frozen=True, slots=True)
class Changed:
    """The last change that can be seen on a site: its number and its time."""

    number: int
    at: datetime


def site_of(key: str) -> SiteSettings:
    """Give the settings of a tenant's site, with the tenant. One query.

    Raises:
        NoSiteError: there is none, or it is switched off.

    """
    found = SiteSettings.objects.select_related("tenant").filter(tenant=key, switched_on=True)
    settings: SiteSettings | None = found.first()
    if settings is None:
        raise NoSiteError("Diese Webseite gibt es nicht, oder sie ist nicht eingeschaltet.")
    return settings


def all_sites() -> list[str]:
    """Give the keys of the tenants whose sites are switched on, in order. One query."""
    found = SiteSettings.objects.filter(switched_on=True).order_by("tenant")
    return list(found.values_list("tenant", flat=True))


def news_of(tenant: Tenant, *, on: date, drafts: bool = False) -> list[News]:
    """List the news that is out on a day, the latest first; also drafts for a preview. One query.

    What is dated later than the day is not shown before.
    """
    found = News.objects.filter(tenant=tenant)
    shown = found if drafts else found.filter(**_OUT, day__lte=on)
    return list(shown.order_by("-day", "-pk"))


def questions_of(tenant: Tenant, *, drafts: bool = False) -> list[SiteQuestion]:
    """List frequent questions in their order. One query."""
    found = SiteQuestion.objects.filter(tenant=tenant, **({} if drafts else _OUT))
    return list(found.order_by("order", "pk"))


def occasions_of(tenant: Tenant, *, on: date, drafts: bool = False) -> list[Occasion]:
    """List what takes place from a day on, the next one first. One query."""
    found = Occasion.objects.filter(tenant=tenant, day__gte=on, **({} if drafts else _OUT))
    return list(found.order_by("day", F("begins").asc(nulls_first=True), "pk"))


def reports_of(tenant: Tenant) -> list[SiteReport]:
    """List the files of reports that are out, the latest period first, then by format. One query.

    Each with its report.
    """
    found = SiteReport.objects.filter(tenant=tenant).select_related("report")
    return list(found.order_by("-report__ends", "-report__starts", "report__key", "-format"))


def texts_of(
    tenant: Tenant, language: Language, *, drafts: bool = False
) -> Mapping[SitePage, Said]:
    """Give the county's own text of each page in a language, or else in German. One query.

    A page without a text is missing; a text in easy language stands only where it is asked for.
    """
    wanted: list[Language] = [language]
    if language is not Language.EASY:
        wanted.append(Language.DE)
    found = PageText.objects.filter(tenant=tenant, language__in=wanted, **({} if drafts else _OUT))
    texts: dict[SitePage, Said] = {}
    for one in sorted(found, key=lambda one: wanted.index(Language.of(one.language)), reverse=True):
        said = Said(one.text, Language.of(one.language), TextOrigin.of(one.origin))
        texts[SitePage.of(one.page)] = said
    return texts


def changed_at(tenant: Tenant) -> Changed:
    """Give the last change of what the site shows. One query."""
    seen = Q()
    for start in _SEEN:
        seen |= Q(subject__startswith=start)
    found = ChangeEvent.objects.filter(seen, tenant=tenant.pk).aggregate(Max("pk"), Max("at"))
    return Changed(found["pk__max"] or 0, found["at__max"] or datetime.fromtimestamp(0, tz=UTC))
