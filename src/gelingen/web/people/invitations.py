"""Invite people, show and withdraw open invitations."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.access import invitations as access
from gelingen.access.policy import ROLES
from gelingen.access.rights import organisations_to_choose
from gelingen.config.day import today
from gelingen.jobs import send_mail
from gelingen.post.commands import can_send, post
from gelingen.post.letters import Letter
from gelingen.web.pages import StaffRequest, attempt, done, page, staff, whole_address
from gelingen.web.people.forms import InviteForm
from gelingen.web.people.tabs import manages_people, tabs

if TYPE_CHECKING:
    from gelingen.access.models import Invitation


@staff
def invitations(request: StaffRequest) -> HttpResponse:
    """Show open invitations with their links, and make a new one."""
    at = timezone.now()
    may_manage = manages_people(request)
    found = access.open_invitations(request.user, request.tenant, at=at)
    form = None
    if may_manage:
        choices = organisations_to_choose(request.user, request.tenant)
        form = InviteForm(request.POST or None, organisations=choices)
        given = {"actor": request.user, "tenant": request.tenant, "on": today(), "at": at}
        if request.method == "POST" and attempt(form, access.invite, **given):
            return _invited(request, form.cleaned_data["email"])
    return page(
        request,
        "people/invitations.html",
        tabs=tabs(request, "invitations"),
        form=form,
        rows=[_row(request, one, may_manage=may_manage) for one in found],
        mails=can_send(),
        days=access.LASTS.days,
    )


def _row(request: StaffRequest, one: "Invitation", *, may_manage: bool) -> dict[str, object]:
    role = ROLES[one.role].label
    return {
        "number": one.pk,
        "email": one.email,
        "role": f"{role} für {one.organisation}" if one.organisation else role,
        "expires": one.expires,
        "by": one.invited_by,
        "link": _link(request, one) if may_manage else "",
    }


def _link(request: StaffRequest, one: "Invitation") -> str:
    return whole_address(request, reverse("invitation", kwargs={"token": access.token_of(one)}))


def _invited(request: StaffRequest, email: str) -> HttpResponse:
    """Send the link where mail can be sent; without, it stands in the list to copy.

    It never waits in the outbox, which people see who may not invite.
    """
    at = timezone.now()
    found = access.open_invitations(request.user, request.tenant, at=at)
    one = next(one for one in found if one.email == email.strip().lower())
    if not can_send():
        told = f"Eingeladen: {one.email}. Bitte geben Sie den Verweis unten selbst weiter."
        return done(request, told, to="invitations")
    post(
        tenant=request.tenant,
        to=one.email,
        letter=_letter(request, one),
        why=f"Einladung: {ROLES[one.role].label}",
        at=at,
        link=_link(request, one),
    )
    send_mail.enqueue()
    return done(request, f"Eingeladen: {one.email}. Die Nachricht geht ab.", to="invitations")


def _letter(request: StaffRequest, one: "Invitation") -> Letter:
    work = (
        f"Sie sind eingeladen, im Programm Gelingen für {request.tenant} mitzuarbeiten. "
        f"Ihre Rolle: {ROLES[one.role].label}."
    )
    until = (
        f"Der Verweis gilt bis {timezone.localtime(one.expires):%d.%m.%Y, %H:%M} Uhr "
        "und nur einmal. Bitte geben Sie ihn nicht weiter."
    )
    return Letter(
        subject=f"Einladung: Integration steuern, {request.tenant}",
        before=("Guten Tag,", work),
        link_label="Einladung annehmen",
        after=(until,),
        sender=str(request.tenant),
    )


@require_POST
@staff
def withdraw(request: StaffRequest, number: int) -> HttpResponse:
    """Withdraw an open invitation."""
    gone = access.withdraw_invitation(
        actor=request.user, tenant=request.tenant, number=number, at=timezone.now()
    )
    return done(request, f"Zurückgezogen: {gone.email}.", to="invitations")
