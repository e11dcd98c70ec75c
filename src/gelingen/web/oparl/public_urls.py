"""Addresses of the OParl endpoint."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from gelingen.oparl.kinds import KINDS
from gelingen.web.oparl import answers


class OparlKind(StringConverter):
    """A kind of object, written as the specification does."""

    regex = "|".join(KINDS)


class OparlNumber(IntConverter):
    """A number of an object, small enough for every database."""

    regex = "[1-9][0-9]{0,17}"


register_converter(OparlKind, "oparl")
register_converter(OparlNumber, "oparlnumber")

urlpatterns = [
    path("", answers.system, name="oparl-system"),
    path("body/", answers.counties, name="oparl-bodies"),
    path("body/<key:body>/", answers.county, name="oparl-body"),
    path(
        "organization/<oparlnumber:number>/meeting/", answers.meetings, name="oparl-body-meetings"
    ),
    path("file/<oparlnumber:number>/datei/", answers.file, {"download": False}, name="oparl-file"),
    path(
        "file/<oparlnumber:number>/herunterladen/",
        answers.file,
        {"download": True},
        name="oparl-download",
    ),
    path("<oparl:kind>/", answers.listed, name="oparl-list"),
    path("<oparl:kind>/<oparlnumber:number>/", answers.one, name="oparl-object"),
]
