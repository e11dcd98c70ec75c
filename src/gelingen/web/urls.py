from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter

from gelingen.web.account import views as account
from gelingen.web.boards.papers import calendar
from gelingen.web.plan import views as plan
from gelingen.web.site.data_found import robots
from gelingen.web.today import views as today


class OfficialKey(StringConverter):
    """Key of a tenant in an address: digits only, so that words stay free for other pages."""

    regex = "[0-9]{2,12}"


register_converter(OfficialKey, "key")

# Pages of one tenant. An area adds its line, with the same prefix as in `navigation.MENU`.
TENANT: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("heute/", include("gelingen.web.today.urls")),
    path("bestand/einlesen/", include("gelingen.web.imports.urls")),
    path("bestand/vorschlaege/", include("gelingen.web.confirm.desk_urls")),
    path("bestand/", include("gelingen.web.pictures.urls")),
    path("bestand/", include("gelingen.web.register.urls")),
    path("bedarfe/sichtung/", include("gelingen.web.review.urls")),
    path("bedarfe/umfragen/", include("gelingen.web.surveys.results_urls")),
    path("bedarfe/umfragen/", include("gelingen.web.surveys.sending_urls")),
    path("bedarfe/umfragen/", include("gelingen.web.surveys.urls")),
    path("bedarfe/gespraeche/", include("gelingen.web.talks.urls")),
    path("bedarfe/", include("gelingen.web.needs.urls")),
    path("bedarfe/bedarf/<path:record>/", plan.need, name="need"),
    path("analyse/befunde/", include("gelingen.web.findings.urls")),
    path("analyse/", include("gelingen.web.analysis.urls")),
    path("bedarfe/antworten/", include("gelingen.web.answer.desk_urls")),
    path("plan/ausgaben/", include("gelingen.web.editions.urls")),
    path("plan/", include("gelingen.web.plan.urls")),
    path("umsetzung/berichte/", include("gelingen.web.yearly.urls")),
    path("umsetzung/kennzahlen/einlesen/", include("gelingen.web.official.urls")),
    path("umsetzung/kennzahlen/", include("gelingen.web.indicators.urls")),
    path("umsetzung/", include("gelingen.web.progress.urls")),
    path("auswahl/", include("gelingen.web.programme.urls")),
    path("gremien/", include("gelingen.web.boards.papers.urls")),
    path("gremien/sitzungen/", include("gelingen.web.boards.meetings.urls")),
    path("gremien/auftraege/", include("gelingen.web.boards.meetings.order_urls")),
    path("gremien/vorschlaege/", include("gelingen.web.proposals.urls")),
    path("gremien/prozess/", include("gelingen.web.process.urls")),
    path("gremien/oparl/", include("gelingen.web.oparl.urls")),
    path("gremien/vorlagen/", include("gelingen.web.papers.urls")),
    path("gremien/", include("gelingen.web.boards.urls")),
    path("dokumente/", include("gelingen.web.documents.urls")),
    path("eintrag/", include("gelingen.web.editing.urls")),
    path("oeffentlichkeit/rueckmeldungen/", include("gelingen.web.feedback.urls")),
    path("oeffentlichkeit/", include("gelingen.web.site.desk_urls")),
    path("verwaltung/datenschutz/", include("gelingen.web.privacy.urls")),
    path("verwaltung/", include("gelingen.web.people.urls")),
    path("suche/", include("gelingen.web.search.urls")),
    path("verwaltung/postausgang/", include("gelingen.web.mailbox.urls")),
]

urlpatterns = [
    path("", account.root, name="root"),
    path("", include("gelingen.web.account.urls")),
    path("konto/", account.account, name="account"),
    path("bestaetigen/", include("gelingen.web.confirm.urls")),
    path("umfrage/", include("gelingen.web.answer.urls")),
    path("sachstand/", include("gelingen.web.progress.link_urls")),
    path("kalender/<str:token>/", calendar.feed, name="calendar-feed"),
    path("oparl/v1.1/<key:tenant>/", include("gelingen.web.oparl.public_urls")),
    path("<key:tenant>/", include("gelingen.web.site.data_urls")),
    path("robots.txt", robots, name="robots"),
    path("<key:tenant>/", include("gelingen.web.site.public_urls")),
    path("intern/", account.start, name="start"),
    path("intern/galerie/", include("gelingen.web.gallery.urls")),
    path("intern/<key:tenant>/", include(TENANT)),
]
