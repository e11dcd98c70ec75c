from django.urls import path

from gelingen.web.review import needs, ties

urlpatterns = [
    path("", needs.review, name="review"),
    path("aufnehmen/", needs.accept, name="review-accept"),
    path("dazu/", needs.merge, name="review-merge"),
    path("ablehnen/", needs.decline, name="review-decline"),
    path("zusammenarbeit/", ties.review, name="review-ties"),
]
