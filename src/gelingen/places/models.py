"""Territories by official key, and the one store for every figure about them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gelingen.access.models import OFFICIAL_KEY
from gelingen.access.record import Record, valid_period, valid_range
from gelingen.terms import term
from gelingen.terms.vocabulary import DatePrecision, TerritoryKind


class Territory(Record):
    """Gebiet: a state, county, municipality or part of one; its key is the official key."""

    personal: ClassVar[dict[str, str]] = {}

    name = models.CharField("Name", max_length=200)
    kind = models.CharField("Art", max_length=20, choices=TerritoryKind.choices())
    above = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="liegt in", related_name="below"
    )
    latitude = models.DecimalField(
        "Breitengrad", max_digits=9, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        "Längengrad", max_digits=9, decimal_places=6, null=True, blank=True
    )
    starts = models.DateField("Besteht seit", null=True, blank=True)
    ends = models.DateField("Bestand bis", null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Nachfolger",
        related_name="predecessors",
    )

    class Meta(Record.Meta):
        verbose_name = term("territory").one
        verbose_name_plural = term("territory").many
        ordering = ["key"]
        constraints = [*Record.Meta.constraints, valid_period("territory_period")]

    def clean_fields(self, exclude: object = None) -> None:
        """Check the fields, and that the key is an official key."""
        super().clean_fields(exclude=exclude)  # type: ignore[arg-type]
        OFFICIAL_KEY(self.key)


class Figure(Record):
    """Kennzahl: one value or range about a territory or a structure, with day and definition."""

    personal: ClassVar[dict[str, str]] = {}

    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=term("territory").one,
        related_name="figures",
    )
    structure = models.ForeignKey(
        "register.Structure",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="Struktur",
        related_name="figures",
    )
    indicator = models.CharField("Indikator", max_length=200, db_index=True)
    value_low = models.DecimalField("Wert von", max_digits=18, decimal_places=4)
    value_high = models.DecimalField("Wert bis", max_digits=18, decimal_places=4)
    unit = models.CharField("Einheit", max_length=60, blank=True)
    reference = models.DateField("Stichtag", null=True, blank=True)
    reference_precision = models.CharField(
        "Genauigkeit", max_length=10, choices=DatePrecision.choices(), blank=True
    )
    definition = models.TextField("Definition", blank=True)
    base = models.CharField("Zählung", max_length=100, blank=True)
    published = models.BooleanField(
        "Amtlich veröffentlicht",
        default=False,
        help_text="Die Statistik hat den Wert selbst veröffentlicht und vorher geschützt.",
    )

    class Meta(Record.Meta):
        verbose_name = term("figure").one
        verbose_name_plural = term("figure").many
        ordering = ["indicator", "reference", "key"]
        constraints = [
            *Record.Meta.constraints,
            valid_range("figure_range", "value"),
            models.CheckConstraint(
                name="figure_is_about_one_thing",
                condition=Q(territory__isnull=False, structure__isnull=True)
                | Q(territory__isnull=True, structure__isnull=False),
                violation_error_message=(
                    "Eine Kennzahl gehört entweder zu einem Gebiet oder zu einer Struktur."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.territory or self.structure}"
