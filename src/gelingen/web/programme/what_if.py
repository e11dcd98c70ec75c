"""What would be chosen within other limits, and how much the weights decide."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gelingen.analysis.selection.changes import Frontier, frontier
from gelingen.jobs import weigh_selection
from gelingen.programme.queries import Whole, get_selection, whole
from gelingen.programme.reckoning import Lists, reckon
from gelingen.programme.weighing import NUMBER, Weighed, begin, can_weigh, weighed
from gelingen.web.lists import Column, Listing
from gelingen.web.pages import StaffRequest, address, done, page, staff
from gelingen.web.programme.forms import AmountField
from gelingen.web.programme.lines import NAMES, amount_in
from gelingen.web.programme.lists import no_lists
from gelingen.web.programme.tabs import names_of, parts
from gelingen.wording.selection import (
    say_list,
    say_moved,
    say_points,
    say_share,
    say_step,
)
from gelingen.workbook.raw import german_number

if TYPE_CHECKING:
    from decimal import Decimal

_STEPS = 8
_HALF, _MORE = Fraction(1, 2), Fraction(3, 2)


class LimitsForm(forms.Form):
    """Andere Grenzen: je Grenze ein Betrag."""

    def __init__(self, seen: Whole, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # Django's own options
        for one in seen.limits:
            self.fields[f"grenze_{one.key}"] = AmountField(str(one))

    def limits(self, seen: Whole) -> dict[str, Fraction]:
        """Hand over what was typed; what was left out or cannot be read stays as it is."""
        found: dict[str, Decimal | None] = getattr(self, "cleaned_data", {})
        typed = {one.key: found.get(f"grenze_{one.key}") for one in seen.limits}
        return {key: Fraction(value) for key, value in typed.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Moved:
    """One list within other limits: its name, what it comes to, and what is different."""

    name: str
    comes_to: str
    moved: str


@staff
def what_if(request: StaffRequest, record: str) -> HttpResponse:
    """Show the lists within other limits, and in how many weightings each measure is chosen."""
    selection = get_selection(request.user, request.tenant, record)
    seen = whole(request.user, selection)
    base = {"selection": selection, "parts": parts(request, selection, "selection-what-if")}
    if why := no_lists(seen):
        return page(request, "programme/what_if.html", **base, answer=why)
    weights = _weights(seen, weighed(seen))
    again = address(request, "selection-what-if", record=record)
    if request.htmx:
        # How far the weightings are, asked every other second: nothing else is worked out for it.
        part = "programme/what_if.html#gewichtungen"
        return page(request, part, weights=weights, again=again, leads=seen.leads, **base)
    typed = {f"grenze_{one.key}": german_number(one.amount) for one in seen.limits}
    form = LimitsForm(seen, {**typed, **request.GET.dict()})
    limits = form.limits(seen) if form.is_valid() else {}
    found = reckon(seen)
    other = reckon(seen, limits=limits)
    return page(
        request,
        "programme/what_if.html",
        **base,
        answer=_answer(found, other),
        form=form,
        moved=_moved(seen, found, other),
        obstacle=not other.most.possible,
        limits=seen.limits,
        steps=_steps(seen, other, request.GET.get("stufen", "")),
        weights=weights,
        leads=seen.leads,
        again=again,
    )


def _answer(found: Lists, other: Lists) -> str:
    if found.pool.limits == other.pool.limits:
        return "Hier lassen sich Grenzen verschieben. Gespeichert wird dabei nichts."
    return "Gerechnet mit anderen Grenzen als denen des Jahres. Gespeichert ist davon nichts."


def _chosen(found: Lists) -> tuple[Collection[str], ...]:
    return found.most.chosen, found.fair.selection.chosen, found.order.selection.chosen


def _moved(seen: Whole, found: Lists, other: Lists) -> list[Moved]:
    names, amount = names_of(seen), amount_in(seen)
    lists = (other.most, other.fair.selection, other.order.selection)
    return [
        Moved(
            name,
            say_list(len(one.chosen), one.left, amount),
            say_moved(set(one.chosen) - set(before), set(before) - set(one.chosen), names),
        )
        for name, one, before in zip(NAMES.values(), lists, _chosen(found), strict=True)
    ]


# Where the choice changes with one limit


def _steps(seen: Whole, found: Lists, key: str) -> Listing | None:
    """Say from which amount of one limit on which choice is the best; None if not asked."""
    most = found.pool.limits.get(key)
    if not most:
        return None
    moved = frontier(found.pool, key, lowest=most * _HALF, highest=most * _MORE, steps=_STEPS)
    columns = (
        Column("Ab", number=True),
        Column("Punkte", number=True),
        Column("Gegenüber der Zeile darüber", wide=True),
    )
    limit = next(one for one in seen.limits if one.key == key)
    return Listing(f"Meiste Punkte, je nach Grenze: {limit}", columns, _step_rows(seen, key, moved))


def _step_rows(seen: Whole, key: str, moved: Frontier) -> list[tuple[str, ...]]:
    names, amount = names_of(seen), amount_in(seen)
    rows: list[tuple[str, ...]] = []
    before = None
    for step in moved.steps:
        chosen = set(step.selection.chosen)
        said = (
            say_step(len(chosen))
            if before is None
            else say_moved(chosen - before, before - chosen, names)
        )
        rows.append((amount(key, step.least), say_points(step.selection.value), said))
        before = chosen
    return rows


# How much the weights decide


@dataclass(frozen=True, slots=True)
class Weights:
    """What the page says about the weightings.

    Attributes:
        possible: whether there is anything to weigh.
        waits: whether they are being worked out.
        done: how many were looked at.
        wrong: why nothing came out.
        listing: in how many each measure is chosen.

    """

    possible: bool
    waits: bool
    done: int
    wrong: str
    listing: Listing | None


def _weights(seen: Whole, state: Weighed | None) -> Weights:
    possible = can_weigh(seen)
    if state is None:
        return Weights(possible, False, 0, "", None)  # noqa: FBT003 - in the order of the fields
    waits = not state.over and not state.stopped(timezone.now())
    return Weights(possible, waits, state.done, state.wrong, _weighed(seen, state))


def _weighed(seen: Whole, state: Weighed) -> Listing | None:
    if not state.chosen:
        return None
    ordered = sorted(seen.candidates, key=lambda one: (-state.chosen.get(one.key, 0), one.key))
    rows = [
        (one.measure.title, *say_share(state.chosen.get(one.key, 0), state.done)) for one in ordered
    ]
    columns = (
        Column("Maßnahme", wide=True),
        Column("Gewählt in", number=True),
        Column("Das heißt"),
    )
    return Listing(f"Gewählt in so vielen von {NUMBER} Gewichtungen", columns, rows)


@staff
@require_POST
def weigh(request: StaffRequest, record: str) -> HttpResponse:
    """Order the weightings; what is being worked out already is enough."""
    selection = get_selection(request.user, request.tenant, record)
    if begin(request.user, selection):
        weigh_selection.enqueue(
            actor_id=request.user.pk, tenant_key=request.tenant.pk, selection=record
        )
    return done(
        request, "Die Gewichtungen werden gerechnet.", to="selection-what-if", record=record
    )
