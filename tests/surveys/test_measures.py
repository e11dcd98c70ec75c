"""Mittel und Bereiche: gezeigt nur, wo sich aus ihnen keine kleine Zahl errechnen lässt."""

from collections import defaultdict
from itertools import combinations

import pytest
from tests import world
from tests.surveys.answered import BY, ON, answer, answers, question, survey

from gelingen.surveys.measures import coarse, mean_is_safe
from gelingen.surveys.published import Publication
from gelingen.surveys.publishing import publish
from gelingen.surveys.results import results

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return world.person()


def distributions(number, steps):
    """Give every way in which so many answers can fall on so many steps."""
    for bars in combinations(range(number + steps - 1), steps - 1):
        ends = (-1, *bars, number + steps - 1)
        yield tuple(ends[at + 1] - ends[at] - 1 for at in range(steps))


def test_kein_gezeigtes_mittel_laesst_einer_kleinen_zahl_weniger_als_vier_werte():
    by_total = defaultdict(list)
    for counts in distributions(8, 5):
        by_total[sum(step * many for step, many in enumerate(counts, start=1))].append(counts)
    shown = 0
    for alike in by_total.values():
        for counts in alike:
            if not mean_is_safe(dict(enumerate(counts, start=1)), 5, 5):
                continue
            shown += 1
            for at, many in enumerate(counts):
                if 1 <= many < 5:
                    assert len({other[at] for other in alike}) >= 4, counts
    assert shown > 50


def test_geschuetzt_steht_kein_median_da(officer):
    world.topic(key="wohnen", name="Wohnen")
    of = survey()
    question(of, "s", "scale", {}, steps=3)
    question(of, "t", "topics", topics=["wohnen"])
    for step in (1, 2, 3):
        answers(of, 8, s=step, t={"wohnen": step})
    scale, rated = results(officer, of, public=True, on=ON).questions
    assert (scale.means[""].mean, scale.means[""].median) == (2, None)
    assert (rated.lines[0].means[""].mean, rated.lines[0].means[""].median) == (2, None)


@pytest.mark.parametrize(
    ("value", "down", "up"),
    [(7.75, 5, 10), (50, 50, 50), (1234, 1000, 2000), (0.3, 0.2, 0.5), (0, 0, 0), (-7, -10, -5)],
)
def test_bereiche_sind_nach_aussen_auf_eins_zwei_fuenf_gerundet(value, down, up):
    assert (coarse(value, up=False), coarse(value, up=True)) == (down, up)


def ranges(of, many, low, high):
    for _ in range(many):
        answer(of, n={"low": str(low), "high": str(high)})


def test_auch_grosse_und_kleine_bereiche_sind_grob(officer):
    of = survey()
    question(of, "n", "number")
    ranges(of, 12, 3, 4711)
    spread = results(officer, of, public=True, on=ON).questions[0].spreads[""]
    assert (spread.low, spread.high) == (2, 5000)


# After a first publication


@pytest.fixture
def out(officer):
    """Publish a survey with a mean of a scale, one of a topic, and a range."""
    world.topic(key="wohnen", name="Wohnen")
    of = survey()
    question(of, "s", "scale", {}, steps=3)
    question(of, "t", "topics", topics=["wohnen"])
    question(of, "n", "number")
    more(of, 10)
    publish(actor=officer, survey=of, by=BY, on=ON)
    return of


def more(of, many, number=20):
    for step in (1, 3):
        answers(of, many, s=step, t={"wohnen": step}, n={"low": str(number), "high": "50"})


def measured(found):
    scale, rated, ranged = found.questions
    return scale.means[""], rated.lines[0].means[""], ranged.spreads[""]


def test_nach_einer_veroeffentlichung_kommen_aussen_keine_neuen_mittel_und_bereiche(officer, out):
    before = measured(results(officer, out, public=True, on=ON))
    assert all(before)
    more(out, 10, 30)
    found = results(officer, out, public=True, on=ON)
    assert found.questions[0].answered[""].count == 40
    assert measured(found) == (None, None, None)
    assert all(measured(results(officer, out, public=False, on=ON)))


def test_was_schon_draussen_ist_darf_wieder_dastehen(officer, out):
    again = publish(actor=officer, survey=out, by=BY, on=ON)
    assert all(measured(again))
    assert Publication.objects.count() == 1
