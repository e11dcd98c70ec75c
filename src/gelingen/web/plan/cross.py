"""Cross-cutting topics as a second axis: which measures of a topic carry which of them."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from gelingen.access.policy import May, allowed_in
from gelingen.errors import NotFoundError
from gelingen.history.recording import new_batch
from gelingen.plan.commands import carry_cross_topic
from gelingen.plan.queries import crossing
from gelingen.topics.queries import topics
from gelingen.web.pages import StaffRequest, address, done, page, staff
from gelingen.web.plan.tabs import tabs
from gelingen.web.records import ways

if TYPE_CHECKING:
    from gelingen.topics.models import Topic


class UnknownTopicError(NotFoundError):
    """There is no such cross-cutting topic."""


@staff
def grid(request: StaffRequest) -> HttpResponse:
    """Show topics against cross-cutting topics, with the measures where they meet."""
    known = list(topics(request.user, request.tenant))
    across = [one for one in known if one.cross_cutting]
    found = crossing(request.user, request.tenant)
    carried = {key for _, _, key, cross in found if cross}
    measures = {key for _, _, key, _ in found}
    may_edit = allowed_in(request.user, May.EDIT_PLAN, request.tenant)
    return page(
        request,
        "plan/cross.html",
        tabs=tabs(request, "plan-cross"),
        answer=f"{len(carried)} von {len(measures)} Maßnahmen tragen zu einem Querschnittsthema "
        "bei.",
        across=across,
        table=_table(request, known, across, found, may_edit=may_edit),
        may_edit=may_edit,
    )


def _table(
    request: StaffRequest,
    known: "list[Topic]",
    across: "list[Topic]",
    found: list[tuple[str, str, str, str]],
    *,
    may_edit: bool,
) -> SafeString:
    """Draw the grid; a topic without measures has no row."""
    way = ways(request, "measure")
    cells: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for topic, title, key, cross in found:
        if cross:
            cells.setdefault((topic, cross), []).append((way(key), title))
    heads = format_html_join("", '<th scope="col">{}</th>', (
        (_head(request, one, may_edit=may_edit),) for one in across
    ))  # fmt: skip
    used = {topic for topic, *_ in found}
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th>{}</tr>',
        (
            (one.name, format_html_join("", "<td>{}</td>", (
                (_cell(cells.get((one.key, other.key), [])),) for other in across
            )))
            for one in known
            if one.key in used
        ),
    )  # fmt: skip
    return format_html(
        '<div class="g-rolle" role="region" aria-label="Querschnittsthemen" tabindex="0">'
        '<table class="g-tab g-kreuz"><caption>Maßnahmen nach Themenfeld und Querschnittsthema'
        '</caption><thead><tr><th scope="col">Themenfeld</th>{}</tr></thead><tbody>{}</tbody>'
        "</table></div>",
        heads,
        rows,
    )


def _head(request: StaffRequest, one: "Topic", *, may_edit: bool) -> SafeString | str:
    if not may_edit:
        return one.name
    return format_html(
        '{} <a href="{}" aria-label="{}: Maßnahmen zuordnen">zuordnen</a>',
        one.name,
        address(request, "plan-cross-assign", topic=one.key),
        one.name,
    )


def _cell(measures: list[tuple[str, str]]) -> SafeString | str:
    if not measures:
        return "–"
    return format_html(
        "<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', measures)
    )


@staff
def assign(request: StaffRequest, topic: str) -> HttpResponse:
    """Tick the measures that carry a cross-cutting topic; all of them in one step."""
    if not allowed_in(request.user, May.EDIT_PLAN, request.tenant):
        raise PermissionDenied("Querschnittsthemen zuordnen")
    known = list(topics(request.user, request.tenant))
    one = next((one for one in known if one.key == topic and one.cross_cutting), None)
    if one is None:
        raise UnknownTopicError("Dieses Querschnittsthema gibt es nicht.")
    if request.method == "POST":
        batch = new_batch()
        changed = carry_cross_topic(
            actor=request.user,
            tenant=request.tenant,
            topic=one,
            measures=request.POST.getlist("measure"),
            before=request.POST.getlist("vorher"),
            batch=batch,
        )
        said = f"{one.name}: {changed} Zuordnungen geändert."
        return done(request, said, to="plan-cross", undo=batch if changed else "")
    found = crossing(request.user, request.tenant)
    ticked = {key for _, _, key, cross in found if cross == topic}
    groups = [(area.name, _choices(found, area.key, ticked)) for area in known]
    return page(
        request,
        "plan/cross_assign.html",
        one=one,
        groups=[(name, entries) for name, entries in groups if entries],
    )


def _choices(
    found: list[tuple[str, str, str, str]], topic: str, ticked: set[str]
) -> list[tuple[str, str, bool]]:
    """Key, title and whether it is ticked, of each measure of a topic once."""
    own = {key: title for area, title, key, _ in found if area == topic}
    return [(key, title, key in ticked) for key, title in own.items()]
