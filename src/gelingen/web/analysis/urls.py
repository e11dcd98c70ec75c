from django.urls import path

from gelingen.web.analysis import course, tilemap, views

urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("feld/", views.cell, name="cell"),
    path("verlauf/", course.course, name="course"),
    path("karte/", tilemap.tile_map, name="map"),
]
