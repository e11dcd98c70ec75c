"""Files go with what they belong to: all of it or nothing."""

import ast

import pytest
from django.core.files.base import ContentFile
from tests import world
from tests.architecture.test_code import MODULES, name, tree

from gelingen.access.policy import Operator
from gelingen.history.stored import store, whole
from gelingen.register.attachments import attach
from gelingen.register.models import Attachment

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def kept(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return lambda: [path for path in tmp_path.rglob("*") if path.is_file()]


def _fails():
    msg = "something after it"
    raise ZeroDivisionError(msg)


def _attach(to, title):
    attach(actor=Operator("Prüfung"), to=to, title=title, name="plan.pdf", content=ContentFile(PDF))


def test_what_fails_after_a_file_was_stored_leaves_neither_file_nor_record(kept):
    one = world.structure()
    with pytest.raises(ZeroDivisionError), whole():  # noqa: PT012 - the whole is what fails
        _attach(one, "Erstes")
        _attach(one, "Zweites")
        _fails()
    assert (kept(), Attachment.objects.count()) == ([], 0)


def test_a_whole_that_came_about_inside_of_one_that_did_not_goes_with_it(kept):
    one = world.structure()
    with pytest.raises(ZeroDivisionError), whole():  # noqa: PT012 - the whole is what fails
        with whole():
            _attach(one, "Innen")
        assert len(kept()) == 1
        _fails()
    assert kept() == []


def test_what_fails_inside_takes_nothing_of_the_outer_whole_along(kept):
    one = world.structure()
    with whole():
        _attach(one, "Außen")
        with pytest.raises(ZeroDivisionError), whole():  # noqa: PT012 - the whole is what fails
            _attach(one, "Innen")
            _fails()
    assert [found.title for found in Attachment.objects.all()] == ["Außen"]
    assert len(kept()) == 1


def test_a_file_outside_of_a_whole_is_refused(kept):
    with pytest.raises(RuntimeError, match="inside of a whole"):
        store(Attachment(tenant=world.tenant()).file, "plan.pdf", ContentFile(PDF))
    assert kept() == []


def test_nobody_stores_or_deletes_files_of_records_past_it():
    called = {
        name(path): node.func.attr
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Attribute)
        and node.func.value.attr == "file"
        and node.func.attr in {"save", "delete"}
    }
    assert called == {}
