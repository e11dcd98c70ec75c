"""Give and end roles, name deputies, lock accounts."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from gelingen.access import rights, roles
from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.web.pages import StaffRequest, attempt, done, staff
from gelingen.web.people.forms import DeputyForm, RoleForm
from gelingen.web.people.views import show_person

if TYPE_CHECKING:
    from gelingen.access.models import User


@require_POST
@staff
def give(request: StaffRequest, number: int) -> HttpResponse:
    """Give a person a further role."""
    one = rights.get_person_in(request.user, request.tenant, number, on=today())
    choices = rights.organisations_to_choose(request.user, request.tenant)
    form = RoleForm(request.POST, organisations=choices, prefix="rolle")
    given = {"actor": request.user, "tenant": request.tenant, "person": one.user, "on": today()}
    if attempt(form, roles.give_role, **given):
        return done(request, f"{one.user} hat die Rolle.", to="person", number=number)
    return show_person(request, one, role_form=form)


@require_POST
@staff
def deputy(request: StaffRequest, number: int) -> HttpResponse:
    """Let somebody stand in for a person."""
    require(request.user, May.MANAGE_PEOPLE, request.tenant)
    one = rights.get_person_in(request.user, request.tenant, number, on=today())
    known = rights.people(request.user, request.tenant, on=today())
    others: list[User] = [o.user for o in known if o.user not in (one.user, request.user)]
    form = DeputyForm(request.POST, people=others, prefix="vertretung")
    given = {"actor": request.user, "tenant": request.tenant, "person": one.user, "on": today()}
    if attempt(form, roles.name_deputy, **given):
        name = form.cleaned_data["deputy"]
        return done(request, f"{name} vertritt {one.user}.", to="person", number=number)
    return show_person(request, one, deputy_form=form)


@require_POST
@staff
def end(request: StaffRequest, number: int) -> HttpResponse:
    """End a role today."""
    held = rights.get_membership(request.user, request.tenant, number)
    roles.end_role(actor=request.user, membership=held, on=today())
    return done(request, "Die Rolle ist beendet.", to="person", number=held.user_id)


@require_POST
@staff
def reopen(request: StaffRequest, number: int) -> HttpResponse:
    """Take the end of a role back."""
    held = rights.get_membership(request.user, request.tenant, number)
    roles.reopen_role(actor=request.user, membership=held)
    return done(request, "Die Rolle gilt wieder, ohne Ende.", to="person", number=held.user_id)


@require_POST
@staff
def lock(request: StaffRequest, number: int) -> HttpResponse:
    """Lock an account, or open it again."""
    one = rights.get_person_in(request.user, request.tenant, number, on=today())
    if one.user.is_active:
        ended = roles.lock_account(
            actor=request.user, tenant=request.tenant, person=one.user, on=today()
        )
        told = f"Das Konto {one.user} ist gesperrt. Beendete Anmeldungen: {ended}."
    else:
        roles.unlock_account(actor=request.user, tenant=request.tenant, person=one.user)
        told = f"Das Konto {one.user} ist wieder offen."
    return done(request, told, to="person", number=number)
