"""How much the weights of the criteria decide: in how many of 1,000 weightings each is chosen.

Takes seconds, so it is ordered and its state kept in the cache, under a mark of all that it is
worked out from: what was scored or changed since makes another mark, and an old answer is never
shown for a new question.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.cache import cache
from django.utils import timezone

from gelingen.access.policy import Actor, May, require
from gelingen.analysis.selection.robustness import draw_weightings, robustness
from gelingen.errors import UserError
from gelingen.programme.models import Selection
from gelingen.programme.queries import Whole, whole
from gelingen.programme.reckoning import parts_of, pool_of, scores
from gelingen.terms.programme import Basis

NUMBER = 1_000
_SEED = 1
_STEP = 20
_KEPT = int(timedelta(days=90).total_seconds())
_SILENT = timedelta(minutes=2)


class WeighingError(UserError):
    """There is nothing to weigh."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How far it is, and what came out.

    Attributes:
        done: weightings looked at so far, of `NUMBER`.
        at: when that was said.
        chosen: by key of the candidate, in how many it is chosen; empty until all are done.
        proved: in how many the best choice is proved.
        wrong: why nothing came out; "" mostly.

    """

    done: int
    at: datetime
    chosen: dict[str, int] = field(default_factory=dict)
    proved: int = 0
    wrong: str = ""

    @property
    def over(self) -> bool:
        """Whether there is an answer, of whatever kind."""
        return bool(self.chosen or self.wrong)

    def stopped(self, now: datetime) -> bool:
        """Whether nobody has worked on it for so long that somebody may ask again."""
        return not self.over and now - self.at > _SILENT


def weighed(seen: Whole) -> Weighed | None:
    """Say how far it is for what stands now; None if nobody asked."""
    kept = cache.get(_mark(seen))
    return Weighed(**kept) if kept else None


def can_weigh(seen: Whole) -> bool:
    """Whether there are scores by at least two criteria."""
    by_criteria = seen.selection.basis == Basis.POINTS and len(seen.criteria) > 1
    return bool(seen.counting) and by_criteria


def begin(actor: Actor, selection: Selection) -> bool:
    """Say that it is ordered; gives whether there is something to do.

    Raises:
        PermissionDenied: the actor may not lead this selection.
        WeighingError: nothing is scored, or there are no two criteria to weigh.

    """
    require(actor, May.CHOOSE, selection)
    seen = whole(actor, selection)
    if not can_weigh(seen):
        raise WeighingError("Zu gewichten gibt es etwas, wenn nach zwei Kriterien bewertet ist.")
    before = weighed(seen)
    if before is not None and not before.stopped(timezone.now()):
        return False
    _keep(seen, Weighed(0, timezone.now()))
    return True


def weigh(actor: Actor, selection: Selection) -> Weighed:
    """Work it out, saying how far it is.

    Raises:
        PermissionDenied: the actor may not lead this selection.

    """
    require(actor, May.CHOOSE, selection)
    seen = whole(actor, selection)

    def told(done: int) -> bool:
        if done % _STEP == 0:
            _keep(seen, Weighed(done, timezone.now()))
        return True

    weightings = draw_weightings([one.key for one in seen.criteria], _SEED, NUMBER)
    pool = pool_of(seen, scores(seen))
    try:
        found = robustness(pool, parts_of(seen), weightings, progress=told)
    except UserError as error:
        return _keep(seen, Weighed(0, timezone.now(), wrong=str(error)))
    return _keep(seen, Weighed(found.done, timezone.now(), dict(found.chosen), found.proved))


def _keep(seen: Whole, made: Weighed) -> Weighed:
    cache.set(_mark(seen), asdict(made), _KEPT)
    return made


def _mark(seen: Whole) -> str:
    """Name the question by all that its answer is worked out from."""
    asked = (
        sorted((key, sorted(parts.items())) for key, parts in parts_of(seen).items()),
        sorted((one.key, one.resource, one.amount) for one in seen.limits),
        sorted((one.topic.key, one.count) for one in seen.minima),
        sorted(
            (one.key, one.duty, one.measure.topic.key, sorted(one.amounts.items()))
            for one in seen.candidates
        ),
        sorted((key, sorted(needs), sorted(not_)) for key, (needs, not_) in seen.links.items()),
    )
    return f"weighing-{seen.selection.pk}-{sha256(repr(asked).encode()).hexdigest()}"
