"""A person at the desk of a tenant, for tests of pages."""

from datetime import date

from tests import world

TODAY = date(2017, 6, 1)
DESK = "/intern/09473/"
SCRIPT = {"HX-Request": "true"}


def text(answer):
    return answer.content.decode()


def sit_down(client, *, role="officer", at=None, organisation=None):
    person = world.person(role=role, at=at, organisation=organisation)
    client.force_login(person)
    return person


def county(number=1):
    """Make a county in which structures, paid until the end of 2017, meet as many needs."""
    world.plan(key="masterplan", horizon=date(2026, 1, 1))
    topic = world.topic(key="sprache")
    group = world.target_group(key="frauen")
    place = world.territory(key="09473112")
    cell = {"topic": topic, "target_group": group, "territory": place}
    for position in range(number):
        owner = world.organisation(key=f"traeger_{position}", name=f"Träger {position}")
        one = world.structure(
            key=f"angebot_{position}", name=f"Sprachcafé {position}", organisation=owner
        )
        world.reach(key=f"r_{position}", structure=one, **cell)
        world.funding(key=f"f_{position}", structure=one, programme=f"Programm {position}")
        world.need(key=f"n_{position}", statement=f"Deutsch lernen {position}", **cell)
        goal = world.goal(key=f"z_{position}", title=f"Frauen lernen {position}")
        world.measure(key=f"m_{position}", title=f"Kurs {position}", topic=topic, goals=[goal])
        world.finding(
            key=f"gap:{position}",
            topic=topic,
            evidence=[f"structure:{one.key}"],
            values={"type": "structural"},
        )
