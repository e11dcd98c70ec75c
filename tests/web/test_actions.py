"""New structure in one page; actions with their consequences; changes taken back by field."""

import re
from datetime import date

import pytest
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.history.models import ChangeEvent
from gelingen.register.models import Funding, Organisation, Reach, Structure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
NEW = DESK + "bestand/strukturen/neu/"
SIMILAR = DESK + "bestand/strukturen/aehnlich/"
ONE = DESK + "bestand/strukturen/angebot_0/"
VALUES = {
    "name": "Lesepaten",
    "organisation": "traeger_0",
    "function": "delivers",
    "starts": "01.06.2017",
    "topics": ["sprache"],
    "target_groups": ["frauen"],
    "territories": ["09473112"],
    "funding_programme": "Stiftung",
    "funding_eur_per_year": "12.000",
    "funding_starts": "01.06.2017",
    "funding_ends": "31.12.2018",
    "funding_state": "approved",
}


def carried_out(client, path, values):
    """Ask for the preview, then write what it announces."""
    announced = client.post(path, values)
    assert announced.status_code == 200, text(announced)
    stamp = re.search(r'name="stempel" value="(\w+)"', text(announced))[1]
    return client.post(path, {**values, "stempel": stamp}, follow=True)


def undo(client, answer):
    return client.post(re.search(r'action="([^"]*zuruecknehmen[^"]*)"', text(answer))[1])


# -------------------------------------------------------- a new structure


def test_eine_seite_legt_struktur_reichweite_und_geld_an(client):
    county()
    world.target_group(key="kinder", name="Kinder")
    sit_down(client)
    answer = client.post(NEW, {**VALUES, "target_groups": ["frauen", "kinder"]}, follow=True)
    made = Structure.objects.get(name="Lesepaten")
    assert "Angelegt: Lesepaten." in text(answer)
    assert sorted(line.target_group.key for line in made.reach.all()) == ["frauen", "kinder"]
    money = made.fundings.get()
    assert (money.eur_per_year, money.ends) == (12000, date(2019, 1, 1))
    batches = set(ChangeEvent.objects.filter(verb="created").exclude(batch="").values_list("batch"))
    assert len(batches) == 1


def test_das_anlegen_wird_in_einem_schritt_zurueckgenommen(client):
    county()
    sit_down(client)
    before = [model.objects.count() for model in (Structure, Reach, Funding, Organisation)]
    answer = client.post(NEW, {**VALUES, "organisation": "", "owner": "Neuer Verein"}, follow=True)
    assert Structure.objects.get(name="Lesepaten").organisation.name == "Neuer Verein"
    undo(client, answer)
    after = [model.objects.count() for model in (Structure, Reach, Funding, Organisation)]
    assert after == before


def test_ebenen_kommen_vom_traeger_und_vom_geldgeber(client):
    county()
    world.organisation(key="kreis", name="Kreis", level="county")
    world.organisation(key="land", name="Land", level="state")
    sit_down(client)
    client.post(NEW, {**VALUES, "organisation": "kreis", "funding_funder": "land"})
    made = Structure.objects.get(name="Lesepaten")
    assert (made.level, made.fundings.get().funder_level) == ("county", "state")


def test_ohne_angaben_zum_geld_entsteht_keine_finanzierung(client):
    county()
    sit_down(client)
    empty = dict.fromkeys(("funding_programme", "funding_eur_per_year", "funding_ends"), "")
    client.post(NEW, {**VALUES, **empty})
    assert Structure.objects.get(name="Lesepaten").fundings.count() == 0


def test_was_nicht_stimmt_steht_am_feld_und_nichts_wird_geschrieben(client):
    county()
    sit_down(client)
    wrong = {**VALUES, "funding_starts": "01.01.2019", "territories": [], "organisation": ""}
    page = text(client.post(NEW, wrong))
    assert "Bitte auch Orte ankreuzen" in page
    assert "Bitte einen Träger wählen" in page
    late = text(client.post(NEW, {**VALUES, "funding_starts": "01.01.2019"}))
    assert "Das Ende muss nach dem Beginn liegen." in late
    assert not Structure.objects.filter(name="Lesepaten").exists()


def test_ein_aehnlicher_name_wird_gemeldet_und_laesst_sich_trotzdem_speichern(client):
    county()
    sit_down(client)
    double = {**VALUES, "name": "Sprachcaffee 0"}
    page = text(client.post(NEW, double))
    assert "Gibt es schon:" in page
    assert "Sprachcafé 0 (Träger 0)" in page
    assert not Structure.objects.filter(name="Sprachcaffee 0").exists()
    client.post(NEW, {**double, "trotzdem": "Sprachcaffee 0"})
    assert Structure.objects.filter(name="Sprachcaffee 0").exists()


@pytest.mark.parametrize(
    "typed", ["Sprachc", "sprachcafe", "Sprach-Café 0", "Sprachcafé 0 (Träger 0)"]
)
def test_beim_tippen_wird_gefunden_was_es_schon_gibt(client, typed):
    county()
    sit_down(client)
    assert "Sprachcafé 0 (Träger 0)" in text(client.get(SIMILAR, {"name": typed}))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Asylhelferkreis Rodach", "Unterstützerkreis Asyl Rodach"),
        ("JMD Coburg", "Jugendmigrationsdienst (JMD) Coburg"),
        ("LRA Coburg, FB 31 Jugendamt", "Jugendamt Landkreis Coburg FB 31"),
    ],
)
def test_beim_tippen_wird_gefunden_was_nur_anders_geschrieben_ist(client, typed, name):
    county()
    world.structure(name=name)
    sit_down(client)
    assert name in text(client.get(SIMILAR, {"name": typed}))


@pytest.mark.parametrize("typed", ["", "Spr", "Schwimmkurs", "Sprachcafé 7"])
def test_was_nicht_aehnlich_ist_wird_nicht_gemeldet(client, typed):
    county()
    sit_down(client)
    assert text(client.get(SIMILAR, {"name": typed})).strip() == ""


def test_lesende_legen_nichts_an(client):
    county()
    sit_down(client, role="reader")
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, VALUES).status_code == 403


# ---------------------------------------------------------------- actions


def test_die_vorschau_schreibt_nichts_und_sagt_was_die_deckung_verliert(client):
    county()
    sit_down(client)
    before = ChangeEvent.objects.count()
    page = text(client.post(ONE + "beenden/", {"until": "30.06.2017", "with_money": "on"}))
    assert "„Sprachcafé 0“ besteht bis 30.06.2017." in page
    assert "Deckung am 01.07.2017" in page
    assert '<td data-k="Danach"><span class="g-z g-z--luecke">' in page
    assert ChangeEvent.objects.count() == before
    assert Structure.objects.get(key="angebot_0").ends is None


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("beenden/", {"until": "30.06.2017", "with_money": "on"}),
        ("verlaengern/", {"until": "31.12.2018", "what": ["f_0"]}),
        (
            "ersetzen/",
            {
                "since": "01.07.2017",
                "name": "Treff",
                "organisation": "traeger_0",
                "with_money": "on",
            },
        ),
        ("teilen/", {"since": "01.07.2017", "name_1": "A", "name_2": "B"}),
    ],
)
def test_jede_handlung_wird_erst_gezeigt_dann_geschrieben_dann_zurueckgenommen(
    client, path, values
):
    county()
    sit_down(client)
    assert client.get(ONE + path).status_code == 200
    shares = {f"reach_{Reach.objects.get().pk}": ["0"], f"money_{Funding.objects.get().pk}": ["1"]}
    values = {**values, **shares, "reason": "Beschluss vom 1. Mai"}
    old = [Structure.objects.values().get(), Funding.objects.values().get()]
    answer = carried_out(client, ONE + path, values)
    assert "Beschluss vom 1. Mai" in text(answer)
    undo(client, answer)
    new = [Structure.objects.values().get(), Funding.objects.values().get()]
    for one in (*old, *new):
        del one["version"]
    assert new == old


def test_hat_sich_seit_der_vorschau_etwas_geaendert_wird_sie_neu_gezeigt(client):
    county()
    sit_down(client)
    values = {"until": "30.06.2017", "with_money": "on"}
    stamp = re.search(r'name="stempel" value="(\w+)"', text(client.post(ONE + "beenden/", values)))[
        1
    ]
    money = Funding.objects.get()
    with world.change(by="jemand", verb=world.Verb.CHANGED, of=money):
        money.ends = date(2019, 1, 1)
    page = text(client.post(ONE + "beenden/", {**values, "stempel": stamp}))
    assert "Inzwischen hat sich etwas geändert." in page
    assert Structure.objects.get().ends is None


def test_ein_doppelter_eintrag_wird_feld_fuer_feld_zusammengefuehrt(client):
    county(2)
    sit_down(client)
    path = ONE + "zusammenfuehren/"
    assert "Sprachcafé 1" not in text(client.get(path)).split("<h1>")[1].split("Suchen")[0]
    found = text(client.get(path, {"suche": "Sprachcafé 1"}))
    assert "mit=angebot_1" in found
    page = text(client.get(path, {"mit": "angebot_1"}))
    assert "Sprachcafé 0" in page
    assert "Sprachcafé 1" in page
    values = {"mit": "angebot_1", "name": "other", "organisation": "kept", "money": ["f_1"]}
    answer = carried_out(client, path, values)
    assert "was an „Sprachcafé 1“ hängt, kommt dazu" in text(answer)
    kept = Structure.objects.get()
    assert (kept.key, kept.name) == ("angebot_0", "Sprachcafé 1")
    assert sorted(line.key for line in kept.fundings.all()) == ["f_0", "f_1"]
    undo(client, answer)
    assert Structure.objects.count() == 2


def test_von_einem_befund_ueber_zwei_fuehrt_ein_weg_zum_zusammenfuehren(client):
    county(2)
    sit_down(client)
    answer = client.get(DESK + "bestand/zusammenfuehren/", {"a": "angebot_0", "b": "angebot_1"})
    assert answer.url.startswith(ONE + "zusammenfuehren/?mit=angebot_1")


def test_stimmt_noch_wird_mit_einem_klick_vermerkt(client):
    county()
    sit_down(client)
    answer = client.post(ONE + "bestaetigen/", follow=True)
    assert "Bestätigt: Sprachcafé 0 stimmt am 01.06.2017." in text(answer)
    assert Structure.objects.get().last_confirmed == date(2017, 6, 1)


@pytest.mark.parametrize(
    "path", ["beenden/", "verlaengern/", "ersetzen/", "teilen/", "zusammenfuehren/", "bestaetigen/"]
)
def test_wer_nur_liest_kann_nichts_davon(client, path):
    county()
    sit_down(client, role="reader")
    assert client.post(ONE + path, {"until": "30.06.2017"}).status_code == 403
    assert Structure.objects.get().last_confirmed is None


def test_ein_partner_handelt_nur_an_eigenen_strukturen(client):
    county(2)
    sit_down(client, role="partner", organisation=Organisation.objects.get(key="traeger_0"))
    assert client.get(ONE + "beenden/").status_code == 200
    assert client.get(ONE.replace("angebot_0", "angebot_1") + "beenden/").status_code == 403
    two = client.get(ONE + "zusammenfuehren/", {"mit": "angebot_1"})
    assert two.status_code == 403


# ------------------------------------------------- taking back one field


def changed_twice():
    one = Structure.objects.get(key="angebot_0")
    with world.change(by="jemand", verb=world.Verb.CHANGED, of=one):
        one.languages, one.fte = "türkisch", 2
    event = ChangeEvent.objects.filter(subject="register.Structure:angebot_0").latest("pk")
    return DESK + f"bestand/aenderungen/{event.pk}/"


def test_ein_feld_einer_aenderung_wird_zurueckgenommen_das_andere_bleibt(client):
    county()
    sit_down(client)
    path = changed_twice()
    answer = client.post(path, {"feld": "languages", "zurueck": ONE}, follow=True)
    one = Structure.objects.get(key="angebot_0")
    assert (one.languages, one.fte) == ("", 2)
    assert "Zurückgenommen." in text(answer)


def test_was_im_weg_steht_wird_gesagt(client):
    county()
    sit_down(client)
    path = changed_twice()
    one = Structure.objects.get(key="angebot_0")
    with world.change(by="jemand", verb=world.Verb.CHANGED, of=one):
        one.languages = "arabisch"
    answer = client.post(path, {"feld": "languages", "zurueck": ONE}, follow=True)
    assert "Sprachen wurde inzwischen" in text(answer)
    assert Structure.objects.get(key="angebot_0").languages == "arabisch"


def test_lesende_nehmen_nichts_zurueck(client):
    county()
    path = changed_twice()
    sit_down(client, role="reader")
    assert client.post(path, {"feld": "languages"}).status_code == 403
    assert Structure.objects.get(key="angebot_0").languages == "türkisch"
