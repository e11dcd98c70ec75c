"""A document as HTML: a file of its own, or a fragment for a page under a strict policy."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files

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

CONTENTS_DEPTH = 2
_ALIGNED = {"l": "", "r": ' class="dok-zahl"', "c": ' class="dok-mitte"'}
# With the quotation mark, which no text of a drawing has unescaped.
_ID = re.compile(r'(\bid="|="url\(#|href="#)')


def write_html(printed: Printed) -> bytes:
    """Write a whole page in UTF-8 that needs nothing from outside and runs no script."""
    contents = _contents(printed) if printed.cover_page else ""
    body = "\n".join(_lines((*printed.body, *printed.annex), level=1))
    return (
        f'<!DOCTYPE html>\n<html lang="{printed.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(printed.title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        '<a class="dok-sprung" href="#inhalt">Zum Inhalt springen</a>\n'
        f"{_cover(printed)}{contents}"
        f'<main class="dok" id="inhalt" tabindex="-1">\n{body}\n</main>\n</body>\n</html>\n'
    ).encode()


def html_fragment(document: Document, *, level: int = 2) -> str:
    """Write the blocks for a page that has its own title, with classes only.

    There is no style attribute and no script, so a policy without 'unsafe-inline' may stay; the
    page links `document.css` or styles the classes `dok-…` itself.

    Args:
        document: the blocks; title and cover are left to the page.
        level: the rank of the topmost headings, 2 below the page's h1.

    """
    printed = lay_out(document)
    lines = _lines((*printed.body, *printed.annex), level=level - 1)
    return '<div class="dok">\n' + "\n".join(lines) + "\n</div>\n"


@cache
def _style() -> str:
    return files("gelingen.documents").joinpath("document.css").read_text(encoding="utf-8")


def _cover(printed: Printed) -> str:
    lines = [
        f'<p class="dok-{name}">{escape(text)}</p>'
        for name, text in (
            ("untertitel", printed.subtitle),
            ("fassung", printed.edition),
            ("stand", printed.date_line),
        )
        if text
    ]
    pairs = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>"
        for name, value in printed.cover
    )
    author = f'<p class="dok-haus">{escape(printed.author)}</p>' if printed.author else ""
    return (
        f'<header class="dok-titel">{author}<h1>{escape(printed.title)}</h1>{"".join(lines)}'
        f"{f'<dl>{pairs}</dl>' if pairs else ''}</header>\n"
    )


def _contents(printed: Printed) -> str:
    headings = [
        line
        for line in _flat((*printed.body, *printed.annex))
        if isinstance(line, HeadingLine) and line.level <= CONTENTS_DEPTH
    ]
    if not headings:
        return ""
    entries = "".join(
        f'<li class="dok-ebene-{line.level}"><a href="#{line.anchor}">{_numbered(line)}</a></li>'
        for line in headings
    )
    return (
        '<nav class="dok-inhalt" aria-labelledby="dok-inhalt"><h2 id="dok-inhalt">Inhalt</h2>'
        f"<ol>{entries}</ol></nav>\n"
    )


def _flat(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        if isinstance(line, Turned):
            yield from _flat(line.blocks)
        else:
            yield line


def _numbered(line: HeadingLine) -> str:
    number = f'<span class="dok-nr">{escape(line.number)}</span> ' if line.number else ""
    return number + escape(line.text)


def _lines(lines: tuple[Line, ...], *, level: int) -> Iterator[str]:
    for line in lines:
        yield _line(line, level)


def _line(line: Line, level: int) -> str:  # noqa: C901, PLR0911  (one return for each kind of line)
    match line:
        case HeadingLine():
            rank = min(line.level + level, 6)
            return f'<h{rank} id="{line.anchor}">{_numbered(line)}</h{rank}>'
        case TextLine():
            return f"<p>{_parts(line.parts)}{_beside(line.evidence)}</p>"
        case ListLines():
            return _list(line)
        case Grid():
            return _table(line)
        case Figure():
            return _figure(line)
        case Callout():
            return (
                f'<div class="dok-hinweis dok-hinweis--{line.tone}"><p><strong>'
                f"{escape(line.title)}</strong> {_parts(line.parts)}{_beside(line.evidence)}"
                "</p></div>"
            )
        case Pairs():
            return _pairs(line)
        case SmallLine():
            return f'<p class="dok-beleg">{escape(line.text)}</p>'
        case Break():
            return '<hr class="dok-seite">'
        case Turned():
            return "\n".join(_lines(line.blocks, level=level))


def _part(part: Part) -> str:
    text = escape(part.text)
    match part.style:
        case "strong":
            return f"<strong>{text}</strong>"
        case "emphasis":
            return f"<em>{text}</em>"
        case "ref":
            return f'<span class="dok-beleg">{text}</span>'
        case "link":
            return f'<a href="{escape(part.target)}">{text}</a>'
        case "text":
            return text


def _parts(parts: Parts) -> str:
    return "".join(_part(part) for part in parts)


def _beside(found: Evidence) -> str:
    records = f"[{escape(found.records)}]" if found.records else ""
    sources = f"Quelle: {escape(found.sources)}" if found.sources else ""
    both = " ".join(text for text in (records, sources) if text)
    return f' <small class="dok-beleg">{both}</small>' if both else ""


def _below(found: Evidence, notes: str = "") -> str:
    lines = (
        escape(notes),
        f"Quelle: {escape(found.sources)}" if found.sources else "",
        f"[{escape(found.records)}]" if found.records else "",
    )
    return "".join(f'<p class="dok-beleg">{line}</p>' for line in lines if line)


def _list(lines: ListLines) -> str:
    tag = "ol" if lines.ordered else "ul"
    return f"<{tag}>{''.join(map(_entry, lines.entries))}</{tag}>" + _below(lines.evidence)


def _entry(entry: ListEntry) -> str:
    below = _list(entry.below) if entry.below else ""
    return f"<li>{_parts(entry.parts)}{_beside(entry.evidence)}{below}</li>"


def _table(grid: Grid) -> str:
    sides = [_ALIGNED[letter] for letter in grid.align]
    header = "".join(
        f'<th scope="col"{side}>{escape(name)}</th>' if name else "<td></td>"
        for name, side in zip(grid.header, sides, strict=True)
    )
    rows = [_row(grid, row, sides) for row in grid.rows]
    foot = f'<tfoot class="dok-summe">{rows.pop()}</tfoot>' if grid.total and rows else ""
    caption = f"<strong>{escape(grid.label)}</strong> {escape(grid.caption)}"
    return (
        f'<div class="dok-rolle" role="region" tabindex="0" aria-label="{escape(grid.label)}">'
        f"<table><caption>{caption}</caption><thead><tr>{header}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody>{foot}</table></div>{_below(grid.evidence, grid.notes)}"
    )


def _row(grid: Grid, row: tuple[Parts, ...], sides: list[str]) -> str:
    cells = []
    for number, (cell, side) in enumerate(zip(row, sides, strict=True)):
        named = grid.header_column and number == 0
        tag, scope = ("th", ' scope="row"') if named else ("td", "")
        cells.append(f"<{tag}{scope}{side}>{_parts(cell)}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _pairs(line: Pairs) -> str:
    pairs = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{_parts(value)}</dd></div>" for name, value in line.pairs
    )
    return f'<dl class="dok-angaben">{pairs}</dl>{_below(line.evidence)}'


def _figure(line: Figure) -> str:
    prefix = re.sub(r"\W+", "-", line.label.lower())
    caption = f"<strong>{escape(line.label)}</strong> {escape(line.title)}"
    return (
        f'<figure class="dok-bild"><div class="dok-rolle" role="region" tabindex="0" '
        f'aria-label="{escape(line.label)}">{_drawing(line, prefix)}</div>'
        f"<figcaption>{caption}{_below(line.evidence)}</figcaption></figure>"
    )


def _drawing(line: Figure, prefix: str) -> str:
    """Make ids unique in the page and give the drawing its name and description."""
    svg = _ID.sub(lambda found: f"{found[1]}{prefix}-", line.svg)
    names = f' role="img" aria-labelledby="{prefix}-titel {prefix}-text"'
    words = (
        f'<title id="{prefix}-titel">{escape(line.title)}</title>'
        f'<desc id="{prefix}-text">{escape(line.alt)}</desc>'
    )
    opening, _, rest = svg.partition(">")
    return f"{opening}{names}>{words}{rest}"
