"""Addresses of the public site: in German below the tenant, in others below their language."""

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from gelingen.terms.site import SITE_LANGUAGES
from gelingen.terms.surveys import Language
from gelingen.web.site import figures, local, measures, pages


class Tongue(StringConverter):
    """A language of the site other than German."""

    regex = "|".join(one.value for one in SITE_LANGUAGES if one is not Language.DE)


register_converter(Tongue, "tongue")

PAGES = [
    path("", pages.start, name="site"),
    path("projekt/", pages.project, name="site-project"),
    path("chancen/", pages.chances, name="site-chances"),
    path("themen/", pages.topics, name="site-topics"),
    path("ziele/", pages.goals, name="site-goals"),
    path("massnahmen/", measures.measures, name="site-measures"),
    path("massnahmen/<path:record>/", measures.measure, name="site-measure"),
    path("weg/", pages.timeline, name="site-timeline"),
    path("dokumente/", pages.documents, name="site-documents"),
    path("dokumente/<int:number>/<str:file>", pages.document, name="site-document"),
    path("berichte/<str:file>", pages.report, name="site-report"),
    path("zahlen/", figures.figures, name="site-figures"),
    path("zahlen/<path:record>/", figures.figure, name="site-figure"),
    path("neues/", local.news, name="site-news"),
    path("neues/<path:record>/", local.news_entry, name="site-news-entry"),
    path("fragen/", local.questions, name="site-questions"),
    path("mitmachen/", local.take_part, name="site-take-part"),
    path("kontakt/", local.contact, name="site-contact"),
    path("datenschutz/", local.privacy, name="site-privacy"),
    path("impressum/", local.imprint, name="site-imprint"),
    path("barrierefreiheit/", local.accessibility, name="site-accessibility"),
    path("einfache-sprache/", local.easy, name="site-easy"),
    path("einbetten/", pages.embed, name="site-embed"),
]

urlpatterns = [
    # The same in every language: what the county calls its site is German.
    path("vorschaubild.png", pages.card, name="site-card"),
    path("", include(PAGES)),
    path("<tongue:language>/", include(PAGES)),
]
