from django.urls import path

from gelingen.web.editing import views

urlpatterns = [
    path("entwurf/", views.draft, name="draft"),
    path("zuruecknehmen/<slug:batch>/", views.undo, name="undo"),
    path("<slug:kind>/neu/", views.create, name="create"),
    path("<slug:kind>/<path:record>/aendern/", views.edit, name="edit"),
    path("<slug:kind>/<path:record>/loeschen/", views.delete, name="delete"),
]
