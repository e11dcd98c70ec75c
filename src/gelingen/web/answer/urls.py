from django.urls import path

from gelingen.web.answer import views

urlpatterns = [
    path("danke/", views.thanks, name="survey-thanks"),
    path("offen/<str:token>/", views.start_open, name="survey-open"),
    path("offen/<str:token>/fragen/", views.questions_open, name="survey-open-questions"),
    path("<str:token>/", views.start, name="survey-link"),
    path("<str:token>/fragen/", views.questions, name="survey-questions"),
    path("<str:token>/seite/<int:page>/", views.page, name="survey-page"),
    path("<str:token>/uebersicht/", views.overview, name="survey-overview"),
    path("<str:token>/danke/", views.sent, name="survey-sent"),
    path("<str:token>/zurueckziehen/", views.withdraw, name="survey-withdraw"),
    path("<str:token>/voriges/", views.earlier, name="survey-earlier"),
]
