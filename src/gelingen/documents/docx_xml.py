"""The XML of a DOCX, built as text: for long tables many times faster than objects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Protocol
from zlib import crc32

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
    Parts,
    SmallLine,
    TextLine,
    Turned,
)
from gelingen.documents.widths import column_widths

TABLE_STYLE = "GelingenTabelle"
PORTRAIT, LANDSCAPE = 9638, 14570  # twentieths of a point between the margins
_PER_MM = 1440 / 25.4
_JUSTIFIED = {"l": "left", "r": "right", "c": "center"}
_TONES = {
    "info": ("006B8C", "EEFAFF"),
    "missing": ("C31C13", "FEF0EE"),
    "caution": ("925400", "FFF3DC"),
}
_BOOKMARK = 40  # letters of a name at most
_NAMES = 4000  # width of the first column of names and values


class SectionEnd(Protocol):
    """Give the properties of the section that ends here."""

    def __call__(self, *, turned: bool) -> str:
        """Give the XML; turned pages lie across."""


@dataclass(slots=True)
class Body:
    """What the body of the file consists of, and the ties to the other parts of the file.

    Attributes:
        link: gives the id of the relation to an outside address.
        picture: gives the XML of a drawing that fits a width.
        numbering: starts a new numbered list and gives its number.
        section: gives the XML of the section that ends here; True for turned pages.
        new_pages: whether chapters begin on new pages.

    """

    link: Callable[[str], str]
    picture: Callable[[Figure, int], str]
    numbering: Callable[[], int]
    section: "SectionEnd"
    new_pages: bool
    width: int = PORTRAIT
    _bookmarks: int = field(default=0, init=False)

    def line(self, line: Line) -> str:  # noqa: C901, PLR0911  (one return for each kind of line)
        """Write one line of the paper as paragraphs and tables."""
        match line:
            case HeadingLine():
                return self.heading(line)
            case TextLine():
                return paragraph("BodyText", self.runs(line.parts) + self.beside(line.evidence))
            case ListLines():
                return self.entries(line, 1)
            case Grid():
                return self.table(line)
            case Figure():
                caption = _caption(line.label, line.title)
                drawing = paragraph("Bild", self.picture(line, self.width))
                return drawing + caption + self.below(line.evidence)
            case Callout():
                return self.callout(line)
            case Pairs():
                return self.pairs(line)
            case SmallLine():
                return paragraph("Beleg", text_run(line.text))
            case Break():
                return paragraph("BodyText", '<w:r><w:br w:type="page"/></w:r>')
            case Turned():
                return self.turned(line)

    def heading(self, line: HeadingLine) -> str:
        """Write a heading with its number as text and a bookmark that contents and links reach."""
        self._bookmarks += 1
        number = text_run(line.number) + "<w:r><w:tab/></w:r>" if line.number else ""
        mark = f'w:id="{self._bookmarks}"'
        return paragraph(
            f"Heading{line.level}",
            f'<w:bookmarkStart {mark} w:name="{bookmark(line.anchor)}"/>{number}'
            f"{text_run(line.text)}<w:bookmarkEnd {mark}/>",
            "<w:pageBreakBefore/>" if line.level == 1 and self.new_pages else "",
        )

    def entries(self, lines: ListLines, depth: int) -> str:
        """Write a list; entries below an entry stand one step further in."""
        style = ("ListNumber" if lines.ordered else "ListBullet") + ("" if depth == 1 else "2")
        number = self.numbering() if lines.ordered else 0
        own = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
        text = ""
        for entry in lines.entries:
            text += paragraph(style, self.runs(entry.parts) + self.beside(entry.evidence), own)
            text += self.entries(entry.below, 2) if entry.below else ""
        return text + self.below(lines.evidence)

    def callout(self, line: Callout) -> str:
        """Write a remark with a coloured bar; its title says how it is meant."""
        strong, light = _TONES[line.tone]
        frame = (
            f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="{strong}"/></w:pBdr>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{light}"/>'
        )
        title = (
            f'<w:r><w:rPr><w:b/><w:color w:val="{strong}"/></w:rPr>{_text(line.title)}<w:br/></w:r>'
        )
        return paragraph(
            "Hinweis", title + self.runs(line.parts) + self.beside(line.evidence), frame
        )

    def turned(self, line: Turned) -> str:
        """End the upright section, write the blocks, end the turned one."""
        before = paragraph("BodyText", "", self.section(turned=False))
        upright, self.width = self.width, LANDSCAPE
        inside = "".join(self.line(inner) for inner in line.blocks)
        self.width = upright
        return before + inside + paragraph("BodyText", "", self.section(turned=True))

    def table(self, grid: Grid) -> str:
        """Write a table whose head repeats on each page and whose rows do not break."""
        widths = [round(share * self.width) for share in column_widths(grid, self.width / _PER_MM)]
        head = "".join(
            _cell(paragraph("Tabellenkopf", text_run(name), _side(side)), width)
            for name, side, width in zip(grid.header, grid.align, widths, strict=True)
        )
        rows = "".join(self.row(grid, row, widths) for row in grid.rows)
        head = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        return (
            _caption(grid.label, grid.caption, above=True)
            + _table(TABLE_STYLE, widths, head + rows, total=grid.total)
            + (paragraph("Beleg", text_run(grid.notes)) if grid.notes else "")
            + self.below(grid.evidence)
            + paragraph("Abstand", "")
        )

    def row(self, grid: Grid, row: Sequence[Parts], widths: Sequence[int]) -> str:
        """Write one row of a table."""
        cells = []
        for number, (parts, side) in enumerate(zip(row, grid.align, strict=True)):
            strong = grid.header_column and number == 0
            content = paragraph("Tabellentext", self.runs(parts, strong=strong), _side(side))
            cells.append(_cell(content, widths[number]))
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def pairs(self, line: Pairs) -> str:
        """Write names and values as a table of two columns without a head."""
        rows = "".join(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            + _cell(paragraph("Tabellentext", text_run(name, bold=True)), _NAMES)
            + _cell(paragraph("Tabellentext", self.runs(value)), self.width - _NAMES)
            + "</w:tr>"
            for name, value in line.pairs
        )
        table = _table(TABLE_STYLE, (_NAMES, self.width - _NAMES), rows, head=False)
        return table + self.below(line.evidence) + paragraph("Abstand", "")

    def runs(self, parts: Parts, *, strong: bool = False) -> str:
        """Write words in their styles."""
        return "".join(self.run(part, strong=strong) for part in parts)

    def run(self, part: Part, *, strong: bool) -> str:
        """Write words in one style."""
        match part.style:
            case "strong":
                return text_run(part.text, bold=True)
            case "emphasis":
                return text_run(part.text, italic=True, bold=strong)
            case "ref":
                return text_run(part.text, style="BelegZeichen")
            case "link":
                run = text_run(part.text, style="Hyperlink")
                if part.target.startswith("#"):
                    return (
                        f'<w:hyperlink w:anchor="{bookmark(part.target[1:])}">{run}</w:hyperlink>'
                    )
                return f'<w:hyperlink r:id="{self.link(part.target)}">{run}</w:hyperlink>'
            case "text":
                return text_run(part.text, bold=strong)

    def beside(self, found: Evidence) -> str:
        """Write records and sources in small type behind the words."""
        records = f" [{found.records}]" if found.records else ""
        sources = f" Quelle: {found.sources}" if found.sources else ""
        both = records + sources
        return text_run(both, style="BelegZeichen") if both else ""

    def below(self, found: Evidence) -> str:
        """Write sources and records in lines of their own."""
        lines = (
            f"Quelle: {found.sources}" if found.sources else "",
            f"[{found.records}]" if found.records else "",
        )
        return "".join(paragraph("Beleg", text_run(line)) for line in lines if line)


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Write a paragraph; further properties follow the style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def text_run(text: str, *, bold: bool = False, italic: bool = False, style: str = "") -> str:
    """Write words as a run."""
    marks = (
        (f'<w:rStyle w:val="{style}"/>' if style else "")
        + ("<w:b/>" if bold else "")
        + ("<w:i/>" if italic else "")
    )
    return f"<w:r>{f'<w:rPr>{marks}</w:rPr>' if marks else ''}{_text(text)}</w:r>"


def bookmark(anchor: str) -> str:
    """Turn an anchor into a name that the format allows: 40 letters, digits and low lines.

    What had to be changed is told apart by a check sum, so that different anchors stay different.
    """
    name = anchor.replace("-", "_")
    if anchor.count("-") <= 1 and len(name) <= _BOOKMARK:
        return name
    return f"{name[:29]}_{crc32(anchor.encode()):010d}"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t>'


def _side(letter: str) -> str:
    return f'<w:jc w:val="{_JUSTIFIED[letter]}"/>'


def _cell(content: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _caption(label: str, title: str, *, above: bool = False) -> str:
    keep = "<w:keepNext/>" if above else ""
    return paragraph("Caption", text_run(f"{label} ", bold=True) + text_run(title), keep)


def _table(
    style: str, widths: Sequence[int], rows: str, *, total: bool = False, head: bool = True
) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    bits = 0x0600 + 0x0020 * head + 0x0040 * total
    look = (
        f'<w:tblLook w:val="{bits:04X}" w:firstRow="{int(head)}" w:lastRow="{int(total)}" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}'
        "</w:tbl>"
    )
