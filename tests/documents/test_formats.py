import io
import re
import shutil
import subprocess

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

from .reading import W, docx_part, docx_text, html_text, pdf_text, squeezed, words
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


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) fehlt hier")
def test_docx_oeffnet_sich_in_libreoffice(files, tmp_path):
    (tmp_path / "a.docx").write_bytes(files["docx"])
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"

    subprocess.run(  # noqa: S603  (a file made here)
        [  # noqa: S607
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "a.docx",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=120,
    )

    with pikepdf.open(tmp_path / "a.pdf") as file:
        assert len(file.pages) >= 5


def test_eine_tabelle_ohne_passende_zeilen_wird_abgelehnt():
    with pytest.raises(ValueError, match="every row needs 2 cells"):
        Table("x", ("a", "b"), (("1",),))


def test_ein_bild_ohne_beschreibung_wird_abgelehnt():
    with pytest.raises(ValueError, match="title and a description"):
        Picture("<svg/>", "Titel", " ")


def test_ein_dokument_ohne_titel_wird_abgelehnt():
    with pytest.raises(ValueError, match="needs a title"):
        Document(title=" \x00", blocks=())
