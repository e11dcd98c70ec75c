from django.urls import path

from gelingen.web.documents import views

urlpatterns = [
    path("", views.documents, name="documents"),
    path("<str:paper>/", views.document, name="document"),
]
