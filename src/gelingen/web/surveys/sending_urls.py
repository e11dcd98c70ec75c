"""Addresses of sending and watching; those of building are in `urls`."""

from django.urls import path

from gelingen.web.surveys import sending, sending_response

_ONE = "<path:record>/einladungen/<int:invitation>/"

urlpatterns = [
    path(f"{_ONE}zurueckziehen/", sending.withdraw, name="invitation-withdraw"),
    path(_ONE, sending.invitation, name="survey-invitation"),
    path("<path:record>/einladen/", sending.invite_some, name="survey-invite"),
    path("<path:record>/erinnern/", sending.remind, name="survey-remind"),
    path("<path:record>/ruecklauf/", sending_response.response, name="survey-response"),
    path("<path:record>/bogen/", sending_response.paper, name="survey-paper"),
    path("<path:record>/aushang/", sending_response.poster, name="survey-poster"),
]
