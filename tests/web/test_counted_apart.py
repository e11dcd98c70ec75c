"""What is counted in different ways is neither joined by a line nor compared in one picture."""

import re
from datetime import date

from gelingen.reports.editions.paper import _reference
from gelingen.web.site.charts import Point, over_time, small
from gelingen.web.site.figures import _chart, places_of, series_of

DAYS = (date(2000, 1, 1), date(2010, 1, 1))


def point(year, value, way=""):
    return Point(date(year, 1, 1), value, value, way=way)


def lines(drawn):
    return [len(way.split()) for way in re.findall(r'<polyline points="([^"]*)"', drawn)]


def test_zwei_zaehlungen_nebeneinander_werden_nicht_verbunden():
    every = [point(2000, 5), point(2002, 9, "Zensus"), point(2004, 6), point(2006, 7)]
    assert lines(over_time(every, unit="", name="")) == [3]
    assert lines(small(every, (0, 10), DAYS, breaks=(), title="")) == [3]


def test_ein_bruch_trennt_auch_was_gleich_gezaehlt_ist():
    every = [point(2000, 5), point(2002, 9), point(2004, 6), point(2006, 7)]
    assert lines(over_time(every, unit="", breaks=[date(2003, 1, 1)], name="")) == [2, 2]


def test_neben_dem_landkreis_steht_keine_gemeinde_die_anders_gezaehlt_ist():
    row = {
        "name": "Anteil", "unit": "Prozent", "series": [
            {"territory": key, "territory_name": name, "reference": "2022", "low": 5, "high": 5,
             "counted": counted}
            for key, name, counted in (
                ("09473", "Landkreis", "Zensus"), ("09473112", "Bad Rodach", "Zensus"),
                ("09473121", "Coburg", "Melderegister"),
            )
        ],
    }  # fmt: skip
    every = [series_of(*place) for place in places_of(row, "09473")]
    drawn = str(_chart(row, every, ()))
    assert "Bad Rodach" in drawn
    assert "Coburg" not in drawn


def test_im_papier_einer_ausgabe_bleibt_ein_monat_ein_monat():
    said = [_reference(one) for one in ("2022", "2022-07", "2022-07-01")]
    assert said == ["2022", "Juli 2022", "01.07.2022"]
