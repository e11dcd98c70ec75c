"""Fortschreibung: was offen ist, geht in den nächsten Plan; was vorbei ist, bleibt im letzten."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.access.queries import on_day
from gelingen.editing import take_back
from gelingen.editions.comparing import compare
from gelingen.editions.continuation import begin, preview
from gelingen.editions.ended import compare_editions
from gelingen.editions.models import Edition
from gelingen.editions.queries import rows_of
from gelingen.editions.releasing import next_number, release
from gelingen.editions.writing import EditionError, change_edition
from gelingen.history.recording import change, new_batch
from gelingen.opendata.columns import TABLES
from gelingen.opendata.columns import rows_of as open_rows
from gelingen.plan.continuing import ContinuationError
from gelingen.plan.models import ChapterText, ImpactGoal, Measure, Plan
from gelingen.terms.editions import Difference
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
DAY, LATER, HORIZON = date(2017, 6, 1), date(2019, 6, 1), date(2031, 1, 1)


@pytest.fixture
def officer():
    return on_day(world.person(), on=LATER)


def let_out(officer, made):
    change_edition(
        actor=officer, edition=made, title=made.title, on=LATER, resolution="Kreistag, 20.05.2019"
    )
    release(
        actor=officer, edition=made, number=next_number(made.tenant), tables=rows_of(made),
        files=[], on=LATER,
    )  # fmt: skip
    return made


@pytest.fixture
def first(officer):
    """Release a plan with an open and a done goal, and one measure in each state."""
    plan = world.plan(key="alt", title="Masterplan", state="adopted")
    world.chapter(key="auftrag", plan=plan)
    open_one = world.goal(key="offen", plan=plan, title="Frauen sprechen Deutsch")
    done = world.goal(key="getan", plan=plan, title="Es gibt Lotsen")
    world.measure(key="kurs", title="Kurs", goals=[open_one], public=True)
    world.measure(key="intern", title="Intern", goals=[open_one])
    world.measure(key="cafe", title="Café", goals=[open_one], public=True, light="dropped")
    world.measure(key="lotsen", title="Lotsen", goals=[done], public=True, light="done")
    return let_out(officer, world.edition(plan=plan, title="Masterplan"))


def carry_on(officer, **given):
    given = {"title": "Masterplan 2030", "horizon": HORIZON, "on": LATER} | given
    return begin(actor=officer, tenant=world.tenant(), **given)


@pytest.mark.usefixtures("first")
def test_die_vorschau_nennt_was_weitergeht_und_was_abgeschlossen_wird(officer):
    found = preview(officer, world.tenant(), on=LATER)
    assert [one.key for one in found.open_goals] == ["offen"]
    assert [one.key for one in found.closed_goals] == ["getan"]
    assert sorted(one.key for one in found.open_measures) == ["intern", "kurs"]
    told = {one.key: state.state for one, state in found.closed_measures}
    assert told == {"cafe": "dropped", "lotsen": "done"}
    assert not Plan.objects.filter(title="Masterplan 2030").exists()


def test_der_naechste_plan_hat_was_offen_ist(officer, first):
    draft = carry_on(officer)
    plan = draft.plan
    assert (plan.key, plan.state) == ("plan-2030", "draft")
    assert [one.key for one in ImpactGoal.objects.filter(plan=plan)] == ["offen"]
    assert [one.key for one in ImpactGoal.objects.filter(plan=first.plan)] == ["getan"]
    assert ChapterText.objects.filter(chapter="auftrag").count() == 2
    closed = {one.key: one.maturity for one in Measure.objects.all()}
    assert (closed["lotsen"], closed["cafe"], closed["kurs"]) == ("finished", "dropped", "idea")
    assert [row["key"] for row in rows_of(draft)["measures"]] == ["kurs"]


def test_der_vergleich_nennt_uebernommenes_und_abgeschlossenes(officer, first):
    found = compare(rows_of(first), rows_of(carry_on(officer)))
    assert {one.key: one.difference for one in found.of("measures")} == {
        "kurs": Difference.CARRIED, "lotsen": Difference.DONE, "cafe": Difference.DROPPED,
    }  # fmt: skip
    assert {one.key: one.difference for one in found.of("goals")} == {
        "offen": Difference.CARRIED, "getan": Difference.DONE,
    }  # fmt: skip


def test_was_seit_der_letzten_ausgabe_fertig_wurde_heisst_abgeschlossen_nicht_entfallen(
    officer, first
):
    measure = Measure.objects.get(key="kurs")
    with change(by="x", verb=Verb.CHANGED, of=measure):
        measure.light, measure.progress_day = "done", LATER
    inside = Measure.objects.get(key="intern")
    with change(by="x", verb=Verb.CHANGED, of=inside):
        inside.light, inside.progress_day = "done", LATER
    world.goal(key="neu", plan=first.plan)
    draft = carry_on(officer)
    assert not [row for row in rows_of(draft)["goals"] if row["key"] == "offen"]
    for after in (draft, let_out(officer, draft)):
        found = compare_editions(first, after)
        assert {one.key: one.difference for one in found.of("measures")} == {
            "kurs": Difference.DONE, "lotsen": Difference.DONE, "cafe": Difference.DROPPED,
        }  # fmt: skip
        goals = {one.key: one.difference for one in found.of("goals")}
        assert goals["offen"] is Difference.DONE


def test_der_vergleich_zweier_freigegebener_bleibt_auch_wenn_sich_die_eintraege_aendern(
    officer, first
):
    measure = Measure.objects.get(key="kurs")
    with change(by="x", verb=Verb.CHANGED, of=measure):
        measure.light, measure.progress_day = "done", LATER
    second = let_out(officer, carry_on(officer))
    before = compare_editions(first, second)
    assert "done" in {one.difference for one in before.of("measures")}
    for one in Measure.objects.all():
        with change(by="x", verb=Verb.CHANGED, of=one):
            one.light, one.light_reason, one.maturity = "planned", "", "running"
    assert compare_editions(first, second) == before


@pytest.mark.usefixtures("first")
def test_was_mit_der_ausgabe_im_haus_bleibt_steht_nicht_in_offenen_daten(officer):
    second = let_out(officer, carry_on(officer))
    (row,) = rows_of(second)["plan"]
    assert row["ended"]["measures"]["lotsen"] == "done"
    (opened,) = open_rows(TABLES["plan"], rows_of(second))
    assert "ended" not in opened


def test_mit_der_freigabe_loest_der_neue_plan_den_alten_ab(officer, first):
    second = let_out(officer, carry_on(officer))
    states = dict(Plan.objects.values_list("key", "state"))
    assert states == {"alt": "replaced", "plan-2030": "adopted"}
    assert (second.number, second.previous) == (2, first)


def test_die_fortschreibung_laesst_sich_ganz_zuruecknehmen(officer, first):
    batch = new_batch()
    carry_on(officer, batch=batch)
    take_back(actor=officer, tenant=world.tenant(), batch=batch)
    assert [one.key for one in Plan.objects.all()] == ["alt"]
    assert Plan.objects.get().state == "adopted"
    assert ImpactGoal.objects.filter(plan=first.plan).count() == 2
    assert Measure.objects.get(key="lotsen").maturity == "idea"
    assert Edition.objects.get() == first


@pytest.mark.usefixtures("first")
def test_fortgeschrieben_wird_einmal_und_weiter_als_bisher(officer):
    with pytest.raises(ContinuationError, match=r"nach dem 31\.12\.2025"):
        carry_on(officer, horizon=date(2026, 1, 1))
    carry_on(officer)
    with pytest.raises(EditionError, match="schon begonnen"):
        carry_on(officer, horizon=date(2035, 1, 1))
    with pytest.raises(PermissionDenied):
        carry_on(on_day(world.person(role="reader"), on=LATER))


def test_ohne_freigegebene_ausgabe_gibt_es_nichts_fortzuschreiben(officer):
    assert preview(officer, world.tenant(), on=LATER) is None
    with pytest.raises(EditionError):
        carry_on(officer)
