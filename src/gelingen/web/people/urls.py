from django.urls import path

from gelingen.web.people import changes, invitations, views

urlpatterns = [
    path("", views.people, name="people"),
    path("rollen/", views.roles, name="roles"),
    path("meine-rechte/", views.own_rights, name="own-rights"),
    path("einladungen/", invitations.invitations, name="invitations"),
    path(
        "einladungen/<int:number>/zurueckziehen/",
        invitations.withdraw,
        name="withdraw-invitation",
    ),
    path("person/<int:number>/", views.person, name="person"),
    path("person/<int:number>/rolle/", changes.give, name="give-role"),
    path("person/<int:number>/vertretung/", changes.deputy, name="name-deputy"),
    path("person/<int:number>/sperren/", changes.lock, name="lock-account"),
    path("rolle/<int:number>/beenden/", changes.end, name="end-role"),
    path("rolle/<int:number>/wieder/", changes.reopen, name="reopen-role"),
    path("wer-darf/<slug:kind>/<path:record>/", views.who_may_change, name="who-may-change"),
]
