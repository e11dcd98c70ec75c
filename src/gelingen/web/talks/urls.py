from django.urls import path

from gelingen.web.talks import codes, coding, comparing, importing, needs, ranking, said, views

urlpatterns = [
    path("", views.talks, name="talks"),
    path("neu/", views.new, name="new-talk"),
    path("rangfolge/", ranking.ranking, name="talk-ranking"),
    path("einlesen/", importing.start, name="talk-import"),
    path("codes/", codes.codes, name="talk-codes"),
    path("codes/<path:record>/loeschen/", codes.remove, name="remove-code"),
    path("codes/<path:record>/", codes.change, name="talk-code"),
    path("aussagen/<path:record>/loeschen/", said.remove, name="remove-statement"),
    path("aussagen/<path:record>/vereinbaren/", comparing.settle, name="settle-statement"),
    path("aussagen/<path:record>/", said.statement, name="statement"),
    path("<path:record>/angaben/", views.edit, name="edit-talk"),
    path("<path:record>/kodieren/", coding.code, name="code-talk"),
    path("<path:record>/fertig/", coding.finish, name="finish-coding"),
    path("<path:record>/fortsetzen/", coding.resume, name="resume-coding"),
    path("<path:record>/vergleich/", comparing.compare, name="compare-talk"),
    path("<path:record>/bedarf/", needs.need, name="talk-need"),
    path("<path:record>/abschliessen/", views.close, name="close-talk"),
    path("<path:record>/loeschen/", views.remove, name="remove-talk"),
    path("<path:record>/aussagen/", said.add, name="add-statements"),
    path("<path:record>/dateien/", views.attach_file, name="attach-to-talk"),
    path("<path:record>/", views.talk, name="talk"),
]
