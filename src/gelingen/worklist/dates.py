"""Deadlines of a person as a calendar to subscribe to: money that ends, steps of measures.

renew_link(...) -> token, end_link(...), link_of(...) -> DeadlineLink | None
feed_of(token, *, on) -> bytes

The link opens without an account what its person may change on the day on which it is opened; with
the person's roles it goes, too.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from gelingen.access.models import Tenant, User
from gelingen.access.queries import tenants_of
from gelingen.access.tokens import Tokens, UnknownLinkError
from gelingen.boards.calendar import Entry, feed_file
from gelingen.desk.models import DeadlineLink
from gelingen.plan import waiting as plan
from gelingen.register import waiting as register
from gelingen.register.queries import structures
from gelingen.terms.spelling import last_day

_TOKENS = Tokens("gelingen.worklist.dates")
# As far as the worklist looks at money, and a little back so that nothing vanishes on its day.
_AHEAD, _BACK = timedelta(days=550), timedelta(days=31)


def link_of(person: User, tenant: Tenant) -> DeadlineLink | None:
    """Give the link of a person's deadlines in a tenant. One query."""
    return DeadlineLink.objects.filter(user=person, tenant=tenant).first()


def renew_link(person: User, tenant: Tenant, *, on: date) -> str:
    """Give a person a new link; an earlier one opens nothing any more.

    Returns:
        The last part of the link. It is shown once: only its hash is kept.

    """
    token, hashed = _TOKENS.new()
    DeadlineLink.objects.update_or_create(
        user=person, tenant=tenant, defaults={"token_hash": hashed, "made": on}
    )
    return token


def end_link(person: User, tenant: Tenant) -> None:
    """Let the link of a person open nothing any more."""
    DeadlineLink.objects.filter(user=person, tenant=tenant).delete()


def feed_of(token: str, *, on: date) -> bytes:
    """Write the calendar that a link opens. Six queries.

    Raises:
        UnknownLinkError: there never was such a link, it was ended, or its person has no account or
            no role in the tenant any more.

    """
    known = DeadlineLink.objects.filter(token_hash=_TOKENS.hash_of(token), user__is_active=True)
    link = known.select_related("user", "tenant").first()
    if link is None or link.tenant not in tenants_of(link.user, on=on):
        raise UnknownLinkError
    entries = sorted(_entries(link, on=on), key=lambda one: (one.day, one.summary))
    return feed_file(f"Fristen ({link.tenant})", entries)


def _entries(link: DeadlineLink, *, on: date) -> Iterator[Entry]:
    person, tenant = link.user, link.tenant
    names = dict(structures(person, tenant).values_list("key", "name"))
    for money in register.ending_fundings(person, tenant, on=on - _BACK, ends=on + _AHEAD):
        name = names.get(money.structure, money.structure)
        yield _entry(link, f"geld:{money.key}", f"Geld endet: {name}", last_day(money.ends))
        if money.deadline is not None:
            yield _entry(link, f"antrag:{money.key}", f"Antragsfrist: {name}", money.deadline)
    for step in plan.late_steps(person, tenant, on=on + _AHEAD):
        word = "Meilenstein" if step.kind == "milestone" else "Maßnahme endet"
        day = last_day(step.due)
        if day >= on - _BACK:
            yield _entry(link, f"{step.kind}:{step.key}", f"{word}: {step.title}", day)


def _entry(link: DeadlineLink, mark: str, summary: str, day: date) -> Entry:
    return Entry(
        uid=str(uuid5(NAMESPACE_URL, f"gelingen:{link.tenant_id}:frist:{mark}")),
        sequence=0,
        summary=summary,
        day=day,
        begins=None,
        until=None,
        place="",
        description="",
        cancelled=False,
        # Calendars compare the days themselves; the same deadlines shall be the same file.
        stamp=datetime.combine(link.made, time(), UTC),
    )
