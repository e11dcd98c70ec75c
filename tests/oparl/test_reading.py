"""Gespeicherte OParl-Antworten lesen: was verstanden wird, und wie Fehler benannt werden."""

import io
import json
import zipfile
from datetime import date, time

import pytest

from gelingen.oparl import reading
from gelingen.oparl.importing import is_body, kind_of
from gelingen.oparl.reading import BrokenAnswersError, FoundBody, read_answers, unpacked
from gelingen.terms.boards import BodyKind

RIS = "https://ris.example.org/oparl/"


def organization(number=1, **fields):
    return {
        "id": f"{RIS}organization/{number}",
        "type": "https://schema.oparl.org/1.1/Organization",
        "name": "Kreistag",
        "modified": "2017-05-01T10:00:00+02:00",
    } | fields


def meeting(number=1, **fields):
    return {
        "id": f"{RIS}meeting/{number}",
        "type": "https://schema.oparl.org/1.1/Meeting",
        "name": "3. Sitzung des Kreistags",
        "start": "2017-06-20T15:00:00+00:00",
        "end": "2017-06-20T19:00:00+02:00",
        "organization": [f"{RIS}organization/1"],
        "modified": "2017-05-01T10:00:00+02:00",
    } | fields


def read(*contents):
    return read_answers((f"{n}.json", json.dumps(one).encode()) for n, one in enumerate(contents))


def refusal(*contents):
    with pytest.raises(BrokenAnswersError) as caught:
        read(*contents)
    return str(caught.value)


def test_einzelne_objekte_listenseiten_und_listen_werden_gelesen():
    page = {"data": [organization(2), meeting(2)], "links": {}, "pagination": {}}
    found = read(organization(1), page, [meeting(3)])
    assert list(found.bodies) == [f"{RIS}organization/1", f"{RIS}organization/2"]
    assert list(found.meetings) == [f"{RIS}meeting/2", f"{RIS}meeting/3"]


def test_auch_die_fassung_1_0_wird_gelesen():
    found = read(organization(type="https://oparl.org/schema/1.0/Organization"))
    assert len(found.bodies) == 1


def test_eine_sitzung_hat_tag_und_uhrzeit_ihres_ortes():
    (found,) = read(meeting()).meetings.values()
    assert (found.day, found.begins, found.until) == (date(2017, 6, 20), time(17), time(19))


def test_mitternacht_heisst_dass_nur_der_tag_bekannt_ist():
    (found,) = read(meeting(start="2017-06-20T00:00:00+02:00")).meetings.values()
    assert (found.day, found.begins, found.until) == (date(2017, 6, 20), None, None)


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ({"description": "Landratsamt,\nSaal 1"}, "Landratsamt, Saal 1"),
        (
            {
                "room": "Saal 1",
                "streetAddress": "Weg 2",
                "postalCode": "96450",
                "locality": "Coburg",
            },
            "Saal 1, Weg 2, 96450 Coburg",
        ),
        (f"{RIS}location/7", "Rathaus"),
        (f"{RIS}location/8", ""),
        (None, ""),
    ],
)
def test_der_ort_wird_eine_zeile(location, place):
    of = {"id": f"{RIS}location/7", "type": "https://schema.oparl.org/1.1/Location",
          "description": "Rathaus"}  # fmt: skip
    (found,) = read(meeting(location=location), of).meetings.values()
    assert found.place == place


def test_was_geloescht_ist_oder_keinen_tag_hat_wird_gezaehlt():
    gone = {"id": f"{RIS}meeting/9", "type": "https://schema.oparl.org/1.1/Meeting",
            "deleted": True}  # fmt: skip
    person = {"id": f"{RIS}person/1", "type": "https://schema.oparl.org/1.1/Person"}
    undated = meeting(5)
    del undated["start"]
    found = read([gone, person, undated, meeting(6)])
    assert (found.gone, found.undated, dict(found.others)) == (1, 1, {"Person": 1})
    assert len(found.meetings) == 1


def test_von_zwei_staenden_eines_objekts_zaehlt_der_neuere():
    older = organization(name="Alt", modified="2016-01-01T00:00:00+01:00")
    for given in ([older, organization()], [organization(), older]):
        (found,) = read(given).bodies.values()
        assert found.name == "Kreistag"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"data": [meeting(), meeting(start="morgen")]},
         "0.json: data[1].start: „morgen“ ist kein Zeitpunkt."),
        (meeting(end="spät"), "0.json: end: „spät“ ist kein Zeitpunkt."),
        (meeting(organization=[1]), "0.json: organization: hier werden Adressen von Gremien"),
        (meeting(location=5), "0.json: location: hier wird ein Ort oder seine Adresse erwartet."),
        ([organization(name=None)], "0.json: [0].name: fehlt."),
        (organization(name=7), "0.json: name: hier wird ein Text erwartet."),
        (organization(startDate="2017-13-01"), "0.json: startDate: „2017-13-01“ ist kein Tag."),
        (organization(startDate="2017-02-01", endDate="2017-01-01"),
         "0.json: endDate: liegt vor startDate."),
        (organization(id="17"), "0.json: id: fehlt oder ist keine Adresse."),
        ({"data": 5}, "0.json: data: hier wird ein Objekt oder eine Liste erwartet."),
        ([5], "0.json: [0]: hier wird ein Objekt erwartet."),
        ({"type": "https://schema.oparl.org/1.1/Person"}, "weder ein Gremium"),
        ([], "weder ein Gremium"),
    ],
)  # fmt: skip
def test_ein_fehler_nennt_datei_und_feld(content, said):
    assert said in refusal(content)


def test_alle_fehler_stehen_zusammen_da():
    said = refusal(*(meeting(start="x") for _ in range(12)))
    assert said.count("ist kein Zeitpunkt") == 10
    assert said.endswith("… und 2 weitere Stellen.")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"id": ', "a.json: ist kein JSON (Zeile 1, Spalte 8)."),
        ("{}".encode("utf-16"), "a.json: ist nicht in UTF-8 geschrieben."),
        (b"[" * 100_000, "a.json: ist zu tief verschachtelt."),
    ],
)
def test_was_kein_json_ist_wird_so_genannt(content, said):
    with pytest.raises(BrokenAnswersError) as caught:
        read_answers([("a.json", content)])
    assert str(caught.value) == said


def test_eine_gepackte_datei_wird_ausgepackt():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("ris/kreistag.json", json.dumps(organization()))
        file.writestr("bild.png", b"x")
    files = unpacked("ris.zip", packed.getvalue())
    assert [name for name, _ in files] == ["ris.zip/ris/kreistag.json"]
    assert len(read_answers(files).bodies) == 1


def test_eine_kaputt_gepackte_datei_wird_abgelehnt():
    with pytest.raises(BrokenAnswersError, match=r"ris\.zip lässt sich nicht entpacken"):
        unpacked("ris.zip", b"PK kaputt")


def test_was_ausgepackt_zu_gross_ist_wird_nicht_ausgepackt(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.json", b" " * 10_000)
    with pytest.raises(BrokenAnswersError, match="zu viel auf einmal"):
        unpacked("ris.zip", packed.getvalue())


def found(name="", classification="", kind=""):
    return FoundBody("https://x.example", name, kind, classification, "", None, None, "")


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (found("Kreistag", "Parlament"), BodyKind.COUNCIL),
        (found("Stadtrat"), BodyKind.COUNCIL),
        (found("Integrationsbeirat"), BodyKind.ADVISORY),
        (found("Ausschuss für Soziales"), BodyKind.COMMITTEE),
        (found("Runde", "Arbeitskreis"), BodyKind.WORKING_GROUP),
        (found("AG Sprache"), BodyKind.WORKING_GROUP),
        (found("Steuerungsgruppe"), BodyKind.STEERING),
        (found("Runde"), BodyKind.COMMITTEE),
    ],
)
def test_die_art_des_gremiums_folgt_aus_klasse_oder_name(given, kind):
    assert kind_of(given) == kind


@pytest.mark.parametrize(
    ("given", "body"),
    [
        (found("Kreistag", kind="Gremium"), True),
        (found("Kreistag"), True),
        (found("Partei X", kind="Partei"), False),
        (found("Fraktion X", "Fraktion"), False),
        (found("Jugendamt", kind="Verwaltungsbereich"), False),
    ],
)
def test_parteien_fraktionen_und_aemter_sind_keine_gremien(given, body):
    assert is_body(given) is body
