"""Whether a tenant gives what is public to everybody's programs, and its legislative terms."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gelingen.access.record import Record, valid_period
from gelingen.terms import term


class Endpoint(Record):
    """OParl-Schnittstelle: whether everybody may read what is public. A tenant has one or none."""

    personal: ClassVar[dict[str, str]] = {
        "contact_name": "Stelle, die Auskunft gibt, keine Person; bis sie gelöscht wird",
        "contact_email": "Postfach der Stelle; bis es gelöscht wird",
    }

    switched_on = models.BooleanField("Eingeschaltet", default=False)
    # What was gone before is nobody's business.
    since = models.DateTimeField("Zuerst eingeschaltet", null=True, blank=True)
    contact_name = models.CharField("Auskunft gibt (Stelle)", max_length=200, blank=True)
    contact_email = models.EmailField("Postfach für Fragen", blank=True)
    website = models.URLField("Seite im Netz", blank=True)
    license = models.URLField("Adresse der Lizenz", blank=True)

    class Meta(Record.Meta):
        verbose_name = term("endpoint").one
        verbose_name_plural = term("endpoint").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant"],
                name="endpoint_once",
                violation_error_message="Diese Schnittstelle gibt es schon.",
            ),
            models.CheckConstraint(
                name="endpoint_since",
                condition=Q(switched_on=False) | Q(since__isnull=False),
                violation_error_message="Bitte sagen, seit wann sie eingeschaltet ist.",
            ),
        ]

    def __str__(self) -> str:
        return "OParl-Schnittstelle"


class LegislativeTerm(Record):
    """Wahlperiode: the time for which a council is elected."""

    personal: ClassVar[dict[str, str]] = {}

    name = models.CharField("Name", max_length=200)
    starts = models.DateField("Beginn", null=True, blank=True)
    ends = models.DateField("Ende", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("legislativeterm").one
        verbose_name_plural = term("legislativeterm").many
        ordering = ["starts", "key"]
        constraints = [*Record.Meta.constraints, valid_period("legislative_term_period")]
