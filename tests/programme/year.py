"""A year's selection to test with: four measures, two groups, 100,000 euros."""

from datetime import date
from decimal import Decimal

from tests import world

from gelingen.access.queries import on_day
from gelingen.programme.models import Selection
from gelingen.programme.preparing import (
    SelectionGiven,
    add_candidates,
    close_scoring,
    new_selection,
    open_scoring,
    set_limits,
)
from gelingen.programme.queries import whole
from gelingen.programme.reckoning import reckon
from gelingen.programme.rules import CriterionGiven, set_criteria
from gelingen.programme.scoring import get_ballot, save_scores, send_ballot

TODAY = date(2017, 6, 1)
COSTS = {"kurs": 60_000, "lotsin": 40_000, "treff": 30_000, "bus": 30_000}


def officer():
    return on_day(world.person(role="officer"), on=TODAY)


def county():
    for key, cost in COSTS.items():
        world.measure(key=key, title=key.title(), cost_year_high=cost)
    world.body(key="steuerung", name="Steuerungsgruppe", kind="steering")
    world.body(key="beirat", name="Beirat", kind="advisory")
    world.body(key="ag", name="AG Sprache")
    return world.tenant()


def selection(person):
    """Make a selection with 100,000 euros, one criterion and four measures; two groups score."""
    given = SelectionGiven("Jahresauswahl 2018", 2018, body="steuerung", groups=("ag", "beirat"))
    made = new_selection(actor=person, tenant=county(), given=given)
    set_criteria(actor=person, selection=made, wished=[CriterionGiven("", "Nutzen", "", 1, 10)])
    set_limits(actor=person, selection=made, wished=[("", "money", "Kreis", Decimal(100_000))])
    add_candidates(actor=person, selection=made, measures=list(COSTS))
    return made


def key_of(selection, measure):
    return selection.candidates.get(measure__key=measure).key


def score(officer, selection, body, **points):
    criterion = selection.criteria.get().key
    ballot = get_ballot(officer, selection.tenant, selection, body)
    given = {key_of(selection, name): {criterion: value} for name, value in points.items()}
    save_scores(actor=officer, ballot=ballot, points=given, comments={}, on=TODAY)
    send_ballot(actor=officer, ballot=ballot, on=TODAY)
    return ballot


def scored(officer, selection):
    """Let one group want the course and the guide, the other the meeting place and the bus."""
    open_scoring(actor=officer, selection=selection)
    score(officer, selection, "ag", kurs=10, lotsin=9, treff=0, bus=0)
    score(officer, selection, "beirat", kurs=2, lotsin=1, treff=4, bus=5)
    close_scoring(actor=officer, selection=selection)
    return reckon(whole(officer, Selection.objects.get(pk=selection.pk)))
