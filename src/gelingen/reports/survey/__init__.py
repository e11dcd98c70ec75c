"""The report on a survey: as a paper, and as a workbook with the same numbers."""

from gelingen.reports.survey.book import write_survey_book
from gelingen.reports.survey.paper import survey_report

__all__ = ["survey_report", "write_survey_book"]
