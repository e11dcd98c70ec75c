from django.urls import path

from gelingen.web.needs import views

urlpatterns = [
    path("", views.needs, name="needs"),
    path("ausgabe/", views.list_workbook, name="need-list-workbook"),
    path("ansichten/", views.saved_views, name="need-views"),
    path("ansichten/<int:record>/", views.saved_view, name="need-view"),
]
