"""Addresses of open data, below the one of a tenant's public site."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from gelingen.opendata.columns import TABLES
from gelingen.opendata.interface import RESOURCES
from gelingen.web.site import data_files, data_found, data_interface, data_page, feedback
from gelingen.web.site.public_urls import Tongue  # noqa: F401 - named in addresses below


class OpenTable(StringConverter):
    """A table of open data."""

    regex = "|".join(TABLES)


class OpenResource(StringConverter):
    """A list of the interface."""

    regex = "|".join(RESOURCES)


class OpenEnding(StringConverter):
    """How a table is written."""

    regex = "csv|json"


class OpenKey(StringConverter):
    """Whatever a program asks for, lines and slashes included: it gets JSON, also if that is wrong.

    A key may hold a slash.
    """

    regex = "(?s:.+)"


register_converter(OpenKey, "openkey")
register_converter(OpenTable, "opentable")
register_converter(OpenResource, "openresource")
register_converter(OpenEnding, "openending")

# Also below a language, as all pages of the site.
_PAGES = (
    ("daten/", data_page.open_data, "site-open-data"),
    ("rueckmeldung/", feedback.feedback, "site-feedback"),
)
urlpatterns = [
    *(path(where, view, name=name) for where, view, name in _PAGES),
    *(path(f"<tongue:language>/{where}", view, name=name) for where, view, name in _PAGES),
    path("daten/<opentable:table>.<openending:ending>", data_files.table_file, name="site-table"),
    path("dcat.jsonld", data_files.catalogue, name="site-catalogue"),
    path("sitemap.xml", data_found.sitemap, name="site-sitemap"),
    path("neues.atom", data_files.news_feed, name="site-feed"),
    path("termine.ics", data_files.dates, name="site-dates"),
    path("api/v1/", data_interface.start, name="site-api"),
    path("api/v1/openapi.json", data_interface.description, name="site-openapi"),
    path("api/v1/<openresource:resource>/", data_interface.listed, name="site-list"),
    path(
        "api/v1/<openresource:resource>/<openkey:record>/", data_interface.single, name="site-entry"
    ),
    path("api/v1/<openkey:rest>", data_interface.nowhere, name="site-api-nowhere"),
]
