"""What the public site may tell of a tenant: a released edition, its news, its address."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gelingen.access.models import Tenant
from gelingen.config.day import today
from gelingen.documents import Document, from_markdown, html_fragment
from gelingen.editions.published import published, released
from gelingen.errors import NotFoundError
from gelingen.opendata.edition import Open, open_edition
from gelingen.opendata.interface import Source
from gelingen.site import public
from gelingen.web.site.hosts import site_address

_MARK = "dcat.jsonld"


class NothingReleasedError(NotFoundError):
    """There is no such released edition."""


def root_of(request: HttpRequest, tenant: Tenant) -> str:
    """Give the whole address of a tenant's site, with a slash at its end."""
    path = reverse("site-catalogue", kwargs={"tenant": tenant.pk})
    return site_address(request, tenant.pk, path).removesuffix(_MARK)


def open_of(request: HttpRequest, key: str, number: int | None = None) -> tuple[Tenant, Open]:
    """Find a released edition, the newest without a number. Two queries.

    Raises:
        NoSiteError: there is no site of this key, or it is switched off.
        NothingReleasedError: there is no such edition.

    """
    tenant = public.site_of(key).tenant
    found = published(tenant, number)
    if found is None:
        raise NothingReleasedError("Hier ist noch keine Ausgabe freigegeben, oder nicht diese.")
    return tenant, open_edition(tenant, found, root=root_of(request, tenant))


def source_of(request: HttpRequest, key: str, number: int | None, resource: str) -> Source:
    """Gather what the interface needs to answer about one list.

    Raises:
        NothingReleasedError: nothing is released.

    """
    tenant, found = open_of(request, key, number)
    editions = _editions(tenant) if resource == "editions" else []
    return Source(found, editions, news_of(tenant) if resource == "news" else [])


def news_of(tenant: Tenant) -> list[dict[str, Any]]:
    """Give the published news as rows, the latest first. One query."""
    return [
        {
            "key": one.key,
            "title": one.title,
            "day": one.day.isoformat(),
            "html": _html(one.title, one.text),
        }
        for one in public.news_of(tenant, on=today())
    ]


def _html(title: str, text: str) -> str:
    blocks = from_markdown(text)
    return html_fragment(Document(title=title, blocks=blocks)) if blocks else ""


def _editions(tenant: Tenant) -> list[dict[str, Any]]:
    return [
        {
            "key": str(one.number),
            "number": one.number,
            "title": one.title,
            "on": one.on.isoformat(),
            "released_on": one.released_on.isoformat() if one.released_on else None,
            "resolution": one.resolution,
            "previous": one.previous.number if one.previous else None,
        }
        for one in released(tenant)
    ]
