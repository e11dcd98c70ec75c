"""Which groups have scored, and what they say side by side, as far as it may be seen."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse

from gelingen.config.day import today
from gelingen.programme.members import by_members
from gelingen.programme.orders import orders_of
from gelingen.programme.queries import Whole, get_selection, scoring_open, whole
from gelingen.programme.reckoning import Scored, member_points, middle_of, scores
from gelingen.programme.watching import GroupLine, group_lines
from gelingen.terms.programme import Basis, Showing
from gelingen.terms.spelling import day, last_day
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.pages import (
    StaffRequest,
    address,
    page,
    staff,
)
from gelingen.web.programme.tabs import names_of, parts
from gelingen.wording.selection import ORDERS, say_orders, say_points
from gelingen.wording.words import counted

if TYPE_CHECKING:
    from gelingen.programme.models import Selection

_ANSWERS = {
    Showing.AFTERWARDS: "Was andere Gruppen sagen, sieht man nach dem Abschluss der Bewertung.",
    Showing.SENT: "Was andere Gruppen sagen, sieht man, wenn die eigene Bewertung abgegeben ist.",
    Showing.NEVER: "Was einzelne Gruppen sagen, sieht nur, wer die Auswahl führt.",
}
_AFTER = (
    "Was die Gruppen zusammen sagen, sieht man nach dem Abschluss der Bewertung; bis dahin auch "
    "nicht, wer die Auswahl führt."
)
_SINGLE = {
    Showing.AFTERWARDS: _AFTER,
    Showing.SENT: _AFTER,
    Showing.NEVER: "Was die Gruppen zusammen sagen, sieht nach dem Abschluss nur, wer die Auswahl "
    "führt.",
}


@staff
def overview(request: StaffRequest, record: str) -> HttpResponse:
    """Say which groups have scored, and show their points as far as they may be seen."""
    found = get_selection(request.user, request.tenant, record)
    seen = whole(request.user, found)
    groups = group_lines(request.user, found, on=today())
    return page(
        request,
        "programme/scores.html",
        selection=found,
        parts=parts(request, found, "selection-scores"),
        answer=_overview_answer(found, groups),
        groups=_groups(request, seen, groups),
        points=_points(seen),
        orders=_orders(seen),
        comments=_comments(seen),
        within=_within(seen),
        few=", ".join(seen.few),
        alone=by_members(found),
        complete=seen.complete,
        secret=(_SINGLE if by_members(found) else _ANSWERS)[Showing.of(found.showing)],
        leads=seen.leads,
        begun=bool(seen.ballots) or any(one.gave for one in groups),
    )


def _overview_answer(found: "Selection", groups: list[GroupLine]) -> str:
    if not groups:
        return ""
    sent = sum(one.gave for one in groups)
    until = f" Bewertet wird bis {day(last_day(found.ends))}." if found.ends else ""
    open_ = until if scoring_open(found, on=today()) else ""
    if by_members(found):
        gave = sum(one.members.sent for one in groups if one.members)
        asked = sum(one.members.asked for one in groups if one.members)
        all_ = counted(asked, "Mitglied", "Mitgliedern")
        return f"{gave or 'Keines'} von {all_} {_have(gave)} abgegeben.{open_}"
    return f"{sent or 'Keine'} von {len(groups)} Gruppen {_have(sent)} abgegeben.{open_}"


def _have(number: int) -> str:
    return "hat" if number <= 1 else "haben"


def _groups(request: StaffRequest, seen: Whole, groups: list[GroupLine]) -> Listing:
    open_ = scoring_open(seen.selection, on=today())
    visible = {one.body_id for one in (seen.own if by_members(seen.selection) else seen.ballots)}
    given = {one.body_id for one in seen.own if one.sent is not None}
    rows: list[Row] = []
    for one in groups:
        url = address(request, "ballot", record=seen.selection.key, body=one.key)
        may = one.number in seen.scores and one.sent is None and one.number not in given
        label = "Bewerten" if open_ and may else "Ansehen"
        shown = one.number in visible or (open_ and may)
        rows.append((one.name, _gave(one), Cell(label, url=url, heard=one.name) if shown else "–"))
    columns = (Column("Gruppe", wide=True), Column("Bewertung"), Column("Aktion"))
    return Listing("Wer bewertet", columns, rows)


def _gave(one: GroupLine) -> str:
    if one.members is not None:
        known = f"{one.members.sent} von {counted(one.members.asked, 'Mitglied', 'Mitgliedern')}"
        return known if one.members.asked else "kein Mitglied mit Konto und Stimme"
    return f"abgegeben am {day(one.sent)}" if one.sent else "offen"


def _points(seen: Whole) -> Listing | None:
    """Put the points of the groups side by side; None while none is to be seen."""
    if not (seen.counting and seen.candidates):
        return None
    found = scores(seen)
    groups = [one.body for one in seen.shown]
    # How far all groups are apart would tell what a group says that is not shown by itself.
    together = (_TOGETHER[:1] if seen.few else _TOGETHER) if seen.complete else ()
    columns = (
        Column("Maßnahme", wide=True),
        *(Column(label, number=True) for label in together),
        *(Column(str(one), number=True, wide=True) for one in groups),
    )
    rows = [
        (
            one.measure.title,
            *_together(found[one.key])[: len(together)],
            *(say_points(found[one.key].by.get(group.key)) for group in groups),
        )
        for one in seen.candidates
    ]
    return Listing("Punkte der Gruppen, 0 bis 100", columns, rows)


_TOGETHER = ("Zusammen", "Durchschnitt", "Mittlere Gruppe", "Spanne", "Enthaltungen")


def _together(one: Scored) -> tuple[str, ...]:
    figures = (one.points, one.mean, one.median, one.apart)
    return (*(say_points(each) for each in figures), str(len(one.abstained)))


@dataclass(frozen=True, slots=True)
class OneOrder:
    """One order out of those of the groups: the table, and sentences below it."""

    listing: Listing
    said: tuple[str, ...]


def _orders(seen: Whole) -> OneOrder | None:
    """Make one order of those of the groups; None where they score, or not all may be seen."""
    if not (seen.selection.basis == Basis.ORDER and seen.counting and seen.complete):
        return None
    found = orders_of(seen)
    methods = (found.borda, found.kemeny, found.schulze)
    ordered = sorted(seen.candidates, key=lambda one: (*(each[one.key] for each in methods),))
    rows = [(one.measure.title, *(str(each[one.key]) for each in methods)) for one in ordered]
    heads = (Column(label, number=True, meaning=text) for label, text in ORDERS.items())
    listing = Listing("Eine gemeinsame Reihenfolge", (Column("Maßnahme", wide=True), *heads), rows)
    return OneOrder(listing, say_orders(found.winner, found.others, names_of(seen)))


def _within(seen: Whole) -> Listing | None:
    """Say how far the members of each group agree; None where groups score as a whole."""
    if not seen.single:
        return None
    alone = member_points(seen)
    rows = [
        (
            one.measure.title,
            str(group.body),
            str(len(given := alone[group.body_id].get(one.key, ()))),
            *(say_points(each) for each in middle_of(given)),
            str(sum(each.body_id == group.body_id for each in seen.single) - len(given)),
        )
        for one in seen.candidates
        for group in seen.shown
    ]
    if not rows:
        return None
    heads = ("Bewertungen", "Durchschnitt", "Median", "Spanne", "Enthaltungen")
    columns = (
        Column("Maßnahme", wide=True),
        Column("Gruppe"),
        *(Column(head, number=True) for head in heads),
    )
    return Listing("Mitglieder innerhalb der Gruppen", columns, rows)


def _comments(seen: Whole) -> Listing | None:
    """List what groups said beside their points; None if nothing is to be seen."""
    rows = [
        (one.measure.title, str(ballot.body), ballot.comments[one.key])
        for one in seen.candidates
        for ballot in seen.shown
        if one.key in ballot.comments
    ]
    columns = (Column("Maßnahme", wide=True), Column("Gruppe"), Column("Bemerkung", wide=True))
    return Listing("Bemerkungen der Gruppen", columns, rows) if rows else None
