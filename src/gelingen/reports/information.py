"""Information for somebody about what is kept of them (Art. 15 GDPR), as a sheet to be read."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from gelingen.access.models import Tenant
from gelingen.documents import Block, Document, Heading, KeyValues, Note, NoteKind, Paragraph, Table
from gelingen.privacy.dating import Dated
from gelingen.reports.phrases import NOT_STATED
from gelingen.reports.processing import ACTIVITIES, BASIS
from gelingen.terms.spelling import day, number

NOT_SEARCHED = (
    "Nicht durchsucht sind Konten, der Inhalt hochgeladener Dateien, Begründungen im Verlauf und "
    "Sicherungen. In anonymen Antworten und Entwürfen wird nur das Wort gesucht, ab drei Zeichen: "
    "Einer Organisation lassen sie sich nicht zuordnen."
)
_RIGHTS = (
    "Sie können verlangen, dass Angaben berichtigt oder gelöscht werden oder ihre Verarbeitung "
    "eingeschränkt wird, ihrer Verarbeitung widersprechen und sich bei der Aufsichtsbehörde für "
    "den Datenschutz beschweren."
)


def information_paper(
    tenant: Tenant, found: Sequence[Dated], *, words: str, organisation: str, on: date
) -> Document:
    """Write down what is kept, where, since when and until when.

    Args:
        tenant: the authority that answers for the data.
        found: what was found, by kind of record.
        words: what was searched; may be empty.
        organisation: name of the organisation that was searched; may be empty.
        on: the day.

    """
    return Document(
        title="Auskunft über gespeicherte Angaben",
        subtitle="nach Art. 15 DSGVO",
        author=tenant.name,
        date_line=f"Stand {day(on)}",
        cover_page=False,
        blocks=tuple(_blocks(tenant, found, words, organisation)),
    )


def _blocks(
    tenant: Tenant, found: Sequence[Dated], words: str, organisation: str
) -> Iterator[Block]:
    sought = [("Gesuchtes Wort", words), ("Gesuchte Organisation", organisation)]
    yield KeyValues(
        (
            ("Verantwortlich", tenant.name),
            *((name, text) for name, text in sought if text),
            ("Gefundene Angaben", number(len(found))),
        ),
        frame=True,
    )
    if not found:
        yield Note("Zu dieser Suche ist nichts gespeichert.", NoteKind.INFO, frame=True)
    else:
        yield Heading("Was gespeichert ist")
    for kind, rows in groupby(found, key=lambda one: one.held.kind):
        yield _table(kind, list(rows))
    yield from _purposes(found)
    yield Heading("Was nicht durchsucht ist")
    yield Paragraph(NOT_SEARCHED, frame=True)
    yield Heading("Ihre Rechte")
    yield Paragraph(_RIGHTS, frame=True)


def _table(kind: str, rows: Sequence[Dated]) -> Table:
    return Table(
        kind,
        ("Wo", "Angabe", "Was dort steht", "Seit", "Wie lange"),
        tuple(
            (
                one.held.title,
                f"{one.held.name} ({one.held.past})" if one.held.past else one.held.name,
                one.held.text,
                day(one.since) if one.since else NOT_STATED,
                f"{one.held.kept} ({day(one.until)})" if one.until else one.held.kept,
            )
            for one in rows
        ),
        widths=(3, 2.5, 4, 1.8, 4),
        frame=True,
    )


def _purposes(found: Sequence[Dated]) -> Iterator[Block]:
    """Say why it is kept and who sees it, for what was found."""
    apps = {one.held.ident.partition(".")[0] for one in found}
    concerned = [one for one in ACTIVITIES if apps & set(one.apps)]
    if concerned:
        yield Heading("Wozu, und wer es sieht")
    for one in concerned:
        yield Heading(one.title, level=2)
        yield KeyValues(
            (
                ("Zweck", one.purpose),
                ("Rechtsgrundlage", BASIS),
                ("Wer sieht es", one.receivers),
            ),
            frame=True,
        )
