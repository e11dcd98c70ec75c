from django.urls import path

from gelingen.web.needs import deeds, matrix, views, voices

urlpatterns = [
    path("", views.needs, name="needs"),
    path("matrix/", matrix.matrix, name="needs-matrix"),
    path("sammeln/", deeds.deed, name="need-bulk"),
    path("ausgabe/", views.list_workbook, name="need-list-workbook"),
    path("bedarf/<path:record>/stimme/", voices.add, name="add-voice"),
    path("ansichten/", views.saved_views, name="need-views"),
    path("ansichten/<int:record>/", views.saved_view, name="need-view"),
]
