from django.urls import path

from gelingen.web.editions import comparing, continuing, editing, views

urlpatterns = [
    path("", views.editions, name="editions"),
    path("neu/", editing.new, name="new-edition"),
    path("fortschreibung/", continuing.continuation, name="continue-edition"),
    path("vergleich/", comparing.compared, name="compare-editions"),
    path("vergleich/papier/<slug:fmt>/", comparing.document, name="compare-editions-paper"),
    path("<path:record>/aendern/", editing.edit, name="edit-edition"),
    path("<path:record>/freigeben/", editing.release, name="release-edition"),
    path("<path:record>/zurueckziehen/", editing.withdraw, name="withdraw-edition"),
    path("<path:record>/loeschen/", editing.remove, name="remove-edition"),
    path("<path:record>/datei/<slug:fmt>/", views.file, name="edition-file"),
    path("<path:record>/", views.edition, name="edition"),
]
