"""Hand out a workbook as a file."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_file(content: bytes, name: str) -> HttpResponse:
    """Hand out a workbook under a name."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def written_workbook(write: Callable[[Path], object], name: str) -> HttpResponse:
    """Let a workbook be written at a place of its own, and hand it out under a name."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mappe.xlsx"
        write(path)
        return workbook_file(path.read_bytes(), name)
