"""Every setting of an installation, read from the environment once."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LAST_PORT = 65535


class SettingError(ValueError):
    """An environment variable holds something that cannot be used."""


@dataclass(frozen=True, slots=True)
class Env:
    """The settings; `meaning` in the metadata is what docs/reference/einstellungen.md prints."""

    home: Path = field(
        default=Path("gelingen-daten"),
        metadata={"meaning": "Ordner mit allen Daten der Installation."},
    )
    day: date | None = field(
        default=None,
        metadata={"meaning": "Fester Tag der Installation (JJJJ-MM-TT); leer: der heutige Tag."},
    )
    database: str = field(
        default="",
        metadata={"meaning": "postgresql://benutzer:kennwort@rechner:port/name; leer: SQLite."},
    )
    hosts: str = field(
        default="localhost,127.0.0.1,[::1]",
        metadata={"meaning": "Rechnernamen, unter denen die Seiten erreichbar sind, mit Komma."},
    )
    origin: str = field(
        default="",
        metadata={
            "meaning": "Adresse, unter der die Seiten von außen erreichbar sind (https://…)."
        },
    )
    debug: bool = field(
        default=False,
        metadata={"meaning": "1 zeigt Fehler ausführlich; nie im Betrieb."},
    )
    mail_host: str = field(
        default="",
        metadata={"meaning": "Mailserver (SMTP); leer: Nachrichten bleiben im Postausgang."},
    )
    mail_port: int = field(default=587, metadata={"meaning": "Anschluss des Mailservers."})
    mail_security: str = field(
        default="starttls",
        metadata={"meaning": "Verschlüsselung zum Mailserver: starttls, tls oder keine."},
    )
    mail_user: str = field(
        default="", metadata={"meaning": "Benutzer am Mailserver; leer: ohne Anmeldung."}
    )
    mail_password: str = field(
        default="", metadata={"meaning": "Kennwort des Benutzers am Mailserver."}
    )
    mail_from: str = field(
        default="gelingen@localhost",
        metadata={"meaning": "Absender der Nachrichten, ein Funktionspostfach."},
    )
    oidc_address: str = field(
        default="",
        metadata={
            "meaning": (
                "Adresse der Anmeldung des Hauses (OpenID Connect, Aussteller); leer: keine."
            )
        },
    )
    oidc_client: str = field(
        default="", metadata={"meaning": "Kennung von Gelingen bei der Anmeldung des Hauses."}
    )
    oidc_secret: str = field(default="", metadata={"meaning": "Geheimnis dazu, vom Haus vergeben."})
    oidc_name: str = field(
        default="Anmeldung des Hauses",
        metadata={"meaning": "Aufschrift des Knopfs für die Anmeldung des Hauses."},
    )

    oidc_groups: str = field(
        default="",
        metadata={
            "meaning": (
                "Welche Gruppe des Hauses welche Rolle gibt: Gruppe=Mandant:Rolle, mehrere mit "
                "Strichpunkt, zum Beispiel Integration=09473:officer; leer: keine."
            )
        },
    )
    oidc_groups_claim: str = field(
        default="groups",
        metadata={"meaning": "Angabe, in der die Anmeldung des Hauses die Gruppen nennt."},
    )

    semantik: str = field(
        default="",
        metadata={
            "meaning": (
                "Datei mit Wortvektoren (Text, auch als .gz), mit der die Sichtung Aussagen auch "
                "nach ihrer Bedeutung zusammenstellt; leer: ohne."
            )
        },
    )

    sites: str = field(
        default="",
        metadata={
            "meaning": (
                "Rechnernamen der öffentlichen Webseiten: Name=Mandant, mehrere mit Strichpunkt, "
                "zum Beispiel integration.example=09473; leer: unter /Mandant/."
            )
        },
    )

    def __post_init__(self) -> None:
        """Refuse half a login of the house, and hosts of sites that are written in another way."""
        site_hosts(self.sites)
        house_roles(self.oidc_groups)
        if self.oidc_address and not (self.oidc_client and self.oidc_secret):
            raise SettingError(
                "GELINGEN_OIDC_ADDRESS braucht auch GELINGEN_OIDC_CLIENT und GELINGEN_OIDC_SECRET."
            )


def house_roles(text: str) -> dict[str, set[tuple[str, str]]]:
    """Read which group of the house gives which roles: by group, keys of tenant and role.

    Raises:
        SettingError: it is written in another way.

    """
    found: dict[str, set[tuple[str, str]]] = {}
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        # A group may be the path of a directory, which holds signs like these itself.
        group, _, given = entry.rpartition("=")
        tenant, _, role = given.partition(":")
        if not (group.strip() and tenant.strip() and role.strip()):
            raise SettingError(
                f"In GELINGEN_OIDC_GROUPS steht „{entry}“; richtig wäre etwa "
                "Integration=09473:officer."
            )
        found.setdefault(group.strip(), set()).add((tenant.strip(), role.strip()))
    return found


def site_hosts(text: str) -> dict[str, str]:
    """Read which host shows the public site of which tenant: keys of tenants by host.

    Raises:
        SettingError: it is written in another way, or names a host twice.

    """
    found: dict[str, str] = {}
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        host, _, tenant = (part.strip() for part in entry.partition("="))
        if not (host and tenant.isdecimal()) or host.casefold() in found:
            raise SettingError(
                f"In GELINGEN_SITES steht „{entry}“; richtig wäre etwa integration.example=09473, "
                "jeder Name nur einmal."
            )
        found[host.casefold()] = tenant
    return found


def _value(name: str, text: str) -> object:
    match name:
        case "home":
            return Path(text)
        case "day":
            try:
                return date.fromisoformat(text) if text else None
            except ValueError:
                raise SettingError(
                    f"GELINGEN_DAY ist „{text}“; richtig wäre ein Tag wie 2017-06-01."
                ) from None
        case "debug":
            return text == "1"
        case "mail_port":
            if not text.isdecimal() or not 0 < int(text) <= _LAST_PORT:
                raise SettingError(
                    f"GELINGEN_MAIL_PORT ist „{text}“; richtig wäre eine Zahl wie 587."
                )
            return int(text)
        case "mail_security":
            if text not in {"starttls", "tls", "keine"}:
                raise SettingError(
                    f"GELINGEN_MAIL_SECURITY ist „{text}“; richtig wäre starttls, tls oder keine."
                )
    return text


def read_env(variables: Mapping[str, str] | None = None) -> Env:
    """Read GELINGEN_HOME, GELINGEN_DAY and so on; raises SettingError."""
    source = os.environ if variables is None else variables
    given = {
        entry.name: _value(entry.name, source[variable])
        for entry in fields(Env)
        if (variable := f"GELINGEN_{entry.name.upper()}") in source
    }
    return Env(**given)  # type: ignore[arg-type]


def postgresql(address: str) -> dict[str, object]:
    """Take the address of a database apart, as Django wants it.

    Signs that an address cannot hold stand in it as %40 and the like.

    Raises:
        SettingError: it is no address of a PostgreSQL database.

    """
    url = urlsplit(address)
    name = url.path.lstrip("/")
    try:
        port = str(url.port or "")
    except ValueError:
        name = ""
    if url.scheme not in {"postgresql", "postgres"} or not name:
        raise SettingError(
            "GELINGEN_DATABASE ist nicht die Adresse einer Datenbank. Richtig wäre zum Beispiel "
            "postgresql://gelingen:KENNWORT@localhost:5432/gelingen."
        )
    parts = {
        "NAME": name,
        "USER": url.username or "",
        "PASSWORD": url.password or "",
        "HOST": url.hostname or "",
        "PORT": port,
    }
    return {name: unquote(part) for name, part in parts.items()}


def secret_key(home: Path) -> str:
    """Read the installation's secret from its folder, making it on first use.

    Several processes may start at once for the first time; all get the same secret.
    """
    path = home / "geheimnis.txt"
    if not path.exists():
        # The database lies beside it and tells of people: nobody else on this machine may read.
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise SettingError(
                f"GELINGEN_HOME ist „{home}“; dort lässt sich kein Ordner anlegen. Richtig wäre "
                "ein Ordner, in den geschrieben werden darf."
            ) from error
        _write_once(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, text: str) -> None:
    """Put a file there whole or not at all; one that is there already stays as it is."""
    handle, name = tempfile.mkstemp(
        prefix=f".{path.name}-", dir=path.parent
    )  # readable by us alone
    draft = Path(name)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    try:
        with suppress(FileExistsError):  # another process was quicker, and its secret counts
            path.hardlink_to(draft)
    finally:
        draft.unlink()
