"""Write to the leads of measures for a round, and remind them twice.

A lead with several measures gets one mail; its link opens one of them and leads on to the others.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from django.db import transaction

from gelingen.access.policy import Actor, May, Operator, require
from gelingen.history.models import Effect
from gelingen.history.recording import change, note
from gelingen.post.commands import post
from gelingen.post.letters import Letter
from gelingen.progress.letters import Subject, asking, reminding
from gelingen.progress.links import token_of
from gelingen.progress.models import ProgressRequest, ProgressRound
from gelingen.progress.money import money_ends
from gelingen.progress.rounds import Entry, RoundError, entries
from gelingen.terms.progress import AskedState
from gelingen.terms.vocabulary import Verb

if TYPE_CHECKING:
    from gelingen.plan.models import Measure

REMINDER = Operator("Erinnerung")
REMINDERS = 2
# Nobody gets two letters in so few days, whatever the days of the round say.
APART = timedelta(days=3)


def to_ask(found: Iterable[Entry]) -> list[Entry]:
    """Keep whom one can ask: not asked, not reported, with a mailbox."""
    return [one for one in found if one.how is AskedState.NOT_ASKED and one.mailbox]


def to_remind(found: Iterable[Entry]) -> list[Entry]:
    """Keep whom one can write to again: asked, not reported, with a mailbox, not reminded twice.

    Where another organisation leads by now, nobody reminded it yet.
    """
    return [
        one
        for one in found
        if one.request is not None
        and not one.reported
        and one.mailbox
        and (_reminded(one.request) < REMINDERS or _led_anew(one))
    ]


def ask(  # noqa: PLR0913 - what asking consists of
    *,
    actor: Actor,
    round_: ProgressRound,
    keys: Sequence[str],
    link: Callable[[str], str],
    on: date,
    at: datetime,
) -> int:
    """Write to the leads of measures; the mail waits in the outbox until the worker sends it.

    Args:
        actor: who asks.
        round_: the round.
        keys: keys of the measures; those that cannot be asked are left out.
        link: makes the address of the page from the token.
        on: the day.
        at: the moment, for the outbox.

    Returns:
        How many mails were written.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        RoundError: nobody is left to be asked, or the round is over.

    """
    require(actor, May.EDIT_PLAN, round_.tenant)
    if round_.closes <= on:
        raise RoundError("Diese Runde ist zu Ende. Bitte zuerst das Ende verschieben.")
    with transaction.atomic():
        # Two who ask at the same time wait for each other: nobody is asked twice.
        ProgressRound.objects.select_for_update().get(pk=round_.pk)
        wanted = [one for one in to_ask(entries(actor, round_, on=on)) if one.measure.key in keys]
        if not wanted:
            raise RoundError("Bitte mindestens eine Maßnahme wählen, die noch zu fragen ist.")
        made = [_request(round_, one, on) for one in wanted]
        _keep_base(actor, round_, link)
        said = [f"{one.measure.title}" for one in wanted]
        number = _write(round_, made, wanted, on=on, at=at, which=0)
        _note(actor, round_, f"Gefragt: {'; '.join(said)}")
    return number


def first_letter(round_: ProgressRound, found: Iterable[Entry], *, on: date) -> Letter:
    """Write the first mail to the lead of some measures, as it would be sent."""
    return _letter(round_, [_subject(one.measure, on) for one in found], 0)


def _request(round_: ProgressRound, one: Entry, on: date) -> ProgressRequest:
    lead = one.measure.lead
    if lead is None:
        raise TypeError(one.measure.key)
    return ProgressRequest.objects.create(
        tenant=round_.tenant, round=round_, measure=one.measure.key, organisation=lead.key,
        name=lead.name, mailbox=lead.mailbox, ident=token_urlsafe(24), asked=on,
    )  # fmt: skip


def _keep_base(actor: Actor, round_: ProgressRound, link: Callable[[str], str]) -> None:
    """Keep where links begin, for reminders that no page writes."""
    base = link("TOKEN").partition("TOKEN")[0]
    if round_.base != base:
        with change(by=actor, verb=Verb.CHANGED, of=round_):
            round_.base = base


def _write(  # noqa: PLR0913 - as `ask`
    round_: ProgressRound,
    asked: Sequence[ProgressRequest],
    found: Sequence[Entry],
    *,
    on: date,
    at: datetime,
    which: int,
) -> int:
    """Write one mail to each mailbox; 0 is the first letter, then come the reminders."""
    measures = {one.measure.key: one.measure for one in found}
    ordered = sorted(asked, key=lambda one: (one.organisation, one.mailbox, one.pk))
    number = 0
    for (_, mailbox), group in groupby(ordered, key=lambda one: (one.organisation, one.mailbox)):
        own = list(group)
        subjects = [_subject(measures[one.measure], on) for one in own]
        post(
            tenant=round_.tenant,
            to=mailbox,
            letter=_letter(round_, subjects, which),
            why=f"{'Erinnerung' if which else 'Bitte'} um Sachstand {round_.year}: {own[0].name}",
            at=at,
            link=f"{round_.base}{token_of(own[0])}/",
        )
        number += 1
    return number


def _letter(round_: ProgressRound, subjects: Sequence[Subject], which: int) -> Letter:
    sender = round_.tenant.name
    if which:
        return reminding(
            year=round_.year, which=which, measures=subjects, closes=round_.closes, sender=sender
        )
    return asking(
        year=round_.year,
        subject=round_.subject,
        text=round_.text,
        measures=subjects,
        closes=round_.closes,
        sender=sender,
    )


def _subject(measure: "Measure", on: date) -> Subject:
    return Subject(measure.title, money_ends(measure, on))


def remind(
    *,
    actor: Actor,
    round_: ProgressRound,
    on: date,
    at: datetime,
    keys: Sequence[str] | None = None,
) -> int:
    """Remind those who have not reported, by hand; nobody more than twice.

    Args:
        actor: who reminds.
        round_: the round.
        on: the day.
        at: the moment, for the outbox.
        keys: keys of the measures; None: all.

    Returns:
        How many mails were written.

    Raises:
        PermissionDenied: the actor may not change the whole plan.
        RoundError: nobody is left to be reminded.

    """
    require(actor, May.EDIT_PLAN, round_.tenant)
    number = _remind(actor, round_, on=on, at=at, by_hand=True, keys=keys)
    if not number:
        raise RoundError(
            "Niemand ist zu erinnern: Alle haben berichtet, sind schon zweimal erinnert oder haben "
            "in den letzten drei Tagen Post bekommen."
        )
    return number


def remind_due(*, on: date, at: datetime) -> int:
    """Write the reminders that the days of all rounds ask for; returns how many mails.

    Done every day; on a day on which it was not done, the next one makes up for it.
    """
    running = ProgressRound.objects.filter(first_reminder__lte=on, closes__gt=on)
    return sum(
        _remind(REMINDER, one, on=on, at=at)
        for one in running.select_related("tenant").order_by("pk")
    )


def _remind(  # noqa: PLR0913 - as `ask`
    actor: Actor,
    round_: ProgressRound,
    *,
    on: date,
    at: datetime,
    by_hand: bool = False,
    keys: Sequence[str] | None = None,
) -> int:
    if round_.closes <= on:
        return 0
    with transaction.atomic():
        ProgressRound.objects.select_for_update().get(pk=round_.pk)
        found = [
            one
            for one in to_remind(entries(actor, round_, on=on))
            if one.request is not None
            and (keys is None or one.measure.key in keys)
            and _last_letter(one.request) + APART <= on
        ]
        new = [one for one in found if _passed_on(one, on)]
        number = _send_again(round_, new, on=on, at=at, which=0)
        again = [
            one
            for one in found
            if one not in new and one.request and (by_hand or _due(one.request, round_, on))
        ]
        for one in again:
            _readdress(one)
        number += sum(_send_again(round_, again, on=on, at=at, which=which) for which in (1, 2))
        if number:
            _note(actor, round_, _who(("Gefragt", new), ("Erinnert", again)))
    return number


def _who(*written: tuple[str, Sequence[Entry]]) -> str:
    """Say who was written to: a word and the measures, such as "Erinnert: Kurs; Fahrdienst"."""
    told = [f"{word}: {'; '.join(one.measure.title for one in to)}" for word, to in written if to]
    return ". ".join(told)


def _send_again(
    round_: ProgressRound, found: Iterable[Entry], *, on: date, at: datetime, which: int
) -> int:
    """Write the first letter or a reminder to those whose turn it is."""
    before = max(which - 1, 0)
    due = [one for one in found if one.request and _reminded(one.request) == before]
    asked = [one.request for one in due if one.request]
    number = _write(round_, asked, due, on=on, at=at, which=which)
    stamp = ("asked", "first_reminded", "second_reminded")[which]
    ProgressRequest.objects.filter(pk__in=[one.pk for one in asked]).update(**{stamp: on})
    return number


def _due(request: ProgressRequest, round_: ProgressRound, on: date) -> bool:
    """Whether the days of the round ask for a reminder.

    Who was written to first only after the first of them, since the measure was handed over, has as
    long for each letter as everybody else between the two.
    """
    if request.asked >= round_.first_reminder:
        return _last_letter(request) + (round_.second_reminder - round_.first_reminder) <= on
    return not _reminded(request) or round_.second_reminder <= on


def _readdress(one: Entry) -> None:
    """Let letters of a request go to the mailbox that its organisation has now."""
    request = one.request
    if request is not None and request.mailbox != one.mailbox:
        request.mailbox = one.mailbox
        request.save(update_fields=["mailbox"])


def _led_anew(one: Entry) -> bool:
    """Whether another organisation leads the measure than the one that was asked."""
    request, lead = one.request, one.measure.lead
    return request is not None and lead is not None and lead.key != request.organisation


def _passed_on(one: Entry, on: date) -> bool:
    """Hand a request to the organisation that leads now; False where it is still the same.

    The link of the one before opens nothing any more, and what it had begun to write goes.
    """
    request, lead = one.request, one.measure.lead
    if request is None or lead is None or not _led_anew(one):
        return False
    request.organisation, request.name, request.mailbox = lead.key, lead.name, lead.mailbox
    request.ident, request.asked = token_urlsafe(24), on
    request.first_reminded = request.second_reminded = None
    request.draft, request.saved = {}, None
    request.save()
    return True


def _reminded(request: ProgressRequest) -> int:
    return sum(one is not None for one in (request.first_reminded, request.second_reminded))


def _last_letter(request: ProgressRequest) -> date:
    return request.second_reminded or request.first_reminded or request.asked


def _note(actor: Actor, round_: ProgressRound, reason: str) -> None:
    note(
        round_, by=actor, verb=Verb.CHANGED, effect=Effect.CHANGED, tenant=round_.tenant_id,
        changed={}, reason=reason[:1000],
    )  # fmt: skip


def drop_old_requests(*, before: date) -> int:
    """Forget mailboxes and drafts of rounds that ended before; gives the number of requests.

    That and when a measure was asked about stays: it names nobody.
    """
    old = ProgressRequest.objects.filter(round__closes__lt=before).exclude(mailbox="")
    return old.update(mailbox="", draft={}, saved=None)
