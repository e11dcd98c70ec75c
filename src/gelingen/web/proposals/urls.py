from django.urls import path

from gelingen.web.proposals import deeds, editing, merging, results, views

urlpatterns = [
    path("", views.proposal_list, name="body-proposals"),
    path("neu/", editing.new, name="new-proposal"),
    path("aehnlich/", editing.similar, name="similar-proposals"),
    path("station/<path:record>/antwort/", deeds.answer, name="answer-station"),
    path("station/<path:record>/tagesordnung/", deeds.put_on_agenda, name="station-agenda"),
    path("unterstuetzung/<path:record>/beenden/", deeds.stop, name="stop-supporting"),
    path("vorschlag/<path:record>/aendern/", editing.edit, name="edit-proposal"),
    path("vorschlag/<path:record>/zurueckziehen/", editing.withdraw, name="withdraw-proposal"),
    path("vorschlag/<path:record>/weiterleiten/", deeds.forward, name="forward-proposal"),
    path("vorschlag/<path:record>/unterstuetzen/", deeds.support, name="support-proposal"),
    path("vorschlag/<path:record>/zusammenlegen/", merging.merge, name="merge-proposal"),
    path("vorschlag/<path:record>/umsetzen/", results.carry_out, name="proposal-result"),
    path("vorschlag/<path:record>/", views.proposal, name="proposal"),
]
