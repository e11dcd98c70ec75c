"""What every view does in the same way: ask who it is, show a page, try a command, be done."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from gelingen.access.models import Tenant, User
from gelingen.access.queries import tenants_of
from gelingen.config.day import today
from gelingen.errors import NotFoundError, UserError

P = ParamSpec("P")
BACK = "zurueck"
REFUSALS = (UserError, ValidationError)


class UnknownTenantError(NotFoundError):
    """There is no such tenant, or the person holds no role in it."""


class StaffRequest(HttpRequest):
    """A request of a person who has signed in, for one tenant."""

    user: User
    htmx: HtmxDetails
    tenant: Tenant
    tenants: list[Tenant]


def staff(
    view: Callable[Concatenate[StaffRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Let only signed-in people with a role in the tenant of the address reach a view.

    The view gets `request.tenant` and `request.tenants` (all of the person, by name) and no longer
    the key. Costs one query.
    """

    @login_required
    @wraps(view)
    def guarded(request: StaffRequest, tenant: str, **values: object) -> HttpResponseBase:
        request.tenants = tenants_of(request.user, on=today())
        held = [one for one in request.tenants if one.key == tenant]
        if not held:
            raise UnknownTenantError("Diesen Mandanten gibt es nicht, oder er ist nicht Ihrer.")
        request.tenant = held[0]
        # That the address table fits the view, no type can say.
        return view(request, **values)  # type: ignore[arg-type, call-arg]

    return guarded


def address(request: HttpRequest, name: str, **values: object) -> str:
    """Address of a page of the request's tenant by its name in the address table."""
    tenant: Tenant = request.tenant  # type: ignore[attr-defined]  # set by `staff`
    return _address(get_script_prefix(), name, tenant=tenant.key, **values)


@lru_cache(maxsize=10_000)
def _address(prefix: str, name: str, **values: object) -> str:
    """Find an address once: the table of addresses never changes, and pages show hundreds."""
    del prefix  # part of what is found
    return reverse(name, kwargs=values)


def whole_address(request: HttpRequest, path: str) -> str:
    """Address of a page as a mail carries it: under the origin that is set, if one is."""
    origin: str = settings.ENV.origin
    return origin.rstrip("/") + path if origin else request.build_absolute_uri(path)


def page(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    """Render a page; of "lines.html#rows", htmx gets only the part named rows.

    A refused form answers with status 422, which htmx shows and caches do not keep.
    """
    whole, _, part = template.partition("#")
    form = context.get("form")
    refused = isinstance(form, BaseForm) and request.method == "POST" and not form.is_valid()
    asked: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # set by its middleware
    name = template if part and asked and not asked.boosted else whole
    return render(request, name, context, status=422 if refused else 200)


def attempt(form: BaseForm, command: Callable[..., object], **arguments: object) -> bool:
    """Run a command with the values of a form; what it refuses goes back into the form."""
    if not form.is_valid():
        return False
    try:
        command(**arguments, **form.cleaned_data)
    except REFUSALS as error:
        form.add_error(None, sentence_of(error))
        return False
    return True


def sentence_of(error: Exception) -> str:
    """Say in one line why a command refused: its own error, or rules of the records."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def tell(request: HttpRequest, message: str, *, undo: str = "") -> None:
    """Confirm a change on the next page; `undo` is the undertaking that can be taken back."""
    messages.success(request, message, extra_tags=undo)


def came_from(request: HttpRequest, otherwise: str) -> str:
    """Address to go back to: where the person came from, if that is one of our pages."""
    given = request.POST.get(BACK) or request.GET.get(BACK) or ""
    ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if ours else otherwise


def form_of(here: str) -> str:
    """Name a form by its address, with all that is asked for; the way back is no part of it."""
    path, _, query = here.partition("?")
    asked = sorted(pair for pair in parse_qsl(query) if pair[0] != BACK)
    return f"{path}?{urlencode(asked)}" if asked else path


def done(
    request: HttpRequest, message: str, *, to: str, undo: str = "", **values: object
) -> HttpResponse:
    """Confirm a change and go on to another page of the tenant."""
    tell(request, message, undo=undo)
    return HttpResponseRedirect(address(request, to, **values))
