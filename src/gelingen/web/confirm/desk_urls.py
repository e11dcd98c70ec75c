"""Addresses of the desk; those without an account are in `urls`."""

from django.urls import path

from gelingen.web.confirm import asking, deciding

urlpatterns = [
    path("", deciding.proposals, name="proposals"),
    path("bitten/", asking.ask, name="ask"),
    path("bitten/<int:record>/zurueckziehen/", asking.withdraw, name="withdraw"),
    path("neu/<path:record>/", deciding.propose, name="propose"),
    path("<slug:record>/uebernehmen/", deciding.accept, name="accept"),
    path("<slug:record>/ablehnen/", deciding.refuse, name="refuse"),
]
