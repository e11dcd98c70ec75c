"""A county at the end of its year: a measure as planned, a late one, a silent one; a report."""

from datetime import date

from tests import world

ON = date(2018, 2, 15)


def build():
    """Record the year 2017 and begin the report on it; gives the report."""
    world.tenant()
    topic = world.topic(key="sprache", name="Sprache")
    goal = world.goal(key="w01", topic=topic, title="Frauen sprechen Deutsch", aim="80 %", stair=4)
    office = world.organisation(key="amt", name="Sozialamt")
    common = {"topic": topic, "maturity": "running", "starts": date(2017, 1, 1)}
    good = world.measure(
        key="kurs", title="Kurse am Abend", lead=office, goals=[goal], programme="Landesprogramm",
        ends=date(2020, 1, 1), light="planned", progress_day=date(2018, 1, 20), order=1, **common,
    )  # fmt: skip
    late = world.measure(
        key="bus", title="Fahrdienst", lead=office, goals=[goal], light="late",
        light_reason="Der Bus fehlt.", progress_day=date(2018, 1, 20), order=2, **common,
    )  # fmt: skip
    world.measure(
        key="still", title="Treffpunkt", lead=world.organisation(key="verein", name="Verein"),
        order=3, **common,
    )  # fmt: skip
    world.measure(key="idee", title="Nur eine Idee", topic=topic, maturity="idea", order=4)
    world.progress_report(
        key="s1", measure=good, starts=date(2017, 1, 1), ends=date(2018, 1, 1), participants=40,
        cost="12000.50", effect="Die Hälfte legt B1 ab.", assessment="on_course",
        by_function="Sozialamt", day=date(2018, 1, 20),
    )  # fmt: skip
    world.progress_report(
        key="s2", measure=late, starts=date(2017, 1, 1), ends=date(2018, 1, 1), participants=0,
        obstacles="Der Bus fehlt.", assessment="late", by_function="Sozialamt",
        day=date(2018, 1, 20),
    )  # fmt: skip
    world.figure(
        territory=world.territory(key="09473", name="Landkreis Coburg", kind="county"),
        indicator="Ausländeranteil", source="Zensus",
    )  # fmt: skip
    return world.year_report(key="bericht", title="Sachstand 2017")
