from django.apps import AppConfig


class OparlConfig(AppConfig):
    name = "gelingen.oparl"
