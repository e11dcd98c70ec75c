from django.urls import path

from gelingen.web.boards.meetings import files, items, orders, views, writing

urlpatterns = [
    path("", views.meetings_list, name="meetings"),
    path("neu/", views.new, name="new-meeting"),
    path("reihe/", views.series, name="meeting-series"),
    path("speicher/<path:record>/auswahl/", items.pick, name="pick-items"),
    path("speicher/<path:record>/", items.backlog, name="backlog"),
    path("punkt/<path:record>/verschieben/", items.move, name="move-item"),
    path("punkt/<path:record>/setzen/", items.put, name="put-item"),
    path("punkt/<path:record>/loeschen/", items.remove, name="remove-item"),
    path("punkt/<path:record>/niederschrift/", writing.write, name="write-item"),
    path("punkt/<path:record>/auftrag/", orders.new, name="new-action"),
    path("punkt/<path:record>/", items.item, name="agenda-item"),
    path("sitzung/<path:record>/angaben/", views.edit, name="edit-meeting"),
    path("sitzung/<path:record>/absagen/", views.cancel, name="cancel-meeting"),
    path("sitzung/<path:record>/abschliessen/", writing.close, name="close-meeting"),
    path("sitzung/<path:record>/punkte/", items.add, name="add-item"),
    path("sitzung/<path:record>/niederschrift/", writing.minutes, name="minutes"),
    path("sitzung/<path:record>/anwesenheit/", writing.attendance, name="attendance"),
    path("sitzung/<path:record>/genehmigen/", writing.approve, name="approve-minutes"),
    path("sitzung/<path:record>/oeffnen/", writing.reopen, name="reopen-minutes"),
    path("sitzung/<path:record>/dateien/", files.attach, name="attach-to-meeting"),
    path("sitzung/<path:record>/dateien/<slug:file>/", files.file, name="meeting-file"),
    path(
        "sitzung/<path:record>/dateien/<slug:file>/entfernen/",
        files.take_off,
        name="remove-meeting-file",
    ),
    path("sitzung/<path:record>/", views.meeting, name="meeting"),
]
