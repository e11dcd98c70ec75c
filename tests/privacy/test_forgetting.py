"""What was chosen is forgotten: where it stands, where it stood, and nowhere else."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.base import ContentFile
from tests import world

from gelingen.boards.models import Notice
from gelingen.confirmations.models import Proposal
from gelingen.desk.models import Draft
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import change, remove
from gelingen.history.undo import undo
from gelingen.needs.models import Voice
from gelingen.privacy.forgetting import Forgotten, NotForgettableError, forget
from gelingen.privacy.held import held
from gelingen.privacy.kinds import Way
from gelingen.register.attachments import attach
from gelingen.register.models import Attachment, Organisation, Post, Structure
from gelingen.review.entries import pass_on
from gelingen.review.models import SameName
from gelingen.surveys.models import AnonymousAnswer, Invitation, Response
from gelingen.surveys.published import TextRelease
from gelingen.talks.models import Statement
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
AT = datetime(2017, 5, 20, 9, tzinfo=UTC)
DAY = date(2017, 5, 20)
WHY = "Verlangen vom 01.06.2017"


def altered(thing, **values):
    with change(by="anna", verb=Verb.CHANGED, of=thing):
        for name, value in values.items():
            setattr(thing, name, value)


def found(words="", *, organisation="", at=None):
    of = at or world.tenant()
    return held(world.person(at=of), of, words=words, organisation=organisation)


def forgotten(words="", *, organisation="", at=None):
    """Forget all that is found."""
    of = at or world.tenant()
    idents = [one.ident for one in found(words, organisation=organisation, at=of)]
    return forget(world.person(at=of), of, idents, reason=WHY)


def traces():
    """Everything that events say."""
    return str(list(ChangeEvent.objects.values("subject", "label", "changed", "reason")))


# One tenant's past is not another's


def test_wer_in_einem_mandanten_vergisst_laesst_den_verlauf_des_anderen_stehen():
    town = world.tenant("09463", "Stadt Coburg")
    for of in (world.tenant(), town):
        altered(world.organisation(tenant=of, key="awo", contact="Frau Müller"), contact="Leitung")
    forgotten("Müller")
    there = ChangeEvent.objects.get(tenant=town.pk, subject__endswith=":awo", verb=Verb.CHANGED)
    assert there.changed["contact"] == ["Frau Müller", "Leitung"]
    here = ChangeEvent.objects.get(tenant="09473", subject__endswith=":awo", verb=Verb.CHANGED)
    assert "contact" not in here.changed
    assert Organisation.history.filter(tenant=town, contact="Frau Müller").count() == 1


def test_ein_anderer_mandant_kann_fremdes_nicht_vergessen():
    one = world.organisation(contact="Frau Müller")
    altered(one, contact="Leitung")
    mine = [each.ident for each in found("Müller")]
    town = world.tenant("09463", "Stadt Coburg")
    with pytest.raises(NotForgettableError):
        forget(world.person(at=town), town, mine, reason=WHY)
    assert found("Müller")


# What stood there before


def test_ein_frueherer_stand_wird_vergessen_und_was_heute_dasteht_bleibt():
    one = world.organisation(contact="Frau Müller")
    altered(one, contact="Leitung")
    assert forgotten("Müller") == Forgotten(fields=1)
    assert Organisation.objects.get().contact == "Leitung"
    assert list(Organisation.history.order_by("history_id").values_list("contact", flat=True)) == [
        "", "Leitung",
    ]  # fmt: skip
    assert "Müller" not in traces()
    assert found("Müller") == []


def test_was_ein_geloeschter_eintrag_sagte_wird_vergessen():
    one = world.organisation(contact="Frau Müller")
    remove(by="anna", of=one)
    assert forgotten("Müller") == Forgotten(fields=1)
    assert found("Müller") == []
    assert "Müller" not in traces()


def test_ein_geloeschter_eintrag_kommt_ohne_das_vergessene_zurueck():
    post = _post("Frau Müller")
    remove(by="anna", of=post)
    forgotten("Müller")
    undo(ChangeEvent.objects.get(verb=Verb.REMOVED), by="anna")
    assert Post.objects.get().function == "gelöscht"


def test_eine_bezeichnung_die_vergessen_wird_steht_auch_nicht_mehr_im_verlauf():
    _post("Frau Müller")
    forgotten("Müller")
    assert Post.objects.get().function == "gelöscht"
    assert "Müller" not in traces()


def _post(function):
    owner = world.organisation()
    post = Post(tenant=owner.tenant, key="p", organisation=owner, function=function)
    with change(by="anna", verb=Verb.CREATED, of=post):
        pass
    return post


# Each in its way


def test_ein_text_der_nicht_leer_sein_darf_sagt_dass_er_geloescht_ist():
    world.statement(text="Frau Müller hat gesagt", speaker="Frau Müller")
    forgotten("Müller")
    assert Statement.objects.values_list("text", "speaker").get() == ("gelöscht", "")
    assert found("Müller") == []


def test_eine_stimme_verliert_ihre_organisation():
    speaker = world.organisation(key="fahrdienst", name="Fahrdienst Müller")
    world.voice(speaker=speaker)
    forgotten("Fahrdienst Müller")
    assert Voice.objects.get().speaker is None
    assert found("Fahrdienst Müller") == []


def test_freigaben_und_namensgleichheiten_gehen_ganz_mit_allen_staenden():
    world.text_release(text="Frau Müller hilft")
    world.same_name(key="name_frau_mueller_awo", written="Frau Müller", organisation="awo")
    assert forgotten("Müller") == Forgotten(rows=2)
    for model in (TextRelease, SameName):
        assert not model.objects.exists()
        assert not model.history.exists()
    assert "mueller" not in traces().replace("ü", "ue").casefold()


def test_eine_geloeschte_freigabe_ist_zu_finden_und_danach_ganz_weg():
    remove(by="anna", of=world.text_release(text="Frau Müller hilft"))
    (one,) = found("Müller")
    assert (one.way, one.past) == (Way.ROW, "früherer Stand")
    assert forgotten("Müller") == Forgotten(rows=1)
    assert not TextRelease.history.exists()
    assert "Müller" not in traces()


def test_ein_anhang_geht_mit_seiner_datei(django_capture_on_commit_callbacks):
    person, owner = world.person(), world.organisation()
    made = attach(
        actor=person, to=owner, title="Zeugnis Müller", name="z.pdf", content=ContentFile(b"%PDF-1")
    )
    stored, name = made.file.storage, made.file.name
    with django_capture_on_commit_callbacks(execute=True):
        forgotten("Müller")
    assert not stored.exists(name)
    assert not Attachment.history.exists()
    assert found("Müller") == []


def test_anonyme_antworten_und_entwuerfe_gehen_ganz():
    survey = world.survey(key="umfrage", mode="anonymous", state="open")
    AnonymousAnswer.objects.create(survey=survey, day=DAY, values={"a": "Frau Müller"})
    Draft.objects.create(
        user=world.person(), tenant=world.tenant(), form="/x/", texts={"a": "Müller"}, at=AT
    )
    assert forgotten("Müller") == Forgotten(rows=2)
    assert not AnonymousAnswer.objects.exists()
    assert not Draft.objects.exists()


def circular(*mailboxes):
    return Notice.objects.create(
        meeting=world.meeting(), kind="invitation", sequence=1, sent=DAY, letters=len(mailboxes),
        mailboxes="\n".join(mailboxes),
    )  # fmt: skip


def test_wer_aus_einem_rundschreiben_geht_nimmt_die_anderen_postfaecher_nicht_mit():
    made = circular("amt@kreis.example", "mueller@verein.example", "awo@verein.example")
    assert forgotten("mueller@verein.example") == Forgotten(fields=1)
    made.refresh_from_db()
    assert made.mailboxes == "amt@kreis.example\nawo@verein.example"
    assert found("mueller@verein.example") == []


def test_von_zwei_zeilen_geht_nur_die_angekreuzte():
    made = circular("amt@verein.example", "awo@verein.example")
    one, other = found("verein.example")
    assert {one.text, other.text} == {"amt@verein.example", "awo@verein.example"}
    forget(world.person(), world.tenant(), [one.ident], reason=WHY)
    made.refresh_from_db()
    assert made.mailboxes == other.text
    with pytest.raises(NotForgettableError, match="nicht mehr da"):
        forget(world.person(), world.tenant(), [one.ident], reason=WHY)


def test_von_den_bemerkungen_eines_mitglieds_geht_nur_die_stelle_die_gemeint_ist():
    made = world.member_ballot(
        selection=world.selection(), body=world.body(), person=world.person(role="member"),
        scores={"k1": {"nutzen": 5}},
        comments={"k1": "Hilft vielen.\nFrau Müller fragen.", "k2": "Frau Müller fragen."},
    )  # fmt: skip
    assert forgotten("müller") == Forgotten(fields=1)
    made.refresh_from_db()
    assert (made.comments, made.scores) == ({"k1": "Hilft vielen."}, {"k1": {"nutzen": 5}})


def test_nur_was_das_modell_als_personenbezogen_nennt_laesst_sich_leeren():
    one = world.organisation(website="https://example.org")
    for ident in (
        f"register.Organisation:{one.pk}:website", "register.Organisation:x:contact",
        f"register.Structure:{one.pk}:name", f"register.Organisation:{one.pk}", "", "a:b:c:d:e",
        "register.Organisation:999999999999999999999:contact", "surveys.AnonymousAnswer:1:values",
    ):  # fmt: skip
        with pytest.raises(NotForgettableError):
            forget(world.person(), world.tenant(), [ident], reason=WHY)
    assert Organisation.objects.get().website == "https://example.org"


# What an answer did


@pytest.fixture
def answered():
    owner = world.organisation(key="awo", name="AWO Coburg")
    world.structure(key="cafe", organisation=owner, capacity_low=10, capacity_high=10)
    survey = world.survey(key="umfrage", title="Jahresumfrage", state="open")
    world.question(key="eintraege", survey=survey, kind="entries")
    invited = Invitation.objects.create(
        survey=survey, organisation="awo", name="AWO Coburg", invited=DAY, used=True
    )
    return Response.objects.create(
        survey=survey, invitation=invited, started=AT, changed=AT, sent=AT
    )


def said(response, **answer):
    response.values = {"eintraege": {"cafe": answer}}
    response.save()
    pass_on(response.invitation)


def test_mit_der_antwort_wird_zurueckgenommen_was_sie_tat_wie_beim_zurueckziehen(answered):
    said(answered, answer="true")
    assert Structure.objects.get().last_confirmed == DAY
    ident = f"surveys.Response:{answered.pk}:values"
    forget(world.person(), world.tenant(), [ident], reason=WHY)
    assert Structure.objects.get().last_confirmed is None
    assert not Response.objects.exists()
    assert not Invitation.objects.get().used


def test_mit_der_antwort_geht_ihr_vorschlag_auch_aus_den_frueheren_staenden(answered):
    said(answered, answer="changed", values={"capacity": "12"}, remark="Frau Müller fragen")
    assert {one.kind for one in found("Müller")} == {"Vorschlag", "Antwort"}
    forgotten("Müller")
    assert not Proposal.objects.exists()
    assert found("Müller") == []
    assert "Müller" not in traces()


def test_eine_antwort_ueber_den_offenen_verweis_geht_ohne_einladung():
    survey = world.survey(key="umfrage", state="open")
    Response.objects.create(
        survey=survey, started=AT, changed=AT, sent=AT, values={"a": "Frau Müller"}
    )
    assert forgotten("Müller") == Forgotten(rows=1)


# The proof


def test_der_nachweis_bleibt_und_sagt_nichts_von_der_person():
    one = world.organisation(contact="Frau Müller")
    altered(one, contact="Leitung")
    forgotten("Müller")
    proof = ChangeEvent.objects.order_by("pk").last()
    assert (proof.verb, proof.reason) == (Verb.REDACTED, f"Organisation: {WHY}")


def test_was_vergessen_ist_laesst_sich_nicht_zurueckholen():
    one = world.organisation(contact="Frau Müller")
    altered(one, contact="Leitung")
    forgotten("Müller")
    undo(ChangeEvent.objects.get(verb=Verb.CHANGED), by="anna")
    assert Organisation.objects.get().contact == "Leitung"
