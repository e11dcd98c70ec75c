"""Saved views belong to a person; what is shared all of the tenant see, and nobody else changes."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests import world

from gelingen.desk.views import (
    UnknownViewError,
    change_view,
    drop_view,
    may_share,
    save_view,
    saved_views,
)

pytestmark = pytest.mark.django_db


def names(person, page="structure", at=None):
    return [view.name for view in saved_views(person, at or world.tenant(), page=page)]


def save(person, name, *, page="structure", at=None, shared=False):
    at = at or world.tenant()
    return save_view(person, at, page=page, name=name, query="art=body", shared=shared)


def test_a_person_sees_own_views_and_shared_ones_of_the_page_and_tenant():
    one, other = world.person(), world.person()
    save(one, "Eigene")
    save(one, "Andere Seite", page="funding")
    save(other, "Fremde")
    save(other, "Geteilte", shared=True)
    city = world.tenant("09463", "Stadt Coburg")
    save(other, "Andere Stadt", at=city, shared=False)
    assert names(one) == ["Eigene", "Geteilte"]
    assert names(one, at=city) == []


def test_a_name_is_given_once_per_page():
    person = world.person()
    save(person, "Meine")
    save(person, "Meine", page="funding")
    save(world.person(), "Meine")
    with pytest.raises(ValidationError, match="haben Sie schon"):
        save(person, "Meine")


def test_names_may_not_be_empty_or_longer_than_a_line():
    for name in ("", "x" * 81):
        with pytest.raises(ValidationError):
            save(world.person(), name)


def test_nobody_changes_or_removes_what_is_somebody_elses():
    view = save(world.person(), "Geteilte", shared=True)
    other = world.person()
    with pytest.raises(UnknownViewError):
        change_view(other, world.tenant(), view.pk, name="x", shared=False)
    with pytest.raises(UnknownViewError):
        drop_view(other, world.tenant(), view.pk)
    assert names(other) == ["Geteilte"]


def test_a_view_is_renamed_shared_and_removed():
    person, other = world.person(), world.person()
    view = save(person, "Alt")
    change_view(person, world.tenant(), view.pk, name="Neu", shared=True)
    assert names(other) == ["Neu"]
    assert drop_view(person, world.tenant(), view.pk) == "Neu"
    assert names(person) == []


@pytest.mark.parametrize(
    ("role", "may"), [("officer", True), ("planner", True), ("reader", False), ("partner", False)]
)
def test_who_may_not_change_the_register_keeps_views_for_oneself(role, may):
    person = world.person(role=role)
    assert may_share(person, world.tenant()) is may
    save(person, "Meine")
    if not may:
        with pytest.raises(PermissionDenied):
            save(person, "Für alle", shared=True)
    assert names(world.person()) == []
