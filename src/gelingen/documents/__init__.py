"""One document model, several formats: HTML, DOCX and PDF carry the same words."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal

from gelingen.documents.docx_file import write_docx
from gelingen.documents.html import html_fragment, write_html
from gelingen.documents.layout import lay_out
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
from gelingen.documents.pdf import pdf_text, typesetter
from gelingen.documents.printed import Printed
from gelingen.documents.trace import Statement, plain, statements, untraced

Format = Literal["html", "docx", "pdf"]
_WRITERS: dict[Format, Callable[[Printed], bytes]] = {"html": write_html, "docx": write_docx}


def write(document: Document, fmt: Format) -> bytes:
    """Write a document in a format; the same document gives the same bytes."""
    return write_each(document, (fmt,))[fmt]


def write_each(document: Document, formats: Sequence[Format]) -> dict[Format, bytes]:
    """Write a document in several formats, as `write` does, in less time than one by one.

    It is laid out once, and the PDF is set outside of Python while the others are written.
    """
    if "pdf" not in formats:
        return _write(lay_out(document), formats)
    with typesetter(document) as typeset, ThreadPoolExecutor(max_workers=1) as beside:
        printed = lay_out(document)
        pdf = beside.submit(typeset, pdf_text(printed))
        written = _write(printed, formats)
        written["pdf"] = pdf.result()
    return {fmt: written[fmt] for fmt in formats}


def _write(printed: Printed, formats: Sequence[Format]) -> dict[Format, bytes]:
    return {fmt: _WRITERS[fmt](printed) for fmt in formats if fmt in _WRITERS}


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
    "write_each",
]
