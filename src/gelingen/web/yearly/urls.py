from django.urls import path

from gelingen.web.yearly import concluding, files, releasing, showing, views, writing

urlpatterns = [
    path("", views.reports, name="year-reports"),
    path("neu/", writing.new, name="new-year-report"),
    path("<slug:record>/", views.report, name="year-report"),
    path("<slug:record>/aendern/", writing.edit, name="edit-year-report"),
    path("<slug:record>/text/", writing.text, name="report-text"),
    path("<slug:record>/folgerungen/", concluding.conclusions, name="report-conclusions"),
    path("<slug:record>/folgerung/", concluding.conclusion, name="report-conclusion"),
    path("<slug:record>/vorschau/", views.preview, name="report-preview"),
    path("<slug:record>/papier/<slug:fmt>/", files.document, name="report-file"),
    path("<slug:record>/auszug/<slug:fmt>/", files.extract, name="report-extract"),
    path("<slug:record>/freigeben/", releasing.release, name="release-year-report"),
    path("<slug:record>/vorlage/", releasing.to_paper, name="report-to-paper"),
    path("<slug:record>/webseite/", showing.show, name="show-report"),
    path("<slug:record>/webseite/herunter/", showing.take_down, name="take-down-report"),
    path("<slug:record>/loeschen/", releasing.remove, name="remove-year-report"),
]
