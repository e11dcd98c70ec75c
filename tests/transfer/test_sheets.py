"""The sheets and the records are one and the same: nothing is lost between them."""

import pytest

from gelingen.access.record import Record
from gelingen.transfer.records import MODELS, RECORD_SHEETS, model_of
from gelingen.transfer.sheets import SHEETS
from gelingen.workbook.declare import Kind

# Set by the program itself, never by a workbook.
_OWN = {"id", "version", "tenant"}


@pytest.mark.parametrize("sheet", RECORD_SHEETS, ids=lambda sheet: sheet.title)
def test_jedes_feld_eines_eintrags_hat_eine_spalte_und_umgekehrt(sheet):
    model = model_of(sheet)
    fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    columns = {name for column in sheet.columns for name in column.fields}

    assert columns == fields - _OWN


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_ein_blatt_verweist_nur_auf_sich_und_auf_fruehere(sheet):
    earlier = {other.name for other in SHEETS[: SHEETS.index(sheet) + 1]}
    assert {column.refers for column in sheet.columns if column.refers} <= earlier


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.title)
def test_spaltenkoepfe_eines_blatts_sind_eindeutig(sheet):
    heads = [column.head for column in sheet.columns]
    assert len(heads) == len(set(heads))
    assert sheet.columns[0].kind is Kind.KEY


def test_alle_eintraege_ausser_befunden_und_dateien_stehen_in_der_arbeitsmappe():
    recorded = {m._meta.label for m in Record.__subclasses__()}
    assert recorded - set(MODELS.values()) == {
        "findings.Finding", "findings.Verdict", "register.Attachment",
    }  # fmt: skip
