from django.urls import path

from gelingen.web.confirm import views

urlpatterns = [
    path("danke/", views.thanks, name="link-thanks"),
    path("<str:token>/", views.overview, name="link"),
    path("<str:token>/alle/", views.all_true, name="link-all"),
    path("<str:token>/fertig/", views.finish, name="link-finish"),
    path("<str:token>/<int:entry>/stimmt/", views.still_true, name="link-true"),
    path("<str:token>/<int:entry>/geaendert/", views.changed, name="link-changed"),
    path("<str:token>/<int:entry>/weg/", views.gone, name="link-gone"),
]
