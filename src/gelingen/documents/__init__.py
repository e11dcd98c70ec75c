"""One document model, several formats: HTML, DOCX and PDF carry the same words."""

from typing import Literal

from gelingen.documents.docx_file import write_docx
from gelingen.documents.html import html_fragment, write_html
from gelingen.documents.markdown import from_markdown
from gelingen.documents.model import (
    Block,
    Bullets,
    Content,
    Document,
    Emphasis,
    Heading,
    Inline,
    Item,
    KeyValues,
    Landscape,
    Link,
    Note,
    NoteKind,
    Numbered,
    PageBreak,
    Paragraph,
    Picture,
    Ref,
    SourceLine,
    Strong,
    Table,
)
from gelingen.documents.pdf import write_pdf
from gelingen.documents.trace import Statement, plain, statements, untraced

Format = Literal["html", "docx", "pdf"]
_WRITERS = {"html": write_html, "docx": write_docx, "pdf": write_pdf}


def write(document: Document, fmt: Format) -> bytes:
    """Write a document in a format; the same document gives the same bytes."""
    return _WRITERS[fmt](document)


__all__ = [
    "Block",
    "Bullets",
    "Content",
    "Document",
    "Emphasis",
    "Format",
    "Heading",
    "Inline",
    "Item",
    "KeyValues",
    "Landscape",
    "Link",
    "Note",
    "NoteKind",
    "Numbered",
    "PageBreak",
    "Paragraph",
    "Picture",
    "Ref",
    "SourceLine",
    "Statement",
    "Strong",
    "Table",
    "from_markdown",
    "html_fragment",
    "plain",
    "statements",
    "untraced",
    "write",
]
