"""Fira Sans, the one typeface of all papers and pictures (OFL, as a package of its own)."""

from functools import cache
from pathlib import Path

import fontpkg_fira_sans

FAMILY = "Fira Sans"
_STYLES = ("Regular", "Italic", "SemiBold", "SemiBoldItalic")


def font_folder() -> Path:
    """Give the folder with the font files."""
    return Path(fontpkg_fira_sans.ROOT) / "files"


@cache
def font_files() -> tuple[Path, ...]:
    """Give the files of the four styles in use: 400 and 600, upright and italic."""
    return tuple(font_folder() / f"FiraSans-{style}.ttf" for style in _STYLES)
