"""Addresses of the site at the desk: settings, preview, and the entries of each kind."""

from django.urls import path

from gelingen.site.queries import KINDS
from gelingen.web.site import desk, desk_entries, desk_preview

# Each page of entries once for each kind: the name of the page tells which.
_ENTRIES = (
    ("", desk_entries.entries, "desk-{}"),
    ("neu/", desk_entries.new, "desk-{}-new"),
    ("eintrag/<path:record>/stellen/", desk_entries.turn, "desk-{}-turn"),
    ("eintrag/<path:record>/entfernen/", desk_entries.remove, "desk-{}-remove"),
    ("eintrag/<path:record>/", desk_entries.edit, "desk-{}-edit"),
)
urlpatterns = [
    path("", desk.overview, name="site-desk"),
    path("einstellungen/", desk.settings, name="site-settings"),
    path("barrierefreiheit/", desk.accessibility, name="site-statement"),
    path("vorschau/", desk_preview.preview, name="site-preview"),
    path("vorschau/<path:where>", desk_preview.preview, name="site-preview-page"),
    *(
        path(f"{kind}/{where}", view, {"kind": kind}, name=name.format(kind))
        for kind in KINDS
        for where, view, name in _ENTRIES
    ),
]
