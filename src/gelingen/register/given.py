"""What a tenant gives away to be seen: the model of `register.sharing`."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from gelingen.access.record import Record
from gelingen.terms import term


class Share(Record):
    """Freigabe: another tenant of the installation sees a structure in [starts, ends).

    What it sees, `register.received` says. A share that is ended on its first day is empty.
    """

    personal: ClassVar[dict[str, str]] = {}

    structure = models.ForeignKey(
        "register.Structure", models.CASCADE, verbose_name="Struktur", related_name="shares"
    )
    with_tenant = models.ForeignKey(
        "access.Tenant", models.PROTECT, verbose_name="Freigegeben für", related_name="+"
    )
    starts = models.DateField("Ab")
    ends = models.DateField("Letzter Tag", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("share").one
        verbose_name_plural = term("share").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="share_period",
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                violation_error_message="Das Ende darf nicht vor dem Beginn liegen.",
            ),
            models.CheckConstraint(
                name="share_with_another",
                condition=~Q(with_tenant=F("tenant")),
                violation_error_message="Freigegeben wird für einen anderen Mandanten.",
            ),
            models.UniqueConstraint(
                fields=["structure", "with_tenant"],
                condition=Q(ends__isnull=True),
                name="share_once",
                violation_error_message="Diese Struktur ist dort schon freigegeben.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.structure} für {self.with_tenant}"
