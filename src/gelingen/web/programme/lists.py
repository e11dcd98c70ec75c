"""Three lists side by side, why they differ, and what the body chooses."""

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict

from gelingen.access.policy import May, require
from gelingen.config.day import today
from gelingen.errors import UserError
from gelingen.history.recording import new_batch
from gelingen.programme.deciding import by_points, choose, decide, programme_of, reopen, written
from gelingen.programme.queries import Whole, get_selection, whole
from gelingen.programme.reckoning import reckon
from gelingen.reports.selection import selection_paper
from gelingen.terms.programme import SelectionState
from gelingen.web.documents.direct import hand_out_paper, require_format
from gelingen.web.pages import REFUSALS, StaffRequest, address, page, sentence_of, staff, tell
from gelingen.web.programme.lines import (
    Line,
    amount_in,
    differences,
    heads_of,
    lines_of,
    missed,
    sums_of,
)
from gelingen.web.programme.tabs import names_of, parts
from gelingen.wording.selection import say_obstacle, say_unmet, say_unscored


@staff
def lists(request: StaffRequest, record: str) -> HttpResponse:
    """Show the lists and what is chosen; take what the body chooses."""
    selection = get_selection(request.user, request.tenant, record)
    if request.method != "POST":
        return page(request, "programme/lists.html", **_shown(request, record))
    require(request.user, May.CHOOSE, selection)
    batch = new_batch()
    try:
        message = _take(request, record, batch)
    except REFUSALS as error:
        shown = _shown(request, record, sent=request.POST)
        answer = page(request, "programme/lists.html", **shown, wrong=sentence_of(error))
        answer.status_code = 422
        return answer
    tell(request, message, undo=batch)
    return HttpResponseRedirect(address(request, "selection-lists", record=record))


def _take(request: StaffRequest, record: str, batch: str) -> str:
    selection = get_selection(request.user, request.tenant, record)
    what = request.POST.get("tun")
    if what == "zuruecknehmen":
        reopen(actor=request.user, selection=selection, batch=batch)
        return "Die Entscheidung ist zurückgenommen; was ausgewählt war, steht noch da."
    if what not in ("merken", "entscheiden"):
        raise UserError("Es ist nicht gesagt, ob gemerkt oder entschieden werden soll.")
    keys = request.POST.getlist("zeile")
    ticked = set(request.POST.getlist("wahl"))
    with transaction.atomic():
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


def _shown(
    request: StaffRequest, record: str, *, sent: QueryDict | None = None
) -> dict[str, object]:
    selection = get_selection(request.user, request.tenant, record)
    seen = whole(request.user, selection)
    base = {
        "selection": selection,
        "parts": parts(request, selection, "selection-lists"),
        "leads": seen.leads,
        "decided": selection.state == SelectionState.DECIDED,
        "weighing": selection.state == SelectionState.WEIGHING,
        "shown": seen.complete,
    }
    if selection.frozen:
        return {**base, **_decided(request, seen)}
    if why := no_lists(seen):
        return {**base, "rows": [], "answer": why}
    return {**base, **_weighed(seen, sent, asked=request.GET.get("preis", ""))}


def _decided(request: StaffRequest, seen: Whole) -> dict[str, object]:
    """Show the programme as it was held fast: what is changed afterwards changes nothing here."""
    kept = programme_of(request.user, seen, on=today())
    rows = lines_of(seen, kept, [one["key"] for one in by_points(kept)])
    chosen = sum(bool(one.chosen) for one in rows)
    return {
        "limits": [one["name"] for one in kept["limits"]],
        "rows": rows,
        "answer": f"Das Programm {seen.selection.year}: {chosen} von {len(rows)} Maßnahmen.",
        "sum": sums_of(kept, rows),
        "missed": say_unmet(kept["unmet"], {one: f"„{one}“" for one in kept["unmet"]}),
    }


def _weighed(seen: Whole, sent: QueryDict | None, *, asked: str) -> dict[str, object]:
    found = reckon(seen)
    kept = written(seen, found)
    rows = lines_of(seen, kept, found.order.order, sent)
    differing = differences(seen, found, rows, asked)
    return {
        "limits": [one["name"] for one in kept["limits"]],
        "rows": rows,
        "differing": differing,
        "unpriced": not all(one.priced for one in differing),
        "heads": heads_of(seen, found),
        "answer": _answer(rows, len(rows) - len(found.pool.candidates)),
        "sum": sums_of(kept, rows),
        "missed": missed(seen, found, rows),
        "obstacles": [
            say_obstacle(one, names_of(seen), amount_in(seen)) for one in found.most.obstacles
        ],
    }


def no_lists(seen: Whole) -> str:
    """Say why the actor sees no lists; "" where there are some."""
    if not seen.candidates:
        return "Noch steht keine Maßnahme zur Wahl."
    if not seen.given:
        return "Noch hat keine Gruppe bewertet; die Listen entstehen aus den Bewertungen."
    if not seen.complete and seen.leads:
        return "Solange einzelne Mitglieder bewerten, sieht auch hier niemand, was herauskommt."
    if not seen.complete:
        return (
            "Die Listen entstehen aus allen Bewertungen; hier sieht sie, wer alle Bewertungen "
            "sehen darf. Was das Gremium entscheidet, steht danach hier."
        )
    return ""


def _answer(rows: list[Line], unscored: int) -> str:
    differing = sum(bool(one.where) for one in rows)
    many = "Bei einer sind sie" if differing == 1 else f"Bei {differing} sind sie"
    agreed = f"{many} sich nicht einig." if differing else "Die drei Listen sagen dasselbe."
    said = f"{len(rows)} Maßnahmen stehen zur Wahl. {agreed}"
    return f"{said} {say_unscored(unscored)}" if unscored else said


@staff
def paper(request: StaffRequest, record: str, fmt: str) -> HttpResponse:
    """Hand out the paper of a selection as a file."""
    require_format(fmt)
    selection = get_selection(request.user, request.tenant, record)
    document = selection_paper(request.user, selection, on=today())
    return hand_out_paper(document, fmt, name=f"auswahl-{selection.year}")
