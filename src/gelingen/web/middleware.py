"""Turn errors of the domain into answers, and keep whole pages out of parts of pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gelingen.errors import NotFoundError
from gelingen.web.pages import REFUSALS, sentence_of

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
        if isinstance(error, REFUSALS):
            sentence = sentence_of(error)
            answer = render(request, "422.html", {"sentence": sentence}, status=422)
            # Forms that were refused have the same status, and they do belong at their place.
            return _in_place_of_all(answer)
        return None


def _in_place_of_all(answer: HttpResponse) -> HttpResponse:
    """Tell htmx that this is a whole page."""
    answer["HX-Retarget"] = "body"
    answer["HX-Reswap"] = "outerHTML"
    return answer


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
            return _in_place_of_all(response)
        return response
