"""Datenschutz im Browser: found, without a fault in reading."""

import pytest
from tests import world
from tests.web.desk import DESK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_kept_is_found_and_can_be_read_by_everybody(visit, scheme):
    world.organisation(key="awo", name="AWO", contact="Leitung", mailbox="awo@example.org")
    window = visit(width=390, scheme=scheme)
    window.open(f"{DESK}verwaltung/datenschutz/")
    search = window.page.get_by_role("search", name="Gespeicherte Angaben")
    search.get_by_label("Organisation").select_option("awo")
    search.get_by_role("button", name="Suchen").click()
    assert window.page.get_by_role("checkbox").count() == 2
    assert window.axe() == []
