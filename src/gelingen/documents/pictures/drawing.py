"""The few shapes that all pictures are drawn from, as SVG text with escaped words."""

from html import escape

from gelingen.documents.clean import clean
from gelingen.documents.fonts import FAMILY, text_width

WIDTH = 680  # pixels; fills the width of an A4 page
INK, MUTED, LINE, PAPER = "#131525", "#51577a", "#c0c3d5", "#ffffff"
MONEY, GOOD, CAUTION, MISSING, INFO = "#2044aa", "#00664f", "#925400", "#c31c13", "#006b8c"
SMALL, TEXT = 11, 12

# How sure money is: one pattern each, so that no picture needs its colours.
PATTERNS = {
    "applied": (
        f'<rect width="8" height="8" fill="{PAPER}"/>'
        f'<path d="M-2 10 10 -2M2 14 14 2M-6 6 6 -6" stroke="{MONEY}" stroke-width="2.4"/>'
    ),
    "planned": (
        f'<rect width="8" height="8" fill="{PAPER}"/>'
        f'<circle cx="2" cy="2" r="1.3" fill="{MONEY}"/>'
        f'<circle cx="6" cy="6" r="1.3" fill="{MONEY}"/>'
    ),
    "unknown": f'<rect width="8" height="8" fill="{PAPER}"/>',
    "open": f'<rect width="8" height="8" fill="#fef0ee"/><path d="M0 4H8" stroke="{MISSING}"/>',
    "standing": (
        f'<rect width="8" height="8" fill="#dde3f7"/>'
        f'<path d="M0 0H8M0 4H8" stroke="{MONEY}" stroke-width="1.2"/>'
    ),
}
WORDS = {
    "secured": "gesichert",
    "applied": "beantragt",
    "planned": "geplant",
    "unknown": "unbekannt",
    "open": "offen",
    "standing": "Regelaufgabe",
}


def drawing(height: float, shapes: str, *, width: float = WIDTH) -> str:
    """Put shapes into a picture of fixed size, with the patterns they use."""
    patterns = "".join(
        f'<pattern id="p-{name}" width="8" height="8" patternUnits="userSpaceOnUse">{shape}'
        "</pattern>"
        for name, shape in PATTERNS.items()
        if f'"url(#p-{name})"' in shapes
    )
    defined = f"<defs>{patterns}</defs>" if patterns else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}" font-family="{FAMILY}">{defined}{shapes}</svg>'
    )


def words(  # noqa: PLR0913  (what words on a drawing need)
    x: float,
    y: float,
    text: str,
    *,
    size: float = TEXT,
    color: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """Write words with their baseline at (x, y)."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{color}" '
        f'text-anchor="{anchor}"{weight}>{escape(clean(text))}</text>'
    )


def box(x: float, y: float, width: float, height: float, state: str) -> str:
    """Draw a bar filled with the pattern of a state of money, with an edge."""
    # Plain colour instead of its pattern: tiles of one colour show seams in print.
    fill = MONEY if state == "secured" else f"url(#p-{state})"
    dashed = ' stroke-dasharray="4 3"' if state == "unknown" else ""
    edge = MISSING if state == "open" else MUTED if state == "unknown" else MONEY
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height:.1f}" '
        f'fill="{fill}" stroke="{edge}" stroke-width="1.2"{dashed}/>'
    )


def line(  # noqa: PLR0913  (two ends and how it looks)
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    color: str = LINE,
    width: float = 1,
    dash: str = "",
) -> str:
    """Draw a line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}" '
        f'stroke-width="{width:g}"{dashed}/>'
    )


def legend(x: float, y: float, states: list[str]) -> str:
    """Explain the patterns in use, in one line."""
    shapes = ""
    for state in states:
        shapes += box(x, y - 9, 18, 11, state) + words(x + 23, y, WORDS[state], size=SMALL)
        x += 23 + text_width(WORDS[state], SMALL) + 16
    return shapes


def shortened(text: str, width: float, size: float = TEXT, *, bold: bool = False) -> str:
    """Cut words that are wider than a space; the whole stands in the table of values."""
    if text_width(text, size, bold=bold) <= width:
        return text
    while text and text_width(f"{text}…", size, bold=bold) > width:
        text = text[:-1].rstrip()
    return f"{text}…"


def wrapped(
    text: str, width: float, size: float = TEXT, *, most: int = 3, bold: bool = False
) -> list[str]:
    """Break words into lines that fit a width; what does not fit the last line is cut."""
    rows: list[str] = []
    for word in text.split():
        if rows and text_width(f"{rows[-1]} {word}", size, bold=bold) <= width:
            rows[-1] = f"{rows[-1]} {word}"
        else:
            rows.append(word)
    if len(rows) > most:
        rows = [*rows[: most - 1], " ".join(rows[most - 1 :])]
    return [shortened(row, width, size, bold=bold) for row in rows]
