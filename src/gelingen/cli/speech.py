"""What the library of the command line would say in English, said in German."""

import errno
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from tempfile import TemporaryFile
from typing import NoReturn

import click

_YES, _NO = {"j", "ja", "y", "yes"}, {"n", "nein", "no", ""}
_HEADS = {
    "Options": "Zusätze",
    "Commands": "Befehle",
    "Positional arguments": "Angaben",
}
_PLACES = {"[OPTIONS]": "[ZUSÄTZE]", "COMMAND [ARGS]...": "BEFEHL …", " PATH": " PFAD"}
_EXTRAS = {"[default: ": "[sonst: "}
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


class _Help(click.HelpFormatter):
    """Help with German heads and placeholders."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        del prefix
        super().write_usage(prog, _replaced(args, _PLACES), "Aufruf: ")

    def write_heading(self, heading: str) -> None:
        """Write the head of a section."""
        super().write_heading(_HEADS.get(heading, heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options or commands with what they do."""
        spoken = [(_replaced(name, _PLACES), _replaced(text, _EXTRAS)) for name, text in rows]
        super().write_dl(spoken, col_max, col_spacing)


def _replaced(text: str, words: Mapping[str, str]) -> str:
    for word, said in words.items():
        text = text.replace(word, said)
    return text


class _Context(click.Context):
    formatter_class = _Help


class Command(click.Command):
    """A command whose help and complaints about how it was called are German."""

    context_class = _Context
    # What is too much comes back from the parser, so that we are the ones to complain about it.
    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; raises Misused."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            _complain(error, ctx)
        if rest and not isinstance(self, click.Group):
            raise Misused(f"„{' '.join(rest)}“ ist eine Angabe zu viel. {_more(ctx)}")
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give the option that shows the help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Diese Hilfe zeigen."
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Give the first paragraph whole: half a sentence helps nobody."""
        del limit
        return " ".join((self.help or "").split("\n\n", maxsplit=1)[0].split())


class Group(Command, click.Group):
    """A group of commands that speaks German also where no command was understood."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was called; raises Misused."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            meant = _meant(get_close_matches(error.command_name, self.list_commands(ctx)))
            raise Misused(
                f"Den Befehl {error.command_name} gibt es nicht.{meant} {_more(ctx)}"
            ) from error

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; to break it off is no accident."""
        try:
            return super().invoke(ctx)
        except (click.Abort, EOFError, KeyboardInterrupt) as error:
            click.echo(err=True)
            raise Refused("Abgebrochen.") from error


def _complain(error: click.UsageError, ctx: click.Context) -> NoReturn:
    more = _more(ctx)
    match error:
        case click.exceptions.NoArgsIsHelpError():
            raise error
        case click.NoSuchOption():
            meant = _meant(error.possibilities)
            raise Misused(f"Den Zusatz {error.option_name} gibt es nicht.{meant} {more}") from error
        case click.MissingParameter(param=click.Parameter() as missing):
            raise Misused(f"Es fehlt die Angabe {missing.make_metavar(ctx)}. {more}") from error
        case click.BadOptionUsage():
            raise Misused(
                f"Beim Zusatz {error.option_name} stimmt der Wert nicht. {more}"
            ) from error
        case _:
            raise Misused(f"Der Befehl ist so nicht zu verstehen. {more}") from error


def _more(ctx: click.Context) -> str:
    return f"Hilfe: {ctx.command_path} --help"


def _meant(possibilities: Sequence[str] | None) -> str:
    return f" Meinten Sie {' oder '.join(possibilities)}?" if possibilities else ""


class Whole(click.ParamType[int]):
    """A whole number within bounds, both included."""

    name = "zahl"

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest, self.highest = lowest, highest

    def convert(self, value: str | int, param: object, ctx: object) -> int:
        """Read the number; raises Misused."""
        del param, ctx
        text = str(value).strip()
        if not (text.isascii() and text.isdigit()) or not self.lowest <= int(text) <= self.highest:
            raise Misused(
                f"„{value}“ geht hier nicht. Richtig wäre eine ganze Zahl von {self.lowest} bis "
                f"{self.highest}."
            )
        return int(text)


def asked(question: str) -> str:
    """Ask for a line of text until there is one."""
    return str(click.prompt(question))


def asked_in_secret(question: str) -> str:
    """Ask for a password twice, unseen, until both are the same."""
    while True:
        word = click.prompt(question, hide_input=True)
        if word == click.prompt(f"{question}, noch einmal", hide_input=True):
            return str(word)
        click.echo("Die beiden Eingaben sind nicht gleich. Bitte noch einmal.")


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
