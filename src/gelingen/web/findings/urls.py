from django.urls import path

from gelingen.web.findings import views

urlpatterns = [
    path("", views.findings, name="findings"),
    path("<int:record>/", views.finding, name="finding"),
]
