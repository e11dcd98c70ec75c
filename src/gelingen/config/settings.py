"""Django's settings, made from `env`."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from gelingen.config.env import read_env, secret_key

ENV = read_env()
HOME = ENV.home.resolve()
SECRET_KEY = secret_key(HOME)
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.hosts.split(",")
CSRF_TRUSTED_ORIGINS = [ENV.origin] if ENV.origin else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "template_partials",
    "csp",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "gelingen.history",
    "gelingen.access",
    "gelingen.topics",
    "gelingen.places",
    "gelingen.register",
    "gelingen.needs",
    "gelingen.plan",
    "gelingen.findings",
    "gelingen.web",
]


def _database() -> dict[str, object]:
    """SQLite in the installation's folder unless PostgreSQL is named. Why these options: ADR 0005."""
    if not ENV.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "gelingen.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
                ),
            },
        }
    url = urlsplit(ENV.database)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": url.username or "",
        "PASSWORD": url.password or "",
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"
LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
MEDIA_ROOT = HOME / "dateien"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
