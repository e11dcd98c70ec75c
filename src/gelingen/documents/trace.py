"""Which statements a document makes, and what stands behind each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from gelingen.documents.model import (
    Block,
    Bullets,
    Content,
    Document,
    Heading,
    Item,
    KeyValues,
    Landscape,
    Note,
    NoteKind,
    Numbered,
    Paragraph,
    Picture,
    Ref,
    Table,
    Traced,
)

T = TypeVar("T", bound=Traced)


@dataclass(frozen=True, slots=True)
class Statement:
    """Something the document says, where, and what stands behind it.

    Attributes:
        chapter: the heading above it, or the title of the document.
        kind: "Absatz", "Listenpunkt", "Tabellenzeile", "Tabelle", "Bild", "Hinweis", "Angaben".

    """

    chapter: str
    kind: str
    text: str
    records: tuple[str, ...]
    sources: tuple[str, ...]
    own_text: bool = False
    frame: bool = False


def statements(document: Document) -> Iterator[Statement]:
    """Go through everything that the document says, in order.

    A table says one thing per row; a row rests on its own records, on the references in its cells,
    and on what the table as a whole rests on. The same holds for the entries of a list.
    """
    chapter = document.title
    for block in _flat(document.blocks):
        if isinstance(block, Heading):
            chapter = block.text
        else:
            yield from _of(block, chapter)


def untraced(document: Document) -> list[Statement]:
    """List the statements behind which neither a record nor a source stands.

    The officer's own text and fixed wording are not asked for evidence.
    """
    return [
        said
        for said in statements(document)
        if not (said.records or said.sources or said.own_text or said.frame)
    ]


def plain(content: Content) -> str:
    """Give the words of a content without their marks."""
    parts = (content,) if isinstance(content, str) else content
    return "".join(_words(part) for part in parts)


def references(*contents: Content) -> tuple[str, ...]:
    """Collect the keys of the records that contents refer to, each once, in order."""
    parts = [part for content in contents if not isinstance(content, str) for part in content]
    return tuple(dict.fromkeys(part.key for part in parts if isinstance(part, Ref)))


def _words(part: object) -> str:
    if isinstance(part, Ref):
        return f"{part.text} [{part.key}]" if part.text else part.key
    return part if isinstance(part, str) else str(getattr(part, "text", ""))


def _flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Landscape):
            yield from _flat(block.blocks)
        else:
            yield block


def _of(block: Block, chapter: str) -> Iterator[Statement]:
    match block:
        case Paragraph():
            yield _said(block, chapter, "Absatz", block.content)
        case Bullets() | Numbered():
            yield from _entries(block, chapter)
        case Table():
            yield from _rows(block, chapter)
        case Picture():
            yield _said(block, chapter, "Bild", block.title)
        case Note():
            missing = block.kind is NoteKind.MISSING
            yield _said(block, chapter, "Hinweis", block.content, frame=block.frame or missing)
        case KeyValues():
            contents = tuple(value for _, value in block.pairs)
            text = "; ".join(f"{name}: {plain(value)}" for name, value in block.pairs)
            yield _said(block, chapter, "Angaben", text, also=references(*contents))
        case _:
            return


def _said(  # noqa: PLR0913  (the four things a statement has beyond its block)
    block: Traced,
    chapter: str,
    kind: str,
    content: Content,
    *,
    also: tuple[str, ...] = (),
    frame: bool | None = None,
) -> Statement:
    return Statement(
        chapter=chapter,
        kind=kind,
        text=plain(content),
        records=tuple(dict.fromkeys((*block.records, *references(content), *also))),
        sources=block.sources,
        own_text=block.own_text,
        frame=block.frame if frame is None else frame,
    )


def _entries(block: Bullets | Numbered | Item, chapter: str) -> Iterator[Statement]:
    if isinstance(block, Item):
        yield _said(block, chapter, "Listenpunkt", block.content)
        if block.below:
            yield from _entries(_heir(block.below, block), chapter)
        return
    for entry in block.items:
        item = entry if isinstance(entry, Item) else Item(content=entry)
        yield from _entries(_heir(item, block), chapter)


def _heir(child: T, parent: Traced) -> T:
    """Let an entry rest on what its list rests on, where it has nothing of its own."""
    return replace(
        child,
        records=child.records or parent.records,
        sources=child.sources or parent.sources,
        own_text=child.own_text or parent.own_text,
        frame=child.frame or parent.frame,
    )


def _rows(table: Table, chapter: str) -> Iterator[Statement]:
    if not table.rows:
        yield _said(table, chapter, "Tabelle", table.caption)
    for number, row in enumerate(table.rows):
        own = table.row_records[number] if table.row_records else ()
        text = "; ".join(plain(cell) for cell in row)
        yield _said(table, chapter, "Tabellenzeile", text, also=(*own, *references(*row)))
