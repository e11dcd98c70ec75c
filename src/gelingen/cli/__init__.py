"""The command line. A command's module is read only when it is called; see `Commands`."""

import os
from importlib import import_module

import click

from gelingen.cli.speech import Group

# Command → (module, object in it, whether the module needs the records in the database).
COMMANDS = {
    "backup": ("backup", "backup", True),
    "balance": ("balance", "balance", False),
    "check": ("exchange", "check", True),
    "continuity": ("analyses", "continuity", False),
    "demo": ("demo", "demo", True),
    "export": ("exchange", "export", True),
    "figures": ("figures", "figures", True),
    "findings": ("planning", "findings", True),
    "gaps": ("gaps", "gaps", False),
    "import": ("exchange", "import_", True),
    "isolation": ("analyses", "isolation", False),
    "masterplan": ("planning", "masterplan", True),
    "oparl": ("oparl", "oparl", True),
    "overlaps": ("analyses", "overlaps", False),
    "restore": ("backup", "restore", True),
    "serve": ("serve", "serve", True),
    "template": ("exchange", "template", True),
    "trace": ("planning", "trace", True),
    "user": ("people", "user", True),
    "work": ("serve", "work", True),
}


class Commands(Group):
    """A group whose commands are imported on use: the analyses never wait for Django.

    Modules that need the records import them at their top, which Django allows only after its
    set-up; so the set-up comes here, before the import.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands in alphabetical order."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None if there is no such command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, name, records = COMMANDS[cmd_name]
        if cmd_name == "demo":
            # The example never lies beside a county's own records.
            os.environ.setdefault("GELINGEN_HOME", "gelingen-beispiel")
        if records:
            import_module("gelingen.cli.database").set_up()
        command = getattr(import_module(f"gelingen.cli.{module}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        return command


@click.command(cls=Commands)
@click.version_option(
    package_name="gelingen", message="Gelingen %(version)s", help="Die Fassung zeigen."
)
def main() -> None:
    """Integration vor Ort steuern: Bestand, Bedarfe, Lücken, Masterplan."""
