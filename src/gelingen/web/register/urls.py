from django.urls import path

from gelingen.web.register import sheet_views, views

urlpatterns = [
    path("", views.structures, name="structures"),
    path("arbeitsmappe/", views.workbook, name="workbook"),
    path("organisationen/", views.organisations, name="organisations"),
    path("organisationen/<path:record>/", sheet_views.organisation, name="organisation"),
    path("strukturen/<path:record>/", sheet_views.structure, name="structure"),
    path("dateien/<slug:record>/", sheet_views.attachment, name="attachment"),
]
