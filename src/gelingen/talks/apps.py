from django.apps import AppConfig


class TalksConfig(AppConfig):
    name = "gelingen.talks"
