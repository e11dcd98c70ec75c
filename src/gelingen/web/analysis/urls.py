from django.urls import path

from gelingen.web.analysis import views

urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("feld/", views.cell, name="cell"),
]
