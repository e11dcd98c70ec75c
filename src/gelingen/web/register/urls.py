from django.urls import include, path

from gelingen.web.register import extending, sheet_views, views
from gelingen.web.register.lists import bulk, saved

urlpatterns = [
    path("", views.structures, name="structures"),
    path("arbeitsmappe/", views.workbook, name="workbook"),
    path("ausgabe/<slug:kind>/", views.list_workbook, name="list-workbook"),
    path("ansichten/<slug:kind>/", saved.views, name="views"),
    path("ansichten/<slug:kind>/<int:record>/", saved.view, name="view"),
    path("sammeln/<slug:kind>/", bulk.bulk, name="bulk"),
    path("organisationen/", views.organisations, name="organisations"),
    path("finanzierungen/", views.fundings, name="fundings"),
    path("finanzierungen/<path:record>/verlaengern/", extending.extend, name="extend"),
    path("zustaendigkeiten/", views.responsibilities, name="responsibilities"),
    path("zusammenarbeit/", views.cooperation, name="cooperation"),
    path("", include("gelingen.web.register.actions.urls")),
    path("organisationen/<path:record>/", sheet_views.organisation, name="organisation"),
    path("strukturen/<path:record>/", sheet_views.structure, name="structure"),
    path(
        "dateien/<slug:record>/entfernen/", sheet_views.remove_attachment, name="remove-attachment"
    ),
    path("dateien/<slug:record>/", sheet_views.attachment, name="attachment"),
]
