"""Who is spoken for in the bodies, and who is not: plain tables."""

from collections.abc import Sequence

from django.http import HttpResponse

from gelingen.boards.queries import bodies
from gelingen.boards.representation import Representation, Spoken, represented
from gelingen.config.day import today
from gelingen.web.boards.tabs import tabs
from gelingen.web.lists import Cell, Column, Listing, Row
from gelingen.web.narrowing import Narrowing, choice
from gelingen.web.pages import StaffRequest, page, staff
from gelingen.wording.words import listed

BODY = "gremium"
_NOBODY = "niemand"
_SEATS = (
    Column("Sitze", number=True),
    Column("Besetzt", number=True),
    Column("Davon mit Stimme", number=True),
    Column("In welchen Gremien", wide=True),
)


class BodyForm(Narrowing):
    """Welches Gremium gezeigt wird."""

    gremium = choice("Gremium")


@staff
def representation(request: StaffRequest) -> HttpResponse:
    """Show for whom the seats of one body, or of all, stand."""
    every = {one.key: one for one in bodies(request.user, request.tenant)}
    form = BodyForm(request)
    form.offer(BODY, [(key, one.name) for key, one in every.items()])
    chosen = every.get(form.text(BODY))
    found = represented(request.user, request.tenant, on=today(), body=chosen)
    return page(
        request,
        "boards/representation.html",
        tabs=tabs(request, "bodies"),
        form=form,
        chosen=chosen,
        answer=_answer(found, whole=chosen is None),
        any=any(one.seats for one in found.origins),
        tables=_tables(found, whole=chosen is None),
        unasked=listed(found.unasked, {}) if found.unasked else "",
    )


def _answer(found: Representation, *, whole: bool) -> str:
    """Say for how many nobody speaks."""
    said = []
    if found.groups:
        silent = sum(not one.taken for one in found.groups)
        said.append(
            f"Für {silent} von {len(found.groups)} Zielgruppen spricht kein besetzter Sitz."
        )
    if found.municipalities:
        away = sum(not one.taken for one in found.municipalities)
        said.append(f"{away} von {len(found.municipalities)} Gemeinden entsenden niemanden.")
    if whole and found.topics:
        left = sum(not names for _, names in found.topics)
        said.append(f"{left} von {len(found.topics)} Themenfeldern haben kein Gremium.")
    return " ".join(said)


def _tables(found: Representation, *, whole: bool) -> list[tuple[str, Listing]]:
    tables = [
        ("Zielgruppen", _listing("Zielgruppe", found.groups)),
        ("Woher die Sitze besetzt werden", _listing("Woher", found.origins)),
        ("Gemeinden", _listing("Gemeinde", found.municipalities)),
        ("Arten von Organisationen", _listing("Art der Organisation", found.kinds)),
    ]
    if whole:
        rows = [(name, ", ".join(names) or "kein Gremium") for name, names in found.topics]
        columns = (Column("Themenfeld", wide=True), Column("Gremien", wide=True))
        tables.append(("Themenfelder", Listing("Themenfelder", columns, rows)))
    return [(title, table) for title, table in tables if table.rows]


def _listing(head: str, found: Sequence[Spoken]) -> Listing:
    return Listing(head, (Column(head, wide=True), *_SEATS), [_row(one) for one in found])


def _row(one: Spoken) -> Row:
    taken = Cell(str(one.taken)) if one.taken else Cell("0", below=_NOBODY)
    return one.name, str(one.seats), taken, str(one.voting), ", ".join(one.bodies) or "–"
