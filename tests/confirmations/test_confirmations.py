"""Organisations are asked, answer by link, and what they change waits for a decision."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests import world

from gelingen.access.tokens import UnknownLinkError
from gelingen.confirmations import answering, proposals
from gelingen.confirmations.asking import (
    NobodyAskedError,
    ask,
    candidates,
    drop_old_requests,
    requests,
    withdraw_request,
)
from gelingen.confirmations.entries import entries
from gelingen.confirmations.links import Closed, ClosedLinkError, open_link
from gelingen.confirmations.models import Asked, Proposal, Request
from gelingen.editing import save_record, sheet_of, take_back
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import LostUpdateError, new_batch
from gelingen.post.models import OutgoingMail
from gelingen.register.models import Organisation, Structure

pytestmark = pytest.mark.django_db

ON = date(2017, 6, 1)
AT = datetime(2017, 6, 1, 10, tzinfo=UTC)


@pytest.fixture
def house():
    """One organisation with a mailbox and three old entries."""
    owner = world.organisation(key="vhs", name="VHS", mailbox="kurse@vhs.example")
    for number in range(3):
        world.structure(
            key=f"kurs_{number}", name=f"Kurs {number}", organisation=owner,
            capacity_low=16, capacity_high=16, ends=date(2018, 1, 1), ends_kind="stated",
        )  # fmt: skip
    return world.person()


def sent(actor, whom=None, at=AT):
    """Ask, and give the tokens of the links."""
    tokens = []

    def link(token):
        tokens.append(token)
        return f"https://desk.example/bestaetigen/{token}/"

    found = candidates(actor, world.tenant(), on=ON, at=at) if whom is None else whom
    ask(
        actor=actor, tenant=world.tenant(), whom=found, subject="Stimmt es noch?", text="Guten Tag",
        link=link, at=at,
    )  # fmt: skip
    return tokens


def opened(actor, at=AT):
    request = open_link(sent(actor, at=at)[0], at=at)
    return request, list(request.entries.all())


# Whom


def test_gefragt_wird_wer_eintraege_hat_die_ein_jahr_lang_niemand_bestaetigt_hat(house):
    world.structure(name="Neu", last_confirmed=date(2016, 6, 2), organisation=world.organisation())
    (found,) = candidates(house, world.tenant(), on=ON, at=AT)
    assert (found.key, found.mailbox, len(found.entries)) == ("vhs", "kurse@vhs.example", 3)


def test_eine_einzelne_organisation_wird_nach_allem_gefragt_wenn_nichts_alt_ist(house):
    owner = world.organisation(key="awo")
    world.structure(key="neu", name="Neu", last_confirmed=ON, organisation=owner)
    (found,) = candidates(house, world.tenant(), on=ON, at=AT, organisation="awo")
    assert found.entries == (("neu", "Neu"),)


def test_beendete_eintraege_werden_nicht_erfragt(house):
    for one in ("kurs_0", "kurs_1"):
        save_record(
            actor=house, tenant=world.tenant(), sheet=sheet_of("structure"),
            values={"ends": ON, "ends_kind": "stated"}, of=Structure.objects.get(key=one),
        )  # fmt: skip
    (found,) = candidates(house, world.tenant(), on=ON, at=AT)
    assert found.entries == (("kurs_2", "Kurs 2"),)


def test_wer_kein_postfach_hat_kann_nicht_gefragt_werden(house):
    (found,) = candidates(house, world.tenant(), on=ON, at=AT)
    Organisation.objects.get(key="vhs")
    without = type(found)(found.key, found.name, "", found.entries, None)
    with pytest.raises(NobodyAskedError):
        sent(house, [without])
    assert not Request.objects.exists()


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("role", ["reader", "partner"])
def test_fragen_darf_nur_wer_den_ganzen_bestand_aendern_darf(role):
    person = world.person(role=role, organisation=Organisation.objects.get())
    with pytest.raises(PermissionDenied):
        candidates(person, world.tenant(), on=ON, at=AT)


def test_die_nachricht_nennt_die_eintraege_und_den_tag_bis_zu_dem_der_verweis_gilt(house):
    sent(house)
    mail = OutgoingMail.objects.get()
    assert mail.to == "kurse@vhs.example"
    assert "Es geht um 3 Einträge (VHS):\n– Kurs 0\n– Kurs 1\n– Kurs 2" in mail.plain
    assert "Der Verweis gilt bis 31.07.2017." in mail.plain
    assert ChangeEvent.objects.latest("pk").verb == "asked"


# Links


def test_vom_verweis_steht_bei_der_bitte_nur_die_pruefsumme(house):
    (token,) = sent(house)
    stored = Request.objects.values().get()
    assert all(token not in str(value) for value in stored.values())
    assert token not in OutgoingMail.objects.get().plain


def test_der_verweis_oeffnet_die_bitte_und_kein_anderer(house):
    (token,) = sent(house)
    assert open_link(token, at=AT).name == "VHS"
    for wrong in (token[:-1], token + "x", "x", "", f"x{token}", "ä" * 500):
        with pytest.raises(UnknownLinkError):
            open_link(wrong, at=AT)


def test_nach_sechzig_tagen_gilt_der_verweis_nicht_mehr(house):
    (token,) = sent(house)
    assert open_link(token, at=AT + timedelta(days=60, seconds=-1))
    with pytest.raises(ClosedLinkError) as refused:
        open_link(token, at=AT + timedelta(days=60))
    assert refused.value.closed is Closed.EXPIRED


def test_zurueckgezogen_oeffnet_der_verweis_nichts_und_die_nachricht_geht_nicht_hinaus(house):
    (token,) = sent(house)
    withdraw_request(actor=house, tenant=world.tenant(), pk=Request.objects.get().pk, at=AT)
    with pytest.raises(ClosedLinkError) as refused:
        open_link(token, at=AT)
    assert refused.value.closed is Closed.WITHDRAWN
    assert not OutgoingMail.objects.exists()
    assert list(requests(house, world.tenant(), at=AT)) == []


def test_neunzig_tage_nach_ablauf_ist_die_bitte_vergessen(house):
    sent(house)
    assert drop_old_requests(before=AT + timedelta(days=60)) == 0
    assert drop_old_requests(before=AT + timedelta(days=61)) == 1
    assert not Asked.objects.exists()


# Answers


def test_stimmt_noch_bestaetigt_den_eintrag_sofort_im_namen_der_organisation(house):
    request, asked = opened(house)
    answering.still_true(request, asked[0], on=ON, at=AT)
    assert Structure.objects.get(key="kurs_0").last_confirmed == ON
    event = ChangeEvent.objects.latest("pk")
    assert (event.by, event.verb) == ("VHS (per Verweis)", "confirmed")
    assert [one.answer for one in entries(request)] == ["true", None, None]


def test_alle_auf_einmal_bestaetigt_schliesst_die_bitte(house):
    (token,) = sent(house)
    assert answering.all_still_true(open_link(token, at=AT), on=ON, at=AT) == 3
    assert set(Structure.objects.values_list("last_confirmed", flat=True)) == {ON}
    with pytest.raises(ClosedLinkError) as refused:
        open_link(token, at=AT)
    assert refused.value.closed is Closed.ANSWERED


def test_eine_aenderung_wird_zum_vorschlag_und_der_eintrag_bleibt_wie_er_ist(house):
    request, asked = opened(house)
    values = {"capacity_low": 18, "capacity_high": 18, "name": "Kurs 0", "contact": "Kursbüro"}
    answering.changed(request, asked[0], values=values, remark="", on=ON, at=AT)
    own, of_house = Proposal.objects.order_by("-subject")
    assert (own.before, own.after) == ({"capacity": "16"}, {"capacity": "18"})
    assert (of_house.subject, of_house.after) == ("organisation:vhs", {"contact": "Kursbüro"})
    assert Structure.objects.get(key="kurs_0").capacity_low == 16


def test_ohne_unterschied_und_ohne_bemerkung_gibt_es_keinen_vorschlag(house):
    request, asked = opened(house)
    with pytest.raises(proposals.NothingNewError):
        answering.changed(request, asked[0], values={"name": "Kurs 0"}, remark="", on=ON, at=AT)
    assert entries(request)[0].answer is None
    answering.changed(request, asked[0], values={}, remark="Neue Räume", on=ON, at=AT)
    assert Proposal.objects.get().note == "Neue Räume"


def test_gibt_es_nicht_mehr_schlaegt_das_ende_vor(house):
    request, asked = opened(house)
    answering.gone(request, asked[1], ends=date(2017, 5, 1), on=ON, at=AT)
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.after) == ("end", {"ends": "30.04.2017"})


def test_eine_andere_antwort_nimmt_die_erste_zurueck(house):
    request, asked = opened(house)
    answering.still_true(request, asked[0], on=ON, at=AT)
    answering.gone(request, asked[0], ends=date(2017, 5, 1), on=ON, at=AT)
    assert Structure.objects.get(key="kurs_0").last_confirmed is None
    answering.still_true(request, asked[0], on=ON, at=AT)
    assert not Proposal.objects.exists()
    assert Structure.objects.get(key="kurs_0").last_confirmed == ON


def test_ist_ueber_die_erste_antwort_entschieden_wird_sie_nicht_ersetzt(house):
    request, asked = opened(house)
    answering.gone(request, asked[0], ends=date(2017, 5, 1), on=ON, at=AT)
    proposals.refuse(actor=house, proposal=Proposal.objects.get(), on=ON)
    with pytest.raises(answering.AlreadyUsedError):
        answering.still_true(request, asked[0], on=ON, at=AT)


def test_eine_antwort_erledigt_gleiche_bitten(house):
    first, asked = opened(house)
    later = AT + timedelta(days=10)
    second, _ = opened(house, at=later)
    for one in asked:
        answering.still_true(first, one, on=ON, at=later)
    second.refresh_from_db()
    assert second.answered == later
    first.refresh_from_db()
    assert first.answered is None


def test_eine_bitte_mit_offenen_eintraegen_bleibt_offen(house):
    first, asked = opened(house)
    second, _ = opened(house)
    answering.still_true(first, asked[0], on=ON, at=AT)
    second.refresh_from_db()
    assert second.answered is None
    assert [one.answer for one in entries(second)] == ["true", None, None]


def test_ein_geloeschter_eintrag_steht_nicht_mehr_in_der_bitte(house):
    request, _ = opened(house)
    Asked.objects.filter(structure="kurs_1").update(structure="weg")
    assert [one.name for one in entries(request)] == ["Kurs 0", "Kurs 2"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_entries_cost_the_same_for_one_and_three(house, number, django_assert_num_queries):
    request, asked = opened(house)
    for one in asked[number:]:
        one.delete()
    for one in asked[:number]:
        structure = Structure.objects.get(key=one.structure)
        world.reach(structure=structure)
        world.funding(structure=structure, funder=Organisation.objects.get(key="vhs"))
    with django_assert_num_queries(7):
        assert len(entries(request)) == number


# Decisions


def proposed(house, **values):
    request, asked = opened(house)
    given = values or {"capacity_low": 18, "capacity_high": 18, "name": "Kurs A"}
    answering.changed(request, asked[0], values=given, remark="", on=ON, at=AT)
    return Proposal.objects.get()


def test_uebernommen_gilt_der_vorschlag_und_der_eintrag_ist_bestaetigt(house):
    proposals.accept(actor=house, proposal=proposed(house), on=ON, batch=new_batch())
    structure = Structure.objects.get(key="kurs_0")
    assert (structure.name, structure.capacity_low, structure.last_confirmed) == ("Kurs A", 18, ON)
    assert Proposal.objects.get().state == "accepted"


def test_zurueckgenommen_ist_der_eintrag_wie_vorher_und_der_vorschlag_offen(house):
    batch = new_batch()
    proposals.accept(actor=house, proposal=proposed(house), on=ON, batch=batch)
    take_back(actor=house, tenant=world.tenant(), batch=batch)
    assert Structure.objects.get(key="kurs_0").name == "Kurs 0"
    assert Proposal.objects.get().state == "open"


def test_einzelne_felder_koennen_uebernommen_werden(house):
    proposals.accept(
        actor=house, proposal=proposed(house), on=ON, batch=new_batch(), columns={"capacity"}
    )
    structure = Structure.objects.get(key="kurs_0")
    assert (structure.name, structure.capacity_low) == ("Kurs 0", 18)
    assert Proposal.objects.get().taken == ["capacity"]


def test_ohne_ein_feld_wird_nichts_uebernommen(house):
    with pytest.raises(proposals.NothingTakenError):
        proposals.accept(
            actor=house, proposal=proposed(house), on=ON, batch=new_batch(), columns=set()
        )


def rename(actor, name):
    save_record(
        actor=actor, tenant=world.tenant(), sheet=sheet_of("structure"), values={"name": name},
        of=Structure.objects.get(key="kurs_0"),
    )  # fmt: skip


def test_wurde_dasselbe_feld_inzwischen_geaendert_wird_nichts_ueberschrieben(house):
    proposal = proposed(house)
    rename(house, "Kurs B")
    with pytest.raises(proposals.MeanwhileError):
        proposals.accept(actor=house, proposal=proposal, on=ON, batch=new_batch())
    (name, _) = proposals.differences(proposal, Structure.objects.get(key="kurs_0"))
    assert (name.before, name.now, name.after, name.clashes) == (
        "Kurs 0", "Kurs B", "Kurs A", True,
    )  # fmt: skip
    assert Structure.objects.get(key="kurs_0").name == "Kurs B"


def test_wer_beide_fassungen_gesehen_hat_kann_waehlen(house):
    proposal = proposed(house)
    rename(house, "Kurs B")
    seen = Structure.objects.get(key="kurs_0").version
    rename(house, "Kurs C")
    given = {"actor": house, "proposal": proposal, "on": ON, "columns": {"name"}}
    with pytest.raises(LostUpdateError):
        proposals.accept(batch=new_batch(), version=seen, **given)
    proposals.accept(batch=new_batch(), version=seen + 1, **given)
    assert Structure.objects.get(key="kurs_0").name == "Kurs A"


def test_ein_anderes_feld_stoert_nicht(house):
    proposal = proposed(house, capacity_low=18, capacity_high=18)
    rename(house, "Kurs B")
    proposals.accept(actor=house, proposal=proposal, on=ON, batch=new_batch())
    structure = Structure.objects.get(key="kurs_0")
    assert (structure.name, structure.capacity_low) == ("Kurs B", 18)


def test_abgelehnt_bleibt_alles_wie_es_ist_und_es_wird_nicht_zweimal_entschieden(house):
    proposal = proposed(house)
    proposals.refuse(actor=house, proposal=proposal, on=ON, reason="stimmt nicht")
    assert Structure.objects.get(key="kurs_0").name == "Kurs 0"
    with pytest.raises(proposals.DecidedError):
        proposals.accept(actor=house, proposal=Proposal.objects.get(), on=ON, batch=new_batch())


def test_entscheiden_darf_nur_wer_den_ganzen_bestand_aendern_darf(house):
    proposal = proposed(house)
    own = world.person(role="partner", organisation=Organisation.objects.get(key="vhs"))
    assert proposals.open_proposals(house, world.tenant()) == [proposal]
    assert proposals.open_proposals(own, world.tenant()) == []
    with pytest.raises(PermissionDenied):
        proposals.accept(actor=own, proposal=proposal, on=ON, batch=new_batch())
    with pytest.raises(proposals.UnknownProposalError):
        proposals.get_proposal(own, world.tenant(), proposal.key)


@pytest.mark.usefixtures("house")
def test_ein_partner_mit_konto_schlaegt_fuer_fremde_eintraege_vor_und_lesende_nicht():
    stranger = world.person(role="partner", organisation=world.organisation(key="awo"))
    given = {"tenant": world.tenant(), "structure": "kurs_0", "values": {"name": "X"}, "on": ON}
    proposals.propose_as(actor=stranger, **given)
    assert Proposal.objects.get().by_function == str(stranger)
    with pytest.raises(PermissionDenied):
        proposals.propose_as(actor=world.person(role="reader"), **given)
