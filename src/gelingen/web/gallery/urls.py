from django.urls import path

from gelingen.web.gallery import views

urlpatterns = [path("", views.gallery, name="gallery")]
