from django.urls import path

from gelingen.web.boards.papers import calendar, files, letters

_ONE = "sitzungen/sitzung/<path:record>/"

urlpatterns = [
    path(f"{_ONE}einladung.<slug:fmt>", files.invitation, name="invitation-paper"),
    path(f"{_ONE}niederschrift.<slug:fmt>", files.minutes, name="minutes-paper"),
    path(f"{_ONE}schreiben/", letters.letter, name="meeting-letter"),
    path("gremium/<path:record>/niederschriften/", files.series, name="series-paper"),
    path("gremium/<path:record>/kalender/beenden/", calendar.end, name="end-calendar"),
    path("gremium/<path:record>/kalender/", calendar.link, name="body-calendar"),
]
