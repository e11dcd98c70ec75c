"""What is kept about somebody is found: now, before, and of what is gone."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from tests import world

from gelingen.boards.models import Notice
from gelingen.confirmations.models import Proposal
from gelingen.desk.models import Draft
from gelingen.history.models import ChangeEvent
from gelingen.history.recording import change, remove
from gelingen.needs.models import Voice
from gelingen.post.models import OutgoingMail
from gelingen.privacy.held import hand_out, held
from gelingen.privacy.kinds import HOMES, LEFT_OUT, Way, fields_of, searched, tenant_path, way_of
from gelingen.register.models import Organisation
from gelingen.surveys.models import AnonymousAnswer, Invitation, Response, WaitingAnswer
from gelingen.surveys.published import Publication, TextRelease
from gelingen.talks.models import Coding
from gelingen.terms.vocabulary import Verb

pytestmark = pytest.mark.django_db
AT = datetime(2017, 5, 20, 9, tzinfo=UTC)
DAY = date(2017, 5, 20)


def altered(thing, **values):
    with change(by="anna", verb=Verb.CHANGED, of=thing):
        for name, value in values.items():
            setattr(thing, name, value)


def found(words="", *, organisation="", at=None):
    of = at or world.tenant()
    return held(world.person(at=of), of, words=words, organisation=organisation)


def shown(found):
    return [(one.kind, one.text, one.past) for one in found]


# Wherever it stands


def test_von_postfaechern_in_einer_liste_steht_nur_das_gesuchte_in_der_auskunft():
    Notice.objects.create(
        meeting=world.meeting(), kind="invitation", sequence=1, sent=DAY, letters=2,
        mailboxes="amt@kreis.example\nmueller@verein.example",
    )  # fmt: skip
    (one,) = found("mueller@verein.example")
    assert (one.text, one.value) == ("mueller@verein.example", "mueller@verein.example")


@pytest.mark.parametrize("word", ["MÜLLER", "müller", "Mueller", "  frau   müller "])
def test_gross_und_klein_umlaute_und_abstaende_sind_gleich(word):
    world.organisation(contact="Frau MÜLLER")
    assert shown(found(word)) == [("Organisation", "Frau MÜLLER", "")]


def test_ein_postfach_ist_kein_teil_anderer_woerter():
    world.organisation(mailbox="a@b.de")
    world.organisation(contact="Tina, Abt. A B, De")
    assert [one.text for one in found("a@b.de")] == ["a@b.de"]


def test_was_frueher_dastand_wird_gefunden_und_heisst_so():
    one = world.organisation(key="awo", contact="Frau Müller")
    altered(one, contact="Frau Müller-Meier")
    altered(one, contact="Leitung")
    assert shown(found("Müller")) == [
        ("Organisation", "Frau Müller / Frau Müller-Meier", "früherer Stand")
    ]
    assert found("Müller")[0].value == ["Frau Müller", "Frau Müller-Meier"]
    assert found("Müller")[0].cite == "organisation:awo"


def test_was_noch_dasteht_steht_nicht_noch_einmal_als_frueherer_stand():
    one = world.organisation(contact="Frau Müller")
    altered(one, website="https://example.org")
    altered(one, contact="Herr und Frau Müller")
    altered(one, contact="Frau Müller")
    assert shown(found("Müller")) == [
        ("Organisation", "Frau Müller", ""),
        ("Organisation", "Herr und Frau Müller", "früherer Stand"),
    ]


def test_was_ein_geloeschter_eintrag_sagte_wird_gefunden_auch_ueber_seine_organisation():
    owner = world.organisation(key="awo")
    proposal = _proposal(note="Bitte Frau Müller fragen")
    remove(by="anna", of=proposal)
    for asked in ({"words": "müller"}, {"organisation": owner.key}):
        (one,) = [one for one in found(**asked) if "Müller" in one.text]
        assert (one.kind, one.title, one.past, one.cite) == (
            "Vorschlag", "gelöschter Eintrag", "früherer Stand", "",
        )  # fmt: skip


def test_eine_stimme_ist_ueber_ihre_organisation_zu_finden_auch_wenn_beide_geloescht_sind():
    speaker = world.organisation(key="awo", name="AWO")
    voice = world.voice(function="Geschäftsführung", speaker=speaker)
    assert {one.text for one in found(organisation="awo")} == {"Geschäftsführung", "AWO"}
    remove(by="anna", of=voice)
    remove(by="anna", of=speaker)
    assert {(one.text, one.past) for one in found(organisation="awo")} == {
        ("Geschäftsführung", "früherer Stand"), ("AWO", "früherer Stand"),
    }  # fmt: skip


def test_wer_fuer_eine_organisation_im_gremium_sitzt_ist_ueber_sie_zu_finden():
    seat = world.seat(organisation=world.organisation(key="awo"))
    account = world.person()
    tenure = world.tenure(seat=seat, function="Geschäftsführung", person=account)
    wanted = {"Geschäftsführung", str(account)}
    assert {one.text for one in found(organisation="awo")} == wanted
    assert {one.text for one in found(str(account))} == {str(account)}
    remove(by="anna", of=tenure)
    assert {one.text for one in found(organisation="awo")} == wanted


def _proposal(**fields):
    made = Proposal(
        tenant=world.tenant(), key="v", subject="register.Structure:cafe", name="Sprachcafé",
        organisation="awo", kind="change", by_function="AWO (Umfrage)", day=DAY, **fields,
    )  # fmt: skip
    with change(by="anna", verb=Verb.PROPOSED, of=made):
        pass
    return made


# By what they say alone


def test_anonyme_antworten_und_entwuerfe_nur_ueber_das_wort_und_nur_die_stelle():
    survey = world.survey(key="umfrage", mode="anonymous", state="open")
    said = {"a": "Fragen Sie Frau Müller", "b": "Ich wohne in Ahorn"}
    AnonymousAnswer.objects.create(survey=survey, day=DAY, values=said)
    WaitingAnswer.objects.create(survey=survey, values=said)
    Draft.objects.create(user=world.person(), tenant=world.tenant(), form="/x/", texts=said, at=AT)
    assert shown(found("müller")) == [
        ("Entwurf", "Fragen Sie Frau Müller", ""),
        ("anonyme Antwort", "Fragen Sie Frau Müller", ""),
        ("wartende Antwort", "Fragen Sie Frau Müller", ""),
    ]
    assert [one.value for one in found("müller")] == [["Fragen Sie Frau Müller"]] * 3
    assert found("in") == []  # two letters would show nearly everything


def test_das_postfach_einer_organisation_sucht_nicht_in_anonymen_antworten():
    world.organisation(key="awo", mailbox="awo@example.org")
    survey = world.survey(key="umfrage", mode="anonymous", state="open")
    AnonymousAnswer.objects.create(
        survey=survey, day=DAY, values={"a": "An awo@example.org schreiben"}
    )
    assert {one.kind for one in found(organisation="awo")} == {"Organisation"}
    assert "anonyme Antwort" in {one.kind for one in found("awo@example.org")}


# Whose it is


def test_ein_anderer_mandant_findet_nichts_auch_nicht_in_frueheren_staenden():
    one = world.organisation(key="awo", contact="Frau Müller")
    altered(one, contact="Leitung")
    town = world.tenant("09463", "Stadt Coburg")
    assert found("Müller", at=town) == []
    assert found(organisation="awo", at=town) == []


def test_die_auskunft_wird_vermerkt_ohne_zu_sagen_ueber_wen():
    world.organisation(contact="Frau Müller")
    person = world.person()
    assert hand_out(person, world.tenant(), words="Müller")
    event = ChangeEvent.objects.order_by("pk").last()
    assert (event.verb, event.by, event.tenant) == (Verb.INFORMED, str(person), "09473")
    assert event.reason == "Angaben: 1"
    assert "Müller" not in f"{event.label}{event.changed}{event.subject}"


@pytest.mark.parametrize("many", [1, 3])
def test_die_suche_fragt_gleich_oft_wie_viele_antworten_es_auch_sind(
    many, django_assert_num_queries, monkeypatch
):
    # Every kind of record that is added costs two more.
    kinds = [
        Organisation, Voice, OutgoingMail, Invitation, Response, Publication, TextRelease, Coding,
    ]  # fmt: skip
    monkeypatch.setattr("gelingen.privacy.held.searched", lambda: kinds)
    owner = world.organisation(key="awo", contact="Leitung", mailbox="awo@example.org")
    for number in range(many):
        survey = world.survey(key=f"umfrage_{number}", state="open")
        invitation = Invitation.objects.create(
            survey=survey, organisation="awo", name="AWO", mailbox="awo@example.org",
            token_hash=str(number), invited=DAY,
        )  # fmt: skip
        Response.objects.create(
            survey=survey, invitation=invitation, started=AT, changed=AT, sent=AT,
            values={"frage": "An die Leitung"},
        )  # fmt: skip
        OutgoingMail.objects.create(
            tenant=owner.tenant, to="awo@example.org", subject="Umfrage", created=AT
        )
        world.voice(function="Leitung", speaker=owner)
        world.publication(survey=survey, by="Leitung")
        world.text_release(survey=survey, text="Die Leitung", answer=f"r{number}")
        world.coding(coder="Leitung", statement=world.statement())
    person, tenant = world.person(), world.tenant()
    with django_assert_num_queries(18):
        kept = held(person, tenant, words="leitung", organisation="awo")
    assert len(kept) > 7 * many


# Nothing is forgotten


def test_jede_art_von_angabe_wird_durchsucht_oder_ist_genannt():
    """A new model with personal fields is searched by itself, if its tenant is known."""
    for model in searched():
        assert model._default_manager.filter(**{tenant_path(model): None}).query, model
    assert {apps.get_model(label)._meta.label for label in LEFT_OUT} == LEFT_OUT


def test_von_hand_ist_nur_zu_aendern_was_sich_nicht_leeren_laesst_und_dann_fuehrt_ein_weg_hin():
    """A choice of a fixed list says nothing without the words beside it."""
    by_hand = {
        (model._meta.label, field.name)
        for model in searched()
        for field in fields_of(model)
        if way_of(model, field) is Way.EDIT and not field.choices
    }
    assert by_hand == {("surveys.PublishedCounts", "tables")}
    assert {label for label, _ in by_hand} <= HOMES.keys()
