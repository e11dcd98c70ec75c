"""Three lists side by side, why they differ, and what the body chooses."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect

from gelingen.access.policy import May, require
from gelingen.analysis.selection.changes import change
from gelingen.config.day import today
from gelingen.history.recording import new_batch
from gelingen.programme.deciding import choose, decide, reopen
from gelingen.programme.queries import Whole, amount_of, get_selection, whole
from gelingen.programme.reckoning import Lists, reckon
from gelingen.reports.selection import selection_paper
from gelingen.terms.programme import SelectionState
from gelingen.web.documents.direct import hand_out_paper, require_format
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.programme.tabs import names_of, parts
from gelingen.wording.selection import (
    FAIR,
    MEANINGS,
    MOST,
    ORDER,
    say_amount,
    say_change,
    say_list,
    say_obstacle,
    say_passed,
    say_points,
    say_skipped,
    say_where,
)

if TYPE_CHECKING:
    from gelingen.programme.models import Candidate


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate in the table.

    Attributes:
        candidate: the record.
        amounts: each limit with what it takes of it, in words.
        points: its points in words.
        by: points of each group, in words, by name of the group.
        on: each list by its name, and whether it stands on it.
        chosen: whether it is ticked.
        reason: what is given as reason.
        where: on which lists it stands and on which not; "" where they agree.
        why: sentences that explain it.

    """

    candidate: "Candidate"
    amounts: tuple[tuple[str, str], ...]
    points: str
    by: tuple[tuple[str, str], ...]
    on: tuple[tuple[str, bool], ...]
    chosen: bool
    reason: str
    where: str
    why: tuple[str, ...]


@staff
def lists(request: StaffRequest, record: str) -> HttpResponse:
    """Show the lists and what is chosen; take what the body chooses."""
    selection = get_selection(request.user, request.tenant, record)
    wrong = ""
    if request.method == "POST":
        require(request.user, May.CHOOSE, selection)
        batch = new_batch()
        try:
            message = _take(request, record, batch)
        except REFUSALS as error:
            wrong = sentence_of(error)
        else:
            tell(request, message, undo=batch)
            return HttpResponseRedirect(address(request, "selection-lists", record=record))
    answer = page(request, "programme/lists.html", **_shown(request, record), wrong=wrong)
    if wrong:
        answer.status_code = 422
    return answer


def _take(request: StaffRequest, record: str, batch: str) -> str:
    selection = get_selection(request.user, request.tenant, record)
    what = request.POST.get("tun", "merken")
    if what == "zuruecknehmen":
        reopen(actor=request.user, selection=selection, batch=batch)
        return "Die Entscheidung ist zurückgenommen; was ausgewählt war, steht noch da."
    keys = request.POST.getlist("zeile")
    ticked = set(request.POST.getlist("wahl"))
    choose(
        actor=request.user,
        selection=selection,
        chosen={key: key in ticked for key in keys},
        reasons={key: request.POST.get(f"grund-{key}", "") for key in keys},
        versions={
            key: int(stand)
            for key in keys
            if (stand := request.POST.get(f"stand-{key}", "")).isdecimal()
        },
        batch=batch,
    )
    if what == "entscheiden":
        decide(actor=request.user, selection=selection, on=today(), batch=batch)
        return f"Das Programm {selection.year} ist festgehalten."
    return "Gemerkt. Entschieden ist damit noch nichts."


def _shown(request: StaffRequest, record: str) -> dict[str, object]:
    selection = get_selection(request.user, request.tenant, record)
    seen = whole(request.user, selection)
    base = {
        "selection": selection,
        "parts": parts(request, selection, "selection-lists"),
        "leads": seen.leads,
        "decided": selection.state == SelectionState.DECIDED,
        "weighing": selection.state == SelectionState.WEIGHING,
        "limits": seen.limits,
    }
    if not (seen.candidates and seen.sent):
        return {**base, "rows": [], "answer": _nothing(seen)}
    found = reckon(seen)
    rows = _lines(seen, found)
    return {
        **base,
        "rows": rows,
        "differing": [one for one in rows if one.where],
        "heads": _heads(seen, found),
        "answer": _answer(rows),
        "groups": sorted({name for one in rows for name, _ in one.by}),
        "sum": _sum(seen, rows),
        "obstacles": [
            say_obstacle(one, names_of(seen), _amount(seen)) for one in found.most.obstacles
        ],
    }


def _nothing(seen: Whole) -> str:
    if not seen.candidates:
        return "Noch steht keine Maßnahme zur Wahl."
    return "Noch ist keine Bewertung zu sehen; die Listen entstehen aus den Bewertungen."


def _answer(rows: list[Line]) -> str:
    differing = sum(bool(one.where) for one in rows)
    if not differing:
        return f"{len(rows)} Maßnahmen stehen zur Wahl. Die drei Listen sagen dasselbe."
    many = "Bei einer sind sie" if differing == 1 else f"Bei {differing} sind sie"
    return f"{len(rows)} Maßnahmen stehen zur Wahl. {many} sich nicht einig."


def _amount(seen: Whole) -> Callable[[str, Fraction], str]:
    resources = {one.key: one.resource for one in seen.limits}
    return lambda key, amount: say_amount(resources[key], amount)


def _chosen(found: Lists) -> dict[str, Collection[str]]:
    return {
        MOST: found.most.chosen,
        FAIR: found.fair.selection.chosen,
        ORDER: found.order.selection.chosen,
    }


def _heads(seen: Whole, found: Lists) -> list[tuple[str, str, str]]:
    """Give for each list its name, what it does, and what it comes to."""
    each = ((MOST, found.most), (FAIR, found.fair.selection), (ORDER, found.order.selection))
    amount = _amount(seen)
    return [
        (name, MEANINGS[name], say_list(len(one.chosen), one.left, amount)) for name, one in each
    ]


def _lines(seen: Whole, found: Lists) -> list[Line]:
    chosen = _chosen(found)
    places = {key: place for place, key in enumerate(found.order.order, start=1)}
    ordered = sorted(seen.candidates, key=lambda one: places[one.key])
    return [_line(seen, found, one, chosen) for one in ordered]


def _line(
    seen: Whole, found: Lists, one: "Candidate", chosen: Mapping[str, Collection[str]]
) -> Line:
    scored = found.scored[one.key]
    where = say_where(chosen, one.key)
    return Line(
        one,
        tuple(
            (
                str(limit),
                say_amount(limit.resource, amount_of(one, limit.key))
                if limit.key in one.amounts
                else "–",
            )
            for limit in seen.limits
        ),
        say_points(scored.points),
        tuple((name, say_points(points)) for name, points in sorted(scored.by.items())),
        tuple((name, one.key in keys) for name, keys in chosen.items()),
        # Until the body has said something, the list of most points is proposed.
        one.key in found.most.chosen if one.chosen is None else one.chosen,
        one.reason,
        where,
        _why(seen, found, one.key) if where else (),
    )


def _why(seen: Whole, found: Lists, key: str) -> tuple[str, ...]:
    names, amount = names_of(seen), _amount(seen)
    said = [say_change(change(found.pool, found.most, key), names, amount)]
    if key not in found.fair.selection.chosen:
        why = found.fair.passed.get(key, ())
        said.append(say_passed(why, found.pool.limits, names, lacking=_lacking(found, key)))
    if key in found.order.skipped:
        place = found.order.order.index(key) + 1
        said.append(say_skipped(found.order.skipped[key], place, names, amount))
    return tuple(filter(None, said))


def _lacking(found: Lists, key: str) -> str:
    """Say how much those who want a candidate lack in the end to pay for it."""
    if found.fair.shares is None or key in found.pool.with_needed(found.pool.duties):
        return ""
    missing = found.pool.price(key) - found.fair.shares.together(key)
    return say_amount("money", Fraction(missing)) if missing > 0 else ""


def _sum(seen: Whole, rows: list[Line]) -> list[tuple[str, str, str, bool]]:
    """Add up what is ticked, by limit: its name, what is used and there is, whether too much."""
    taken = [one.candidate for one in rows if one.chosen]
    found = []
    for limit in seen.limits:
        used = sum((amount_of(one, limit.key) for one in taken), Fraction(0))
        most = Fraction(limit.amount)
        found.append(
            (
                str(limit),
                say_amount(limit.resource, used),
                say_amount(limit.resource, most),
                used > most,
            )
        )
    return found


@staff
def paper(request: StaffRequest, record: str, fmt: str) -> HttpResponse:
    """Hand out the paper of a selection as a file."""
    require_format(fmt)
    selection = get_selection(request.user, request.tenant, record)
    document = selection_paper(request.user, selection, on=today())
    return hand_out_paper(document, fmt, name=f"auswahl-{selection.year}")
