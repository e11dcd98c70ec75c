from django.urls import path

from gelingen.web.today import agreeing, calendar, views

urlpatterns = [
    path("bestaetigen/", views.confirm, name="today-confirm"),
    path("verlaengern/", views.extend, name="today-extend"),
    path("bewerten/", views.judge, name="today-judge"),
    path("zuweisen/", views.lead, name="today-lead"),
    path("uebernehmen/", views.accept, name="today-accept"),
    path("ablehnen/", views.refuse, name="today-refuse"),
    path("zustimmen/", agreeing.agree_to, name="today-agree"),
    path("nicht-zustimmen/", agreeing.decline, name="today-decline"),
    path("spaeter/", views.later, name="today-later"),
    path("wieder/", views.again, name="today-again"),
    path("gesehen/", views.saw, name="today-saw"),
    path("kalender/", calendar.link, name="today-calendar"),
    path("kalender/beenden/", calendar.end, name="end-today-calendar"),
]
