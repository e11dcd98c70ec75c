import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import pdfua
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings

from gelingen.documents import (
    Document,
    Heading,
    Link,
    Paragraph,
    Picture,
    Table,
    html_fragment,
    write,
)

from .reading import W, docx_part, docx_text, html_text, pdf_pages, pdf_text, squeezed, words
from .samples import HOSTILE, documents, everything, picture

FORMATS = ("html", "docx", "pdf")
READERS = {"html": html_text, "docx": docx_text, "pdf": pdf_text}
# What a format says about itself and not for the author.
OWN = {"springen", "Inhalt", "Seite"}
# Words of pictures: the PDF keeps them as text, the DOCX has an image, the page was read without.
DRAWN = {"offen", "unbekannt", "geplant", "kein", "Geld", "eingetragen", "Horizont"}


@pytest.fixture(scope="module")
def files():
    return {fmt: write(everything(), fmt) for fmt in FORMATS}


@pytest.fixture(scope="module")
def texts(files):
    return {fmt: READERS[fmt](data) for fmt, data in files.items()}


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("other", FORMATS)
def test_jedes_format_enthaelt_die_woerter_jedes_anderen(texts, fmt, other):
    here = squeezed(texts[fmt])

    missing = {w for w in words(texts[other]) if w not in here}

    assert missing - OWN - (DRAWN if other == "pdf" else set()) == set()


@pytest.mark.parametrize("fmt", FORMATS)
def test_belege_und_quellen_sind_gedruckt(texts, fmt):
    here = squeezed(texts[fmt])

    for evidence in ("S-003", "S-007", "S-008", "B-012", "Kreistagsprotokoll", "Erhebungsbogen"):
        assert squeezed(evidence) in here, evidence


@pytest.mark.parametrize("fmt", FORMATS)
def test_fremder_text_bleibt_text(fmt):
    document = Document(
        title=HOSTILE[:200],
        author=HOSTILE[:60],
        blocks=(
            Heading(HOSTILE[:100]),
            Paragraph(HOSTILE, own_text=True),
            Table(HOSTILE, (HOSTILE[:80], "b"), ((HOSTILE, "c"),), notes=HOSTILE),
        ),
    )

    data = write(document, fmt)

    here = squeezed(READERS[fmt](data))
    for said in ("setpagewidth1cm", "scriptalert1script", "wt", "umgedreht", "x" * 2000):
        assert said in here, said


def test_fremder_text_wird_in_html_nicht_zu_elementen():
    document = Document(
        title="<script>", blocks=(Paragraph(("<img onerror=x>", Link("a", "javascript:x"))),)
    )

    page = write(document, "html").decode()

    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page


@pytest.mark.parametrize("fmt", FORMATS)
def test_zweimal_geschrieben_ist_es_dieselbe_datei(files, fmt):
    assert write(everything(), fmt) == files[fmt]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_jedes_dokument_laesst_sich_in_jedem_format_schreiben(document):
    assert write(document, "html").startswith(b"<!DOCTYPE html>")
    assert write(document, "docx").startswith(b"PK")
    assert write(document, "pdf").startswith(b"%PDF")


def test_html_hat_sprache_eine_hauptueberschrift_sprungmarke_und_spaltenkoepfe(files):
    page = files["html"].decode()

    assert '<html lang="de">' in page
    assert page.count("<h1") == 1
    assert 'class="dok-sprung" href="#inhalt"' in page
    assert '<th scope="col"' in page
    assert '<th scope="row"' in page
    assert "<figcaption>" in page


def test_html_vergibt_jede_kennung_einmal(files):
    identities = re.findall(r'\bid="([^"]+)"', files["html"].decode())

    assert sorted(identities) == sorted(set(identities))


def test_verweise_im_html_treffen_ihr_ziel(files):
    page = files["html"].decode()

    for target in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{target}"' in page


def test_das_bruchstueck_kommt_ohne_stilangaben_und_skript_aus():
    fragment = html_fragment(everything())

    assert " style=" not in fragment
    assert "<style" not in fragment
    assert "<script" not in fragment
    assert "<h1" not in fragment


def test_pdf_ist_ausgezeichnet_und_hat_titel_sprache_und_bildbeschreibung(files):
    with pikepdf.open(io.BytesIO(files["pdf"])) as file:
        root = file.Root
        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert str(root.Lang).startswith("de")
        assert str(file.docinfo["/Title"]) == "Masterplan Musterland"
        texts = [str(o["/Alt"]) for o in file.objects if _has_alt(o)]
    assert picture().alt in texts


def _has_alt(thing):
    return isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing


def test_pdf_besteht_die_pruefung_auf_barrierefreiheit(files, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(files["pdf"])

    report = pdfua.validate(str(path))

    errors = [(f.rule_id, f.message) for f in report.findings if f.severity.name == "ERROR"]
    assert errors == []


def test_docx_hat_wiederholte_kopfzeilen_und_ganze_zeilen(files):
    tables = list(docx_part(files["docx"]).iter(f"{W}tbl"))
    repeated = [t for t in tables if t.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None]
    rows = [row for table in repeated for row in table.iter(f"{W}tr")]

    assert len(repeated) == 3  # list, landscape, twin of the picture
    assert [row for row in rows if row.find(f"{W}trPr/{W}cantSplit") is None] == []


def test_docx_nutzt_echte_formatvorlagen(files):
    styles = {p.style.name for p in docx.Document(io.BytesIO(files["docx"])).paragraphs}

    assert {"Title", "Heading 1", "Heading 2", "Caption", "List Bullet", "toc 1"} <= styles


def test_docx_hat_bildbeschreibung_sprache_silbentrennung_und_querformat(files):
    file = docx.Document(io.BytesIO(files["docx"]))
    text = docx_part(files["docx"])

    assert file.core_properties.language == "de-DE"
    assert file.core_properties.title == "Masterplan Musterland"
    descriptions = [e.get("descr") for e in text.iter() if e.get("descr")]
    assert picture().alt in descriptions
    lang = docx_part(files["docx"], "word/styles.xml").find(f".//{W}rPrDefault//{W}lang")
    assert lang.get(f"{W}val") == "de-DE"
    settings_ = docx_part(files["docx"], "word/settings.xml")
    assert settings_.find(f"{W}autoHyphenation") is not None
    assert [s.orientation for s in file.sections].count(1) == 1


def test_docx_inhaltsverzeichnis_ist_schon_gefuellt(files):
    entries = [
        "".join(t.text for t in p.iter(f"{W}t")).strip()
        for p in docx_part(files["docx"]).iter(f"{W}p")
        if (s := p.find(f"{W}pPr/{W}pStyle")) is not None and s.get(f"{W}val").startswith("TOC")
    ]

    found = [entry for entry in entries if entry != "Inhalt"]
    assert found[:3] == ["Vorwort", "1 Auftrag", "2 Bestand"]


def test_docx_seitenzahlen_im_inhalt_verweisen_auf_vorhandene_ueberschriften(files):
    text = docx_part(files["docx"])
    marks = [mark.get(f"{W}name") for mark in text.iter(f"{W}bookmarkStart")]
    fields = [code.text.split() for code in text.iter(f"{W}instrText")]

    assert len(marks) == len(set(marks))
    assert [code[0] for code in fields] == ["PAGEREF"] * 7
    assert {code[1] for code in fields} <= set(marks)
    settings_ = docx_part(files["docx"], "word/settings.xml")
    names = [child.tag.removeprefix(W) for child in settings_]
    assert names.index("autoHyphenation") == names.index("defaultTabStop") + 1
    assert names.index("updateFields") == names.index("compat") - 1


def test_ein_kurzes_docx_ohne_inhalt_fragt_beim_oeffnen_nichts():
    data = write(Document(title="T", blocks=(Heading("a"),), cover_page=False), "docx")

    assert docx_part(data, "word/settings.xml").find(f"{W}updateFields") is None


def test_lange_aehnliche_schluessel_bleiben_im_docx_verschieden():
    keys = [f"{'kapitel-' * 6}{end}" for end in ("12", "21")] + ["a-b", "a_b"]
    links = tuple(Link(key, f"#{key}") for key in keys)

    text = docx_part(
        write(
            Document(
                title="T",
                cover_page=False,
                blocks=(*(Heading(key, key=key) for key in keys), Paragraph(links, frame=True)),
            ),
            "docx",
        )
    )

    marks = [mark.get(f"{W}name") for mark in text.iter(f"{W}bookmarkStart")]
    assert len(set(marks)) == 4
    assert max(map(len, marks)) <= 40
    assert [link.get(f"{W}anchor") for link in text.iter(f"{W}hyperlink")] == marks


def test_docx_angaben_sehen_nicht_aus_wie_eine_tabelle_mit_kopf(files):
    looks = [
        (table.find(f"{W}tblPr/{W}tblLook"), table.find(f".//{W}tblHeader"))
        for table in docx_part(files["docx"]).iter(f"{W}tbl")
    ]

    assert sorted(look.get(f"{W}firstRow") for look, _ in looks) == ["0", "1", "1", "1"]
    assert [head is None for look, head in looks if look.get(f"{W}firstRow") == "0"] == [True]


def test_docx_hat_kopf_und_fuss_auf_allen_seiten_ausser_dem_deckblatt(files):
    sections = list(docx_part(files["docx"]).iter(f"{W}sectPr"))

    for section in sections:
        kinds = {child.tag.removeprefix(W) for child in section}
        assert {"headerReference", "footerReference"} <= kinds
    assert [s.find(f"{W}titlePg") is not None for s in sections] == [True, False, False]
    foot = docx_part(files["docx"], "word/footer1.xml")
    text = "".join(t.text for t in foot.iter(f"{W}t", f"{W}instrText"))
    assert " ".join(text.split()) == (
        "Landratsamt Musterland · Stand 01.06.2017Seite PAGE von NUMPAGES"
    )


def test_docx_vorlagen_halten_die_reihenfolge_des_formats_ein(files):
    order = ["keepNext", "keepLines", "numPr", "pBdr", "tabs", "spacing", "ind",
             "contextualSpacing", "jc", "outlineLvl"]  # fmt: skip
    for style in docx_part(files["docx"], "word/styles.xml").iter(f"{W}pPr"):
        found = [child.tag.removeprefix(W) for child in style]
        places = [order.index(name) for name in found if name in order]
        assert places == sorted(places), found


def test_docx_nennt_eine_ersatzschrift_fuer_rechner_ohne_fira_sans(files):
    fonts = docx_part(files["docx"], "word/fontTable.xml")
    (fira,) = [f for f in fonts if f.get(f"{W}name") == "Fira Sans"]

    assert fira.find(f"{W}altName").get(f"{W}val") == "Calibri"


def test_docx_bilder_zeigen_schrift(files):
    """Without its fonts the drawing program would leave out all words in silence."""
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as file:
        (drawn,) = [file.read(name) for name in file.namelist() if name.startswith("word/media")]
    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) > 2 * len(_without_words())


def _without_words():
    silent = re.sub("<text.*?</text>", "", picture().svg)
    data = write(Document(title="T", blocks=(replace(picture(), svg=silent),)), "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        (drawn,) = [file.read(name) for name in file.namelist() if name.startswith("word/media")]
    return drawn


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) fehlt hier")
def test_docx_oeffnet_sich_in_libreoffice_und_der_inhalt_nennt_die_seiten(files, tmp_path):
    (tmp_path / "a.docx").write_bytes(files["docx"])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"

    subprocess.run(  # noqa: S603  (a file made here)
        ["soffice", profile, "--headless", "--convert-to", "pdf", "a.docx"],  # noqa: S607
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )

    pages = pdf_pages((tmp_path / "a.pdf").read_bytes())
    for chapter, word in (("1 Auftrag", "Aufzählung"), ("2 Bestand", "Lotsin")):
        (said,) = re.findall(rf"{chapter} \.+ (\d+)", pages[1])
        assert word in pages[int(said) - 1]


def test_eine_tabelle_ohne_passende_zeilen_wird_abgelehnt():
    with pytest.raises(ValueError, match="every row needs 2 cells"):
        Table("x", ("a", "b"), (("1",),))


def test_ein_bild_ohne_beschreibung_wird_abgelehnt():
    with pytest.raises(ValueError, match="title and a description"):
        Picture("<svg/>", "Titel", " ")


def test_ein_dokument_ohne_titel_wird_abgelehnt():
    with pytest.raises(ValueError, match="needs a title"):
        Document(title=" \x00", blocks=())
