"""Topics change between rounds: what stands for an old one, and what was asked about it."""

from datetime import date

import pytest
from tests import world
from tests.world import OPERATOR

from gelingen.needs.asked import asked_until
from gelingen.topics.queries import heirs

pytestmark = pytest.mark.django_db
DAY = date(2017, 6, 1)


def topic(key, *successors, ends=None):
    return world.topic(key=key, name=key.title(), ends=ends, successors=list(successors))


def now(on=DAY):
    return {
        old: [key for key, _ in new] for old, new in heirs(OPERATOR, world.tenant(), on=on).items()
    }


def test_fuer_ein_themenfeld_das_vorbei_ist_stehen_seine_nachfolger():
    a, b = topic("a"), topic("b")
    topic("alt", a, b, ends=DAY)
    assert now() == {"alt": ["a", "b"]}
    assert now(date(2017, 5, 31)) == {}


def test_ein_nachfolger_der_auch_vorbei_ist_fuehrt_zu_seinem():
    last = topic("c")
    middle = topic("b", last, ends=DAY)
    topic("a", middle, ends=date(2015, 1, 1))
    assert now() == {"a": ["c"], "b": ["c"]}
    assert now(date(2016, 1, 1)) == {"a": ["b"]}


def test_zwei_themenfelder_werden_eines():
    both = topic("zusammen")
    topic("a", both, ends=DAY)
    topic("b", both, ends=DAY)
    assert now() == {"a": ["zusammen"], "b": ["zusammen"]}


def test_ein_kreis_von_nachfolgern_fuehrt_zu_keinem_ende_ohne_ende():
    a = topic("a", ends=DAY)
    b = topic("b", a, ends=DAY)
    a.successors.add(b)
    assert set(now()) == {"a", "b"}


# What was asked


def asked(on=DAY):
    tenant = world.tenant()
    return asked_until(OPERATOR, tenant, on=on, heirs=heirs(OPERATOR, tenant, on=on))


def test_wer_nach_dem_alten_themenfeld_gefragt_hat_hat_nach_dem_neuen_gefragt():
    old = topic("alt", topic("neu"), ends=DAY)
    world.inquiry(topic=old)
    assert asked().about("neu", "frauen")


def test_wer_nach_dem_oberen_themenfeld_gefragt_hat_hat_nach_dem_unteren_gefragt():
    above = topic("oben")
    world.topic(key="unten", above=above)
    world.inquiry(topic=above)
    assert asked().about("unten", "frauen")


def test_wer_nach_einer_gruppe_gefragt_hat_hat_nach_keiner_anderen_gefragt():
    world.inquiry(target_group=world.target_group(key="frauen"))
    assert asked().about("sprache", "frauen")
    assert not asked().about("sprache", "jugend")


def test_vor_dem_tag_der_nachfrage_hat_niemand_gefragt():
    world.inquiry(since=DAY)
    assert asked().about("sprache", "frauen")
    assert not asked(date(2017, 5, 31)).about("sprache", "frauen")


@pytest.mark.parametrize("place", ["", "09473", "09473112"])
def test_gefragt_ist_am_ort_selbst_darueber_und_ueberall(place):
    world.inquiry(territory=world.territory(key="09473112"))
    assert asked().about("sprache", "frauen", place=place)


def test_wer_festhaelt_dass_nicht_gefragt_wurde_hat_nicht_gefragt():
    world.inquiry(state="not_asked")
    assert not asked().about("sprache", "frauen")
