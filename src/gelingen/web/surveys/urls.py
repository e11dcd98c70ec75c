from django.urls import path

from gelingen.web.surveys import (
    language_views,
    preview,
    question_views,
    state_views,
    text_views,
    views,
)

urlpatterns = [
    path("", views.surveys, name="surveys"),
    path("neu/", views.new, name="survey-new"),
    path("sprachen/", language_views.languages, name="languages"),
    path("sprachen/freigabe/", language_views.release, name="language-release"),
    path("frage/<path:record>/kopieren/", question_views.copy, name="question-copy"),
    path("frage/<path:record>/loeschen/", question_views.remove, name="question-remove"),
    path("frage/<path:record>/", question_views.edit, name="question"),
    path("<path:record>/neue-frage/", question_views.add, name="question-new"),
    path("<path:record>/texte/", text_views.texts, name="survey-texts"),
    path("<path:record>/sprachen/", language_views.of_survey, name="survey-languages"),
    path("<path:record>/uebersetzen/", language_views.translation, name="survey-translate"),
    path("<path:record>/vorschau/", preview.preview, name="survey-preview"),
    path("<path:record>/stand/", state_views.state, name="survey-state"),
    path("<path:record>/schliessen/", state_views.close, name="survey-close"),
    path("<path:record>/wieder-oeffnen/", state_views.reopen, name="survey-reopen"),
    path("<path:record>/loeschen/", state_views.remove, name="survey-remove"),
    path("<path:record>/ordnen/", question_views.arrange, name="survey-arrange"),
    path("<path:record>/", views.survey, name="survey"),
]
