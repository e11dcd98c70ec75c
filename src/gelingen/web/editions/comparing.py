"""Two editions side by side, as a page and as a document; the later one may be the draft."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse

from gelingen.access.record import UnknownRecordError
from gelingen.config.day import today
from gelingen.editions.comparing import LABELS, Comparison, Line
from gelingen.editions.ended import compare_editions
from gelingen.editions.queries import editions
from gelingen.reports.counting import capital
from gelingen.reports.editions import compared_document
from gelingen.reports.editions.compared import title_of, topic_words
from gelingen.terms.editions import Difference, EditionState
from gelingen.web.documents.direct import hand_out_paper, require_format
from gelingen.web.lists import Column, Listing
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.plan.tabs import tabs

if TYPE_CHECKING:
    from gelingen.editions.models import Edition

_COUNTS = (Column("Was"), *(Column(one.label, number=True) for one in Difference))
_TOPICS = (Column("Vorher"), Column("Jetzt"))
_TITLES = (Column("Titel", wide=True), Column("Themenfeld"))
_FIELDS = (Column("Was"), Column("Vorher", wide=True), Column("Jetzt", wide=True))
# The lines of one difference, what changed in each, and whether they are folded.
Group = tuple[Listing, Sequence[tuple[str, Listing]], bool]


@staff
def compared(request: StaffRequest) -> HttpResponse:
    """Show what is different between two editions."""
    found, before, after = _chosen(request)
    both = before is not None and after is not None and before != after
    result = compare_editions(before, after) if both and before and after else None
    asked = f"?von={before.key}&bis={after.key}" if before and after else ""
    return page(
        request,
        "editions/compare.html",
        tabs=tabs(request, "editions"),
        editions=found,
        before=before,
        after=after,
        result=result,
        counts=_counts(result) if result else None,
        topics=_topics(result) if result else None,
        tables=_tables(result) if result else [],
        papers=[
            (label, f"{address(request, 'compare-editions-paper', fmt=fmt)}{asked}")
            for fmt, label in (("pdf", "PDF"), ("docx", "DOCX"), ("html", "HTML"))
        ],
    )


@staff
def document(request: StaffRequest, fmt: str) -> HttpResponse:
    """Hand out the comparison as PDF, DOCX or HTML."""
    require_format(fmt)
    _, before, after = _chosen(request)
    if before is None or after is None or before == after:
        raise UnknownRecordError("Zum Vergleichen braucht es zwei Ausgaben.")
    written = compared_document(
        compare_editions(before, after), before=str(before), after=str(after),
        author=request.tenant.name, on=today(),
    )  # fmt: skip
    return hand_out_paper(written, fmt, name="ausgaben-vergleich")


def _chosen(request: StaffRequest) -> "tuple[list[Edition], Edition | None, Edition | None]":
    """Find the editions to choose from, and the two that are asked for.

    Without a choice it is the last one before the newest, or the draft, and that.
    """
    found = list(editions(request.user, request.tenant))
    found.sort(key=lambda one: (one.number is None, one.number or 0))
    after = _asked(request, "bis", found) or (found[-1] if found else None)
    old = [one for one in found if one.state != EditionState.DRAFT and one != after]
    before = _asked(request, "von", found) or (old[-1] if old else None)
    return found, before, after


def _asked(request: StaffRequest, name: str, found: "Sequence[Edition]") -> "Edition | None":
    key = request.GET.get(name, "")
    if not key:
        return None
    for one in found:
        if one.key == key:
            return one
    raise UnknownRecordError("Diese Ausgabe gibt es nicht.")


def _counts(found: Comparison) -> Listing:
    return Listing(
        "Zahl der Einträge",
        _COUNTS,
        [
            (table.label, *(str(count) for count in found.counts(table).values()))
            for table in LABELS
            if found.of(table)
        ],
    )


def _topics(found: Comparison) -> Listing | None:
    rows = [topic_words(one) for one in found.topics]
    return Listing("Was aus den Themenfeldern wurde", _TOPICS, rows) if rows else None


def _tables(found: Comparison) -> list[tuple[str, list[Group]]]:
    """Give the lines by table and difference; with each change its fields."""
    return [
        (table.label, [_group(one, lines) for one in Difference if (lines := found.of(table, one))])
        for table in LABELS
        if found.of(table)
    ]


def _group(difference: Difference, lines: Sequence[Line]) -> Group:
    titles = Listing(
        f"{capital(difference.label)} ({len(lines)})",
        _TITLES,
        [
            (title_of(one) + ("" if one.listed else " (nicht mehr aufgeführt)"), one.topic or "–")
            for one in lines
        ],
    )
    fields = [
        (
            title_of(one),
            Listing(
                title_of(one), _FIELDS,
                [(of.label, of.before or "–", of.after or "–") for of in one.changed],
            ),
        )
        for one in lines
        if one.changed
    ]  # fmt: skip
    # What stayed is the longest list and the last that one asks for.
    return titles, fields, difference is Difference.CARRIED
