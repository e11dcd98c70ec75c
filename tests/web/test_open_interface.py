"""Die Schnittstelle hält, was ihre Beschreibung sagt: aufgerufen nach OpenAPI, auch mit Unsinn."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from tests.opendata.shown import county, release

from gelingen.config.wsgi import application

pytestmark = [
    pytest.mark.django_db, pytest.mark.usefixtures("fixed_day"), pytest.mark.once,
]  # fmt: skip
NEGATIVE = GenerationMode.NEGATIVE
FEW = settings(
    max_examples=8, deadline=None, derandomize=True, database=None,
    phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip
BASE = "http://testserver/09473/api/v1"
# One of each form; lists differ in their columns alone, and each is asked once below.
DRIVEN = ("/", "/measures/", "/measures/{key}/")


@pytest.fixture
def schema(client):
    release(county())
    found = schemathesis.openapi.from_dict(client.get("/09473/api/v1/openapi.json").json())
    found.app = application
    return found


def test_jede_liste_haelt_ihre_beschreibung(schema):
    for path in schema.raw_schema["paths"]:
        if "{" not in path:
            answer = schema[path]["GET"].Case().call_and_validate(base_url=BASE)
            assert answer.status_code == 200, path


def test_auch_unsinn_bekommt_die_beschriebene_antwort(schema):
    seen = [code for path in DRIVEN for code in _drive(schema[path]["GET"])]
    assert {200, 400, 404} <= set(seen)
    assert max(seen) < 500


def _drive(operation):
    seen = []

    @FEW
    @given(case=operation.as_strategy() | operation.as_strategy(generation_mode=NEGATIVE))
    def answers(case):
        seen.append(case.call_and_validate(base_url=BASE).status_code)

    answers()
    return seen
