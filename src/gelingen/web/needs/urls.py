from django.urls import path

from gelingen.web.needs import matrix, views

urlpatterns = [
    path("", views.needs, name="needs"),
    path("matrix/", matrix.matrix, name="needs-matrix"),
    path("ausgabe/", views.list_workbook, name="need-list-workbook"),
    path("ansichten/", views.saved_views, name="need-views"),
    path("ansichten/<int:record>/", views.saved_view, name="need-view"),
]
