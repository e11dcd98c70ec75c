"""Tragen: Maßnahmen, denen während ihrer Laufzeit etwas wegbricht."""

from datetime import date

import pytest
from tests.analysis.specs import rows, table
from tests.analysis.stock import stock

from gelingen.analysis.carrying import PlanRecords, find_losses
from gelingen.analysis.schema import MeasureStructures, PlanMeasures, Responsibilities

ON, HORIZON = date(2019, 6, 1), date(2020, 12, 31)


def losses(measures, structures="measure", leads="organisation", **records):
    """Find losses; a text of heads alone has no rows."""
    plan = PlanRecords(
        table(PlanMeasures, measures),
        table(MeasureStructures, structures),
        table(Responsibilities, leads),
    )
    found = find_losses(plan, stock(**records), on=ON, horizon=HORIZON)
    return rows(found, "measure", "loses", "record", "on_day")


def test_eine_massnahme_ohne_federfuehrung_wird_genannt():
    assert losses("measure | starts\nm | 2020-01-01") == [("m", "no_lead", None, date(2020, 1, 1))]


def test_endet_die_letzte_zustaendigkeit_fehlt_die_federfuehrung():
    leads = "organisation | kind | ends\no | lead | 2019-12-01\no | lead | {}"
    measure = "measure | lead\nm | o"
    ended = losses(measure, leads=leads.format("2020-01-01"))
    assert ended == [("m", "lead", "o", date(2020, 1, 1))]
    assert losses(measure, leads=leads.format("")) == []
    assert losses(measure, leads="organisation | kind | ends\no | advises | 2020-01-01") == []


def test_enden_alle_strukturen_der_organisation_fehlt_die_federfuehrung():
    structures = "structure | permanence | ends\ns | standing | 2020-01-01\nt | standing | {}"
    measure = "measure | lead\nm | o"
    ended = stock(structures=structures.format("2020-02-01"))
    plan = PlanRecords(
        table(PlanMeasures, measure), MeasureStructures.empty(), Responsibilities.empty()
    )
    assert rows(find_losses(plan, ended, on=ON, horizon=HORIZON), "loses", "on_day") == [
        ("lead", date(2020, 2, 1))
    ]
    going_on = stock(structures=structures.format(""))
    assert len(find_losses(plan, going_on, on=ON, horizon=HORIZON)) == 0


@pytest.mark.parametrize(
    ("permanence", "money", "lost"),
    [
        ("project", "approved | 2020-01-01", date(2020, 1, 1)),
        ("project", "approved | 2018-01-01", ON),
        ("project", "approved | ", None),
        ("project", "unknown | 2020-01-01", None),
        ("project", "applied | ", ON),
        ("standing", None, None),
    ],
)
def test_eine_struktur_fehlt_wenn_nichts_sie_mehr_traegt(permanence, money, lost):
    records = stock(
        structures=f"structure | permanence\ns | {permanence}",
        tranches=f"structure | state | ends\ns | {money}" if money else "structure",
    )
    plan = PlanRecords(
        table(PlanMeasures, "measure | lead\nm | o"),
        table(MeasureStructures, "measure | structure\nm | s"),
        Responsibilities.empty(),
    )
    found = rows(find_losses(plan, records, on=ON, horizon=HORIZON), "loses", "record", "on_day")
    assert found == ([] if lost is None else [("structure", "s", lost)])


@pytest.mark.parametrize(
    ("money", "ends", "lost"),
    [
        ("2020-01-01", "", date(2020, 1, 1)),
        ("2019-01-01", "", ON),
        ("2020-12-31", "", date(2020, 12, 31)),
        ("2021-01-01", "", None),
        ("2020-01-01", "2020-01-01", None),
        ("2020-01-01", "2020-01-02", date(2020, 1, 1)),
        ("", "", None),
    ],
)
def test_geld_fehlt_nur_was_vor_dem_ende_der_massnahme_und_bis_zum_horizont_ausgeht(
    money, ends, lost
):
    found = losses(f"measure | lead | funding_ends | ends\nm | o | {money} | {ends}")
    assert found == ([] if lost is None else [("m", "money", None, lost)])


@pytest.mark.parametrize(
    ("begins", "lost"),
    [("2020-01-01", []), ("2020-03-01", [("structure", date(2020, 1, 1), True)])],
)
def test_was_mit_der_massnahme_beginnt_fehlt_ihr_nicht(begins, lost):
    plan = PlanRecords(
        table(PlanMeasures, "measure | lead | starts\nm | o | 2020-01-01"),
        table(MeasureStructures, "measure | structure\nm | s"),
        Responsibilities.empty(),
    )
    records = stock(structures=f"structure | permanence | starts\ns | standing | {begins}")
    found = find_losses(plan, records, on=ON, horizon=HORIZON)
    assert rows(found, "loses", "on_day", "already") == lost
