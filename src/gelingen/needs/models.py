"""What is needed, who says so, and about what nobody has asked yet."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gelingen.access.record import Record, between, valid_period, valid_range
from gelingen.terms import term
from gelingen.terms.vocabulary import DatePrecision, InquiryState, Level, NeedKind

_TOPIC = term("topic").one
_GROUP = term("targetgroup").one
_PLACE = term("territory").one


class Need(Record):
    """Bedarf: what a group needs on a topic at a place, now or from a day on."""

    personal: ClassVar[dict[str, str]] = {
        "voice": "Funktion der Stimme, nie ein Name; bis der Bedarf gelöscht wird",
    }

    statement = models.TextField("Bedarf")
    topic = models.ForeignKey("topics.Topic", models.PROTECT, verbose_name=_TOPIC)
    target_group = models.ForeignKey("topics.TargetGroup", models.PROTECT, verbose_name=_GROUP)
    territory = models.ForeignKey("places.Territory", models.PROTECT, verbose_name=_PLACE)
    level = models.CharField("Ebene", max_length=20, choices=Level.choices(), blank=True)
    kind = models.CharField(
        "Art", max_length=20, choices=NeedKind.choices(), default=NeedKind.OPERATIONAL
    )
    quantity_low = models.DecimalField(
        "Menge von", max_digits=12, decimal_places=2, null=True, blank=True
    )
    quantity_high = models.DecimalField(
        "Menge bis", max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField("Einheit", max_length=120, blank=True)
    severity = models.PositiveSmallIntegerField("Schwere (1 bis 5)", null=True, blank=True)
    severity_note = models.CharField("Zur Schwere", max_length=200, blank=True)
    starts = models.DateField("Besteht ab", null=True, blank=True)
    ends = models.DateField("Besteht bis", null=True, blank=True)
    voice = models.CharField("Wer sagt es (Funktion)", max_length=300, blank=True)
    voiced = models.DateField("Wann gesagt", null=True, blank=True)
    voiced_precision = models.CharField(
        "Genauigkeit", max_length=10, choices=DatePrecision.choices(), blank=True
    )
    voiced_where = models.CharField("Wo gesagt", max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("need").one
        verbose_name_plural = term("need").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            valid_period("need_period"),
            valid_range("need_quantity", "quantity"),
            between("need_severity", "severity", 1, 5),
        ]

    def __str__(self) -> str:
        return self.statement


class Inquiry(Record):
    """Nachfrage: what somebody asked about, where, and what came of it.

    Either about supply (a place, and perhaps a topic and a group; empty means all), or about the
    cooperation of one organisation.
    """

    personal: ClassVar[dict[str, str]] = {
        "by": "Funktion der fragenden Stelle; bis die Nachfrage gelöscht wird",
    }

    topic = models.ForeignKey(
        "topics.Topic", models.PROTECT, null=True, blank=True, verbose_name=_TOPIC
    )
    target_group = models.ForeignKey(
        "topics.TargetGroup", models.PROTECT, null=True, blank=True, verbose_name=_GROUP
    )
    territory = models.ForeignKey(
        "places.Territory", models.PROTECT, null=True, blank=True, verbose_name=_PLACE
    )
    organisation = models.ForeignKey(
        "register.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=term("organisation").one,
        related_name="inquiries",
    )
    state = models.CharField("Ergebnis", max_length=20, choices=InquiryState.choices())
    since = models.DateField("Seit", null=True, blank=True)
    by = models.CharField("Wer hat gefragt (Funktion)", max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("inquiry").one
        verbose_name_plural = term("inquiry").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="inquiry_about_supply_or_ties",
                condition=Q(organisation__isnull=True, territory__isnull=False)
                | Q(
                    organisation__isnull=False,
                    territory__isnull=True,
                    topic__isnull=True,
                    target_group__isnull=True,
                ),
                violation_error_message=(
                    "Bitte entweder ein Gebiet angeben (Versorgung) oder eine Organisation "
                    "(Zusammenarbeit)."
                ),
            ),
        ]
