"""Was eine Ausgabe öffentlich macht: nur, was die Liste erlaubt, und nichts sonst aus dem Haus."""

import json
import re
from datetime import date

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from tests import world
from tests.access.test_matrix import BUILDERS

from gelingen.documents import write
from gelingen.editions.allowed import ALLOWED, COMPUTED
from gelingen.editions.comparing import compare
from gelingen.editions.freezing import tables_of
from gelingen.editions.tables import COLUMNS, word
from gelingen.reports.editions import compared_document, edition_document

DAY = date(2017, 6, 1)
MARK = re.compile(r"§([\w.]+)§")
# Texts that are made into something else, or that have a form of their own.
SHAPED = {"id", "version", "unit", "state", "chapter"}


def marked(label, **fields):
    """Give a word of its own to each text of a record that has no list behind it."""
    model = apps.get_model(label)
    texts = {
        field.name: f"§{label}.{field.name}§"
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and not field.choices
        and not field.validators[1:]
        and field.name not in SHAPED
        and (field.max_length or 99) > len(f"§{label}.{field.name}§")
    }
    return texts | {"key": f"§{label}.key§"} | fields


def seed():
    """Make one record of each kind, full of marks, and everything public that can be."""
    topic = world.topic(**marked("topics.Topic"))
    old = world.topic(key="alt", name="Altes Feld", ends=DAY, successors=[topic])
    group = world.target_group(**marked("topics.TargetGroup"))
    place = world.territory(**marked("places.Territory", key="09473112"))
    lead = world.organisation(**marked("register.Organisation"))
    plan = world.plan(**marked("plan.Plan"))
    world.chapter(**marked("plan.ChapterText", plan=plan))
    goal = world.goal(**marked("plan.ImpactGoal", plan=plan, topic=topic, target_group=group))
    measure = world.measure(
        **marked("plan.Measure", topic=topic, goals=[goal], lead=lead, partners=[lead]),
        public=True, territories=[place], target_groups=[group], cross_topics=[topic], light="late",
    )  # fmt: skip
    world.milestone(**marked("plan.Milestone", measure=measure))
    told = {"topic": topic, "goals": [goal], "public": True}
    world.progress_report(
        **marked("progress.ProgressReport", measure=world.measure(**told)), assessment="late"
    )
    world.state_override(
        **marked("progress.StateOverride", measure=world.measure(**told)), state="blocked"
    )
    figures(place)
    phase = world.phase(**marked("process.Phase", plan=plan))
    world.event(**marked("process.Event", phase=phase, public=True))
    body = world.body(**marked("boards.Body", public=True))
    meeting = world.meeting(**marked("boards.Meeting", body=body, state="held"))
    world.agenda_item(**marked("boards.AgendaItem", meeting=meeting, body=body))
    seeded = {*ALLOWED, "plan.GuidingGoal", "plan.Chance"}
    for label, build in BUILDERS.items():
        if label not in seeded:
            build(**marked(label))
    return plan, old


def figures(place):
    """Make an indicator with two values and a break between them."""
    one = world.indicator(**marked("indicators.Indicator"))
    for year in (2010, 2016):
        values = marked("places.Figure", territory=place, indicator=one.figure, key=f"f{year}")
        world.figure(**values, reference=date(year, 12, 31))
    world.indicator_break(**marked("indicators.IndicatorBreak", indicator=one))
    world.denominator_rule(
        **marked("indicators.DenominatorRule", indicator=one), starts=date(2013, 1, 1), ends=None
    )
    world.indicator_target(**marked("indicators.IndicatorTarget", indicator=one))


def fields_of(label):
    meta = apps.get_model(label)._meta
    return {field.name for field in (*meta.concrete_fields, *meta.many_to_many)}


@pytest.mark.parametrize("label", ALLOWED)
def test_jedes_feld_ist_als_oeffentlich_oder_intern_eingeordnet(label):
    allowed = ALLOWED[label]
    assert {*allowed.public, *allowed.internal} == fields_of(label)
    assert not allowed.public.keys() & allowed.internal.keys()
    assert all(allowed.internal.values())


def test_hinter_jeder_spalte_steht_ein_oeffentliches_feld_oder_eine_rechnung():
    columns = {f"{table}.{column}" for table, found in COLUMNS.items() for column in found}
    shown = {
        column
        for allowed in ALLOWED.values()
        for columns in allowed.public.values()
        for column in columns
    }
    assert shown | COMPUTED.keys() == columns


@pytest.mark.django_db
def test_in_den_tabellen_stehen_nur_erlaubte_felder_und_nichts_sonst_aus_dem_haus():
    plan, old = seed()
    told = json.dumps(tables_of(world.tenant(), plan, on=DAY), ensure_ascii=False)
    public = {f"{label}.{name}" for label, one in ALLOWED.items() for name in one.public}
    assert set(MARK.findall(told)) <= public
    texts = {f"{label}.{name}" for label in ALLOWED for name in marked(label)}
    unseen = (public & texts) - set(MARK.findall(told)) - UNSEEN
    assert unseen == set()
    assert old.name not in told


@pytest.mark.django_db
def test_auch_im_dokument_und_im_vergleich_steht_nur_erlaubtes():
    plan, _ = seed()
    found = tables_of(world.tenant(), plan, on=DAY)
    written = edition_document(world.edition(plan=plan, title="Plan"), found, number=1)
    none = {name: [] for name in found}
    compared = compared_document(compare(none, found), before="A", after="B", author="LK", on=DAY)
    public = {f"{label}.{name}" for label, one in ALLOWED.items() for name in one.public}
    for document in (written, compared):
        text = write(document, "html").decode()
        assert "§plan.Measure.title§" in text
        assert set(MARK.findall(text)) <= public


# No mark reaches a table: they have no builder here, or a key that people know in another form.
UNSEEN = {
    "places.Territory.key", "plan.GuidingGoal.key", "plan.GuidingGoal.title", "plan.Chance.key",
    "plan.Chance.title",
}  # fmt: skip


@pytest.mark.django_db
def test_was_nicht_oeffentlich_ist_fehlt_ganz():
    plan = world.plan(key="masterplan")
    goal, other = world.goal(plan=plan), world.goal(plan=world.plan(key="alt", title="Alt"))
    world.measure(key="offen", title="Offen", public=True, goals=[goal])
    world.measure(key="intern", title="Intern", goals=[goal], light="blocked")
    world.measure(key="anderswo", title="Anderer Plan", public=True, goals=[other])
    world.event(title="Klausur", phase=world.phase(plan=plan))
    world.meeting(body=world.body(name="Geheimer Kreis"))
    shown = world.meeting(body=world.body(name="Beirat", public=True), state="invited", key="b")
    world.agenda_item(meeting=shown, title="Bericht")
    world.agenda_item(meeting=shown, title="Personalie", public=False)
    found = tables_of(world.tenant(), plan, on=DAY)
    assert [row["key"] for row in found["measures"]] == ["offen"]
    assert [(row["key"], row["state"]) for row in found["goals"]] == [(goal.key, "unknown")]
    assert [row["events"] for row in found["phases"]] == [[]]
    assert [(row["body"], row["items"]) for row in found["meetings"]] == [("Beirat", ["Bericht"])]


@pytest.mark.django_db
def test_kapiteltexte_kommen_ohne_fremdes_html():
    plan = world.plan()
    world.chapter(plan=plan, text="# Auftrag\n\n<script>x</script> **fest** [a](javascript:x)")
    (row,) = tables_of(world.tenant(), plan, on=DAY)["texts"]
    assert "<script" not in row["html"]
    assert "href" not in row["html"]
    assert "<strong>fest</strong>" in row["html"]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_die_zahl_der_abfragen_haengt_nicht_von_der_zahl_der_eintraege_ab(
    django_assert_num_queries, count
):
    plan = world.plan(key="masterplan")
    for _ in range(count):
        goal = world.goal(plan=plan)
        world.milestone(measure=world.measure(public=True, goals=[goal]))
        world.event(phase=world.phase(plan=plan), public=True)
        meeting = world.meeting(body=world.body(public=True), state="held")
        world.agenda_item(meeting=meeting)
    with django_assert_num_queries(26):
        tables_of(world.tenant(), plan, on=DAY)


def test_fuer_jeden_wert_aus_einer_liste_gibt_es_ein_wort():
    assert word("measures", "level", "county") == "Landkreis oder kreisfreie Stadt"
    assert word("measures", "level", "früher") == "früher"
    assert word("measures", "level", "") == ""
