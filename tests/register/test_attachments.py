"""Files are attached only if they are what they say."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from tests import world

from gelingen.history.trace import subject_of
from gelingen.register.attachments import LARGEST, UnfitFileError, attach
from gelingen.register.models import Attachment

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n..."


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def packed(*members):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "<x/>")
    return buffer.getvalue()


def attached(name, content, **arguments):
    structure = world.structure()
    arguments.setdefault("actor", world.OPERATOR)
    return attach(
        to=structure, title="Bescheid", name=name, content=ContentFile(content), **arguments
    )


def test_ein_bescheid_wird_angehaengt_und_ist_erst_einmal_intern():
    attachment = attached("Bescheid 2017.PDF", PDF)

    stored = Attachment.objects.get()
    assert (stored.title, stored.media_type, stored.public) == (
        "Bescheid",
        "application/pdf",
        False,
    )
    with stored.file.open() as file:
        assert file.read() == PDF
    assert stored.subject.startswith("register.Structure:structure_")
    assert attachment.file.name.endswith(f"{stored.key}.pdf")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("programm.exe", b"MZ", "kann nicht angehängt werden"),
        ("ohne-endung", PDF, "kann nicht angehängt werden"),
        ("bescheid.pdf", b"<html>", "keine Datei dieser Art"),
        ("bescheid.pdf", b"", "ist leer"),
        ("tabelle.xlsx", packed("word/document.xml"), "keine Datei dieser Art"),
        (
            "makro.docx",
            packed("word/document.xml", "word/vbaProject.bin"),
            "keine Datei dieser Art",
        ),
        (
            "makro.xlsx",
            packed("xl/workbook.xml", "xl/vbaProject.bin"),
            "keine Datei dieser Art",
        ),
        ("kaputt.docx", b"PK\x03\x04 abgeschnitten", "keine Datei dieser Art"),
        ("liste.txt", b"a\0b", "keine Datei dieser Art"),
        ("gross.pdf", PDF + b" " * LARGEST, "höchstens 25 MB"),
    ],
)
def test_was_nicht_passt_wird_mit_grund_abgelehnt(name, content, says):
    with pytest.raises(UnfitFileError, match=says):
        attached(name, content)

    assert not Attachment.objects.exists()


def test_wer_nur_lesen_darf_haengt_nichts_an():
    with pytest.raises(PermissionDenied):
        attached("bescheid.pdf", PDF, actor=world.person(role="reader"))


def test_eine_datei_gehoert_zu_genau_einem_eintrag():
    structure = world.structure(key="kurs")
    assert subject_of(structure) == "register.Structure:kurs"
