from django.urls import path

from gelingen.web.register import views

urlpatterns = [
    path("", views.structures, name="structures"),
    path("arbeitsmappe/", views.workbook, name="workbook"),
    path("organisationen/", views.organisations, name="organisations"),
    path("organisationen/<path:record>/", views.organisation, name="organisation"),
    path("strukturen/<path:record>/", views.structure, name="structure"),
    path("dateien/<slug:record>/", views.attachment, name="attachment"),
]
