"""From the model to what stands on the paper: numbers, labels, evidence, annexes."""

import re
from collections import Counter

from gelingen.documents.clean import clean, linked
from gelingen.documents.evidence import EvidenceList, compact
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
    Numbered,
    PageBreak,
    Paragraph,
    Picture,
    Ref,
    SourceLine,
    Strong,
    Table,
)
from gelingen.documents.printed import (
    Break,
    Callout,
    Evidence,
    Figure,
    Grid,
    HeadingLine,
    Line,
    ListEntry,
    ListLines,
    Pairs,
    Part,
    Parts,
    Printed,
    SmallLine,
    TextLine,
    Turned,
)

TWINS = "Bilder als Tabellen"
EVIDENCE = "Belege"
TITLES = {"info": "Hinweis", "missing": "Es fehlen Angaben", "caution": "Achtung"}
_SIZE = re.compile(r"\b(width|height)=\"([\d.]+)\"")


def lay_out(document: Document) -> Printed:
    """Give every block its number, label and evidence, and add the annexes."""
    layout = _Layout(document)
    body = layout.lines(document.blocks)
    return Printed(
        title=clean(document.title),
        subtitle=clean(document.subtitle),
        author=clean(document.author),
        date_line=clean(document.date_line),
        edition=clean(document.edition),
        cover=tuple((clean(name), clean(value)) for name, value in document.cover),
        language=document.language,
        cover_page=document.cover_page,
        body=body,
        annex=(*layout.twins(), *layout.long_evidence()),
    )


class _Layout:
    def __init__(self, document: Document) -> None:
        self.evidence = EvidenceList()
        self.above: list[str] = []
        self.sections: Counter[str] = Counter()
        self.labels: Counter[str] = Counter()
        self.anchors: Counter[str] = Counter()
        self.keys = {name for name in _keys(document.blocks) if name}
        self.figures: list[Figure] = []

    def lines(self, blocks: tuple[Block, ...]) -> tuple[Line, ...]:
        return tuple(self.line(block) for block in blocks)

    def line(self, block: Block) -> Line:  # noqa: C901, PLR0911  (one return for each kind of block)
        match block:
            case Heading():
                return self.heading(block)
            case Paragraph():
                return TextLine(self.parts(block.content), self.evidence.of(block))
            case Bullets() | Numbered():
                return self.entries(block)
            case Table():
                return self.table(block, self.label("Tabelle"))
            case Picture():
                return self.figure(block)
            case Note():
                title = clean(block.title) or TITLES[block.kind]
                found = self.evidence.of(block)
                return Callout(block.kind.value, title, self.parts(block.content), found)
            case KeyValues():
                pairs = tuple((clean(name), self.parts(value)) for name, value in block.pairs)
                return Pairs(pairs, self.evidence.of(block))
            case SourceLine():
                return SmallLine(f"Quelle: {clean(block.text)}")
            case PageBreak():
                return Break()
            case Landscape():
                return Turned(self.lines(block.blocks))

    def heading(self, block: Heading) -> HeadingLine:
        level = min(block.level, len(self.above) + 1)  # no format may skip a level
        number = self.number(block, self.above[: level - 1])
        # A heading without words would be refused by PDF/UA and unreachable in the contents.
        text = clean(block.text).strip() or "…"
        return HeadingLine(text, level, number, self.anchor(block.key))

    def number(self, block: Heading, above: list[str]) -> str:
        """Count on below the heading above; below an unnumbered heading nothing is numbered."""
        if block.number is not None:
            own = clean(block.number)
        elif "" in above:
            own = ""
        else:
            self.sections[".".join((*above, ""))] += 1
            own = str(self.sections[".".join((*above, ""))])
        self.above = [*above, own]
        return ".".join(self.above) if own else ""

    def anchor(self, key: str) -> str:
        self.anchors[key] += 1
        if key and self.anchors[key] == 1:
            return _anchor(key)
        return f"abschnitt-{self.anchors.total()}"

    def label(self, word: str) -> str:
        self.labels[word] += 1
        return f"{word} {self.labels[word]}"

    def parts(self, content: Content) -> Parts:
        given = (content,) if isinstance(content, str) else content
        return tuple(part for inline in given for part in self.part(inline) if part.text)

    def part(self, inline: Inline) -> Parts:
        match inline:
            case str():
                return (Part(clean(inline)),)
            case Strong():
                return (Part(clean(inline.text), "strong"),)
            case Emphasis():
                return (Part(clean(inline.text), "emphasis"),)
            case Ref():
                key = clean(inline.key)
                if not inline.text:
                    return (Part(key, "ref"),)
                return (Part(f"{clean(inline.text)} "), Part(f"[{key}]", "ref"))
            case Link():
                return (self.link(inline),)

    def link(self, inline: Link) -> Part:
        text = clean(inline.text)
        if inline.target.startswith("#") and inline.target[1:] in self.keys:
            return Part(text, "link", f"#{_anchor(inline.target[1:])}")
        if linked(inline.target):
            return Part(text, "link", inline.target)
        return Part(text)

    def entries(self, block: Bullets | Numbered) -> ListLines:
        entries = tuple(
            self.entry(item if isinstance(item, Item) else Item(content=item))
            for item in block.items
        )
        return ListLines(isinstance(block, Numbered), entries, self.evidence.of(block))

    def entry(self, item: Item) -> ListEntry:
        below = self.entries(item.below) if item.below else None
        return ListEntry(self.parts(item.content), self.evidence.of(item), below)

    def table(self, block: Table, label: str) -> Grid:
        extra = ("Beleg",) if block.row_records else ()
        rows = tuple(tuple(self.parts(cell) for cell in row) for row in block.rows)
        if extra:
            rows = tuple(
                (*row, self.parts((Ref(self.evidence.words(compact(keys))),)))
                for row, keys in zip(rows, block.row_records, strict=True)
            )
        widths = block.widths
        if extra and widths:
            widths = (*widths, 0.0)
        return Grid(
            label=label,
            caption=clean(block.caption),
            header=(*(clean(name) for name in block.header), *extra),
            rows=rows,
            align=block.align.ljust(len(block.header) + len(extra), "l"),
            widths=widths,
            header_column=block.header_column,
            total=block.total,
            notes=clean(block.notes),
            evidence=self.evidence.of(block),
        )

    def figure(self, block: Picture) -> Figure:
        label = self.label("Abbildung")
        opening = block.svg.partition(">")[0]
        size = {name: float(value) for name, value in _SIZE.findall(opening)}
        figure = Figure(
            label=label,
            title=clean(block.title),
            alt=clean(block.alt),
            svg=block.svg,
            width=size.get("width", 680.0),
            height=size.get("height", 400.0),
            evidence=self.evidence.of(block),
            twin=self.table(block.table, f"Werte zu {label}") if block.table else None,
        )
        self.figures.append(figure)
        return figure

    def twins(self) -> tuple[Line, ...]:
        twins = tuple(figure.twin for figure in self.figures if figure.twin)
        return (HeadingLine(TWINS, 1, "", "bilder-als-tabellen"), *twins) if twins else ()

    def long_evidence(self) -> tuple[Line, ...]:
        if not self.evidence.long:
            return ()
        lists = tuple(
            TextLine((Part(f"Beleg {number}: ", "strong"), Part(keys)), Evidence())
            for number, keys in enumerate(self.evidence.long, start=1)
        )
        return (HeadingLine(EVIDENCE, 1, "", "belege"), *lists)


def _keys(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(block.key)
        elif isinstance(block, Landscape):
            found += _keys(block.blocks)
    return found


def _anchor(key: str) -> str:
    return "k-" + re.sub(r"[^A-Za-z0-9_-]", lambda found: f"_{ord(found[0]):x}_", key)
