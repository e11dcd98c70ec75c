"""A table that somebody sent is read under its own name and stays nowhere."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gelingen.web import sent_table
from gelingen.web.sent_table import LargeTableError, read_sent

CONTENT = b"Text;Code\nKein Bus;Wege\n"


def sent(name):
    return SimpleUploadedFile(name, CONTENT)


def name_and_content(path):
    return path.name, path.read_bytes()


@pytest.mark.parametrize(
    ("name", "read_as"),
    [
        ("Runde Ahorn.xlsx", "Runde Ahorn.xlsx"),
        ("Runde Ahorn", "Runde Ahorn.csv"),
        ("../../etc/Liste.csv", "Liste.csv"),
    ],
)
def test_gelesen_wird_unter_dem_eigenen_namen_ohne_endung_als_csv(name, read_as):
    assert read_sent(sent(name), name_and_content) == (read_as, CONTENT)


def test_auch_ein_name_aus_lauter_umlauten_passt_in_einen_ordner():
    name, content = read_sent(sent("ä" * 250 + ".csv"), name_and_content)
    assert (name, content) == ("ä" * 100 + ".csv", CONTENT)


def test_nach_dem_lesen_ist_die_tabelle_weg_auch_wenn_sie_unlesbar_war():
    seen = []

    def fail(path):
        seen.append(path)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        read_sent(sent("Liste.csv"), fail)
    assert not seen[0].parent.exists()


def test_was_zu_gross_ist_wird_gar_nicht_gelesen(monkeypatch):
    monkeypatch.setattr(sent_table, "LARGEST", len(CONTENT) - 1)
    with pytest.raises(LargeTableError, match="zu groß"):
        read_sent(sent("Liste.csv"), name_and_content)
