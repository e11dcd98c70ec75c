from django.urls import path

from gelingen.web.privacy import views

urlpatterns = [
    path("", views.privacy, name="privacy"),
    path("auskunft/", views.information, name="privacy-information"),
    path("loeschen/", views.forget, name="privacy-forget"),
    path("verzeichnis/<slug:fmt>/", views.register, name="privacy-register"),
]
