"""Vorlagen als Dokument: mit allem, was darin steht, und auf der Vorlage des Hauses."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from tests import world
from tests.papers.county import DAY, bodies, measures, officer, paper, released

from gelingen.access.queries import on_day
from gelingen.access.record import UnknownRecordError
from gelingen.documents import write
from gelingen.documents.house import BrokenTemplateError, blank, fill
from gelingen.papers import releasing
from gelingen.reports.papers import filled_from, paper_document
from gelingen.reports.papers.filling import (
    ENTRY,
    STATION,
    TEXTS,
    check_template,
    example_template,
    sample,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _county():
    bodies()
    measures()


@pytest.fixture
def made():
    return released(officer("anna"), officer("berta"), number="12/2017", cover="Aus Rücklagen")


def reader(role="reader"):
    return on_day(world.person(role=role), on=DAY)


def words(data):
    """All texts of a DOCX, those of tables too."""
    file = docx.Document(BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells])


def template(*lines):
    return blank([("Normal", one) for one in lines])


def test_das_papier_hat_kopf_beschluss_kosten_mit_quelle_und_beratungsfolge(made):
    text = write(paper_document(reader(), made, on=DAY), "html").decode()
    for told in (
        "Beschlussvorlage 12/2017", "Freigegeben, öffentlich", "Kreistag", "Entscheidung",
        "15.000 bis 19.000 EUR", "Stand 20.06.2017", "Aus Rücklagen", "0,50", "Unterschrift",
        "Ohne Angabe zu den Kosten und nicht enthalten: „Runder Tisch“.",
    ):  # fmt: skip
        assert told in text, told


def test_ein_entwurf_sagt_dass_er_einer_ist():
    draft = paper(officer("carla"))
    text = write(paper_document(on_day(world.person(), on=DAY), draft, on=DAY), "html").decode()
    assert "noch nicht freigegeben" in text


@pytest.mark.parametrize("fmt", ["pdf", "docx", "html"])
def test_es_gibt_sie_in_drei_formaten(made, fmt):
    assert len(write(paper_document(reader(), made, on=DAY), fmt)) > 3000


def test_wer_eine_vorlage_nicht_sieht_bekommt_auch_kein_papier(made):
    hidden = released(officer("dora"), officer("emma"), public=False, subject="Geheimsache")
    with pytest.raises(UnknownRecordError):
        paper_document(reader(), hidden, on=DAY)
    with pytest.raises(UnknownRecordError):
        filled_from(reader(), hidden, example_template())
    assert "Geheimsache" not in write(paper_document(reader(), made, on=DAY), "html").decode()


def test_die_beispielvorlage_hat_alle_platzhalter_und_wird_ganz_gefuellt(made):
    plain = words(example_template())
    for name in set(TEXTS) - {"art", "oeffentlich"}:
        assert f"{{{{ {name} }}}}" in plain, name
    check_template(example_template())
    text = words(filled_from(reader(), made, example_template()))
    assert "{{" not in text
    assert "{%" not in text
    for told in ("12/2017", "Kreistag", "Entscheidung", "1. Sprachkurse mit Kinderbetreuung"):
        assert told in text, told
    assert "Alternativen" not in text  # nothing is said about them


def test_zeichen_aus_texten_bleiben_text_und_zeilen_bleiben_zeilen():
    given = sample() | {"betreff": "Müller & Söhne <b> {{ nummer }}", "deckung": "eins\nzwei"}
    text = words(fill(template("{{ betreff }}", "{{ deckung }}"), given))
    assert "Müller & Söhne <b> {{ nummer }}" in text
    assert "eins\nzwei" in text


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Betreff: {{ betref }}", "„betref“ gibt es nicht, im Absatz „Betreff: {{ betref }}“"),
        ("Es gilt {% if deckung %}", "falsch geschrieben"),
        ("{% if vermerk %}nie{% endif %}", "„vermerk“"),
        ("{% if not art %}{{ geheim }}{% endif %}", "„geheim“ gibt es nicht"),
        ("{% for s in beratungsfolge %}{{ s.gremum }}{% endfor %}", "„gremum“"),
    ],
)
def test_eine_kaputte_vorlage_nennt_platzhalter_und_absatz(line, told):
    with pytest.raises(BrokenTemplateError, match="(?s)" + told.replace("{", r"\{")):
        check_template(template("Landkreis", line, "Ende"))


def test_ein_verschriebener_platzhalter_wird_mit_dem_richtigen_erklaert():
    with pytest.raises(BrokenTemplateError, match="Gemeint ist vielleicht „betreff“"):
        check_template(template("{{ betrefff }}"))


@pytest.mark.parametrize(
    "line",
    [
        "{{ betreff.__class__.__mro__ }}",
        "{{ 'a' * 1000000000 }}",
        "{{ range(1000000000) }}",
        "{{ betreff|attr('xml') }}",
    ],
)
def test_eine_vorlage_fuehrt_nichts_aus(line):
    with pytest.raises(BrokenTemplateError):
        check_template(template(line))


def test_was_kein_docx_ist_wird_abgewiesen():
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        file.writestr("irgendwas.txt", "nichts")
    for data in (b"kein Dokument", packed.getvalue(), b"%PDF-1.7"):
        with pytest.raises(BrokenTemplateError, match="keine DOCX-Datei"):
            check_template(data)


def test_nach_dem_wieder_oeffnen_ist_das_papier_fuer_andere_weg(made):
    releasing.reopen(actor=officer("fritz"), paper=made)
    with pytest.raises(UnknownRecordError):
        paper_document(reader(), made, on=DAY)


def test_die_anleitung_nennt_jeden_platzhalter():
    told = Path("docs/how-to/vorlagen.md").read_text(encoding="utf-8")
    for name in TEXTS:
        assert f"`{{{{ {name} }}}}`" in told, name
    for name in (*STATION, *ENTRY, "beratungsfolge", "massnahmen", "anlagen"):
        assert f"`{name}`" in told, name
