"""The matrix of needs, and what stands behind one of its fields."""

from django.http import HttpResponse

from gelingen.access.policy import May, allowed_in
from gelingen.editing import may_create, sheet_of
from gelingen.errors import NotFoundError
from gelingen.findings.current import current
from gelingen.terms.spelling import day
from gelingen.web.analysis import drill
from gelingen.web.analysis.choice import Chosen, choose
from gelingen.web.analysis.fields import NO_NEEDS, OPEN, RANKS, Field, Pair, turn
from gelingen.web.analysis.summary import Summary, summary_of
from gelingen.web.findings.tabs import tabs
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.templatetags.grids import Matrix, MatrixCell

ENTERED = ("need", "structure", "inquiry")
Halves = tuple[dict[Pair, Field], dict[Pair, Field]]
Items = list[tuple[str, str]]


class UnknownFieldError(NotFoundError):
    """The matrix has no such field."""


@staff
def matrix(request: StaffRequest) -> HttpResponse:
    """Show how far the needs are met along two axes, on two days."""
    known = current(request.user, request.tenant)
    chosen = choose(request, known)
    halves = chosen.halves(known)
    opened = any(chosen.opened in half for half in halves)
    rows, columns = _along(chosen, halves)
    back = address(request, "matrix") + chosen.field_query(chosen.opened)
    return page(
        request,
        "analysis/matrix.html#bild",
        filters=chosen.form,
        tabs=tabs(request, "matrix"),
        answer=_answer(chosen, halves),
        matrix=_matrix(request, chosen, halves, rows, columns, opened=opened),
        summary=_summary(request, chosen, halves),
        states=[name for name in RANKS if _shows(halves, name)],
        drawer=drill.field_sheet(request, known, chosen, halves, _desk(request), back=back)
        if opened
        else None,
        close=address(request, "matrix") + chosen.query(),
        structures=known.inputs.inventory.structures.frame.height,
        needs=known.inputs.inventory.needs.frame.height,
        basis=chosen.result(known, chosen.on).basis,
        scenario=chosen.scenario,
    )


@staff
def cell(request: StaffRequest) -> HttpResponse:
    """Show what stands behind one field, on a page of its own."""
    known = current(request.user, request.tenant)
    chosen = choose(request, known)
    halves = chosen.halves(known)
    if not any(chosen.opened in half for half in halves):
        raise UnknownFieldError("Dieses Feld gibt es nicht: Dort ist kein Bedarf eingetragen.")
    here = address(request, "cell") + chosen.field_query(chosen.opened)
    return page(
        request,
        "analysis/cell.html",
        field=drill.field_sheet(request, known, chosen, halves, _desk(request), back=here),
        back=address(request, "matrix") + chosen.query(),
    )


def _desk(request: StaffRequest) -> drill.Desk:
    kinds = [kind for kind in ENTERED if may_create(request.user, request.tenant, sheet_of(kind))]
    may_judge = allowed_in(request.user, May.JUDGE, request.tenant)
    return drill.Desk(may_judge, frozenset(kinds))


def _shows(halves: Halves, name: str) -> bool:
    return any(field.state == name for half in halves for field in half.values())


def _along(chosen: Chosen, halves: Halves) -> tuple[Items, Items]:
    """Give what stands along both axes, as far as there is a need, in the order of the axes."""
    pairs = {*halves[0], *halves[1]}
    rows, columns = ({pair[side] for pair in pairs} for side in (0, 1))
    return (
        [one for one in chosen.rows.items if one[0] in rows],
        [one for one in chosen.columns.items if one[0] in columns],
    )


def _matrix(  # noqa: PLR0913  one argument a part of the picture
    request: StaffRequest,
    chosen: Chosen,
    halves: Halves,
    rows: Items,
    columns: Items,
    *,
    opened: bool,
) -> Matrix:
    base = address(request, "matrix")
    none = Field()
    forward = chosen.on <= chosen.then

    def one(pair: Pair) -> MatrixCell:
        now, then = (half.get(pair, none) for half in halves)
        return MatrixCell(
            now.state,
            then.state,
            url=f"{base}{chosen.field_query(pair)}" if now.of + then.of else "",
            current=opened and pair == chosen.opened,
            notes=(_count(now), _count(then)),
            turn=turn(now, then) if forward else turn(then, now),
        )

    return Matrix(
        f"Obere Hälfte: {day(chosen.on)}. Untere Hälfte: {day(chosen.then)}. "
        "Ein Klick öffnet das Feld.",
        chosen.rows.label,
        [name for _, name in columns],
        [(name, [one((key, column)) for column, _ in columns]) for key, name in rows],
        days=(day(chosen.on), day(chosen.then)),
    )


def _count(field: Field) -> str:
    """Say how many of several cells are in the state that is shown."""
    return f"{field.worst} von {field.of}" if field.of > 1 else ""


def _answer(chosen: Chosen, halves: Halves) -> str:
    if not any(halves):
        return NO_NEEDS
    counts = [sum(one.state in OPEN for one in half.values()) for half in halves]
    unknown = sum(one.state in ("not-known", "unknown-funding") for one in halves[1].values())
    blind = f"Bei {unknown} Feldern" if unknown != 1 else "Bei einem Feld"
    return (
        f"Lücken am {day(chosen.on)}: {counts[0]} von {len(halves[0])} Feldern mit Bedarf, am "
        f"{day(chosen.then)}: {counts[1]} von {len(halves[1])}. {blind} ist dann nicht "
        "bekannt, ob der Bedarf gedeckt ist."
    )


def _summary(request: StaffRequest, chosen: Chosen, halves: Halves) -> Summary:
    base = address(request, "matrix")
    return summary_of(chosen, halves, lambda pair: f"{base}{chosen.field_query(pair)}")
