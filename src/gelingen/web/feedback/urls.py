from django.urls import path

from gelingen.web.feedback import views

urlpatterns = [
    path("", views.feedbacks, name="feedbacks"),
    path("<int:record>/", views.feedback, name="feedback"),
    path("<int:record>/antworten/", views.answer, name="answer-feedback"),
    path("<int:record>/erledigen/", views.close, name="close-feedback"),
    path("<int:record>/oeffnen/", views.reopen, name="reopen-feedback"),
]
