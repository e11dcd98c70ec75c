from django.urls import path

from gelingen.web.indicators import comparing, editing, steering, views

urlpatterns = [
    path("", views.indicators, name="indicators"),
    path("katalog/", editing.catalogue, name="indicator-catalogue"),
    path("eigene/", steering.steering, name="steering-indicators"),
    path("nebeneinander/", comparing.compare, name="compare-indicators"),
    path("neu/", editing.new, name="new-indicator"),
    path("blatt/<path:record>/aendern/", editing.edit, name="change-indicator"),
    path("blatt/<path:record>/wert/", editing.value, name="enter-value"),
    path("blatt/<path:record>/dazu/<slug:beside>/", editing.addition, name="add-to-indicator"),
    path("blatt/<path:record>/werte.csv", views.values, name="indicator-values"),
    path(
        "dazu/<slug:beside>/<path:record>/entfernen/", editing.remove, name="remove-from-indicator"
    ),
    path("blatt/<path:record>/", views.indicator, name="indicator"),
]
