"""A host of its own for a public site: there its pages stand at "/", elsewhere below "/<tenant>/".

The address table knows the second form alone. On a host of a site the key of its tenant is put
before what was asked for, and taken away again where addresses are shown.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils.http import escape_leading_slashes

from gelingen.web.pages import whole_address

Next = Callable[[HttpRequest], HttpResponse]


def tenant_at(host: str) -> str:
    """Give the key of the tenant whose site a host shows; "" if it shows none."""
    hosts: dict[str, str] = settings.SITE_HOSTS
    return hosts.get(host.partition(":")[0].casefold(), "") if hosts else ""


def site_path(request: HttpRequest, path: str) -> str:
    """Give the path of a page of a site as it is called on the host of the request.

    Args:
        request: the request.
        path: as the address table writes it: "/09473/ziele/".

    """
    tenant = tenant_at(request.get_host())
    return path.removeprefix(f"/{tenant}") if tenant and path.startswith(f"/{tenant}/") else path


def site_address(request: HttpRequest, tenant: str, path: str) -> str:
    """Give the one whole address of a page of a site, whichever way it was asked for.

    Args:
        request: the request.
        tenant: key of the tenant whose site it is.
        path: as the address table writes it.

    """
    own = next((host for host, key in settings.SITE_HOSTS.items() if key == tenant), "")
    if not own:
        return whole_address(request, path)
    scheme = "https" if settings.ENCRYPTED else request.scheme
    _, _, port = request.get_host().partition(":")
    port = f":{port}" if port and not settings.ENCRYPTED else ""
    return f"{scheme}://{own}{port}{path.removeprefix(f'/{tenant}')}"


class SiteHosts:
    """Show the site of a tenant at "/" of its own host; what else is asked for there stays."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put the key of the tenant before what belongs to its site."""
        tenant = tenant_at(request.get_host()) if settings.SITE_HOSTS else ""
        if not tenant:
            return self.get_response(request)
        path = request.path_info
        if path.startswith(f"/{tenant}/"):
            rest = request.get_full_path().replace(f"/{tenant}/", "/", 1)
            return HttpResponsePermanentRedirect(escape_leading_slashes(rest))
        foreign = path.removeprefix("/").partition("/")[0].isdecimal()
        if path == "/" or foreign or not is_valid_path(path):
            request.path_info = f"/{tenant}{path}"
        return self.get_response(request)
