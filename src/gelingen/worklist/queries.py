"""What waits for a person: put together from all sources, without what was put off."""

from calendar import monthrange
from collections import Counter
from datetime import date, timedelta
from functools import partial

from gelingen.access.models import Tenant, User
from gelingen.access.policy import May, allowed_in
from gelingen.boards.vacancies import open_seats
from gelingen.boards.waiting import tasks, unwritten
from gelingen.confirmations.proposals import open_proposals
from gelingen.desk.models import Postponed, Visit
from gelingen.editions import waiting as editions
from gelingen.feedback import queries as feedback
from gelingen.findings import queries as findings
from gelingen.findings.current import Current
from gelingen.indicators import queries as indicators
from gelingen.papers import waiting as papers
from gelingen.plan import waiting as plan
from gelingen.process import waiting as process
from gelingen.programme.watching import ballots_to_give, to_decide
from gelingen.progress import waiting as progress
from gelingen.proposals.waiting import arrived, asked
from gelingen.register import waiting as register
from gelingen.register.agreements import all_agreements
from gelingen.review.wishes import open_things
from gelingen.site import waiting as site
from gelingen.surveys.watching import closing
from gelingen.worklist import (
    deliberating,
    hearing,
    measuring,
    proposing,
    publishing,
    reporting,
    sources,
)
from gelingen.worklist.chores import Chore, Seen, Worklist
from gelingen.yearly import waiting as yearly

MONTHS_AHEAD = 18
SURVEY_AHEAD = timedelta(days=14)
TERM_AHEAD = timedelta(days=90)


def ahead(on: date, months: int) -> date:
    """Go so many months ahead; the last day of the month where the day does not exist."""
    years, month = divmod(on.month - 1 + months, 12)
    longest = monthrange(on.year + years, month + 1)[1]
    return date(on.year + years, month + 1, min(on.day, longest))


def worklist(person: User, tenant: Tenant, known: Current, *, on: date) -> Worklist:
    """Put together everything that waits for a person on a day.

    Seventeen queries while no record changes, else 23 more; `known` is kept for the person's
    roles. What waits follows from nothing else, but for surveys, bodies and selections.
    """
    seen = seen_until(person, tenant)
    until = dict(
        Postponed.objects.filter(user=person, tenant=tenant, until__gt=on).values_list(
            "row", "until"
        )
    )
    since = seen.day if seen else None
    kept = known.keep(f"chores {on} {since}", lambda: _chores(person, tenant, known, since, on=on))
    # Answers change no record, so what is missing and what waits is counted each time.
    chores = [
        *kept,
        *sources.reminding(closing(person, tenant, on=on, until=on + SURVEY_AHEAD)),
        *sources.reviewing(*open_things(person, tenant)),
        # A seat is one person's own: nobody of the same roles may find it kept.
        *sources.doing(tasks(person, tenant, on=on)),
        *sources.minuting(unwritten(person, tenant, on=on)),
        *sources.scoring(ballots_to_give(person, tenant, on=on)),
        *sources.choosing(to_decide(person, tenant, on=on)),
        *proposing.answering(asked(person, tenant)),
        *proposing.reading(arrived(person, tenant, on=on)),
        *deliberating.deliberating(papers.waiting(person, tenant, on=on)),
        *hearing.hearing(feedback.waiting(person, tenant)),
    ]
    return Worklist.of(chores, until, on=on, names=known.inputs.names, seen=seen)


def seen_until(person: User, tenant: Tenant) -> Seen | None:
    """Find how far the person has seen what happened; None before the first time. One query."""
    visit = Visit.objects.filter(user=person, tenant=tenant).first()
    return Seen(visit.at, visit.day) if visit else None


def _chores(
    person: User, tenant: Tenant, known: Current, since: date | None, *, on: date
) -> list[Chore]:
    names = known.inputs.names
    ends = ahead(on, MONTHS_AHEAD)
    kept = register.kept_structures(person, tenant, on=on)
    fundings = register.ending_fundings(person, tenant, on=on, ends=ends)
    losses = known.losses(on, ends=ends)
    chores = list(sources.ending(losses, fundings, [one.key for one in kept], names))
    chores += sources.confirming(kept, on=on)
    chores += sources.deciding(open_proposals(person, tenant))
    lines = known.keep("agreements", partial(all_agreements, person, tenant))
    chores += sources.agreeing(lines)
    if allowed_in(person, May.JUDGE, tenant):
        open_ = findings.finding_lines(person, tenant)
        chores += sources.judging(open_, since=since)
    if allowed_in(person, May.EDIT_BOARDS, tenant):
        chores += sources.seating(open_seats(person, tenant, on=on, until=on + TERM_AHEAD))
        chores += sources.steering(process.waiting(person, tenant, on=on))
    chores += reporting.reporting(progress.waiting(person, tenant, on=on))
    if allowed_in(person, May.EDIT_PLAN, tenant):
        chores += measuring.measuring(indicators.waiting(person, tenant, on=on))
        chores += publishing.publishing(editions.waiting(person, tenant, on=on))
        chores += publishing.accounting(yearly.waiting(person, tenant, on=on))
        chores += publishing.reviewing(site.waiting(person, tenant, on=on))
    chores += sources.overdue(plan.late_steps(person, tenant, on=on), names)
    chores += sources.completing(plan.unready_measures(person, tenant), _leaders(known), names)
    chores += sources.leading_nowhere(
        plan.needs_without_goal(person, tenant, on=on), plan.goals_without_measure(person, tenant)
    )
    return chores


def _leaders(known: Current) -> dict[str, str]:
    """Find for each topic the organisation that leads most often there."""
    frame = known.inputs.responsibilities.frame
    led = Counter(frame.filter(frame["kind"] == "lead").select("topic", "organisation").rows())
    best: dict[str, str] = {}
    for (topic, organisation), _ in sorted(led.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(topic, organisation)
    return best
