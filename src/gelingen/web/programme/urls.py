from django.urls import path

from gelingen.web.programme import lists, views

urlpatterns = [
    path("", views.selections, name="selections"),
    path("<path:record>/listen/vorlage.<slug:fmt>", lists.paper, name="selection-paper"),
    path("<path:record>/listen/", lists.lists, name="selection-lists"),
    path("<path:record>/", views.selection, name="selection"),
]
