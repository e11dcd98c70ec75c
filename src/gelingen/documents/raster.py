"""Drawings as pixels, with the fonts of the program and nothing of the machine."""

import resvg_py

from gelingen.documents.fonts import FAMILY, picture_fonts


def as_png(svg: str) -> bytes:
    """Draw an SVG as PNG in its own size, on white."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=picture_fonts(),
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )
