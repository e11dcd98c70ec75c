"""Was Bedarfen, Zielen und Maßnahmen eines Plans fehlt: eine Prüfung für jede Regel."""

from dataclasses import replace
from datetime import date

import pytest

from gelingen.plan.hints import (
    HintKind,
    SaidGoal,
    SaidMeasure,
    goal_hints,
    measure_hints,
    need_hints,
)
from gelingen.terms.vocabulary import Maturity

HORIZON = date(2026, 1, 1)
GOAL = SaidGoal("Frauen können Deutsch", stair=5, indicator="Anteil mit A2", needs=1, measures=1)
MEASURE = SaidMeasure(
    lead="Landratsamt", goals=1, starts=date(2018, 1, 1), ends=date(2020, 1, 1), costed=True,
    funding_ends=date(2020, 1, 1), maturity=Maturity.RUNNING,
)  # fmt: skip


def kinds(hints):
    return [hint.kind for hint in hints]


def test_ein_vollstaendiges_ziel_hat_keinen_hinweis():
    assert goal_hints(GOAL) == []


def test_eine_vollstaendige_massnahme_hat_keinen_hinweis():
    assert measure_hints(MEASURE, horizon=HORIZON) == []


def test_ein_bedarf_ist_offen_wenn_weder_ziel_noch_massnahme_antwortet():
    assert kinds(need_hints(answered=False)) == [HintKind.NO_GOAL]
    assert need_hints(answered=True) == []


@pytest.mark.parametrize(
    ("fields", "kind", "field"),
    [
        ({"title": "Durchführung von Kursen"}, HintKind.ACTIVITY, "title"),
        ({"needs": 0}, HintKind.NO_NEED, "needs"),
        ({"measures": 0}, HintKind.NO_MEASURE, ""),
        ({"indicator": ""}, HintKind.NO_PROOF, "indicator"),
        ({"stair": 3}, HintKind.NO_PROOF, "indicator"),
        ({"stair": None}, HintKind.NO_PROOF, "stair"),
    ],
)
def test_jede_regel_fuer_ziele_meldet_sich_allein(fields, kind, field):
    (hint,) = goal_hints(replace(GOAL, **fields))
    assert (hint.kind, hint.field) == (kind, field)
    assert hint.sentence.endswith(".")
    assert hint.remedy


def test_ab_stufe_vier_gilt_ein_indikator_als_nachweis():
    assert [bool(goal_hints(replace(GOAL, stair=stair))) for stair in range(1, 8)] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "kind", "field"),
    [
        ({"goals": 0}, HintKind.NO_PURPOSE, "goals"),
        ({"lead": ""}, HintKind.NO_LEAD, "lead"),
        ({"rivals": ("Stadt",)}, HintKind.SEVERAL_LEADS, "lead"),
        ({"starts": None, "ends": None, "funding_ends": HORIZON}, HintKind.NO_TERM, "starts"),
        (
            {"ends": date(2026, 1, 2), "funding_ends": date(2026, 1, 2)},
            HintKind.TOO_LATE,
            "ends",
        ),
        ({"costed": False}, HintKind.NO_COST, "cost_year"),
        ({"funding_ends": None}, HintKind.UNSECURED, "funding_ends"),
        ({"funding_ends": date(2019, 12, 31)}, HintKind.UNSECURED, "funding_ends"),
    ],
)
def test_jede_regel_fuer_massnahmen_meldet_sich_allein(fields, kind, field):
    (hint,) = measure_hints(replace(MEASURE, **fields), horizon=HORIZON)
    assert (hint.kind, hint.field) == (kind, field)


def test_mehrere_federfuehrungen_werden_beim_namen_genannt():
    (hint,) = measure_hints(replace(MEASURE, rivals=("Stadt",)), horizon=HORIZON)
    assert hint.sentence == "Mehrere Federführungen: Landratsamt und Stadt."


def test_bis_zum_letzten_tag_des_horizonts_ist_nicht_zu_spaet():
    up_to = replace(MEASURE, ends=HORIZON, funding_ends=HORIZON)
    assert measure_hints(up_to, horizon=HORIZON) == []


def test_ohne_plan_gibt_es_keinen_horizont_den_man_ueberschreitet():
    late = replace(MEASURE, ends=date(2050, 1, 1), funding_ends=date(2050, 1, 1))
    assert measure_hints(late, horizon=None) == []


def test_unbefristet_braucht_geld_bis_zum_horizont():
    (hint,) = measure_hints(replace(MEASURE, ends=None), horizon=HORIZON)
    assert hint.sentence == "Das Geld ist nur bis 31.12.2019 gesichert."


@pytest.mark.parametrize("maturity", ["finished", "handed_over", "dropped"])
def test_was_vorbei_ist_hat_keine_hinweise_mehr(maturity):
    assert measure_hints(SaidMeasure(maturity=maturity), horizon=HORIZON) == []
    assert measure_hints(SaidMeasure(maturity="running"), horizon=HORIZON) != []
