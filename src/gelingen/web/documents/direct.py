"""Papers that are written while the browser waits: short ones, of what is on the page."""

from django.http import HttpResponse

from gelingen.documents import Document, write
from gelingen.errors import NotFoundError
from gelingen.terms.vocabulary import PaperFormat, ShelfFormat
from gelingen.web.documents.views import MEDIA_TYPES


class UnknownFormatError(NotFoundError):
    """The paper cannot be had in this format."""


def require_format(fmt: str) -> None:
    """Refuse a format that papers are not written in, before anything is read."""
    if fmt not in set(PaperFormat):
        raise UnknownFormatError("Dieses Papier gibt es als PDF, DOCX und HTML.")


def hand_out_paper(document: Document, fmt: str, *, name: str) -> HttpResponse:
    """Write a paper and hand it out as a file; `name` is that of the file without its end.

    Raises:
        UnknownFormatError: there is no such format.

    """
    require_format(fmt)
    data = write(document, PaperFormat.of(fmt).value)  # type: ignore[arg-type]  # the same words
    answer = HttpResponse(data, content_type=MEDIA_TYPES[ShelfFormat.of(fmt)])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{fmt}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
