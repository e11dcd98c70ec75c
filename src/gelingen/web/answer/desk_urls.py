"""Addresses at the desk; those without an account are in `urls`."""

from django.urls import path

from gelingen.web.answer import desk

urlpatterns = [
    path("<slug:survey>/papier/", desk.take_paper, name="take-paper"),
    path("<slug:survey>/papier/fertig/", desk.take_paper_sent, name="take-paper-sent"),
    path("<slug:survey>/<int:invitation>/", desk.take, name="take-answer"),
    path("<slug:survey>/<int:invitation>/seite/<int:page>/", desk.take_page, name="take-page"),
    path("<slug:survey>/<int:invitation>/uebersicht/", desk.take_overview, name="take-overview"),
    path("<slug:survey>/<int:invitation>/fertig/", desk.take_sent, name="take-sent"),
]
