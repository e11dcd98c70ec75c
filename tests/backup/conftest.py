"""An installation with a folder of its own, and an empty one."""

import pytest
from django.core.management import call_command
from tests.backup.places import database


@pytest.fixture
def home(settings, tmp_path):
    """Give the installation a folder of its own, with its key."""
    settings.HOME = tmp_path / "daten"
    settings.MEDIA_ROOT = settings.HOME / "dateien"
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.HOME / "geheimnis.txt").write_text("schlüssel", encoding="utf-8")
    return settings.HOME


@pytest.fixture(scope="package")
def tables(tmp_path_factory, django_db_setup, django_db_blocker):
    """Make the tables of an empty installation once."""
    del django_db_setup
    path = tmp_path_factory.mktemp("leer") / "gelingen.sqlite3"
    with django_db_blocker.unblock(), database(path):
        call_command("migrate", database="ziel", run_syncdb=True, verbosity=0)
    return path
