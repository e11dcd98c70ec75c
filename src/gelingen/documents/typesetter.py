"""Set papers by typst, here or apart: python typesetter.py TEMPLATE FONTS < JSON > PDF.

typst keeps what it has set; a paper of 170 pages leaves some 350 MB that a worker would hold until
it ends. So large papers are set apart. Run by its path and not as part of the package, so that
nothing else is loaded; therefore nothing of the package is imported here.
"""

import sys
from functools import cache
from pathlib import Path

import typst


def typeset(template: bytes, fonts: Path, text: str) -> bytes:
    """Set a paper as PDF/UA-1.

    Args:
        template: the typst source.
        fonts: folder with the font files; fonts of the system are not used.
        text: the paper as JSON, read by the template as `sys.inputs.document`.

    Raises:
        TypstError: the template cannot be set.

    """
    return typst.compile(
        template,
        font_paths=_fonts(fonts),
        ignore_system_fonts=True,
        sys_inputs={"document": text},
        pdf_standards="ua-1",
        timestamp=0,
    )


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


if __name__ == "__main__":
    source, folder = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2])
    _fonts(folder)  # while the text is still being made
    if given := sys.stdin.buffer.read().decode():  # none: nobody wants the paper any more
        sys.stdout.buffer.write(typeset(source, folder, given))
