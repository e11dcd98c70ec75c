"""Reports on a plan: what became of it in a period, and what follows."""

from gelingen.reports.yearly.book import kept_content, write_book, written
from gelingen.reports.yearly.paper import (
    chapter_blocks,
    chapters_of,
    funder_report,
    municipality_extract,
    programmes,
    year_report,
)
from gelingen.reports.yearly.public import public_report, written_for_everybody
from gelingen.reports.yearly.told import Told, read_told

__all__ = [
    "Told",
    "chapter_blocks",
    "chapters_of",
    "funder_report",
    "kept_content",
    "municipality_extract",
    "programmes",
    "public_report",
    "read_told",
    "write_book",
    "written",
    "written_for_everybody",
    "year_report",
]
