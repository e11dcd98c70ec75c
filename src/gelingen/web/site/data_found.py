"""What search engines may read: the pages of each public site, and nothing of the desk."""

from xml.etree import ElementTree as ET

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gelingen.editions.published import published
from gelingen.site.public import all_sites, site_of
from gelingen.web.site.data_kept import kept
from gelingen.web.site.data_source import news_of
from gelingen.web.site.hosts import site_address, tenant_at

_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
PAGES = (
    "site", "site-project", "site-chances", "site-topics", "site-goals", "site-measures",
    "site-timeline", "site-documents", "site-figures", "site-news", "site-questions",
    "site-take-part", "site-contact", "site-privacy", "site-imprint", "site-accessibility",
    "site-easy", "site-open-data",
)  # fmt: skip
# What is for people at the desk, or for whoever was sent a link.
_CLOSED = ("/intern/", "/konto/", "/anmelden/", "/bestaetigen/", "/umfrage/", "/kalender/")


@require_safe
def sitemap(request: HttpRequest, tenant: str) -> HttpResponse:
    """List every page of a site by its one whole address. Five queries."""
    found = site_of(tenant).tenant
    edition = published(found)
    day = edition.edition.released_on.isoformat() if edition and edition.edition.released_on else ""
    pages: list[tuple[str, dict[str, str], str]] = [(name, {}, day) for name in PAGES]
    if edition:
        for table, name in (("measures", "site-measure"), ("indicators", "site-figure")):
            pages += [(name, {"record": row["key"]}, day) for row in edition.tables[table]]
    pages += [("site-news-entry", {"record": one["key"]}, one["day"]) for one in news_of(found)]
    ET.register_namespace("", _MAP)
    top = ET.Element(f"{{{_MAP}}}urlset")
    for name, values, changed in pages:
        path = reverse(name, kwargs={"tenant": found.pk, **values})
        one = ET.SubElement(top, f"{{{_MAP}}}url")
        ET.SubElement(one, f"{{{_MAP}}}loc").text = site_address(request, found.pk, path)
        if changed:
            ET.SubElement(one, f"{{{_MAP}}}lastmod").text = changed
    text = ET.tostring(top, encoding="unicode")
    content = f'<?xml version="1.0" encoding="utf-8"?>\n{text}'.encode()
    return kept(request, content, "application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what search engines may read, and where the pages of each site are listed. One query."""
    here = tenant_at(request.get_host())
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _CLOSED)]
    for key in all_sites():
        if here in {"", key}:
            path = reverse("site-sitemap", kwargs={"tenant": key})
            lines.append(f"Sitemap: {site_address(request, key, path)}")
    return kept(request, ("\n".join(lines) + "\n").encode(), "text/plain; charset=utf-8")
