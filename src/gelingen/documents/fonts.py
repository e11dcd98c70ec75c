"""Fira Sans, the one typeface of all papers and pictures (OFL, as a package of its own)."""

import struct
from functools import cache
from pathlib import Path

import fontpkg_fira_sans

FAMILY = "Fira Sans"
_UNKNOWN = 0.6  # em, for letters that Fira Sans does not have


def font_folder() -> Path:
    """Give the folder with the font files."""
    return Path(fontpkg_fira_sans.ROOT) / "files"


def picture_fonts() -> list[str]:
    """Give the font files that pictures use: 400 and 600 upright."""
    return [str(_file(bold=bold)) for bold in (False, True)]


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure how wide a line of text is, in the unit of the size, without kerning."""
    widths = _widths(bold=bold)
    return size * sum(widths.get(ord(letter), _UNKNOWN) for letter in text)


def has_shape(letter: str) -> bool:
    """Tell whether Fira Sans can show a letter; its cuts all have the same ones."""
    return ord(letter) in _widths(bold=False)


def _file(*, bold: bool) -> Path:
    return font_folder() / f"FiraSans-{'SemiBold' if bold else 'Regular'}.ttf"


@cache
def _widths(*, bold: bool) -> dict[int, float]:
    """Read the advance widths of a font, in em by code point (OpenType, tables cmap and hmtx)."""
    data = _file(bold=bold).read_bytes()
    tables = {}
    for number in range(struct.unpack_from(">H", data, 4)[0]):
        name, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        tables[name.decode()] = start
    em = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    advances = struct.unpack_from(">" + "Hh" * count, data, tables["hmtx"])[::2]
    return {
        code: advances[min(glyph, count - 1)] / em
        for code, glyph in _glyphs(data, tables["cmap"]).items()
    }


def _glyphs(data: bytes, start: int) -> dict[int, int]:
    """Read which glyph stands for which code point, from the subtable of format 4."""
    found: dict[int, int] = {}
    for number in range(struct.unpack_from(">H", data, start + 2)[0]):
        here = start + struct.unpack_from(">HHI", data, start + 4 + 8 * number)[2]
        if struct.unpack_from(">H", data, here)[0] == 4:  # noqa: PLR2004  (the format's number)
            found |= _segments(data, here)
    return found


def _segments(data: bytes, here: int) -> dict[int, int]:
    count = struct.unpack_from(">H", data, here + 6)[0] // 2
    form = f">{count}H"
    ends = struct.unpack_from(form, data, here + 14)
    starts = struct.unpack_from(form, data, here + 16 + 2 * count)
    deltas = struct.unpack_from(form, data, here + 16 + 4 * count)
    offsets = struct.unpack_from(form, data, here + 16 + 6 * count)
    found = {}
    for at, (first, last, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        for code in range(first, last + 1):
            if offset:
                place = here + 16 + 6 * count + 2 * at + offset + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0]
                found[code] = (glyph + delta) % 65536 if glyph else 0
            else:
                found[code] = (code + delta) % 65536
    return {code: glyph for code, glyph in found.items() if glyph}
