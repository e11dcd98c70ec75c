"""A large paper is set in a process of its own, and long keys stay inside their column."""

import re
from io import BytesIO

import pikepdf
from tests.documents.reading import pdf_text

from gelingen.documents import Document, Paragraph, Table, write
from gelingen.documents.pdf import LARGE

KEY = "bedarf_frauen|beratung_und_begleitung-ahorn;" * 3


def paper(paragraphs):
    words = ("Zwei Kurse enden. " * 50).strip()
    return Document(
        title="Großer Plan",
        blocks=tuple(Paragraph(words, records=("s-1",)) for _ in range(paragraphs)),
    )


def test_ein_grosses_papier_wird_ganz_und_immer_gleich_gesetzt():
    large = write(paper(LARGE), "pdf")
    assert large == write(paper(LARGE), "pdf")
    with pikepdf.open(BytesIO(large)) as file:
        assert len(file.pages) > 30
        assert file.Root.MarkInfo.Marked


def test_lange_schluessel_brechen_an_ihren_fugen():
    table = Table("Belege", ("Feld",), (("Ahorn",),), widths=(5,), row_records=((KEY,),))
    words = pdf_text(write(Document(title="Plan", blocks=(table,)), "pdf"))
    lines = [word for word in re.split(r"[\s\u200b]+", words) if "_" in word or "|" in word]
    assert lines
    assert max(len(line) for line in lines) <= 13
