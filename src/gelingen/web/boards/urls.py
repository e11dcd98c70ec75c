from django.urls import path

from gelingen.web.boards import views

urlpatterns = [
    path("", views.bodies, name="bodies"),
    path("gremium/<path:record>/", views.body, name="body"),
    path("sitz/<path:record>/", views.seat, name="seat"),
]
