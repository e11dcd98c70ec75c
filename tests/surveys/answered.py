"""Surveys with answers, for tests of results."""

from datetime import UTC, date, datetime

from tests import world

from gelingen.surveys.models import AnonymousAnswer, Invitation, Response

BY = "Integrationsbeauftragte"
ON = date(2017, 6, 1)
AT = datetime(2017, 5, 20, 10, tzinfo=UTC)
YES_NO = {"ja": "ja", "nein": "nein"}


def survey(mode="named", key="umfrage", **more):
    """Make a closed survey that shows numbers from 5 on."""
    given = {"state": "closed", "threshold": 5, "title": "Umfrage unter Akteuren", **more}
    return world.survey(
        key=key, mode=mode, opens=date(2017, 5, 1), closes=date(2017, 6, 1), **given
    )


def question(of, name, kind="choice", options=None, text="", **settings):
    """Ask something; `after` names the question on which it depends, and its answers."""
    words = options if options is not None else YES_NO
    texts = {"text": text or f"Frage {name}?", "options": words}
    if kind in ("choice", "several"):
        settings["options"] = list(words)
    order = of.questions.count()
    before, codes = settings.pop("after", ("", ()))
    condition = {"question": f"{of.key}.{before}", "is": list(codes)} if before else {}
    return world.question(
        key=f"{of.key}.{name}", survey=of, kind=kind, texts={"de": texts}, settings=settings,
        order=order, condition=condition,
    )  # fmt: skip


def answer(of, group="", **values):
    """Answer a survey; questions are named without the key of the survey."""
    given = {f"{of.key}.{name}": value for name, value in values.items()}
    if of.mode == "anonymous":
        return AnonymousAnswer.objects.create(survey=of, day=ON, group=group, values=given)
    number = of.responses.count()
    invited = Invitation.objects.create(
        survey=of, name=f"{of.key} {number}", group=group, token_hash=f"{of.key} {number}",
        invited=ON, used=True,
    )  # fmt: skip
    return Response.objects.create(
        survey=of, invitation=invited, group=group, started=AT, changed=AT, sent=AT, values=given
    )


def answers(of, many, group="", **values):
    """Give the same answer several times."""
    return [answer(of, group, **values) for _ in range(many)]


def counts(found, at=0, name=""):
    """Give the numbers of one question by line; None where one is hidden."""
    return {line.code: line.cells[name].count for line in found.questions[at].lines}
