from django.urls import path

from gelingen.web.boards import delegates, extending, representation, seating, views

urlpatterns = [
    path("", views.bodies, name="bodies"),
    path("vertretung/", representation.representation, name="representation"),
    path("gremium/<path:record>/verlaengern/", extending.extend, name="extend-terms"),
    path("gremium/<path:record>/delegierte/", delegates.delegates, name="delegates"),
    path("gremium/<path:record>/", views.body, name="body"),
    path("sitz/<path:record>/neu-besetzen/", seating.fill, name="fill-seat"),
    path("sitz/<path:record>/frei/", seating.free, name="free-seat"),
    path("besetzung/<path:record>/konto/", seating.account, name="tenure-account"),
    path("sitz/<path:record>/", views.seat, name="seat"),
]
