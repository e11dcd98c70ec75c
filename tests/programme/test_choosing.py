"""Jahresauswahl: what groups say becomes points, three lists, and a decision that is held fast."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from tests import world
from tests.programme import year
from tests.programme.year import COSTS, TODAY, key_of, score, scored

from gelingen.access.policy import May, within
from gelingen.access.queries import on_day
from gelingen.boards.models import Body
from gelingen.errors import UserError
from gelingen.history.recorded import writing
from gelingen.history.recording import LostUpdateError
from gelingen.history.undo import UndoRefusedError, undo_batch
from gelingen.needs.models import Need
from gelingen.plan.models import Measure
from gelingen.programme.deciding import choose, decide, programme_of, reopen, written
from gelingen.programme.models import Ballot, Candidate, Limit, Selection, TopicMinimum
from gelingen.programme.orders import orders_of
from gelingen.programme.preparing import (
    PreparingError,
    SelectionGiven,
    add_candidates,
    change_selection,
    close_scoring,
    missing,
    new_selection,
    open_scoring,
    set_limits,
)
from gelingen.programme.queries import whole
from gelingen.programme.reckoning import reckon
from gelingen.programme.rules import (
    CandidateGiven,
    CriterionGiven,
    change_candidate,
    get_candidate,
    set_criteria,
    set_minima,
)
from gelingen.programme.scoring import (
    ScoringError,
    get_ballot,
    save_scores,
    send_ballot,
    take_ballot_back,
)
from gelingen.reports.selection import selection_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return year.officer()


@pytest.fixture
def county():
    return year.county()


@pytest.fixture
def selection(officer):
    return year.selection(officer)


def names(keys):
    return {Candidate.objects.get(key=key).measure.key for key in keys}


def test_ein_neues_jahr_beginnt_mit_den_kriterien_des_letzten(officer, county):
    first = new_selection(actor=officer, tenant=county, given=SelectionGiven("A", 2018))
    assert first.criteria.count() == 6
    set_criteria(actor=officer, selection=first, wished=[CriterionGiven("", "Wirkung", "", 4, 5)])
    second = new_selection(actor=officer, tenant=county, given=SelectionGiven("B", 2019))
    assert list(second.criteria.values_list("name", "weight", "top")) == [("Wirkung", 4, 5)]


def test_vorschlaege_bringen_ihre_kosten_und_voraussetzungen_aus_dem_plan_mit(officer, county):
    world.measure(
        key="ausbau", cost_year_low=5_000, fte=Decimal("0.5"),
        depends_on=[world.measure(key="probe")],
    )  # fmt: skip
    made = new_selection(actor=officer, tenant=county, given=SelectionGiven("A", 2018))
    set_limits(
        actor=officer, selection=made,
        wished=[("", "money", "Kreis", Decimal(1)), ("", "fte", "", Decimal(2))],
    )  # fmt: skip
    add_candidates(actor=officer, selection=made, measures=["ausbau"])
    add_candidates(actor=officer, selection=made, measures=["probe"])
    found = get_candidate(officer, made, key_of(made, "ausbau"))
    assert sorted(found.amounts.values()) == ["0.50", "5000.00"]
    assert [one.measure.key for one in found.needs.all()] == ["probe"]
    assert get_candidate(officer, made, key_of(made, "probe")).amounts == {}


def test_was_zum_bewerten_fehlt_steht_in_ganzen_saetzen(officer, county):
    made = new_selection(actor=officer, tenant=county, given=SelectionGiven("A", 2018))
    assert missing(made) == [
        "Es fehlt eine Grenze: Geld, Stellen oder Stunden.",
        "Es stehen noch keine zwei Maßnahmen zur Wahl.",
        "Es ist noch nicht gesagt, welche Gruppen bewerten.",
    ]
    with pytest.raises(PreparingError, match="fehlt eine Grenze"):
        open_scoring(actor=officer, selection=made)


def test_die_drei_listen_unterscheiden_sich_wie_sie_heissen(officer, selection):
    lists = scored(officer, selection)
    points = {name: lists.scored[key_of(selection, name)].points for name in COSTS}
    assert points == {"kurs": 60, "lotsin": 50, "treff": 20, "bus": 25}
    # 60,000 + 40,000: the most points and the first two in order; all of it for one group.
    assert names(lists.most.chosen) == {"kurs", "lotsin"}
    assert names(lists.order.selection.chosen) == {"kurs", "lotsin"}
    # Each group has 50,000: the other group gets something too.
    assert names(lists.fair.selection.chosen) & {"treff", "bus"}
    paid = lists.fair.shares.payments
    for key, payers in paid.items():
        assert sum(payers.values()) == COSTS[Candidate.objects.get(key=key).measure.key]


def test_gesetztes_und_mindestzahlen_gelten_in_der_liste_der_meisten_punkte(officer, selection):
    topic = Candidate.objects.get(measure__key="bus").measure.topic
    assert set(Candidate.objects.values_list("measure__topic__key", flat=True)) == {topic.key}
    treff = get_candidate(officer, selection, key_of(selection, "treff"))
    given = CandidateGiven(
        {selection.limits.get().key: Decimal(30_000)}, duty=True, duty_reason="Beschluss 3/2016"
    )
    change_candidate(actor=officer, candidate=treff, given=given)
    set_minima(actor=officer, selection=selection, wished={topic.key: 3})
    lists = scored(officer, selection)
    assert names(lists.most.chosen) == {"treff", "bus", "lotsin"}


def test_was_die_gruppen_kaufen_und_nicht_in_die_stellen_passt_wird_genannt(officer, selection):
    money = selection.limits.get()
    set_limits(
        actor=officer, selection=selection,
        wished=[(money.key, "money", "Kreis", Decimal(100_000)), ("", "fte", "", Decimal(1))],
    )  # fmt: skip
    fte = selection.limits.get(resource="fte")
    for one in selection.candidates.select_related("selection"):
        amounts = {money.key: Decimal(one.amounts[money.key]), fte.key: Decimal(1)}
        change_candidate(actor=officer, candidate=one, given=CandidateGiven(amounts))
    lists = scored(officer, selection)
    assert len(lists.fair.selection.chosen) == 1
    assert set(lists.fair.passed.values()) == {(fte.key,)}
    assert lists.fair.selection.left[fte.key] == 0


def test_enthaltungen_zaehlen_weder_dafuer_noch_dagegen(officer, selection):
    open_scoring(actor=officer, selection=selection)
    score(officer, selection, "ag", kurs=8)
    score(officer, selection, "beirat", lotsin=4)
    found = reckon(whole(officer, selection)).scored
    assert found[key_of(selection, "kurs")].points == 80
    assert found[key_of(selection, "kurs")].abstained == ("beirat",)
    assert found[key_of(selection, "bus")].points is None


def test_was_niemand_bewertet_hat_schlaegt_keine_liste_vor_auch_wenn_es_nichts_kostet(
    officer, selection
):
    with writing():
        Candidate.objects.filter(measure__key__in=("bus", "treff")).update(amounts={})
    open_scoring(actor=officer, selection=selection)
    score(officer, selection, "ag", kurs=8)
    bus, treff, kurs = (key_of(selection, one) for one in ("bus", "treff", "kurs"))
    assert lists_with(officer, bus) == lists_with(officer, treff) == ()
    paper = selection_paper(officer, Selection.objects.get(), on=TODAY)
    assert "3 davon hat niemand bewertet; keine Liste schlägt sie vor." in str(paper.blocks)
    with writing():
        Candidate.objects.get(key=kurs).needs.add(Candidate.objects.get(key=bus))
    assert lists_with(officer, bus) == ("most", "order")
    with writing():
        Candidate.objects.filter(key=treff).update(duty=True, duty_reason="Gesetz")
    assert lists_with(officer, treff) == ("most", "fair", "order")


def test_was_niemand_bewertet_hat_zaehlt_wo_ein_themenfeld_ein_mindestes_hat(officer, selection):
    open_scoring(actor=officer, selection=selection)
    score(officer, selection, "ag", kurs=8)
    others = [key_of(selection, one) for one in ("bus", "treff", "lotsin")]
    assert [lists_with(officer, one) for one in others] == [(), (), ()]
    topic = Measure.objects.get(key="kurs").topic
    of = {"selection": selection, "tenant": selection.tenant, "key": "m"}
    with writing():
        TopicMinimum.objects.create(**of, topic=topic, count=2)
    assert sum("most" in lists_with(officer, one) for one in others) == 1


def lists_with(officer, key):
    """On which of the three lists a candidate stands."""
    found = written(told := whole(officer, Selection.objects.get()), reckon(told))
    (line,) = (one for one in found["lines"] if one["key"] == key)
    return tuple(line["lists"])


def test_die_entscheidung_gegen_alle_listen_braucht_eine_begruendung(officer, selection):
    scored(officer, selection)
    selection.refresh_from_db()
    wanted = {key_of(selection, name): name == "bus" for name in COSTS}
    choose(actor=officer, selection=selection, chosen=wanted, reasons={})
    with pytest.raises(PreparingError, match="bitte begründen: „Lotsin“"):
        decide(actor=officer, selection=selection, on=TODAY)
    reasons = dict.fromkeys(wanted, "Träger sagt ab.")
    choose(actor=officer, selection=selection, chosen=wanted, reasons=reasons)
    decide(actor=officer, selection=selection, on=TODAY)
    assert [line["title"] for line in selection.frozen["lines"] if line["chosen"]] == ["Bus"]
    with pytest.raises(PreparingError, match="ist entschieden und festgehalten"):
        choose(actor=officer, selection=selection, chosen=wanted, reasons={})
    reopen(actor=officer, selection=selection)
    assert Selection.objects.get().frozen == {}


def test_ein_entschiedenes_programm_aendert_sich_nicht_mehr_mit_dem_was_danach_geschieht(
    officer, selection
):
    scored(officer, selection)
    selection.refresh_from_db()
    wanted = {key_of(selection, name): name in ("kurs", "lotsin") for name in COSTS}
    choose(actor=officer, selection=selection, chosen=wanted, reasons={})
    decide(actor=officer, selection=selection, on=TODAY)
    before = selection_paper(officer, selection, on=TODAY)
    # What decided selections refuse, an undo or a change in the plan still does.
    with writing():
        Limit.objects.update(amount=5)
        Candidate.objects.update(amounts={})
        Ballot.objects.all().delete()
        Measure.objects.update(title="Anders")
        Body.objects.exclude(key="steuerung").update(name="Anders")
    again = Selection.objects.get()
    assert programme_of(officer, whole(officer, again), on=TODAY) == again.frozen
    assert selection_paper(officer, again, on=TODAY) == before


def needs_told(document):
    (table,) = (one for one in document.blocks if getattr(one, "caption", "").startswith("Bedarfe"))
    return table.rows


def test_die_vorlage_der_auswahl_sagt_welche_bedarfe_hinter_jeder_massnahme_stehen(
    officer, selection
):
    scored(officer, selection)
    course, bus = Measure.objects.get(key="kurs"), Measure.objects.get(key="bus")
    need = world.need(statement="Kein Kurs am Abend", severity=3)
    world.voice(need=need, severity=5)
    with writing():
        course.needs.add(need)
        bus.needs.add(world.need(key="stille", statement="Kein Bus", severity=None))
    draft = needs_told(selection_paper(officer, Selection.objects.get(), on=TODAY))
    weight = "Schwere 3 bis 5 von 5 nach Eintrag und Stimmen, 1 Stimme"
    assert sorted(draft) == [
        ("Bus", "Kein Bus (keine Stimme)"),
        ("Kurs", f"Kein Kurs am Abend ({weight})"),
        ("Lotsin", "Kein offener Bedarf."),
        ("Treff", "Kein offener Bedarf."),
    ]
    selection.refresh_from_db()
    wanted = {key_of(selection, name): name in ("kurs", "lotsin") for name in COSTS}
    choose(actor=officer, selection=selection, chosen=wanted, reasons={})
    decide(actor=officer, selection=selection, on=TODAY)
    with writing():
        Need.objects.update(statement="Anders", severity=1)
    decided = Selection.objects.get()
    assert needs_told(selection_paper(officer, decided, on=TODAY)) == draft
    for line in decided.frozen["lines"]:
        del line["needs"]
    old = selection_paper(officer, decided, on=TODAY)
    assert not any(getattr(one, "caption", "").startswith("Bedarfe") for one in old.blocks)


def test_zwei_gruppen_gleichen_namens_bleiben_zwei(officer, selection):
    with writing():
        Body.objects.filter(key__in=("ag", "beirat")).update(name="AG")
    found = scored(officer, selection).scored[key_of(selection, "kurs")]
    assert found.by == {"ag": 100, "beirat": 20}
    assert found.points == 60


def test_wer_was_sieht_steht_fest_sobald_bewertet_wird(officer, selection):
    open_scoring(actor=officer, selection=selection)
    given = SelectionGiven("A", 2018, "steuerung", ("ag", "beirat"), showing="never")
    with pytest.raises(PreparingError, match="im Vertrauen darauf"):
        change_selection(actor=officer, selection=selection, given=given)


def test_gruppen_kommen_waehrend_der_bewertung_dazu_und_gehen_solange_sie_nichts_abgaben(
    officer, selection
):
    world.body(key="kreistag", name="Kreistag")
    open_scoring(actor=officer, selection=selection)
    score(officer, selection, "ag", bus=5)

    def groups(*names):
        given = SelectionGiven("A", 2018, "steuerung", names)
        change_selection(actor=officer, selection=selection, given=given, batch="b")

    groups("ag", "kreistag")
    assert set(Ballot.objects.values_list("body__key", flat=True)) == {"ag", "kreistag"}
    undo_batch("b", by=officer)
    selection.refresh_from_db()
    assert set(Ballot.objects.values_list("body__key", flat=True)) == {"ag", "beirat"}
    with pytest.raises(PreparingError, match="schon bewertet hat"):
        groups("beirat")
    close_scoring(actor=officer, selection=selection)
    with pytest.raises(PreparingError, match="Gruppen kommen nicht mehr dazu"):
        groups("ag", "beirat", "kreistag")


def test_aus_geld_werden_keine_stellen_und_neue_grenzen_holen_ihren_aufwand_aus_dem_plan(
    officer, selection
):
    money = selection.limits.get()
    with pytest.raises(PreparingError, match="neue anlegen"):
        set_limits(actor=officer, selection=selection, wished=[(money.key, "fte", "", Decimal(1))])
    with writing():
        Measure.objects.filter(key="bus").update(fte=Decimal("0.5"))
    set_limits(
        actor=officer, selection=selection,
        wished=[(money.key, "money", "Kreis", Decimal(9)), ("", "fte", "", Decimal(1))],
    )  # fmt: skip
    fte = selection.limits.get(resource="fte").key
    bus = selection.candidates.get(measure__key="bus")
    assert bus.amounts == {money.key: "30000.00", fte: "0.50"}


def test_ein_ausschluss_wird_an_beiden_massnahmen_bemerkt(officer, selection):
    bus, kurs = (get_candidate(officer, selection, key_of(selection, x)) for x in ("bus", "kurs"))
    given = CandidateGiven({}, excludes=(kurs.key,))
    change_candidate(actor=officer, candidate=bus, given=given)
    with pytest.raises(LostUpdateError):
        change_candidate(actor=officer, candidate=kurs, given=CandidateGiven({}))


def test_bewertet_wird_nur_in_der_zeit_und_im_rahmen_der_punkte(officer, selection):
    ballots = Ballot.objects.filter(selection=selection)
    assert not ballots.exists()
    change_selection(
        actor=officer, selection=selection,
        given=SelectionGiven("A", 2018, "steuerung", ("ag",), TODAY, date(2017, 7, 1)),
    )  # fmt: skip
    open_scoring(actor=officer, selection=selection)
    ballot = get_ballot(officer, selection.tenant, selection, "ag")
    key, criterion = key_of(selection, "bus"), selection.criteria.get().key
    for value, on, why in (
        (11, TODAY, "von 0 bis 10"),
        (5, date(2017, 5, 31), "nicht offen"),
        (5, date(2017, 7, 1), "nicht offen"),
    ):
        with pytest.raises(ScoringError, match=why):
            save_scores(
                actor=officer, ballot=ballot, points={key: {criterion: value}}, comments={}, on=on
            )
    score(officer, selection, "ag", bus=5)
    ballot.refresh_from_db()
    with pytest.raises(ScoringError, match="ist abgegeben"):
        save_scores(actor=officer, ballot=ballot, points={}, comments={}, on=TODAY)
    take_ballot_back(actor=officer, ballot=ballot, on=TODAY)
    save_scores(
        actor=officer, ballot=ballot, points={key: {criterion: None}}, comments={}, on=TODAY
    )
    assert ballot.scores == {}


# An order instead of points


def ordered(officer, selection, **groups):
    """Let groups give an order; `groups` are places by measure."""
    given = SelectionGiven("A", 2018, "steuerung", ("ag", "beirat"), basis="order")
    change_selection(actor=officer, selection=selection, given=given)
    open_scoring(actor=officer, selection=selection)
    for body, places in groups.items():
        ballot = get_ballot(officer, selection.tenant, selection, body)
        ranking = {key_of(selection, name): place for name, place in places.items()}
        save_scores(actor=officer, ballot=ballot, points={}, comments={}, ranking=ranking, on=TODAY)
        send_ballot(actor=officer, ballot=ballot, on=TODAY)
    return whole(officer, Selection.objects.get(pk=selection.pk))


def test_aus_einer_reihenfolge_werden_punkte_und_aus_ihnen_die_listen(officer, selection):
    seen = ordered(
        officer, selection,
        ag={"kurs": 1, "lotsin": 2, "bus": 3, "treff": 4}, beirat={"bus": 1, "treff": 1},
    )  # fmt: skip
    found = {name: reckon(seen).scored[key_of(selection, name)] for name in COSTS}
    # Two on the first place share it, two on none share the last.
    assert found["bus"].by == {"ag": Fraction(3333, 100), "beirat": Fraction(8333, 100)}
    assert found["kurs"].by == {"ag": 100, "beirat": Fraction(1667, 100)}
    assert found["kurs"].points == Fraction(5834, 100)
    # 58.33 + 41.67 + 41.67 points for 100,000 euros; the course with the bus has 116.67.
    assert names(reckon(seen).most.chosen) == {"bus", "lotsin", "treff"}


def test_drei_verfahren_machen_aus_den_reihenfolgen_eine(officer, selection):
    seen = ordered(
        officer, selection,
        ag={"kurs": 1, "lotsin": 2, "bus": 3, "treff": 4},
        beirat={"kurs": 1, "bus": 2, "lotsin": 3, "treff": 4},
    )  # fmt: skip
    found = orders_of(seen)
    place = {name: key_of(selection, name) for name in COSTS}
    assert found.winner == place["kurs"]
    for method in (found.borda, found.schulze):
        assert [method[place[name]] for name in ("kurs", "lotsin", "bus", "treff")] == [1, 2, 2, 4]
    assert found.kemeny[place["kurs"]] == 1
    assert found.others == 1


def test_wer_eine_reihenfolge_gibt_braucht_keine_kriterien_und_gibt_nicht_leer_ab(
    officer, selection
):
    set_criteria(actor=officer, selection=selection, wished=[])
    ordered(officer, selection)
    ballot = get_ballot(officer, selection.tenant, selection, "ag")
    with pytest.raises(ScoringError, match="noch nichts bewertet"):
        send_ballot(actor=officer, ballot=ballot, on=TODAY)
    with pytest.raises(ScoringError, match="Plätze gehen von 1 bis 4"):
        save_scores(
            actor=officer, ballot=ballot, points={}, comments={}, on=TODAY,
            ranking={key_of(selection, "bus"): 5},
        )  # fmt: skip


def test_was_gruppen_vergeben_steht_fest_sobald_bewertet_wird(officer, selection):
    open_scoring(actor=officer, selection=selection)
    given = SelectionGiven("A", 2018, "steuerung", ("ag", "beirat"), basis="order")
    with pytest.raises(PreparingError, match="was sie vergeben, steht fest"):
        change_selection(actor=officer, selection=selection, given=given)


# Who sees and does what


def seated(body, office="chair"):
    person = world.person(role="member")
    seat = world.seat(body=body, office=office)
    world.tenure(seat=seat, person=person)
    return on_day(person, on=TODAY)


def test_der_vorsitz_einer_gruppe_bewertet_fuer_sie_und_fuer_keine_andere(officer, selection):
    open_scoring(actor=officer, selection=selection)
    chair = seated(selection.groups.get(key="ag"))
    assert get_ballot(chair, selection.tenant, selection, "ag")
    with pytest.raises(UserError):
        get_ballot(chair, selection.tenant, selection, "beirat")
    with pytest.raises(PermissionDenied):
        close_scoring(actor=chair, selection=selection)


@pytest.mark.parametrize(
    ("showing", "before", "after"),
    [("afterwards", 1, 2), ("sent", 2, 2), ("never", 1, 1)],
)
def test_andere_bewertungen_sieht_man_wie_vereinbart(officer, selection, showing, before, after):
    change_selection(
        actor=officer, selection=selection,
        given=SelectionGiven("A", 2018, "steuerung", ("ag", "beirat"), showing=showing),
    )  # fmt: skip
    open_scoring(actor=officer, selection=selection)
    chair = seated(selection.groups.get(key="ag"))
    score(officer, selection, "ag", bus=5)
    score(officer, selection, "beirat", bus=1)
    assert len(whole(chair, selection).ballots) == before
    close_scoring(actor=officer, selection=selection)
    assert len(whole(chair, selection).ballots) == after
    member = seated(selection.groups.get(key="ag"), office="member")
    assert len(whole(member, selection).ballots) == after
    reader = on_day(world.person(role="steering"), on=TODAY)
    assert len(whole(reader, selection).ballots) == (0 if showing == "never" else 2)
    assert len(whole(officer, selection).ballots) == 2


def test_wer_den_vorsitz_der_waehlenden_gruppe_hat_fuehrt_die_auswahl(selection):
    chair = seated(selection.body)
    assert list(within(chair, May.CHOOSE, Selection.objects.all())) == [selection]
    open_scoring(actor=chair, selection=selection)
    assert whole(chair, selection).leads


def test_das_eroeffnen_laesst_sich_ganz_zuruecknehmen(officer, selection):
    open_scoring(actor=officer, selection=selection, batch="b1")
    assert Ballot.objects.count() == 2
    undo_batch("b1", by=officer)
    assert Ballot.objects.count() == 0
    assert Selection.objects.get().state == "preparing"


def test_nach_dem_abschluss_aendert_auch_rueckgaengig_nichts_an_einer_bewertung(officer, selection):
    open_scoring(actor=officer, selection=selection)
    ballot = get_ballot(officer, selection.tenant, selection, "ag")
    points = {key_of(selection, "bus"): {selection.criteria.get().key: 7}}
    save_scores(actor=officer, ballot=ballot, points=points, comments={}, on=TODAY, batch="gesagt")
    send_ballot(actor=officer, ballot=ballot, on=TODAY, batch="abgegeben")
    close_scoring(actor=officer, selection=selection, batch="zu")
    with pytest.raises(UndoRefusedError, match="Bewertung ist abgeschlossen"):
        undo_batch("abgegeben", by=officer)
    undo_batch("zu", by=officer)
    undo_batch("abgegeben", by=officer)
    assert Ballot.objects.get(body__key="ag").sent is None


def test_punkte_sind_genau(officer, selection):
    criterion = selection.criteria.get()
    set_criteria(
        actor=officer, selection=selection,
        wished=[CriterionGiven(criterion.key, "Nutzen", "", 2, 10),
                CriterionGiven("", "Reichweite", "", 1, 3)],
    )  # fmt: skip
    open_scoring(actor=officer, selection=selection)
    other = selection.criteria.get(name="Reichweite").key
    ballot = get_ballot(officer, selection.tenant, selection, "ag")
    points = {key_of(selection, "bus"): {criterion.key: 7, other: 1}}
    save_scores(actor=officer, ballot=ballot, points=points, comments={}, on=TODAY)
    send_ballot(actor=officer, ballot=ballot, on=TODAY)
    found = reckon(whole(officer, selection)).scored[key_of(selection, "bus")]
    # (2 · 70 + 1 · 33.33…) / 3 = 57.777…, to two places.
    assert found.points == Fraction(5778, 100)
