"""Every record has a German word, a declared owner and declared personal fields."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.constants import LOOKUP_SEP

from gelingen.access.policy import OWNERS
from gelingen.history.recording import Recorded
from gelingen.terms import glossary

OURS = sorted(
    (
        model
        for model in apps.get_models()
        if model.__module__.startswith("gelingen.") and not hasattr(model, "instance_type")
    ),
    key=lambda model: model._meta.label,
)
RECORDS = [model for model in OURS if issubclass(model, Recorded)]
# Words in the name of a field that may hold something about one person.
PERSONAL = {"email", "mailbox", "phone", "username", "first_name", "last_name", "password", "by"}


def label(model):
    return model._meta.label


def path_exists(model, path):
    for part in path.split(LOOKUP_SEP):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return False
        model = field.related_model
    return True


@pytest.mark.parametrize("model", RECORDS, ids=label)
def test_records_use_the_words_of_the_glossary(model):
    entry = glossary()[model._meta.model_name]
    assert (model._meta.verbose_name, model._meta.verbose_name_plural) == (entry.one, entry.many)


@pytest.mark.parametrize("model", RECORDS, ids=label)
def test_docstrings_of_records_name_the_german_word_first(model):
    assert model.__doc__.startswith(f"{glossary()[model._meta.model_name].one}: ")


@pytest.mark.parametrize("code", sorted(glossary()))
def test_words_are_explained_in_one_sentence(code):
    entry = glossary()[code]
    assert entry.one
    assert entry.many
    assert entry.meaning.endswith(".")


def test_policy_names_the_owner_of_every_record():
    assert sorted(OWNERS) == [model._meta.label for model in RECORDS]


@pytest.mark.parametrize("model", RECORDS, ids=label)
def test_the_way_to_the_owner_of_a_record_exists(model):
    path = OWNERS[model._meta.label]
    assert path == "" or path_exists(model, path)


@pytest.mark.parametrize("model", OURS, ids=label)
def test_every_model_says_which_of_its_fields_are_personal(model):
    fields = {field.name: field for field in model._meta.concrete_fields}
    assert set(model.personal) <= set(fields)
    assert [name for name, reason in model.personal.items() if not reason] == []
    suspects = {
        name
        for name, field in fields.items()
        if name in PERSONAL
        or (name.endswith("_by") and not field.choices)
        or isinstance(field, models.EmailField)
    }
    assert suspects - set(model.personal) == set()
