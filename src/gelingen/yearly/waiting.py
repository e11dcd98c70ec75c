"""What waits among the yearly reports: the one for the year that has ended."""

from dataclasses import dataclass
from datetime import date

from gelingen.access.models import Tenant, User
from gelingen.access.policy import May, within
from gelingen.editions.queries import editions
from gelingen.terms.yearly import ReportKind, ReportState
from gelingen.yearly.models import YearReport

_DUE_MONTH = 4  # councils take note of a year in its successor's spring


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits: its year, key and title ("" where nobody has begun), the day after."""

    year: int
    key: str
    title: str
    due: date


def waiting(person: User, tenant: Tenant, *, on: date) -> list[Waiting]:
    """Name the report on the last year, as long as nobody has released it.

    It is owed by who has released an edition before that year's end or reported on an earlier one.
    To whoever may not change the plan, nothing waits. Two queries at most.
    """
    last, begun = on.year - 1, date(on.year, 1, 1)
    every = YearReport.objects.filter(tenant=tenant, kind=ReportKind.YEARLY)
    mine = list(within(person, May.EDIT_PLAN, every).order_by("pk"))
    over = [one for one in mine if one.starts < begun <= one.ends]
    if any(one.state == ReportState.RELEASED for one in over):
        return []
    reported = any(one.state == ReportState.RELEASED for one in mine)
    if not over and not reported and not _published(person, tenant, before=begun):
        return []
    draft = over[-1] if over else None
    due = date(on.year, _DUE_MONTH, 1)
    return [Waiting(last, draft.key if draft else "", draft.title if draft else "", due)]


def _published(person: User, tenant: Tenant, *, before: date) -> bool:
    return editions(person, tenant).filter(released_on__lt=before).exists()
