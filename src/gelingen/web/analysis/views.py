"""The matrix of needs, and what stands behind one of its fields."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpResponse

from gelingen.config.day import today
from gelingen.errors import NotFoundError
from gelingen.findings.current import Current, current
from gelingen.findings.keys import gap_key
from gelingen.findings.queries import findings_about
from gelingen.places.queries import territories
from gelingen.terms.spelling import day, last_day
from gelingen.terms.vocabulary import Scenario
from gelingen.topics.queries import target_groups, topics
from gelingen.web.analysis import drill
from gelingen.web.analysis.fields import RANKS, Field, Pair, gather
from gelingen.web.analysis.forms import ROWS, MatrixForm
from gelingen.web.analysis.tabs import tabs
from gelingen.web.pages import StaffRequest, address, page, staff
from gelingen.web.records import link
from gelingen.web.templatetags.grids import Matrix, MatrixCell
from gelingen.web.words import spelled

YEARS_WITHOUT_PLAN = 5
GAPS = ("gap", "too-small")


class UnknownFieldError(NotFoundError):
    """The matrix has no such field."""


@dataclass(frozen=True)
class Chosen:
    """What the address chooses.

    Attributes:
        on: the day of the upper half.
        then: the day of the lower half.
        rows: the column of the results that makes the rows.

    """

    form: MatrixForm
    on: date
    then: date
    scenario: Scenario
    rows: str

    def halves(self, known: Current, several: set[Pair]) -> tuple[dict[Pair, Field], ...]:
        """Fields of both days."""
        return tuple(
            gather(drill.result_of(known, self, at), rows=self.rows, several=several)
            for at in (self.on, self.then)
        )

    def query(self, **more: str) -> str:
        """Write the choice as the end of an address."""
        chosen = {name: self.form.text(name) for name in ("zeilen", "geld")}
        days = {"stand": day(self.on), "vergleich": day(self.then)}
        return "?" + urlencode({**chosen, **days, **more})


def choose(request: StaffRequest, known: Current) -> Chosen:
    """Read what the address chooses; both days are today and the horizon unless it says more."""
    horizon = known.horizon or date(today().year + YEARS_WITHOUT_PLAN, 12, 31) + timedelta(days=1)
    form = MatrixForm(
        request, stand=today(), vergleich=last_day(horizon), zeilen="zielgruppe", geld="secured"
    )
    return Chosen(
        form=form,
        on=form.day("stand", today()),
        then=form.day("vergleich", last_day(horizon)),
        scenario=Scenario.of(form.text("geld")),
        rows=ROWS[form.text("zeilen")],
    )


@staff
def matrix(request: StaffRequest) -> HttpResponse:
    """Show how far the needs are met, by topic and target group or place, on two days."""
    known = current(request.user, request.tenant)
    chosen = choose(request, known)
    now, then = chosen.halves(known, drill.several_leads(known, chosen.on, chosen.rows))
    asked = (request.GET.get("zeile", ""), request.GET.get("thema", ""))
    opened = asked if asked in now or asked in then else None
    names = _axes(request, chosen, {*now, *then})
    return page(
        request,
        "analysis/matrix.html#bild",
        filters=chosen.form,
        tabs=tabs(request, "matrix"),
        answer=_answer(chosen, now, then),
        matrix=_matrix(request, chosen, (now, then), names, opened),
        states=[name for name in RANKS if _shows((now, then), name)],
        twin=_twin(request, chosen, (now, then), names),
        drawer=_drawer(request, known, chosen, opened) if opened else None,
        close=address(request, "matrix") + chosen.query(),
        structures=known.inputs.inventory.structures.frame.height,
        needs=known.inputs.inventory.needs.frame.height,
        assumptions=drill.result_of(known, chosen, chosen.on).basis.assumptions,
    )


@staff
def cell(request: StaffRequest) -> HttpResponse:
    """Show what stands behind one field, on a page of its own."""
    known = current(request.user, request.tenant)
    chosen = choose(request, known)
    pair = (request.GET.get("zeile", ""), request.GET.get("thema", ""))
    if not any(pair in half for half in chosen.halves(known, set())):
        raise UnknownFieldError("Dieses Feld gibt es nicht: Dort ist kein Bedarf eingetragen.")
    return page(
        request,
        "analysis/cell.html",
        field=_drawer(request, known, chosen, pair),
        back=address(request, "matrix") + chosen.query(),
    )


def _shows(halves: tuple[dict[Pair, Field], ...], name: str) -> bool:
    return any(field.state == name for half in halves for field in half.values())


def _axes(
    request: StaffRequest, chosen: Chosen, pairs: set[Pair]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Rows and columns in which there is a need, in the order of the plan: key and name."""
    asking = target_groups if chosen.rows == "target_group" else territories
    every = asking(request.user, request.tenant).values_list("key", "name")
    heads = topics(request.user, request.tenant).values_list("key", "name")
    rows, columns = ({pair[side] for pair in pairs} for side in (0, 1))
    return [one for one in every if one[0] in rows], [one for one in heads if one[0] in columns]


def _matrix(
    request: StaffRequest,
    chosen: Chosen,
    halves: tuple[dict[Pair, Field], ...],
    names: tuple[list[tuple[str, str]], list[tuple[str, str]]],
    opened: Pair | None,
) -> Matrix:
    rows, columns = names
    base = address(request, "matrix")

    def one(pair: Pair) -> MatrixCell:
        now, then = (half.get(pair, Field()) for half in halves)
        url = f"{base}{chosen.query(zeile=pair[0], thema=pair[1])}" if now.of + then.of else ""
        return MatrixCell(
            now.state,
            then.state,
            url=url,
            current=pair == opened,
            notes=(_count(now), _count(then)),
        )

    corner = chosen.form.fields["zeilen"].choices  # type: ignore[attr-defined]  # a field of choices
    return Matrix(
        f"Obere Hälfte: {day(chosen.on)}. Untere Hälfte: {day(chosen.then)}. "
        "Ein Klick öffnet das Feld.",
        dict(corner)[chosen.form.text("zeilen")],
        [name for _, name in columns],
        [(name, [one((key, topic)) for topic, _ in columns]) for key, name in rows],
    )


def _count(field: Field) -> str:
    """Say how many of several cells are in the state that is shown."""
    return f"{field.worst} von {field.of}" if field.of > 1 else ""


def _answer(chosen: Chosen, now: dict[Pair, Field], then: dict[Pair, Field]) -> str:
    gaps = [{pair for pair, one in half.items() if one.state in GAPS} for half in (now, then)]
    unknown = sum(one.state in ("not-known", "unknown-funding") for one in then.values())
    opens, closes = len(gaps[1] - gaps[0]), len(gaps[0] - gaps[1])
    moves = (
        f" {spelled(opens).capitalize()} {'geht' if opens == 1 else 'gehen'} auf, "
        f"{spelled(closes)} {'schließt' if closes == 1 else 'schließen'} sich."
        if opens or closes
        else ""
    )
    blind = f"Bei {unknown} Feldern" if unknown != 1 else "Bei einem Feld"
    return (
        f"Lücken am {day(chosen.on)}: {len(gaps[0])} von {len(now)} Feldern mit Bedarf, am "
        f"{day(chosen.then)}: {len(gaps[1])} von {len(then)}.{moves} {blind} ist dann nicht "
        "bekannt, ob der Bedarf gedeckt ist."
    )


def _twin(
    request: StaffRequest,
    chosen: Chosen,
    halves: tuple[dict[Pair, Field], ...],
    names: tuple[list[tuple[str, str]], list[tuple[str, str]]],
) -> list[tuple[object, str, Field, Field]]:
    """Give the same as a list: field, topic, both days; what changes or is a gap first."""
    rows, columns = names
    base = address(request, "matrix")
    none = Field()
    found: list[tuple[object, str, Field, Field]] = [
        (
            link(f"{base}{chosen.query(zeile=key, thema=topic)}", f"{name}: {head}"),
            head,
            halves[0].get((key, topic), none),
            halves[1].get((key, topic), none),
        )
        for key, name in rows
        for topic, head in columns
        if any((key, topic) in half for half in halves)
    ]
    ranks = (*RANKS, "no-demand")
    return sorted(found, key=lambda row: (ranks.index(row[2].state), ranks.index(row[3].state)))


def _drawer(request: StaffRequest, known: Current, chosen: Chosen, pair: Pair) -> drill.FieldSheet:
    keys = drill.cells_of(known, chosen, pair)
    about = findings_about(request.user, request.tenant, [gap_key(key) for key in keys])
    return drill.field_sheet(request, known, chosen, pair, about)
