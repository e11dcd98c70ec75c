"""Broken, huge and hostile files end in one German sentence, quickly and in little memory."""

import contextlib
import resource
import time
import zipfile
from decimal import Decimal
from pathlib import Path

import odfdo
import pytest

from gelingen.errors import UserError
from gelingen.workbook import read_book, write_template
from gelingen.workbook.guard import UnreadableFileError
from tests.workbook.files import PLACES, repack, write_xlsx
from tests.workbook.sheets import SHEETS

SECONDS = 10
MEGABYTES = 300
SHEET = "xl/worksheets/sheet1.xml"
SHEET_XML = (
    '<?xml version="1.0"?><worksheet '
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{rows}</sheetData></worksheet>"
)
ODS_XML = (
    '<?xml version="1.0"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Orte">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "gut.xlsx", {"Orte": PLACES})


@pytest.fixture
def sound_ods(tmp_path: Path) -> Path:
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    document.body.append(odfdo.Table("Orte"))
    document.save(tmp_path / "gut.ods")
    return tmp_path / "gut.ods"


def refusal(path: Path) -> str:
    """Read a file that must be refused; gives the sentence."""
    begun = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UnreadableFileError) as caught:
        read_book(path, SHEETS, {})
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert time.perf_counter() - begun < SECONDS
    assert grown < MEGABYTES
    assert isinstance(caught.value, UserError)
    return str(caught.value)


def test_eine_fehlende_datei_wird_benannt(tmp_path: Path):
    assert "gibt es nicht" in refusal(tmp_path / "fehlt.xlsx")


def test_eine_leere_datei_wird_benannt(tmp_path: Path):
    (tmp_path / "leer.xlsx").touch()
    assert refusal(tmp_path / "leer.xlsx") == "Die Datei leer.xlsx ist leer."


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_eine_abgeschnittene_datei_ist_beschaedigt(tmp_path: Path, sound: Path, share: float):
    content = sound.read_bytes()
    cut = tmp_path / "kurz.xlsx"
    cut.write_bytes(content[: int(len(content) * share)])
    assert "beschädigt" in refusal(cut)


def test_ein_verdrehtes_byte_ist_kein_absturz(tmp_path: Path, sound: Path):
    content = sound.read_bytes()
    for place in range(0, len(content), max(1, len(content) // 150)):
        broken = tmp_path / "verdreht.xlsx"
        broken.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        with contextlib.suppress(UnreadableFileError):
            read_book(broken, SHEETS, {})


def test_ein_blatt_mit_abgeschnittenem_xml_ist_beschaedigt(tmp_path: Path, sound: Path):
    with zipfile.ZipFile(sound) as package:
        half = package.read(SHEET)[:-40]
    assert "beschädigt" in refusal(repack(sound, tmp_path / "halb.xlsx", {SHEET: half}))


def test_ein_pdf_ist_keine_tabelle(tmp_path: Path):
    for name in ("bericht.pdf", "bericht.xlsx", "bericht.csv"):
        (tmp_path / name).write_bytes(b"%PDF-1.7\n%...\n")
        assert "ist ein PDF" in refusal(tmp_path / name)


def test_ein_word_dokument_ist_keine_tabelle(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "text.docx", "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert "ein Word-Dokument" in refusal(tmp_path / "text.docx")


def test_ein_fremdes_archiv_ist_keine_tabelle(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("irgendwas.xml", "<w/>")
    assert "keine Arbeitsmappe" in refusal(tmp_path / "a.xlsx")


def test_ein_text_mit_falscher_endung_ist_keine_tabelle(tmp_path: Path):
    (tmp_path / "liste.xlsx").write_text("Kennung;Name", encoding="utf-8")
    assert "auch wenn sie so heißt" in refusal(tmp_path / "liste.xlsx")
    (tmp_path / "bild.png").write_bytes(b"\x89PNG\r\n")
    assert "Gelesen werden Dateien in den Formaten .xlsx, .ods und .csv." in refusal(
        tmp_path / "bild.png"
    )


def test_eine_alte_excel_datei_soll_neu_gespeichert_werden(tmp_path: Path):
    (tmp_path / "alt.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    assert "Bitte als Excel-Arbeitsmappe (.xlsx) speichern" in refusal(tmp_path / "alt.xlsx")


def test_eine_verschluesselte_excel_datei_braucht_kein_kennwort_zu_raten(tmp_path: Path):
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(6000)
    (tmp_path / "geheim.xlsx").write_bytes(head + "EncryptedPackage".encode("utf-16-le"))
    assert "mit einem Kennwort verschlüsselt" in refusal(tmp_path / "geheim.xlsx")


def test_eine_verschluesselte_ods_datei_wird_benannt(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "geheim.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", b"\x01\x02\x03")
        package.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="x"><m:entry><m:encryption-data/></m:entry></m:manifest>',
        )
    assert "mit einem Kennwort verschlüsselt" in refusal(tmp_path / "geheim.ods")


def test_eine_zip_bombe_wird_nicht_ausgepackt(tmp_path: Path, sound: Path):
    bomb = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(bomb, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        with new.open("xl/media/bild.xml", "w", force_zip64=True) as stream:
            for _ in range(400):
                stream.write(bytes(1024 * 1024))
    assert bomb.stat().st_size < 1_000_000
    assert "ausgepackt zu groß" in refusal(bomb)


def test_verdaechtig_dicht_gepacktes_wird_nicht_ausgepackt(tmp_path: Path, sound: Path):
    path = repack(sound, tmp_path / "dicht.xlsx", {"xl/media/bild.xml": bytes(30_000_000)})
    assert "ausgepackt zu groß" in refusal(path)


def test_eine_zip_bombe_die_ihre_groesse_verschweigt_ist_beschaedigt(tmp_path: Path, sound: Path):
    bomb = repack(sound, tmp_path / "bombe.xlsx", {SHEET: b" " * 40_000_000})
    content = bytearray(bomb.read_bytes())
    true_size, stated = (40_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert content.count(true_size) == 2
    bomb.write_bytes(bytes(content.replace(true_size, stated)))
    assert "beschädigt" in refusal(bomb)


@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_milliardenfaches_lachen_wird_nicht_entfaltet(tmp_path: Path, sound: Path, member: str):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]><x>&l9;</x>'
    path = repack(sound, tmp_path / "lachen.xlsx", {member: text.encode()})
    assert "eigene XML-Definitionen" in refusal(path)


def test_auch_in_anderer_kodierung_wird_nichts_entfaltet(tmp_path: Path, sound: Path):
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    path = repack(sound, tmp_path / "lachen.xlsx", {SHEET: text.encode("utf-16")})
    assert "eigene XML-Definitionen" in refusal(path)


def test_eine_xml_definition_in_ods_wird_abgelehnt(tmp_path: Path, sound_ods: Path):
    text = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    path = repack(sound_ods, tmp_path / "x.ods", {"content.xml": text.encode()})
    assert "eigene XML-Definitionen" in refusal(path)


def test_zehn_millionen_zellen_sind_zu_viele(tmp_path: Path, sound: Path):
    row = '<row r="{0}">' + "<c><v>1</v></c>" * 100 + "</row>"
    rows = "".join(row.format(n) for n in range(1, 100_001))
    path = tmp_path / "viel.xlsx"
    repack(sound, path, {SHEET: SHEET_XML.format(rows=rows).encode()})
    assert "zu viele Zellen" in refusal(path) or "ausgepackt zu groß" in refusal(path)


def test_zwei_weit_entfernte_zellen_spannen_kein_riesiges_blatt_auf(tmp_path: Path, sound: Path):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    rows += '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = repack(sound, tmp_path / "weit.xlsx", {SHEET: SHEET_XML.format(rows=rows).encode()})
    assert "weit außerhalb der Tabelle" in refusal(path)


def test_zellen_ausserhalb_jedes_blatts_werden_abgelehnt(tmp_path: Path, sound: Path):
    rows = '<row r="1"><c r="ZZZZZZ99999999999"><v>1</v></c></row>'
    path = repack(sound, tmp_path / "weit.xlsx", {SHEET: SHEET_XML.format(rows=rows).encode()})
    assert "weit außerhalb der Tabelle" in refusal(path)


def test_leere_formatierte_zellen_weit_unten_stoeren_nicht(tmp_path: Path, sound: Path):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>AGS</t></is></c>'
    rows += '<c r="B1" t="inlineStr"><is><t>Name</t></is></c></row>'
    rows += '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    path = repack(sound, tmp_path / "weit.xlsx", {SHEET: SHEET_XML.format(rows=rows).encode()})
    assert read_book(path, SHEETS, {}).rows == {"places": ()}


def test_ein_langer_gemeinsamer_text_wird_nicht_vervielfacht(tmp_path: Path, sound: Path):
    long = "<sst xmlns='x'><si><t>" + "a" * 1_000_000 + "</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 3000))
    changes = {
        SHEET: SHEET_XML.format(rows=cells).encode(),
        "xl/sharedStrings.xml": long.encode(),
    }
    assert "zu lang" in refusal(repack(sound, tmp_path / "lang.xlsx", changes))


def test_wiederholte_zellen_einer_ods_werden_nicht_vervielfacht(tmp_path: Path, sound_ods: Path):
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}<text:p>x</text:p>'
    rows += "</table:table-cell></table:table-row>"
    changes = {"content.xml": ODS_XML.format(rows=rows).encode()}
    assert "zu viele Zellen" in refusal(repack(sound_ods, tmp_path / "x.ods", changes))


def test_leere_wiederholte_zeilen_einer_ods_stoeren_nicht(tmp_path: Path, sound_ods: Path):
    cell = '<table:table-cell office:value-type="string"><text:p>{0}</text:p></table:table-cell>'
    rows = "<table:table-row>" + cell.format("AGS") + cell.format("Name") + "</table:table-row>"
    rows += '<table:table-row table:number-rows-repeated="1048575">'
    rows += '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    changes = {"content.xml": ODS_XML.format(rows=rows).encode()}
    path = repack(sound_ods, tmp_path / "x.ods", changes)
    assert read_book(path, SHEETS, {}).rows == {"places": ()}


def test_eine_ods_zeigt_anteile_und_verbundene_zellen(tmp_path: Path, sound_ods: Path):
    cell = '<table:table-cell office:value-type="string"{1}><text:p>{0}</text:p></table:table-cell>'
    spanned = ' table:number-rows-spanned="2"'
    rows = [
        "".join(cell.format(head, "") for head in ("Kennung", "Angebot", "Anteil")),
        cell.format("a", "")
        + cell.format("Kurs", spanned)
        + '<table:table-cell office:value-type="percentage" office:value="0.155"/>',
        cell.format("b", "") + "<table:covered-table-cell/>",
    ]
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = ODS_XML.format(rows=lines).replace("Orte", "Angebote")
    path = repack(sound_ods, tmp_path / "x.ods", {"content.xml": content.encode()})
    read = [(row.key, row.values["name"], row.values["share"]) for row in _offers(path)]
    assert read == [("a", "Kurs", Decimal("15.5")), ("b", "Kurs", None)]


def _offers(path: Path):
    return read_book(path, SHEETS, {}).rows["offers"]


def test_ein_wort_aus_milliarden_leerzeichen_wird_nicht_geschrieben(
    tmp_path: Path, sound_ods: Path
):
    rows = '<table:table-row><table:table-cell office:value-type="string"><text:p>'
    rows += '<text:s text:c="4000000000"/></text:p></table:table-cell></table:table-row>'
    changes = {"content.xml": ODS_XML.format(rows=rows).encode()}
    assert "zu lang" in refusal(repack(sound_ods, tmp_path / "x.ods", changes))


def test_unsinnige_zaehler_sind_kein_absturz(tmp_path: Path, sound: Path):
    for count in ("99999999999999999999", "-1", "x", "9" * 5000):
        sst = f'<sst xmlns="x" count="{count}" uniqueCount="{count}"><si><t>a</t></si></sst>'
        rows = f'<row r="{count}"><c r="A{count}" s="{count}" t="s"><v>{count}</v></c></row>'
        changes = {
            SHEET: SHEET_XML.format(rows=rows).encode(),
            "xl/sharedStrings.xml": sst.encode(),
        }
        path = repack(sound, tmp_path / "zahl.xlsx", changes)
        assert refusal(path).endswith(".")


def test_doppelte_teile_im_archiv_werden_abgelehnt(tmp_path: Path, sound: Path):
    path = repack(sound, tmp_path / "doppelt.xlsx", {SHEET.upper(): b"<x/>"})
    assert "Teile kommen doppelt vor" in refusal(path)


def test_ein_absturz_des_lesers_bleibt_still(tmp_path: Path, sound: Path, capfd):
    changes = {"xl/workbook.xml": b'<workbook xmlns="x"><sheets><sheet/></sheets></workbook>'}
    with contextlib.suppress(UnreadableFileError):
        read_book(repack(sound, tmp_path / "x.xlsx", changes), SHEETS, {})
    assert capfd.readouterr().err == ""


def test_null_zeichen_in_csv_werden_abgelehnt(tmp_path: Path):
    (tmp_path / "Orte.csv").write_bytes(b"AGS;Name\r\n09473;Co\0burg\r\n")
    assert "CSV UTF-8" in refusal(tmp_path / "Orte.csv")
    assert "CSV UTF-8" in refusal(tmp_path)


def test_ein_offenes_anfuehrungszeichen_verschluckt_nicht_den_rest(tmp_path: Path):
    (tmp_path / "Orte.csv").write_text('AGS;Name\r\n09473;"Coburg\r\n09474;X\r\n', "utf-8")
    assert "schließendes Anführungszeichen" in refusal(tmp_path)


def test_eine_zu_grosse_datei_wird_nicht_gelesen(tmp_path: Path):
    with (tmp_path / "Orte.csv").open("wb") as stream:
        stream.truncate(60 * 1024 * 1024)
    assert "Gelesen werden höchstens 50 MB" in refusal(tmp_path)


def test_viele_millionen_trennzeichen_werden_nicht_zerlegt(tmp_path: Path):
    (tmp_path / "Orte.csv").write_bytes(b"AGS;Name\r\n" + b";" * 5_000_000)
    assert "hat mehr als 1500000 Zellen" in refusal(tmp_path)


def test_viele_grosse_dateien_sind_zusammen_zu_gross(tmp_path: Path):
    for number in range(4):
        with (tmp_path / f"{number}.csv").open("wb") as stream:
            stream.truncate(20 * 1024 * 1024)
    assert refusal(tmp_path).startswith("Die Dateien sind zusammen 80 MB groß.")


def test_eine_fehlerzelle_wird_benannt(tmp_path: Path, sound: Path):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>AGS</t></is></c>'
    rows += '<c r="B1" t="inlineStr"><is><t>Name</t></is></c></row>'
    rows += '<row r="2"><c r="A2"><v>9473</v></c>'
    rows += '<c r="B2" t="e"><f>X1</f><v>#REF!</v></c></row>'
    path = repack(sound, tmp_path / "f.xlsx", {SHEET: SHEET_XML.format(rows=rows).encode()})
    book = read_book(path, SHEETS, {})
    assert [(p.cell, p.serious) for p in book.problems] == [("B2", True)]
    assert book.problems[0].remedy.startswith("Die Formel hat keinen gültigen Wert.")


def test_ein_ordner_ohne_tabellen_wird_benannt(tmp_path: Path):
    assert "keine .csv-Dateien" in refusal(tmp_path)


def test_eine_formel_wird_nie_ausgefuehrt_sondern_ihr_wert_gelesen(tmp_path: Path, sound: Path):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>AGS</t></is></c>'
    rows += '<c r="B1" t="inlineStr"><is><t>Name</t></is></c></row>'
    rows += '<row r="2"><c r="A2" t="str"><f>A9</f><v>09473</v></c>'
    rows += '<c r="B2"><f>DDE("cmd";"/c calc")</f></c></row>'
    path = repack(sound, tmp_path / "f.xlsx", {SHEET: SHEET_XML.format(rows=rows).encode()})
    book = read_book(path, SHEETS, {})
    assert [row.key for row in book.rows["places"]] == ["09473"]
    assert [(p.cell, p.remedy[:35]) for p in book.problems] == [
        ("B2", "Die Formel hat keinen gültigen Wert")
    ]


def test_verweise_auf_andere_dateien_werden_gemeldet_und_nicht_verfolgt(
    tmp_path: Path, sound: Path
):
    link = "<externalLink xmlns='x'/>"
    changes = {"xl/externalLinks/externalLink1.xml": link.encode()}
    book = read_book(repack(sound, tmp_path / "v.xlsx", changes), SHEETS, {})
    assert [p.remedy[:42] for p in book.problems] == ["Die Datei verweist auf andere Dateien. Die"]
    assert book.sound


def test_die_vorlage_selbst_ist_lesbar(tmp_path: Path):
    write_template(tmp_path / "v.xlsx", SHEETS)
    assert read_book(tmp_path / "v.xlsx", SHEETS, {}).problems == ()
