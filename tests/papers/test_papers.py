"""Vorlagen: aus dem Plan geschrieben, von zweien freigegeben, beraten, beschlossen, mit Folgen."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from tests import world
from tests.papers.county import (
    DAY,
    LATER,
    bodies,
    listed,
    measures,
    officer,
    paper,
    released,
    seated,
)

from gelingen.access.queries import on_day
from gelingen.access.record import UnknownRecordError
from gelingen.boards import agenda, minuting
from gelingen.boards.models import ActionPoint, AgendaItem, Body
from gelingen.editing import take_back
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.papers import chain, content, following, releasing, rules, writing
from gelingen.papers.models import Consequence, Paper, PaperVersion
from gelingen.papers.prefill import draft
from gelingen.papers.queries import chain_of, get_paper, paper_lines, papers, sheet
from gelingen.papers.waiting import Reason, waiting
from gelingen.papers.writing import PaperError
from gelingen.plan.models import Measure
from gelingen.register.models import Structure
from gelingen.register.steps import carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return officer("anna")


@pytest.fixture
def berta():
    return officer("berta")


@pytest.fixture(autouse=True)
def _county():
    bodies()
    measures()


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def note(by, one, result, text="", on=LATER, **votes):
    station = next(at for at in chain_of(one) if not at.result)
    chain.note_result(actor=by, station=station, outcome=chain.Outcome(result, on, text, **votes))
    return station


def adopt(by, one):
    for result in ("discussed", "unchanged", "majority"):
        note(by, one, result)
    return fresh(one)


# Written from the records


def test_eine_vorlage_aus_drei_massnahmen_nennt_summen_mit_spanne_und_quelle():
    told = draft(listed(), on=DAY)
    assert (told.once_low, told.once_high) == (1000, 1000)
    assert (told.year_low, told.year_high) == (15000, 19000)
    assert (told.funding_low, told.funding_high) == (10000, Decimal("12400.00"))
    assert (told.own_low, told.own_high) == (Decimal("5000.00"), Decimal("6600.00"))
    assert told.fte == Decimal("0.50")
    assert told.budget_line == "1.4070"
    assert told.lead.name == "Jugendamt"
    assert "Stand 20.06.2017" in told.money_source
    assert "im Jahr 10.000 bis 14.000 EUR; Förderquote 60,0 %" in told.money_source
    assert "Ohne Angabe zu den Kosten und nicht enthalten: „Runder Tisch“." in told.money_source
    assert "1. Sprachkurse mit Kinderbetreuung\n2. Lotsen" in told.proposal
    assert "jährlich 15.000 bis 19.000 EUR bereitgestellt" in told.proposal
    assert "Mütter erreichen Kurse nicht." in told.facts


def test_wo_nichts_angegeben_ist_steht_nichts_und_nicht_null():
    told = draft(listed(["m3"]), on=DAY)
    assert told.year_low is None
    assert told.funding_low is None
    assert told.fte is None
    assert told.proposal == "Die Maßnahme „Runder Tisch“ wird durchgeführt."


def test_was_abgelehnt_wuerde_sind_die_beduerfnisse_dahinter():
    need = world.need(statement="Kurse mit Betreuung fehlen")
    one = world.measure(key="m9", title="Kurse", needs=[need])
    assert "Kurse mit Betreuung fehlen" in draft([one], on=DAY).refusal


def test_die_uebliche_beratungsfolge_geht_vom_beirat_ueber_den_ausschuss_in_den_kreistag(anna):
    made = paper(anna)
    assert [(str(one.body), one.get_role_display()) for one in chain_of(made)] == [
        ("Beirat", "Vorberatung"), ("Sozialausschuss", "Vorberatung"), ("Kreistag", "Entscheidung")
    ]  # fmt: skip


def test_eine_mitteilung_nehmen_alle_nur_zur_kenntnis(anna):
    made = paper(anna, kind="notice")
    assert {one.role for one in chain_of(made)} == {"notice"}


# Released by two


def test_freigeben_darf_nicht_wer_zuletzt_geschrieben_hat(anna, berta):
    made = paper(anna)
    releasing.submit(actor=anna, paper=made)
    with pytest.raises(PaperError, match="andere Person"):
        releasing.release(actor=anna, paper=made, on=DAY)
    releasing.release(actor=berta, paper=made, on=DAY)
    made = fresh(made)
    assert (made.state, made.released, made.released_by) == ("released", DAY, "berta")
    assert made.day == DAY


def test_wer_eine_vorlage_zur_freigabe_noch_aendert_wird_selbst_zum_schreibenden(anna, berta):
    made = paper(anna)
    releasing.submit(actor=anna, paper=made)
    writing.change_paper(actor=berta, paper=made, given=writing.Given("Anders", facts="Neu"))
    assert fresh(made).state == "draft"
    writing.change_paper(
        actor=berta, paper=made, given=writing.Given("Anders", facts="Neu", proposal="So")
    )
    releasing.submit(actor=anna, paper=made)
    with pytest.raises(PaperError, match="andere Person"):
        releasing.release(actor=berta, paper=made, on=DAY)
    releasing.release(actor=anna, paper=made, on=DAY)


def test_ohne_die_regel_gibt_eine_person_allein_frei(anna):
    rules.set_rules(actor=anna, tenant=world.tenant(), second_person=False)
    made = paper(anna)
    releasing.release(actor=anna, paper=made, on=DAY)
    assert fresh(made).state == "released"


def test_was_fehlt_steht_in_der_meldung(anna):
    made = writing.new_paper(actor=anna, tenant=world.tenant(), given=writing.Given("Leer"))
    with pytest.raises(
        PaperError, match="die Sachdarstellung, der Beschlussvorschlag, die Beratun"
    ):
        releasing.submit(actor=anna, paper=made)


def test_jede_freigabe_haelt_eine_fassung_fest_und_zwei_lassen_sich_feld_fuer_feld_vergleichen(
    anna, berta
):
    made = released(anna, berta)
    releasing.reopen(actor=anna, paper=made)
    given = writing.Given("Kurse", facts=made.facts, proposal=made.proposal, cover="Aus Rücklagen")
    writing.change_paper(actor=anna, paper=made, given=given)
    releasing.submit(actor=anna, paper=made)
    releasing.release(actor=berta, paper=made, on=LATER)
    first, second = PaperVersion.objects.order_by("order")
    assert "Deckung" in second.changed
    differs = {
        one.label: (one.before, one.after)
        for one in content.compared(first.content, second.content)
    }
    assert differs["Deckung"] == ("", "Aus Rücklagen")
    assert differs["Betreff"][1] == "Kurse"
    assert "Sachdarstellung" not in differs
    assert first.content["year"] == "15.000 bis 19.000 EUR"


def test_eine_freigegebene_vorlage_laesst_sich_nicht_mehr_aendern_und_nicht_loeschen(anna, berta):
    made = released(anna, berta)
    with pytest.raises(PaperError, match="freigegeben"):
        writing.change_paper(actor=anna, paper=made, given=writing.Given("Anders"))
    with pytest.raises(PaperError, match="bleibt"):
        writing.remove_paper(actor=anna, paper=made)


def test_ein_entwurf_laesst_sich_mit_allem_loeschen_und_zurueckholen(anna):
    made, batch = paper(anna), new_batch()
    writing.remove_paper(actor=anna, paper=made, batch=batch)
    assert not Paper.objects.exists()
    take_back(actor=anna, tenant=world.tenant(), batch=batch)
    assert len(chain_of(Paper.objects.get())) == 3


def test_zwei_die_zugleich_schreiben_merken_es(anna, berta):
    made = paper(anna)
    seen = made.version
    writing.change_paper(actor=berta, paper=made, given=writing.Given("Von Berta"))
    with pytest.raises(LostUpdateError):
        writing.change_paper(
            actor=anna, paper=fresh(made), given=writing.Given("Von Anna"), version=seen
        )


def test_eine_nummer_gibt_es_nur_einmal_und_ohne_nummer_beliebig_viele(anna):
    paper(anna)
    paper(anna, number="12/2017")
    paper(anna)
    with pytest.raises(ValidationError, match="schon eine andere Vorlage"):
        paper(anna, number="12/2017")


# Who sees what


def test_einen_entwurf_sieht_nur_wer_ihn_schreiben_darf(anna, berta):
    made = paper(anna)
    reader = on_day(world.person(role="reader"), on=DAY)
    head = on_day(world.person(role="head"), on=DAY)
    assert list(papers(berta, world.tenant())) == [made]
    assert not papers(reader, world.tenant()).exists()
    assert not papers(head, world.tenant()).exists()
    with pytest.raises(UnknownRecordError):
        get_paper(reader, world.tenant(), made.key)


def test_freigegeben_und_oeffentlich_sehen_sie_alle_im_mandanten(anna, berta):
    made = released(anna, berta)
    reader = on_day(world.person(role="reader"), on=DAY)
    assert list(papers(reader, world.tenant())) == [made]


def test_nichtoeffentliche_sehen_nur_gremien_der_beratungsfolge_und_wer_nichtoeffentliches_sieht(
    anna, berta
):
    made = released(anna, berta, public=False)
    tenant = world.tenant()
    advisory = Body.objects.get(key="advisory")
    other = world.body(key="andere", name="AG Andere")
    assert list(papers(seated(advisory), tenant)) == [made]
    assert list(papers(on_day(world.person(role="head"), on=DAY), tenant)) == [made]
    assert not papers(seated(other), tenant).exists()
    assert not papers(on_day(world.person(role="reader"), on=DAY), tenant).exists()


def test_ein_sitz_in_der_beratungsfolge_gibt_kein_recht_zu_schreiben(anna):
    made = paper(anna)
    chair = seated(Body.objects.get(key="council"), office="chair")
    with pytest.raises(PermissionDenied):
        writing.change_paper(actor=chair, paper=made, given=writing.Given("Anders"))


def test_der_vorsitz_des_einbringenden_gremiums_schreibt_dessen_vorlagen_und_keine_anderen():
    steering = world.body(key="st", name="Steuerungsgruppe", kind="steering")
    chair = seated(steering, office="chair")
    made = writing.new_paper(
        actor=chair, tenant=world.tenant(), given=writing.Given("Von uns", body=steering)
    )
    assert list(papers(chair, world.tenant())) == [made]
    with pytest.raises(PermissionDenied):
        writing.new_paper(actor=chair, tenant=world.tenant(), given=writing.Given("Vom Haus"))
    with pytest.raises(PermissionDenied):
        writing.change_paper(actor=chair, paper=made, given=writing.Given("Weg", body=None))


def test_der_verlauf_nennt_eine_vorlage_ohne_ihren_betreff(anna):
    assert str(paper(anna)) == "Vorlage"
    assert str(paper(anna, number="7/2017")) == "Vorlage 7/2017"


# Deliberation


def test_die_reihenfolge_laesst_sich_aendern_bis_ein_gremium_beraten_hat(anna, berta):
    made = released(anna, berta)
    council = chain_of(made)[2]
    chain.move_station(actor=anna, station=council, by=-1)
    assert [str(one.body) for one in chain_of(made)] == ["Beirat", "Kreistag", "Sozialausschuss"]
    note(anna, made, "discussed")
    assert chain.move_station(actor=anna, station=chain_of(made)[1], by=-5) == ""
    with pytest.raises(PaperError, match="schon beraten"):
        chain.remove_station(actor=anna, station=chain_of(made)[0])


def test_ein_ergebnis_gibt_es_der_reihe_nach(anna, berta):
    made = released(anna, berta)
    with pytest.raises(PaperError, match="Zuerst ist Beirat an der Reihe"):
        chain.note_result(
            actor=anna, station=chain_of(made)[1], outcome=chain.Outcome("unchanged", LATER)
        )


def test_ein_entwurf_wird_nicht_beraten(anna):
    made = paper(anna)
    with pytest.raises(PaperError, match="freigegeben"):
        note(anna, made, "discussed")
    with pytest.raises(PaperError, match="freigegeben"):
        chain.put_on_agenda(actor=anna, station=chain_of(made)[0], meeting=None)


def test_zurueckgestellt_kommt_sie_noch_einmal_vor_dasselbe_gremium(anna, berta):
    made = released(anna, berta)
    note(anna, made, "postponed")
    assert [str(one.body) for one in chain_of(made)] == [
        "Beirat", "Beirat", "Sozialausschuss", "Kreistag"
    ]  # fmt: skip
    assert str(sheet(anna, made).at.body) == "Beirat"


def test_der_beschluss_des_kreistags_beendet_den_weg_und_haelt_den_wortlaut_fest(anna, berta):
    made = released(anna, berta)
    note(anna, made, "discussed")
    note(anna, made, "changed", "Nur die Kurse.")
    note(anna, made, "majority", "Nur die Kurse werden durchgeführt.", yes=30, no=10, abstain=2)
    assert fresh(made).state == "done"
    last = made.versions.order_by("-order").first()
    assert last.get_occasion_display() == "beim Beschluss"
    assert last.content["proposal"] == "Nur die Kurse werden durchgeführt."
    assert last.changed == "Beschlussvorschlag"


def test_abgelehnt_vom_entscheidenden_gremium_ist_sie_abgeschlossen_ohne_folgen(anna, berta):
    made = released(anna, berta)
    for result in ("discussed", "rejected", "rejected"):
        note(anna, made, result)
    assert fresh(made).state == "done"
    assert following.resolution_of(made) is None
    with pytest.raises(PaperError, match="beschlossen hat"):
        following.plan_following(anna, made, following.Wishes(("m1",)), on=LATER)


def test_ein_ergebnis_laesst_sich_mit_einem_griff_zuruecknehmen(anna, berta):
    made, batch = released(anna, berta), new_batch()
    station = chain_of(made)[0]
    chain.note_result(
        actor=anna, station=station, outcome=chain.Outcome("postponed", LATER), batch=batch
    )
    take_back(actor=anna, tenant=world.tenant(), batch=batch)
    assert [one.result for one in chain_of(made)] == ["", "", ""]


def test_auf_der_tagesordnung_und_das_ergebnis_der_sitzung_uebernommen(anna, berta):
    made = released(anna, berta, public=False)
    station = chain_of(made)[0]
    meeting = world.meeting(body=station.body, day=LATER)
    item = chain.put_on_agenda(actor=anna, station=station, meeting=meeting)
    assert (item.public, item.origin, item.kind) == (False, f"paper:{made.key}", "discussion")
    station = chain_of(made)[0]
    assert chain.dealt_with(anna, station) is None
    minuting.write_item(
        actor=anna, item=item, said=minuting.Said(result="majority", resolution="So.", yes=5, no=1)
    )
    found = chain.dealt_with(anna, station)
    chain.note_result(
        actor=anna, station=station, outcome=chain.outcome_of(found, made), item=found
    )
    station = chain_of(made)[0]
    assert (station.result, station.adopted, station.yes, station.noted) == (
        "majority", "So.", 5, LATER
    )  # fmt: skip
    assert chain.dealt_with(anna, station) is None


def test_auch_ein_punkt_der_ueber_die_auswahl_auf_die_tagesordnung_kam_gibt_sein_ergebnis(
    anna, berta
):
    made = released(anna, berta)
    station = chain_of(made)[0]
    meeting = world.meeting(body=station.body, day=LATER)
    item = agenda.new_item(
        actor=anna, body=station.body, meeting=meeting, given=agenda.Given("Vorlage"),
        origin=f"paper:{made.key}",
    )  # fmt: skip
    minuting.write_item(actor=anna, item=item, said=minuting.Said(result="noted"))
    assert chain.dealt_with(anna, station) == item


# What follows


def wishes():
    lead = listed(["m1"])[0].lead
    return following.Wishes(
        ("m1", "m2"),
        (following.PlannedStructure("Kursbüro", lead, "delivers", "service", date(2018, 1, 1)),),
        (following.NewBody("AG Sprache", "working_group", date(2018, 2, 1)),),
        (following.NewTask("Räume suchen", "Leitung Jugendamt", date(2017, 10, 1)),),
    )


def test_aus_dem_beschluss_entstehen_massnahmen_struktur_gremium_und_auftrag_in_einem_griff(
    anna, berta
):
    made = adopt(anna, released(anna, berta, number="12/2017"))
    plan = following.plan_following(anna, made, wishes(), on=LATER)
    assert plan.stays == ("„Runder Tisch“ bleibt „Idee“.",)
    assert not Consequence.objects.exists()
    batch = carry_out(actor=anna, plan=plan)
    one = Measure.objects.get(key="m1")
    assert one.maturity == "decided"
    assert one.resolutions == "Kreistag, 18.07.2017: mehrheitlich beschlossen, Vorlage 12/2017"
    assert Structure.objects.get(name="Kursbüro").starts == date(2018, 1, 1)
    assert Body.objects.get(name="AG Sprache").starts == date(2018, 2, 1)
    assert Consequence.objects.filter(done=None).count() == 3
    take_back(actor=anna, tenant=world.tenant(), batch=batch)
    assert Measure.objects.get(key="m1").maturity == "idea"
    assert not Structure.objects.filter(name="Kursbüro").exists()
    assert not Consequence.objects.exists()


def test_der_beschluss_einer_nichtoeffentlichen_vorlage_steht_nicht_bei_der_massnahme(anna, berta):
    made = adopt(anna, released(anna, berta, public=False, number="13/2017"))
    plan = following.plan_following(anna, made, following.Wishes(("m1",)), on=LATER)
    carry_out(actor=anna, plan=plan)
    one = Measure.objects.get(key="m1")
    assert (one.maturity, one.resolutions) == ("decided", "")


def test_ein_auftrag_geht_ueber_den_punkt_der_sitzung_und_ist_so_oeffentlich_wie_er(anna, berta):
    made = released(anna, berta, public=False)
    note(anna, made, "discussed")
    note(anna, made, "unchanged")
    station = chain_of(made)[2]
    meeting = world.meeting(body=station.body, day=LATER)
    item = chain.put_on_agenda(actor=anna, station=station, meeting=meeting)
    minuting.write_item(actor=anna, item=item, said=minuting.Said(result="unchanged"))
    station = chain_of(made)[2]
    chain.note_result(
        actor=anna, station=station, outcome=chain.outcome_of(chain.dealt_with(anna, station), made)
    )
    carry_out(actor=anna, plan=following.plan_following(anna, fresh(made), wishes(), on=LATER))
    action = ActionPoint.objects.get()
    assert (action.text, action.public, action.item) == (
        "Räume suchen", False, AgendaItem.objects.get()
    )  # fmt: skip
    assert Consequence.objects.get(kind="task").thing == f"action:{action.key}"


def test_folgen_ohne_recht_auf_den_plan_schreibt_niemand_und_nichts_bleibt_halb(anna):
    steering = world.body(key="st", name="Steuerungsgruppe", kind="steering")
    chair = seated(steering, office="chair")
    rules.set_rules(actor=anna, tenant=world.tenant(), second_person=False)
    made = writing.new_paper(
        actor=chair, tenant=world.tenant(), measures=listed(["m1"]),
        given=writing.Given("Von uns", body=steering, facts="F", proposal="P"),
    )  # fmt: skip
    chain.add_station(actor=chair, paper=made, body=steering, role="decision")
    releasing.release(actor=chair, paper=made, on=DAY)
    note(chair, made, "unchanged")
    plan = following.plan_following(chair, fresh(made), following.Wishes(("m1",)), on=LATER)
    with pytest.raises(PermissionDenied):
        carry_out(actor=chair, plan=plan)
    assert not Consequence.objects.exists()


# What waits


def test_heute_wartet_freigabe_ergebnis_und_faellige_folge(anna, berta, django_assert_num_queries):
    made = paper(anna)
    releasing.submit(actor=anna, paper=made)
    tenant = world.tenant()
    with django_assert_num_queries(3):
        assert waiting(anna, tenant, on=DAY) == []
    assert [one.reason for one in waiting(berta, tenant, on=DAY)] == [Reason.RELEASE]
    releasing.release(actor=berta, paper=made, on=DAY)
    station = chain_of(made)[0]
    meeting = world.meeting(body=station.body, day=LATER)
    item = chain.put_on_agenda(actor=anna, station=station, meeting=meeting)
    minuting.write_item(actor=anna, item=item, said=minuting.Said(result="noted"))
    assert [one.reason for one in waiting(anna, tenant, on=LATER)] == [Reason.RESULT]
    adopt(anna, made)
    carry_out(actor=anna, plan=following.plan_following(anna, fresh(made), wishes(), on=LATER))
    assert [one.title for one in waiting(anna, tenant, on=date(2017, 9, 20))] == ["Räume suchen"]
    with django_assert_num_queries(3):
        found = waiting(anna, tenant, on=date(2018, 1, 20))
    assert [one.title for one in found] == ["Räume suchen", "Kursbüro", "AG Sprache"]
    # What has no day is not forgotten: it stands last.
    world.consequence(paper=fresh(made), text="Presse einladen")
    found = waiting(anna, tenant, on=date(2018, 1, 20))
    assert [one.title for one in found][-1] == "Presse einladen"
    for one in Consequence.objects.filter(done=None):
        following.tick(actor=anna, consequence=one, on=LATER)
    assert waiting(anna, tenant, on=date(2018, 1, 20)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_die_liste_braucht_immer_gleich_viele_abfragen(anna, number, django_assert_num_queries):
    for _ in range(number):
        paper(anna)
    tenant = world.tenant()
    with django_assert_num_queries(3):
        lines = paper_lines(anna, tenant)
    assert [str(one.at.body) for one in lines] == ["Beirat"] * number


# What is not public stays so


def test_was_oeffentlich_auf_der_tagesordnung_steht_wird_nicht_still_nichtoeffentlich(anna, berta):
    made = released(anna, berta)
    item = chain.put_on_agenda(actor=anna, station=chain_of(made)[0], meeting=None)
    releasing.reopen(actor=anna, paper=made)
    closed = writing.Given("Geheim", public=False)
    with pytest.raises(PaperError, match="steht öffentlich auf der Tagesordnung: Beirat"):
        writing.change_paper(actor=anna, paper=made, given=closed)
    agenda.change_item(actor=anna, item=item, given=agenda.Given("Punkt", public=False))
    writing.change_paper(actor=anna, paper=fresh(made), given=closed)


def test_aus_einem_nichtoeffentlichen_punkt_kommt_nur_das_ergebnis_in_eine_oeffentliche_vorlage(
    anna, berta
):
    made = released(anna, berta)
    station = chain_of(made)[0]
    meeting = world.meeting(body=station.body, day=LATER)
    item = chain.put_on_agenda(actor=anna, station=station, meeting=meeting)
    agenda.change_item(actor=anna, item=item, given=agenda.Given("Punkt", public=False))
    said = minuting.Said(result="majority", resolution="Innen.", yes=5)
    minuting.write_item(actor=anna, item=fresh(item), said=said)
    assert chain.outcome_of(fresh(item), made) == chain.Outcome("majority", LATER)


def test_eine_frueher_nichtoeffentliche_fassung_sieht_auch_spaeter_nicht_jeder(anna, berta):
    made = released(anna, berta, public=False)
    releasing.reopen(actor=anna, paper=made)
    given = writing.Given("Offen", facts="F", proposal="P")
    writing.change_paper(actor=anna, paper=made, given=given)
    releasing.submit(actor=anna, paper=made)
    releasing.release(actor=berta, paper=made, on=LATER)
    reader = on_day(world.person(role="reader"), on=DAY)
    assert [one.order for one in sheet(reader, fresh(made)).versions] == [2]
    assert [one.order for one in sheet(anna, fresh(made)).versions] == [2, 1]


def test_eine_beschlussvorlage_braucht_ein_gremium_das_entscheidet(anna):
    made = paper(anna)
    chain.remove_station(actor=anna, station=chain_of(made)[2])
    with pytest.raises(PaperError, match="ein Gremium, das entscheidet"):
        releasing.submit(actor=anna, paper=made)


def test_eine_anlage_nach_dem_einreichen_macht_wieder_einen_entwurf_daraus(anna, berta):
    made = paper(anna)
    releasing.submit(actor=anna, paper=made)
    given = {"title": "Plan", "name": "plan.txt", "public": True}
    writing.add_annex(actor=berta, paper=made, content=ContentFile(b"Plan", "plan.txt"), **given)
    assert (fresh(made).state, fresh(made).written_by) == ("draft", "berta")
    releasing.submit(actor=berta, paper=made)
    releasing.release(actor=anna, paper=made, on=DAY)
    assert made.versions.get().content["annexes"] == "Plan"
    with pytest.raises(PaperError, match="freigegeben"):
        writing.add_annex(actor=berta, paper=made, content=ContentFile(b"x", "x.txt"), **given)
