"""What organisations say in a survey about their entries counts in the moment it is sent."""

from datetime import UTC, date, datetime

import pytest
from tests import world

from gelingen.confirmations.models import Proposal
from gelingen.confirmations.proposals import accept
from gelingen.history.recording import change, new_batch
from gelingen.register.models import Structure
from gelingen.review.entries import pass_on, take_back
from gelingen.surveys.models import Invitation, Response
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
SENT = datetime(2017, 5, 20, 23, 30, tzinfo=UTC)  # in Coburg the next day has begun
DAY = date(2017, 5, 21)


@pytest.fixture
def invitation():
    owner = world.organisation(key="awo", name="AWO Coburg")
    world.structure(
        key="cafe", name="Sprachcafé", organisation=owner, capacity_low=10, capacity_high=10
    )
    survey = world.survey(key="umfrage", title="Jahresumfrage", state="open")
    world.question(key="eintraege", survey=survey, kind="entries")
    invited = Invitation.objects.create(
        survey=survey, organisation="awo", name="AWO Coburg", invited=DAY
    )
    Response.objects.create(
        survey=survey, invitation=invited, started=SENT, changed=SENT, sent=SENT
    )
    return invited


def say(invitation, **answer):
    Response.objects.update(values={"eintraege": {"cafe": answer}})
    return send(invitation)


def send(invitation):
    return pass_on(invitation)


def cafe():
    return Structure.objects.get(key="cafe")


def test_stimmt_noch_gilt_sofort_und_nur_einmal(invitation):
    assert say(invitation, answer="true") == 1
    assert cafe().last_confirmed == DAY
    version = cafe().version
    assert send(invitation) == 0
    assert cafe().version == version


def test_eine_aenderung_wird_ein_vorschlag_neben_dem_bisherigen(invitation):
    say(invitation, answer="changed", values={"capacity": "12"}, remark="Größerer Raum")
    found = Proposal.objects.get()
    assert (found.before, found.after) == ({"capacity": "10"}, {"capacity": "12"})
    assert (found.note, found.source) == ("Größerer Raum", "Umfrage „Jahresumfrage“")
    assert found.by_function == "AWO Coburg (Umfrage)"
    assert cafe().capacity_low == 10


def test_gibt_es_nicht_mehr_wird_ein_vorschlag_zum_ende(invitation):
    say(invitation, answer="gone", ends="2018-01-01")
    found = Proposal.objects.get()
    assert (found.kind, found.after["ends"]) == ("end", "31.12.2017")


def test_wer_seine_antwort_berichtigt_ersetzt_was_sie_bewirkt_hat(invitation):
    say(invitation, answer="gone", ends="2018-01-01")
    say(invitation, answer="true")
    assert not Proposal.objects.exists()
    assert cafe().last_confirmed == DAY
    say(invitation, answer="changed", values={"name": "Sprachtreff"}, remark="")
    assert cafe().last_confirmed is None
    assert Proposal.objects.get().after == {"name": "Sprachtreff"}


def test_worueber_schon_entschieden_ist_das_bleibt(invitation):
    say(invitation, answer="gone", ends="2018-01-01")
    decided = Proposal.objects.get()
    with change(by="world", verb=Verb.REFUSED, of=decided):
        decided.state = "refused"
    say(invitation, answer="gone", ends="2018-07-01")
    states = Proposal.objects.order_by("after").values_list("state", flat=True)
    assert sorted(states) == ["open", "refused"]


def test_wer_zum_ersten_zurueckkehrt_nachdem_beides_uebernommen_ist_schlaegt_es_neu_vor(invitation):
    for places in ("12", "14", "12"):
        say(invitation, answer="changed", values={"capacity": places}, remark="")
        found = Proposal.objects.get(state="open")
        assert found.after == {"capacity": places}
        accept(actor=world.OPERATOR, proposal=found, on=DAY, batch=new_batch())
    assert cafe().capacity_low == 12


def test_worueber_die_berichtigung_schweigt_das_gilt_nicht_mehr(invitation):
    say(invitation, answer="gone", ends="2018-01-01")
    Response.objects.update(values={})
    send(invitation)
    assert not Proposal.objects.exists()


def test_eine_alte_antwort_macht_keine_neuere_bestaetigung_rueckgaengig(invitation):
    with change(by="anna", verb=Verb.CONFIRMED, of=(thing := cafe())):
        thing.last_confirmed = date(2017, 6, 1)
    say(invitation, answer="true")
    assert cafe().last_confirmed == date(2017, 6, 1)


def test_eine_zurueckgezogene_antwort_nimmt_alles_zurueck(invitation):
    say(invitation, answer="true")
    take_back(invitation)
    assert cafe().last_confirmed is None


def test_ein_geloeschter_eintrag_haelt_die_uebrigen_nicht_auf(invitation):
    Response.objects.update(
        values={"eintraege": {"weg": {"answer": "true"}, "cafe": {"answer": "true"}}}
    )
    assert send(invitation) == 1
    assert cafe().last_confirmed == DAY
