"""What is fixed once a survey was opened, also against taking back what was done before."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from gelingen.history.recorded import Past
from gelingen.terms.surveys import Language, SurveyState

# What may still change.
FREE = frozenset({"closes", "contact", "open_link", "languages", "texts"})
FIXED = (
    "Diese Umfrage ist schon geöffnet worden. Ihre Fragen bleiben, wie sie sind, damit alle "
    "dasselbe gefragt werden und gegebene Antworten ihren Sinn behalten. Ändern lassen sich der "
    "letzte Tag, die Ansprechstelle, der offene Verweis und Texte in anderen Sprachen."
)
RELIED_ON = "Zu dieser Umfrage ist schon jemand eingeladen, oder es gibt Antworten."
_CLEARED = "Die Antworten dieser Umfrage sind gelöscht."


def past_of_survey(state: str, past: Past, *, relied_on: bool) -> str:
    """Say why the past of a survey cannot be brought back; "" if it can.

    Args:
        state: its state now.
        past: what would be taken back.
        relied_on: whether somebody is invited or has answered.

    """
    before = past.changed.get("state", [None])[0]
    if state == SurveyState.DRAFT:
        return RELIED_ON if relied_on and "mode" in past.changed else ""
    if state == SurveyState.CLEARED:
        return _CLEARED
    if before is None:
        return FIXED if set(past.changed) - FREE else ""
    return RELIED_ON if before == SurveyState.DRAFT and relied_on else ""


def past_of_questions(
    asked: QuerySet[Any], surveys: QuerySet[Any], pasts: Sequence[Past]
) -> Iterator[str]:
    """Refuse to take back anything but a translation once the survey was opened."""
    for past in pasts:
        german = [(texts or {}).get(Language.DE) for texts in past.changed.get("texts", ())]
        if set(past.changed) == {"texts"} and german[0] == german[1]:
            continue
        stored = asked.filter(tenant=past.tenant, key=past.key)
        own = {*stored.values_list("survey", flat=True), *past.changed.get("survey_id", ())}
        if surveys.filter(pk__in=own - {None}).exclude(state=SurveyState.DRAFT).exists():
            yield FIXED
            return
