"""Templates of courses: phases and steps with their days, counted from a start."""

from datetime import date

import pytest
from tests import world

from gelingen.process.courses import TEMPLATES, later, plan_course, template_of
from gelingen.process.models import Phase, Step
from gelingen.register.steps import carry_out

pytestmark = pytest.mark.django_db


def take(key, starts):
    plan = plan_course(world.OPERATOR, world.tenant(), template_of(key), starts=starts)
    carry_out(actor=world.OPERATOR, plan=plan)
    return plan


def test_der_ablauf_von_coburg_hat_die_monate_des_vortrags_von_2009():
    take("coburg-2009", date(2009, 1, 1))
    assert [(one.planned_starts, one.planned_ends) for one in Phase.objects.order_by("order")] == [
        (date(2009, 1, 1), date(2010, 1, 1)),  # 01/2009 to 12/2009
        (date(2009, 12, 1), date(2010, 8, 1)),  # 12/2009 to 07/2010
        (date(2010, 9, 1), date(2011, 8, 1)),  # 09/2010 to 07/2011
    ]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.key)
def test_jeder_schritt_liegt_in_seiner_phase_und_jede_phase_hat_schritte(template):
    plan = take(template.key, date(2017, 1, 31))
    for phase in Phase.objects.all():
        steps = phase.steps.all()
        assert steps
        assert all(phase.planned_starts < one.due <= phase.planned_ends for one in steps)
    assert len(plan.steps) == Phase.objects.count() + Step.objects.count()


def test_ein_zweiter_jahreslauf_kommt_hinter_den_ersten_und_das_steht_in_der_vorschau():
    assert take("jahreslauf", date(2017, 1, 1)).stays == ()
    assert len(take("jahreslauf", date(2018, 1, 1)).stays) == 3
    assert list(Phase.objects.order_by("order").values_list("order", flat=True)) == [*range(1, 7)]


def test_vier_monate_nach_dem_letzten_oktober_ist_der_letzte_februar():
    assert later(date(2017, 10, 31), 4) == date(2018, 2, 28)
