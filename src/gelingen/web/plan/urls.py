from django.urls import path

from gelingen.web.plan import budget_views, cross, paper, preview, rows, texts, views

urlpatterns = [
    path("", views.plan, name="plan"),
    path("ziele/<path:record>/", views.goal, name="goal"),
    path("massnahmen/<path:record>/teil/<slug:part>/", views.section, name="measure-section"),
    path("massnahmen/<path:record>/blatt.<slug:fmt>", paper.sheet, name="measure-sheet"),
    path("massnahmen/<path:record>/", views.measure, name="measure"),
    path("geld/", budget_views.money, name="plan-budget"),
    path("querschnitt/", cross.grid, name="plan-cross"),
    path("querschnitt/<path:topic>/", cross.assign, name="plan-cross-assign"),
    path("texte/", texts.texts, name="plan-texts"),
    path("texte/<path:chapter>/inhalt/", preview.contents, name="plan-contents"),
    path("texte/<path:chapter>/", texts.text, name="plan-text"),
    path("vorschau/", preview.preview, name="plan-preview"),
    path("ordnen/", rows.move, name="plan-move"),
    path("zeile/<slug:kind>/<path:record>/aendern/", rows.edit, name="plan-row-edit"),
    path("zeile/<slug:kind>/<path:record>/neu/", rows.add, name="plan-row-add"),
    path("zeile/<slug:kind>/<path:record>/bezug/", rows.link, name="plan-row-link"),
    path("zeile/<slug:kind>/<path:record>/", rows.row, name="plan-row"),
]
