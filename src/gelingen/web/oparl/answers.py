"""What everybody's programs read, without an account: JSON, never a page."""

import json
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from gelingen.errors import NotFoundError, UserError
from gelingen.oparl.addresses import Addresses, type_of
from gelingen.oparl.asking import read_asked
from gelingen.oparl.public import Answer, GoneError, Public, ToWrite, endpoint_of
from gelingen.web.oparl.papers import Handed, written
from gelingen.web.pages import whole_address

if TYPE_CHECKING:
    from gelingen.register.models import Attachment

MEDIA_TYPE = "application/json; charset=utf-8"
_MISSING, _WRONG, _GONE = 404, 400, 410


def _json(content: dict[str, Any], status: int = 200) -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    answer = HttpResponse(text.encode(), content_type=MEDIA_TYPE, status=status)
    # Asked for by the specification: pages of others may read it in a browser.
    answer["Access-Control-Allow-Origin"] = "*"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _public(read: Callable[..., Answer]) -> Callable[..., HttpResponse]:
    """Answer what a function reads of a tenant; what goes wrong is JSON, too."""

    @require_safe
    @wraps(read)
    def answered(request: HttpRequest, tenant: str, **values: Any) -> HttpResponse:  # noqa: ANN401  parts of addresses
        try:
            found = read(request, _opened(request, tenant), **values)
        except NotFoundError as error:
            return _wrong(request, error, _MISSING)
        except UserError as error:
            return _wrong(request, error, _WRONG)
        return _kept(request, found)

    return answered


def _opened(request: HttpRequest, tenant: str) -> Public:
    endpoint = endpoint_of(tenant)
    root = reverse("oparl-system", kwargs={"tenant": endpoint.tenant_id})
    return Public(endpoint, Addresses(whole_address(request, root)))


def _wrong(request: HttpRequest, error: Exception, status: int) -> HttpResponse:
    said = {"type": type_of("Error"), "message": str(error), "debug": request.path}
    answer = _json(said, status)
    answer["Cache-Control"] = "no-store"
    return answer


def _kept(request: HttpRequest, found: Answer) -> HttpResponse:
    """Send nothing again that has not changed since."""
    answer = _json(found.content)
    mark = quote_etag(sha256(answer.content).hexdigest())
    at = int(found.modified.timestamp())
    answer["ETag"], answer["Last-Modified"] = mark, http_date(at)
    # Whoever fetches it keeps it, and asks each time whether it has changed.
    answer["Cache-Control"] = "public, no-cache"
    kept = get_conditional_response(request, etag=mark, last_modified=at, response=answer)
    if not isinstance(kept, HttpResponse):
        return answer
    kept["Access-Control-Allow-Origin"] = "*"
    return kept


@_public
def system(request: HttpRequest, of: Public) -> Answer:
    """Answer where a program begins to read."""
    del request
    return of.system()


@_public
def counties(request: HttpRequest, of: Public) -> Answer:
    """Answer the list of authorities: the one of the endpoint."""
    return of.counties(read_asked(request.GET.dict()))


@_public
def county(request: HttpRequest, of: Public, body: str) -> Answer:
    """Answer the authority itself."""
    del request
    if body != of.tenant.pk:
        raise NotFoundError("Diese Körperschaft gibt es hier nicht.")
    return of.county()


@_public
def listed(request: HttpRequest, of: Public, kind: str) -> Answer:
    """Answer a page of a list."""
    return of.listed(kind, read_asked(request.GET.dict()))


@_public
def meetings(request: HttpRequest, of: Public, number: int) -> Answer:
    """Answer a page of the meetings of a body."""
    return of.listed("meeting", read_asked(request.GET.dict()), within=number)


@_public
def one(request: HttpRequest, of: Public, kind: str, number: int) -> Answer:
    """Answer one object."""
    del request
    return of.one(kind, number)


@require_safe
def file(request: HttpRequest, tenant: str, number: int, *, download: bool) -> HttpResponseBase:
    """Hand out a public file: to be looked at, or to be kept."""
    try:
        found = _opened(request, tenant).file(number)
        handed = written(found) if isinstance(found, ToWrite) else _stored(found)
        mark = quote_etag(handed.mark)
        # Who has it already gets it neither written nor sent again.
        kept = get_conditional_response(request, etag=mark)
        answer = kept or _download(handed, as_attachment=download)
    except NotFoundError as error:
        return _wrong(request, error, _MISSING)
    except GoneError as error:
        return _wrong(request, error, _GONE)
    except FileNotFoundError:
        return _wrong(request, NotFoundError("Diese Datei ist hier verloren gegangen."), _MISSING)
    answer["X-Content-Type-Options"] = "nosniff"
    # Whatever is in it, it runs nothing here.
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["ETag"] = mark
    answer["Cache-Control"] = "public, no-cache"
    return answer


def _download(handed: Handed, *, as_attachment: bool) -> FileResponse:
    return FileResponse(
        handed.opened(),
        as_attachment=as_attachment,
        filename=handed.name,
        content_type=handed.media_type,
    )


def _stored(found: "Attachment") -> Handed:
    name = f"{found.title}{Path(str(found.file)).suffix}"
    return Handed(found.file.open, name, found.media_type, found.key)
