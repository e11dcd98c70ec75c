"""Systematische Lücken: dieselbe Art immer wieder oder lange."""

from datetime import date

import pytest
from tests.analysis.specs import rows
from tests.analysis.stock import ASKED, ON, stock

from gelingen.analysis.coverage import coverage, coverage_over
from gelingen.analysis.systematic import find_lasting, find_systematic, months_between


def test_dieselbe_luecke_in_genug_zellen_einer_linie_ist_systematisch():
    records = stock(
        needs="need | topic | target_group | place\n"
        "a | sprache | frauen | 091\nb | sprache | jugend | 092\nc | sprache | alle | 091\n"
        "d | wohnen | alle | 093",
        structures="structure | permanence\ns | standing",
        reach="structure | topic | target_group | place\ns | sprache | alle | 091",
        inquiries=ASKED,
    )
    cells = coverage(records, on=ON).cells
    columns = ("key", "along", "value", "type", "gaps", "known", "cells")
    assert rows(find_systematic(cells, at_least=2), *columns) == [
        (
            "systematic:topic:sprache:structural",
            "topic",
            "sprache",
            "structural",
            2,
            3,
            "sprache|frauen|091|operational|;sprache|jugend|092|operational|",
        )
    ]
    assert len(find_systematic(cells, at_least=3)) == 0


def test_unklares_ist_nicht_systematisch():
    needs = "need | place\na | 091\nb | 092\nc | 093"
    assert len(find_systematic(coverage(stock(needs=needs), on=ON).cells, at_least=1)) == 0


def test_eine_luecke_die_ununterbrochen_anhaelt_ist_lang():
    records = stock(
        needs="need\nb",
        structures="structure | permanence | starts | ends\n"
        "s | standing | | 2018-01-01\nt | standing | 2019-02-01 | 2019-06-01",
        reach="structure\ns\nt",
    )
    results = coverage_over(records, starts=date(2017, 1, 1), ends=date(2020, 1, 1))
    found = find_lasting(results, ends=date(2020, 1, 1), at_least_months=12)
    assert rows(found, "type", "starts", "ends", "months") == [
        ("funding_cliff", date(2018, 1, 1), date(2019, 2, 1), 13)
    ]
    shorter = find_lasting(results, ends=date(2020, 1, 1), at_least_months=7)
    assert rows(shorter, "starts", "months") == [
        (date(2018, 1, 1), 13),
        (date(2019, 6, 1), 7),
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        (date(2019, 1, 15), date(2019, 2, 15), 1),
        (date(2019, 1, 15), date(2019, 2, 14), 0),
        (date(2019, 1, 1), date(2020, 1, 1), 12),
        (date(2019, 1, 31), date(2019, 2, 28), 1),
        (date(2019, 1, 31), date(2019, 2, 27), 0),
    ],
)
def test_volle_monate_reichen_von_tag_zu_tag(starts, ends, months):
    assert months_between(starts, ends) == months


def test_ein_semikolon_in_der_einheit_zerlegt_keine_zelle():
    needs = "need | place | quantity | measure\n" + "\n".join(
        f"b{n} | 0947311{n} | 10 | Kurse; je {n}" for n in range(3)
    )
    result = coverage(stock(needs=needs, inquiries=ASKED), on=ON)
    (line,) = (
        row for row in find_systematic(result.cells).frame.to_dicts() if row["along"] == "topic"
    )
    assert line["cells"].split(";") == result.cells.frame["cell"].to_list()
    assert result.cells.frame["measure"].to_list() == [f"Kurse; je {n}" for n in range(3)]
