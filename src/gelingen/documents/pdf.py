"""A document as PDF/UA-1, set by typst."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import typst

from gelingen.documents.fonts import font_folder, has_shape
from gelingen.documents.model import Block, Document, Landscape, Table
from gelingen.documents.printed import (
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
    Printed,
    SmallLine,
    TextLine,
    Turned,
)
from gelingen.documents.typesetter import typeset
from gelingen.documents.widths import column_widths

_HERE = Path(__file__).parent
_TEMPLATE = _HERE / "paper.typ"
LARGE = 200  # blocks and rows of tables, some 40 pages of text
MILLIMETRES_PER_PIXEL = 0.25
_PAGE = (170.0, 225.0)
_TURNED_PAGE = (257.0, 135.0)
_LONG_ROW = 700  # letters in one cell from which on a row may break across pages
LATIN = 0x17F  # the last letter of Western and Central European languages
_BREAK = "\u200b"
_LONG_WORD = re.compile(r"[^\s\u200b]{41,}")
_LONG_KEY = re.compile(r"\S{13,}")
_KEY_PART = re.compile(r"[^_|;-]{0,11}[_|;-]|[^_|;-]{1,12}")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def pdf_text(printed: Printed) -> str:
    """Give what a typesetter sets as PDF/UA-1 with cover, contents, running head, page numbers.

    Letters that no font at hand can show become a box; their number is kept.
    """
    text = json.dumps(_paper(printed), ensure_ascii=False)
    for letter in _unprintable(text):
        text = text.replace(letter, "□")
    return text


@contextmanager
def typesetter(document: Document) -> Iterator[Callable[[str], bytes]]:
    """Make ready what sets the text of a document; the same text gives the same bytes.

    A large paper is set in a process of its own, which begins at once and loads what it needs while
    the text is made, and gives back its memory. Either way no lock of Python is held.
    """
    if _lines(document.blocks) < LARGE or not sys.executable:
        yield partial(typeset, _TEMPLATE.read_bytes(), font_folder())
        return
    command = [sys.executable, "-I", *map(str, (_HERE / "typesetter.py", _TEMPLATE, font_folder()))]
    with subprocess.Popen(  # noqa: S603  (own file; nothing of the paper is in the command)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield partial(_typeset_apart, process)


def _typeset_apart(process: subprocess.Popen[bytes], text: str) -> bytes:
    pdf, _ = process.communicate(text.encode())
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return pdf


def _lines(blocks: Iterable[Block]) -> int:
    """Count blocks and the rows of tables."""
    return sum(
        _lines(block.blocks)
        if isinstance(block, Landscape)
        else 1 + (len(block.rows) if isinstance(block, Table) else 0)
        for block in blocks
    )


def _unprintable(text: str) -> list[str]:
    """Ask typst for which letters beyond those of the own typeface no other one has a shape."""
    beyond = {letter for letter in set(text) if ord(letter) > LATIN} - {_BREAK}
    rare = sorted(letter for letter in beyond if not has_shape(letter))
    if not rare:
        return []
    probe = (
        '#set document(title: "-")\n#set text(font: ("Fira Sans", "DejaVu Sans Mono"))\n'
        "#for letter in json(bytes(sys.inputs.document)) { par(letter) }"
    )
    try:
        typeset(probe.encode(), font_folder(), json.dumps(rare))
    except typst.TypstError as error:
        found = _MISSING.findall(error.diagnostic)
        shown = {_ESCAPED.sub(lambda code: chr(int(code[1], 16)), name) for name in found}
        return [letter for letter in rare if any(letter in name for name in shown)]
    return []


def _paper(printed: Printed) -> dict[str, object]:
    return {
        "title": printed.title,
        "running": printed.title,
        "subtitle": printed.subtitle,
        "author": printed.author,
        "date_line": printed.date_line,
        "edition": printed.edition,
        "cover": [[_soft(name), _soft(value)] for name, value in printed.cover],
        "cover_page": printed.cover_page,
        "body": [_line(line, _PAGE) for line in printed.body],
        "annex": [_line(line, _PAGE) for line in printed.annex],
    }


def _line(line: Line, page: tuple[float, float]) -> dict[str, object]:
    values: dict[str, object] = {"kind": line.kind}
    match line:
        case HeadingLine():
            values |= {"text": _soft(line.text), "level": line.level}
            return values | {"number": line.number, "anchor": line.anchor}
        case ListLines():
            return values | _list(line)
        case Grid():
            values |= _table(line, page[0])
        case Figure():
            scale = min(1.0, page[0] / _wide(line), page[1] / (_high(line) or 1.0))
            values |= {"label": line.label, "title": _soft(line.title), "alt": line.alt}
            values |= {"svg": line.svg, "width": _wide(line) * scale}
        case Callout():
            values |= {"tone": line.tone, "title": line.title, "parts": _parts(line.parts)}
        case TextLine():
            values["parts"] = _parts(line.parts)
        case Pairs():
            values["pairs"] = [[_soft(name), _parts(value)] for name, value in line.pairs]
        case SmallLine():
            return values | {"text": _soft(line.text)}
        case Turned():
            return values | {"blocks": [_line(inner, _TURNED_PAGE) for inner in line.blocks]}
        case _:
            return values
    return values | {"evidence": _evidence(line.evidence)}


def _wide(figure: Figure) -> float:
    return figure.width * MILLIMETRES_PER_PIXEL


def _high(figure: Figure) -> float:
    return figure.height * MILLIMETRES_PER_PIXEL


def _list(lines: ListLines) -> dict[str, object]:
    entries = [
        {
            "parts": _parts(entry.parts),
            "evidence": _evidence(entry.evidence),
            "below": _list(entry.below) if entry.below else None,
        }
        for entry in lines.entries
    ]
    return {"ordered": lines.ordered, "entries": entries, "evidence": _evidence(lines.evidence)}


def _table(grid: Grid, room: float) -> dict[str, object]:
    rows = [
        {
            "cells": [_cell(cell) for cell in row],
            "long": any(sum(len(part.text) for part in cell) > _LONG_ROW for cell in row),
        }
        for row in grid.rows
    ]
    return {
        "label": grid.label,
        "caption": _soft(grid.caption),
        "header": [_soft(name) for name in grid.header],
        "rows": rows,
        "columns": column_widths(grid, room),
        "align": grid.align,
        "header_column": grid.header_column,
        "total": grid.total,
        "notes": _soft(grid.notes),
    }


def _evidence(found: Evidence) -> dict[str, str]:
    return {"records": _keys(found.records), "sources": _soft(found.sources)}


def _cell(parts: Parts) -> object:
    """Give mere words as one text: a long table is set faster and with less memory."""
    if all(part.style == "text" for part in parts):
        return _soft("".join(part.text for part in parts))
    return _parts(parts)


def _parts(parts: Parts) -> list[object]:
    return [_part(part) for part in parts]


def _part(part: Part) -> object:
    if part.style == "text":
        return _soft(part.text)
    text = _keys(part.text) if part.style == "ref" else _soft(part.text)
    return {"style": part.style, "text": text, "target": part.target}


def _soft(text: str) -> str:
    """Allow a break after every 20 letters of a word that is too long for any line."""
    return _LONG_WORD.sub(lambda word: _BREAK.join(re.findall(".{1,20}", word[0])), text)


def _keys(text: str) -> str:
    """Allow breaks at the joints of long keys, and within parts too long for a narrow column."""
    return _LONG_KEY.sub(lambda key: _BREAK.join(_KEY_PART.findall(key[0])), text)
