"""A link as QR code, drawn as SVG without styles or scripts: it stands on pages and on paper."""

import io

import segno

# A fifth of the code may be soiled or torn, as happens on a wall.
_CORRECTION = "q"
_QUIET = 4  # modules of white around it, as the standard demands


def qr_code(link: str) -> str:
    """Draw a link as an `<svg>` element, square and as large as it is told to be."""
    drawn = io.BytesIO()
    segno.make_qr(link, error=_CORRECTION).save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        border=_QUIET,
        light="#fff",
        dark="#000",
        omitsize=True,
        nl=False,
    )
    return drawn.getvalue().decode()
