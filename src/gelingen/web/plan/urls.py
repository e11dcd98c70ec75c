from django.urls import path

from gelingen.web.plan import views

urlpatterns = [
    path("", views.plan, name="plan"),
    path("bedarfe/<path:record>/", views.need, name="need"),
    path("ziele/<path:record>/", views.goal, name="goal"),
    path("massnahmen/<path:record>/", views.measure, name="measure"),
]
