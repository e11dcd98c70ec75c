"""A survey with one question of each kind, and people who are invited to it."""

from datetime import date, timedelta

from django.utils import timezone
from tests import world

from gelingen.surveys.links import new_token, open_token
from gelingen.surveys.models import Invitation, Response
from gelingen.terms.surveys import Language, QuestionKind

ON = date(2017, 6, 1)
AT = timezone.now()
WORDS = {"eins": "Eins", "zwei": "Zwei", "drei": "Drei"}
SETTINGS = {
    "choice": {"options": list(WORDS)},
    "several": {"options": list(WORDS), "most": 2},
    "scale": {"steps": 5},
    "number": {"range": True, "unit": "Personen", "most": 500},
    "date": {},
    "text": {"long": True},
    "topics": {},
    "entries": {},
    "ties": {"rows": 2},
    "missing": {"rows": 2},
}


def texts(german, **others):
    options = {**WORDS, "low": "gar nicht", "high": "sehr"}
    found = {"de": {"text": german, "options": options}}
    return found | {code: {"text": text} for code, text in others.items()}


def survey(*, mode="named", **fields):
    given = {
        "state": "open",
        "opens": ON - timedelta(days=10),
        "closes": ON + timedelta(days=10),
        "purpose": "Wir wollen wissen, was fehlt.",
        "legal_basis": "Ihre Einwilligung.",
        "languages": [one.value for one in Language],
        "contact": "Integrationsstelle",
        "key": "umfrage",
        **fields,
    }
    return world.survey(mode=mode, **given)


def question(of, kind, *, page=1, german="", others=None, **fields):
    return world.question(
        key=fields.pop("key", f"{of.key}_{kind}"),
        survey=of,
        kind=kind,
        page=page,
        order=fields.pop("order", list(SETTINGS).index(kind)),
        texts=texts(german or f"Frage: {QuestionKind.of(kind).label}", **(others or {})),
        settings=fields.pop("settings", SETTINGS[kind]),
        **fields,
    )


def invite(of, *, organisation="", name="VHS", group="Träger", language="de", **fields):
    """Invite somebody; give the invitation and the path of its link."""
    token, digest = new_token()
    made = Invitation.objects.create(
        survey=of,
        organisation=organisation,
        name=name,
        group=group,
        language=language,
        token_hash=digest,
        invited=ON,
        **fields,
    )
    return made, f"/umfrage/{token}/"


def open_link(of):
    return f"/umfrage/offen/{open_token(of)}/"


def answered(of, invitation, values):
    return Response.objects.create(
        survey=of, invitation=invitation, values=values, started=AT, changed=AT, sent=AT, version=1
    )
