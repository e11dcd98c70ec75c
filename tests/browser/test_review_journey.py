"""Forty answers are reviewed: eight name known organisations differently, three are new."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests import world
from tests.browser.counting import count, keep
from tests.browser.hands import Keyboard, Mouse
from tests.web.desk import DESK, TODAY

from gelingen.needs.models import Need, Voice
from gelingen.register.models import Cooperation, Organisation
from gelingen.review.models import SameName
from gelingen.surveys.models import Invitation, Response
from gelingen.transfer.imports import apply_import, preview_import, tenant_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EXAMPLE = Path(__file__).parents[2] / "examples" / "coburg" / "landkreis"
# As people write them: name told, and the organisation of the register that it means.
WRITTEN = {
    "AWO KV Coburg": "awo",
    "VHS Coburg": "vhs",
    "Caritas Coburg": "caritas",
    "Diakonie Coburg": "diakonie",
    "BRK Coburg": "brk",
    "IHK Coburg": "ihk",
    "Jobcenter Landkreis Coburg": "jc_land",
    "LRA Coburg, FB 21": "lra_fb21",
}
NEW = ("Sprachtreff am Itzgrund", "Nähstube Grub am Forst", "Fahrradwerkstatt Meeder")
COURSES = ("Sprachkurse mit Kinderbetreuung", "Deutschkurs und Kinderbetreuung fehlen")
AT = datetime(2017, 5, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def answered(settings, person, tmp_path):
    """Load the example; forty organisations told with whom they work, ten what is missing."""
    del person
    settings.ENV = replace(settings.ENV, day=TODAY)
    settings.HOME = tmp_path
    preview = preview_import(world.OPERATOR, EXAMPLE, tenant=tenant_of(EXAMPLE))
    apply_import(world.OPERATOR, preview)
    survey = world.survey(key="umfrage", title="Umfrage 2017", state="open")
    ties = world.question(key="wer", survey=survey, kind="ties")
    missing = world.question(key="was", survey=survey, kind="missing")
    names = [*WRITTEN, *NEW]
    told = set(WRITTEN.values())
    asked = [one for one in Organisation.objects.order_by("key") if one.key not in told][:40]
    for number, one in enumerate(asked):
        tie = {"name": names[number % len(names)], "organisation": ""}
        if number >= len(names):
            tie = {"name": "", "organisation": asked[number - 1].key}
        values = {ties.key: [{**tie, "kind": "information", "intensity": 2}]}
        if number % 4 == 0:
            values[missing.key] = [wish(number)]
        invitation = Invitation.objects.create(
            survey=survey, organisation=one.key, name=one.name, group=one.get_kind_display(),
            invited=date(2017, 5, 1), token_hash=one.key, used=True,
        )  # fmt: skip
        Response.objects.create(
            survey=survey, invitation=invitation, group=invitation.group, started=AT, changed=AT,
            sent=AT, values=values,
        )  # fmt: skip


def wish(number):
    return {
        "statement": COURSES[number % 8 // 4], "topic": "sprache_bildung", "territory": "09473112",
        "target_group": "frauen", "starts": "", "severity": 3, "quantity": None, "unit": "",
    }  # fmt: skip


@pytest.mark.parametrize("kind", [Mouse, Keyboard], ids=lambda hand: hand.name)
def test_review_answers(visit, kind):
    """Forty ties with eleven names in one go, then what ten organisations say is missing."""
    organisations, before = Organisation.objects.count(), Cooperation.objects.count()
    window = visit()
    window.open(f"{DESK}bedarfe/sichtung/zusammenarbeit/")
    page = window.page
    hand = kind(page, count(page))
    assert window.axe() == []
    for name in sorted(NEW, key=str.casefold):  # nothing is made unless somebody says so
        hand.pick(page.get_by_role("group", name=f"„{name}“"), "neu anlegen")
    hand.press(page.get_by_role("button", name="Angekreuzte übernehmen"))
    hand.told("40 Verbindungen übernommen.")
    hand.press(page.get_by_role("link", name="Was fehlt"))
    hand.arrive("Was fehlt")
    assert window.axe() == []
    hand.tick(
        page.get_by_role("checkbox", name="Ankreuzen: Deutschkurs und Kinderbetreuung fehlen")
    )
    hand.press(page.get_by_role("button", name="Je einen Bedarf aufnehmen"))
    hand.told("Ein Bedarf aufgenommen.")
    keep("review-answers", hand.name, hand.done.seen(), None)

    assert set(Organisation.objects.filter(name__in=NEW).values_list("name", flat=True)) == set(NEW)
    assert Organisation.objects.count() == organisations + len(NEW)
    tied = {key for pair in Cooperation.objects.values_list("a__key", "b__key") for key in pair}
    assert tied >= set(WRITTEN.values())
    means = dict(SameName.objects.filter(same=True).values_list("written", "organisation"))
    assert {name: means[name] for name in WRITTEN if name in means}.items() <= WRITTEN.items()
    assert Cooperation.objects.count() > before
    need = Need.objects.get(source="Umfrage „Umfrage 2017“")
    assert Voice.objects.filter(need=need).count() == 10
