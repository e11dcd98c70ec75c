"""WordprocessingML for running text, lists and tables, as strings.

Strings, because a table of a thousand rows is parsed once this way, in a tenth of the time that
an object for each cell takes.
"""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from gelingen.documents.printed import Evidence, Grid, ListLines, Pairs, Part, Parts
from gelingen.documents.widths import column_widths

_LONG_ROW = 700  # letters in one cell from which on a row may break across pages
_SIDES = {"l": "", "r": '<w:jc w:val="right"/>', "c": '<w:jc w:val="center"/>'}
_KEY_COLUMN = 0.27
DEEPEST_LIST = 3


@dataclass(slots=True)
class Links:
    """What links point to: addresses become relations of the file, anchors become bookmarks."""

    addresses: dict[str, str] = field(default_factory=dict)
    bookmarks: dict[str, str] = field(default_factory=dict)

    def address(self, target: str) -> str:
        """Give the relation's id for an address, the same for the same address."""
        return self.addresses.setdefault(target, f"rIdLink{len(self.addresses) + 1}")

    def bookmark(self, anchor: str) -> str:
        """Give the name of a bookmark: word processors allow letters and digits only."""
        return self.bookmarks.setdefault(anchor, f"k{len(self.bookmarks) + 1}")


def run(text: str, properties: str = "") -> str:
    """Write words in one look."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(style: str, runs: str, properties: str = "") -> str:
    """Write a paragraph in a named style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def simple_field(instruction: str, shown: str) -> str:
    """Write a field together with what it shows until it is updated."""
    return f'<w:fldSimple w:instr=" {instruction} ">{run(shown)}</w:fldSimple>'


def runs(parts: Parts, links: Links, properties: str = "") -> str:
    """Write words in their styles."""
    return "".join(_part(part, links, properties) for part in parts)


def _part(part: Part, links: Links, properties: str) -> str:
    match part.style:
        case "text":
            return run(part.text, properties)
        case "strong":
            return run(part.text, '<w:rStyle w:val="Strong"/>')
        case "emphasis":
            return run(part.text, '<w:rStyle w:val="Emphasis"/>')
        case "ref":
            return run(part.text, '<w:rStyle w:val="Beleg"/>')
        case "link":
            inside = run(part.text, '<w:rStyle w:val="Hyperlink"/>')
            if part.target.startswith("#"):
                anchor = links.bookmark(part.target[1:])
                return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{inside}</w:hyperlink>'
            relation = quoteattr(links.address(part.target))
            return f'<w:hyperlink r:id={relation} w:history="1">{inside}</w:hyperlink>'


def beside(found: Evidence) -> str:
    """Write the evidence in small type behind the words."""
    texts = [f"[{found.records}]"] if found.records else []
    texts += [f"Quelle: {found.sources}"] if found.sources else []
    return run(" " + " ".join(texts), '<w:rStyle w:val="Beleg"/>') if texts else ""


def below(found: Evidence, notes: str = "") -> str:
    """Write the evidence as lines below a block."""
    lines = (
        notes,
        f"Quelle: {found.sources}" if found.sources else "",
        f"[{found.records}]" if found.records else "",
    )
    return "".join(paragraph("Quelle", run(line)) for line in lines if line)


def entries(lines: ListLines, links: Links, numbering: list[bool], depth: int = 0) -> str:
    """Write a list; `numbering` collects for each list whether it is ordered."""
    numbering.append(lines.ordered)
    own = len(numbering)
    style = "ListNumber" if lines.ordered else "ListBullet"
    level = min(depth, DEEPEST_LIST - 1)
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{own + 1}"/></w:numPr>'
    written = []
    for entry in lines.entries:
        text = runs(entry.parts, links) + beside(entry.evidence)
        written.append(paragraph(style, text, place))
        if entry.below:
            written.append(entries(entry.below, links, numbering, depth + 1))
    return "".join(written) + below(lines.evidence)


def table(grid: Grid, links: Links, width: int) -> str:
    """Write a table with a repeated header row and rows that stay whole; width in twips."""
    columns = _shares(column_widths(grid), width)
    head = "".join(
        _cell(run(name), size, side)
        for name, size, side in zip(grid.header, columns, grid.align, strict=True)
    )
    header = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
    rows = "".join(_row(grid, row, columns, links) for row in grid.rows)
    look = _look(header=True, total=grid.total, column=grid.header_column)
    words = f"<w:tblCaption w:val={quoteattr(f'{grid.label} {grid.caption}'.strip())}/>"
    return _frame(columns, look + words, header + rows) + (
        below(grid.evidence, grid.notes) or paragraph("Quelle", "")
    )


def pairs(line: Pairs, links: Links, width: int) -> str:
    """Write names and values as a table of two columns; width in twips."""
    columns = _shares((_KEY_COLUMN, 1 - _KEY_COLUMN), width)
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(run(name), columns[0], 'l')}"
        f"{_cell(runs(value, links), columns[1], 'l')}</w:tr>"
        for name, value in line.pairs
    )
    return _frame(columns, _look(header=False, total=False, column=True), rows) + (
        below(line.evidence) or paragraph("Quelle", "")
    )


def _shares(shares: tuple[float, ...], width: int) -> list[int]:
    return [round(share * width) for share in shares]


def _look(*, header: bool, total: bool, column: bool) -> str:
    """Say which parts of the table style apply, in both spellings that are in use."""
    mask = 0x600 | 0x20 * header | 0x40 * total | 0x80 * column
    return (
        f'<w:tblLook w:val="{mask:04X}" w:firstRow="{int(header)}" w:lastRow="{int(total)}" '
        f'w:firstColumn="{int(column)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )


def _frame(columns: list[int], look: str, rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in columns)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="GelingenTabelle"/>'
        f'<w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(grid: Grid, row: tuple[Parts, ...], columns: list[int], links: Links) -> str:
    long = any(sum(len(part.text) for part in cell) > _LONG_ROW for cell in row)
    cells = "".join(
        _cell(runs(cell, links), size, side)
        for cell, size, side in zip(row, columns, grid.align, strict=True)
    )
    keep = "" if long else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{keep}{cells}</w:tr>"


def _cell(text: str, width: int, side: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="Tabelle"/>{_SIDES[side]}</w:pPr>{text}</w:p></w:tc>'
    )
