from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "gelingen.places"
