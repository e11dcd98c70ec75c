"""Django for the command line: set up before the modules of records are imported."""

import os

import django


def set_up() -> None:
    """Set Django up once; no table is touched."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gelingen.config.settings")
    django.setup()
