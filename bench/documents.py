"""A paper as large as a county's Masterplan, in three formats together."""

import resource
import time
from dataclasses import replace
from datetime import date

from gelingen.documents import (
    Block,
    Document,
    Format,
    Heading,
    KeyValues,
    Paragraph,
    Picture,
    Table,
    write,
)
from gelingen.documents.pictures import Bar, Stretch, timeline

CPU_SECONDS = 3.0
FORMATS: tuple[Format, ...] = ("html", "docx", "pdf")


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


def pictures(many: int = 10, bars: int = 10) -> tuple[Picture, ...]:
    stretches = (
        Stretch(None, date(2019, 1, 1), "secured"),
        Stretch(date(2019, 1, 1), None, "applied"),
    )
    name = "Koordination der Bildungsangebote im Landkreis"
    return tuple(
        picture
        for at in range(many)
        for picture in timeline(
            [Bar(f"{name} {number}", stretches) for number in range(bars)],
            starts=date(2016, 1, 1),
            ends=date(2021, 1, 1),
            on=date(2017, 6, 1),
            horizon=date(2020, 12, 31),
            title=f"Strukturen {at}",
        )
    )


def run() -> list[dict[str, object]]:
    document = large()
    document = replace(document, blocks=(*document.blocks, *pictures()))
    write(Document(title="warm", blocks=()), "pdf")
    lines: list[dict[str, object]] = []
    total = 0.0
    for fmt in FORMATS:
        start, busy = time.perf_counter(), _cpu()
        write(document, fmt)
        busy = _cpu() - busy
        total += busy
        seconds = round(time.perf_counter() - start, 3)
        case = f"Masterplan als {fmt.upper()}, 900 Zeilen, 150 Blätter, 10 Bilder"
        lines.append({"case": case, "seconds": seconds, "cpu": round(busy, 3), "goal": ""})
    lines.append(
        {
            "case": "alle drei Formate, Rechenzeit",
            "seconds": round(total, 3),
            "goal": f"unter {CPU_SECONDS:g} s",
            "met": total < CPU_SECONDS,
        }
    )
    return lines


def _cpu() -> float:
    """Give the seconds of computing so far, here and in the process that sets large papers."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)
