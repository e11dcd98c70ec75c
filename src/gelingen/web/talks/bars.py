"""How often labels are mentioned, as a picture: a row for each, a bar for each kind of place."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gelingen.documents.pictures.drawing import shortened

WIDTH, NAMES, TOP, ROW, GAP = 1036, 250, 44, 28, 16
_TEXT = 13
_LETTERS = 78  # room behind a bar for "12 von 34"


@dataclass(frozen=True, slots=True)
class Part:
    """One bar: so many of so many statements."""

    number: int
    of: int

    @property
    def words(self) -> str:
        """Say the number."""
        return f"{self.number} von {self.of}"


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its bars, one for each column."""

    name: str
    parts: Sequence[Part]


def bars(columns: Sequence[str], rows: Sequence[Row], *, title: str) -> SafeString:
    """Draw the rows from top to bottom; a bar is the share of the statements of its column.

    Args:
        columns: heads from left to right.
        rows: each with as many parts.
        title: the name of the picture.

    """
    height = TOP + ROW * len(rows) + 6
    wide = (WIDTH - NAMES) / max(len(columns), 1)
    heads = "".join(
        f'<text class="tb" x="{NAMES + place * wide:.1f}" y="28">'
        f"{escape(shortened(head, wide - GAP, _TEXT))}</text>"
        for place, head in enumerate(columns)
    )
    lines = "".join(_row(row, TOP + ROW * place, wide) for place, row in enumerate(rows))
    told = (
        "Für jede Zeile ein Balken je Spalte: Anteil der Aussagen, die das nennen. Dieselben "
        "Zahlen stehen in der Tabelle darunter."
    )
    # Every word is escaped where it is put in.
    return mark_safe(  # noqa: S308
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
        f'viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="rf-t rf-d">'
        f'<title id="rf-t">{escape(title)}</title><desc id="rf-d">{told}</desc>{heads}'
        f'<line class="jahr" x1="0" x2="{WIDTH}" y1="{TOP - 6}" y2="{TOP - 6}"/>{lines}</svg>'
    )


def _row(row: Row, y: int, wide: float) -> str:
    room = wide - GAP - _LETTERS
    shapes = f'<text x="8" y="{y + 17}">{escape(shortened(row.name, NAMES - 24, _TEXT))}</text>'
    for place, part in enumerate(row.parts):
        x = NAMES + place * wide
        long = room * part.number / part.of if part.of else 0
        shapes += (
            f'<rect class="s-rand" x="{x:.1f}" y="{y + 4}" width="{room:.1f}" height="17"/>'
            f'<rect class="s-gesichert" x="{x:.1f}" y="{y + 4}" width="{long:.1f}" height="17"/>'
            f'<text class="t2" x="{x + room + 6:.1f}" y="{y + 17}">{part.words}</text>'
        )
    return shapes + f'<line class="gitter" x1="0" x2="{WIDTH}" y1="{y + ROW}" y2="{y + ROW}"/>'
