"""Checks of an installation, each with its remedy; `gelingen serve` prints what they find."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from gelingen.access.policy import ROLES
from gelingen.analysis.meaning import WordVectorsError, read_vectors
from gelingen.config.day import DAY_FILE, fixed_day
from gelingen.config.env import house_roles

PATIENCE = timedelta(hours=1)


@register(Tags.security)
def operation_is_safe(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's interface
    **_more: object,
) -> list[CheckMessage]:
    """Look at what an outsider could use."""
    found: list[CheckMessage] = []
    if settings.DEBUG and settings.ENV.origin:
        found.append(
            Error(
                "Die ausführliche Fehleranzeige ist eingeschaltet; sie verrät Interna.",
                hint="GELINGEN_DEBUG entfernen oder auf 0 setzen.",
                id="gelingen.E001",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        found.append(
            Warning(
                "Jeder Rechnername wird angenommen.",
                hint="In GELINGEN_HOSTS die Namen nennen, unter denen die Seiten erreichbar sind.",
                id="gelingen.W001",
            )
        )
    if settings.ENV.origin and not settings.ENCRYPTED:
        found.append(
            Warning(
                "Anmeldungen gehen unverschlüsselt über das Netz.",
                hint="GELINGEN_ORIGIN mit https:// angeben und einen Webserver davorstellen.",
                id="gelingen.W002",
            )
        )
    return [
        *found,
        *_secret_is_readable(settings.HOME / "geheimnis.txt"),
        *_groups_give_roles(settings.ENV.oidc_groups),
    ]


def _groups_give_roles(text: str) -> list[CheckMessage]:
    """Find roles that no group can give: unknown ones, and those of one organisation."""
    asked = {role for given in house_roles(text).values() for _, role in given}
    fit = {name for name, role in ROLES.items() if not role.organisation}
    return [
        Error(
            f"GELINGEN_OIDC_GROUPS nennt die Rolle „{role}“; eine Gruppe kann sie nicht geben.",
            hint=f"Möglich sind: {', '.join(sorted(fit))}.",
            id="gelingen.E004",
        )
        for role in sorted(asked - fit)
    ]


def _secret_is_readable(path: Path) -> list[CheckMessage]:
    if path.exists() and path.stat().st_mode & 0o077:
        return [
            Warning(
                f"Andere Benutzer dieses Rechners können {path.name} lesen.",
                hint=f"chmod 600 {path}",
                id="gelingen.W003",
            )
        ]
    return []


@register()
def day_is_a_day(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's interface
    **_more: object,
) -> list[CheckMessage]:
    """Look whether the fixed day can be read."""
    try:
        fixed_day()
    except ValueError:
        return [
            Error(
                f"In {DAY_FILE} steht kein Tag.",
                hint=f"{settings.HOME / DAY_FILE} löschen oder einen Tag wie 2017-06-01 eintragen.",
                id="gelingen.E002",
            )
        ]
    return []


@register()
def word_vectors_are_there(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's interface
    **_more: object,
) -> list[CheckMessage]:
    """Look whether vectors of words can be read, by the first few of them."""
    name = settings.ENV.semantik
    try:
        if name:
            read_vectors(Path(name), most=10)
    except (OSError, WordVectorsError) as error:
        return [
            Error(
                f"GELINGEN_SEMANTIK nennt {name}; darin stehen keine lesbaren Wortvektoren: "
                f"{error}",
                hint="Richtig ist eine Textdatei mit einem Wort und seinen Zahlen je Zeile, auch "
                "als .gz. Leer lassen, um ohne sie zu arbeiten.",
                id="gelingen.E005",
            )
        ]
    return []


@register(Tags.database)
def database_is_ready(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django's interface
    *,
    databases: Sequence[str] | None = None,
    **_more: object,
) -> list[CheckMessage]:
    """Look at the way SQLite writes and at jobs that nobody does."""
    if not databases:
        return []
    found: list[CheckMessage] = []
    if isinstance(connection, SQLite) and not connection.is_in_memory_db():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode")
            mode = cursor.fetchone()[0]
        if mode != "wal":
            found.append(
                Error(
                    f"SQLite schreibt in der Betriebsart „{mode}“; so sperren sich Zugriffe.",
                    hint="Die Daten auf ein örtliches Laufwerk legen (kein Netzlaufwerk).",
                    id="gelingen.E003",
                )
            )
    return found + _jobs_wait()


def _jobs_wait() -> list[CheckMessage]:
    if DBTaskResult._meta.db_table not in connection.introspection.table_names():
        return []
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=now() - PATIENCE).count()
    if waiting == 0:
        return []
    return [
        Warning(
            f"Aufgaben warten seit mehr als einer Stunde: {waiting}. Es arbeitet wohl niemand.",
            hint="„gelingen serve“ startet einen Arbeiter mit, „gelingen work“ einen weiteren.",
            id="gelingen.W004",
        )
    ]
