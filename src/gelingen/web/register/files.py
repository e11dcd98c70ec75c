"""Hand out an attached file to whoever was found to see it."""

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.http import FileResponse

from gelingen.errors import NotFoundError

if TYPE_CHECKING:
    from gelingen.register.models import Attachment


class LostFileError(NotFoundError):
    """The file is known and not on the server."""


def hand_out_file(found: "Attachment") -> FileResponse:
    """Hand out a file under its title, as a download, never to be shown inside a page.

    Raises:
        LostFileError: it is not on the server.

    """
    try:
        content = found.file.open()
    except FileNotFoundError:
        said = "Diese Datei fehlt auf dem Server. Bitte noch einmal anhängen."
        raise LostFileError(said) from None
    name = f"{found.title}{PurePath(str(found.file)).suffix}"
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=found.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
