"""Action points: who does what until when, said to be done by one and confirmed by another.

new_action(...) -> ActionPoint, change_action(...), remove_action(...)
say_done(...), say_open(...), confirm(...), waiting(...) -> [Line]
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from gelingen.access.models import Membership, Tenant, User
from gelingen.access.policy import MEANINGS, Actor, May, allowed, require
from gelingen.boards.meetings import refuse_approved_since, require_open
from gelingen.boards.models import ActionPoint, AgendaItem, Body, Tenure
from gelingen.boards.seen import actions
from gelingen.errors import UserError
from gelingen.history.recording import change, remove
from gelingen.register.standing import standing
from gelingen.terms.vocabulary import Verb
from gelingen.workbook.folding import clean, clean_lines


class ActionError(UserError):
    """An action point cannot be said to be done, or confirmed, like that."""


class Standing(StrEnum):
    """How an action point stands, for filters."""

    OPEN = "offen"
    OVERDUE = "ueberfaellig"
    MINE = "meine"
    TO_CONFIRM = "zu-bestaetigen"
    ALL = "alle"


@dataclass(frozen=True, slots=True)
class Given:
    """What is told about an action point; `due` is the first day after its last one."""

    text: str
    who: str = ""
    person: User | None = None
    due: date | None = None


def listed(actor: Actor, tenant: Tenant, standing: Standing, *, on: date) -> QuerySet[ActionPoint]:
    """Give the action points that the actor may see and that stand like this on a day, by day."""
    found = actions(actor, tenant)
    match standing:
        case Standing.OPEN:
            return found.filter(done=None)
        case Standing.OVERDUE:
            return found.filter(done=None, due__lte=on)
        case Standing.MINE:
            mine = actor.pk if isinstance(actor, User) else None
            return found.filter(done=None, person=mine) if mine else found.none()
        case Standing.TO_CONFIRM:
            return found.exclude(done=None).filter(confirmed=None)
    return found


def accounts(actor: Actor, body: Body, *, on: date) -> list[User]:
    """List the accounts that may be given something to do: who has a seat, and oneself, by name.

    Whoever else has an account is known only to who may see people. One query.
    """
    seated = Tenure.objects.filter(standing(on), standing(on, "seat__"), seat__body=body)
    wanted = User.objects.filter(pk__in=seated.exclude(person=None).values("person"))
    if isinstance(actor, User):
        wanted |= User.objects.filter(pk=actor.pk)
    return sorted(wanted, key=str)


def may_report(actor: Actor, action: ActionPoint, led: Sequence[int]) -> bool:
    """Tell whether the actor may say that it is done; `led` are the bodies that the actor leads."""
    return action.body_id in led or _is_mine(actor, action)


def _is_mine(actor: Actor, action: ActionPoint) -> bool:
    return isinstance(actor, User) and action.person_id == actor.pk


def new_action(
    *,
    actor: Actor,
    body: Body,
    item: AgendaItem | None,
    given: Given,
    batch: str = "",
) -> ActionPoint:
    """Give somebody something to do; it is public or not as the item it follows from.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the minutes in which it would stand are approved.
        ActionError: nothing is said, or the account has no role in the tenant.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, body)
    if item is not None and item.meeting is not None:
        require_open(item.meeting)
    public = item.public if item is not None else True
    made = ActionPoint(
        tenant_id=body.tenant_id, key=uuid4().hex, body=body, item=item, public=public
    )
    with transaction.atomic():
        with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
            _assign(made, given)
        refuse_approved_since(item.meeting if item else None)
    return made


def change_action(
    *, actor: Actor, action: ActionPoint, given: Given, version: int | None = None, batch: str = ""
) -> None:
    """Change what is to be done, by whom, until when.

    Once the minutes in which it stands are approved, only the account changes: minutes name none.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the minutes in which it stands are approved.
        ActionError: it is confirmed already, nothing is said, or the account has no role.
        LostUpdateError: somebody else changed it since.
        ValidationError: a value is broken.

    """
    require(actor, May.EDIT_BOARDS, action)
    if action.confirmed:
        raise ActionError("Der Auftrag ist erledigt und bestätigt; er bleibt, wie er ist.")
    action.version = action.version if version is None else version
    told = (action.text, action.who, action.due)
    with transaction.atomic():
        with change(by=actor, verb=Verb.CHANGED, of=action, batch=batch):
            _assign(action, given)
        if (action.text, action.who, action.due) != told:
            refuse_approved_since(action.item.meeting if action.item else None)


def _assign(action: ActionPoint, given: Given) -> None:
    text = clean_lines(given.text)
    if not text:
        raise ActionError("Bitte sagen, was zu tun ist.")
    known = Membership.objects.filter(user=given.person, tenant=action.tenant_id)
    # Who has had it to do keeps it, with or without a role today.
    if given.person not in (None, action.person) and not known.exists():
        raise ActionError("Dieses Konto hat hier keine Rolle.")
    action.text, action.who = text, clean(given.who)
    action.person, action.due = given.person, given.due


def remove_action(*, actor: Actor, action: ActionPoint, batch: str = "") -> None:
    """Delete an action point.

    Raises:
        PermissionDenied: the actor does not lead the body.
        MeetingError: the minutes in which it stands are approved.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_BOARDS, action)
    with transaction.atomic():
        remove(by=actor, of=action, batch=batch)
        refuse_approved_since(action.item.meeting if action.item else None)


def _require_reports(actor: Actor, action: ActionPoint) -> None:
    if not _is_mine(actor, action) and not allowed(actor, May.EDIT_BOARDS, action):
        raise PermissionDenied(MEANINGS[May.EDIT_BOARDS])


def say_done(*, actor: Actor, action: ActionPoint, on: date, batch: str = "") -> None:
    """Say that it is done: whoever has it to do, or who leads the body.

    Raises:
        PermissionDenied: the actor is neither.
        ActionError: that was said before.
        LostUpdateError: somebody else changed it since it was read.

    """
    _require_reports(actor, action)
    if action.done:
        raise ActionError("Das ist schon als getan gemeldet.")
    with change(by=actor, verb=Verb.CHANGED, of=action, batch=batch):
        action.done, action.done_by = on, str(actor)


def say_open(*, actor: Actor, action: ActionPoint, batch: str = "") -> None:
    """Say that it is not done after all.

    Raises:
        PermissionDenied: the actor neither has it to do nor leads the body; once it is confirmed,
            only who leads.
        ActionError: nobody said that it is done.
        LostUpdateError: somebody else changed it since it was read.

    """
    if action.confirmed:
        require(actor, May.EDIT_BOARDS, action)
    _require_reports(actor, action)
    if not action.done:
        raise ActionError("Das ist noch offen.")
    with change(by=actor, verb=Verb.CHANGED, of=action, batch=batch):
        action.done, action.done_by = None, ""
        action.confirmed, action.confirmed_by = None, ""


def confirm(*, actor: Actor, action: ActionPoint, on: date, batch: str = "") -> None:
    """Confirm that it is done: who leads the body, and did not report it.

    Raises:
        PermissionDenied: the actor does not lead the body.
        ActionError: it is not done, confirmed already, or the actor reported it.
        LostUpdateError: somebody else changed it since it was read.

    """
    require(actor, May.EDIT_BOARDS, action)
    if not action.done:
        raise ActionError("Bestätigt wird, was als getan gemeldet ist.")
    if action.confirmed:
        raise ActionError("Das ist schon bestätigt.")
    if action.done_by == str(actor):
        raise ActionError("Dass es getan ist, bestätigt jemand anderes als wer es gemeldet hat.")
    with change(by=actor, verb=Verb.CONFIRMED, of=action, batch=batch):
        action.confirmed, action.confirmed_by = on, str(actor)
