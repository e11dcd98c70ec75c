from django.urls import path

from gelingen.web.papers import chain, editing, following, house, new, views

urlpatterns = [
    path("", views.papers, name="council-papers"),
    path("neu/", new.new, name="new-paper"),
    path("regeln/", house.rules, name="paper-rules"),
    path("regeln/hausvorlage/", house.upload, name="paper-template-upload"),
    path("regeln/hausvorlage/datei/", house.current, name="paper-template"),
    path("regeln/hausvorlage/beispiel/", house.example, name="paper-template-example"),
    path("<path:record>/aendern/", editing.edit, name="edit-paper"),
    path("<path:record>/massnahmen/", editing.measures, name="paper-measures"),
    path("<path:record>/loeschen/", editing.remove, name="remove-paper"),
    path("<path:record>/weg/<slug:deed>/", editing.move_on, name="move-paper-on"),
    path("<path:record>/dateien/", views.attach_file, name="attach-to-paper"),
    path("<path:record>/datei/<slug:file>/", views.annex, name="paper-annex"),
    path("<path:record>/fassungen/", views.versions, name="paper-versions"),
    path("<path:record>/stationen/", chain.add, name="add-paper-station"),
    path("<path:record>/station/<slug:station>/", chain.station, name="paper-station"),
    path("<path:record>/station/<slug:station>/ordnen/", chain.move, name="move-paper-station"),
    path(
        "<path:record>/station/<slug:station>/loeschen/", chain.remove, name="remove-paper-station"
    ),
    path("<path:record>/station/<slug:station>/tagesordnung/", chain.agenda, name="paper-agenda"),
    path("<path:record>/station/<slug:station>/ergebnis/", chain.result, name="paper-result"),
    path("<path:record>/folgen/", following.follow, name="paper-follows"),
    path("<path:record>/folge/<slug:follow>/", following.tick, name="tick-consequence"),
    path("<path:record>/papier/<slug:fmt>/", views.document, name="council-paper-file"),
    path("<path:record>/", views.paper, name="council-paper"),
]
