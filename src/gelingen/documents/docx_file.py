"""A document as DOCX with real styles, to be edited further in a word processor."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.sax.saxutils import quoteattr

import docx
import resvg_py
from docx.document import Document as File
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml import etree

from gelingen.documents import docx_text as text
from gelingen.documents.docx_styles import WORD, set_language, set_numbering, set_styles
from gelingen.documents.fonts import FAMILY, font_files
from gelingen.documents.layout import lay_out
from gelingen.documents.model import Document
from gelingen.documents.printed import (
    Break,
    Callout,
    Evidence,
    Figure,
    Grid,
    HeadingLine,
    Line,
    ListLines,
    Pairs,
    Part,
    Printed,
    SmallLine,
    TextLine,
    Turned,
)

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{_RELATIONS}" xmlns:a="{_DRAWING}/main" '
    f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:pic="{_DRAWING}/picture"'
)
PORTRAIT, LANDSCAPE = (11906, 16838), (16838, 11906)  # A4 in twips
MARGIN = 1134  # 2 cm
_EMU_PER_PIXEL = 9000  # 0.25 mm
_EMU_PER_TWIP = 635
_HIGHEST = {PORTRAIT: 12600, LANDSCAPE: 7600}  # room for a picture and its caption, twips
_SHARPNESS = 2  # dots per pixel of the drawing: about 200 dpi in print
_COUNTED = re.compile(r"\d+(\.\d+)*")
CONTENTS_DEPTH = 2


def write_docx(document: Document) -> bytes:
    """Write a DOCX with styles, numbered headings, repeated header rows and descriptions.

    The table of contents is a field that is filled already; page numbers appear when the word
    processor updates it. The same document gives the same bytes.
    """
    return _Writer(lay_out(document)).file()


class _Writer:
    def __init__(self, printed: Printed) -> None:
        self.printed = printed
        self.docx: File = docx.Document()
        self.links = text.Links()
        self.lists: list[bool] = []
        self.pictures = 0
        self.bookmarks = 0
        self.page = PORTRAIT
        self.references = ""

    def file(self) -> bytes:
        set_styles(self.docx)
        set_language(self.docx)
        self.properties()
        self.references = self.header_and_footer()
        body = self.docx.element.body
        for child in list(body):
            body.remove(child)
        lines = (*self.printed.body, *self.printed.annex)
        content = self.cover() + "".join(self.line(line) for line in lines)
        for child in parse_xml(f"<w:body {_SPACES}>{content}{self.section()}</w:body>"):
            body.append(child)
        for address, identity in self.links.addresses.items():
            relations = self.docx.part.rels
            relations.add_relationship(
                RELATIONSHIP_TYPE.HYPERLINK, address, identity, is_external=True
            )
        set_numbering(self.docx, self.lists)
        written = BytesIO()
        self.docx.save(written)
        return _timeless(written)

    def properties(self) -> None:
        core = self.docx.core_properties
        core.title, core.author = self.printed.title[:255], self.printed.author[:255]
        core.subject = self.printed.subtitle[:255]
        core.language, core.comments, core.keywords = "de-DE", "", ""
        core.last_modified_by = ""
        for child in list(core._element):  # noqa: SLF001  (a day is no property of the words)
            if etree.QName(child).localname in ("created", "modified", "revision"):
                core._element.remove(child)  # noqa: SLF001

    def header_and_footer(self) -> str:
        """Fill both and give the references that every section needs."""
        section = self.docx.sections[0]
        printed = self.printed
        tab = "<w:r><w:tab/></w:r>"
        left = " · ".join(part for part in (printed.author, printed.date_line) if part)
        one, all_ = text.simple_field("PAGE", "1"), text.simple_field("NUMPAGES", "1")
        foot = text.run(left) + tab + text.run("Seite ") + one + text.run(" von ") + all_
        head = text.run(printed.title) + tab + text.run(printed.edition)
        for part, style, runs in ((section.header, "Header", head), (section.footer, "Footer", foot)):
            part.is_linked_to_previous = False
            element = part._element  # noqa: SLF001  (python-docx has no other way to write XML)
            for child in list(element):
                element.remove(child)
            wrapped = parse_xml(f"<w:body {_SPACES}>{text.paragraph(style, runs)}</w:body>")
            element.append(wrapped[0])
        found = [
            child
            for child in section._sectPr  # noqa: SLF001
            if etree.QName(child).localname in ("headerReference", "footerReference")
        ]
        return "".join(etree.tostring(child, encoding="unicode") for child in found)

    def section(self, *, cover: bool = False) -> str:
        wide, high = self.page
        turned = ' w:orient="landscape"' if self.page == LANDSCAPE else ""
        first = "<w:titlePg/>" if cover else ""
        return (
            f'<w:sectPr>{self.references}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{wide}" w:h="{high}"{turned}/><w:pgMar w:top="1361" '
            f'w:right="{MARGIN}" w:bottom="1247" w:left="{MARGIN}" w:header="624" '
            f'w:footer="567" w:gutter="0"/>{first}</w:sectPr>'
        )

    def room(self) -> int:
        return self.page[0] - 2 * MARGIN

    def cover(self) -> str:
        printed = self.printed
        above = "0" if not printed.cover_page else "3600"
        house = text.paragraph("Quelle", text.run(printed.author)) if printed.author else ""
        title = text.paragraph(
            "Title", text.run(printed.title), f'<w:spacing w:before="{above}" w:after="120"/>'
        )
        lines = [text.paragraph("Subtitle", text.run(printed.subtitle))] if printed.subtitle else []
        lines += [
            text.paragraph("Normal", text.run(line))
            for line in (printed.edition, printed.date_line)
            if line
        ]
        if printed.cover:
            lines.append(text.pairs(_cover(printed), self.links, self.room()))
        if not printed.cover_page:
            return house + title + "".join(lines)
        end = f"<w:p><w:pPr>{self.section(cover=True)}</w:pPr></w:p>"
        return house + title + "".join(lines) + end + self.contents()

    def contents(self) -> str:
        headings = [
            line
            for line in _flat((*self.printed.body, *self.printed.annex))
            if isinstance(line, HeadingLine) and line.level <= CONTENTS_DEPTH
        ]
        if not headings:
            return ""
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText '
            f'xml:space="preserve"> TOC \\o "1-{CONTENTS_DEPTH}" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        entries = "".join(
            text.paragraph(f"TOC{line.level}", (begin if not at else "") + self.entry(line))
            for at, line in enumerate(headings)
        )
        end = '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        return text.paragraph("TOCHeading", text.run("Inhalt")) + entries + end

    def entry(self, line: HeadingLine) -> str:
        words = text.run(f"{line.number} {line.text}".strip())
        anchor = self.links.bookmark(line.anchor)
        return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{words}</w:hyperlink>'

    def line(self, line: Line) -> str:  # noqa: PLR0911  (one return for each kind of line)
        match line:
            case HeadingLine():
                return self.heading(line)
            case TextLine():
                runs = text.runs(line.parts, self.links) + text.beside(line.evidence)
                return text.paragraph("Normal", runs)
            case ListLines():
                return text.entries(line, self.links, self.lists)
            case Grid():
                return _caption(line.label, line.caption, "Caption") + text.table(
                    line, self.links, self.room()
                )
            case Figure():
                return self.figure(line)
            case Callout():
                title = text.run(line.title, "<w:b/>") + "<w:r><w:br/></w:r>"
                runs = text.runs(line.parts, self.links) + text.beside(line.evidence)
                return text.paragraph(f"Note{line.tone.title()}", title + runs)
            case Pairs():
                return text.pairs(line, self.links, self.room())
            case SmallLine():
                return text.paragraph("Quelle", text.run(line.text))
            case Break():
                return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
            case Turned():
                return self.turned(line)

    def heading(self, line: HeadingLine) -> str:
        self.bookmarks += 1
        name = self.links.bookmark(line.anchor)
        counted = bool(_COUNTED.fullmatch(line.number))
        words = line.text if counted else f"{line.number} {line.text}".strip()
        marked = (
            f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{name}"/>{text.run(words)}'
            f'<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        )
        plain = "" if counted else '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        fresh = line.level == 1 and self.printed.cover_page
        new = "<w:pageBreakBefore/>" if fresh else ""
        return text.paragraph(f"Heading{line.level}", marked, new + plain)

    def turned(self, line: Turned) -> str:
        before = f"<w:p><w:pPr>{self.section()}</w:pPr></w:p>"
        self.page = LANDSCAPE
        inside = "".join(self.line(block) for block in line.blocks)
        after = f"<w:p><w:pPr>{self.section()}</w:pPr></w:p>"
        self.page = PORTRAIT
        return before + inside + after

    def figure(self, line: Figure) -> str:
        relation, _ = self.docx.part.get_or_add_image(BytesIO(_png(line.svg)))
        self.pictures += 1
        wide, high = line.width * _EMU_PER_PIXEL, line.height * _EMU_PER_PIXEL
        room = self.room() * _EMU_PER_TWIP, _HIGHEST[self.page] * _EMU_PER_TWIP
        scale = min(1.0, room[0] / wide, room[1] / high)
        drawing = _drawing(line, relation, self.pictures, round(wide * scale), round(high * scale))
        return (
            text.paragraph("Picture", f"<w:r>{drawing}</w:r>")
            + _caption(line.label, line.title, "CaptionBelow")
            + text.below(line.evidence)
        )


def _cover(printed: Printed) -> Pairs:
    pairs = tuple((name, (Part(value),)) for name, value in printed.cover)
    return Pairs(pairs, Evidence())


def _caption(label: str, words: str, style: str) -> str:
    """Write a caption whose number word processors count on."""
    kind, _, number = label.partition(" ")
    if number.isdigit():
        start = text.run(f"{kind} ", "<w:b/>") + text.simple_field(f"SEQ {kind} \\* ARABIC", number)
    else:
        start = text.run(label, "<w:b/>")
    return text.paragraph(style, start + text.run(f"  {words}"))


def _flat(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        if isinstance(line, Turned):
            yield from _flat(line.blocks)
        else:
            yield line


def _png(svg: str) -> bytes:
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=_SHARPNESS,
            background="white",
            skip_system_fonts=True,
            font_files=[str(path) for path in font_files()],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )


def _drawing(line: Figure, relation: str, number: int, wide: int, high: int) -> str:
    words = f"title={quoteattr(line.title)} descr={quoteattr(line.alt)}"
    size = f'cx="{wide}" cy="{high}"'
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Bild {number}" {words}/><a:graphic><a:graphicData '
        f'uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" '
        f'name="bild-{number}.png" {words}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing>"
    )


def _timeless(written: BytesIO) -> bytes:
    """Give all parts the same time, so that the same words make the same file."""
    result = BytesIO()
    with (
        zipfile.ZipFile(written) as given,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for name in given.namelist():
            new.writestr(zipfile.ZipInfo(name), given.read(name), zipfile.ZIP_DEFLATED)
    return result.getvalue()
