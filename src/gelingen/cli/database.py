"""Django for the command line: set up before the modules of records are imported."""

import os

import django

from gelingen.cli.speech import Refused
from gelingen.config.env import SettingError


def set_up() -> None:
    """Set Django up once; no table is touched.

    Raises:
        Refused: a setting holds something that cannot be used; the sentence is German.

    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gelingen.config.settings")
    try:
        django.setup()
    except SettingError as error:
        raise Refused(str(error)) from error
