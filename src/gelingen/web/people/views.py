"""Who works here, who may do what, and why."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime

from gelingen.access import rights
from gelingen.access.policy import EDITS, MEANINGS, ROLES, SEATED, Role, roles_in, seats_of
from gelingen.config.day import today
from gelingen.editing import get_record, sheet_of
from gelingen.terms.boards import SeatOffice
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import StaffRequest, address, came_from, page, staff
from gelingen.web.people.forms import DeputyForm, RoleForm
from gelingen.web.people.tabs import manages_people, sees_people, tabs

if TYPE_CHECKING:
    from gelingen.access.models import Membership, User

PEOPLE = (Column("Person"), Column("Rollen heute", wide=True), Column("Konto"))
RIGHTS = (Column("Darf …", wide=True), Column("Wie weit"), Column("Warum", wide=True))


@staff
def people(request: StaffRequest) -> HttpResponse:
    """List everybody with a role; who may not see that gets the roles."""
    if not sees_people(request):
        return redirect(address(request, "own-rights"))
    found = rights.people(request.user, request.tenant, on=today())
    working = sum(1 for one in found if one.held and one.user.is_active)
    return page(
        request,
        "people/people.html",
        tabs=tabs(request, "people"),
        listing=Listing("Nach Namen", PEOPLE, [_person(request, one) for one in found]),
        may_manage=manages_people(request),
        answer=f"{working} von {len(found)} Personen haben heute eine Rolle und ein offenes Konto.",
    )


def _person(request: StaffRequest, one: rights.Person) -> Row:
    return (
        Cell(
            str(one.user),
            url=address(request, "person", number=one.user.pk),
            below=one.user.email,
        ),
        "; ".join(one.reasons) or "heute keine",
        "offen" if one.user.is_active else "gesperrt",
    )


def _listing(found: list[rights.Right]) -> Listing:
    return Listing(
        "Rechte heute",
        RIGHTS,
        [
            (
                one.meaning,
                _how_far(one),
                "; ".join(one.reasons),
            )
            for one in found
        ],
    )


def _how_far(one: rights.Right) -> str:
    if one.whole:
        return "im ganzen Mandanten"
    named = ", ".join(f"„{name}“" for name in one.bodies)
    return f"im Gremium {named}" if named else "für die eigene Organisation"


@staff
def person(request: StaffRequest, number: int) -> HttpResponse:
    """Show one person: roles, rights with their reasons, and what can be changed."""
    one = rights.get_person_in(request.user, request.tenant, number, on=today())
    return show_person(request, one)


def show_person(
    request: StaffRequest,
    one: rights.Person,
    *,
    role_form: RoleForm | None = None,
    deputy_form: DeputyForm | None = None,
) -> HttpResponse:
    """Show the page of a person, with a refused form where there is one."""
    may_manage = manages_people(request) and one.user != request.user
    context: dict[str, object] = {}
    if manages_people(request):
        known = rights.people(request.user, request.tenant, on=today())
        others = [other.user for other in known if other.user not in (one.user, request.user)]
        choices = rights.organisations_to_choose(request.user, request.tenant)
        context = {
            "role_form": role_form or RoleForm(organisations=choices, prefix="rolle"),
            "deputy_form": deputy_form or DeputyForm(people=others, prefix="vertretung"),
            "others": others,
        }
    answer = page(
        request,
        "people/person.html",
        person=one,
        rows=[_row(row, may_manage=may_manage) for row in one.rows],
        listing=_listing(rights.rights_of(one.held, _seats(request, one.user))),
        facts=_facts(one),
        may_manage=may_manage,
        may_name=manages_people(request),
        **context,
    )
    answer.status_code = 422 if role_form or deputy_form else 200
    return answer


def _seats(request: StaffRequest, person: "User") -> list[tuple[str, str]]:
    return seats_of(person, request.tenant, on=today())


def _facts(one: rights.Person) -> list[tuple[str, str]]:
    last = one.user.last_login
    return [
        ("E-Mail-Adresse", one.user.email),
        ("Konto", "offen" if one.user.is_active else "gesperrt"),
        ("Letzte Anmeldung", f"{localtime(last):%d.%m.%Y}" if last else "keine"),
    ]


def _row(row: "Membership", *, may_manage: bool) -> dict[str, object]:
    name = ROLES[row.role].label if row.role else f"Vertretung für {row.stands_in_for}"
    over = row.ends is not None and row.ends <= today()
    return {
        "number": row.pk,
        "name": f"{name} für {row.organisation}" if row.organisation else name,
        "period": rights.period_of(row),
        "may_end": may_manage and not over,
        "may_reopen": may_manage and bool(row.role) and row.ends is not None,
    }


@staff
def own_rights(request: StaffRequest) -> HttpResponse:
    """Show what the person may do here and why."""
    held, seats = roles_in(request.user, request.tenant), _seats(request, request.user)
    return page(
        request,
        "people/own.html",
        tabs=tabs(request, "own-rights"),
        listing=_listing(rights.rights_of(held, seats)),
        answer="; ".join(
            [*map(rights.reason_of, held), *(rights.seat_reason(*one) for one in seats)]
        ),
    )


@staff
def roles(request: StaffRequest) -> HttpResponse:
    """Show what each role allows."""
    columns = (Column("Rolle"), Column("Erlaubt", wide=True))
    rows: list[Row] = [(role.label, _allows(role)) for role in ROLES.values()]
    return page(
        request,
        "people/roles.html",
        tabs=tabs(request, "roles"),
        listing=Listing("Was jede Rolle erlaubt", columns, rows),
        seats=Listing(
            "Was ein Sitz in einem Gremium gibt",
            (Column("Amt"), Column("Erlaubt in diesem Gremium", wide=True)),
            [(office.label, _allows_seat(office)) for office in SeatOffice],
        ),
    )


def _allows_seat(office: SeatOffice) -> str:
    return "; ".join(meaning for may, meaning in MEANINGS.items() if office in SEATED.get(may, ()))


def _allows(role: Role) -> str:
    whole = [meaning for may, meaning in MEANINGS.items() if may in role.tenant]
    own = [
        f"{meaning} (nur bei der eigenen Organisation)"
        for may, meaning in MEANINGS.items()
        if may in role.organisation
    ]
    return "; ".join([*whole, *own])


@staff
def who_may_change(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Show who may change one record, and why."""
    thing = get_record(request.user, request.tenant, sheet_of(kind), record)
    may = EDITS[thing._meta.app_label]
    found = rights.who_may(request.user, may, thing, on=today())
    columns = (Column("Person"), Column("Warum", wide=True))
    return page(
        request,
        "people/who_may_change.html",
        thing=thing,
        listing=Listing(
            "Wer ändern darf", columns, [(str(one.user), "; ".join(one.reasons)) for one in found]
        ),
        answer=f"{MEANINGS[may]}: {len(found)} Personen.",
        back=came_from(request, address(request, "own-rights")),
    )
