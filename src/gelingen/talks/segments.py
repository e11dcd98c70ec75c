"""Read a table of coded statements, as programs for qualitative analysis export it.

One line is a segment of a document with one code or several; the same segment may come in several
lines, one for each code. Of who coded it only the order of appearance is taken, never the name.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gelingen.errors import UserError
from gelingen.workbook.files import Grid, read_grids
from gelingen.workbook.folding import clean, clean_lines, fold
from gelingen.workbook.heads import cell_name
from gelingen.workbook.raw import means_nothing, shown

MOST = 5_000
_HEAD_WITHIN = 12
TEXT, DOCUMENT, CODE, CODER, SPEAKER, PLACE = (
    "text", "document", "code", "coder", "speaker", "place",
)  # fmt: skip
# Heads that mean a column, folded; exports of MAXQDA, ATLAS.ti, NVivo, f4 and QDA Miner among them.
HEADS: Mapping[str, frozenset[str]] = {
    TEXT: frozenset({
        "segment", "text", "aussage", "zitat", "zitat inhalt", "zitatinhalt", "quotation content",
        "coded segment", "coded segments", "codiertes segment", "codierte segmente", "inhalt",
        "textstelle", "fundstelle", "passage", "coded text", "kodierter text", "statement",
        "segmenttext", "zitattext", "content",
    }),
    DOCUMENT: frozenset({
        "dokument", "document", "dokumentname", "document name", "datei", "file", "quelle",
        "source", "gespraech", "interview", "transkript", "case", "fall",
    }),
    CODE: frozenset({
        "code", "codes", "kode", "kodes", "codename", "code name", "kategorie", "kategorien",
        "category", "node", "nodes", "thema", "themen", "themenfeld", "zielgruppe", "merkmal",
    }),
    CODER: frozenset({
        "coder", "kodierer", "codierer", "kodierer in", "bearbeiter", "bearbeitet von", "user",
        "benutzer", "kodiert von", "codiert von", "coded by", "erstellt von", "created by",
        "codierende", "kodierende",
    }),
    SPEAKER: frozenset({
        "sprecher", "sprecher in", "speaker", "funktion", "rolle", "wer sagt es",
        "wer sagt es funktion",
    }),
    PLACE: frozenset({"ort", "gemeinde", "gebiet", "kommune", "place"}),
}  # fmt: skip
_SEVERAL = re.compile(r"[\n;|]+")
_BELOW = re.compile(r"\s*(?:>|::|\\)\s*")


class NoSegmentsError(UserError):
    """The file holds no table of statements."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One statement of a table.

    Attributes:
        document: which talk it belongs to.
        text: what was said.
        codes: paths of codes, from the general to the special.
        coder: number of who coded it, from 1, in the order in which they appear.
        speaker: function that said it.
        place: where the talk was, in words.
        coded: whether the table says anything about codes; an empty cell says that none fits, a
            table without such a column says nothing.

    """

    document: str
    text: str
    codes: tuple[tuple[str, ...], ...]
    coder: int = 1
    speaker: str = ""
    place: str = ""
    coded: bool = True


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds: statements, and cells of lines that were left out, with the reason."""

    segments: tuple[Segment, ...]
    left_out: tuple[tuple[str, str], ...] = ()


def read_segments(path: Path) -> Read:
    """Read the statements of a file, each once for each coder.

    Args:
        path: an XLSX, ODS or CSV file; where it names no documents, the talk is called as it is.

    Raises:
        UnreadableFileError: the file is broken, encrypted, too large or hostile.
        NoSegmentsError: it holds no column of statements, or too many of them.

    """
    segments: list[Segment] = []
    left: list[tuple[str, str]] = []
    coders: dict[str, int] = {}
    tables = [(grid, *_head(grid)) for grid in read_grids(path) if grid.visible]
    if not any(columns for _, _, columns in tables):
        raise NoSegmentsError(
            "In dieser Datei fehlt die Spalte mit den Aussagen. Richtig wäre eine Kopfzeile mit "
            "„Dokument“, „Segment“ oder „Text“ und „Code“."
        )
    for grid, head, columns in tables:
        if columns:
            _read_grid(grid, head, columns, (path.stem, segments, left, coders))
    if len(segments) > MOST:
        raise NoSegmentsError(f"Die Tabelle hat mehr als {MOST} Aussagen. Bitte aufteilen.")
    if not segments:
        raise NoSegmentsError("Unter der Kopfzeile steht keine Aussage.")
    return Read(tuple(_joined(segments)), tuple(left))


Columns = Mapping[str, Sequence[int]]
_State = tuple[str, list[Segment], list[tuple[str, str]], dict[str, int]]


def _head(grid: Grid) -> tuple[int, Columns]:
    """Find the row of heads; no columns where there is none."""
    for row, cells in enumerate(grid.cells[:_HEAD_WITHIN]):
        found: dict[str, list[int]] = {}
        for column, cell in enumerate(cells):
            if name := _meaning(fold(shown(cell))):
                found.setdefault(name, []).append(column)
        if TEXT in found and len(found) > 1:
            return row, found
    return -1, {}


def _meaning(head: str) -> str:
    plain = re.sub(r" \d+$", "", head)
    return next((name for name, heads in HEADS.items() if plain in heads), "")


def _read_grid(grid: Grid, head: int, columns: Columns, state: _State) -> None:
    name, segments, left, coders = state

    def texts(row: int, of: str) -> list[str]:
        cells = (clean_lines(shown(grid.cells[row][one])) for one in columns.get(of, ()))
        return [text for text in cells if text and not means_nothing(text)]

    for row in range(head + 1, len(grid.cells)):
        said = " ".join(clean(one) for one in texts(row, TEXT))
        if not said:
            if any(shown(cell).strip() for cell in grid.cells[row]):
                left.append((cell_name(row, columns[TEXT][0]), "ohne Wortlaut"))
            continue
        coder = clean(next(iter(texts(row, CODER)), ""))
        segments.append(
            Segment(
                clean(next(iter(texts(row, DOCUMENT)), "")) or name,
                said,
                tuple(_paths(texts(row, CODE))),
                coders.setdefault(fold(coder), len(coders) + 1),
                clean(next(iter(texts(row, SPEAKER)), "")),
                clean(next(iter(texts(row, PLACE)), "")),
                coded=CODE in columns,
            )
        )


def _paths(cells: Sequence[str]) -> list[tuple[str, ...]]:
    """Take cells with codes apart: several by line or semicolon, special ones behind general."""
    paths = []
    for one in (part for cell in cells for part in _SEVERAL.split(cell)):
        path = tuple(clean(part) for part in _BELOW.split(one) if clean(part))
        if path and path not in paths:
            paths.append(path)
    return paths


def _joined(segments: Sequence[Segment]) -> list[Segment]:
    """Join lines of one statement and one coder: their codes belong together.

    The same words of two speakers are two statements. Where a line does not say who spoke, they are
    those of the first who said them.
    """
    speakers: dict[tuple[str, str], str] = {}
    for one in segments:
        if one.speaker:
            speakers.setdefault((fold(one.document), fold(one.text)), one.speaker)
    found: dict[tuple[str, str, str, int], Segment] = {}
    for one in segments:
        said = fold(one.document), fold(one.text)
        speaker = one.speaker or speakers.get(said, "")
        known = found.setdefault((*said, fold(speaker), one.coder), replace(one, speaker=speaker))
        found[*said, fold(speaker), one.coder] = replace(
            known,
            codes=tuple(dict.fromkeys((*known.codes, *one.codes))),
            place=known.place or one.place,
            coded=known.coded or one.coded,
        )
    return list(found.values())
