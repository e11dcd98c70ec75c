"""How much the voices of each group weigh: said in the address, so that everybody sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from gelingen.needs.lists import PLANNED, NeedLine
from gelingen.needs.ranking import shares
from gelingen.needs.voices import groups_of
from gelingen.terms.spelling import number
from gelingen.terms.vocabulary import NeedState
from gelingen.web.lists import ORDER, PAGE
from gelingen.web.needs.forms import WEIGHT

MOST = 100.0
UNKNOWN = "ohne Angabe"
FEW = 5  # below so many voices, one voice of a group moves its shares by more than a fifth


def groups_in_words(groups: Sequence[tuple[str, int]]) -> str:
    """Say how many voices each group has; the name first, it stands in the singular."""
    return ", ".join(f"{group or UNKNOWN} {count}" for group, count in groups)


@dataclass(frozen=True, slots=True)
class GroupWeight:
    """One group: how it is named in the address, its voices, and how much they weigh."""

    name: str
    group: str
    voices: int
    weight: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """The needs of a list with the share of each in the voices, and the weights behind it.

    `kept` is what else the address asks for, as names and values.
    """

    groups: tuple[GroupWeight, ...]
    shares: Mapping[str, float]
    kept: tuple[tuple[str, str], ...]
    few: int = FEW

    @property
    def small(self) -> list[str]:
        """Groups with few voices that count as much as others; none where there is but one."""
        counting = [one for one in self.groups if one.weight != "0"]
        small = [one.group for one in counting if one.voices < FEW]
        return small if len(counting) > 1 else []

    @property
    def alike(self) -> bool:
        """Whether every group weighs the same."""
        return len({one.weight for one in self.groups}) == 1


def weigh(request: HttpRequest, lines: Sequence[NeedLine]) -> Weighed:
    """Weigh the voices of a list as the address asks for.

    Only needs that are open or planned share in the voices, whatever else the list shows: what is
    met, dropped, over or carried on is not to be put in order any more.
    """
    asking = [line for line in lines if line.standing in (NeedState.OPEN, PLANNED)]
    said = {line.key: line.said for line in asking if line.said.groups}
    groups = groups_of(said.values())
    weights = {group: _weight(request.GET.get(f"{WEIGHT}{group}", "")) for group, _ in groups}
    return Weighed(
        tuple(
            GroupWeight(f"{WEIGHT}{group}", group or UNKNOWN, count, _written(weights[group]))
            for group, count in groups
        ),
        shares(said, weights),
        tuple(
            (name, ",".join(values))
            for name, values in request.GET.lists()
            if any(values) and name not in (ORDER, PAGE) and not name.startswith(WEIGHT)
        ),
    )


def _written(weight: float) -> str:
    return number(weight, 0 if weight == int(weight) else 2)


def _weight(text: str) -> float:
    """Read a weight; what is none, or beyond all bounds, weighs one."""
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return 1.0
    return found if 0 <= found <= MOST else 1.0
