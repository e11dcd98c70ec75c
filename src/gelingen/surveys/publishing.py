"""Results leave the house: protected, checked against what is out already, and kept as shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gelingen.access.policy import Actor, May, require
from gelingen.errors import UserError
from gelingen.history.recording import change
from gelingen.surveys.earlier import kept_tables, last_publication
from gelingen.surveys.links import Closed, closed_why
from gelingen.surveys.measures import Mean, Spread, told
from gelingen.surveys.models import Survey
from gelingen.surveys.published import Publication, PublishedCounts
from gelingen.surveys.results import Cell, QuestionResult, Results, results
from gelingen.terms.surveys import SurveyState
from gelingen.terms.vocabulary import Verb


class NotPublishableError(UserError):
    """The results cannot leave the house now."""


def why_not_published(survey: Survey, *, on: date) -> str:
    """Say in a sentence why nothing can be published; "" if it can."""
    if survey.state == SurveyState.CLEARED:
        return "Die Antworten sind gelöscht. Es bleibt, was schon veröffentlicht ist."
    if survey.state == SurveyState.DRAFT or closed_why(survey, on=on) is not Closed.OVER:
        return (
            "Veröffentlicht wird, wenn die Umfrage geschlossen ist: Aus zwei Ständen ließe sich "
            "errechnen, was dazwischen geantwortet wurde."
        )
    return ""


def publish(*, actor: Actor, survey: Survey, by: str, on: date, batch: str = "") -> Results:
    """Protect the results, keep what is shown, and give it; the same again is kept once.

    Args:
        actor: who does it.
        survey: read before.
        by: function of who answers for it, never a name.
        on: the day.
        batch: number of the undertaking to which the change belongs.

    Raises:
        PermissionDenied: the actor may not ask.
        NotPublishableError: the survey is not closed, or has too few answers.
        ProtectionError: nothing new can be shown without telling a small number.

    """
    require(actor, May.ASK, survey)
    if why := why_not_published(survey, on=on):
        raise NotPublishableError(why)
    with transaction.atomic():
        # Two publications at once would not know of each other.
        Survey.objects.select_for_update().get(pk=survey.pk)
        # Anonymous answers that still wait are put among the others here, not after it is out.
        found = results(actor, survey, public=True, on=on)
        if found.protected is None:
            raise NotPublishableError(
                f"Es gibt weniger als {survey.threshold} Antworten; daraus wird nichts gezeigt."
            )
        _keep(actor, found, by=by, on=on, batch=batch)
    return found


def _keep(actor: Actor, found: Results, *, by: str, on: date, batch: str) -> None:
    survey, shown = found.survey, as_shown(found)
    last = last_publication(survey)
    if found.protected is None or (last is not None and last.shown == shown):
        return
    number = survey.publications.count() + 1
    made = Publication(
        tenant=survey.tenant, key=f"{survey.key}.{number}", survey=survey, day=on, shown=shown
    )
    with change(by=actor, verb=Verb.CREATED, of=made, batch=batch):
        made.by = by
    PublishedCounts.objects.create(publication=made, tables=kept_tables(found.protected))


def as_shown(found: Results) -> dict[str, Any]:
    """Write results as they are shown; see `published.Publication`."""
    return {
        "answers": found.sizes[""],
        "columns": list(found.sizes),
        "members": {name: list(part) for name, part in found.columns.members.items()},
        "questions": [_shown(one) for one in found.questions],
    }


def _shown(one: QuestionResult) -> dict[str, Any]:
    return {
        "key": one.asked.key,
        "kind": one.asked.kind.value,
        "text": one.asked.german,
        "steps": one.steps,
        "answered": _counts(one.answered),
        "lines": [
            {
                "code": line.code,
                "label": line.label,
                "cells": _counts(line.cells),
                "means": _told(line.means),
            }
            for line in one.lines
        ],
        "means": _told(one.means),
        "spreads": _told(one.spreads),
    }


def _counts(cells: Mapping[str, Cell]) -> dict[str, int | None]:
    return {name: found.count for name, found in cells.items()}


def _told(measured: Mapping[str, Mean | None] | Mapping[str, Spread | None]) -> dict[str, Any]:
    return {name: found and list(told(found)) for name, found in measured.items()}


def publications(actor: Actor, survey: Survey) -> list[Publication]:
    """Give what is out of a survey, the latest first. Two queries.

    Raises:
        PermissionDenied: the actor may not ask.

    """
    require(actor, May.ASK, survey)
    return list(survey.publications.order_by("-day", "-pk"))
