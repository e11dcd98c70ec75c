"""The example county in one command: load, analyse, write the Masterplan, show the desk."""

import secrets
import shutil
import sys
from pathlib import Path

import click
from django.conf import settings

import gelingen
from gelingen.access.commands import set_account
from gelingen.access.models import Tenant
from gelingen.access.policy import Operator, tenants
from gelingen.cli.example_progress import live
from gelingen.cli.example_site import open_site
from gelingen.cli.planning import first_day_after, say_findings
from gelingen.cli.serve import HOST, PORT, run_server
from gelingen.cli.speech import Command, Refused, prepared
from gelingen.cli.tenants import records, say_tenant
from gelingen.config.day import DAY_FILE, today
from gelingen.editions.queries import editions
from gelingen.reports import shelf
from gelingen.transfer.imports import apply_import, preview_import, tenant_of

DAY = "2017-06-01"
USER = "integration"
EMAIL = "integration@example.org"
EXAMPLES = ("landkreis", "stadt")
_SIGN_IN = "beispiel-anmeldung.txt"


@click.command(cls=Command)
@click.option("--no-serve", is_flag=True, help="Nur rechnen und schreiben, keinen Server starten.")
@click.option("--out", type=click.Path(path_type=Path), help="Ordner der Papiere.")
def demo(*, no_serve: bool, out: Path | None) -> None:
    """Beispiel Coburg laden, rechnen, den Masterplan schreiben und den Arbeitsplatz öffnen."""
    with records() as actor:
        _only_here(actor)
        (settings.HOME / DAY_FILE).write_text(DAY, encoding="ascii")
        loaded = [_load(actor, example_folder() / name) for name in EXAMPLES]
        for tenant in loaded:
            _live(actor, tenant)
        for tenant in loaded:
            say_findings(actor, tenant, on=today(), ends=first_day_after(actor, tenant, None))
        paths = [path for tenant in loaded for path in _write(actor, tenant, out)]
        for tenant in loaded:
            open_site(actor, tenant, example_folder())
        password = _account(actor, loaded)
    click.echo("Der Masterplan liegt hier:")
    for path in paths:
        click.echo(f"  {path}")
    sites = ", ".join(f"/{tenant.pk}/" for tenant in loaded)
    click.echo(f"Öffentliche Seiten, sobald der Server läuft: {sites}")
    click.echo(f"Anmeldung am Arbeitsplatz: Benutzername {USER}, Passwort {password}")
    if not no_serve:
        sys.exit(run_server(host=HOST, port=PORT, processes=2, say=click.echo))


def example_folder() -> Path:
    """Find the example county, which is part of the package; raises Refused if it is not there."""
    folder = Path(gelingen.__file__).parent / "examples" / "coburg"
    if not folder.is_dir():
        raise Refused(
            f"Das Beispiel fehlt: {folder}. Bitte Gelingen neu einrichten (make setup, oder das "
            "Paket noch einmal installieren)."
        )
    return folder


def _only_here(actor: Operator) -> None:
    """Refuse to mix the example with a county's own records."""
    strangers = set(tenants(actor).values_list("pk", flat=True)) - {"09473", "09463000"}
    if strangers or (tenants(actor).exists() and not (settings.HOME / DAY_FILE).exists()):
        raise Refused(
            f"In {settings.HOME} liegen schon eigene Einträge. Das Beispiel braucht einen eigenen "
            "Ordner: GELINGEN_HOME=gelingen-beispiel gelingen demo."
        )


def _load(actor: Operator, folder: Path) -> Tenant:
    """Load one of the example's tenants; once, so that what somebody tried out there stays."""
    known = tenants(actor).filter(pk=tenant_of(folder).pk).first()
    if known is not None and editions(actor, known).exists():
        click.echo(f"{say_tenant(known)} ist schon geladen und bleibt, wie es ist.")
        return known
    preview = preview_import(actor, folder, tenant=tenant_of(folder))
    apply_import(actor, preview)
    count = sum(len(part.new) + len(part.changed) for part in preview.sheets)
    click.echo(f"{say_tenant(preview.tenant)}: {count} Zeilen übernommen.")
    return preview.tenant


def _live(actor: Operator, tenant: Tenant) -> None:
    """Give the example its figures and two years of progress."""
    for made in live(actor, tenant, example_folder(), on=today()):
        click.echo(f"{say_tenant(tenant)}: {made} ist freigegeben.")


def _write(actor: Operator, tenant: Tenant, out: Path | None) -> list[Path]:
    """Write the papers onto the shelf, where the desk shows them, and copy them to `out`."""
    folder = prepared(out / tenant.pk) if out else None
    papers = shelf.write_masterplan(
        actor, tenant, on=today(), horizon=first_day_after(actor, tenant, None)
    )
    if folder is None or folder.resolve() == shelf.folder_of(tenant):
        return papers
    return [Path(shutil.copy2(paper, folder)) for paper in papers]


def _account(actor: Operator, loaded: list[Tenant]) -> str:
    """Make the example's account once; its password stays in the installation's folder."""
    path = settings.HOME / _SIGN_IN
    if path.exists():
        return path.read_text(encoding="ascii").strip()
    password = secrets.token_urlsafe(9)
    for tenant in loaded:
        set_account(
            actor=actor,
            username=USER,
            password=password,
            role="officer",
            tenant=tenant,
            email=EMAIL,
        )
    path.touch(mode=0o600)
    path.write_text(password, encoding="ascii")
    return password
