"""What every record of the domain has: tenant, key, source and certainty."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from gelingen.errors import NotFoundError
from gelingen.history.recording import Recorded
from gelingen.terms.vocabulary import Certainty


class UnknownRecordError(NotFoundError):
    """There is no such record, or the actor may not see it."""


class Record(Recorded):
    """A record of one tenant with a stable key that people can read and cite.

    The key never changes; papers, findings and workbooks refer to it.
    """

    tenant = models.ForeignKey(
        "access.Tenant", models.PROTECT, verbose_name="Mandant", related_name="+"
    )
    key = models.CharField("Kennung", max_length=200)
    source = models.TextField("Quelle", blank=True)
    source_date = models.CharField("Stand der Quelle", max_length=40, blank=True)
    certainty = models.CharField(
        "Gewissheit", max_length=20, choices=Certainty.choices(), blank=True
    )
    note = models.TextField("Anmerkung", blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "key"],
                name="%(app_label)s_%(class)s_key",
                violation_error_message="Diese Kennung gibt es schon.",
            )
        ]

    def clean(self) -> None:
        """Refuse a record that refers to one of another tenant."""
        super().clean()
        for field in self._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and self._leads_away(field):
                raise ValidationError(
                    {field.name: "Dieser Eintrag gehört zu einem anderen Mandanten."}
                )

    def _leads_away(self, field: "models.ForeignKey[Any, Any]") -> bool:
        """Tell whether a field refers to a record of another tenant."""
        kind, pk = field.related_model, getattr(self, field.attname)
        if pk is None or not (isinstance(kind, type) and issubclass(kind, Record)):
            return False
        if field.is_cached(self):
            return bool(getattr(self, field.name).tenant_id != self.tenant_id)
        return kind._base_manager.filter(pk=pk).exclude(tenant=self.tenant_id).exists()

    def __str__(self) -> str:
        return str(getattr(self, "name", "") or getattr(self, "title", "") or self.key)


def valid_period(name: str) -> models.CheckConstraint:
    """Demand that a half-open period [starts, ends) is not empty."""
    return models.CheckConstraint(
        name=name,
        condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("starts")),
        violation_error_message="Das Ende muss nach dem Beginn liegen.",
    )


def valid_range(name: str, field: str) -> models.CheckConstraint:
    """Demand that `field`_low is not above `field`_high."""
    low, high = f"{field}_low", f"{field}_high"
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{low}__isnull": True})
        | Q(**{f"{high}__isnull": True})
        | Q(**{f"{high}__gte": F(low)}),
        violation_error_message="Der kleinere Wert muss vor dem größeren stehen.",
    )


def between(name: str, field: str, low: int, high: int) -> models.CheckConstraint:
    """Demand that a number lies within bounds, both included."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__isnull": True})
        | (Q(**{f"{field}__gte": low}) & Q(**{f"{field}__lte": high})),
        violation_error_message=f"Erlaubt sind Werte von {low} bis {high}.",
    )
