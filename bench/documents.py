"""A paper as large as a county's Masterplan, in three formats together."""

import resource
import time

from gelingen.documents import Block, Document, Heading, KeyValues, Paragraph, Table, write

SECONDS, MEGABYTES = 5.0, 400.0


def large(structures: int = 300, needs: int = 300, measures: int = 150) -> Document:
    words = "Sprachkurs mit Kinderbetreuung für Mütter in der Volkshochschule"
    blocks: list[Block] = []
    for chapter, many in (
        ("Bestand", structures),
        ("Bedarfe", needs),
        ("Finanzierung", structures),
    ):
        rows = tuple(
            (f"{words} {n}", "Sprache und Bildung", "Träger", "bis 31.12.2019", f"{n * 37}")
            for n in range(many)
        )
        keys = tuple((f"{chapter[0]}-{n:03d}",) for n in range(many))
        header = ("Name", "Themenfeld", "Träger", "Ende", "EUR im Jahr")
        blocks += [Heading(chapter), Paragraph(words, frame=True)]
        blocks.append(Table(chapter, header, rows, align="llllr", row_records=keys))
    blocks.append(Heading("Maßnahmenblätter", number="A"))
    for n in range(measures):
        pairs = tuple((name, f"{words} {n}") for name in ("Ziel", "Träger", "Kosten", "Wirkung"))
        blocks += [Heading(f"Maßnahme {n}", level=2), KeyValues(pairs, records=(f"M-{n:03d}",))]
    return Document(title="Masterplan", blocks=tuple(blocks))


def run() -> list[dict[str, object]]:
    document = large()
    write(Document(title="warm", blocks=()), "pdf")
    lines: list[dict[str, object]] = []
    total = 0.0
    for fmt in ("html", "docx", "pdf"):
        start = time.perf_counter()
        write(document, fmt)  # type: ignore[arg-type]  # a tuple of the three literals
        seconds = time.perf_counter() - start
        total += seconds
        lines.append(_line(f"Masterplan {fmt}", seconds))
    return [*lines, _line("Masterplan in drei Formaten", total)]


def _line(name: str, seconds: float) -> dict[str, object]:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "name": name,
        "seconds": round(seconds, 3),
        "peak_mb": round(peak, 1),
        "goal": f"unter {SECONDS:g} s und {MEGABYTES:g} MB",
        "met": seconds < SECONDS and peak < MEGABYTES,
    }
