"""Rows of the outline, changed in place: their fields, what stands below, links, order."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_POST

from gelingen.access.policy import May, allowed_in
from gelingen.config.day import today
from gelingen.editing import get_record, may_create, row_of, save_record, sheet_of
from gelingen.errors import NotFoundError, UserError
from gelingen.findings.current import current
from gelingen.history.recording import new_batch
from gelingen.plan.beginnings import goal_for, measure_for
from gelingen.plan.commands import Ordered, arrange
from gelingen.plan.ordering import moved, put_before
from gelingen.plan.outline import Outline
from gelingen.plan.queries import plans
from gelingen.web.editing.saving import part_of
from gelingen.web.pages import (
    REFUSALS,
    StaffRequest,
    address,
    came_from,
    page,
    sentence_of,
    staff,
    tell,
)
from gelingen.web.plan.lines import TOPIC, Block, Line, head, known_outline, outline_rows
from gelingen.web.plan.links import links_of, side_of

if TYPE_CHECKING:
    from gelingen.needs.models import Need
    from gelingen.plan.models import ImpactGoal

FIELDS = {
    "need": ("statement", "severity", "starts", "ends"),
    "impact_goal": ("title", "due", "stair", "indicator"),
    "measure": ("title", "lead", "starts", "ends", "cost_year", "funding_ends"),
}
BELOW = {"need": "impact_goal", "impact_goal": "measure"}
NARROWED = frozenset({"nur", "querschnitt"})


class UnknownRowError(NotFoundError):
    """The outline has no such row."""


class NoTitleError(UserError):
    """Something new was sent without a title."""


@dataclass(frozen=True)
class Seen:
    """The plan as the person sees it, read once."""

    request: StaffRequest
    known: Outline
    blocks: list[Block]

    def find(self, kind: str, key: str) -> tuple[Block, Line]:
        """Find the row in which a record stands in full.

        Raises:
            UnknownRowError: there is none.

        """
        for block in self.blocks:
            for line in block.lines:
                if (line.kind, line.key) == (kind, key) and not line.again:
                    return block, line
        raise UnknownRowError("Diese Zeile gibt es im Plan nicht (mehr).")


def see(request: StaffRequest) -> Seen:
    """Read the plan and put it into rows."""
    known = known_outline(request, current(request.user, request.tenant))
    return Seen(request, known, outline_rows(request, known, on=today()))


class Editor:
    """One row that is open: its fields and its links; what was sent stays in the fields."""

    def __init__(self, seen: Seen, line: Line, *, sent: QueryDict | None = None) -> None:
        self.line = line
        self.part = part_of(seen.request, line.kind, line.key, FIELDS[line.kind], sent=sent)
        self.links = links_of(seen.known, line.kind, line.key)
        self.focus = seen.request.GET.get("feld", FIELDS[line.kind][0])


@staff
def row(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Show a row as it is, for example when a change is given up."""
    block, line = see(request).find(kind, record)
    if not request.htmx:
        return HttpResponseRedirect(_at(request, block, line))
    may_edit = allowed_in(request.user, May.EDIT_PLAN, request.tenant)
    return page(request, "plan/row.html", line=line, may_edit=may_edit, focus=line.ident)


@staff
def edit(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Change the fields of a row, in its place or on a page of its own."""
    seen = see(request)
    block, line = seen.find(kind, record)
    editor = Editor(seen, line, sent=request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if batch := editor.part.saved():
            tell(request, f"Gespeichert: {editor.part.thing}.", undo=batch)
            return _row_saved(request, kind, record)
        if editor.part.stale and not request.htmx:
            return editor.part.versions(_at(request, block, line))
    else:
        editor.part.attend(editor.focus)
    return page(
        request,
        "plan/row_page.html#zeile",
        form=editor.part.form,
        editor=editor,
        block=block,
        back=_at(request, block, line),
    )


def _row_saved(request: StaffRequest, kind: str, key: str) -> HttpResponse:
    seen = see(request)
    block, line = seen.find(kind, key)
    if not request.htmx:
        return HttpResponseRedirect(_at(request, block, line))
    shown = {"line": line, "block": block, "may_edit": True, "focus": line.ident}
    return page(request, "plan/row_saved.html", **shown, **head(seen.blocks))


@staff
def add(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Write a goal below a need or a measure below a goal, by its title alone."""
    sheet = sheet_of(BELOW.get(kind, ""))
    if not may_create(request.user, request.tenant, sheet):
        raise PermissionDenied("Ziele und Maßnahmen anlegen")
    block, line = see(request).find(kind, record)
    title, wrong = request.POST.get("titel", "").strip(), ""
    if request.method == "POST":
        batch = new_batch()
        try:
            thing = save_record(
                actor=request.user,
                tenant=request.tenant,
                sheet=sheet,
                values=_beginning(request, kind, record, title),
                batch=batch,
            )
        except REFUSALS as error:
            wrong = sentence_of(error)
        else:
            tell(request, f"Angelegt: {thing}.", undo=batch)
            return _block_saved(request, sheet.name, thing.key, number=block.number)
    answer = page(
        request,
        "plan/add_page.html#neu",
        line=line,
        word="Ziel" if kind == "need" else "Maßnahme",
        title=title,
        wrong=wrong,
        back=_at(request, block, line),
    )
    if wrong:
        answer.status_code = 422
    return answer


def _beginning(request: StaffRequest, kind: str, record: str, title: str) -> dict[str, object]:
    """Give the values of what begins below a need or goal."""
    if not title:
        raise NoTitleError("Bitte einen Titel eingeben.")
    above = get_record(request.user, request.tenant, sheet_of(kind), record)
    if kind == "need":
        plan = plans(request.user, request.tenant).first()
        return goal_for(cast("Need", above), plan=plan, title=title)
    return measure_for(cast("ImpactGoal", above), title=title)


@staff
@require_POST
def link(request: StaffRequest, kind: str, record: str) -> HttpResponse:
    """Link a row with a need or goal, or loosen a link."""
    before = see(request)
    block, line = before.find(kind, record)
    adding = request.POST.get("zu", "")
    other_kind, _, other = (adding or request.POST.get("los", "")).partition(":")
    if not other:
        return HttpResponseRedirect(_at(request, block, line))
    owner, column, key, linked = side_of(kind, record, other_kind, other)
    sheet = sheet_of(owner).only(column)
    thing = get_record(request.user, request.tenant, sheet, key)
    stored = set(cast("tuple[str, ...]", row_of(sheet, thing)[column]))
    keys = stored | {linked} if adding else stored - {linked}
    batch = new_batch()
    save_record(
        actor=request.user,
        tenant=request.tenant,
        sheet=sheet,
        values={column: tuple(sorted(keys))},
        of=thing,
        batch=batch,
    )
    tell(request, "Zugeordnet." if adding else "Zuordnung gelöst.", undo=batch)
    return _block_saved(request, kind, record, number=block.number, pressed="bezug", before=before)


@staff
@require_POST
def move(request: StaffRequest) -> HttpResponse:
    """Move a row among those that stand below the same: a step, or before another."""
    kind, _, key = request.POST.get("zeile", "").partition(":")
    block, line = see(request).find(kind, key)
    if not line.movable:
        raise UnknownRowError("Bedarfe stehen in der Reihenfolge ihrer Kennung.")
    keys, way = block.beside(line), request.POST.get("richtung", "")
    if way:
        wished = moved(keys, key, steps=-1 if way == "auf" else 1)
    else:
        wished = put_before(keys, key, request.POST.get("vor", ""))
    batch = new_batch()
    changed = arrange(
        actor=request.user,
        tenant=request.tenant,
        kind=cast("Ordered", kind),
        wished=wished,
        batch=batch,
    )
    if changed:
        place = f"Platz {wished.index(key) + 1} von {len(wished)}"
        tell(request, f"Verschoben: {line.title}, {place}.", undo=batch)
    pressed = way if request.POST.get("offen") else ""
    return _block_saved(request, kind, key, number=block.number, pressed=pressed)


def _block_saved(  # noqa: PLR0913 - what was done, and what the answer needs of it
    request: StaffRequest,
    kind: str,
    key: str,
    *,
    number: int,
    pressed: str = "",
    before: Seen | None = None,
) -> HttpResponse:
    """Show the topic of a row anew, or the whole page where more than it may have changed.

    Args:
        request: the request.
        kind: kind of the row.
        key: key of its record.
        number: number of the topic on the screen.
        pressed: what was used in the open row, which then stays open.
        before: the plan before the change, if the change may have reached other topics.

    """
    seen = see(request)
    block, line = seen.find(kind, key)
    query = parse_qs(urlsplit(request.htmx.current_url or "").query)
    if not request.htmx or block.number != number or NARROWED & set(query):
        return HttpResponseRedirect(_at(request, block, line))
    if before and _others(before.blocks, number) != _others(seen.blocks, number):
        return HttpResponseRedirect(_at(request, block, line))
    shown: dict[str, object] = {"line": line, "block": block, "may_edit": True, "pressed": pressed}
    shown |= {"editor": Editor(seen, line)} if pressed else {"focus": line.ident}
    answer = page(request, "plan/block_saved.html", **shown, **head(seen.blocks))
    answer["HX-Retarget"] = f"#block-{number}"
    answer["HX-Reswap"] = "outerHTML"
    return answer


def _others(blocks: list[Block], number: int) -> list[object]:
    """Give what a link may change in the rows of other topics."""
    return [
        (block.number, line.kind, line.key, line.below, line.again, line.hints, line.boxes)
        for block in blocks
        if block.number != number
        for line in block.lines
    ]


def _at(request: StaffRequest, block: Block, line: Line) -> str:
    """Address of a row in the outline, as narrow as the person had it."""
    here = urlsplit(request.htmx.current_url or "")
    start = came_from(request, address(request, "plan")).partition("#")[0]
    chosen = dict(parse_qsl(here.query)) if request.htmx and here.path == start else {}
    if block.alone:
        chosen[TOPIC] = block.key
    query = f"?{urlencode(chosen)}" if chosen else ""
    return f"{start}{query}#{line.ident}"
