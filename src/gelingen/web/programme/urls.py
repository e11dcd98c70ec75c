from django.urls import path

from gelingen.web.programme import ballots, editing, lists, scores, views, what_if

urlpatterns = [
    path("", views.selections, name="selections"),
    path("<path:record>/listen/vorlage.<slug:fmt>", lists.paper, name="selection-paper"),
    path("<path:record>/listen/", lists.lists, name="selection-lists"),
    path("<path:record>/wenn/gewichten/", what_if.weigh, name="selection-weigh"),
    path("<path:record>/wenn/", what_if.what_if, name="selection-what-if"),
    path("neu/", views.new, name="new-selection"),
    path("<path:record>/angaben/", editing.facts, name="selection-facts"),
    path("<path:record>/grenzen/", editing.limits, name="selection-limits"),
    path("<path:record>/kriterien/", editing.criteria, name="selection-criteria"),
    path("<path:record>/mindestzahlen/", editing.minima, name="selection-minima"),
    path("<path:record>/massnahmen/", editing.pick, name="selection-pick"),
    path(
        "<path:record>/massnahme/<path:candidate>/entfernen/",
        editing.remove,
        name="remove-candidate",
    ),
    path(
        "<path:record>/massnahme/<path:candidate>/", editing.candidate, name="selection-candidate"
    ),
    path("<path:record>/eroeffnen/", views.open_, name="open-scoring"),
    path("<path:record>/abschliessen/", views.close, name="close-scoring"),
    path("<path:record>/bewertung/<path:body>/", ballots.ballot, name="ballot"),
    path("<path:record>/bewertung/", scores.overview, name="selection-scores"),
    path("<path:record>/", views.selection, name="selection"),
]
