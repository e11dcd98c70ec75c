"""All components in all states on one page: for looking at them, and for the browser tests."""

from itertools import pairwise

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.safestring import mark_safe

from gelingen.errors import NotFoundError
from gelingen.web.gallery.forms import FilterForm, SpecimenForm, VerdictSpecimenForm
from gelingen.web.lists import Cell, Column, Listing, chosen_order, chosen_page
from gelingen.web.pages import StaffRequest, page
from gelingen.web.shell import Link
from gelingen.web.states import COVERAGE, FAMILIES
from gelingen.web.templatetags.grids import Matrix, MatrixCell

COLUMNS = (
    Column("Struktur", order="struktur"),
    Column("Träger"),
    Column("VZÄ", order="vzae", number=True, meaning="Vollzeitäquivalente"),
    Column("Geld"),
    Column("Ende", order="ende"),
)
ROWS = (
    (Cell("Sprachcafé", url="#"), "Helferkreis", "–", Cell("unbekannt", state="unknown"), "offen"),
    (
        Cell("Ausbildungslotsen mit einem langen Namen", url="#", below="seit 01.07.2016"),
        "Träger C",
        "1,00",
        Cell("beantragt", state="applied"),
        "30.06.2018",
    ),
)
# A drawing of our own, no text of anybody else.
PICTURE = mark_safe(
    '<svg width="320" height="56" viewBox="0 0 320 56" role="img" aria-labelledby="bild-t">'
    '<title id="bild-t">Muster: ein Balken bis zum Horizont</title>'
    '<rect class="s-gesichert" x="8" y="20" width="200" height="16"/>'
    '<line class="horizont" x1="280" x2="280" y1="0" y2="56"/></svg>'
)


class NoGalleryError(NotFoundError):
    """The person may not see the gallery."""


@login_required
def gallery(request: StaffRequest) -> HttpResponse:
    """Show the gallery to those who look after the installation."""
    if not (settings.DEBUG or request.user.is_staff):
        raise NoGalleryError("Die Galerie sieht nur, wer diese Installation betreut.")
    names = list(COVERAGE)
    cells = [MatrixCell(now, then, url="#lade") for now, then in pairwise(names)]
    return page(
        request,
        "gallery/gallery.html#liste",
        families=FAMILIES,
        coverage=names,
        listing=Listing("Zwei Strukturen", COLUMNS, ROWS),
        order=chosen_order(request, COLUMNS, default="struktur"),
        leaf=chosen_page(request, range(1, 113), size=10),
        tabs=[Link("Strukturen", "#a", current=True), Link("Organisationen", "#b")],
        matrix=Matrix(
            "Obere Hälfte: heute. Untere Hälfte: am Horizont.",
            "Themenfeld",
            [f"Gruppe {number}" for number, _ in enumerate(cells, 1)],
            [("wechselt", cells), ("bleibt", [MatrixCell(c.now, c.now, url="#") for c in cells])],
        ),
        facts=[("Träger", "Caritas"), ("Beginn", "01.07.2016"), ("Ende", "")],
        filters=FilterForm(request.GET or None),
        empty_form=SpecimenForm(prefix="leer"),
        wrong_form=SpecimenForm({"name": "x", "until": "bald"}),
        verdict=VerdictSpecimenForm(prefix="urteil"),
        picture=PICTURE,
    )
