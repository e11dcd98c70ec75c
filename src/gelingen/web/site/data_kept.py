"""Answers that are kept by whoever fetches them, and asked for again with what they know."""

from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

_RELEASE = version("gelingen")


def kept(request: HttpRequest, content: bytes, media_type: str) -> HttpResponse:
    """Answer with a file that everybody may have; what has not changed is not sent again.

    Pages of others may read it in a browser, and nothing in it runs here.
    """
    return _answer(request, _marked(content), lambda: content, media_type)


def kept_unread(
    request: HttpRequest, mark: str, write: Callable[[], bytes], media_type: str
) -> HttpResponse:
    """Answer likewise with what follows from a mark alone: what is still right is not even written.

    Args:
        request: the request; its address tells what is asked for.
        mark: of what the content is made from, without this program.
        write: writes the content.
        media_type: of the content.

    """
    told = f"{_RELEASE}\n{request.get_full_path()}\n{mark}"
    return _answer(request, _marked(told.encode()), write, media_type)


def _marked(content: bytes) -> str:
    return quote_etag(sha256(content).hexdigest()[:32])


def _answer(
    request: HttpRequest, mark: str, write: Callable[[], bytes], media_type: str
) -> HttpResponse:
    answer = HttpResponse(content_type=media_type)
    answer["ETag"] = mark
    answer["Cache-Control"] = "public, max-age=300"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    found = get_conditional_response(request, etag=mark, response=answer)
    if isinstance(found, HttpResponse) and found is not answer:
        answer = found
    else:
        answer.content = write()
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
