"""Addresses of action points, which stand beside those of meetings."""

from django.urls import path

from gelingen.web.boards.meetings import orders

urlpatterns = [
    path("", orders.action_list, name="actions"),
    path("<path:record>/getan/", orders.report, name="report-action"),
    path("<path:record>/offen/", orders.reopen, name="reopen-action"),
    path("<path:record>/bestaetigen/", orders.confirm, name="confirm-action"),
    path("<path:record>/loeschen/", orders.remove, name="remove-action"),
    path("<path:record>/", orders.edit, name="action"),
]
