"""The page behind the link of an invitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache

from gelingen.access import invitations as access
from gelingen.access.policy import ROLES
from gelingen.web.account.forms import NewAccountForm
from gelingen.web.pages import attempt, page


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person make an account, or take the role into the one they have."""
    at = timezone.now()
    found = access.find_invitation(token, at=at)
    known = access.has_account(found)
    if known and request.method == "POST" and request.user.is_authenticated:
        tenant = access.accept_with_account(token=token, person=request.user, at=at)
        messages.success(request, f"Sie haben jetzt eine Rolle in {tenant}.")
        return redirect("today", tenant=tenant.key)
    form = None if known else NewAccountForm(request.POST or None)
    if form and request.method == "POST":
        given = {"token": token, "at": at}
        if attempt(form, access.accept_with_new_account, **given):
            messages.success(request, "Ihr Konto ist angelegt. Bitte melden Sie sich an.")
            return redirect("account_login")
    return page(
        request,
        "account/invitation.html",
        form=form,
        invitation=found,
        role=ROLES[found.role].label,
        mine=request.user.is_authenticated,
    )
