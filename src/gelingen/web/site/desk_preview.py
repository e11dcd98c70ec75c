"""The site at the desk before it is out: the same pages, with drafts, for who works here."""

from typing import Any

from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.errors import NotFoundError
from gelingen.site.queries import settings_of
from gelingen.terms.surveys import Language
from gelingen.web.pages import StaffRequest, staff
from gelingen.web.site.frame import Site, filled


class NoPreviewError(NotFoundError):
    """There is no such page of the site, or nothing to look at beforehand."""


@staff
def preview(request: StaffRequest, where: str = "") -> HttpResponseBase:
    """Show a page of the site as it would be, switched on or not, to who may see the records."""
    require(request.user, May.VIEW, request.tenant)
    try:
        match = resolve(f"/{request.tenant.pk}/{where}")
    except Resolver404:
        raise NoPreviewError("Diese Seite hat die Webseite nicht.") from None
    build: Any = getattr(match.func, "build", None)
    if build is None or match.kwargs.get("tenant") != request.tenant.pk:
        raise NoPreviewError("Diese Seite lässt sich nicht vorher ansehen.")
    values = dict(match.kwargs)
    del values["tenant"]
    language = Language.of(values.pop("language", Language.DE.value))
    site = Site(
        request,
        settings_of(request.user, request.tenant),
        language,
        today(),
        match.url_name or "site",
        values,
        preview=True,
    )
    answer = filled(site, build)
    answer["Cache-Control"] = "no-store"
    return answer
