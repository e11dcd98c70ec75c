"""Drawing SVG: escaped text in Fira Sans, plain shapes, patterns for print without colour."""

from html import escape
from textwrap import shorten

from gelingen.documents.clean import clean
from gelingen.documents.fonts import FAMILY, text_width

WIDTH = 680  # pixels: the width of the text on an upright A4 page, 0.25 mm each
INK, MUTED, FAINT, HAIR = "#131525", "#51577a", "#c0c3d5", "#e8e9ef"
BAND, PAPER = "#f3f4f7", "#ffffff"
MONEY, MISSING, CAUTION, GOOD, INFO = "#3a5eb9", "#c31c13", "#925400", "#007155", "#006b8c"
SMALL, NORMAL = 11.0, 12.0


class Drawing:
    """An SVG picture in the making; all measures in pixels."""

    def __init__(self, height: float, width: float = WIDTH) -> None:
        """Begin with white paper."""
        self.width, self.height = width, height
        self._patterns: dict[str, str] = {}
        self._shapes: list[str] = []
        self.rect(0, 0, width, height, fill=PAPER)

    def rect(  # noqa: PLR0913  (a rectangle has these measures)
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        line: str = "",
        thick: float = 1.0,
        dashed: str = "",
    ) -> None:
        """Draw a rectangle."""
        self._shapes.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(height)}" '
            f'fill="{fill}"{_stroke(line, thick, dashed)}/>'
        )

    def line(  # noqa: PLR0913
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        line: str = FAINT,
        thick: float = 1.0,
        dashed: str = "",
    ) -> None:
        """Draw a straight line."""
        self._shapes.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
            f"{_stroke(line, thick, dashed)}/>"
        )

    def circle(  # noqa: PLR0913
        self,
        x: float,
        y: float,
        radius: float,
        *,
        fill: str = "none",
        line: str = "",
        thick: float = 1.0,
        dashed: str = "",
    ) -> None:
        """Draw a circle."""
        self._shapes.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}"'
            f"{_stroke(line, thick, dashed)}/>"
        )

    def path(self, steps: str, *, fill: str = "none", line: str = "", thick: float = 1.0) -> None:
        """Draw a path given in the language of SVG."""
        self._shapes.append(f'<path d="{steps}" fill="{fill}"{_stroke(line, thick, "")}/>')

    def text(  # noqa: PLR0913
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = NORMAL,
        colour: str = INK,
        bold: bool = False,
        anchor: str = "start",
        halo: bool = False,
    ) -> None:
        """Write one line of text; with a halo it stays readable on lines."""
        weight = ' font-weight="600"' if bold else ""
        side = f' text-anchor="{anchor}"' if anchor != "start" else ""
        look = f'x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}"{weight}{side}'
        shown = escape(clean(words))
        if halo:
            # Below, not around: SVG's paint-order is not understood by every reader.
            wide = text_width(words, size, bold=bold) + 4
            left = {"middle": x - wide / 2, "end": x - wide + 2}.get(anchor, x - 2)
            self.rect(left, y - size * 0.85, wide, size * 1.1, fill=PAPER)
        self._shapes.append(f'<text {look} fill="{colour}">{shown}</text>')

    def pattern(self, name: str, colour: str, ground: str = PAPER) -> str:
        """Give the fill for a pattern: "stripes", "dots", "level" or "cross"."""
        identity = f"{name}-{colour[1:]}-{ground[1:]}"
        size, marks, turned = _PATTERNS[name]
        turn = f' patternTransform="rotate({turned})"' if turned else ""
        self._patterns[identity] = (
            f'<pattern id="{identity}" width="{size}" height="{size}" '
            f'patternUnits="userSpaceOnUse"{turn}><rect width="{size}" height="{size}" '
            f'fill="{ground}"/>{marks.replace("COLOUR", colour)}</pattern>'
        )
        return f"url(#{identity})"

    def svg(self) -> str:
        """Give the whole picture."""
        patterns = "".join(self._patterns.values())
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(self.width)}" '
            f'height="{_n(self.height)}" viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'font-family="{FAMILY}, sans-serif">{f"<defs>{patterns}</defs>" if patterns else ""}'
            f"{''.join(self._shapes)}</svg>"
        )


_PATTERNS = {
    "stripes": ("7", '<line x1="1.5" y1="0" x2="1.5" y2="7" stroke="COLOUR" stroke-width="2.6"/>', 45),
    "dots": ("6", '<circle cx="3" cy="3" r="1.15" fill="COLOUR"/>', 0),
    "level": ("8", '<line x1="0" y1="6" x2="8" y2="6" stroke="COLOUR" stroke-width="1"/>', 0),
    "cross": (
        "9",
        '<path d="M0 0H9M0 0V9" stroke="COLOUR" stroke-width="1" fill="none"/>',
        45,
    ),
}


def cut(words: str, room: float, size: float = NORMAL, *, bold: bool = False) -> str:
    """Shorten a text to a room in pixels, with three dots at the end."""
    words = clean(words)
    if text_width(words, size, bold=bold) <= room:
        return words
    while words and text_width(f"{words} …", size, bold=bold) > room:
        words = words[:-1]
    return f"{words.rstrip()} …"


def wrap(  # noqa: PLR0913
    words: str, room: float, size: float = NORMAL, *, bold: bool = False, lines: int = 3
) -> list[str]:
    """Break a text into lines that fit a room in pixels; the last one is shortened."""
    found: list[str] = []
    rest = clean(words).split()
    while rest and len(found) < lines - 1:
        take = 1
        while take < len(rest) and text_width(" ".join(rest[: take + 1]), size, bold=bold) <= room:
            take += 1
        found.append(cut(" ".join(rest[:take]), room, size, bold=bold))
        rest = rest[take:]
    return [*found, cut(" ".join(rest), room, size, bold=bold)] if rest else found


def named(words: str, most: int = 60) -> str:
    """Shorten a name for a description."""
    return shorten(clean(words), most, placeholder=" …")


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _stroke(line: str, thick: float, dashed: str) -> str:
    if not line:
        return ""
    dashes = f' stroke-dasharray="{dashed}"' if dashed else ""
    return f' stroke="{line}" stroke-width="{_n(thick)}"{dashes}'
