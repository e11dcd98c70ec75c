from django.apps import AppConfig


class YearlyConfig(AppConfig):
    name = "gelingen.yearly"
