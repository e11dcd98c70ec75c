"""Publish a survey and write its report: files on the shelf, numbers kept as they were shown."""

from datetime import date
from pathlib import Path

from gelingen.access.models import Tenant
from gelingen.access.policy import Actor
from gelingen.documents import Format, write_each
from gelingen.reports.shelf import folder_of, put_files, survey_stem
from gelingen.reports.survey.book import write_survey_book
from gelingen.reports.survey.paper import Told, survey_report
from gelingen.surveys.publishing import publish
from gelingen.surveys.queries import get_survey
from gelingen.surveys.releasing import free_texts
from gelingen.surveys.rounds import compare_rounds
from gelingen.surveys.watching import by_group, whole

FORMATS: tuple[Format, ...] = ("pdf", "docx", "html")
BOOK = "xlsx"


def write_survey_report(actor: Actor, tenant: Tenant, key: str, *, by: str, on: date) -> list[Path]:
    """Publish the results of a survey and write them as PDF, DOCX, HTML and XLSX.

    Args:
        actor: who does it.
        tenant: whose survey.
        key: key of the survey.
        by: function of who answers for it, never a name.
        on: the day.

    Raises:
        PermissionDenied: the actor may not ask.
        UnknownRecordError: there is no such survey.
        NotPublishableError: the survey is not closed, or has too few answers.
        ProtectionError: nothing new can be shown without telling a small number.

    """
    survey = get_survey(actor, tenant, key)
    found = publish(actor=actor, survey=survey, by=by, on=on)
    response = whole(by_group(actor, survey))
    told = Told(
        results=found,
        texts=tuple(free_texts(actor, survey)),
        rounds=compare_rounds(found),
        invited=response.invited,
        answered=response.answered,
        on=on,
    )
    papers = write_each(survey_report(told), FORMATS)
    written = {str(kind): content for kind, content in papers.items()}
    written[BOOK] = write_survey_book(told)
    return put_files(written, folder_of(tenant), survey_stem(survey.key, on))
