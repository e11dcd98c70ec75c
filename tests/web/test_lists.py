"""The five lists of the inventory: search, order, columns, views, bulk change, export."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import world
from tests.web.desk import DESK, county, sit_down, text

from gelingen.access.models import Membership
from gelingen.history.models import ChangeEvent
from gelingen.register.models import Funding, Organisation, Reach, Structure
from gelingen.transfer.imports import preview_import

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_day")]
BASE = DESK + "bestand/"
LISTS = {
    "": "structure",
    "organisationen/": "organisation",
    "finanzierungen/": "funding",
    "zustaendigkeiten/": "responsibility",
    "zusammenarbeit/": "cooperation",
}
BULK = BASE + "sammeln/structure/"


def names(page):
    rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', page)
    return [re.sub(r"<span.*?</span>|<[^>]*>", "", row) for row in rows]


def listed(client, path=""):
    return names(text(client.get(BASE + path)))


def heads(page):
    return re.findall(r'<th scope="col"[^>]*>(?:<[^>]*>)*([^<]*)', page)


def everything(number=1):
    county(number)
    for position in range(number):
        owner = Organisation.objects.get(key=f"traeger_{position}")
        world.responsibility(key=f"zu_{position}", organisation=owner)
        world.cooperation(key=f"co_{position}", a=owner)


# What it costs


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_costs_the_same_whatever_the_number_of_records(client, number):
    everything(number)
    sit_down(client)
    found = {}
    for path in (*LISTS, "ansichten/structure/"):
        client.get(BASE + path)
        with CaptureQueriesContext(connection) as statements:
            client.get(BASE + path)
        found[path] = len(statements)
    assert found == {
        "": 5,
        "organisationen/": 5,
        "finanzierungen/": 5,
        "zustaendigkeiten/": 5,
        "zusammenarbeit/": 5,
        "ansichten/structure/": 4,
    }


# Search


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Sprachcaffee", ["Sprach-Café"]),
        ("sprachcafe", ["Sprach-Café"]),
        ("AWO", ["Bürgertreff"]),
        ("Burgertreff", ["Bürgertreff"]),
        ("arbeiterwohlfart", ["Bürgertreff"]),
    ],
)
def test_search_forgives(client, typed, found):
    owner = world.organisation(name="Arbeiterwohlfahrt, Kreisverband")
    world.structure(name="Bürgertreff", organisation=owner)
    world.structure(name="Sprach-Café")
    sit_down(client)
    assert listed(client, f"?suche={typed}") == found


def test_what_is_only_similar_is_called_so(client):
    world.structure(name="Wohnraumlotse")
    sit_down(client)
    page = text(client.get(BASE + "?suche=Wohnruamlotse"))
    assert names(page) == ["Wohnraumlotse"]
    assert "Kein genauer Treffer" in page


def test_without_a_hit_the_likeliest_name_is_a_way_on(client):
    world.structure(name="Sprachcafé")
    sit_down(client)
    page = text(client.get(BASE + "?suche=Schbrachkafeh&ebene="))
    proposed = re.search(r'Meinten Sie <a href="(\?[^"]*)">„Sprachcafé“', page)[1]
    assert listed(client, proposed) == ["Sprachcafé"]


# Order and columns


def test_what_is_not_known_stands_last_in_both_directions(client):
    for name, fte in (("B", 2), ("A", None), ("C", 1)):
        world.structure(name=name, fte=fte)
    sit_down(client)
    assert listed(client, "?ordnung=vzae") == ["C", "B", "A"]
    assert listed(client, "?ordnung=-vzae") == ["B", "C", "A"]


@pytest.mark.parametrize("path", LISTS)
def test_every_column_of_every_list_sorts(client, path):
    everything(2)
    sit_down(client)
    page = text(client.get(BASE + path))
    every = set(re.findall(r'name="spalten" value="(\w+)"', page))
    assert len(every) > 6
    wide = BASE + path + "?spalten=" + ",".join(sorted(every))
    offered = set(re.findall(r"ordnung=-?(\w+)", text(client.get(wide)))) - {"name"}
    assert offered == every
    for order in offered:
        for way in ("", "-"):
            assert client.get(f"{wide}&ordnung={way}{order}").status_code == 200


def test_the_address_chooses_columns_and_filters_keep_them(client):
    everything()
    sit_down(client)
    page = text(client.get(BASE + "?spalten=vzae&spalten=ende"))
    assert heads(page) == ["Struktur", "VZÄ", "Ende", "Aktion"]
    assert '<input type="hidden" name="spalten" value="vzae,ende"' in page
    assert heads(text(client.get(BASE + "?spalten=vzae,ende"))) == heads(page)
    assert heads(text(client.get(BASE + "?spalten=unsinn"))) == heads(text(client.get(BASE)))


# Filters


def test_filters_of_each_list(client):
    everything(2)
    world.funding(
        key="f_spaet", programme="Später", structure=Structure.objects.get(key="angebot_0"),
        ends=date(2020, 1, 1), state="applied", funder=world.organisation(key="land", name="Land"),
    )  # fmt: skip
    sit_down(client)
    assert listed(client, "finanzierungen/?endet=31.12.2017") == ["Programm 0", "Programm 1"]
    assert listed(client, "finanzierungen/?endet=30.12.2017") == []
    assert listed(client, "finanzierungen/?geld=applied") == ["Später"]
    assert listed(client, "finanzierungen/?geldgeber=land") == ["Später"]
    assert listed(client, "organisationen/?suche=land") == ["Land"]
    assert len(listed(client, "zustaendigkeiten/?stelle=traeger_1")) == 1
    assert len(listed(client, "zusammenarbeit/?stelle=amt")) == 2
    assert listed(client, "?geld=secured&thema=sprache") == ["Sprachcafé 0", "Sprachcafé 1"]


def test_an_entry_counts_as_confirmed_for_twelve_months(client):
    world.structure(name="Alt", last_confirmed=date(2016, 6, 1))
    world.structure(name="Jung", last_confirmed=date(2016, 6, 2))
    sit_down(client)
    assert listed(client, "?eintrag=confirmed") == ["Jung"]
    assert listed(client, "?eintrag=to-confirm") == ["Alt"]
    assert "bestätigt 06/16" in text(client.get(BASE))


def test_what_is_over_is_shown_on_request_and_says_so(client):
    world.structure(name="Früher", ends=date(2017, 1, 1), ends_kind="stated")
    world.structure(name="Heute")
    sit_down(client)
    assert listed(client, "?zeigen=alle") == ["Früher", "Heute"]
    assert 'g-z--beendet">beendet' in text(client.get(BASE + "?zeigen=alle"))


def test_money_of_the_day_is_summed(client):
    county()
    one = Structure.objects.get()
    world.funding(structure=one, eur_per_year=1200)
    world.funding(structure=one, eur_total=300, starts=date(2017, 1, 1), ends=date(2018, 1, 1))
    world.funding(structure=one, eur_per_year=7000, state="applied")
    sit_down(client)
    for path in ("", "organisationen/"):
        assert '<td data-k="EUR im Jahr" class="g-zahl">1.500</td>' in text(client.get(BASE + path))


# Ways


def test_the_way_to_change_a_row_keeps_the_filter(client):
    everything()
    sit_down(client)
    page = text(client.get(BASE + "?thema=sprache&ebene=&stand=01.06.2017"))
    back = "?zurueck=/intern/09473/bestand/%3Fthema%3Dsprache"
    assert f"/intern/09473/eintrag/structure/angebot_0/aendern/{back}" in page
    assert f"/intern/09473/eintrag/structure/neu/{back}" in page
    assert f"/intern/09473/bestand/strukturen/angebot_0/{back}" in page


def test_a_reader_sees_lists_without_ways_to_change(client):
    everything()
    sit_down(client, role="reader")
    for path in LISTS:
        page = text(client.get(BASE + path))
        for words in ("Ändern", "anlegen", "Liste ausgeben", 'name="wahl"', 'id="sammel"'):
            assert words not in page


def test_a_partner_ticks_and_changes_own_rows_only(client):
    county(2)
    sit_down(client, role="partner", organisation=Organisation.objects.get(key="traeger_1"))
    page = text(client.get(BASE))
    assert re.findall(r'name="wahl" value="(\w+)"', page) == ["angebot_1"]
    assert re.findall(r"structure/(\w+)/aendern/", page) == ["angebot_1"]


# Views


def test_a_view_keeps_the_address_without_the_day_of_the_installation(client):
    everything()
    sit_down(client)
    page = text(client.get(BASE + "?thema=sprache&ebene=&stand=01.06.2017&spalten=ende"))
    query = re.search(r'name="query" value="([^"]*)"', page)[1].replace("&amp;", "&")
    assert query == "thema=sprache&spalten=ende"
    given = {"name": "Sprache", "query": query, "zurueck": BASE}
    answer = client.post(BASE + "ansichten/structure/", given, follow=True)
    assert "Ansicht „Sprache“ gespeichert." in text(answer)
    assert f'<a href="{BASE}?thema=sprache&amp;spalten=ende">Sprache</a>' in text(answer)


def test_a_name_given_twice_is_refused_at_its_field(client):
    everything()
    sit_down(client)
    given = {"name": "Meine", "query": "a=1"}
    client.post(BASE + "ansichten/structure/", given)
    answer = client.post(BASE + "ansichten/structure/", given)
    assert answer.status_code == 422
    assert "Eine Ansicht mit diesem Namen haben Sie schon." in text(answer)


def test_views_are_renamed_and_removed(client):
    everything()
    sit_down(client)
    manage = BASE + "ansichten/structure/"
    client.post(manage, {"name": "Alt", "query": "a=1"})
    one = re.search(r'action="([^"]*/structure/\d+/)"', text(client.get(manage)))[1]
    assert "„Neu“ gespeichert" in text(client.post(one, {"name": "Neu"}, follow=True))
    assert "„Neu“ gelöscht" in text(client.post(one, {"loeschen": "ja"}, follow=True))
    assert client.post(one, {"name": "x"}).status_code == 404


# Bulk change


def ticked(client, deed, *keys, path=BULK, **given):
    return client.post(path, {"tat": deed, "wahl": list(keys), "zurueck": BASE, **given})


def write(client, deed, *keys, path=BULK, **given):
    """Go through the preview to the writing, as the page does."""
    preview = text(ticked(client, deed, *keys, path=path, vorschau="ja", **given))
    stamp = re.search(r'name="stempel" value="(\w+)"', preview)[1]
    answer = ticked(client, deed, *keys, path=path, vorschau="ja", stempel=stamp, **given)
    return preview, client.get(answer.headers["Location"])


def test_nothing_ticked_is_said(client):
    county()
    sit_down(client)
    answer = client.post(BULK, {"tat": "confirm", "zurueck": BASE}, follow=True)
    assert "Bitte zuerst in der Liste Einträge ankreuzen." in text(answer)


def test_confirming_shows_what_changes_and_writes_it_as_one_undertaking(client):
    county(3)
    sit_down(client)
    Structure.objects.get(key="angebot_0")
    preview = text(ticked(client, "confirm", "angebot_0", "angebot_2"))
    assert "2 Änderungen. Noch ist nichts geschrieben." in preview
    assert not Structure.objects.filter(last_confirmed__isnull=False).exists()
    _, page = write(client, "confirm", "angebot_0", "angebot_2")
    assert "Gespeichert: 2 Strukturen, bestätigen." in text(page)
    done = Structure.objects.filter(last_confirmed=date(2017, 6, 1))
    assert [one.key for one in done] == ["angebot_0", "angebot_2"]
    events = ChangeEvent.objects.filter(verb="confirmed")
    assert (events.count(), events.values("batch").distinct().count()) == (2, 1)


def test_undo_takes_the_whole_bulk_back(client):
    county(2)
    sit_down(client)
    _, page = write(client, "retire", "angebot_0", "angebot_1", last="31.12.2018")
    assert set(Structure.objects.values_list("ends", flat=True)) == {date(2019, 1, 1)}
    undo = re.search(r'action="([^"]*zuruecknehmen[^"]*)"', text(page))[1]
    client.post(undo)
    assert set(Structure.objects.values_list("ends", "ends_kind")) == {(None, "unknown")}


def test_what_stays_as_it_is_says_why(client):
    world.structure(key="neu", name="Neu", starts=date(2020, 1, 1))
    world.structure(key="alt", name="Alt", ends=date(2017, 1, 1), ends_kind="stated")
    world.structure(key="da", name="Da")
    sit_down(client)
    preview, page = write(client, "retire", "neu", "alt", "da", last="31.12.2018")
    assert "Gespeichert: 1 Struktur, Ende setzen." in text(page)
    assert "Eine Änderung, 2 Einträge bleiben, wie sie sind." in preview
    assert "Beginnt erst am 01.01.2020." in preview
    assert "Endet schon am 31.12.2016." in preview
    assert Structure.objects.get(key="da").ends == date(2019, 1, 1)


def test_what_changed_since_the_preview_is_shown_again_and_not_written(client):
    county()
    sit_down(client)
    preview = text(ticked(client, "confirm", "angebot_0"))
    stamp = re.search(r'name="stempel" value="(\w+)"', preview)[1]
    write(client, "retire", "angebot_0", last="31.12.2018")
    answer = ticked(client, "confirm", "angebot_0", stempel=stamp)
    assert "Inzwischen hat jemand einen dieser Einträge geändert." in text(answer)
    assert Structure.objects.get().last_confirmed is None


def test_a_topic_is_added_for_the_same_people_and_places(client):
    county(2)
    world.topic(key="arbeit", name="Arbeit")
    world.structure(key="leer", name="Leer")
    sit_down(client)
    preview, _ = write(client, "topic", "angebot_0", "leer", topic="arbeit")
    assert "Hat keine Reichweite" in preview
    lines = Reach.objects.filter(structure__key="angebot_0").order_by("topic__key")
    assert [(r.topic.key, r.target_group.key, r.territory.key) for r in lines] == [
        ("arbeit", "frauen", "09473112"),
        ("sprache", "frauen", "09473112"),
    ]
    again, _ = text(ticked(client, "topic", "angebot_0", vorschau="ja", topic="arbeit")), None
    assert "Keine Änderungen, ein Eintrag bleibt, wie er ist." in again


def test_a_topic_takes_the_place_of_another(client):
    county(2)
    world.topic(key="arbeit", name="Arbeit")
    sit_down(client)
    write(client, "topic", "angebot_0", topic="arbeit", instead="sprache")
    assert [r.topic.key for r in Reach.objects.order_by("key")] == ["arbeit", "sprache"]


def test_structures_are_handed_over_to_another_organisation(client):
    county(2)
    sit_down(client)
    preview, _ = write(client, "lead", "angebot_0", "angebot_1", organisation="traeger_1")
    assert "Ist schon bei Träger 1." in preview
    assert {s.organisation.key for s in Structure.objects.all()} == {"traeger_1"}


def test_a_value_that_is_missing_is_asked_for_and_wrong_ones_are_told(client):
    county()
    sit_down(client)
    first = ticked(client, "retire", "angebot_0")
    assert (first.status_code, "Letzter Tag" in text(first)) == (200, True)
    wrong = text(ticked(client, "retire", "angebot_0", vorschau="ja", last="bald"))
    assert "Bitte als Tag.Monat.Jahr" in wrong
    assert "stempel" not in wrong


def test_a_partner_changes_own_records_only_and_hands_nothing_to_others(client):
    county(2)
    sit_down(client, role="partner", organisation=Organisation.objects.get(key="traeger_1"))
    preview, _ = write(client, "confirm", "angebot_0", "angebot_1")
    assert "Sie dürfen diesen Eintrag nicht ändern." in preview
    assert [s.key for s in Structure.objects.filter(last_confirmed__isnull=False)] == ["angebot_1"]
    given = {"vorschau": "ja", "organisation": "traeger_0"}
    assert ticked(client, "lead", "angebot_1", **given).status_code == 403


@pytest.mark.parametrize(
    ("kind", "deed"), [("organisation", "confirm"), ("funding", "topic"), ("cooperation", "lead")]
)
def test_what_makes_no_sense_for_a_kind_does_not_exist(client, kind, deed):
    everything()
    sit_down(client)
    path = f"{BASE}sammeln/{kind}/"
    assert ticked(client, deed, "x", path=path).status_code == 404


def test_every_list_offers_only_what_can_be_done(client):
    everything()
    topic = world.topic(key="arbeit", name="Arbeit")
    sit_down(client)
    asked = {"retire": {"last": "31.12.2016"}, "topic": {"topic": topic.key},
             "lead": {"organisation": "amt"}, "confirm": {}}  # fmt: skip
    for path, kind in LISTS.items():
        page = text(client.get(BASE + path))
        key = re.search(r'name="wahl" value="([^"]+)"', page)[1]
        deeds = re.findall(r'name="tat" value="(\w+)"', page)
        assert deeds
        for deed in deeds:
            answer = ticked(
                client, deed, key, path=f"{BASE}sammeln/{kind}/", vorschau="ja", **asked[deed]
            )
            assert "Eine Änderung. Noch ist nichts geschrieben." in text(answer)


def test_ein_ende_in_ferner_zukunft_wird_am_feld_abgelehnt(client):
    county()
    sit_down(client)
    answer = ticked(client, "retire", "angebot_0", vorschau="ja", last="31.12.9999")
    assert "zwischen 1900 und 2199" in text(answer)


# Export


def exported(client, path, query, folder):
    answer = client.get(f"{BASE}ausgabe/{path}/{query}")
    assert answer.status_code == 200
    file = Path(folder) / "liste.xlsx"
    file.write_bytes(answer.content)
    return file


@pytest.mark.parametrize("kind", LISTS.values())
def test_reading_an_exported_list_in_again_changes_nothing(client, tmp_path, kind):
    everything(2)
    world.organisation(key="unit", name="Einheit", above=Organisation.objects.get(key="traeger_0"))
    world.funding(programme="", funder=Organisation.objects.get(key="unit"), ends=None)
    sit_down(client)
    # A day that is written down is stated; the small county of the tests leaves that out.
    funding = f"{BASE}sammeln/funding/"
    write(client, "retire", "f_0", "f_1", path=funding, last="31.12.2016")
    file = exported(client, kind, "?zeigen=alle", tmp_path)
    preview = preview_import(world.OPERATOR, file, tenant=world.tenant())
    assert [p for p in preview.book.problems if p.serious] == []
    assert [part.differences for part in preview.sheets if part.differences] == []
    assert preview.empty
    assert [part.sheet.name for part in preview.sheets if part.untouched] == [kind]


def test_the_export_holds_exactly_what_is_shown(client, tmp_path):
    county(3)
    sit_down(client)
    query = "?suche=Sprachcaffee&traeger=&ordnung=-name&stand=01.06.2017"
    shown = listed(client, query)
    sheets = preview_import(
        world.OPERATOR, exported(client, "structure", query, tmp_path), tenant=world.tenant()
    ).book.rows
    assert [row.values["name"] for row in sheets["structure"]] == shown
    assert shown == ["Sprachcafé 2", "Sprachcafé 1", "Sprachcafé 0"]
    few = exported(client, "structure", "?traeger=traeger_1", tmp_path)
    rows = preview_import(world.OPERATOR, few, tenant=world.tenant()).book.rows["structure"]
    assert [row.key for row in rows] == ["angebot_1"]


def test_who_may_not_exchange_gets_no_file(client):
    county()
    sit_down(client, role="planner")
    assert client.get(BASE + "ausgabe/structure/").status_code == 403
    assert client.get(BASE + "ausgabe/unsinn/").status_code == 404


# Extending


def test_a_funding_is_extended_from_its_result_and_comes_back_there(client):
    county()
    sit_down(client)
    url = BASE + "finanzierungen/f_0/verlaengern/"
    page = text(client.get(url))
    assert 'value="31.12.2018"' in page
    back = DESK + "suche/?q=programm"
    answer = client.post(url, {"until": "2019", "zurueck": back}, follow=True)
    assert answer.redirect_chain == [(back, 302)]
    assert "Verlängert: Programm 0 bis 31.12.2019." in text(answer)
    assert Funding.objects.get().ends == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("31.12.2016", "muss nach dem 31.12.2017 liegen"),
        ("bald", "zum Beispiel"),
        ("", "ausfüllen"),
    ],
)
def test_an_end_that_makes_no_sense_is_refused_at_its_field(client, typed, words):
    county()
    sit_down(client)
    answer = client.post(BASE + "finanzierungen/f_0/verlaengern/", {"until": typed})
    assert (answer.status_code, words in text(answer)) == (422, True)


def test_who_may_not_change_money_may_not_extend_it(client):
    county()
    sit_down(client, role="reader")
    assert client.get(BASE + "finanzierungen/f_0/verlaengern/").status_code == 403


@pytest.mark.parametrize("path", ["finanzierungen/f_0/verlaengern/", "?suche=Sprachcafé"])
def test_another_tenant_sees_nothing_of_it(client, path):
    county()
    person = sit_down(client, at=world.tenant("09463", "Stadt Coburg"))
    assert Membership.objects.get(user=person).tenant_id == "09463"
    answer = client.get("/intern/09463/bestand/" + path)
    assert "Programm 0" not in text(answer)
    assert "angebot_0" not in text(answer)


# Every page


@pytest.mark.parametrize(
    "path",
    [
        *LISTS,
        "finanzierungen/f_0/verlaengern/",
        "ansichten/structure/",
        "ausgabe/structure/",
        "sammeln/structure/",
    ],
)
def test_without_signing_in_or_in_another_tenant_there_is_no_page(client, path):
    everything()
    assert client.get(BASE + path).headers["Location"].startswith("/anmelden/")
    sit_down(client, at=world.tenant("09463", "Stadt Coburg"))
    assert client.get(BASE + path).status_code == 404
    assert client.post(BASE + path).status_code == 404


@pytest.mark.parametrize("path", [*LISTS, "finanzierungen/f_0/verlaengern/"])
def test_a_page_has_one_title(client, path):
    everything()
    sit_down(client)
    assert text(client.get(BASE + path)).count("<h1") == 1


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_offers_the_next_step(client, path):
    world.tenant()
    sit_down(client)
    page = text(client.get(BASE + path))
    assert "Noch nichts" in page
    assert f"eintrag/{LISTS[path]}/neu/" in page
