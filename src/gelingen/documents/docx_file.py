"""A document as DOCX: real styles, repeated heads, alternative texts, contents and page numbers."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu
from lxml import etree  # type: ignore[import-untyped]

from gelingen.documents.docx_styles import give_styles
from gelingen.documents.docx_xml import Body, bookmark, paragraph, text_run
from gelingen.documents.printed import Figure, HeadingLine, Line, Printed, Turned
from gelingen.documents.raster import as_png

CONTENTS_DEPTH = 2
ZOOM = 1.5  # pixels a pixel of the drawing: 150 dots an inch in print
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BODY = "word/document.xml"
_SIZE = re.compile(r"\b(width|height)=\"([\d.]+)\"")
_FIELD = ("begin", "separate", "end")
_EMU_PER_PIXEL, _EMU_PER_TWENTIETH = 9525, 635
_LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001  (the same bytes whenever it is written)


def write_docx(printed: Printed) -> bytes:
    """Write a paper as DOCX that Word and LibreOffice open; the same paper, the same bytes.

    Numbers of headings are part of the text, so they cannot differ from those in other formats.
    """
    return _Writer(printed).write()


class _Writer:
    def __init__(self, printed: Printed) -> None:
        self.printed = printed
        self.file: Any = docx.Document()
        self.links: dict[str, str] = {}
        self.drawings = 0
        self.sections = 0

    def write(self) -> bytes:
        give_styles(self.file)
        self.set_properties()
        self.set_pages()
        body = Body(
            link=self.link,
            picture=self.picture,
            numbering=self.numbering,
            section=self.section,
            new_pages=self.printed.cover_page,
        )
        lines = (*self.printed.body, *self.printed.annex)
        text = self.front(lines) + "".join(body.line(line) for line in lines)
        last = self.file.element.body.sectPr
        if self.sections:
            self.drop_first_page(last)
        return _packed(self.file, text + etree.tostring(last, encoding="unicode"))

    def set_properties(self) -> None:
        core = self.file.core_properties
        core.title, core.author = self.printed.title, self.printed.author
        core.language, core.comments, core.last_modified_by = "de-DE", "", self.printed.author
        core.created = core.modified = _LONG_AGO
        settings = self.file.settings.element
        # Each at the place that the schema wants it.
        settings.find(qn("w:defaultTabStop")).addnext(_switch("w:autoHyphenation"))
        if self.printed.cover_page:
            settings.find(qn("w:compat")).addprevious(_switch("w:updateFields"))

    def set_pages(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
        section.different_first_page_header_footer = self.printed.cover_page
        head = "  ·  ".join(text for text in (self.printed.title, self.printed.edition) if text)
        section.header.paragraphs[0].text = head
        left = "  ·  ".join(t for t in (self.printed.author, self.printed.date_line) if t)
        foot = section.footer.paragraphs[0]._p  # noqa: SLF001  (python-docx has no field)
        pieces = parse_xml(
            f"<w:p {nsdecls('w')}>{text_run(left)}<w:r><w:tab/></w:r>"
            f"{text_run('Seite ')}{_field('PAGE')}{text_run(' von ')}{_field('NUMPAGES')}</w:p>"
        )
        for piece in pieces:
            foot.append(piece)

    def front(self, lines: Iterable[Line]) -> str:
        """Write cover and contents, or the title alone."""
        printed = self.printed
        cover = "".join(
            paragraph(style, text_run(text))
            for style, text in (
                ("Haus", printed.author if printed.cover_page else ""),
                ("Title", printed.title),
                ("Subtitle", printed.subtitle),
                ("BodyText", printed.edition),
                ("BodyText", printed.date_line),
            )
            if text
        )
        cover += "".join(
            paragraph("BodyText", text_run(f"{name}: ", bold=True) + text_run(value))
            for name, value in printed.cover
        )
        return cover + (self.contents(lines) if printed.cover_page else "")

    def contents(self, lines: Iterable[Line]) -> str:
        """Write the table of contents: links with references to the page of their heading.

        The page numbers are fields. LibreOffice fills them when it opens the file, Word after it
        has asked. A field for the whole table would leave LibreOffice without page numbers.
        """
        found = [line for line in _headings(lines) if line.level <= CONTENTS_DEPTH]
        if not found:
            return ""
        title = paragraph("TOCHeading", text_run("Inhalt"), "<w:pageBreakBefore/>")
        return title + "".join(paragraph(f"TOC{line.level}", _entry(line)) for line in found)

    def link(self, target: str) -> str:
        if target not in self.links:
            kind = RELATIONSHIP_TYPE.HYPERLINK
            self.links[target] = self.file.part.relate_to(target, kind, is_external=True)
        return self.links[target]

    def picture(self, figure: Figure, width: int) -> str:
        """Draw the picture, fit it into the width (twentieths of a point), describe it."""
        png = as_png(_enlarged(figure.svg))
        wide = min(round(figure.width * _EMU_PER_PIXEL), width * _EMU_PER_TWENTIETH)
        high = round(wide * figure.height / figure.width)
        inline = self.file.part.new_pic_inline(BytesIO(png), Emu(wide), Emu(high))
        self.drawings += 1
        inline.docPr.set("id", str(self.drawings))
        inline.docPr.set("name", figure.label)
        inline.docPr.set("title", figure.title)
        inline.docPr.set("descr", figure.alt)
        return f"<w:r><w:drawing>{etree.tostring(inline, encoding='unicode')}</w:drawing></w:r>"

    def numbering(self) -> int:
        """Start a numbered list of its own at 1."""
        definitions = self.file.part.numbering_part.numbering_definitions._numbering  # noqa: SLF001
        of_style = self.file.styles["List Number"].element.pPr.numPr.numId.val
        abstract = definitions.num_having_numId(of_style).abstractNumId.val
        number = definitions.add_num(abstract)
        number.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(number.numId)

    def section(self, *, turned: bool) -> str:
        """Give the properties of the section that ends here, with the same head and foot."""
        self.sections += 1
        copy = parse_xml(etree.tostring(self.file.element.body.sectPr))
        if self.sections > 1:
            self.drop_first_page(copy)
        if turned:
            size = copy.find(qn("w:pgSz"))
            wide, high = size.get(qn("w:w")), size.get(qn("w:h"))
            size.set(qn("w:w"), high)
            size.set(qn("w:h"), wide)
            size.set(qn("w:orient"), "landscape")
        return str(etree.tostring(copy, encoding="unicode"))

    @staticmethod
    def drop_first_page(section: Any) -> None:  # noqa: ANN401  (lxml)
        """Let head and foot stand on the first page of a later section."""
        for mark in section.findall(qn("w:titlePg")):
            section.remove(mark)


def _enlarged(svg: str) -> str:
    """Enlarge a drawing by its size, which takes half the time of enlarging it while drawing."""
    opening, end, rest = svg.partition(">")
    if "viewBox" not in opening:
        return svg
    return _SIZE.sub(lambda size: f'{size[1]}="{float(size[2]) * ZOOM:g}"', opening) + end + rest


def _headings(lines: Iterable[Line]) -> Iterator[HeadingLine]:
    for line in lines:
        if isinstance(line, Turned):
            yield from _headings(line.blocks)
        elif isinstance(line, HeadingLine):
            yield line


def _entry(line: HeadingLine) -> str:
    place = bookmark(line.anchor)
    text = text_run(f"{line.number} {line.text}".strip())
    page = _field(f"PAGEREF {place} \\h")
    return f'<w:hyperlink w:anchor="{place}">{text}<w:r><w:tab/></w:r>{page}</w:hyperlink>'


def _field(instruction: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in _FIELD]
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{marks[0]}{code}{marks[1]}{text_run(' ')}{marks[2]}"


def _switch(name: str) -> Any:  # noqa: ANN401  (lxml)
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    return element


def _packed(file: Any, body: str) -> bytes:  # noqa: ANN401  (python-docx has no types)
    """Write the file with its body, which python-docx would take seconds to read and write.

    Each part gets a fixed day, so that the same document is the same file.
    """
    spaces = nsdecls("w", "r", "wp", "a", "pic")
    whole = f"{_XML}<w:document {spaces}><w:body>{body}</w:body></w:document>"
    loose, packed = BytesIO(), BytesIO()
    file.save(loose)
    with ZipFile(loose) as source, ZipFile(packed, "w") as target:
        for name in source.namelist():
            part = ZipInfo(name, _LONG_AGO.timetuple()[:6])
            given = whole.encode() if name == _BODY else source.read(name)
            target.writestr(part, given, ZIP_DEFLATED)
    return packed.getvalue()
