from django.urls import path

from gelingen.web.oparl import importing, views

urlpatterns = [
    path("", views.settings, name="oparl"),
    path("einlesen/", importing.read_in, name="oparl-read-in"),
    path("wahlperiode/", views.add_term, name="add-legislative-term"),
    path("wahlperiode/<path:record>/entfernen/", views.remove_term, name="remove-legislative-term"),
]
