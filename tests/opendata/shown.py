"""A county with a released edition, for tests of what everybody may read."""

from datetime import date

from django.core.files.base import ContentFile
from tests import world

from gelingen.editions.freezing import tables_of
from gelingen.site.models import SiteSettings

DAY = date(2017, 6, 1)
SERIES = {
    "key": "k-b2", "code": "B2", "name": "Anteil mit B1", "register": "context",
    "definition": "Anteil", "numerator": "", "denominator": "", "source": "BAMF", "unit": "%",
    "migration_definition": "", "notes": "", "wanted": "up",
    "breaks": [{"reference": "2022", "reason": "Zensus 2022"}], "targets": [],
    "series": [{
        "territory": "09473", "territory_name": "Landkreis", "reference": "2016", "low": 48,
        "high": 52, "source": "BAMF", "note": "", "intern": "Mondstein",
    }],
}  # fmt: skip


def county(measures=2):
    """Make a plan with goals, public measures, a phase and a meeting; give it."""
    plan = world.plan(key="masterplan", horizon=date(2026, 1, 1))
    topic = world.topic(key="sprache", name="Sprache; Bildung")
    goal = world.goal(key="ziel", title='Frauen "lernen", schnell', plan=plan, topic=topic)
    lead = world.organisation(key="vhs", name="VHS")
    for number in range(measures):
        one = world.measure(
            key=f"m_{number}", title=f"Kurs {number}", topic=topic, goals=[goal], public=True,
            lead=lead,
        )  # fmt: skip
        world.milestone(key=f"s_{number}", measure=one, title="Beginn", due=date(2018, 1, 1))
    phase = world.phase(key="auftakt", plan=plan, starts=date(2017, 1, 1))
    world.event(
        key="konferenz", phase=phase, title="Konferenz", day=date(2017, 3, 1), public=True,
        kind="conference",
    )  # fmt: skip
    body = world.body(key="beirat", name="Beirat", public=True)
    meeting = world.meeting(key="m", body=body, day=date(2017, 5, 3), state="held")
    world.agenda_item(key="p", body=body, meeting=meeting, title="Bericht")
    return plan


def release(plan, *, number=1, **fields):
    """Release a plan as an edition with all its tables and one indicator."""
    tenant = world.tenant()
    if number == 1 and not SiteSettings.objects.exists():
        world.site_settings(key="webseite", switched_on=True)
    edition = world.edition(
        key=f"ausgabe-{number}", plan=plan, number=number, state="released", on=DAY,
        released_on=DAY, resolution="Kreistag, 1. Juni 2017", **fields,
    )  # fmt: skip
    tables = tables_of(tenant, plan, on=DAY) | {"indicators": [SERIES]}
    for name, rows in tables.items():
        world.edition_table(key=f"{number}-{name}", edition=edition, name=name, rows=rows)
    return edition


def keep_paper(edition):
    """Keep a document of an edition: plan.html."""
    paper = world.attachment(
        file=ContentFile(b"<p>Plan</p>", "plan.html"), media_type="text/html; charset=utf-8"
    )
    return world.edition_file(edition=edition, name="plan.html", attachment=paper)
