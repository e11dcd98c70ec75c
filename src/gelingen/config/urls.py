from django.urls import include, path

urlpatterns = [path("", include("gelingen.web.urls"))]
