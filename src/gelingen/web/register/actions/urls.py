from django.urls import path

from gelingen.web.register import sharing
from gelingen.web.register.actions import creating, histories, merging, views

urlpatterns = [
    path("strukturen/neu/", creating.new_structure, name="new-structure"),
    path("strukturen/aehnlich/", creating.similar, name="similar"),
    path("zusammenfuehren/", merging.pair, name="merge-pair"),
    path("strukturen/<path:record>/verlaengern/", views.extend, name="extend-structure"),
    path("strukturen/<path:record>/beenden/", views.end, name="end-structure"),
    path("strukturen/<path:record>/ersetzen/", views.replace, name="replace-structure"),
    path("strukturen/<path:record>/teilen/", views.split, name="split-structure"),
    path("strukturen/<path:record>/bestaetigen/", views.confirm, name="confirm-structure"),
    path("strukturen/<path:record>/zusammenfuehren/", merging.merge, name="merge-structure"),
    path("strukturen/<path:record>/freigeben/", sharing.share_structure, name="share-structure"),
    path("freigaben/<path:record>/beenden/", sharing.end, name="end-share"),
    path("aenderungen/<int:event>/", histories.take_back, name="undo-change"),
]
