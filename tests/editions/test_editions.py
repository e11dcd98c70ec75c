"""Ausgaben: als Entwurf geschrieben, freigegeben und seither fest, zurückgezogen, verglichen."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world

from gelingen.access.queries import on_day
from gelingen.editing import take_back
from gelingen.editions.comparing import compare
from gelingen.editions.models import Edition, EditionTable
from gelingen.editions.published import published, released
from gelingen.editions.queries import frozen, get_edition, rows_of
from gelingen.editions.releasing import Written, hints, missing, next_number, release, withdraw
from gelingen.editions.waiting import waiting
from gelingen.editions.writing import EditionError, change_edition, new_edition, remove_edition
from gelingen.history.recording import LostUpdateError, change, new_batch
from gelingen.history.undo import UndoRefusedError
from gelingen.plan.models import Measure
from gelingen.register.models import Attachment
from gelingen.reports.editions import compared_document, edition_document
from gelingen.terms.editions import Difference, EditionFileKind
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
DAY, LATER = date(2017, 6, 1), date(2018, 6, 1)
PAPER = Written(EditionFileKind.MASTERPLAN, "plan.html", "Plan", "text/html", b"<p>Plan</p>")


@pytest.fixture
def officer():
    return on_day(world.person(), on=DAY)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def draft(officer, **given):
    plan = given.pop("plan", None) or world.plan(key="masterplan")
    world.measure(key="kurs", title="Abendkurs", public=True)
    made = new_edition(actor=officer, tenant=world.tenant(), plan=plan, on=DAY)
    return resolved(officer, made, **given)


def resolved(officer, made, **given):
    change_edition(
        actor=officer, edition=made,
        **{"title": "Masterplan", "on": DAY, "resolution": "Kreistag, 20.05.2017"} | given,
    )  # fmt: skip
    return made


def let_out(officer, made, *, on=DAY, files=(PAPER,)):
    release(
        actor=officer, edition=made, number=next_number(made.tenant), tables=rows_of(made),
        files=files, on=on,
    )  # fmt: skip
    return made


def retitle(measure, title, **values):
    with change(by="anna", verb=Verb.CHANGED, of=measure):
        measure.title = title
        for name, value in values.items():
            setattr(measure, name, value)


def test_die_freigabe_gibt_nummer_tag_tabellen_und_dateien(officer, django_assert_num_queries):
    tenant = let_out(officer, draft(officer)).tenant
    with django_assert_num_queries(1):
        found = published(tenant)
    # Each table is read when it is asked for, once.
    with django_assert_num_queries(1):
        assert found.tables["goals"] == found.tables["goals"]
    assert (found.edition.number, found.edition.released_on) == (1, DAY)
    assert found.edition.resolution == "Kreistag, 20.05.2017"
    assert [row["title"] for row in found.tables["measures"]] == ["Abendkurs"]
    assert [(one.name, one.media_type, one.read()) for one in found.files] == [
        ("plan.html", "text/html", b"<p>Plan</p>")
    ]


def test_was_freigegeben_ist_bleibt_auch_wenn_sich_der_plan_aendert(officer):
    let_out(officer, draft(officer))
    retitle(Measure.objects.get(key="kurs"), "Morgenkurs", public=False)
    assert [row["title"] for row in published(world.tenant()).tables["measures"]] == ["Abendkurs"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "Anders"), ("on", LATER), ("number", 7), ("resolution", ""), ("state", "draft")],
)
def test_an_einer_freigegebenen_aendert_niemand_etwas(officer, field, value):
    made = let_out(officer, draft(officer))
    with pytest.raises(ValidationError), change(by="x", verb=Verb.CHANGED, of=made):
        setattr(made, field, value)


def test_auch_ihre_tabellen_und_sie_selbst_bleiben(officer):
    made = let_out(officer, draft(officer))
    table = EditionTable.objects.get(edition=made, name="measures")
    with pytest.raises(ValidationError), change(by="x", verb=Verb.CHANGED, of=table):
        table.rows = []
    with pytest.raises(ValidationError):
        EditionTable.objects.filter(edition=made).update(rows=[])
    with pytest.raises(EditionError):
        remove_edition(actor=officer, edition=made)
    with pytest.raises(EditionError):
        resolved(officer, made, title="Anders")


def test_die_freigabe_und_was_davor_war_nimmt_niemand_zurueck(officer):
    batch = new_batch()
    made = draft(officer)
    resolved(officer, made, title="Anders", batch=batch)
    let_out(officer, made)
    with pytest.raises(UndoRefusedError):
        take_back(actor=officer, tenant=world.tenant(), batch=batch)
    assert get_edition(officer, world.tenant(), made.key).title == "Anders"


def test_zurueckgezogen_bleibt_sie_im_haus_und_verschwindet_draussen(officer):
    made = let_out(officer, draft(officer))
    with pytest.raises(EditionError):
        withdraw(actor=officer, edition=made, why=" ", on=LATER)
    withdraw(actor=officer, edition=made, why="Falsche Fassung", on=LATER)
    assert (published(world.tenant()), released(world.tenant())) == (None, [])
    kept = get_edition(officer, world.tenant(), made.key)
    assert (kept.state, kept.withdrawn_on) == ("withdrawn", LATER)
    assert frozen(kept)["measures"]
    with pytest.raises(ValidationError), change(by="x", verb=Verb.CHANGED, of=kept):
        kept.state = "released"
    again = let_out(officer, resolved(officer, new_one(officer, made.plan)))
    assert (again.number, again.previous) == (2, None)


def new_one(officer, plan):
    return new_edition(actor=officer, tenant=world.tenant(), plan=plan, on=DAY)


def test_ohne_beschluss_und_ohne_inhalt_wird_nichts_freigegeben(officer):
    made = new_one(officer, world.plan())
    assert len(missing(made, rows_of(made))) == 2
    with pytest.raises(EditionError, match="Beschluss fehlt"):
        let_out(officer, made)
    assert not EditionTable.objects.exists()


def test_scheitert_die_freigabe_bleibt_nichts_von_ihr(officer, tmp_path):
    made = draft(officer)
    with pytest.raises(ValidationError):
        let_out(officer, made, files=[PAPER, PAPER])
    assert not Attachment.objects.exists()
    assert not EditionTable.objects.exists()
    assert Edition.objects.get().state == "draft"
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_wer_den_plan_nicht_aendern_darf_gibt_nichts_frei(officer):
    made = draft(officer)
    reader = on_day(world.person(role="reader"), on=DAY)
    with pytest.raises(PermissionDenied):
        let_out(reader, made)
    lead = on_day(world.person(role="lead", organisation=world.organisation()), on=DAY)
    with pytest.raises(PermissionDenied):
        resolved(lead, made)


def test_wer_einen_anderen_stand_sah_gibt_nicht_frei(officer):
    made = draft(officer)
    seen = made.version
    resolved(officer, made, title="Anders")
    with pytest.raises(LostUpdateError):
        release(
            actor=officer, edition=made, number=1, tables=rows_of(made), files=[], on=DAY,
            version=seen,
        )  # fmt: skip


def test_es_gibt_nur_einen_entwurf(officer):
    made = draft(officer)
    with pytest.raises(EditionError, match="schon einen Entwurf"):
        new_one(officer, made.plan)
    remove_edition(actor=officer, edition=made)
    assert new_one(officer, made.plan).title == "Masterplan Integration"


def test_hinweise_sagen_was_einer_ausgabe_fehlt(officer):
    told = hints(rows_of(draft(officer)), hidden=2)
    assert told[:2] == [
        "2 Maßnahmen werden nicht veröffentlicht.",
        "1 Maßnahme hat keinen berichteten Stand.",
    ]


# Vergleich


def test_der_vergleich_sagt_was_neu_geaendert_abgeschlossen_entfallen_und_gleich_ist(officer):
    first = draft(officer)
    for key in ("bleibt", "endet", "weg"):
        world.measure(key=key, title=key, public=True)
    let_out(officer, first)
    retitle(Measure.objects.get(key="kurs"), "Morgenkurs", lead=world.organisation(name="VHS"))
    retitle(Measure.objects.get(key="endet"), "endet", light="done")
    retitle(Measure.objects.get(key="weg"), "weg", public=False)
    world.measure(key="neu", title="neu", public=True)
    second = resolved(officer, new_one(officer, first.plan))
    found = compare(rows_of(first), rows_of(second))
    assert {one.key: one.difference for one in found.of("measures")} == {
        "kurs": Difference.CHANGED, "bleibt": Difference.CARRIED, "endet": Difference.DONE,
        "neu": Difference.NEW, "weg": Difference.DROPPED,
    }  # fmt: skip
    (changed,) = found.of("measures", "changed")
    assert [(one.label, one.before, one.after) for one in changed.changed] == [
        ("Titel", "Abendkurs", "Morgenkurs"), ("Federführung", "", "VHS"),
    ]  # fmt: skip
    text = str(compared_document(found, before="A", after="B", author="LK", on=DAY).blocks)
    assert "Morgenkurs" in text
    assert "weg (nicht mehr aufgeführt)" in text


def test_umbenannte_und_zusammengelegte_themenfelder_aendern_keine_massnahme():
    def tables(topics, topic):
        row = {"key": "m", "title": "Kurs", "topic": topic, "cross_topics": [], "goals": []}
        return {"topics": topics, "measures": [row]}

    def named(key, name, *replaces):
        return {"key": key, "name": name, "replaces": list(replaces)}

    before = tables([named("a", "Sprache"), named("b", "Bildung"), named("c", "Sport")], "a")
    after = tables([named("d", "Sprache und Bildung", "a", "b"), named("e", "Wohnen")], "d")
    found = compare(before, after)
    assert [(one.before, one.after) for one in found.topics] == [
        ((), ("Wohnen",)),
        (("Sprache", "Bildung"), ("Sprache und Bildung",)),
        (("Sport",), ()),
    ]
    (line,) = found.of("measures")
    assert (line.difference, line.topic) == (Difference.CARRIED, "Sprache und Bildung")


def test_das_dokument_besteht_nur_aus_den_tabellen(officer):
    made = draft(officer)
    rows = rows_of(made)
    world.measure(key="spaeter", title="Später", public=True)
    document = edition_document(made, rows, number=3)
    assert document.edition == "Ausgabe 3"
    assert "Abendkurs" in str(document.blocks)
    assert "Später" not in str(document.blocks)


def test_auf_der_arbeitsliste_stehen_entwuerfe_und_was_ein_jahr_alt_ist(officer):
    made = draft(officer)
    assert [one.why for one in waiting(officer, made.tenant, on=DAY)] == [
        "Der Beschluss steht; freigegeben ist der Entwurf noch nicht."
    ]
    let_out(officer, made)
    assert waiting(officer, made.tenant, on=date(2018, 5, 31)) == []
    (old,) = waiting(officer, made.tenant, on=LATER)
    assert (old.title, old.due) == ("Ausgabe 1", LATER)
    assert waiting(on_day(world.person(role="reader"), on=DAY), made.tenant, on=LATER) == []
