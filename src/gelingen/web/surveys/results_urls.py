"""Addresses of results; those of building are in `urls`."""

from django.urls import path

from gelingen.web.surveys import answers, importing, results

urlpatterns = [
    path("<path:record>/antworten/<int:answer>/", answers.answer, name="survey-answer"),
    path("<path:record>/antworten/einlesen/zurueck/", importing.back, name="survey-import-back"),
    path("<path:record>/antworten/einlesen/", importing.start, name="survey-import"),
    path("<path:record>/antworten/", answers.answers, name="survey-answers"),
    path("<path:record>/ergebnisse/texte/", results.texts, name="survey-free-texts"),
    path("<path:record>/ergebnisse/", results.survey_results, name="survey-results"),
]
