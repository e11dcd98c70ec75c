from django.urls import path

from gelingen.web.mailbox import views

urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<int:record>/", views.mail, name="mail"),
    path("<int:record>/html/", views.html, name="mail-html"),
    path("<int:record>/senden/", views.again, name="mail-again"),
]
