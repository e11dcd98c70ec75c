"""The stored trace of every change."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from gelingen.terms.vocabulary import Verb


class Effect(models.TextChoices):
    """What became of the thing, in the signs that the versions use too."""

    ADDED = "+", "neu"
    CHANGED = "~", "geändert"
    REMOVED = "-", "gelöscht"


class ChangeEvent(models.Model):
    """One change. It holds no foreign keys, so it outlives what it tells about."""

    personal: ClassVar[dict[str, str]] = {
        "by": "Kennung der Person, die geändert hat; bleibt, solange der Nachweis gebraucht wird",
        "account": "Nummer des Kontos der Person, die geändert hat; bleibt wie ihre Kennung",
        "label": (
            "Bezeichnung des Gegenstands; nennt sie eine Person, wird sie mit deren Angaben geleert"
        ),
        "reason": "freier Text; bleibt, solange der Nachweis gebraucht wird",
        "changed": (
            "Werte vorher und nachher; personenbezogene werden nach der Aufbewahrungsfrist geleert"
        ),
    }

    at = models.DateTimeField("Zeitpunkt", default=timezone.now, db_index=True)
    by = models.CharField("Wer", max_length=150)
    # Names can be given anew; whether somebody did it oneself is decided by this number. Empty:
    # it was no account, or it was before the number was kept.
    account = models.BigIntegerField("Konto", null=True, editable=False)
    # No choices: a new verb is no new form of the table.
    verb = models.CharField("Was", max_length=40)
    effect = models.CharField("Wirkung", max_length=1, choices=Effect, default=Effect.CHANGED)
    tenant = models.CharField("Mandant", max_length=12, blank=True, db_index=True)
    subject = models.CharField("Gegenstand", max_length=250, db_index=True)
    label = models.CharField("Bezeichnung", max_length=200)
    batch = models.CharField("Vorgang", max_length=32, blank=True, db_index=True)
    undoes = models.CharField("nimmt Vorgang zurück", max_length=32, blank=True)
    reason = models.TextField("Grund", blank=True)
    changed = models.JSONField("Geändert", encoder=DjangoJSONEncoder, default=dict)

    class Meta:
        verbose_name = "Änderung"
        verbose_name_plural = "Änderungen"
        # The history of a record, and what happened since: without reading all of a tenant's.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["tenant", "subject"], name="history_tenant_subject"),
            models.Index(fields=["tenant", "at"], name="history_tenant_at"),
            models.Index(
                fields=["tenant", "undoes"], name="history_undoes", condition=~models.Q(undoes="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {Verb.of(self.verb).label}"
