"""The stored trace of every change."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from gelingen.terms.vocabulary import Verb


class ChangeEvent(models.Model):
    """One change. It holds no foreign keys, so it outlives what it tells about."""

    personal: ClassVar[dict[str, str]] = {
        "by": "Kennung der Person, die geändert hat; bleibt, solange der Nachweis gebraucht wird"
    }

    at = models.DateTimeField("Zeitpunkt", default=timezone.now, db_index=True)
    by = models.CharField("Wer", max_length=150)
    verb = models.CharField("Was", max_length=40, choices=Verb.choices())
    tenant = models.CharField("Mandant", max_length=12, blank=True, db_index=True)
    subject = models.CharField("Gegenstand", max_length=250, db_index=True)
    label = models.CharField("Bezeichnung", max_length=200)
    batch = models.CharField("Vorgang", max_length=32, blank=True, db_index=True)
    reason = models.TextField("Grund", blank=True)
    changed = models.JSONField("Geändert", encoder=DjangoJSONEncoder, default=dict)

    class Meta:
        verbose_name = "Änderung"
        verbose_name_plural = "Änderungen"

    def __str__(self) -> str:
        return f"{self.label} {self.verb}"
