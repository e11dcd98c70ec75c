"""Whom a survey is sent to, and the letters with a personal link that do it.

Of a link only the hash is kept, so a lost one cannot be sent again: a new one takes its place and
the old one opens nothing any more. What was answered stays answered.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.models import Effect
from gelingen.history.recording import note
from gelingen.post.commands import post
from gelingen.post.letters import Letter
from gelingen.post.models import OutgoingMail
from gelingen.register.queries import organisations
from gelingen.surveys.languages import is_unchecked
from gelingen.surveys.letters import INVITATION, Words, letter
from gelingen.surveys.links import new_token
from gelingen.surveys.models import Invitation, Survey
from gelingen.terms.surveys import SurveyMode, SurveyState
from gelingen.terms.vocabulary import OrganisationKind, Verb

INVITED, REMINDED = "Einladung zur Umfrage", "Erinnerung an die Umfrage"
LONGEST_GROUP = 120
_LINE = re.compile(r"\s*[;\t]\s*")


class NobodyInvitedError(UserError):
    """Nobody was chosen who can be written to and is not invited yet."""


class NotSentNowError(UserError):
    """The survey is not open, so nobody can answer it."""


class UnreadableLineError(UserError):
    """A line typed by hand is no mailbox."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which organisations are sought; what is empty does not matter.

    Attributes:
        kind: code of the kind of organisation.
        level: code of the level on which it works.
        topic: key of a topic on which one of its structures works, or of one above it.
        place: key of a territory in which it has its seat or one of its structures works.

    """

    kind: str = ""
    level: str = ""
    topic: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody who can be invited.

    Attributes:
        name: the organisation, or the mailbox of somebody who is none.
        mailbox: where the letter goes; "" if that is not known.
        group: how the answer is counted.
        organisation: its key; "" for somebody who is none.
        invited: whether an invitation stands already.
        known: whether its mailbox has an invitation, be it for somebody else.

    """

    name: str
    mailbox: str
    group: str = ""
    organisation: str = ""
    invited: bool = False
    known: bool = False


def candidates(actor: Actor, survey: Survey, sought: Sought, *, on: date) -> list[Invitee]:
    """Find organisations that exist on a day, by name. Two queries.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    found = organisations(actor, survey.tenant).filter(Q(ends=None) | Q(ends__gt=on))
    rows = found.filter(_fits(sought)).distinct().order_by("name", "key")
    keys, boxes = _invited(survey)
    return [
        Invitee(name, mailbox, _group(kind), key, key in keys, mailbox.lower() in boxes)
        for key, name, mailbox, kind in rows.values_list("key", "name", "mailbox", "kind")
    ]


def _fits(sought: Sought) -> Q:
    fits = Q()
    if sought.kind:
        fits &= Q(kind=sought.kind)
    if sought.level:
        fits &= Q(level=sought.level)
    reach = "structures__reach__"
    if sought.topic:
        topic = f"{reach}topic__"
        fits &= Q(**{f"{topic}key": sought.topic}) | Q(**{f"{topic}above__key": sought.topic})
    if sought.place:
        seat = Q(seat__key__startswith=sought.place)
        fits &= seat | Q(**{f"{reach}territory__key__startswith": sought.place})
    return fits


def _group(kind: str) -> str:
    return OrganisationKind.of(kind).label if kind else ""


def standing(survey: Survey) -> QuerySet[Invitation]:
    """Give the invitations that nobody has withdrawn."""
    return Invitation.objects.filter(survey=survey, withdrawn=False)


def read_lines(text: str, *, group: str = "") -> list[Invitee]:
    """Read mailboxes typed by hand: one a line, as "mailbox" or "group; mailbox".

    Raises:
        UnreadableLineError: a line is neither.

    """
    found: dict[str, Invitee] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            *before, mailbox = _LINE.split(line.strip())
            _check(number, before, mailbox)
            found.setdefault(mailbox.lower(), Invitee(mailbox, mailbox, (before or [group])[0]))
    return list(found.values())


def _check(number: int, before: Sequence[str], mailbox: str) -> None:
    try:
        validate_email(mailbox)
    except ValidationError:
        fits = False
    else:
        fits = len(before) <= 1 and all(len(one) <= LONGEST_GROUP for one in before)
    if not fits:
        raise UnreadableLineError(
            f"Zeile {number} lässt sich nicht lesen. Bitte so: postfach@beispiel.de oder "
            "Gruppe; postfach@beispiel.de."
        )


@dataclass(frozen=True, slots=True)
class Sending:
    """When letters are sent, and where their links lead.

    Attributes:
        link: makes the address of the page from the token.
        on: the day.
        at: the moment.

    """

    link: Callable[[str], str]
    on: date
    at: datetime


def invite(  # noqa: PLR0913 - what an invitation consists of
    actor: Actor,
    survey: Survey,
    whom: Sequence[Invitee],
    *,
    words: Words,
    language: str,
    sending: Sending,
    group: str = "",
) -> int:
    """Write to those who are not invited yet; the letters wait in the outbox.

    Args:
        actor: who invites.
        survey: an open survey.
        whom: as `candidates` or `read_lines` give them; those without mailbox are left out.
        words: as `letters.proposed`, perhaps changed.
        language: of the letter, and in which the pages first appear.
        sending: when, and where the links lead.
        group: how all of them are counted; empty: each as it stands in `whom`.

    Returns:
        How many letters were written.

    Raises:
        PermissionDenied: the actor may not ask.
        NotSentNowError: the survey is not open.
        NobodyInvitedError: nobody is left.

    """
    require(actor, May.ASK, survey.tenant)
    refuse_unless_open(survey, on=sending.on)
    with transaction.atomic():
        # Two who invite at the same time wait for each other: nobody gets two links.
        Survey.objects.select_for_update().get(pk=survey.pk)
        left = _not_invited(survey, whom)
        if not left:
            raise NobodyInvitedError(
                "Bitte mindestens eine Stelle mit Postfach wählen, die noch keine Einladung hat."
            )
        unchecked = is_unchecked(survey.tenant, language)
        for one in left:
            made = Invitation(
                survey=survey, organisation=one.organisation, name=one.name, mailbox=one.mailbox,
                group=(group or one.group)[:LONGEST_GROUP], language=language, invited=sending.on,
            )  # fmt: skip
            token, made.token_hash = new_token()
            written = letter(survey, words, language, INVITATION, unchecked=unchecked)
            made.mail = deliver(made, written, token, sending, why=INVITED)
            made.save()
        tell(actor, survey, f"Eingeladen: {len(left)}.")
    return len(left)


def _invited(survey: Survey) -> tuple[set[str], set[str]]:
    """Give the organisations that are invited, and the mailboxes. One query."""
    keys, boxes = set(), set()
    for key, name, mailbox in standing(survey).values_list("organisation", "name", "mailbox"):
        keys.add(key)
        # Somebody who is no organisation is called as their mailbox, even where that is forgotten.
        boxes |= {mailbox.lower(), name.lower()}
    return keys - {""}, boxes - {""}


def _not_invited(survey: Survey, whom: Sequence[Invitee]) -> list[Invitee]:
    """Leave out who has no mailbox, organisations with an invitation, and such mailboxes.

    An organisation is left out for its key alone: several may share a mailbox, and each answers for
    itself. That its mailbox has an invitation is said before, see `Invitee.known`.
    """
    keys, boxes = _invited(survey)
    return [
        one
        for one in whom
        if one.mailbox
        and (one.organisation not in keys if one.organisation else one.mailbox.lower() not in boxes)
    ]


def deliver(
    invitation: Invitation, written: Letter, token: str, sending: Sending, *, why: str
) -> OutgoingMail:
    """Put a letter with a personal link into the outbox."""
    survey = invitation.survey
    return post(
        tenant=survey.tenant,
        to=invitation.mailbox,
        letter=written,
        why=f"{why}: {survey.title}",
        at=sending.at,
        link=sending.link(token),
        # Who answers without a name is nobody's business, not even of who may see the outbox.
        addressee_only=survey.mode == SurveyMode.ANONYMOUS,
    )


def refuse_unless_open(survey: Survey, *, on: date) -> None:
    """Raise NotSentNowError unless a survey can be answered now or soon."""
    if survey.state != SurveyState.OPEN or (survey.closes is not None and on >= survey.closes):
        raise NotSentNowError(
            "Diese Umfrage ist nicht offen. Einladen lässt sich, sobald sie geöffnet ist und bis "
            "sie endet."
        )


def tell(actor: Actor, survey: Survey, what: str) -> None:
    """Leave in the history how many letters went out; names and mailboxes never stand there."""
    note(
        survey,
        by=actor,
        verb=Verb.CHANGED,
        effect=Effect.CHANGED,
        tenant=survey.tenant_id,
        changed={},
        reason=what,
    )
