"""Single members score for themselves: what a group gets out of it, and who sees what when."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from tests import world
from tests.programme.year import COSTS, TODAY, county, key_of

from gelingen.access.queries import on_day
from gelingen.access.record import UnknownRecordError
from gelingen.boards.models import Tenure
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import LostUpdateError, change
from gelingen.privacy.forgetting import forget
from gelingen.privacy.held import held
from gelingen.programme.deciding import choose, decide, programme_of
from gelingen.programme.members import forget_member_ballots
from gelingen.programme.models import MemberBallot, Selection
from gelingen.programme.orders import orders_of
from gelingen.programme.preparing import (
    PreparingError,
    SelectionGiven,
    add_candidates,
    change_selection,
    close_scoring,
    new_selection,
    open_scoring,
    set_limits,
)
from gelingen.programme.queries import whole
from gelingen.programme.reckoning import member_points, middle_of, reckon, scores
from gelingen.programme.rules import CriterionGiven, set_criteria
from gelingen.programme.scoring import (
    ScoringError,
    get_ballot,
    save_scores,
    send_ballot,
    take_ballot_back,
)
from gelingen.programme.watching import ballots_to_give, group_lines, selection_lines
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db


def member(group, **seat):
    """Somebody with an account on a seat of a group."""
    person = world.person(role="member")
    place = world.seat(
        key=f"sitz_{person.pk}", body=world.body.model.objects.get(key=group), **seat
    )
    world.tenure(key=f"amt_{person.pk}", seat=place, person=person)
    return on_day(person, on=TODAY)


@pytest.fixture
def officer():
    return on_day(world.person(role="officer"), on=TODAY)


def given(**more):
    return SelectionGiven(
        "Jahresauswahl 2018", 2018, body="steuerung",
        **{"voting": "within", "groups": ("ag", "beirat"), **more},
    )  # fmt: skip


def opened(officer, **more):
    made = new_selection(actor=officer, tenant=county(), given=given(**more))
    set_criteria(actor=officer, selection=made, wished=[CriterionGiven("", "Nutzen", "", 1, 10)])
    set_limits(actor=officer, selection=made, wished=[("", "money", "Kreis", Decimal(100_000))])
    add_candidates(actor=officer, selection=made, measures=list(COSTS))
    open_scoring(actor=officer, selection=made)
    return made


def say(person, selection, group, *, remark="", ranking=None, send=True, **points):  # noqa: PLR0913 - what a ballot says
    ballot = get_ballot(person, selection.tenant, selection, group)
    criterion = selection.criteria.get().key
    said = {key_of(selection, name): {criterion: value} for name, value in points.items()}
    comments = {key_of(selection, "kurs"): remark} if remark else {}
    places = {key_of(selection, name): place for name, place in (ranking or {}).items()}
    save_scores(
        actor=person, ballot=ballot, points=said, comments=comments, ranking=places, on=TODAY
    )
    if send:
        send_ballot(actor=person, ballot=ballot, on=TODAY)
    return ballot


def told(person, selection):
    return whole(person, Selection.objects.get(pk=selection.pk))


def test_eine_gruppe_bekommt_den_durchschnitt_ihrer_mitglieder_und_jede_gruppe_zaehlt_gleich(
    officer,
):
    made = opened(officer)
    for value in (10, 9, 2):
        say(member("ag"), made, "ag", kurs=value)
    say(member("beirat"), made, "beirat", kurs=1)
    close_scoring(actor=officer, selection=made)
    found = scores(told(officer, made))[key_of(made, "kurs")]
    assert found.by == {"ag": 70, "beirat": 10}
    assert found.points == 40
    assert found.voices == found.by


def test_zaehlt_jedes_mitglied_gleich_wiegt_eine_grosse_gruppe_mehr(officer):
    made = opened(officer, voting="each")
    for value in (10, 9, 2):
        say(member("ag"), made, "ag", kurs=value)
    say(member("beirat"), made, "beirat", kurs=1)
    close_scoring(actor=officer, selection=made)
    found = scores(told(officer, made))[key_of(made, "kurs")]
    assert found.points == 55
    assert found.by == {"ag": 70, "beirat": 10}
    assert sorted(found.voices.values()) == [10, 20, 90, 100]


def test_gerecht_verteilt_wird_ueber_die_gruppen_oder_ueber_die_mitglieder(officer):
    """Three members of one group want course and guide, one of another the meeting and the bus."""
    bought = {}
    made = opened(officer)
    for _ in range(3):
        say(member("ag"), made, "ag", kurs=10, lotsin=9, treff=0, bus=0)
    say(member("beirat"), made, "beirat", kurs=0, lotsin=0, treff=4, bus=5)
    close_scoring(actor=officer, selection=made)
    for voting in ("within", "each"):
        seen = told(officer, made)
        seen.selection.voting = voting
        chosen = reckon(seen).fair.selection.chosen
        names = {one.key: one.measure.key for one in seen.candidates}
        bought[voting] = {names[key] for key in chosen}
    assert bought["within"] & {"treff", "bus"}
    assert bought["each"] == {"kurs", "lotsin"}


def test_median_spanne_und_enthaltungen_stehen_je_gruppe_da(officer):
    made = opened(officer)
    for value in (10, 4, 1):
        say(member("ag"), made, "ag", kurs=value)
    say(member("ag"), made, "ag", bus=3)
    close_scoring(actor=officer, selection=made)
    seen = told(officer, made)
    ag = world.body.model.objects.get(key="ag")
    points = member_points(seen)[ag.pk][key_of(made, "kurs")]
    assert middle_of(points) == (50, 40, 90)
    assert len(seen.single) - len(points) == 1


def test_aus_den_reihenfolgen_der_mitglieder_wird_die_der_gruppe(officer):
    made = opened(officer, basis="order")
    say(member("ag"), made, "ag", ranking={"kurs": 1, "bus": 2, "treff": 3, "lotsin": 4})
    say(member("ag"), made, "ag", ranking={"kurs": 1, "treff": 2, "bus": 3, "lotsin": 4})
    say(member("beirat"), made, "beirat", ranking={"lotsin": 1})
    close_scoring(actor=officer, selection=made)
    seen = told(officer, made)
    group = next(one for one in seen.counting if one.body.key == "ag")
    places = {one.measure.key: group.ranking[one.key] for one in seen.candidates}
    assert places == {"kurs": 1, "bus": 2, "treff": 2, "lotsin": 4}
    assert orders_of(seen).borda[key_of(made, "kurs")] == 1


@pytest.mark.parametrize("showing", ["afterwards", "sent", "never"])
def test_solange_bewertet_wird_sieht_niemand_was_herauskommt_auch_nicht_wer_fuehrt(
    officer, showing
):
    made = opened(officer, showing=showing)
    one, two, third = member("ag"), member("ag"), member("beirat")
    say(one, made, "ag", kurs=7)
    say(two, made, "ag", kurs=3)
    assert [len(told(person, made).single) for person in (officer, one, third)] == [0, 0, 0]
    assert not told(third, made).complete


@pytest.mark.parametrize(
    ("showing", "leader", "other"), [("afterwards", 1, 1), ("sent", 1, 1), ("never", 1, 0)]
)
def test_nach_dem_abschluss_sieht_man_was_gruppen_zusammen_sagen_wie_vereinbart(
    officer, showing, leader, other
):
    made = opened(officer, showing=showing)
    say(member("ag"), made, "ag", kurs=7)
    close_scoring(actor=officer, selection=made)
    assert [len(told(who, made).single) for who in (officer, member("beirat"))] == [leader, other]


def test_niemand_schreibt_in_die_bewertung_eines_anderen_mitglieds(officer):
    made = opened(officer)
    one, chair = member("ag"), member("ag", office="chair")
    ballot = say(one, made, "ag", kurs=7, send=False)
    for other in (officer, chair):
        with pytest.raises(PermissionDenied):
            send_ballot(actor=other, ballot=ballot, on=TODAY)
    with pytest.raises(UnknownRecordError):
        get_ballot(officer, made.tenant, made, "ag")
    assert get_ballot(chair, made.tenant, made, "ag").pk is None


def test_ein_beratender_sitz_bewertet_nicht(officer):
    made = opened(officer)
    with pytest.raises(UnknownRecordError):
        get_ballot(member("ag", advising=True), made.tenant, made, "ag")


def test_wer_nicht_mehr_im_gremium_sitzt_aendert_nichts_mehr_und_zaehlt_weiter(officer):
    made = opened(officer)
    person = member("ag")
    ballot = say(person, made, "ag", kurs=7)
    later = on_day(person, on=date(2017, 7, 1))
    taken = Tenure.objects.get(person=person)
    with change(by=officer, verb=Verb.CHANGED, of=taken):
        taken.ends = date(2017, 6, 15)
    with pytest.raises(PermissionDenied):
        take_ballot_back(actor=later, ballot=ballot, on=TODAY)
    (ag, _) = group_lines(officer, made, on=date(2017, 7, 1))
    assert (ag.members.sent, ag.members.asked) == (1, 1)


def test_zwei_fenster_desselben_mitglieds_ueberschreiben_einander_nicht(officer):
    made = opened(officer)
    person = member("ag")
    first, second = (get_ballot(person, made.tenant, made, "ag") for _ in range(2))
    point = {key_of(made, "kurs"): {made.criteria.get().key: 5}}
    save_scores(actor=person, ballot=first, points=point, comments={}, on=TODAY)
    with pytest.raises(LostUpdateError):
        save_scores(actor=person, ballot=second, points={}, comments={}, on=TODAY)
    assert MemberBallot.objects.get().scores == {key_of(made, "kurs"): {made.criteria.get().key: 5}}


def test_von_einer_gruppe_aus_weniger_als_dreien_steht_nichts_fuer_sich(officer):
    made = opened(officer)
    for value in (10, 9, 2):
        say(member("ag"), made, "ag", kurs=value, remark="Von vielen.")
    for value in (1, 3):
        say(member("beirat"), made, "beirat", kurs=value, remark="Von wenigen.")
    close_scoring(actor=officer, selection=made)
    seen = told(officer, made)
    assert ([one.body.key for one in seen.shown], seen.few) == (["ag"], ["Beirat"])
    assert scores(seen)[key_of(made, "kurs")].points == 45
    kept = programme_of(officer, seen, on=TODAY)
    line = next(one for one in kept["lines"] if one["measure"] == "kurs")
    assert (line["by"], line["comments"]) == ({"ag": "70"}, {"ag": "Von vielen."})
    assert (line["points"], kept["few"]) == ("45", ["beirat"])


@pytest.mark.parametrize("voting", ["within", "groups"])
def test_was_erst_nach_dem_abschluss_gespeichert_wird_zaehlt_nicht(officer, voting):
    made = opened(officer, voting=voting)
    who = officer if voting == "groups" else member("ag")
    late = get_ballot(who, made.tenant, made, "ag")
    point = {key_of(made, "kurs"): {made.criteria.get().key: 5}}
    save_scores(actor=who, ballot=late, points=point, comments={}, on=TODAY)
    say(officer if voting == "groups" else member("beirat"), made, "beirat", kurs=1)
    close_scoring(actor=officer, selection=Selection.objects.get(pk=made.pk))
    for write in (send_ballot, lambda **of: save_scores(points={}, comments={}, **of)):
        with pytest.raises(ScoringError, match="nicht offen"):
            write(actor=who, ballot=late, on=TODAY)
    close = whole(officer, Selection.objects.get(pk=made.pk))
    assert [one.body.key for one in close.counting] == ["beirat"]


def test_der_verlauf_sagt_nichts_von_dem_was_mitglieder_geben(officer):
    made = opened(officer)
    person = member("ag")
    before = ChangeEvent.objects.count()
    say(person, made, "ag", kurs=7, remark="Geheimnis")
    assert ChangeEvent.objects.count() == before


def test_das_festgehaltene_programm_nennt_gruppen_und_keine_mitglieder(officer):
    made = opened(officer, voting="each")
    person = member("ag")
    say(person, made, "ag", kurs=7, remark="Hilft vielen.")
    close_scoring(actor=officer, selection=made)
    decide_all(officer, made)
    kept = programme_of(officer, told(officer, made), on=TODAY)
    assert (kept["groups"], kept["ballots"]) == ({"ag": "AG Sprache"}, [])
    assert str(person) not in str(kept)
    assert next(one for one in kept["lines"] if one["measure"] == "kurs")["points"] == "70"


def decide_all(officer, made):
    keys = list(made.candidates.values_list("key", flat=True))
    chosen = {key: key == key_of(made, "kurs") for key in keys}
    choose(actor=officer, selection=made, chosen=chosen, reasons=dict.fromkeys(keys, "so beraten"))
    decide(actor=officer, selection=made, on=TODAY)


def test_zwei_jahre_nach_der_entscheidung_ist_geloescht_was_einzelne_gaben(officer):
    made = opened(officer)
    say(member("ag"), made, "ag", kurs=7)
    close_scoring(actor=officer, selection=made)
    decide_all(officer, made)
    assert forget_member_ballots(on=date(2019, 6, 1)) == 0
    assert forget_member_ballots(on=date(2019, 6, 2)) == 1
    kept = programme_of(officer, told(officer, made), on=TODAY)
    assert next(one for one in kept["lines"] if one["measure"] == "kurs")["points"] == "70"


def test_auch_aus_einer_aufgegebenen_auswahl_ist_zwei_jahre_nach_ihrem_jahr_alles_geloescht(
    officer,
):
    made = opened(officer)
    say(member("ag"), made, "ag", kurs=7)
    say(member("ag"), made, "ag", kurs=3, send=False)
    assert forget_member_ballots(on=date(2020, 12, 31)) == 0
    assert forget_member_ballots(on=date(2021, 1, 1)) == 2


def test_was_nie_abgegeben_wurde_ist_nach_der_entscheidung_geloescht(officer):
    made = opened(officer)
    say(member("ag"), made, "ag", kurs=7)
    say(member("ag"), made, "ag", kurs=3, send=False)
    close_scoring(actor=officer, selection=made)
    assert forget_member_ballots(on=TODAY) == 0
    decide_all(officer, made)
    assert forget_member_ballots(on=TODAY) == 1
    assert MemberBallot.objects.get().sent == TODAY


def test_eine_gruppe_deren_kennung_eine_zahl_ist_leiht_niemandem_ihre_stimme(officer):
    world.body(key="0001", name="Runde")
    made = opened(officer, voting="each", groups=("ag", "0001"))
    for group, value in (("ag", 10), ("0001", 2)):
        say(member(group), made, group, kurs=value)
    close_scoring(actor=officer, selection=made)
    found = scores(told(officer, made))[key_of(made, "kurs")]
    assert sorted(found.voices.values()) == [20, 100]


def test_die_auskunft_findet_das_konto_und_vergisst_es_ohne_punkte_zu_zeigen(officer):
    made = opened(officer)
    person = member("ag")
    say(person, made, "ag", kurs=7, remark="Meine Meinung")
    found = [one for one in held(officer, made.tenant, words=str(person)) if "Bewert" in one.kind]
    assert [(one.name, one.text) for one in found] == [("Konto", str(person))]
    forget(officer, made.tenant, [found[0].ident], reason="verlangt am 01.06.2017")
    ballot = MemberBallot.objects.get()
    assert ballot.person is None
    assert ballot.scores


def test_heute_wartet_die_eigene_bewertung_bis_sie_abgegeben_ist(officer):
    made = opened(officer)
    person = member("ag")
    assert [one.key for one in ballots_to_give(person, made.tenant, on=TODAY)] == [f"{made.key}_ag"]
    say(person, made, "ag", kurs=7)
    assert ballots_to_give(person, made.tenant, on=TODAY) == []
    (line,) = selection_lines(officer, made.tenant)
    assert (line.groups, line.sent) == (2, 1)


def test_ist_die_bewertung_eroeffnet_steht_fest_wer_bewertet(officer):
    made = opened(officer)
    with pytest.raises(PreparingError, match="wer bewertet"):
        change_selection(actor=officer, selection=made, given=given(voting="each"))


def test_der_median_einer_gruppe_ist_der_ihrer_mitglieder(officer):
    made = opened(officer, middle="median")
    for value in (10, 9, 2):
        say(member("ag"), made, "ag", kurs=value)
    close_scoring(actor=officer, selection=made)
    assert scores(told(officer, made))[key_of(made, "kurs")].by == {"ag": Fraction(90)}
