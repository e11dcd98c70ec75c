"""What waits for one person among the papers: to release, to note a result, to look after."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.db.models import F, Q

from gelingen.access.models import Tenant, User
from gelingen.papers.models import Consequence, Deliberation
from gelingen.papers.queries import writable
from gelingen.terms.papers import PaperState
from gelingen.terms.spelling import day

# So long before its day something that follows from a resolution is told.
AHEAD = timedelta(days=30)


class Reason(Enum):
    """Why a paper waits."""

    RELEASE = "release"
    RESULT = "result"
    CONSEQUENCE = "consequence"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something about a paper that waits for the person.

    Attributes:
        reason: why it waits.
        key: of the record: paper, station or consequence.
        paper: key of the paper.
        title: what it is about.
        why: in a German sentence.
        due: first day after the last one; None without a day.

    """

    reason: Reason
    key: str
    paper: str
    title: str
    why: str
    due: date | None = None


def waiting(person: User, tenant: Tenant, *, on: date) -> list[Waiting]:
    """List what waits among the papers that the person may write. Three queries.

    Papers to be released, unless the person wrote last; stations whose meeting is over and has a
    result; what follows from resolutions and is due within `AHEAD`, late, or has no day.
    """
    mine = writable(person, tenant).order_by()
    submitted = mine.filter(state=PaperState.SUBMITTED).exclude(written_by=str(person)[:150])
    found = [
        Waiting(
            Reason.RELEASE, one.key, one.key, one.subject,
            f"Zuletzt geschrieben von {one.written_by}; freigeben muss eine andere Person.",
        )
        for one in submitted.order_by("pk")
    ]  # fmt: skip
    released = mine.filter(state=PaperState.RELEASED).values("pk")
    dealt = Deliberation.objects.filter(paper__in=released, result="", item__meeting__isnull=False)
    dealt = dealt.exclude(item__result="").select_related("paper", "body", "item__meeting")
    found += [
        Waiting(
            Reason.RESULT, one.key, one.paper.key, one.paper.subject,
            f"{one.body} hat beraten; das Ergebnis ist noch nicht in der Vorlage.",
            one.item.meeting.day if one.item and one.item.meeting else None,
        )
        for one in dealt.order_by("pk")
    ]  # fmt: skip
    follows = Consequence.objects.filter(paper__in=mine.values("pk"), done=None)
    near = follows.filter(Q(due=None) | Q(due__lte=on + AHEAD)).select_related("paper")
    return found + [
        Waiting(
            Reason.CONSEQUENCE, one.key, one.paper.key, one.text, _follows(one), one.due
        )
        for one in near.order_by(F("due").asc(nulls_last=True), "pk")
    ]  # fmt: skip


def _follows(one: Consequence) -> str:
    who = f" Darum kümmert sich: {one.responsible}." if one.responsible else ""
    number = f" {one.paper.number}" if one.paper.number else ""
    until = f" bis {day(one.due - timedelta(days=1))}" if one.due else ""
    ask = "" if one.due else " Noch ohne Tag; bitte einen eintragen."
    return f"{one.get_kind_display()}{until}, Folge aus Vorlage{number}.{who}{ask}"
