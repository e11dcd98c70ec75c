from django.urls import path

from gelingen.web.imports import mapping_views, past_views, views

urlpatterns = [
    path("", views.start, name="imports"),
    path("vorlage/", views.template, name="import-template"),
    path("vorgang/<slug:batch>/", past_views.past, name="past-import"),
    path("<slug:key>/", views.upload, name="upload"),
    path("<slug:key>/zuordnung/", mapping_views.mapping, name="import-mapping"),
    path("<slug:key>/pruefen/", views.check, name="import-check"),
    path("<slug:key>/uebernehmen/", views.write, name="import-write"),
    path("<slug:key>/verwerfen/", views.discard, name="import-discard"),
    path("<slug:key>/markiert/", views.marked, name="import-marked"),
]
