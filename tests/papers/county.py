"""A small county with bodies, measures and people, to write papers in."""

from datetime import date
from decimal import Decimal

from tests import world

from gelingen.access.queries import on_day
from gelingen.papers import chain, releasing, writing
from gelingen.papers.prefill import draft
from gelingen.plan.models import Measure

DAY, LATER = date(2017, 6, 20), date(2017, 7, 18)


def officer(name):
    person = world.person(role="officer")
    person.username = name
    person.save()
    return on_day(person, on=DAY)


def seated(body, office="member"):
    """Somebody with a seat in a body and no other right there."""
    person = world.person(role="member")
    seat = world.seat(body=body, office=office, order=9)
    world.tenure(seat=seat, function="Vertretung", person=person)
    return on_day(person, on=DAY)


def bodies():
    """Advisory board, committee and council."""
    return [
        world.body(key=key, name=name, kind=key)
        for key, name in (
            ("advisory", "Beirat"), ("committee", "Sozialausschuss"), ("council", "Kreistag")
        )
    ]  # fmt: skip


def measures():
    """Three measures: with a range and funding, with one figure, and without any."""
    lead = world.organisation(key="jugendamt", name="Jugendamt")
    return [
        world.measure(
            key="m1", title="Sprachkurse mit Kinderbetreuung", order=1, lead=lead, maturity="idea",
            situation="Mütter erreichen Kurse nicht.", description="Zwei Kurse mit Betreuung.",
            cost_once_low=Decimal(1000), cost_year_low=Decimal(10000),
            cost_year_high=Decimal(14000),
            funding_percent=Decimal(60), fte=Decimal("0.5"), budget_line="1.4070",
        ),
        world.measure(
            key="m2", title="Lotsen in den Gemeinden", order=2, lead=lead, maturity="planned",
            cost_year_low=Decimal(5000), own_share=Decimal(1000), starts=date(2018, 1, 1),
        ),
        world.measure(key="m3", title="Runder Tisch", order=3, lead=lead, maturity="idea"),
    ]  # fmt: skip


def listed(keys=("m1", "m2", "m3")):
    return list(Measure.objects.filter(key__in=keys).select_related("lead").order_by("order"))


def paper(by, **more):
    """A draft about the three measures, with the usual chain."""
    tenant = world.tenant()
    given = draft(listed(), on=DAY)
    given = writing.Given(**{**_values(given), **more})
    made = writing.new_paper(actor=by, tenant=tenant, given=given, measures=listed())
    chain.lay_chain(actor=by, paper=made, on=DAY)
    return made


def _values(given):
    return {name: getattr(given, name) for name in given.__dataclass_fields__}


def released(by, other, **more):
    """Write a paper and let another person release it."""
    made = paper(by, **more)
    releasing.submit(actor=by, paper=made)
    releasing.release(actor=other, paper=made, on=DAY)
    return made
