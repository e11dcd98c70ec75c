"""Addresses of the desk; those without an account are in `link_urls`."""

from django.urls import path

from gelingen.web.progress import asking, reporting, views

urlpatterns = [
    path("", views.measures, name="progress"),
    path("runden/", asking.rounds, name="rounds"),
    path("runden/neu/", asking.new_round, name="new-round"),
    path("runden/<slug:year>/", asking.round_, name="round"),
    path("runden/<slug:year>/aendern/", asking.edit_round, name="edit-round"),
    path("runden/<slug:year>/fragen/", asking.ask, name="ask-round"),
    path("runden/<slug:year>/erinnern/", asking.remind, name="remind-round"),
    path("festgelegt/<path:record>/aufheben/", views.lift_state, name="lift-state"),
    path("massnahmen/<path:record>/festlegen/", views.set_state, name="set-state"),
    path("massnahmen/<path:record>/bericht/<slug:year>/", reporting.write, name="write-report"),
    path("massnahmen/<path:record>/", views.measure, name="measure-progress"),
]
