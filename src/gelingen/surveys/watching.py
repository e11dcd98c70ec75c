"""How a survey goes while it is open: who has answered, who is missing, where people stop.

In an anonymous survey only numbers are given, and none of what was answered. Groups of which fewer
are invited or have answered than the smallest number that is shown are put together, with the next
larger one if they are too few even so: else the sum would say what the groups do not.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor, May, allowed_in, require
from gelingen.analysis.proportions import Share, ci_proportion
from gelingen.surveys.inviting import standing
from gelingen.surveys.links import Closed, closed_why
from gelingen.surveys.models import AnonymousAnswer, Invitation, PageCount, Response, Survey
from gelingen.surveys.questions import Asked, questions_of
from gelingen.terms.surveys import Channel, SurveyMode, SurveyState

REST = "übrige Gruppen"
NO_GROUP = "ohne Gruppe"
ALL = "alle"


@dataclass(frozen=True, slots=True)
class GroupResponse:
    """How many of a group were invited, and how many of them have answered."""

    group: str
    invited: int
    answered: int

    @property
    def share(self) -> Share:
        """Which part of the group has answered."""
        return ci_proportion(self.answered, self.invited)


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who has not answered.

    Attributes:
        pk: of the invitation.
        name: who.
        group: how they are counted.
        mailbox: where a reminder goes; may be empty.
        invited: when.
        reminded: when last; None if never.
        page: how far they are; 0 if they have not begun.

    """

    pk: int
    name: str
    group: str
    mailbox: str
    invited: date
    reminded: date | None
    page: int


@dataclass(frozen=True, slots=True)
class Closing:
    """An open survey that ends soon, and how many of those invited have not answered."""

    key: str
    title: str
    closes: date
    invited: int
    missing: int


@dataclass(frozen=True, slots=True)
class PageReached:
    """How many have come to a page at least, and how many of them no further; None: too few."""

    page: int
    reached: int | None
    stopped: int | None


@dataclass(frozen=True, slots=True)
class QuestionAnswered:
    """How many of those who sent their answers have answered a question."""

    asked: Asked
    answered: int
    sent: int


def is_anonymous(survey: Survey) -> bool:
    """Whether nobody may know who has answered what."""
    return survey.mode == SurveyMode.ANONYMOUS


def by_group(actor: Actor, survey: Survey) -> list[GroupResponse]:
    """Count invitations and answers by group, those put together last. One query.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    rows = standing(survey).order_by().values("group")
    counted = rows.annotate(all=Count("pk"), done=Count("pk", filter=Q(used=True)))
    found = sorted(
        (GroupResponse(row["group"] or NO_GROUP, row["all"], row["done"]) for row in counted),
        key=lambda one: (-one.invited, one.group),
    )
    return _together(found, survey.threshold) if is_anonymous(survey) else found


def _together(found: Sequence[GroupResponse], threshold: int) -> list[GroupResponse]:
    """Put small groups together, and one more if they are too few together; largest first."""
    kept = [one for one in found if not _is_small(one, threshold)]
    small = [one for one in found if _is_small(one, threshold)]
    while kept and small and _is_small(whole(small), threshold):
        small.append(kept.pop())
    if len(small) <= 1:
        return [*kept, *small]
    together = whole(small)
    return [*kept, GroupResponse(REST, together.invited, together.answered)]


def _is_small(one: GroupResponse, threshold: int) -> bool:
    return one.invited < threshold or 0 < one.answered < threshold


def whole(groups: Sequence[GroupResponse]) -> GroupResponse:
    """Give all groups as one."""
    both = (sum(one.invited for one in groups), sum(one.answered for one in groups))
    return GroupResponse(ALL, *both)


def closing(actor: Actor, tenant: Tenant, *, on: date, until: date) -> list[Closing]:
    """Find surveys that end in (on, until] and lack answers, the first first. At most one query."""
    if not allowed_in(actor, May.ASK, tenant):
        return []
    open_ = Survey.objects.filter(tenant=tenant, state=SurveyState.OPEN)
    stands = Q(invitations__withdrawn=False)
    counted = open_.filter(closes__gt=on, closes__lte=until).annotate(
        invited=Count("invitations", filter=stands),
        missing=Count("invitations", filter=stands & Q(invitations__used=False)),
    )
    rows = counted.filter(missing__gt=0).order_by("closes", "key")
    return [Closing(*row) for row in rows.values_list(*Closing.__slots__)]


def by_open_link(actor: Actor, survey: Survey) -> list[tuple[str, int]]:
    """Count the answers that came by the open link, by group, the largest first. One query.

    Of an anonymous survey only how many there are: its groups stand in its results, protected.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    came = {"survey": survey, "channel": Channel.OPEN_LINK}
    if is_anonymous(survey):
        many = AnonymousAnswer.objects.filter(**came).count()
        return [(ALL, many)] if many else []
    # Once answers are deleted, only how they are counted is left, and without any name.
    cleared = survey.state == SurveyState.CLEARED
    rows: QuerySet[AnonymousAnswer] | QuerySet[Response] = (
        AnonymousAnswer.objects.filter(**came)
        if cleared
        else Response.objects.filter(**came, sent__isnull=False)
    )
    counted = Counter(rows.order_by().values_list("group", flat=True))
    return sorted(
        ((group or NO_GROUP, many) for group, many in counted.items()),
        key=lambda one: (-one[1], one[0]),
    )


def invitations(actor: Actor, survey: Survey) -> QuerySet[Invitation]:
    """Invitations that nobody has withdrawn, by name. One query.

    Pages say of an anonymous survey nothing about who of them has answered.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    return standing(survey).order_by("name", "pk")


def missing(actor: Actor, survey: Survey) -> list[Missing]:
    """Say who has not answered, by name; of an anonymous survey nobody. One query.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    if is_anonymous(survey):
        return []
    left = standing(survey).filter(used=False).order_by("name", "pk")
    rows = left.values_list(
        "pk", "name", "group", "mailbox", "invited", "reminded", "response__page"
    )
    return [Missing(*row[:-1], row[-1] or 0) for row in rows]


def by_page(actor: Actor, survey: Survey, *, on: date) -> list[PageReached]:
    """Say how many came to each page and how many stopped there.

    Who is at the last page and has sent the answers has not stopped. Of an anonymous survey nothing
    before it is over, and then no number by which so few have come or gone that it would tell of
    them: a page that is asked only of some is left out. Two queries, for an anonymous survey four.

    Args:
        actor: who asks.
        survey: read before.
        on: the day.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    asked = list(survey.questions.values_list("page", "condition"))
    if is_anonymous(survey):
        over = closed_why(survey, on=on) is Closed.OVER
        return _by_page_unnamed(survey, {page for page, put in asked if not put}) if over else []
    pages = sorted({page for page, _ in asked})
    far = list(Response.objects.filter(survey=survey).values_list("page", "sent"))
    numbers = [sum(sent is not None or one >= page for one, sent in far) for page in pages]
    following = [*numbers[1:], sum(sent is not None for _, sent in far)]
    return [
        PageReached(page, here, max(here - after, 0))
        for page, here, after in zip(pages, numbers, following, strict=True)
    ]


def _by_page_unnamed(survey: Survey, pages: Collection[int]) -> list[PageReached]:
    """Show a page if neither it nor its difference to another shown number is small."""
    reached = dict(PageCount.objects.filter(survey=survey).values_list("page", "reached"))
    done = survey.anonymous_answers.count() + survey.waiting.count()
    shown: dict[int, int] = {}
    for page in sorted(pages):
        here = reached.get(page, 0)
        told = [0, done, *shown.values()]
        if all(abs(here - one) not in range(1, survey.threshold) for one in told):
            shown[page] = here
    after = dict(zip(shown, [*shown.values(), done][1:], strict=True))
    return [
        PageReached(page, shown[page], max(shown[page] - after[page], 0))
        if page in shown
        else PageReached(page, None, None)
        for page in sorted(pages)
    ]


def by_question(actor: Actor, survey: Survey) -> list[QuestionAnswered]:
    """Say how many answered each question, of those who have sent their answers. Two queries.

    Nothing of an anonymous survey: what was answered there stands in its results, protected.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    if is_anonymous(survey):
        return []
    sent = survey.responses.filter(sent__isnull=False)
    values = list(sent.values_list("values", flat=True))
    counted = Counter(key for one in values for key in one)
    return [QuestionAnswered(one, counted[one.key], len(values)) for one in questions_of(survey)]


def by_day(actor: Actor, survey: Survey) -> list[tuple[date, int]]:
    """Count the answers by the day on which they were sent; of an anonymous survey none.

    One query.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey.tenant)
    if is_anonymous(survey):
        return []
    moments = survey.responses.filter(sent__isnull=False).values_list("sent", flat=True)
    return sorted(Counter(timezone.localtime(one).date() for one in moments).items())
