"""What everybody may see of the process."""

from datetime import date

import pytest
from tests import world

from gelingen.process.queries import public_course

pytestmark = pytest.mark.django_db


def test_oeffentlich_sind_nur_phasen_und_die_ereignisse_die_es_sein_sollen():
    one = world.phase(name="Analyse", responsible="Sozialamt")
    world.event(key="a", phase=one, title="Auftakt", public=True)
    world.event(key="b", phase=one, title="MARKE")
    world.event(key="c", tenant=world.tenant("09463", "Stadt"), title="Fremd", public=True)
    found = public_course(world.tenant(), on=date(2017, 6, 1))
    assert [one.name for one in found.phases] == ["Analyse"]
    assert [event.title for event in found.phases[0].events] == ["Auftakt"]
    assert found.loose == ()
    assert [(one.title, one.phase) for one in found.events] == [("Auftakt", "Analyse")]
    assert "Sozialamt" not in repr(found)
