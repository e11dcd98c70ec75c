"""What the library of the command line would say in English, said in German."""

import errno
from pathlib import Path
from tempfile import TemporaryFile
from typing import NoReturn

import click

_YES, _NO = {"j", "ja", "y", "yes"}, {"n", "nein", "no", ""}
_REASONS = {
    errno.EACCES: "das Schreiben ist hier nicht erlaubt",
    errno.EPERM: "das Schreiben ist hier nicht erlaubt",
    errno.EROFS: "das Schreiben ist hier nicht erlaubt",
    errno.ENOENT: "diesen Ordner gibt es nicht",
    errno.ENOTDIR: "unter diesem Namen liegt eine Datei",
    errno.EEXIST: "unter diesem Namen liegt eine Datei",
    errno.EISDIR: "unter diesem Namen liegt ein Ordner",
    errno.ENOSPC: "der Datenträger ist voll",
    errno.EDQUOT: "der Datenträger ist voll",
    errno.ENAMETOOLONG: "der Name ist zu lang",
}


class Refused(click.ClickException):
    """What the person asked for cannot be done; exit status 1."""

    def show(self, file: object = None) -> None:
        """Print the sentence, without a prefix in another language."""
        del file
        click.echo(self.format_message(), err=True)


class Misused(Refused):
    """The command was written wrongly; exit status 2."""

    exit_code = 2


class Command(click.Command):
    """A command whose complaints about how it was called are German."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; raises Misused."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            _complain(error, ctx)


def _complain(error: click.UsageError, ctx: click.Context) -> NoReturn:
    more = f"Hilfe: {ctx.command_path} --help"
    match error:
        case click.NoSuchOption():
            near = " oder ".join(error.possibilities or ())
            meant = f" Meinten Sie {near}?" if near else ""
            raise Misused(f"Den Zusatz {error.option_name} gibt es nicht.{meant} {more}") from error
        case click.MissingParameter(param=click.Parameter() as missing):
            raise Misused(f"Es fehlt die Angabe {missing.make_metavar(ctx)}. {more}") from error
        case click.BadOptionUsage():
            raise Misused(
                f"Beim Zusatz {error.option_name} stimmt der Wert nicht. {more}"
            ) from error
        case _:
            raise Misused(f"Der Befehl ist so nicht zu verstehen. {more}") from error


def agreed(question: str) -> bool:
    """Ask a question that is answered by "j" or "n"; no answer at all is a no."""
    while True:
        try:
            answer = click.prompt(f"{question} [j/N]", default="", show_default=False)
        except click.Abort:
            click.echo()
            return False
        word = answer.strip().lower()
        if word in _YES | _NO:
            return word in _YES
        click.echo("Bitte mit j (ja) oder n (nein) antworten.")


def prepared(folder: Path) -> Path:
    """Make sure that files can be written into a folder; raises Refused."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        TemporaryFile(dir=folder).close()
    except OSError as error:
        raise Refused(f"In {folder} kann nicht geschrieben werden: {reason(error)}.") from error
    return folder


def reason(error: OSError) -> str:
    """Say why a file or folder cannot be written."""
    return _REASONS.get(error.errno or 0, f"das Betriebssystem meldet: {error.strerror}")
