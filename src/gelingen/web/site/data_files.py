"""Open data as files: tables, the catalogue, the feed of news, the calendar."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gelingen.opendata import dcat, feeds, files
from gelingen.opendata.columns import TABLES
from gelingen.opendata.edition import written
from gelingen.site.public import site_of
from gelingen.web.site.data_kept import kept, kept_unread
from gelingen.web.site.data_source import NothingReleasedError, news_of, open_of, root_of

_LAST = 32_767


@require_safe
def table_file(request: HttpRequest, tenant: str, table: str, ending: str) -> HttpResponse:
    """Hand out a table of an edition: the newest, or the one that the address asks for."""
    wanted = TABLES[table]
    found = open_of(request, tenant, _number(request.GET.get("ausgabe", "")))[1]
    write = files.csv_file if ending == "csv" else files.json_file
    media = files.CSV_TYPE if ending == "csv" else files.JSON_TYPE
    answer = kept_unread(request, found.mark, lambda: write(found, wanted), media)
    name = f"{found.key}-ausgabe-{found.number}-{table}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text[:9]) <= _LAST:
        raise NothingReleasedError("Diese Ausgabe gibt es nicht.")
    return int(text)


@require_safe
def catalogue(request: HttpRequest, tenant: str) -> HttpResponse:
    """Hand out the catalogue after DCAT-AP.de."""
    found = open_of(request, tenant)[1]
    return kept_unread(request, found.mark, lambda: written(dcat.catalogue(found)), dcat.MEDIA_TYPE)


@require_safe
def news_feed(request: HttpRequest, tenant: str) -> HttpResponse:
    """Hand out the news as an Atom feed; one without news as long as nobody wrote any."""
    found = site_of(tenant).tenant
    content = feeds.atom(
        title=f"Integration {found.name}: Neues",
        publisher=found.name,
        tenant=found.pk,
        root=root_of(request, found),
        rows=news_of(found),
    )
    return kept(request, content, feeds.ATOM_TYPE)


@require_safe
def dates(request: HttpRequest, tenant: str) -> HttpResponse:
    """Hand out public meetings and events as a calendar."""
    found = open_of(request, tenant)[1]
    media = "text/calendar; charset=utf-8"
    return kept_unread(request, found.mark, lambda: feeds.calendar(found), media)
