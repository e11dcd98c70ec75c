from django.urls import path

from gelingen.web.editing.views import create, delete, draft, edit, undo

urlpatterns = [
    path("entwurf/", draft, name="draft"),
    path("zuruecknehmen/<slug:batch>/", undo, name="undo"),
    path("<slug:kind>/neu/", create, name="create"),
    path("<slug:kind>/<path:record>/aendern/", edit, name="edit"),
    path("<slug:kind>/<path:record>/loeschen/", delete, name="delete"),
]
