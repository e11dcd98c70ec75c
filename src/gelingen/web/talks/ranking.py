"""Topics by mentions, and by kind of municipality: picture and table."""

from django import forms
from django.http import HttpResponse

from gelingen.access.policy import May, require
from gelingen.talks import queries
from gelingen.talks.labels import read_labels
from gelingen.talks.ranking import Ranking, place_types, rank
from gelingen.terms.spelling import number
from gelingen.terms.talks import LARGER_TOWN, SMALL_TOWN, Dimension, PlaceType
from gelingen.web.lists import Column, Listing
from gelingen.web.narrowing import Narrowing, choice, one_of
from gelingen.web.needs.tabs import tabs
from gelingen.web.pages import StaffRequest, page, staff
from gelingen.web.talks.bars import Part, Row, bars
from gelingen.web.talks.words import begun, many

_DRAWN = 30


class RankingForm(Narrowing):
    """Wonach geordnet wird und aus welchem Gespräch."""

    art: forms.ChoiceField = one_of("Rangfolge der", [])
    gespraech = choice("Gespräch")


_KINDS = {
    Dimension.TOPIC: "Themenfelder",
    Dimension.GROUP: "Zielgruppen",
    Dimension.PLACE: "Orte",
    Dimension.CODE: "freien Codes",
}


@staff
def ranking(request: StaffRequest) -> HttpResponse:
    """Show what was mentioned how often, in all and by kind of municipality."""
    require(request.user, May.ASK, request.tenant)
    every = list(queries.talks(request.user, request.tenant))
    form = RankingForm(request, art=Dimension.TOPIC.value)
    form.fields["art"].choices = [(kind.value, head) for kind, head in _KINDS.items()]  # type: ignore[attr-defined]  # a field of choices
    form.offer("gespraech", [(one.key, str(one)) for one in every])
    kind = next((one for one in Dimension if one == form.text("art")), Dimension.TOPIC)
    talk = form.text("gespraech")
    chosen = [one for one in every if talk in ("", one.key)]
    codings = queries.codings_of(request.user, request.tenant, chosen)
    said = queries.statements(request.user, request.tenant).filter(talk__in=chosen)
    found = rank(said, codings, place_types(request.user, request.tenant), dimension=kind)
    names = {one.ident: one.name for one in read_labels(request.user, request.tenant).of(kind)}
    hidden = sum(not one.opened for one in codings.values())
    return page(
        request,
        "talks/ranking.html",
        tabs=tabs(request, "talks"),
        narrowing=form,
        picture=_picture(found, names, _KINDS[kind]) if found.lines else "",
        listing=_listing(found, names, _KINDS[kind]) if found.lines else None,
        answer=_answer(found, hidden),
        none=not every,
        small=number(SMALL_TOWN),
        larger=number(LARGER_TOWN),
    )


def _answer(found: Ranking, hidden: int) -> str:
    said = f"{begun(many(found.statements, 'eine Aussage', 'Aussagen'))} ausgezählt."
    if hidden:
        talks = "Ein Gespräch zählt" if hidden == 1 else f"{hidden} Gespräche zählen"
        said += f" {talks} noch nicht mit, weil die Kodierung nicht fertig ist."
    return said


def _types(found: Ranking) -> list[PlaceType]:
    return [kind for kind in PlaceType if found.by_type.get(kind)]


def _picture(found: Ranking, names: dict[str, str], head: str) -> str:
    kinds = _types(found)
    rows = [
        Row(
            names.get(one.ident, one.ident),
            [
                Part(one.total, found.statements),
                *(Part(one.by_type.get(kind, 0), found.by_type[kind]) for kind in kinds),
            ],
        )
        for one in found.lines[:_DRAWN]
    ]
    columns = ["alle Aussagen", *(kind.label for kind in kinds)]
    return bars(columns, rows, title=f"Rangfolge der {head}")


def _listing(found: Ranking, names: dict[str, str], head: str) -> Listing:
    kinds = _types(found)
    columns = (
        Column("Platz", number=True),
        Column("Merkmal"),
        Column(f"Nennungen von {found.statements}", number=True),
        *(Column(f"{kind.label}, von {found.by_type[kind]}", number=True) for kind in kinds),
    )
    columns = (columns[1], columns[0], *columns[2:])
    rows = []
    for one in found.lines:
        above = sum(other.total > one.total for other in found.lines)
        counts = [str(one.by_type.get(kind, 0)) for kind in kinds]
        rows.append([names.get(one.ident, one.ident), str(above + 1), str(one.total), *counts])
    return Listing(f"Rangfolge der {head}", columns, rows)
