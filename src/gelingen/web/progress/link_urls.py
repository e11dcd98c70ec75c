"""Addresses that a link opens without an account; those of the desk are in `urls`."""

from django.urls import path

from gelingen.web.progress import link

urlpatterns = [
    path("<str:token>/", link.write, name="report-link"),
    path("<str:token>/zwischenspeichern/", link.keep_draft, name="report-keep"),
    path("<str:token>/danke/", link.sent, name="report-sent"),
]
