"""Anonymous answers: nothing that is stored leads from an invitation to an answer.

What could tie them together, and what is done about it:

- *Keys.* Answers have random keys and name no invitation; in which language the page was read is
  not kept.
- *Small numbers.* Group and way (link, paper) are kept, but answers leave the waiting room only
  together with enough others of the same group and way. So of each day, group and way there are at
  least as many answers as the threshold says.
- *Order and time.* Each arrival deletes the answers that wait and writes them again with the new
  one, in random order and under new keys; each move does the same with all that moved on that day.
  Only the day of the move is kept. Each arrival also writes every invitation of the survey again,
  so that no row looks newer than the others: databases keep the number of the transaction beside
  each row (`xmin` of PostgreSQL).
- *Crash.* "The link is used" and "the answer is here" are one transaction: a crash between two
  would lose an answer or count one twice. Two transactions would hide nothing, as their numbers
  follow each other; what hides is that all rows are written again.
- *Browser.* Until it is sent, an answer is in the browser alone. Only how many people reached a
  page is counted.

When a survey closes, those who still wait move as well. Where they are too few, they lose group and
way, and what they answered when asked for their group, together with the next smallest until enough
are nameless, and they are mixed with the last answers of their kind. If the whole survey has fewer
answers than the threshold, they stay where they are and no result is shown.

What remains: whoever copies the whole database before and after a single arrival sees the
difference, and while a single answer waits, one knows that one link was used. Answers that wait are
shown to nobody.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from secrets import SystemRandom
from typing import TypeAlias

from django.db import transaction
from django.db.models import BooleanField, Case, F, Max, Q, Value, When

from gelingen.surveys.links import Closed, ClosedSurveyError, closed_why
from gelingen.surveys.models import (
    AnonymousAnswer,
    Answers,
    Invitation,
    PageCount,
    Survey,
    WaitingAnswer,
)
from gelingen.surveys.questions import Values
from gelingen.terms.surveys import Channel, SurveyMode

_CHANCE = SystemRandom()

# Group and way of an answer: of each there are enough, or none.
Cell: TypeAlias = tuple[str, str]
NAMELESS: Cell = ("", "")


def count_page(survey: Survey, page: int) -> None:
    """Count that somebody reached a page; nobody in particular."""
    counted = PageCount.objects.filter(survey=survey, page=page)
    if not counted.update(reached=F("reached") + 1):
        PageCount.objects.bulk_create([PageCount(survey=survey, page=page)], ignore_conflicts=True)
        counted.update(reached=F("reached") + 1)


def send(  # noqa: PLR0913 - what an answer consists of
    survey: Survey,
    values: Values,
    *,
    invitation: Invitation | None = None,
    group: str = "",
    channel: Channel = Channel.LINK,
    on: date,
) -> None:
    """Take an answer; its link is good no more.

    Args:
        survey: an anonymous survey.
        values: answers to what is asked.
        invitation: whose link was used; None: the open link, or a paper form.
        group: to which group somebody belongs; of an invitation, its own counts.
        channel: by which way it came.
        on: the day.

    Raises:
        ClosedSurveyError: the link was used meanwhile.

    """
    with transaction.atomic():
        # One arrival after the other: the rows of all are written again each time.
        Survey.objects.select_for_update().get(pk=survey.pk)
        if invitation is not None:
            _use(survey, invitation)
            group = invitation.group
        new = WaitingAnswer(
            survey=survey, group=group, language="", channel=channel, values=dict(values)
        )
        waiting = [*survey.waiting.all(), new]
        ready = _ready(survey, waiting)
        _write_again(survey, [one for one in waiting if one not in ready])
        if ready:
            _move(survey, ready, on=on)


def take_in(survey: Survey, answers: Sequence[tuple[str, Values]], *, on: date) -> None:
    """Take answers from outside that come together: groups that are too small lose their name.

    So none of them waits, and of each group among them there are enough.

    Args:
        survey: an anonymous survey.
        answers: of each its group and its values; at least as many as the threshold.
        on: the day.

    """
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=survey.pk)
        sizes = Counter((group, "") for group, _ in answers)
        nameless = {group for group, _ in _too_small(sizes, survey.threshold)} | {""}
        new = [
            WaitingAnswer(survey=survey, group=group, values=values) for group, values in answers
        ]
        for one in new:
            if one.group in nameless:
                _forget_group(survey, one)
            one.language, one.channel = "", Channel.OUTSIDE
        _move(survey, new, on=on)


def _use(survey: Survey, invitation: Invitation) -> None:
    unused = Invitation.objects.filter(pk=invitation.pk, used=False, withdrawn=False)
    if not unused.exists():
        raise ClosedSurveyError(Closed.ANSWERED, survey)
    now_used = When(pk=invitation.pk, then=Value(value=True))
    survey.invitations.update(used=Case(now_used, default=F("used"), output_field=BooleanField()))


def _ready(survey: Survey, waiting: list[WaitingAnswer]) -> list[WaitingAnswer]:
    """Choose what may move: enough of the same group and way at once."""
    number = Counter(_cell(one) for one in waiting)
    return [one for one in waiting if number[_cell(one)] >= survey.threshold]


def _write_again(survey: Survey, waiting: list[WaitingAnswer]) -> None:
    survey.waiting.all().delete()
    copies = [WaitingAnswer(survey=survey, **_content(one)) for one in waiting]
    _CHANCE.shuffle(copies)
    WaitingAnswer.objects.bulk_create(copies)


def _move(survey: Survey, ready: Sequence[Answers], *, on: date) -> None:
    """Write answers among those of the day and the last of their kind, in random order."""
    small = [cell for cell, n in Counter(map(_cell, ready)).items() if n < survey.threshold]
    there = survey.anonymous_answers.all()
    beside = Q(day=on)
    for group, channel in small:
        of_kind = Q(group=group, channel=channel)
        beside |= of_kind & Q(day=there.filter(of_kind).aggregate(last=Max("day"))["last"])
    moved = [
        AnonymousAnswer(survey=survey, day=on, **_content(one))
        for one in (*there.filter(beside), *ready)
    ]
    there.filter(beside).delete()
    _CHANCE.shuffle(moved)
    AnonymousAnswer.objects.bulk_create(moved)


def _cell(answer: Answers) -> Cell:
    return answer.group, answer.channel


def _content(answer: Answers) -> dict[str, object]:
    return {
        "group": answer.group,
        "language": answer.language,
        "channel": answer.channel,
        "values": answer.values,
    }


def finish(survey: Survey, *, on: date) -> int:
    """Let the rest move after a survey has closed; gives how many still wait.

    They wait for ever if the whole survey has fewer answers than the threshold.

    Args:
        survey: a survey that has closed; of an open or named one nothing moves.
        on: the day.

    """
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=survey.pk)
        waiting = list(survey.waiting.all())
        # Whoever took answers in from outside knows them: nobody can hide among those.
        moved = survey.anonymous_answers.exclude(channel=Channel.OUTSIDE)
        there = Counter(moved.values_list("group", "channel"))
        there.update(_cell(one) for one in waiting)
        closed = closed_why(survey, on=on) is Closed.OVER
        if not (waiting and closed) or there.total() < survey.threshold:
            return len(waiting)
        nameless = _too_small(there, survey.threshold)
        losing = [one for one in (*waiting, *moved) if _cell(one) in {*nameless, NAMELESS}]
        for one in losing:
            _forget_group(survey, one)
        AnonymousAnswer.objects.bulk_update(
            [one for one in losing if isinstance(one, AnonymousAnswer)],
            ["group", "channel", "values"],
        )
        _move(survey, waiting, on=on)
        survey.waiting.all().delete()
    return 0


def _forget_group(survey: Survey, answer: Answers) -> None:
    """Take group and way from an answer, and what it says of its group itself."""
    answer.group, answer.channel = NAMELESS
    answer.values = {
        key: value for key, value in answer.values.items() if key != survey.group_question
    }


def _too_small(number: Counter[Cell], threshold: int) -> set[Cell]:
    """Choose what loses group and way: what is too small, and more until that is enough together.

    Args:
        number: how many answers there are of each group and way.
        threshold: how many have to be alike.

    """
    by_size = sorted(set(number) - {NAMELESS}, key=lambda cell: (number[cell], cell))
    nameless = {cell for cell in by_size if number[cell] < threshold}
    left = [cell for cell in by_size if cell not in nameless]
    together = number[NAMELESS] + sum(number[cell] for cell in nameless)
    while left and 0 < together < threshold:
        together += number[left[0]]
        nameless.add(left.pop(0))
    return nameless


def finish_all(*, on: date) -> int:
    """Finish every anonymous survey that is over and in which answers wait; gives their number."""
    over = Q(closes__lte=on) | ~Q(state="open")
    found = Survey.objects.filter(over, mode=SurveyMode.ANONYMOUS, waiting__isnull=False)
    surveys = list(found.select_related("tenant").distinct())
    for survey in surveys:
        finish(survey, on=on)
    return len(surveys)
