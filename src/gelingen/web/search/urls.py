from django.urls import path

from gelingen.web.search import views

urlpatterns = [path("", views.search, name="search")]
