"""The interface for programs: JSON, reading only; what goes wrong is JSON, too."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from gelingen.errors import NotFoundError
from gelingen.opendata import interface, openapi
from gelingen.opendata.asking import Asked, WrongQuestionError, read_asked
from gelingen.opendata.edition import written
from gelingen.opendata.files import JSON_TYPE
from gelingen.opendata.interface import Source
from gelingen.web.site.data_kept import kept, kept_unread
from gelingen.web.site.data_source import open_of, source_of

_READING = ("GET", "HEAD")
# What the answer follows from, "" if that is not frozen, and what makes it.
Told = tuple[str, Callable[[], dict[str, Any]]]
Reading = Callable[..., Told]


def _interface(read: Reading) -> Callable[..., HttpResponse]:
    """Answer what a function reads, or say in JSON why not."""

    @wraps(read)
    def answered(request: HttpRequest, **values: str) -> HttpResponse:
        if request.method not in _READING:
            answer = _wrong(405, "method_not_allowed", "Hier wird nur gelesen.")
            answer["Allow"] = ", ".join(_READING)
            return answer
        try:
            mark, make = read(request, **values)
            if mark:
                return kept_unread(request, mark, lambda: written(make()), JSON_TYPE)
            return kept(request, written(make()), JSON_TYPE)
        except WrongQuestionError as error:
            return _wrong(400, error.code, str(error), error.parameter)
        except NotFoundError as error:
            return _wrong(404, "not_found", str(error))

    return answered


def _wrong(status: int, code: str, message: str, parameter: str = "") -> HttpResponse:
    content = {"error": {"code": code, "message": message, "parameter": parameter}}
    answer = HttpResponse(written(content), content_type=JSON_TYPE, status=status)
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _asked(request: HttpRequest, resource: str) -> Asked:
    given = {name: [str(one) for one in values] for name, values in request.GET.lists()}
    return read_asked(given, interface.RESOURCES[resource].asked)


@_interface
def start(request: HttpRequest, tenant: str) -> Told:
    """Answer which lists there are."""
    source = source_of(request, tenant, None, "")
    return source.of.mark, lambda: interface.start(source)


@_interface
def description(request: HttpRequest, tenant: str) -> Told:
    """Answer how the interface is described."""
    found = open_of(request, tenant)[1]
    return found.mark, lambda: openapi.description(found)


@_interface
def listed(request: HttpRequest, tenant: str, resource: str) -> Told:
    """Answer a page of a list."""
    asked = _asked(request, resource)
    source = source_of(request, tenant, asked.edition, resource)
    return _mark(source, resource), lambda: interface.listed(source, resource, asked)


@_interface
def single(request: HttpRequest, tenant: str, resource: str, record: str) -> Told:
    """Answer one entry."""
    given = {name: [str(one) for one in values] for name, values in request.GET.lists()}
    asked = read_asked(given, (), alone=True)
    source = source_of(request, tenant, asked.edition, resource)
    return _mark(source, resource), lambda: interface.single(source, resource, record)


def _mark(source: Source, resource: str) -> str:
    """Give what a list follows from: an edition; which editions and news there are may change."""
    return "" if resource in {"editions", "news"} else source.of.mark


@_interface
def nowhere(request: HttpRequest, tenant: str, rest: str) -> Told:
    """Say that there is no such list."""
    del request, tenant, rest
    raise interface.UnknownResourceError("Diese Liste gibt es nicht. Alle stehen unter api/v1/.")
