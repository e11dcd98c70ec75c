from django.urls import path

from gelingen.web.official import views

urlpatterns = [
    path("", views.start, name="figure-tables"),
    path("<slug:key>/", views.preview, name="figure-table"),
    path("<slug:key>/zuordnung/", views.mapping, name="figure-mapping"),
    path("<slug:key>/uebernehmen/", views.write, name="figure-write"),
    path("<slug:key>/verwerfen/", views.discard, name="figure-discard"),
]
