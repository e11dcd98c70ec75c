"""The reference pages say what the code says."""

from dataclasses import fields

import pytest
from docs.build import PAGES, REFERENCE, stale

from gelingen.config.env import Env


@pytest.mark.parametrize("name", sorted(PAGES))
def test_reference_pages_are_fresh(name):
    assert not stale(name), "make docs"


def test_every_page_in_the_folder_is_generated():
    assert sorted(path.name for path in REFERENCE.iterdir()) == sorted(PAGES)


@pytest.mark.parametrize("field", fields(Env), ids=lambda f: f.name)
def test_every_setting_is_explained_in_one_sentence(field):
    text = (REFERENCE / "einstellungen.md").read_text(encoding="utf-8")
    assert field.metadata["meaning"].endswith(".")
    assert f"| `GELINGEN_{field.name.upper()}` | {field.metadata['meaning']} |" in text
