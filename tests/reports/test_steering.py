"""Kennzahlen, die Gelingen aus den eigenen Einträgen rechnet: X-S1 bis X-S6 des Katalogs."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from tests import world
from tests.surveys.asking import answered, invite, survey

from gelingen.history.recording import new_batch
from gelingen.history.undo import undo_batch
from gelingen.indicators.commands import IndicatorError
from gelingen.indicators.models import Indicator
from gelingen.places.models import Figure
from gelingen.reports.steering import keep, reckoned

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
    assert "weitere 1 ohne Sachstand" in why


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
    assert "in 1 von 3 Feldern mit Bedarf keine Struktur, die bis 31.12.2025 weiterläuft" in why


def test_befristungsquote_zaehlt_stellen_und_nicht_strukturen():
    world.structure(fte=3, permanence="standing")
    world.structure(fte=Decimal("0.5"), permanence="project")
    world.structure(fte=Decimal("0.5"))
    world.structure(fte=None)
    world.structure(fte=9, permanence="project", ends=date(2016, 1, 1), ends_kind="stated")
    low, high, why = said("X-S3")
    assert (low, high) == (12.5, 25.0)
    assert why.startswith("0,5 von 4,0 Vollzeitstellen befristet; bei 1 Struktur kein Personal")


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
    assert "1 bestätigte von 3 möglichen Verbindungen unter 3 Organisationen" in why


def test_ruecklaufquote_gilt_der_namentlichen_umfrage_die_zuletzt_geschlossen_hat():
    days = {"opens": date(2017, 3, 1), "closes": date(2017, 4, 1)}
    one = survey(state="closed", title="Alle", **days)
    invited = [invite(one)[0] for _ in range(4)]
    for each in invited[:3]:
        answered(one, each, {})
    assert said("X-S6") == (75.0, 75.0, "3 von 4 Eingeladenen haben „Alle“ beantwortet")


def kept(batch=""):
    values = reckoned(world.OPERATOR, world.tenant(), on=ON)
    return keep(
        actor=world.OPERATOR, tenant=world.tenant(), values=values, on=ON,
        batch=batch or new_batch(),
    )  # fmt: skip


def test_uebernommen_wird_mit_blatt_tag_und_begruendung_einmal_am_tag_und_zuruecknehmbar():
    world.territory(key="09473", kind="county")
    world.structure(fte=3, permanence="standing")
    world.structure(fte=1)
    batch = new_batch()
    (one,) = kept(batch)
    sheet = Indicator.objects.get()
    assert (sheet.code, one.indicator) == ("X-S3", sheet.figure)
    assert (one.value_low, one.value_high, one.certainty) == (0, 25, "assumed")
    assert (one.reference, one.source) == (ON, "Gelingen, gerechnet am 01.06.2017")
    assert one.note.startswith("0,0 von 4,0 Vollzeitstellen befristet")
    assert kept() == []
    undo_batch(batch, by=world.OPERATOR)
    assert not Figure.objects.exists()


def test_wer_den_plan_nicht_aendern_darf_uebernimmt_nichts():
    world.territory(key="09473", kind="county")
    world.structure(fte=3, permanence="standing")
    values = reckoned(world.OPERATOR, world.tenant(), on=ON)
    with pytest.raises(PermissionDenied):
        keep(
            actor=world.person(role="member"), tenant=world.tenant(), values=values, on=ON,
            batch=new_batch(),
        )  # fmt: skip
    assert not Indicator.objects.exists()


def test_ohne_das_eigene_gebiet_wird_nichts_uebernommen_und_gesagt_was_zu_tun_ist():
    world.structure(fte=3, permanence="standing")
    with pytest.raises(IndicatorError, match="eigene Gebiet"):
        kept()
    assert not Indicator.objects.exists()
