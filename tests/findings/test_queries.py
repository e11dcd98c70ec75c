"""Findings as pages read them, and the memory of what the analyses take."""

from datetime import date

import pytest
from tests import world

from gelingen.findings import queries
from gelingen.findings.commands import judge, refresh
from gelingen.findings.current import current
from gelingen.findings.models import Finding
from gelingen.findings.observations import Observation
from gelingen.terms.vocabulary import Decision, FindingKind

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2017, 6, 1), date(2017, 7, 1)


def run(*names, on=JUNE):
    seen = [
        Observation(
            f"gap:{name}", FindingKind.GAP, f"Lücke {name}.", evidence=(f"need:{name}",),
            values={"n": 1},
        )
        for name in names
    ]  # fmt: skip
    return refresh(actor=world.OPERATOR, tenant=world.tenant(), observations=seen, on=on)


def keys(lines):
    return [line.sentence for line in lines]


def accept(name):
    judge(
        actor=world.OPERATOR, finding=Finding.objects.get(key=f"gap:{name}"),
        decision=Decision.ACCEPTED, reason="zu klein", by_function="Steuerungsgruppe", on=JUNE,
    )  # fmt: skip


def test_each_finding_is_open_or_judged_or_resolved():
    run("a", "b", "c")
    accept("a")
    run("a", "b", on=JULY)

    actor, tenant = world.OPERATOR, world.tenant()
    found = {
        state: keys(queries.finding_lines(actor, tenant, state=state)) for state in queries.STATES
    }
    assert found == {
        "offen": ["Lücke b."],
        "beurteilt": ["Lücke a."],
        "erledigt": ["Lücke c."],
        "alle": ["Lücke a.", "Lücke b.", "Lücke c."],
    }
    assert queries.counts(actor, tenant) == queries.Counts(open=1, judged=1, resolved=1)


def test_findings_are_found_by_a_record_they_rest_on():
    run("a", "ab")
    actor, tenant = world.OPERATOR, world.tenant()
    assert keys(queries.findings_with(actor, tenant, "need:a")) == ["Lücke a."]
    assert queries.findings_with(actor, tenant, "need:b") == []


def test_the_city_does_not_see_findings_of_the_county():
    run("a")
    stranger = world.person(at=world.tenant("09463", "Stadt Coburg"))
    assert queries.finding_lines(stranger, world.tenant()) == []
    with pytest.raises(queries.UnknownFindingError):
        queries.get_finding(stranger, world.tenant(), Finding.objects.get().pk)


def test_what_is_remembered_is_read_anew_after_a_change():
    actor, tenant = world.OPERATOR, world.tenant()
    world.structure()
    first = current(actor, tenant)
    assert current(actor, tenant) is first
    world.structure()
    second = current(actor, tenant)
    assert second is not first
    assert second.inputs.inventory.structures.frame.height == 2


def test_what_one_may_see_nobody_else_gets_from_memory():
    world.structure()
    officer = current(world.person(), world.tenant())
    stranger = current(world.person(at=world.tenant("09463", "Stadt Coburg")), world.tenant())
    assert officer.inputs.inventory.structures.frame.height == 1
    assert stranger.inputs.inventory.structures.frame.height == 0


@pytest.mark.parametrize(
    ("given", "band", "until"),
    [
        ({"state": "approved"}, "secured", date(2018, 1, 1)),
        ({"state": "approved", "ends": date(2016, 9, 1)}, "none", None),
        ({"state": "applied"}, "applied", date(2018, 1, 1)),
        ({"state": "planned"}, "planned", date(2018, 1, 1)),
        ({"state": "unknown"}, "unknown", date(2018, 1, 1)),
    ],
)
def test_money_of_a_day_and_until_when(given, band, until):
    funding = world.funding(**given)
    money = current(world.OPERATOR, world.tenant()).money(JUNE)[funding.structure.key]
    assert (money.band, money.until) == (band, until)


def test_money_that_follows_without_a_break_counts_as_one():
    one = world.structure()
    world.funding(structure=one, ends=date(2018, 1, 1))
    world.funding(structure=one, starts=date(2018, 1, 1), ends=date(2020, 1, 1))
    assert current(world.OPERATOR, world.tenant()).money(JUNE)[one.key].until == date(2020, 1, 1)
