"""Two open surveys, one with names and one without, and what has become of them.

python -m soak.survey_world make PEOPLE   prints the tokens of the links by mode, as JSON
python -m soak.survey_world count         prints what was stored, as JSON
"""

import json
import os
import sys
from datetime import date, timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from gelingen.access.models import Tenant
    from gelingen.surveys.models import Survey

TENANT = "09473"
MODES = ("named", "anonymous")


def make(people: int) -> dict[str, list[str]]:
    """Make tables, surveys and invitations; gives the tokens by mode."""
    from django.utils import timezone

    from gelingen.access.models import Tenant
    from gelingen.access.policy import Operator
    from gelingen.config.day import today
    from gelingen.surveys.inviting import Invitee, Sending, invite
    from gelingen.surveys.letters import INVITATION, proposed
    from gelingen.tables import bring_up_to_date

    bring_up_to_date()
    tenant = Tenant.objects.create(key=TENANT, name="Landkreis")
    tokens: dict[str, list[str]] = {}
    for mode in MODES:
        survey = _survey(tenant, mode, opens=today() - timedelta(days=1))
        tokens[mode] = []

        def link(token: str, kept: list[str] = tokens[mode]) -> str:
            kept.append(token)
            return f"https://desk.example/umfrage/{token}/"

        whom = [Invitee(f"Stelle {n}", f"s{n}@stelle.example", "Kurse") for n in range(people)]
        invite(
            Operator(), survey, whom, words=proposed(survey, "de", INVITATION), language="de",
            sending=Sending(link, today(), timezone.now()),
        )  # fmt: skip
    return tokens


def _survey(tenant: "Tenant", mode: str, *, opens: date) -> "Survey":
    from gelingen.history.recording import change
    from gelingen.surveys.models import Question, Survey
    from gelingen.terms.vocabulary import Verb

    made = Survey(
        tenant=tenant, key=mode, title=f"Umfrage {mode}", mode=mode, state="open", opens=opens,
        legal_basis="Einwilligung", notice="Freiwillig.",
    )  # fmt: skip
    options = {"ja": "ja", "nein": "nein"}
    asked = [
        ("treffen", "choice", 1, {"options": list(options)}),
        ("was", "several", 1, {"options": list(options)}),
        ("stufe", "scale", 2, {"steps": 5}),
        ("mehr", "text", 2, {"long": True}),
    ]
    records = [made]
    for order, (key, kind, page, settings) in enumerate(asked):
        texts = {"de": {"text": f"Frage {key}", "options": options}}
        records.append(
            Question(
                tenant=tenant,
                key=f"{mode}|{key}",
                survey=made,
                kind=kind,
                page=page,
                order=order,
                settings=settings,
                texts=texts,
            )
        )
    for one in records:
        with change(by="soak", verb=Verb.CREATED, of=one):
            if isinstance(one, Question):
                one.survey = made
    return made


def count() -> dict[str, dict[str, object]]:
    """Count by mode the answers, the used links, and what was written as text."""
    from gelingen.surveys.models import Invitation, Survey

    found: dict[str, dict[str, object]] = {}
    for survey in Survey.objects.order_by("pk"):
        sent = survey.responses.exclude(sent=None)
        rows = [*sent, *survey.anonymous_answers.all(), *survey.waiting.all()]
        found[survey.key] = {
            "used": Invitation.objects.filter(survey=survey, used=True).count(),
            "texts": sorted(one.values.get(f"{survey.key}|mehr", "") for one in rows),
        }
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gelingen.config.settings")
    django.setup()
    print(json.dumps(count() if sys.argv[1] == "count" else make(int(sys.argv[2]))))
