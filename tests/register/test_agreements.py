"""Vereinbarungen: who leads changes only when all units have agreed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F
from tests import world

from gelingen.editing import take_back
from gelingen.history.recording import LostUpdateError
from gelingen.register.agreements import (
    AgreementError,
    Terms,
    UnknownAgreementError,
    agree,
    agreement_line,
    get_agreement,
    open_agreements,
    propose,
    refuse,
)
from gelingen.register.models import Agreement, Responsibility
from gelingen.terms.vocabulary import Afterwards, Basis

pytestmark = pytest.mark.django_db
ON, NEW_YEAR = date(2017, 6, 1), date(2018, 1, 1)


def two_leads():
    """Make one case with two leads: Familienbüro and Träger D."""
    office = world.organisation(key="fb22", name="FB 22")
    world.responsibility(key="z_1", organisation=office)
    carrier = world.organisation(key="traeger_d", name="Träger D")
    world.responsibility(key="z_2", organisation=carrier)
    return office, carrier


def terms(**given):
    found = Responsibility.objects.first()
    cell = {
        name: getattr(found, name).key for name in ("task", "topic", "target_group", "territory")
    }
    standard = {
        "cell": cell,
        "lead": "fb22",
        "others": ("traeger_d",),
        "afterwards": Afterwards.PARTICIPATE,
        "starts": NEW_YEAR,
        "basis": Basis.RESOLUTION,
    }
    return Terms(**(standard | given))


def proposed(**given):
    return propose(actor=world.OPERATOR, tenant=world.tenant(), terms=terms(**given))


def reread(agreement):
    return get_agreement(world.OPERATOR, agreement.tenant, agreement.key)


def answer(agreement, unit, **given):
    standard = {"actor": world.OPERATOR, "unit": unit, "on": ON, "by": "Leitung"}
    return agree(agreement=reread(agreement), **(standard | given))


def standing():
    """Tell who does what from when until when."""
    first = F("starts").asc(nulls_first=True)  # databases differ on where nothing stands
    rows = Responsibility.objects.order_by("organisation__key", "kind", first)
    return [(one.organisation.key, one.kind, one.starts, one.ends, one.basis) for one in rows]


def test_ein_vorschlag_aendert_noch_keine_zustaendigkeit():
    two_leads()
    before = standing()
    proposed()
    assert standing() == before


def test_erst_wenn_beide_bestaetigt_haben_wird_geschrieben():
    two_leads()
    agreement = proposed()
    before = standing()
    assert answer(agreement, "traeger_d") is False
    assert standing() == before
    assert answer(agreement, "fb22") is True
    assert standing() == [
        ("fb22", "lead", None, NEW_YEAR, ""),
        ("fb22", "lead", NEW_YEAR, None, "resolution"),
        ("traeger_d", "lead", None, NEW_YEAR, ""),
        ("traeger_d", "participates", NEW_YEAR, None, "resolution"),
    ]


def test_wer_abgibt_wirkt_nicht_weiter_mit():
    two_leads()
    agreement = proposed(afterwards=Afterwards.END)
    answer(agreement, "traeger_d")
    answer(agreement, "fb22")
    assert [row[:2] for row in standing() if row[3] is None] == [("fb22", "lead")]


def test_wer_schon_auf_dieser_grundlage_fuehrt_behaelt_seinen_eintrag():
    office, _ = two_leads()
    world.responsibility(
        key="z_3", organisation=office, task=world.task(key="andere"), basis="resolution"
    )
    cell = terms().cell | {"task": "andere"}
    agreement = proposed(cell=cell, others=())
    assert answer(agreement, "fb22") is True
    kept = Responsibility.objects.get(task__key="andere")
    assert (kept.key, kept.starts, kept.ends) == ("z_3", None, None)


def test_was_erst_danach_begonnen_haette_entfaellt():
    _, carrier = two_leads()
    world.responsibility(
        key="z_4", organisation=carrier, kind="participates", starts=date(2019, 1, 1)
    )
    agreement = proposed(afterwards=Afterwards.END)
    answer(agreement, "traeger_d")
    answer(agreement, "fb22")
    assert not Responsibility.objects.filter(key="z_4").exists()


def test_ein_leeres_feld_wird_von_einer_stelle_allein_gefuellt():
    office, _ = two_leads()
    world.task(key="neu", name="Neue Aufgabe")
    agreement = proposed(cell=terms().cell | {"task": "neu"}, others=())
    answer(agreement, office.key)
    assert Responsibility.objects.get(task__key="neu").organisation == office


def test_wer_auch_fuehrt_darf_nicht_vergessen_werden():
    two_leads()
    with pytest.raises(AgreementError, match=r"Auch Träger D ist dann federführend"):
        proposed(others=())


def test_wer_bis_dahin_abgegeben_hat_muss_nicht_gefragt_werden():
    two_leads()
    third = world.organisation(key="dritter")
    world.responsibility(key="z_5", organisation=third, ends=NEW_YEAR)
    assert proposed().lead.key == "fb22"


def test_ein_fall_hat_hoechstens_eine_offene_vereinbarung():
    two_leads()
    agreement = proposed()
    with pytest.raises(AgreementError, match="schon eine offene"):
        proposed()
    refuse(actor=world.OPERATOR, agreement=agreement, unit="fb22", reason="Kein Personal")
    assert proposed().key != agreement.key


def test_alles_wird_mit_einem_vorgang_zurueckgenommen():
    two_leads()
    before = standing()
    agreement = proposed()
    answer(agreement, "traeger_d")
    answer(agreement, "fb22", batch="vorgang")
    take_back(actor=world.OPERATOR, tenant=world.tenant(), batch="vorgang")
    assert standing() == before
    assert (reread(agreement).state, len(reread(agreement).consents)) == ("open", 1)


def test_auch_eine_vereinbarung_ueber_eine_kuenftige_laesst_sich_zuruecknehmen():
    two_leads()
    for starts in (NEW_YEAR, date(2017, 7, 1)):
        agreement = proposed(afterwards=Afterwards.END, starts=starts)
        answer(agreement, "traeger_d")
        before = standing()
        answer(agreement, "fb22", batch=f"{starts}")
    assert standing() != before
    take_back(actor=world.OPERATOR, tenant=world.tenant(), batch="2017-07-01")
    assert standing() == before


def test_wann_und_durch_welche_funktion_bestaetigt_wurde_steht_dabei():
    two_leads()
    agreement = proposed()
    answer(agreement, "traeger_d", on=date(2017, 5, 31), by=" Geschäftsführung ")
    (line,) = open_agreements(world.OPERATOR, world.tenant())
    assert [(one.name, one.on, one.by) for one in line.sides] == [
        ("FB 22", None, ""),
        ("Träger D", date(2017, 5, 31), "Geschäftsführung"),
    ]
    assert [one.key for one in line.missing] == ["fb22"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"unit": "traeger_d"}, "hat am 01.06.2017 schon bestätigt"),
        ({"unit": "fremd"}, "gehört nicht zur Vereinbarung"),
        ({"unit": "fb22", "by": " "}, "Bitte die Funktion angeben"),
    ],
)
def test_eine_antwort_die_nicht_geht_wird_erklaert(given, words):
    two_leads()
    agreement = proposed()
    answer(agreement, "traeger_d")
    with pytest.raises(AgreementError, match=words):
        answer(agreement, **given)


def test_was_geschlossen_ist_nimmt_keine_antwort_mehr():
    two_leads()
    agreement = proposed()
    with pytest.raises(AgreementError, match="begründen"):
        refuse(actor=world.OPERATOR, agreement=agreement, unit="fb22", reason=" ")
    refuse(actor=world.OPERATOR, agreement=agreement, unit="fb22", reason="Kein Personal")
    with pytest.raises(AgreementError, match="abgelehnt"):
        answer(agreement, "traeger_d")
    assert open_agreements(world.OPERATOR, world.tenant()) == []


def test_partner_schlagen_vor_und_antworten_nur_fuer_die_eigene_stelle():
    office, carrier = two_leads()
    partner = world.person(role="partner", organisation=carrier)
    agreement = propose(actor=partner, tenant=world.tenant(), terms=terms())
    assert agreement.proposed_by == str(partner)
    assert [one.mine for one in agreement_line(partner, agreement).sides] == [False, True]
    with pytest.raises(PermissionDenied):
        answer(agreement, office.key, actor=partner)
    with pytest.raises(PermissionDenied):
        refuse(actor=partner, agreement=reread(agreement), unit="fb22", reason="Nein")
    answer(agreement, office.key)
    assert answer(agreement, carrier.key, actor=partner) is True


def test_wer_mit_keiner_stelle_zu_tun_hat_darf_nichts_vorschlagen():
    two_leads()
    for person in (
        world.person(role="reader"),
        world.person(role="partner", organisation=world.organisation()),
    ):
        with pytest.raises(PermissionDenied):
            propose(actor=person, tenant=world.tenant(), terms=terms())
    assert not Agreement.objects.exists()


def test_wer_zugleich_antwortet_ueberschreibt_niemanden():
    two_leads()
    agreement = proposed()
    first, second = reread(agreement), reread(agreement)
    agree(actor=world.OPERATOR, agreement=first, unit="fb22", on=ON, by="Leitung")
    with pytest.raises(LostUpdateError):
        agree(actor=world.OPERATOR, agreement=second, unit="traeger_d", on=ON, by="Leitung")


def test_ein_fremder_mandant_sieht_keine_vereinbarung():
    two_leads()
    agreement = proposed()
    other = world.person(at=world.tenant("09463", "Stadt Coburg"))
    with pytest.raises(UnknownAgreementError):
        get_agreement(other, agreement.tenant, agreement.key)
    with pytest.raises(AgreementError, match="gibt es nicht"):
        proposed(lead="unbekannt", others=("fb22", "traeger_d"))
