"""Answers that are kept by whoever fetches them, and asked for again with what they know."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def kept(request: HttpRequest, content: bytes, media_type: str) -> HttpResponse:
    """Answer with a file that everybody may have; what has not changed is not sent again.

    Pages of others may read it in a browser, and nothing in it runs here.
    """
    answer = HttpResponse(content, content_type=media_type)
    mark = quote_etag(sha256(content).hexdigest()[:32])
    answer["ETag"] = mark
    answer["Cache-Control"] = "public, max-age=300"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    found = get_conditional_response(request, etag=mark, response=answer)
    same = found if isinstance(found, HttpResponse) else answer
    same["Access-Control-Allow-Origin"] = "*"
    same["X-Content-Type-Options"] = "nosniff"
    return same
