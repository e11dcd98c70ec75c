"""Vorschläge: einbringen, unterstützen, weiterleiten, antworten, zusammenlegen."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world

from gelingen.access.queries import on_day
from gelingen.boards import agenda
from gelingen.boards.origins import items_from
from gelingen.editing import take_back
from gelingen.history.recording import LostUpdateError, StillNeededError, new_batch
from gelingen.proposals import forwarding, making, merging
from gelingen.proposals.forwarding import Answered, Sent
from gelingen.proposals.making import ProposalError, ProposalGiven
from gelingen.proposals.models import Proposal, Station, Supporter
from gelingen.proposals.queries import get_proposal, proposals, way, ways
from gelingen.register.steps import carry_out
from gelingen.terms.proposals import Answer, Standing, StationTask

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = date(2017, 5, 1), date(2017, 6, 1), date(2017, 7, 1)
IDEA = ProposalGiven("measure", " Stadtteilmütter ", "Mütter besuchen Mütter.", ("bildung",))


@pytest.fixture
def topics():
    return [world.topic(key=key, name=name) for key, name in (
        ("bildung", "Bildung"), ("begegnung", "Begegnung"),
    )]  # fmt: skip


@pytest.fixture
def bodies():
    """Give the working groups, the advisory board and the steering group."""
    kinds = {"ag": "working_group", "ag2": "working_group", "beirat": "advisory", "sg": "steering"}
    return {key: world.body(key=key, name=key.upper(), kind=kind) for key, kind in kinds.items()}


@pytest.fixture
def officer():
    return on_day(world.person(role="officer"), on=JUNE)


def chair_of(body, office="chair"):
    person = world.person(role="member")
    seat = world.seat(body=body, office=office)
    world.tenure(seat=seat, person=person)
    return on_day(person, on=JUNE)


def sent(actor, proposal, to, task="recommend", on=MAY, **more):
    return forwarding.forward(actor=actor, proposal=proposal, to=to, sent=Sent(task, **more), on=on)


def answered(actor, station, said, on=JUNE, text=""):
    forwarding.answer(actor=actor, station=station, said=Answered(said, text), on=on)


def seen(actor, proposal):
    return way(actor, proposal.tenant, proposal.key)


# Einbringen


def test_wer_eine_gruppe_leitet_bringt_fuer_sie_einen_vorschlag_ein(bodies, topics):
    chair = chair_of(bodies["ag"])
    made = making.make(actor=chair, body=bodies["ag"], given=IDEA, on=MAY)
    found = seen(chair, made)
    assert (found.proposal.title, found.topics) == ("Stadtteilmütter", (topics[0],))
    assert (found.lies_with, found.since, found.standing) == (bodies["ag"], MAY, Standing.OWN)
    with pytest.raises(PermissionDenied):
        making.make(actor=chair, body=bodies["ag2"], given=IDEA, on=MAY)
    with pytest.raises(PermissionDenied):
        making.make(actor=chair_of(bodies["ag"], "member"), body=bodies["ag"], given=IDEA, on=MAY)


@pytest.mark.parametrize("field", ["topics", "measure", "need"])
def test_was_ein_vorschlag_nennt_muss_es_geben(bodies, officer, field):
    given = ProposalGiven("measure", "Titel", **{field: ["weg"] if field == "topics" else "weg"})
    with pytest.raises(ProposalError, match="gibt es nicht mehr"):
        making.make(actor=officer, body=bodies["ag"], given=given, on=MAY)


@pytest.mark.usefixtures("topics")
def test_aendern_geht_bis_jemand_geantwortet_hat_und_bemerkt_zwei_zugleich(bodies, officer):
    made = making.make(actor=officer, body=bodies["ag"], given=IDEA, on=MAY)
    new = ProposalGiven("measure", "Elternlotsen", topics=("begegnung",))
    making.change_proposal(actor=officer, proposal=made, given=new, version=1)
    assert [one.key for one in made.topics.all()] == ["begegnung"]
    with pytest.raises(LostUpdateError):
        making.change_proposal(actor=officer, proposal=made, given=IDEA, version=1)
    made = get_proposal(officer, made.tenant, made.key)
    answered(officer, sent(officer, made, bodies["sg"]), Answer.RECOMMENDED)
    with pytest.raises(ProposalError, match="schon beantwortet"):
        making.change_proposal(actor=officer, proposal=made, given=new)


def test_zurueckziehen_braucht_einen_grund_und_beendet_den_weg(bodies, officer):
    one = world.proposal(body=bodies["ag"])
    chair = chair_of(bodies["ag"])
    with pytest.raises(ProposalError, match="warum"):
        making.withdraw(actor=chair, proposal=one, why=" ", on=JUNE)
    batch = new_batch()
    making.withdraw(actor=chair, proposal=one, why="Träger fehlt", on=JUNE, batch=batch)
    assert seen(chair, one).standing is Standing.WITHDRAWN
    with pytest.raises(ProposalError, match="zurückgezogen"):
        sent(officer, one, bodies["sg"])
    take_back(actor=chair, tenant=one.tenant, batch=batch)
    assert seen(chair, one).standing is Standing.OWN


def test_was_angenommen_ist_wird_nicht_mehr_zurueckgezogen(bodies, officer):
    one = world.proposal(body=bodies["ag"])
    answered(officer, sent(officer, one, bodies["sg"], "decide"), Answer.ADOPTED)
    with pytest.raises(ProposalError, match="schon entschieden"):
        making.withdraw(actor=officer, proposal=one, why="Doch nicht", on=JUNE)


# Unterstützen


def test_eine_andere_gruppe_unterstuetzt_mit_ihren_eigenen_themenfeldern(bodies, officer, topics):
    one = world.proposal(body=bodies["ag"], topics=[topics[0]])
    chair = chair_of(bodies["ag2"])
    made = making.support(
        actor=chair, proposal=one, body=bodies["ag2"], topics=("begegnung",), on=JUNE
    )
    found = seen(officer, one)
    told = [(each.body.key, [str(x) for x in each.topics.all()]) for each in found.supporters]
    assert told == [("ag2", ["Begegnung"])]
    assert [str(each) for each in found.topics] == ["Bildung"]
    with pytest.raises(ValidationError, match="unterstützt den Vorschlag schon"):
        making.support(actor=chair, proposal=one, body=bodies["ag2"], on=JUNE)
    with pytest.raises(ProposalError, match="eigene Vorschlag"):
        making.support(actor=officer, proposal=one, body=bodies["ag"], on=JUNE)
    with pytest.raises(PermissionDenied):
        making.support(actor=chair, proposal=one, body=bodies["sg"], on=JUNE)
    with pytest.raises(PermissionDenied):
        making.stop_supporting(actor=chair_of(bodies["ag"]), supporter=made)
    making.stop_supporting(actor=chair, supporter=made)
    assert seen(officer, one).supporters == ()


# Weiterleiten und antworten


def test_eine_gruppe_leitet_mit_empfehlung_und_dringlichkeit_weiter(bodies):
    one, chair = world.proposal(body=bodies["ag"]), chair_of(bodies["ag"])
    made = sent(chair, one, bodies["sg"], recommendation="Bald beginnen", priority=1, due=JULY)
    found = seen(chair, one)
    assert (found.lies_with, found.since, found.owner) == (bodies["sg"], MAY, bodies["sg"])
    assert (found.standing, made.sender, made.order) == (Standing.ASKED, bodies["ag"], 1)
    assert not found.overdue(JUNE)
    assert found.overdue(JULY)
    assert found.stops[0].days(JUNE) == 31
    with pytest.raises(PermissionDenied):
        sent(chair, one, bodies["beirat"])


@pytest.mark.parametrize("task", list(StationTask))
@pytest.mark.parametrize("said", list(Answer))
def test_eine_empfehlung_ist_keine_entscheidung(bodies, officer, task, said):
    one = sent(officer, world.proposal(body=bodies["ag"]), bodies["sg"], task)
    either = said in {Answer.POSTPONED, Answer.NOTED}
    deciding = said in {Answer.ADOPTED, Answer.ADOPTED_CHANGED, Answer.REJECTED}
    if either or deciding is (task is StationTask.DECIDE):
        answered(officer, one, said)
        return
    with pytest.raises(ProposalError, match="passt nicht"):
        answered(officer, one, said)
    one.answer, one.answered = said, JUNE
    with pytest.raises(ValidationError, match="nicht dasselbe"):
        one.full_clean()


def test_wer_empfehlen_soll_antwortet_erst_und_leitet_dann_weiter(bodies):
    one = world.proposal(body=bodies["ag"])
    station = sent(chair_of(bodies["ag"]), one, bodies["sg"])
    steering = chair_of(bodies["sg"])
    with pytest.raises(ProposalError, match="noch nicht geantwortet"):
        sent(steering, one, bodies["beirat"])
    answered(steering, station, Answer.RECOMMENDED, text="Ja, zum Herbst")
    assert seen(steering, one).standing is Standing.ANSWERED
    answered(
        steering, station, Answer.RECOMMENDED_CHANGED
    )  # noch lässt sich die Antwort berichtigen
    last = sent(steering, one, bodies["beirat"], "decide", on=JUNE)
    assert last.sender == bodies["sg"]
    with pytest.raises(ProposalError, match="schon weitergeleitet"):
        answered(steering, station, Answer.NOT_RECOMMENDED)


def test_eine_stellungnahme_geht_an_den_zurueck_der_sie_erbat(bodies):
    one, chair = world.proposal(body=bodies["ag"]), chair_of(bodies["ag"])
    asked = sent(chair, one, bodies["beirat"], "advise", due=JULY)
    found = seen(chair, one)
    assert (found.lies_with, found.owner, found.sends) == (bodies["beirat"], bodies["ag"], True)
    with pytest.raises(PermissionDenied):
        answered(chair, asked, Answer.RECOMMENDED)
    answered(chair_of(bodies["beirat"]), asked, Answer.RECOMMENDED, text="Der Beirat ist dafür.")
    found = seen(chair, one)
    assert (found.lies_with, found.since, found.standing) == (
        bodies["ag"], JUNE, Standing.ANSWERED,
    )  # fmt: skip
    assert sent(chair, one, bodies["sg"], "decide", on=JUNE).sender == bodies["ag"]


def test_eine_ausgebliebene_stellungnahme_haelt_den_vorschlag_nicht_auf(bodies, officer):
    one = world.proposal(body=bodies["ag"])
    late = sent(officer, one, bodies["beirat"], "advise", due=date(2017, 5, 20))
    assert seen(officer, one).overdue(JUNE)
    answered(officer, sent(officer, one, bodies["sg"], "decide"), Answer.ADOPTED)
    found = seen(officer, one)
    assert (found.standing, found.waiting, found.overdue(JUNE)) == (Standing.ADOPTED, [], False)
    answered(officer, late, Answer.NOTED)  # wer zu spät antwortet, darf es noch sagen
    assert seen(officer, one).standing is Standing.ADOPTED


def test_eine_stellungnahme_laesst_sich_erbitten_bevor_man_selbst_antwortet(bodies, officer):
    one = world.proposal(body=bodies["ag"])
    own = sent(officer, one, bodies["sg"], "decide")
    asked = sent(officer, one, bodies["beirat"], "advise")
    assert [each.station for each in seen(officer, one).waiting] == [asked, own]
    answered(officer, asked, Answer.NOT_RECOMMENDED)
    found = seen(officer, one)
    assert (found.lies_with, found.standing) == (bodies["sg"], Standing.ASKED)


def test_zurueckgestellt_bleibt_bei_dem_gremium_mit_neuer_frist(bodies, officer):
    one = world.proposal(body=bodies["ag"])
    station = sent(officer, one, bodies["sg"], "decide", due=JUNE)
    said = Answered(Answer.POSTPONED, "Haushalt abwarten", due=JULY)
    forwarding.answer(actor=officer, station=station, said=said, on=JUNE)
    found = seen(officer, one)
    assert (found.standing, found.lies_with) == (Standing.POSTPONED, bodies["sg"])
    assert (found.overdue(JUNE), found.overdue(JULY)) == (False, True)
    answered(officer, station, Answer.REJECTED)
    assert seen(officer, one).standing is Standing.REJECTED
    with pytest.raises(ProposalError, match="ist entschieden"):
        sent(officer, one, bodies["beirat"])


def test_zwei_die_zugleich_weiterleiten_bemerken_es(bodies, officer):
    one = world.proposal(body=bodies["ag"])
    sent(officer, one, bodies["beirat"], "advise")
    with pytest.raises(ProposalError, match="Inzwischen"):
        forwarding.forward(
            actor=officer, proposal=one, to=bodies["sg"], sent=Sent("decide"), on=MAY, after=0
        )
    station = Station.objects.get()
    with pytest.raises(LostUpdateError):
        forwarding.answer(
            actor=officer, station=station, said=Answered(Answer.NOTED), on=JUNE, version=9
        )


def test_weiterleiten_und_antworten_lassen_sich_zuruecknehmen(bodies):
    one, chair, steering = world.proposal(body=bodies["ag"]), chair_of(bodies["ag"]), None
    first, second = new_batch(), new_batch()
    station = forwarding.forward(
        actor=chair, proposal=one, to=bodies["sg"], sent=Sent("decide"), on=MAY, batch=first
    )
    steering = chair_of(bodies["sg"])
    forwarding.answer(
        actor=steering, station=station, said=Answered(Answer.ADOPTED), on=JUNE, batch=second
    )
    take_back(actor=steering, tenant=one.tenant, batch=second)
    assert seen(chair, one).standing is Standing.ASKED
    take_back(actor=chair, tenant=one.tenant, batch=first)
    assert seen(chair, one).stops == ()


# Nichtöffentliches


def test_was_nichtoeffentlich_gesagt_wird_sieht_nur_wer_darf(bodies, officer):
    one = world.proposal(body=bodies["ag"])
    station = world.station(
        proposal=one, body=bodies["sg"], sender=bodies["ag"], task="decide", public=False,
        recommendation="MARKER", due=date(2017, 5, 20),
    )  # fmt: skip
    said = Answered(Answer.REJECTED, "GEHEIM", public=False)
    forwarding.answer(actor=officer, station=station, said=said, on=date(2017, 5, 25))
    reader, member = on_day(world.person(role="reader"), on=JUNE), chair_of(bodies["sg"], "member")
    proposer = chair_of(bodies["ag"])
    for person, withheld in ((reader, True), (proposer, True), (member, False), (officer, False)):
        found = seen(person, one)
        assert found.stops[0].withheld is withheld
        assert found.standing is (Standing.CLOSED if withheld else Standing.REJECTED)
        assert found.since == (station.since if withheld else date(2017, 5, 25))


# Tagesordnung


def test_auf_die_tagesordnung_und_die_antwort_aus_der_sitzung(bodies):
    one = world.proposal(body=bodies["ag"])
    sender, steering = chair_of(bodies["ag"]), chair_of(bodies["sg"])
    station = sent(sender, one, bodies["sg"], "decide", recommendation="Bitte bald")
    item = forwarding.put_on_agenda(actor=steering, station=station)
    assert (item.origin, item.kind, item.about) == (f"proposal:{one.key}", "vote", "Bitte bald")
    assert forwarding.answer_from(station, item) is None
    meeting = world.meeting(body=bodies["sg"], day=JUNE)
    agenda.put_in(actor=steering, item=item, meeting=meeting)
    item.result, item.resolution = "majority", "Wird umgesetzt."
    said = forwarding.answer_from(station, item)
    assert said == Answered(Answer.ADOPTED, "Wird umgesetzt.")
    with pytest.raises(PermissionDenied):
        forwarding.put_on_agenda(actor=sender, station=station)


@pytest.mark.parametrize(
    ("result", "decided", "recommended"),
    [
        ("unchanged", "adopted", "recommended"),
        ("changed", "adopted_changed", "recommended_changed"),
        ("majority", "adopted", "recommended"),
        ("rejected", "rejected", "not_recommended"),
        ("postponed", "postponed", "postponed"),
        ("noted", "noted", "noted"),
        ("discussed", None, None),
        ("", None, None),
    ],
)
def test_jedes_ergebnis_einer_sitzung_heisst_etwas(result, decided, recommended):
    item = world.agenda_item(result=result, public=False)
    for task, expected in (
        ("decide", decided), ("recommend", recommended), ("advise", recommended),
    ):  # fmt: skip
        said = forwarding.answer_from(Station(task=task), item)
        assert (said and said.answer) == expected
        assert said is None or said.public is False


def test_was_nichtoeffentlich_behandelt_wurde_bleibt_es_auch_als_antwort(bodies, officer):
    one = world.proposal(body=bodies["ag"])
    station = sent(officer, one, bodies["sg"], "decide")
    closed = world.agenda_item(body=bodies["sg"], public=False, result="rejected")
    said = Answered(Answer.REJECTED, "Nein", public=True)
    foreign = world.agenda_item(body=bodies["ag"])
    with pytest.raises(ProposalError, match="eines anderen Gremiums"):
        forwarding.answer(actor=officer, station=station, said=said, on=JUNE, item=foreign)
    forwarding.answer(actor=officer, station=station, said=said, on=JUNE, item=closed)
    assert not Station.objects.get().public
    # What the answer rests on is not deleted.
    with pytest.raises(StillNeededError):
        agenda.remove_item(actor=officer, item=closed)


# Zusammenlegen


def test_dieselbe_idee_mehrerer_gruppen_wird_eine_mit_unterstuetzern(bodies, officer, topics):
    kept = world.proposal(key="eins", title="Stadtteilmütter", body=bodies["ag"], topics=topics[:1])
    other = world.proposal(
        key="zwei", title="Elternlotsinnen", body=bodies["ag2"], topics=topics[1:], text="Warum"
    )
    world.supporter(proposal=other, body=bodies["beirat"], topics=topics)
    first = world.station(proposal=other, body=bodies["sg"], since=MAY, sender=bodies["ag2"])
    world.station(proposal=kept, body=bodies["sg"], since=JUNE, sender=bodies["ag"])
    item = world.agenda_item(body=bodies["sg"], origin="proposal:zwei")
    plan = merging.plan_merge(officer, kept, [other], on=JUNE)
    assert plan.sentence == "In „Stadtteilmütter“ geht auf: „Elternlotsinnen“."
    batch = carry_out(actor=officer, plan=plan)
    found = seen(officer, kept)
    told = {each.body.key: sorted(x.key for x in each.topics.all()) for each in found.supporters}
    assert told == {"ag2": ["begegnung"], "beirat": ["begegnung", "bildung"]}
    new = next(each for each in found.supporters if each.body.key == "ag2")
    assert new.reason == "Eigener Vorschlag: Elternlotsinnen\nWarum"
    assert (found.stops[0].station.order, found.stops[0].station.pk) == (1, first.pk)
    assert [each.key for each in items_from(officer, kept.tenant, ["proposal:eins"])] == [item.key]
    gone = seen(officer, other)
    assert (gone.standing, gone.proposal.merged_into) == (Standing.MERGED, kept)
    take_back(actor=officer, tenant=kept.tenant, batch=batch)
    assert seen(officer, kept).supporters == ()
    assert [each.station.pk for each in seen(officer, other).stops] == [first.pk]
    assert [each.key for each in items_from(officer, kept.tenant, ["proposal:zwei"])] == [item.key]


def test_vorschlaege_derselben_gruppe_vereinen_themen_und_verweise(bodies, officer, topics):
    kept = world.proposal(body=bodies["ag"], topics=topics[:1])
    measure = world.measure(topic=topics[0])
    other = world.proposal(body=bodies["ag"], topics=topics[1:], measure=measure)
    world.supporter(proposal=kept, body=bodies["ag2"], topics=topics[:1])
    world.supporter(proposal=other, body=bodies["ag2"], topics=topics[1:])
    carry_out(actor=officer, plan=merging.plan_merge(officer, kept, [other], on=JUNE))
    found = seen(officer, kept)
    assert (set(found.topics), found.proposal.measure) == (set(topics), measure)
    assert [set(each.topics.all()) for each in found.supporters] == [set(topics)]


def test_zusammenlegen_verlangt_alles_leiten_zu_duerfen(bodies, officer):
    kept, other = world.proposal(body=bodies["ag"]), world.proposal(body=bodies["ag2"])
    chair = chair_of(bodies["ag"])
    with pytest.raises(PermissionDenied):
        carry_out(actor=chair, plan=merging.plan_merge(chair, kept, [other], on=JUNE))
    assert Proposal.objects.filter(merged_into=None).count() == 2
    assert not Supporter.objects.exists()
    for wrong in ([], [kept]):
        with pytest.raises(ProposalError, match="einen anderen"):
            merging.plan_merge(officer, kept, wrong, on=JUNE)


# Abfragen


@pytest.mark.parametrize("many", [1, 3])
def test_wege_brauchen_gleich_viele_abfragen(
    bodies, officer, topics, django_assert_num_queries, many
):
    for _ in range(many):
        one = world.proposal(body=bodies["ag"], topics=topics)
        world.supporter(proposal=one, body=bodies["ag2"], topics=topics)
        item = world.agenda_item(body=bodies["sg"])
        world.station(proposal=one, body=bodies["sg"], public=False, item=item)
    with django_assert_num_queries(8):
        found = ways(officer, one.tenant, proposals(officer, one.tenant))
    assert len(found) == many


def test_ein_anderer_mandant_sieht_nichts(bodies):
    one = world.proposal(body=bodies["ag"])
    town = world.tenant("09463", "Stadt Coburg")
    stranger = on_day(world.person(role="officer", at=town), on=JUNE)
    assert not proposals(stranger, one.tenant)
    assert not proposals(stranger, town)
