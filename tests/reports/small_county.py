"""A county with every kind of record, `times` over, for tests of papers."""

from datetime import date

from tests import world

from gelingen.history.recording import change
from gelingen.plan.models import Chance, GuidingGoal, Milestone, OtherPlan
from gelingen.terms.vocabulary import Verb

ON, HORIZON = date(2017, 6, 1), date(2026, 1, 1)


def _saved(thing, **links):
    with change(by="county", verb=Verb.CREATED, of=thing, links=links):
        pass


def build(times=1):
    """Record `times` of every kind; codes stay apart from the words that people read."""
    tenant = world.tenant()
    world.territory(key="09473", name="Landkreis Coburg", kind="county")
    place = world.territory(key="09473112", name="Ahorn")
    plan = world.plan(key="masterplan")
    world.period(plan=plan, key="p1")
    world.chapter(plan=plan, chapter="auftrag", text="Der Kreistag hat den Plan beauftragt.")
    for number in range(times):
        _one(number, place, plan)
    return tenant


def _one(number, place, plan):
    topic = world.topic(key=f"thema_{number}", name=f"Themenfeld {number}", order=number)
    cross = world.topic(key=f"quer_{number}", name=f"Querschnitt {number}", cross_cutting=True)
    group = world.target_group(key=f"gruppe_{number}", name=f"Gruppe {number}")
    task = world.task(key=f"aufgabe_{number}", name=f"Aufgabe {number}")
    body = world.organisation(
        key=f"traeger_{number}",
        name=f"Träger {number}",
        contact="Leitung",
        mailbox="post@example.org",
        seat=place,
    )
    other = world.organisation(key=f"amt_{number}", name=f"Amt {number}", kind="county_office")
    structure = world.structure(
        key=f"kurs_{number}",
        name=f"Kurs {number}",
        organisation=body,
        permanence="project",
        fte=1,
        starts=date(2016, 1, 1),
    )
    where = {"topic": topic, "target_group": group, "territory": place}
    world.reach(structure=structure, **where)
    world.funding(
        key=f"geld_{number}",
        structure=structure,
        eur_per_year=24000,
        ends=date(2018, 7, 1),
        ends_kind="stated",
    )
    for holder in (body, other):
        world.responsibility(organisation=holder, task=task, **where)
    world.cooperation(a=body, b=other, reported_by="both")
    need = world.need(key=f"bedarf_{number}", severity=5, voice="Leitung Jobcenter", **where)
    world.inquiry(organisation=body)
    world.inquiry(**where)
    world.figure(key=f"zahl_{number}", territory=place, indicator=f"Indikator {number}")
    goal = world.goal(key=f"ziel_{number}", plan=plan, topic=topic, needs=[need])
    tenant = world.tenant()
    _saved(GuidingGoal(tenant=tenant, key=f"leit_{number}", plan=plan, title=f"Leitziel {number}"))
    _saved(
        Chance(tenant=tenant, key=f"risiko_{number}", kind="risk", title=f"Risiko {number}"),
        goals=[goal],
    )
    _saved(
        OtherPlan(tenant=tenant, key=f"plan_{number}", title=f"Jugendplan {number}"),
        topics=[topic],
    )
    measure = world.measure(
        key=f"massnahme_{number}",
        title=f"Kurs verlängern {number}",
        topic=topic,
        cross_topics=[cross],
        needs=[need],
        goals=[goal],
        territories=[place],
        structures=[structure],
        lead=body,
        partners=[other],
        starts=date(2017, 9, 1),
        cost_year_low=1000,
        cost_year_high=2000,
    )
    _saved(
        Milestone(
            tenant=tenant,
            key=f"stein_{number}",
            measure=measure,
            title=f"Antrag {number}",
            due=date(2018, 1, 1),
        )
    )
