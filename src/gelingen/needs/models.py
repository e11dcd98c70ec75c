"""What is needed, who says so, and about what nobody has asked yet."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from gelingen.access.record import Record, between, valid_period, valid_range
from gelingen.terms import term
from gelingen.terms.vocabulary import DatePrecision, InquiryState, Level, NeedKind, NeedState

_TOPIC = term("topic").one
_GROUP = term("targetgroup").one
_PLACE = term("territory").one


class Need(Record):
    """Bedarf: what a group needs on a topic at a place, now or from a day on.

    `state` is what somebody has said, since `state_since`: it is open, met, dropped, or goes on as
    another need in the next round (`previous` of that one). That something is planned for it is not
    said here but follows from the plan. `voice` and the fields after it are the first voice; all
    others are records of their own (`Voice`).
    """

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
    state = models.CharField(
        "Stand", max_length=20, choices=NeedState.choices(), default=NeedState.OPEN
    )
    state_since = models.DateField("Stand seit", null=True, blank=True)
    previous = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="führt fort",
        related_name="next_rounds",
    )
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
            models.CheckConstraint(
                name="need_state_since",
                condition=Q(state=NeedState.OPEN, state_since__isnull=True)
                | (~Q(state=NeedState.OPEN) & Q(state_since__isnull=False)),
                violation_error_message=(
                    "Ein Bedarf, der erfüllt, entfallen oder weitergeführt ist, ist das seit einem "
                    "Tag; ein offener hat keinen."
                ),
            ),
        ]

    @property
    def over(self) -> date | None:
        """First day on which it asks for nothing more; None if no such day is known."""
        return min((one for one in (self.ends, self.state_since) if one), default=None)

    def __str__(self) -> str:
        return self.statement


class Voice(Record):
    """Stimme: somebody says that a need is there; who it is, is said by group and function alone.

    `group` is the kind of actor, `speaker` the organisation if it spoke under its name: two voices
    of the same speaker are one independent voice (see `needs.voices`). `origin` says how the voice
    came here: "survey:key", "statement:key", "workbook"; empty: by hand or with a workbook.
    """

    personal: ClassVar[dict[str, str]] = {
        "function": "Funktion der Stimme, nie ein Name; bis der Bedarf gelöscht wird",
        "speaker": "Organisation, bei einer Person allein auf sie beziehbar; wie die Funktion",
    }

    need = models.ForeignKey(
        Need, models.CASCADE, verbose_name=term("need").one, related_name="voices"
    )
    group = models.CharField("Gruppe", max_length=120, blank=True)
    function = models.CharField("Wer sagt es (Funktion)", max_length=300, blank=True)
    day = models.DateField("Wann gesagt", null=True, blank=True)
    where = models.CharField("Wo gesagt", max_length=300, blank=True)
    origin = models.CharField("Herkunft", max_length=200, blank=True)
    speaker = models.ForeignKey(
        "register.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=term("organisation").one,
        related_name="voices",
    )
    severity = models.PositiveSmallIntegerField("Schwere (1 bis 5)", null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = term("voice").one
        verbose_name_plural = term("voice").many
        ordering = ["key"]
        constraints = [
            *Record.Meta.constraints,
            between("voice_severity", "severity", 1, 5),
        ]

    def __str__(self) -> str:
        return self.function or self.group or self.key


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
