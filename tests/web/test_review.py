"""Sichtung: from answers to needs, voices and ties, each thing decided once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests import world
from tests.web.desk import DESK, sit_down, text

from gelingen.config.checks import word_vectors_are_there
from gelingen.history.models import ChangeEvent
from gelingen.needs.models import Need, Voice
from gelingen.register.models import Cooperation, Organisation
from gelingen.review.models import Decision, SameName
from gelingen.surveys.models import AnonymousAnswer, Invitation, Response
from gelingen.topics.models import TargetGroup, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day", "county")]
REVIEW, TIES = f"{DESK}bedarfe/sichtung/", f"{DESK}bedarfe/sichtung/zusammenarbeit/"
COURSE = "Deutschkurs mit Kinderbetreuung für Mütter"


def asked(kind, key="frage"):
    survey = world.survey(key="umfrage", state="open", mode="named")
    return world.question(key=key, survey=survey, kind=kind)


def answer(question, value, *, who="awo", group="Verbände", sent=True):
    name = Organisation.objects.get(key=who).name if who else "Runde"
    invitation = Invitation.objects.create(
        survey=question.survey, organisation=who, name=name, group=group, invited=date(2017, 5, 1),
        token_hash=f"{who}{Invitation.objects.count()}", used=sent,
    )  # fmt: skip
    at = datetime(2017, 5, 20, 12, tzinfo=UTC)
    return Response.objects.create(
        survey=question.survey, invitation=invitation, group=group, started=at, changed=at,
        sent=at if sent else None, values={question.key: value},
    )  # fmt: skip


def wish(statement=COURSE, **more):
    return {
        "statement": statement, "topic": "sprache", "target_group": "frauen",
        "territory": "09473112", "starts": "", "severity": None, "quantity": None, "unit": "",
        **more,
    }  # fmt: skip


@pytest.fixture
def county():
    world.topic(key="sprache", name="Sprache")
    world.target_group(key="frauen", name="Frauen")
    world.territory(key="09473112")
    for key, name in (("awo", "AWO Kreisverband Coburg"), ("caritas", "Caritas Coburg"),
                      ("vhs", "Volkshochschule Coburg Stadt und Land")):  # fmt: skip
        world.organisation(key=key, name=name)


def subjects(page, name):
    return [part.split('"')[0] for part in page.split(f'name="{name}" value="')[1:]]


def test_gleiche_aussagen_werden_ein_bedarf_mit_einer_stimme_je_organisation(client):
    question = asked("missing")
    answer(question, [wish(severity=4)], who="awo")
    answer(question, [wish("Sprachkurs für Frauen mit Kita", severity=2)], who="caritas",
           group="Kirchen")  # fmt: skip
    sit_down(client)
    page = text(client.get(REVIEW))
    assert "2 Aussagen dazu, was fehlt, warten auf eine Entscheidung." in page
    assert "2 Stimmen: Kirchen, Verbände" in page
    said = subjects(page, "aussage")
    (prefix,) = subjects(page, "feld")
    fields = {f"{prefix}-{k}": v for k, v in {
        "statement": COURSE, "topic": "sprache", "target_group": "frauen",
        "territory": "09473112", "severity": "3"}.items()}  # fmt: skip

    client.post(f"{REVIEW}aufnehmen/", {"aussage": said, "feld": prefix, **fields})

    need = Need.objects.get()
    assert (need.statement, need.severity, need.source) == (
        COURSE, 3, "Umfrage „Umfrage unter allen Akteuren“",
    )  # fmt: skip
    assert sorted(Voice.objects.values_list("speaker__key", "group", "severity")) == [
        ("awo", "Verbände", 4), ("caritas", "Kirchen", 2),
    ]  # fmt: skip
    assert "Nichts wartet auf eine Entscheidung." in text(client.get(REVIEW))


def test_das_aufnehmen_laesst_sich_ganz_zuruecknehmen(client):
    answer(asked("missing"), [wish()])
    sit_down(client)
    group = subjects(text(client.get(REVIEW)), "gruppe")
    client.post(f"{REVIEW}aufnehmen/", {"gruppe": group})
    assert Need.objects.count() == 1
    batch = ChangeEvent.objects.order_by("pk").last().batch
    client.post(f"{DESK}eintrag/zuruecknehmen/{batch}/")
    assert (Need.objects.count(), Voice.objects.count(), Decision.objects.count()) == (0, 0, 0)
    assert COURSE in text(client.get(REVIEW))


def test_was_schon_als_bedarf_bekannt_ist_wird_eine_stimme_mehr(client):
    known = world.need(
        key="kurs",
        statement="Sprachkurse für Mütter mit Kinderbetreuung",
        topic=Topic.objects.get(),
        target_group=TargetGroup.objects.get(),
    )
    answer(asked("missing"), [wish()])
    sit_down(client)
    page = text(client.get(REVIEW))
    assert "Ähnlich ist schon bekannt" in page
    client.post(f"{REVIEW}dazu/", {"aussage": subjects(page, "aussage"), "bedarf": "kurs"})
    assert Need.objects.get() == known
    assert Voice.objects.get().speaker.key == "awo"
    assert Decision.objects.get().result == "need:kurs"


def test_ohne_ort_fragt_die_seite_und_verliert_nichts(client):
    answer(asked("missing"), [wish(territory="")])
    sit_down(client)
    page = text(client.get(REVIEW))
    (prefix,) = subjects(page, "feld")
    refused = client.post(f"{REVIEW}aufnehmen/", {
        "aussage": subjects(page, "aussage"), "feld": prefix, f"{prefix}-statement": "Neu gesagt",
        f"{prefix}-topic": "sprache", f"{prefix}-target_group": "frauen",
    })  # fmt: skip
    assert refused.status_code == 422
    assert "Neu gesagt" in text(refused)
    assert not Need.objects.exists()


def test_ablehnen_braucht_eine_begruendung_und_geschieht_nur_einmal(client):
    answer(asked("missing"), [wish()])
    sit_down(client)
    said = subjects(text(client.get(REVIEW)), "aussage")
    assert client.post(f"{REVIEW}ablehnen/", {"aussage": said}).status_code == 422
    client.post(f"{REVIEW}ablehnen/", {"aussage": said, "grund": "Gibt es schon."})
    again = client.post(f"{REVIEW}ablehnen/", {"aussage": said, "grund": "Gibt es schon."})
    assert again.status_code == 422
    assert "schon entschieden" in text(again)
    assert Decision.objects.get().reason == "Gibt es schon."


@pytest.mark.parametrize("way", ["aufnehmen", "ablehnen"])
def test_ohne_kreuz_sagt_die_seite_was_fehlt(client, way):
    answer(asked("missing"), [wish()])
    sit_down(client)
    refused = client.post(f"{REVIEW}{way}/", {"grund": "Gibt es schon."})
    assert refused.status_code == 422
    assert "mindestens eine Aussage oder Gruppe ankreuzen" in text(refused)


def test_eine_berichtigte_antwort_wartet_aufs_neue(client):
    given = answer(asked("missing"), [wish()])
    sit_down(client)
    said = subjects(text(client.get(REVIEW)), "aussage")
    client.post(f"{REVIEW}ablehnen/", {"aussage": said, "grund": "Unklar."})
    given.values, given.version = {"frage": [wish("Kurse am Abend")]}, 1
    given.save()
    assert "Kurse am Abend" in text(client.get(REVIEW))


def test_nur_abgeschickte_und_anonyme_nur_ohne_namen(client):
    question = asked("missing")
    answer(question, [wish("Noch im Entwurf")], sent=False)
    for _ in range(2):
        AnonymousAnswer.objects.create(
            survey=question.survey, day=date(2017, 5, 30), values={"frage": [wish()]}
        )
    sit_down(client)
    page = text(client.get(REVIEW))
    assert "Noch im Entwurf" not in page
    assert "2 Stimmen" in page  # nobody knows whether they are one
    assert page.count("ohne Namen") == 2


def test_wer_nicht_sichten_darf_sieht_keine_antworten(client):
    answer(asked("missing"), [wish()])
    sit_down(client, role="reader")
    for way in (REVIEW, TIES):
        assert client.get(way).status_code == 403
        assert client.post(way).status_code in {403, 405}


# With whom organisations work


def tie(name="", key="", **more):
    return {"organisation": key, "name": name, "kind": "information", "intensity": 2, **more}


def names(page, means):
    """Say of every name that is asked what it means."""
    return dict.fromkeys(
        (part.split('"')[0] for part in page.split('type="radio" name="')[1:]), means
    )


def test_anders_geschriebene_namen_werden_erkannt_neue_angelegt_in_einem_zug(client):
    question = asked("ties")
    answer(question, [tie("VHS Coburg Stadt und Land"), tie("Sprachpaten Ahorn e.V.")], who="awo")
    answer(question, [tie("Sprachpaten Ahorn"), tie(key="awo")], who="caritas")
    sit_down(client)
    page = text(client.get(TIES))
    picked = {
        name: page.split(f'type="radio" name="{name}" value="')
        for name in {part.split('"')[0] for part in page.split('type="radio" name="')[1:]}
    }
    ticked = {
        name: next(part.split('"')[0] for part in parts[1:] if " checked" in part.split(">")[0])
        for name, parts in picked.items()
    }
    later = [name for name, means in ticked.items() if means == "spaeter"]
    assert later  # nobody resembles the Sprachpaten: nothing is made unless somebody says so
    ticked |= dict.fromkeys(later, "neu")

    client.post(TIES, {"verbindung": subjects(page, "verbindung"), "tun": "uebernehmen", **ticked})

    pairs = {
        frozenset((one.a.key, one.b.key)) for one in Cooperation.objects.select_related("a", "b")
    }
    assert frozenset(("awo", "vhs")) in pairs
    assert frozenset(("caritas", "awo")) in pairs
    assert Organisation.objects.filter(name__startswith="Sprachpaten").count() >= 1
    assert "Keine genannte Verbindung wartet" in text(client.get(TIES))


def test_ein_name_der_einmal_entschieden_ist_wird_nie_wieder_gefragt(client):
    question = asked("ties")
    answer(question, [tie("Die Schule am Markt")], who="awo")
    sit_down(client)
    page = text(client.get(TIES))
    client.post(TIES, {"verbindung": subjects(page, "verbindung"), "tun": "uebernehmen",
                       **names(page, "vhs")})  # fmt: skip
    assert SameName.objects.get().organisation == "vhs"
    answer(question, [tie("Die Schule am Markt")], who="caritas")
    page = text(client.get(TIES))
    assert "Alle Namen sind bekannt." in page
    assert 'type="radio"' not in page


def test_was_beide_nennen_ist_eine_verbindung_die_beide_bestaetigt_haben(client):
    question = asked("ties")
    answer(question, [tie(key="caritas")], who="awo")
    answer(question, [tie(key="awo")], who="caritas")
    sit_down(client)
    page = text(client.get(TIES))
    client.post(TIES, {"verbindung": subjects(page, "verbindung"), "tun": "uebernehmen"})
    assert Cooperation.objects.get().reported_by == "both"


def test_wer_denselben_zweimal_nennt_bestaetigt_einmal(client):
    world.cooperation(
        a=Organisation.objects.get(key="caritas"), b=Organisation.objects.get(key="awo"),
        reported_by="a",
    )  # fmt: skip
    question = asked("ties")
    answer(question, [tie(key="caritas"), tie("Caritas Coburg")], who="awo")
    sit_down(client)
    page = text(client.get(TIES))
    told = subjects(page, "verbindung")
    assert len(told) == 2
    done = client.post(TIES, {"verbindung": told, "tun": "uebernehmen"})
    assert done.status_code == 302
    assert Cooperation.objects.get().reported_by == "both"


def test_ein_unklarer_name_bleibt_liegen_wenn_niemand_etwas_sagt(client):
    answer(asked("ties"), [tie("Irgendwer")], who="awo")
    sit_down(client)
    page = text(client.get(TIES))
    client.post(TIES, {"verbindung": subjects(page, "verbindung"), "tun": "uebernehmen",
                       **names(page, "spaeter")})  # fmt: skip
    assert not Cooperation.objects.exists()
    assert "Irgendwer" in text(client.get(TIES))


def test_ein_name_kann_eine_organisation_meinen_die_nicht_vorgeschlagen_ist(client):
    answer(asked("ties"), [tie("Die Schule am Markt")], who="awo")
    sit_down(client)
    page = text(client.get(TIES))
    assert '<option value="vhs">Volkshochschule Coburg Stadt und Land</option>' in page
    assert 'value="spaeter" checked' in page  # nothing is suggested
    ((ident, _),) = names(page, "").items()
    said = {"verbindung": subjects(page, "verbindung"), "tun": "uebernehmen", ident: "andere"}

    refused = client.post(TIES, said)

    assert refused.status_code == 422
    assert "Bitte sagen, welche Organisation „Die Schule am Markt“ ist." in text(refused)
    client.post(TIES, {**said, f"{ident}-andere": "vhs"})
    tied = Cooperation.objects.get()
    assert {tied.a.key, tied.b.key} == {"awo", "vhs"}
    assert SameName.objects.get().organisation == "vhs"


def test_die_gewaehlte_andere_organisation_steht_nach_einer_absage_noch_da(client):
    answer(asked("ties"), [tie("Die Schule am Markt"), tie("Abendschule")], who="awo")
    sit_down(client)
    page = text(client.get(TIES))
    idents = list(names(page, ""))
    said = {"verbindung": subjects(page, "verbindung"), "tun": "uebernehmen"}
    said |= dict.fromkeys(idents, "andere") | {f"{idents[0]}-andere": "vhs"}
    refused = text(client.post(TIES, said))
    assert refused.count('<option value="vhs" selected>') == 1
    assert not SameName.objects.exists()


@pytest.mark.parametrize("many", [1, 20])
def test_alle_organisationen_werden_fuer_die_ganze_seite_einmal_gelesen(
    client, django_assert_max_num_queries, many
):
    answer(asked("ties"), [tie(f"Verein {chr(65 + n)}") for n in range(many)], who="awo")
    sit_down(client)
    with django_assert_max_num_queries(15):
        assert text(client.get(TIES)).count("<select") == many


def test_was_inzwischen_dazukam_wird_nicht_mit_entschieden(client):
    question = asked("ties")
    answer(question, [tie("Die Schule am Markt")], who="awo")
    sit_down(client)
    page = text(client.get(TIES))
    answer(question, [tie("Abendschule")], who="caritas")
    seen, new = subjects(page, "verbindung"), subjects(text(client.get(TIES)), "verbindung")
    client.post(TIES, {"verbindung": new, "tun": "uebernehmen", **names(page, "vhs")})
    assert len(seen) == 1
    assert [one.written for one in SameName.objects.all()] == ["Die Schule am Markt"]
    assert "Abendschule" in text(client.get(TIES))


def test_verbindungen_abzulehnen_braucht_eine_begruendung(client):
    answer(asked("ties"), [tie(key="caritas")], who="awo")
    sit_down(client)
    told = {"verbindung": subjects(text(client.get(TIES)), "verbindung"), "tun": "ablehnen"}
    refused = client.post(TIES, told)
    assert refused.status_code == 422
    assert "Bitte eine Begründung angeben." in text(refused)
    client.post(TIES, {**told, "grund": "Beendet."})
    assert Decision.objects.get().reason == "Beendet."


def test_wer_ohne_namen_antwortet_nennt_keine_verbindung_und_keine_dringlichkeit(client):
    survey = asked("ties").survey
    world.question(key="fehlt", survey=survey, kind="missing")
    AnonymousAnswer.objects.create(
        survey=survey, day=date(2017, 5, 30),
        values={"frage": [tie(key="caritas")], "fehlt": [wish(severity=5)]},
    )  # fmt: skip
    sit_down(client)
    assert "Keine genannte Verbindung wartet" in text(client.get(TIES))
    client.post(f"{REVIEW}aufnehmen/", {"gruppe": subjects(text(client.get(REVIEW)), "gruppe")})
    assert Voice.objects.get().severity is None


def test_namen_stehen_auf_seiten_und_gleiche_beieinander(client):
    question = asked("ties")
    told = [tie(f"Verein {chr(65 + n // 26)}{chr(97 + n % 26)}") for n in range(60)]
    answer(question, told, who="awo")
    answer(question, [tie("Verein Aa"), tie("verein aa")], who="caritas")
    sit_down(client)
    first = text(client.get(TIES))
    assert first.count("<fieldset") == 50
    assert first.count("„Verein Aa“") == 1
    assert text(client.get(f"{TIES}?seite=2")).count("<fieldset") == 11


def test_eine_verbindung_mehr_kostet_sechsundzwanzig_abfragen_mehr(
    client, django_assert_max_num_queries
):
    question = asked("ties")
    for number in range(12):
        world.organisation(key=f"verein{number}", name=f"Verein {number}")
    answer(question, [tie(key=f"verein{number}") for number in range(12)], who="awo")
    sit_down(client)
    told = subjects(text(client.get(TIES)), "verbindung")
    with django_assert_max_num_queries(47):
        client.post(TIES, {"verbindung": told[:1], "tun": "uebernehmen"})
    with django_assert_max_num_queries(47 + 26 * 10):
        client.post(TIES, {"verbindung": told[1:], "tun": "uebernehmen"})
    assert Cooperation.objects.count() == 12


def test_heute_sagt_was_zu_sichten_ist_und_fuehrt_dorthin(client):
    question = asked("missing")
    answer(question, [wish(), wish("Mehr Busse am Abend")])
    for number in range(15):  # to be confirmed; and a desk without any shows how to begin
        owner = world.organisation(key=f"traeger{number}")
        world.structure(key=f"beratung{number}", organisation=owner)
    sit_down(client)
    page = text(client.get(DESK))
    assert "Zu entscheiden: 2 Aussagen dazu, was fehlt." in page
    assert f'href="{REVIEW}"' in page


def test_mit_wortvektoren_des_hauses_steht_zusammen_was_aehnliches_bedeutet(
    client, settings, tmp_path
):
    sit_down(client)
    question = asked("missing")
    answer(question, [wish("Proberaum")])
    answer(question, [wish("Übungskeller")], who="caritas")
    assert "2 Aussagen dazu, was fehlt, warten auf" in text(client.get(REVIEW))
    path = tmp_path / "woerter.vec"
    path.write_text(
        "Proberaum 0.9 0.1 0\nÜbungskeller 0.8 0.2 0\nFahrrad 0 1 0\nNähstube 0 0 1\n",
        encoding="utf-8",
    )
    settings.ENV = replace(settings.ENV, semantik=str(path))
    answer(question, [wish("Nähstube")], who="vhs")  # grouped anew, as something was said
    page = text(client.get(REVIEW))
    assert "3 Aussagen dazu, was fehlt, warten in 2 Gruppen auf" in page
    assert page.count("ähnliche Bedeutung") == 1


def test_fehlt_die_datei_der_wortvektoren_wird_ohne_sie_gesichtet(client, settings, tmp_path):
    settings.ENV = replace(settings.ENV, semantik=str(tmp_path / "weg.vec"))
    sit_down(client)
    answer(asked("missing"), [wish()])
    assert "ähnliche Bedeutung" not in text(client.get(REVIEW))
    assert [one.id for one in word_vectors_are_there(None)] == ["gelingen.E005"]
