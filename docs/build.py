"""Write docs/reference from the code that it describes; with --check only say what is stale."""

import importlib
import inspect
import os
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
TYPES = {
    "Boolean": "ja/nein",
    "Categorical": "Text",
    "Date": "Datum",
    "Float64": "Zahl",
    "Int64": "ganze Zahl",
    "String": "Text",
}
NOTE = "<!-- Erzeugt durch `make docs`; bitte nicht von Hand ändern. -->"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a Markdown table, with an empty line after it."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |"
    yield ""


def first_sentence(thing: object) -> str:
    """First line of a docstring."""
    return (inspect.getdoc(thing) or "").partition("\n")[0]


def words() -> Iterator[str]:
    """Glossary and closed lists."""
    from gelingen import terms
    from gelingen.official import table as official
    from gelingen.plan import hints
    from gelingen.terms import glossary
    from gelingen.terms.vocabulary import Vocabulary

    # Closed lists are found by their class; their modules must have been loaded for that.
    del hints, official
    for module in pkgutil.iter_modules(terms.__path__, "gelingen.terms."):
        importlib.import_module(module.name)

    yield "# Begriffe"
    yield ""
    yield "Die Wörter, mit denen Gelingen arbeitet, und die festen Listen, aus denen gewählt wird."
    yield ""
    entries = sorted(glossary().items(), key=lambda item: item[1].one.casefold())
    yield from table(
        ("Begriff", "Mehrzahl", "Bedeutung", "Name im Programm"),
        ((entry.one, entry.many, entry.meaning, f"`{code}`") for code, entry in entries),
    )
    yield "## Feste Listen"
    yield ""
    for vocabulary in sorted(
        Vocabulary.__subclasses__(), key=lambda kind: (kind.__name__, kind.__module__)
    ):
        yield f"### {title(vocabulary)}"
        yield ""
        yield from table(
            ("Wort", "Name im Programm"), ((m.label, f"`{m.value}`") for m in vocabulary)
        )


def title(thing: type) -> str:
    """German name of a class: its docstring up to the colon or the full stop."""
    return first_sentence(thing).partition(":")[0].rstrip(".")


def settings() -> Iterator[str]:
    """Every setting of an installation."""
    from gelingen.config.env import Env

    yield "# Einstellungen"
    yield ""
    yield "Gelingen liest seine Einstellungen aus Umgebungsvariablen. Alle haben eine Vorgabe."
    yield ""
    rows = (
        (
            f"`GELINGEN_{field.name.upper()}`",
            field.metadata["meaning"],
            "" if field.default in (None, "") else f"`{shown(field.default)}`",
        )
        for field in fields(Env)
    )
    yield from table(("Variable", "Bedeutung", "Vorgabe"), rows)


def shown(value: object) -> str:
    """Write a default as one would set it."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def tables() -> Iterator[str]:
    """Tables that the analyses take and give."""
    from gelingen.analysis import balance, likeness, schema
    from gelingen.analysis.tables import Table

    yield "# Tabellen der Auswertungen"
    yield ""
    yield "Mit diesen Spalten nehmen die Auswertungen CSV- und Parquet-Dateien an. Zeiträume sind"
    yield "halboffen: `ends` ist der erste Tag, an dem etwas nicht mehr gilt."
    yield ""
    declared = [
        kind
        for _, kind in inspect.getmembers(schema, inspect.isclass)
        if issubclass(kind, Table) and kind is not Table
    ]
    declared += [
        likeness.GroupSizes, likeness.PlaceSizes, balance.CellDemands, balance.CellSupplies
    ]  # fmt: skip
    for kind in declared:
        yield f"## {title(kind)} (`{kind.__name__}`)"
        yield ""
        yield from table(
            ("Spalte", "Typ", "Bedeutung", "Einheit", "darf fehlen"),
            (
                (
                    f"`{name}`",
                    TYPES[c.dtype.__name__],
                    c.meaning,
                    c.unit,
                    "ja" if c.nullable else "",
                )
                for name, c in kind.columns.items()
            ),
        )


def workbook() -> Iterator[str]:
    """Sheets and columns of the workbook."""
    from gelingen.transfer.sheets import SHEETS

    yield "# Arbeitsmappe"
    yield ""
    yield "`gelingen template DATEI.xlsx` schreibt eine leere Arbeitsmappe mit diesen Blättern."
    yield ""
    for sheet in SHEETS:
        yield f"## {sheet.title}"
        yield ""
        yield sheet.meaning
        yield ""
        yield from table(
            ("Spalte", "Bedeutung", "Pflicht", "auch erkannt als"),
            (
                (column.head, column.meaning, "ja" if column.required else "",
                 ", ".join(column.synonyms))
                for column in sheet.columns
            ),
        )  # fmt: skip


def commands() -> Iterator[str]:
    """Commands of the command line with their help."""
    from gelingen.cli import main

    yield "# Befehle"
    yield ""
    yield from command(main, "gelingen", None)


def command(what: click.Command, name: str, above: click.Context | None) -> Iterator[str]:
    """Help of one command and of those below it."""
    context = click.Context(what, info_name=name, parent=above, max_content_width=90)
    yield f"## {context.command_path}"
    yield ""
    yield "```text"
    yield from what.get_help(context).splitlines()
    yield "```"
    yield ""
    if isinstance(what, click.Group):
        for below in what.list_commands(context):
            found = what.get_command(context, below)
            if found is not None and not found.hidden:
                yield from command(found, below, context)


def personal() -> Iterator[str]:
    """Fields that may tell something about a person."""
    from django.apps import apps

    yield "# Personenbezug"
    yield ""
    yield "Gelingen führt keine Daten über einzelne Migrantinnen und Migranten. Diese Felder können"
    yield "etwas über eine Person sagen, die mit dem Programm arbeitet oder Ansprechstelle ist. Wer"
    yield "was geändert hat und frühere Stände stehen im Verlauf."
    yield ""
    # Any: Django's type of a model does not know our declaration `personal`.
    models: list[Any] = sorted(apps.get_models(), key=lambda model: model._meta.label)
    yield from table(
        ("Datensatz", "Feld", "Was und wie lange"),
        (
            (f"`{model._meta.label}`", f"`{name}`", reason)
            for model in models
            if model.__module__.startswith("gelingen.") and not hasattr(model, "instance_type")
            for name, reason in sorted(model.personal.items())
        ),
    )


def roles() -> Iterator[str]:
    """Roles and what they allow."""
    from gelingen.access.policy import MEANINGS, ROLES

    yield "# Rollen"
    yield ""
    yield "„ja“ gilt für den ganzen Mandanten, „eigene“ nur für die eigene Organisation."
    yield ""
    yield from table(
        ("Darf …", *(role.label for role in ROLES.values())),
        (
            (meaning, *(extent(may in role.tenant, may in role.organisation)
                        for role in ROLES.values()))
            for may, meaning in MEANINGS.items()
        ),
    )  # fmt: skip


def extent(everywhere: bool, own: bool) -> str:  # noqa: FBT001 - two cells of one table
    """Say how far a permission reaches."""
    return "ja" if everywhere else "eigene" if own else ""


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "begriffe.md": words,
    "einstellungen.md": settings,
    "tabellen.md": tables,
    "arbeitsmappe.md": workbook,
    "personenbezug.md": personal,
    "rollen.md": roles,
    "befehle.md": commands,
}


def page(name: str) -> str:
    """Text of one reference page, as it should stand in docs/reference."""
    heading, *lines = PAGES[name]()
    return "\n".join([heading, "", NOTE, *lines]).rstrip() + "\n"


def stale(name: str) -> bool:
    """Whether a page differs from what the code says."""
    path = REFERENCE / name
    return not path.exists() or path.read_text(encoding="utf-8") != page(name)


def main(arguments: Sequence[str]) -> int:
    """Write the stale pages, or only name them; return the exit status."""
    import django

    with tempfile.TemporaryDirectory() as home:
        os.environ["GELINGEN_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "gelingen.config.settings"
        django.setup()
        old = [name for name in PAGES if stale(name)]
        if "--check" in arguments:
            print("\n".join(f"docs/reference/{name} ist veraltet: make docs" for name in old))
            return 1 if old else 0
        REFERENCE.mkdir(parents=True, exist_ok=True)
        for name in old:
            (REFERENCE / name).write_text(page(name), encoding="utf-8")
            print(f"docs/reference/{name} neu geschrieben")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
