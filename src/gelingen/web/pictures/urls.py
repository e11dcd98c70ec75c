from django.urls import path

from gelingen.web.pictures import arranging, leading, network, timeline

urlpatterns = [
    path("zeitstrahl/", timeline.over_time, name="timeline"),
    path("federfuehrung/", leading.leading, name="leading"),
    path("federfuehrung/vereinbaren/", arranging.arrange, name="arrange"),
    path("vereinbarungen/<path:record>/bestaetigen/", arranging.confirm, name="agree"),
    path("vereinbarungen/<path:record>/ablehnen/", arranging.decline, name="decline"),
    path("vereinbarungen/<path:record>/", arranging.agreement, name="agreement"),
    path("netzwerk/", network.network, name="network"),
    path("netzwerk/verbindungen/", network.ties, name="ties"),
    path("netzwerk/bestaetigen/", network.confirm, name="confirm-tie"),
]
