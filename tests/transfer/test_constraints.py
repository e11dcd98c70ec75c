"""The rules of the database, evaluated in memory, say the same as the database."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from hypothesis import given
from hypothesis import strategies as st
from tests import world

from gelingen.history.recording import Draft, change_many
from gelingen.plan.models import PlanningPeriod
from gelingen.register.models import Cooperation, Funding
from gelingen.terms.vocabulary import Verb
from gelingen.transfer.constraints import Complaint, RowCheck, broken, holds

_numbers = st.sampled_from([None, 0, 1, 2])


@given(low=_numbers, high=_numbers, limit=_numbers)
def test_eine_bedingung_gilt_wie_in_sql_auch_mit_leeren_werten(low, high, limit):
    values = {"low": low, "high": high, "limit": limit}
    condition = (Q(low__isnull=True) | Q(high__gte=F("low"))) & ~Q(limit=2)

    first = low is None or (None if high is None else high >= low)
    second = None if limit is None else limit != 2
    expected = False if False in (first, second) else None if None in (first, second) else True
    assert holds(condition, values) is expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("share", "starts", "ends"),
    [(50, None, None), (101, None, None), (None, date(2017, 1, 1), date(2017, 1, 1)),
     (0, date(2017, 1, 1), date(2018, 1, 1)), (-1, date(2018, 1, 1), date(2017, 1, 1))],
)  # fmt: skip
def test_speicher_und_datenbank_lehnen_dieselben_finanzierungen_ab(share, starts, ends):
    structure = world.structure()
    values = {"share_percent": share, "starts": starts, "ends": ends, "probability": None}
    funding = Funding(tenant=structure.tenant, key="f", structure=structure, **values)

    refused = False
    try:
        with transaction.atomic():
            change_many([Draft(funding)], by="x", verb=Verb.IMPORTED)
    except IntegrityError:
        refused = True

    assert bool(list(broken(Funding, values))) == refused


def test_wer_mit_sich_selbst_zusammenarbeitet_wird_darauf_hingewiesen():
    values = {"a": "vhs", "b": "vhs", "starts": None, "ends": None, "intensity": None}
    (found,) = broken(Cooperation, values)
    assert found.message == "Zusammenarbeit braucht zwei verschiedene Organisationen."
    assert set(found.fields) == {"a", "b"}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"name": "x" * 201}, "höchstens 200 Zeichen"),
        ({"name": "Auf\0bau"}, "Zeichen, das sich nicht speichern lässt"),
        ({"name": "Aufbau", "starts": date(2017, 1, 1)}, None),
    ],
)
def test_was_nicht_ins_feld_passt_wird_auf_deutsch_gesagt(values, says):
    complaint = RowCheck(PlanningPeriod)(values, values)
    assert (complaint is None) == (says is None)
    if complaint:
        assert complaint.fields == ("name",)
        assert says in complaint.message


def test_eine_regel_ueber_mehrere_felder_sieht_auch_was_schon_gespeichert_ist():
    stored = {"starts": date(2018, 1, 1), "ends": date(2019, 1, 1)}
    new = {"ends": date(2017, 1, 1)}

    assert RowCheck(PlanningPeriod)(new, stored | new) == Complaint(
        ("starts", "ends"), "Das Ende muss nach dem Beginn liegen."
    )
