"""Two pages for one municipality: its figures, what is there, what is missing, what is planned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.documents import Block, Bullets, Document, Heading, Item, Paragraph, Table
from gelingen.errors import UserError
from gelingen.reports.cells import OPEN, Cell
from gelingen.reports.citing import gather_sources
from gelingen.reports.counting import agree, counted, listed, shortened
from gelingen.reports.entering import missing
from gelingen.reports.masterplan.paper import Paper
from gelingen.reports.masterplan.situation import series_name, series_of
from gelingen.reports.material import grouped, read_material
from gelingen.reports.phrases import NOT_STATED, end_of, figure_value, rough_day, term_of
from gelingen.reports.results import Results
from gelingen.reports.standing import Standing
from gelingen.terms.spelling import day
from gelingen.terms.vocabulary import Function, PlanState

if TYPE_CHECKING:
    from gelingen.places.models import Territory
    from gelingen.plan.models import Measure
    from gelingen.register.models import Organisation, Structure

# What two pages bear.
FIGURES, STRUCTURES, GAPS, MEASURES, CONTACTS, NAMES = 7, 7, 5, 6, 5, 8
LONGEST_NAME = 70


class UnknownTerritoryError(UserError):
    """The official key is not among the territories of the tenant."""


@dataclass(frozen=True)
class _Extract:
    """The paper of the tenant, seen from one place."""

    paper: Paper
    place: "Territory"

    @property
    def key(self) -> str:
        """Official key of the place."""
        return self.place.key

    def covers(self, key: str) -> bool:
        """Tell whether a territory contains the place."""
        return self.key.startswith(key)

    def within(self, key: str) -> bool:
        """Tell whether a territory is the place or lies in it."""
        return key.startswith(self.key)


def extract(
    actor: Actor, tenant: Tenant, territory_key: str, *, on: date, horizon: date
) -> Document:
    """Write the extract for one municipality.

    Args:
        actor: who asks.
        tenant: whose plan.
        territory_key: official key of the municipality.
        on: the day the extract speaks about.
        horizon: first day after the planning horizon.

    Raises:
        UnknownTerritoryError: no territory of the tenant has this key.

    Returns:
        A document that fits on two pages. The number of queries is fixed.

    """
    material = read_material(actor, tenant, on=on, horizon=horizon)
    found = [place for place in material.territories if place.key == territory_key]
    if not found:
        raise UnknownTerritoryError(
            f"Das Gebiet „{territory_key}“ gibt es im Mandanten {tenant.name} nicht. Richtig wäre "
            "ein amtlicher Schlüssel aus dem Blatt „Gebiete“, zum Beispiel 09473112."
        )
    paper = Paper(material, Results(material), gather_sources(material))
    local = _Extract(paper, found[0])
    plan = material.plan
    standing = paper.results.standing(on)
    return Document(
        title=f"Auszug für {found[0].name}",
        subtitle=plan.title if plan else "Masterplan Integration",
        author=tenant.name,
        date_line=f"Stand {day(on)}, Planungshorizont {paper.last_day}",
        edition=PlanState.of(plan.state).label if plan else "Entwurf",
        cover_page=False,
        blocks=(
            *_figures(local),
            *_structures(local, standing),
            *_gaps(local),
            *_measures(local),
            *_contacts(local),
        ),
    )


def _figures(local: _Extract) -> Iterable[Block]:
    yield Heading("Zahlen", 1, number="")
    own = [f for f in local.paper.material.figures if f.territory and f.territory.key == local.key]
    if not own:
        yield missing(
            f"Kennzahlen mit Stichtag bis {local.paper.day} sind nicht erfasst.", "figure"
        )
        return
    series = grouped((series_of(figure), figure) for figure in own)
    latest = [max(found, key=lambda f: (str(f.reference), f.key)) for found in series.values()]
    newest = sorted(latest, key=lambda figure: str(figure.reference), reverse=True)
    yield Table(
        f"Kennzahlen: {local.place.name}",
        ("Kennzahl", "Wert", "Stichtag", "Quelle"),
        tuple(
            (
                shortened(series_name(figure), 2 * LONGEST_NAME),
                figure_value(figure),
                rough_day(figure.reference, figure.reference_precision),
                shortened(figure.source, LONGEST_NAME) or "ohne Quelle",
            )
            for figure in newest[:FIGURES]
        ),
        align="lrll",
        widths=(4, 2, 1.5, 3.5),
        records=tuple(figure.key for figure in newest[:FIGURES]),
    )


def _structures(local: _Extract, standing: Standing) -> Iterable[Block]:
    yield Heading("Was da ist", 1, number="")
    here = set(standing.there)
    material = local.paper.material
    reach = [line for line in material.reach if line.structure.key in here]
    own = _keys(line.structure.key for line in reach if local.within(line.territory.key))
    wide = [
        key
        for key in _keys(line.structure.key for line in reach if local.covers(line.territory.key))
        if key not in own
    ]
    if not own and not wide:
        yield missing("Strukturen, die hier arbeiten, sind nicht erfasst.", "reach")
        return
    if own:
        found = [material.structure_of[key] for key in own]
        yield _structure_table(local, found[:STRUCTURES], standing)
        if len(own) > STRUCTURES:
            rest = [material.name(key) for key in own[STRUCTURES:]]
            names = shortened(listed(rest, most=NAMES), 5 * LONGEST_NAME)
            yield Paragraph(f"Außerdem: {names}.", records=tuple(own[STRUCTURES:]))
    else:
        yield Paragraph(
            f"Nur für {local.place.name} ist keine Struktur erfasst.", records=(local.key,)
        )
    if wide:
        names = shortened(
            listed([material.name(key) for key in wide], most=NAMES), 6 * LONGEST_NAME
        )
        yield Paragraph(
            f"Auch für {local.place.name} {agree(len(wide), 'arbeitet', 'arbeiten')} "
            f"{counted(len(wide), 'übergreifende Struktur', 'übergreifende Strukturen')}: {names}.",
            records=tuple(wide),
        )


def _keys(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))


def _structure_table(local: _Extract, found: "list[Structure]", standing: Standing) -> Table:
    return Table(
        f"Strukturen für {local.place.name}",
        ("Struktur", "Träger", "Funktion", "Grundlage", "Bis"),
        tuple(
            (
                local.paper.named(structure, shortened(structure.name, LONGEST_NAME)),
                shortened(structure.organisation.name, LONGEST_NAME),
                Function.of(structure.function).label,
                standing.grounds[structure.key].value,
                end_of(structure),
            )
            for structure in found
        ),
        widths=(4, 3, 1.5, 2.4, 1.5),
    )


def _gaps(local: _Extract) -> Iterable[Block]:
    yield Heading("Was fehlt", 1, number="")
    cells = [
        cell
        for cell in local.paper.results.cells(local.paper.on)
        if local.within(cell.place) or local.covers(cell.place)
    ]
    if not cells:
        yield missing("Bedarfe, die hier gelten, sind nicht erfasst.", "need")
        return
    own = [cell for cell in cells if local.within(cell.place)]
    found = [cell for cell in cells if cell.type in OPEN]
    unknown = [cell for cell in cells if cell.type == "not_known"]
    text = (
        f"Bedarf ist in {counted(len(cells), 'Feld', 'Feldern')} aus Themenfeld, Zielgruppe und "
        f"Gebiet erfasst, {len(own)} davon eigens für {local.place.name}. "
        f"{counted(len(found), 'Feld ist', 'Felder sind')} nicht oder nicht bis zum "
        f"{local.paper.last_day} gedeckt, über {len(unknown) or 'keines'} ist nichts bekannt."
    )
    yield Paragraph(text, records=tuple(key for cell in cells for key in cell.needs))
    first = sorted(found, key=lambda cell: not local.within(cell.place))[:GAPS]
    if first:
        yield Bullets(tuple(_gap(local, cell) for cell in first))


def _gap(local: _Extract, cell: Cell) -> Item:
    text = shortened(cell.sentence(local.paper.material), 4 * LONGEST_NAME)
    return Item(text, records=cell.needs[:3])


def _measures(local: _Extract) -> Iterable[Block]:
    yield Heading("Was geplant ist", 1, number="")
    named = [m for m in local.paper.material.open_measures if _touches(local, m)]
    if not named:
        yield missing("Maßnahmen mit Bezug zu diesem Gebiet sind nicht erfasst.", "measure")
        return
    own = [m for m in named if any(local.within(t.key) for t in m.territories.all())]
    ordered = [*own, *(measure for measure in named if measure not in own)]
    yield Table(
        f"Maßnahmen, die {local.place.name} betreffen",
        ("Maßnahme", "Federführung", "Zeitraum"),
        tuple(
            (
                local.paper.named(measure, shortened(measure.title, LONGEST_NAME)),
                shortened(measure.lead.name, LONGEST_NAME) if measure.lead else NOT_STATED,
                term_of(measure.starts, measure.ends),
            )
            for measure in ordered[:MEASURES]
        ),
        widths=(5, 4, 2.4),
    )
    rest = ordered[MEASURES:]
    if rest:
        verb = agree(len(rest), "gilt", "gelten")
        yield Paragraph(
            f"{counted(len(rest), 'weitere Maßnahme', 'weitere Maßnahmen')} {verb} hier auch.",
            records=tuple(measure.key for measure in rest),
        )


def _touches(local: _Extract, measure: "Measure") -> bool:
    return any(
        local.within(place.key) or local.covers(place.key) for place in measure.territories.all()
    )


def _contacts(local: _Extract) -> Iterable[Block]:
    """Name whom to ask: first those who work here alone, then those who steer for the county."""
    yield Heading("Ansprechstellen", 1, number="")
    near = [o for o in local.paper.material.organisations if _near(local, o)]
    found = list(dict.fromkeys((*near, *_steering(local))))
    first = sorted(found, key=lambda o: not (o.contact or o.mailbox))[:CONTACTS]
    if first:
        yield Table(
            "Ansprechstellen nach Funktion",
            ("Organisation", "Ansprechstelle", "Postfach"),
            tuple(
                (
                    local.paper.named(organisation, shortened(organisation.name, LONGEST_NAME)),
                    organisation.contact or NOT_STATED,
                    organisation.mailbox or NOT_STATED,
                )
                for organisation in first
            ),
            widths=(5, 3, 3),
        )
    if not any(o.contact or o.mailbox for o in first):
        yield missing("Funktionen und Postfächer der Ansprechstellen fehlen.", "organisation")


def _near(local: _Extract, organisation: "Organisation") -> bool:
    seat = organisation.seat
    return (seat is not None and local.within(seat.key)) or any(
        line.structure.organisation.pk == organisation.pk and local.within(line.territory.key)
        for line in local.paper.material.reach
    )


def _steering(local: _Extract) -> "Iterable[Organisation]":
    """Find the organisations that steer or connect for an area that contains the place."""
    for line in local.paper.material.reach:
        steers = line.structure.function in (Function.STEERS, Function.NETWORKS)
        if steers and local.covers(line.territory.key):
            yield line.structure.organisation
