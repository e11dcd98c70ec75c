"""Kennzahlen, die Gelingen aus den eigenen Einträgen rechnet: X-S1 bis X-S6 des Katalogs."""

from datetime import date
from decimal import Decimal

import pytest
from tests import world
from tests.surveys.asking import answered, invite, survey

from gelingen.reports.steering import reckoned

pytestmark = pytest.mark.django_db
ON = date(2017, 6, 1)


def found(code):
    every = reckoned(world.OPERATOR, world.tenant(), on=ON)
    assert [one.entry.code for one in every] == [f"X-S{at}" for at in range(1, 7)]
    return next(one for one in every if one.entry.code == code)


def said(code):
    one = found(code)
    return float(one.low), float(one.high), one.share.why


@pytest.mark.parametrize(
    ("code", "lacks"),
    [("X-S1", "keine Jahresauswahl entschieden"), ("X-S2", "keinen Planungshorizont"),
     ("X-S3", "kein"), ("X-S4", "keine Federführung"), ("X-S5", "keine zwei Organisationen"),
     ("X-S6", "Keine|Noch keine namentliche Umfrage")],
)  # fmt: skip
def test_ohne_eintraege_steht_da_was_fehlt(code, lacks):
    one = found(code)
    assert one.share is None
    assert any(part in one.lacks for part in lacks.split("|"))


def test_umsetzungsquote_was_niemand_berichtet_hat_zaehlt_nur_am_oberen_ende():
    chosen = world.selection(year=2017, state="decided")
    running = {"maturity": "running", "starts": date(2016, 1, 1)}
    good = world.measure(light="planned", progress_day=date(2017, 5, 1), **running)
    late = world.measure(light="late", progress_day=date(2017, 5, 1), **running)
    silent = world.measure(**running)
    other = world.measure(light="planned", progress_day=date(2017, 5, 1), **running)
    for one in (good, late, silent):
        world.candidate(selection=chosen, measure=one, chosen=True)
    world.candidate(selection=chosen, measure=other, chosen=False)
    low, high, why = said("X-S1")
    assert (low, high) == (33.3, 66.7)
    assert why.startswith("1 von 3 ausgewählten Maßnahmen abgeschlossen oder im Plan")
    assert why.endswith("; ohne Sachstand: 1")


def test_lueckenquote_was_unklar_ist_zaehlt_nur_am_oberen_ende():
    world.plan(horizon=date(2026, 1, 1))
    group, place = world.target_group(), world.territory(key="09473112")
    kept, ending, unclear = (world.topic() for _ in range(3))
    for topic in (kept, ending, unclear):
        world.need(topic=topic, target_group=group, territory=place)
    for topic, ends in ((kept, None), (ending, date(2019, 1, 1))):
        structure = world.structure(
            ends=ends, ends_kind="stated" if ends else "unlimited", starts=date(2015, 1, 1)
        )
        world.reach(structure=structure, topic=topic, target_group=group, territory=place)
        world.funding(structure=structure, ends=ends)
    low, high, why = said("X-S2")
    assert (low, high) == (33.3, 66.7)
    assert "1 von 3 Feldern mit Bedarf ohne eine Struktur, die bis 31.12.2025 weiterläuft" in why


def test_befristungsquote_zaehlt_stellen_und_nicht_strukturen():
    world.structure(fte=3, permanence="standing")
    world.structure(fte=Decimal("0.5"), permanence="project")
    world.structure(fte=Decimal("0.5"))
    world.structure(fte=None)
    world.structure(fte=9, permanence="project", ends=date(2016, 1, 1), ends_kind="stated")
    low, high, why = said("X-S3")
    assert (low, high) == (12.5, 25.0)
    assert why == (
        "0,5 von 4,0 Vollzeitstellen befristet; unbekannt: 0,5; "
        "Strukturen ohne Angabe zum Personal: 1"
    )


def test_doppelzustaendigkeit_zaehlt_felder_mit_mehr_als_einer_federfuehrung():
    group, place = world.target_group(), world.territory(key="09473112")
    twice, once = world.topic(), world.topic()
    for topic in (twice, twice, once):
        world.responsibility(
            organisation=world.organisation(), topic=topic, target_group=group, territory=place,
            kind="lead", level="county",
        )  # fmt: skip
    low, high, why = said("X-S4")
    assert (low, high) == (50.0, 50.0)
    assert why == "1 von 2 Feldern mit mehr als einer Federführung"


def test_netzwerkdichte_einseitig_genanntes_zaehlt_nur_am_oberen_ende():
    a, b, c = (world.organisation(key=key) for key in "abc")
    world.cooperation(a=a, b=b, reported_by="both")
    world.cooperation(a=a, b=c, reported_by="a")
    low, high, why = said("X-S5")
    assert (low, high) == (33.3, 66.7)
    assert why == (
        "1 bestätigte von 3 möglichen Verbindungen unter 3 Organisationen; einseitig genannt: 1; "
        "allein arbeiten: 0, nicht bekannt: 0"
    )


def test_ruecklaufquote_gilt_der_namentlichen_umfrage_die_zuletzt_geschlossen_hat():
    days = {"opens": date(2017, 3, 1), "closes": date(2017, 4, 1)}
    one = survey(state="closed", title="Alle", **days)
    invited = [invite(one)[0] for _ in range(4)]
    for each in invited[:3]:
        answered(one, each, {})
    assert said("X-S6") == (75.0, 75.0, "3 von 4 Einladungen zu „Alle“ beantwortet")
