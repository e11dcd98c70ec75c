"""Pages of one's own account and the way in."""

from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gelingen.access.policy import ROLES, roles_held
from gelingen.access.queries import tenants_of
from gelingen.access.roles import choose_keys, end_sessions, sessions_of
from gelingen.config.day import today
from gelingen.web.account import forgotten
from gelingen.web.account.forms import KeysForm
from gelingen.web.pages import StaffRequest, page, tell


class SignIn(LoginView):  # type: ignore[misc]  # allauth has no types
    """Sign in; the page leads to a new password where anybody has one."""

    def get_context_data(self, **given: object) -> dict[str, object]:
        """Add whether somebody may ask for a new password."""
        return {**super().get_context_data(**given), "may_forget": forgotten.is_open()}


sign_in = SignIn.as_view()


@login_required
def account(request: StaffRequest) -> HttpResponse:
    """Show who has signed in and with which roles, and keep how the person works."""
    user = request.user
    sent = request.POST if request.method == "POST" else None
    form = KeysForm(sent, initial={"single_keys": user.single_keys})
    if request.method == "POST" and form.is_valid():
        choose_keys(user, single=form.cleaned_data["single_keys"])
        word = "springt zur Suche" if user.single_keys else "ist ausgeschaltet"
        tell(request, f"Gespeichert: Die Taste „/“ {word}.")
        return redirect("account")
    tenants_of(user, on=today())
    roles = [(f"Rolle in {one.tenant}", ROLES[one.role].label) for one in roles_held(user)]
    facts = [("Benutzername", user.username), ("E-Mail-Adresse", user.email), *roles]
    answer = f"Sie sind angemeldet als {user}."
    return page(request, "account/index.html", facts=facts, answer=answer, form=form)


@login_required
def sessions(request: StaffRequest) -> HttpResponse:
    """Show where the person is signed in, and end one or all of the other sessions."""
    here = request.session.session_key or ""
    if request.method == "POST":
        chosen = request.POST.get("sitzung", "")
        only = int(chosen) if chosen.isdecimal() else None
        ended = end_sessions(request.user, only=only, keep=here)
        tell(request, f"Beendete Anmeldungen: {ended}.")
        return redirect("sessions")
    found = sessions_of(request.user)
    return page(request, "account/sessions.html", found=found, here=here)


@login_required
def start(request: StaffRequest) -> HttpResponse:
    """Go to the first tenant of the person, or say that there is none."""
    held = tenants_of(request.user, on=today())
    if not held:
        return page(request, "account/no_tenant.html")
    return redirect("today", tenant=held[0].key)


def root(_request: HttpRequest) -> HttpResponse:
    """Go to the desk: there are no public pages yet."""
    return redirect("start")
