"""The sheets and the records are one and the same: nothing is lost between them."""

import pytest
from django.apps import apps
from django.db.models import DateField

from gelingen.access.record import Record
from gelingen.history.saying import LAST_DAYS
from gelingen.transfer.records import MODELS, RECORD_SHEETS, model_of
from gelingen.transfer.sheets import SHEETS
from gelingen.workbook.declare import Kind

# Set by the program itself or at the desk, never by a workbook; `person` is an account.
_OWN = {"id", "version", "tenant", "person"}


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


def test_die_arbeitsmappe_hat_nicht_befunde_dateien_absprachen_freigaben_umfragen_gespraeche():
    recorded = {m._meta.label for m in apps.get_models() if issubclass(m, Record)}
    assert recorded - set(MODELS.values()) == {
        "findings.Finding", "findings.Verdict", "register.Attachment", "register.Agreement",
        "confirmations.Proposal", "register.Share", "surveys.Survey", "surveys.Question",
        "surveys.LanguageRelease", "surveys.Publication", "surveys.TextRelease",
        "review.Decision", "review.SameName",
        "programme.Selection", "programme.Criterion", "programme.Limit",
        "programme.TopicMinimum", "programme.Candidate", "programme.Ballot",
        "papers.Paper", "papers.PaperVersion", "papers.Deliberation", "papers.Consequence",
        "indicators.Indicator", "indicators.DenominatorRule", "indicators.IndicatorBreak",
        "indicators.IndicatorTarget", "indicators.CollectionPlan",
        "progress.ProgressReport", "progress.StateOverride", "progress.ProgressRound",
        "yearly.YearReport", "yearly.ReportText", "yearly.Conclusion", "yearly.ReportFile",
        "editions.Edition", "editions.EditionTable", "editions.EditionFile",
        "site.SiteSettings", "site.News", "site.SiteQuestion", "site.Occasion", "site.PageText",
        "site.SiteReport",
        "papers.PaperRules", "oparl.Endpoint", "oparl.LegislativeTerm",
        "proposals.Proposal", "proposals.Supporter", "proposals.Station",
        "boards.Meeting", "boards.AgendaItem", "boards.Attendance", "boards.ActionPoint",
        "talks.Talk", "talks.Statement", "talks.Code", "talks.Coding",
    }  # fmt: skip


def test_der_verlauf_nennt_dieselben_tage_als_letzte_wie_die_arbeitsmappe():
    last = {
        (column.name, column.kind in {Kind.LAST_DAY, Kind.OPEN_END})
        for sheet in RECORD_SHEETS
        for column in sheet.columns
        if isinstance(_field(sheet, column.name), DateField)
    }
    assert {name for name, is_last in last if is_last} == LAST_DAYS
    assert {name for name, is_last in last if not is_last} & LAST_DAYS == set()


def _field(sheet, name):
    fields = {field.name: field for field in model_of(sheet)._meta.concrete_fields}
    return fields.get(name)
