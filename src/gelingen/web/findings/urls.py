from django.urls import path

from gelingen.web.findings import running, solving, views

urlpatterns = [
    path("", views.findings, name="findings"),
    path("rechnen/", running.refresh, name="refresh-findings"),
    path("<int:record>/", views.finding, name="finding"),
    path("<int:record>/massnahme/", solving.solve, name="solve"),
]
