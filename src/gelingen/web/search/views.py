"""Search in everything: one field, results by kind, each with the way to its page."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.register.lists import changeable
from gelingen.search.queries import Found, Group, Hit
from gelingen.search.queries import search as find
from gelingen.terms.spelling import day, last_day
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.register.extending import ExtendForm, proposal

LONGEST = 200
HEADS = {
    "structure": "Strukturen",
    "organisation": "Organisationen",
    "funding": "Finanzierungen",
    "need": "Bedarfe",
    "goal": "Wirkungsziele",
    "measure": "Maßnahmen",
    "body": "Gremien",
    "proposal": "Vorschläge",
    "paper": "Vorlagen",
    "finding": "Befunde",
}
LISTS = {
    "structure": "structures",
    "organisation": "organisations",
    "funding": "fundings",
    "need": "plan",
    "goal": "plan",
    "measure": "plan",
    "body": "bodies",
    "proposal": "body-proposals",
    "paper": "council-papers",
    "finding": "findings",
}
SEARCHED = ("structure", "organisation", "funding")  # kinds whose list can be searched too


@dataclass(frozen=True, slots=True)
class Result:
    """One hit as the page shows it; with a form a funding can be extended in place."""

    name: str
    url: str
    about: str
    until: str
    form: ExtendForm | None
    action: str


@dataclass(frozen=True, slots=True)
class Results:
    """Hits of one kind, and the way to the others."""

    head: str
    rows: list[Result]
    more: str


@staff
def search(request: StaffRequest) -> HttpResponse:
    """Find records by words."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = find(request.user, request.tenant, words)
    return page(
        request,
        "search/search.html",
        words=words,
        found=found,
        answer=_answer(words, found),
        groups=[_results(request, group, words) for group in found.groups],
        instead=urlencode({"q": found.proposal}),
    )


def _answer(words: str, found: Found) -> str:
    if not words:
        return (
            "Gesucht wird in Strukturen, Organisationen, Geld, Bedarfen, Plan, Gremien und "
            "Befunden."
        )
    if found.near:
        return f"Kein genauer Treffer für „{words}“. Gezeigt wird, was ähnlich geschrieben ist."
    if not found.number:
        return f"Kein Treffer für „{words}“."
    many = "Ein Treffer" if found.number == 1 else f"{found.number} Treffer"
    return f"{many} für „{words}“."


def _results(request: StaffRequest, group: Group, words: str) -> Results:
    keys = [hit.key for hit in group.hits]
    may = set(keys)
    if group.kind == "funding" and not allowed_in(request.user, May.EDIT_REGISTER, request.tenant):
        may = changeable(request.user, request.tenant, "funding", keys)
    query = f"?{urlencode({'suche': words})}" if group.kind in SEARCHED else ""
    way = f"{address(request, LISTS[group.kind])}{query}"
    rows = [_result(request, hit, hit.key in may) for hit in group.hits]
    return Results(HEADS[group.kind], rows, way if group.more else "")


def _result(request: StaffRequest, hit: Hit, may: bool) -> Result:  # noqa: FBT001 - of a row
    kind, key = ("structure", hit.home) if hit.home else (hit.kind, hit.key)
    page_of = "council-paper" if kind == "paper" else kind
    extends = hit.kind == "funding" and may and hit.ends is not None
    form = None
    if extends:
        form = ExtendForm(initial={"until": proposal(hit.ends)}, auto_id=f"id_{hit.key}_%s")
    return Result(
        hit.name,
        address(request, page_of, record=int(key) if kind == "finding" else key),
        hit.about,
        _until(hit),
        form,
        address(request, "extend", record=hit.key) if extends else "",
    )


def _until(hit: Hit) -> str:
    if hit.ends is None:
        return ""
    over = "beendet am" if hit.ends <= today() else "bis"
    return f"{over} {day(last_day(hit.ends))}"
