"""Turn errors of the domain into answers, and keep whole pages out of parts of pages."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gelingen.errors import NotFoundError, UserError

Next = Callable[[HttpRequest], HttpResponse]


class DomainErrors:
    """Answer NotFoundError as 404 and other errors fit for users as 422 with their sentence.

    So is a rule of the records that is broken where no form is there to say it.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Say what is missing or refused, and leave all other errors alone."""
        if isinstance(error, NotFoundError):
            return render(request, "404.html", {"sentence": str(error)}, status=404)
        if isinstance(error, UserError):
            return render(request, "422.html", {"sentence": str(error)}, status=422)
        if isinstance(error, ValidationError):
            sentence = " ".join(error.messages)
            return render(request, "422.html", {"sentence": sentence}, status=422)
        return None


class WholePages:
    """Show sign-in and error pages as pages, also where htmx asked for a part of one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Correct the answer where htmx would place it wrongly."""
        response = self.get_response(request)
        if not getattr(request, "htmx", False):
            return response
        if response.status_code == 302:  # noqa: PLR2004 - a status of HTTP
            moved = HttpResponse(status=200)
            moved["HX-Redirect"] = response["Location"]
            moved.cookies = response.cookies
            return moved
        if response.status_code in {400, 403, 404, 429, 500}:
            response["HX-Retarget"] = "body"
            response["HX-Reswap"] = "outerHTML"
        return response
